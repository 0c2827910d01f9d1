"""Train, evaluate, quantize and export the face embedding model. Never imported by the app.

``python -m faceapp.training --help`` lists the `commands`. They need the optional extra ``train``.

A set: `chipset` defines its format, `prepare` makes one from pictures, `painted` adds people who do
not exist.

A run: `config` defines its settings, and each of the `configs` is a run. `run` trains phase by
phase, `run_folder` is what it writes, `lessons` what it learns from. `order` decides which chips
are in which batch; `batches` loads and distorts them (`augment`). Some faces are `framed` or
`made_up`. The `target` of each chip is a label and a teacher's embedding; a `live` teacher
(`onnx_net`) embeds each picture that is shown.

A step: `engine` computes the `network` by `fused`, `compiled` or `traced` code, `criterion` adds up
the `losses`, `muon` updates the weights. The network is made of `layers`; `backbones` has others.
`progress_check` measures the accuracy so far.

Initial weights: `inherit` and `pruning` derive them from another network's, and a `weights_file`
stores them.

A model: `export` averages runs (`averaging`), reshapes the network (`deploy`), quantizes it
(`tflite`), measures it and writes the `card`, also as text (`carddoc`); `remeasure` measures it
again. `evaluate` measures `embedders` on `lfw`, and `report` shows the figures.

Also: `compare` sets methods and networks side by side, and `speed` times this machine. A
`whole_file` or `torch_file` is written completely or not at all.
"""
