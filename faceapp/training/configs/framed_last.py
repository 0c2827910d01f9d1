"""`framed` prolonged on a CPU, with the research chips as they are.

    python -m faceapp.training train framed_last --run runs/framed-last
        --from cache/framed-model/faceapp.weights.h5
    python -m faceapp.training train framed_last --run runs/framed-last --resume

An hour on two cores. No live teacher is needed: distortions are mild, and the set's embeddings of
the clean chips are good enough (docs/adr/032-in-the-frames-of-others.md).
"""

from dataclasses import replace

from faceapp.training.configs import painted_last

CONFIG = replace(
    painted_last.CONFIG,
    name="framed_last",
    phases=(replace(painted_last.CONFIG.phases[0], steps=4_200, decay=4_100, painted=0.0),),
    live_teacher=False,
    views=340,
)
