"""The smallest run that has everything a real one has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from faceapp.training.augment import Augmentation
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import Backbone, Stage

LAYOUT = Backbone(stem=8, stages=(Stage(1, 8, 1, 1), Stage(2, 16, 2, 2)), head=32, dimension=16)
ALL_LOSSES = Weights(
    distil_cosine=1.0, distil_bank=1.0, distil_hardest=1.0, arcface=0.1, triplet_semi_hard=0.1
)
CONFIG = TrainConfig(
    name="tiny",
    phases=(
        Phase(size_px=32, steps=4, batch=8, rate=1e-2, warmup=2),
        Phase(size_px=48, steps=4, batch=8, rate=1e-2, warmup=2, decay=2),
    ),
    losses=ALL_LOSSES,
    bank_size=16,
    recent_size=16,
    layout=LAYOUT,
    augmentation=Augmentation(),
    evaluate_every=2,
    checkpoint_every=1,
    terms="Tiny.",
)


def unsettle(model: Any, rng: np.random.Generator) -> None:
    """Move all normalisations: a fresh ReLU6 never closes above, which hides much."""
    for variable in model.trainable_variables:
        if variable.name == "gamma":
            variable.assign(rng.uniform(1.0, 3.0, variable.shape))
        if variable.name == "beta":
            variable.assign(rng.normal(0.0, 1.0, variable.shape))


def as_they_are(chips: Any, rows: Any) -> Any:
    """Show chips, the ``rows`` of their set, each made from itself alone."""
    import torch

    from faceapp.training.batches import Views

    return Views(chips, torch.stack([rows, rows], dim=1), torch.ones(len(rows)))


def colours(pictures: Any) -> Any:
    """A teacher that sees the colours of four fields: unit rows (N, 12)."""
    from torch.nn import functional

    fields = functional.avg_pool2d(pictures.permute(0, 3, 1, 2), 56).flatten(1)
    return functional.normalize(fields, dim=1)


def onnx_file(path: Path, *nodes: tuple[str, list[str], dict[str, Any]], **given: Any) -> Path:
    """Write a model of ``nodes`` (operator, inputs, options) from ``chips`` to a vector.

    Outputs are called ``n0``, ``n1`` and so on; ``given`` are its constants.
    """
    import onnx

    made = [
        onnx.helper.make_node(kind, inputs, [f"n{number}"], **options)
        for number, (kind, inputs, options) in enumerate(nodes)
    ]
    kind = onnx.TensorProto.FLOAT
    entry = onnx.helper.make_tensor_value_info("chips", kind, [1, 3, 112, 112])
    end = onnx.helper.make_tensor_value_info(f"n{len(nodes) - 1}", kind, None)
    constants = [onnx.numpy_helper.from_array(np.array(v), name) for name, v in given.items()]
    graph = onnx.helper.make_graph(made, "tiny", [entry], [end], constants)
    opset = [onnx.helper.make_opsetid("", 11)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


def onnx_teacher(path: Path, dimension: int) -> Path:
    """Write a teacher that looks at patches of 16 px and has random weights."""
    rng = np.random.default_rng(0)
    patches = {"strides": [16, 16], "pads": [0] * 4, "group": 1, "dilations": [1, 1]}
    return onnx_file(
        path,
        ("Conv", ["chips", "kernel", "bias"], patches),
        ("Reshape", ["n0", "shape"], {}),
        ("MatMul", ["n1", "weights"], {}),
        kernel=rng.standard_normal((2, 3, 16, 16)).astype(np.float32),
        bias=rng.standard_normal(2).astype(np.float32),
        shape=np.array([1, 98]),
        weights=rng.standard_normal((98, dimension)).astype(np.float32),
    )
