"""Train, evaluate, quantize and export the face embedding model. Never imported by the app.

``python -m faceapp.training --help`` lists the `commands`. Needs the optional extra ``train``.

A set: `chipset` is what it looks like, `prepare` makes one of pictures, `painted` adds people who
do not exist.

A run: `config` defines it (`configs` are those that there are), `run` trains phase by phase,
`run_folder` is what it writes, `lessons` what it learns from. Chips come in an `order`, in
`batches`, distorted (`augment`), some `framed` or `made_up`; the `target` of each is a label and a
teacher's answer, which a `live` teacher (`onnx_net`) gives to each picture shown.

A step: `engine` computes the `network` (of `layers`; others: `backbones`) by `fused`, `compiled` or
`traced`, `criterion` adds up the `losses`, `muon` moves the weights. `progress_check` sees how far
they are.

First weights: `inherit` and `pruning` make them from another network's, a `weights_file` is how
they are kept.

A model: `export` takes the mean of runs (`averaging`), reshapes it (`deploy`), quantizes it
(`tflite`), measures it and writes the `card`, also as text (`carddoc`). `evaluate` measures
`embedders` on `lfw`, `report` shows the figures.

Beside these: `compare` sets methods and networks side by side, `speed` times this machine, a
`whole_file` is never half written, nor is a `torch_file`.
"""
