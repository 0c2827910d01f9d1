"""An ONNX model as a PyTorch function of whole batches, on a GPU where there is one.

The usual runtimes run such a file as exported, one chip at a time, but a live teacher has to embed
hundreds of pictures at once. Only the operators of the research teacher are implemented (operator
set 11).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch
from google.protobuf.message import DecodeError
from torch.fx.experimental.proxy_tensor import make_fx
from torch.nn import functional

Options = dict[str, Any]
Function = Callable[[torch.Tensor], torch.Tensor]


class OnnxNet:
    """``net(chips)``: float32 (N, S, S, 3) in -1..1 -> unit rows float32 (N, D).

    Computes in ``dtype``. Compiles for each batch size, which takes half a minute. Raises
    ValueError if the file is no model, or has an operator that is not implemented here.
    """

    def __init__(self, path: Path, device: torch.device, dtype: torch.dtype) -> None:
        graph = _graph(path)
        self._dtype = dtype
        self._constants: dict[str, Any] = {"": None}
        for value in graph.initializer:
            tensor = torch.from_numpy(onnx.numpy_helper.to_array(value).copy())
            floating = tensor.is_floating_point()
            self._constants[value.name] = tensor.to(device, dtype) if floating else tensor.tolist()
        self._nodes = [
            (
                OPERATORS[node.op_type],
                node.input,
                node.output,
                {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute},
            )
            for node in graph.node
        ]
        self._entry, self._exit = graph.input[0].name, graph.output[0].name
        self._compiled: dict[torch.Size, Function] = {}
        self._compiling = threading.Lock()

    @torch.no_grad()
    def __call__(self, chips: torch.Tensor) -> torch.Tensor:
        with self._compiling:
            if chips.shape not in self._compiled:
                self._compiled[chips.shape] = _compiled(self._answer, chips)
        return self._compiled[chips.shape](chips)

    def _answer(self, chips: torch.Tensor) -> torch.Tensor:
        known = dict(self._constants)
        known[self._entry] = chips.permute(0, 3, 1, 2).to(self._dtype)
        for operator, names, outputs, options in self._nodes:
            result = operator(options, *(known[name] for name in names))
            known.update(zip(outputs, result if len(outputs) > 1 else [result], strict=True))
        return functional.normalize(known[self._exit].float(), dim=1)


def _graph(path: Path) -> Any:
    try:
        graph = onnx.load(path).graph
    except DecodeError as error:
        raise ValueError(f"{path}: expected an ONNX model") from error
    unknown = sorted({node.op_type for node in graph.node} - OPERATORS.keys())
    if unknown:
        raise ValueError(f"{path}: unknown operators {', '.join(unknown)}")
    return graph


def _compiled(function: Function, example: torch.Tensor) -> Function:
    """Compile ``function`` into a few passes over memory, if there is a compiler.

    In ONNX, normalisation and activation are a dozen operators each. Compiled, the net is 2.2 times
    faster on two cores, 2.7 times on a GPU.
    """
    if not _can_compile(example):
        return function

    def plain(chips: torch.Tensor) -> torch.Tensor:  # make_fx would count a method's self
        return function(chips)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PyTorch uses its own deprecated code
        options = {"compile_threads": 1}  # otherwise worker processes stay
        compiled: Function = torch.compile(make_fx(plain)(example), dynamic=False, options=options)
        compiled(example)  # compiles
    return compiled


def _can_compile(example: torch.Tensor) -> bool:
    if example.is_cuda:
        return importlib.util.find_spec("triton") is not None
    return shutil.which(os.environ.get("CXX", "g++")) is not None


def _conv(
    how: Options, maps: torch.Tensor, kernel: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    top, left, bottom, right = how["pads"]
    if (top, left) != (bottom, right):
        raise ValueError(f"Conv: expected the same padding on both sides, got {how['pads']}")
    return functional.conv2d(
        maps, kernel, bias, how["strides"], (top, left), how["dilations"], how["group"]
    )


def _gemm(
    how: Options, rows: torch.Tensor, weights: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    if how != {"alpha": 1.0, "beta": 1.0, "transB": 1}:
        raise ValueError(f"Gemm: expected a linear layer, got {how}")
    return functional.linear(rows, weights, bias)


def _slice(
    _: Options, maps: torch.Tensor, starts: list[int], ends: list[int], axes: list[int]
) -> torch.Tensor:
    for start, end, axis in zip(starts, ends, axes, strict=True):
        maps = maps.narrow(axis, start, min(end, maps.shape[axis]) - start)
    return maps


def _reshape(_: Options, maps: torch.Tensor, shape: list[int]) -> torch.Tensor:
    """Reshape; the exported batch size of one, first in ``shape``, gives way to the actual one."""
    return maps.reshape(len(maps), *shape[1:])


OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": lambda _, a, b: a + b,
    "Clip": lambda _, a, low, high: a.clamp(low, high),
    "Concat": lambda how, *parts: torch.cat(parts, how["axis"]),
    "Conv": _conv,
    "Div": lambda _, a, b: a / b,
    "Erf": lambda _, a: a.erf(),
    "Expand": lambda _, a, shape: a.expand(-1, *shape[1:]),
    "Flatten": lambda how, a: a.flatten(how["axis"]),
    "Gemm": _gemm,
    "GlobalAveragePool": lambda _, a: a.mean((2, 3), keepdim=True),
    "MatMul": lambda _, a, b: a @ b,
    "Mul": lambda _, a, b: a * b,
    "Pow": lambda _, a, b: a**b,
    "ReduceL2": lambda how, a: a.norm(dim=how["axes"], keepdim=bool(how["keepdims"])),
    "ReduceMean": lambda how, a: a.mean(how["axes"], keepdim=True),
    "Reshape": _reshape,
    "Slice": _slice,
    "Softmax": lambda how, a: a.softmax(how["axis"]),
    "Split": lambda how, a: a.split(how["split"], how["axis"]),
    "Sqrt": lambda _, a: a.sqrt(),
    "Squeeze": lambda how, a: a.squeeze(how["axes"][0]),
    "Sub": lambda _, a, b: a - b,
    "Transpose": lambda how, a: a.permute(how["perm"]),
}
