"""A step towards the shipped model: `painted` prolonged on a CPU, without made-up faces.

    python -m faceapp.training train painted_last --run runs/painted-last --data cache/painted
        --from cache/painted-model/faceapp.weights.h5
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train painted_last --run runs/painted-last --data cache/painted
        --resume --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

An hour on two cores. `plain_last` continues from the mean of these weights and those of `painted`.
To prolong the shipped model, begin with its weights and choose another number for ``views``.
"""

from dataclasses import replace

from faceapp.training.configs import asked_last

CONFIG = replace(
    asked_last.CONFIG,
    name="painted_last",
    phases=(replace(asked_last.CONFIG.phases[0], steps=3_600, decay=3_500, painted=0.2),),
    views=240,
    evaluate_every=900,
    checkpoint_every=200,
)
