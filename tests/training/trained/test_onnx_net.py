"""An ONNX model on PyTorch, against the runtime that is made for it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")
onnx: Any = pytest.importorskip("onnx", reason="training needs ONNX: make test-training")

from faceapp.training.batches import scaled
from faceapp.training.embedders import Embedder
from faceapp.training.onnx_net import OPERATORS, OnnxNet
from tests.training.made import chips
from tests.training.trained.tiny import onnx_file, onnx_teacher

TEACHER = Path("../shared/teacher/edgeface_s_gamma_05.onnx")
CPU = torch.device("cpu")
needs_teacher = pytest.mark.skipif(not TEACHER.exists(), reason=f"{TEACHER} is not there")


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute operator by operator: compiling takes longer than the test."""
    monkeypatch.setenv("CXX", "no-such-compiler")


def runtime(path: Path, pictures: Any) -> Any:
    return Embedder(path).embed(pictures)


@needs_teacher
@pytest.mark.parametrize("compiler", [True, False])
def test_equals_the_runtime(compiler: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not compiler:
        monkeypatch.setenv("CXX", "no-such-compiler")
    elif shutil.which("g++") is None:
        pytest.skip("no compiler here")
    net = OnnxNet(TEACHER, CPU, torch.float32)
    pictures = chips(5)
    found = net(scaled(torch.from_numpy(pictures))).numpy()
    assert np.allclose(found, runtime(TEACHER, pictures), atol=2e-5)


@needs_teacher
@pytest.mark.usefixtures("no_compiler")
def test_a_batch_is_answered_as_its_pictures_are() -> None:
    net = OnnxNet(TEACHER, CPU, torch.float32)
    pictures = scaled(torch.from_numpy(chips(4)))
    alone = torch.cat([net(one[None]) for one in pictures])
    assert torch.allclose(net(pictures), alone, atol=2e-5)


@needs_teacher
@pytest.mark.usefixtures("no_compiler")
def test_short_numbers_say_nearly_the_same() -> None:
    short = OnnxNet(TEACHER, CPU, torch.bfloat16)(scaled(torch.from_numpy(chips(4))))
    assert (short.numpy() * runtime(TEACHER, chips(4))).sum(axis=1).min() > 0.99


@needs_teacher
def test_no_operator_is_known_that_nobody_needs() -> None:
    needed = {node.op_type for node in onnx.load(TEACHER).graph.node}
    assert needed == OPERATORS.keys()


@pytest.mark.usefixtures("no_compiler")
def test_a_small_model_equals_the_runtime(tmp_path: Path) -> None:
    path = onnx_teacher(tmp_path / "small.onnx", 5)
    found = OnnxNet(path, CPU, torch.float32)(scaled(torch.from_numpy(chips(3)))).numpy()
    assert np.allclose(found, runtime(path, chips(3)), atol=1e-5)


def test_an_operator_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = onnx_file(tmp_path / "other.onnx", ("Tan", ["chips"], {}), ("Cosh", ["n0"], {}))
    with pytest.raises(ValueError, match=r"other.onnx: unknown operators Cosh, Tan"):
        OnnxNet(path, CPU, torch.float32)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no model at all")
    with pytest.raises(ValueError, match=r"broken.onnx: expected an ONNX model"):
        OnnxNet(path, CPU, torch.float32)


@pytest.mark.usefixtures("no_compiler")
def test_another_product_than_a_linear_layers_is_refused(tmp_path: Path) -> None:
    weights = np.zeros((3 * 112 * 112, 2), np.float32)
    path = onnx_file(
        tmp_path / "product.onnx",
        ("Flatten", ["chips"], {"axis": 1}),
        ("Gemm", ["n0", "weights", "bias"], {"transB": 0}),
        weights=weights,
        bias=np.zeros(2, np.float32),
    )
    with pytest.raises(ValueError, match="linear layer"):
        OnnxNet(path, CPU, torch.float32)(scaled(torch.from_numpy(chips(1))))


@pytest.mark.usefixtures("no_compiler")
def test_uneven_padding_is_refused(tmp_path: Path) -> None:
    options = {"strides": [1, 1], "pads": [0, 0, 1, 1], "group": 1, "dilations": [1, 1]}
    kernel = np.zeros((1, 3, 3, 3), np.float32)
    path = onnx_file(
        tmp_path / "uneven.onnx",
        ("Conv", ["chips", "kernel", "bias"], options),
        kernel=kernel,
        bias=np.zeros(1, np.float32),
    )
    with pytest.raises(ValueError, match="same padding"):
        OnnxNet(path, CPU, torch.float32)(scaled(torch.from_numpy(chips(1))))
