"""An OpenVINO model as a PyTorch function of whole batches, on a GPU where there is one.

Such a model is two files: ``.xml`` holds the graph, ``.bin`` the numbers of its constants. Only the
operators of the generator of faces (see `painter`) are implemented, in IR version 10.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
import torch
from torch.nn import functional

Options = dict[str, str]
Port = tuple[str, str]
DTYPES = {"f32": np.float32, "i32": np.int32, "i64": np.int64}
VERSION = "10"


class Layer(NamedTuple):
    """An operator: its kind and options, the ports its inputs come from, and its output ports."""

    kind: str
    options: Options
    inputs: list[Port]
    outputs: list[Port]


class OpenvinoNet:
    """``net(rows)``: the graph's output for its one input, a batch of any size.

    ``until`` names the layer whose output is wanted, if not the last. Computes in ``dtype``. Raises
    ValueError if the file is no model, has no such layer, or has an operator that is not
    implemented.
    """

    def __init__(
        self, graph: Path, device: torch.device, dtype: torch.dtype, until: str = ""
    ) -> None:
        root = _root(graph)
        numbers = graph.with_suffix(".bin").read_bytes()
        sources = _sources(root)
        self._constants: dict[Port, Any] = {}
        layers: list[Layer] = []
        ends: dict[str, Port] = {}
        for layer in root.iterfind("layers/layer"):
            number, kind = layer.attrib["id"], layer.attrib["type"]
            options = {} if (data := layer.find("data")) is None else data.attrib
            outputs = [(number, port.attrib["id"]) for port in layer.iterfind("output/port")]
            match kind:
                case "Parameter":
                    (self._entry,) = outputs
                case "Result":
                    (ends[""],) = sources[number]
                case "Const":
                    self._constants[outputs[0]] = _constant(options, numbers, device, dtype)
                case _:
                    layers.append(Layer(kind, options, sources[number], outputs))
                    ends[layer.attrib["name"]] = outputs[0]
        if until not in ends:
            raise ValueError(f"{graph}: expected a layer {until}")
        unknown = {layer.kind for layer in layers} - OPERATORS.keys()
        if unknown:
            raise ValueError(f"{graph}: unknown operators {', '.join(sorted(unknown))}")
        self._exit = ends[until]
        self._layers = _needed(layers, self._exit)

    @torch.no_grad()
    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        known, last = self._constants | {self._entry: rows}, _last_uses(self._layers)
        for place, layer in enumerate(self._layers):
            result = OPERATORS[layer.kind](layer.options, *(known[port] for port in layer.inputs))
            known.update(
                zip(layer.outputs, result if len(layer.outputs) > 1 else [result], strict=True)
            )
            for port in set(layer.inputs):
                if last[port] == place:
                    del known[port]  # feature maps are large
        return torch.as_tensor(known[self._exit])


def _needed(layers: list[Layer], end: Port) -> list[Layer]:
    """The ``layers`` that ``end`` depends on, in their order."""
    wanted, chosen = {end}, []
    for layer in reversed(layers):
        if wanted.intersection(layer.outputs):
            chosen.append(layer)
            wanted.update(layer.inputs)
    return chosen[::-1]


def _last_uses(layers: list[Layer]) -> dict[Port, int]:
    return {port: place for place, layer in enumerate(layers) for port in layer.inputs}


def _root(graph: Path) -> ET.Element:
    try:
        root = ET.parse(graph).getroot()  # noqa: S314  as trusted as any installed model
    except ET.ParseError as error:
        raise ValueError(f"{graph}: expected an OpenVINO model") from error
    if root.get("version") != VERSION:
        raise ValueError(f"{graph}: expected an OpenVINO model of version {VERSION}")
    return root


def _sources(root: ET.Element) -> dict[str, list[Port]]:
    """For each layer id, the ports that its inputs come from, in order."""
    found: dict[str, list[tuple[int, Port]]] = {}
    for edge in root.iterfind("edges/edge"):
        source = edge.attrib["from-layer"], edge.attrib["from-port"]
        place = int(edge.attrib["to-port"]), source
        found.setdefault(edge.attrib["to-layer"], []).append(place)
    return {name: [port for _, port in sorted(ports)] for name, ports in found.items()}


def _constant(
    how: Options, numbers: bytes, device: torch.device, dtype: torch.dtype
) -> torch.Tensor:
    """Read a constant. Integers (shapes and axes) stay on the CPU, because Python needs them."""
    start = int(how["offset"])
    flat = np.frombuffer(numbers[start : start + int(how["size"])], DTYPES[how["element_type"]])
    values = torch.from_numpy(flat.reshape(_whole(how["shape"])).copy())
    return values.to(device, dtype) if values.is_floating_point() else values


def _whole(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number.strip()]


def _conv(how: Options, maps: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    if how["pads_begin"] != how["pads_end"]:
        raise ValueError(f"Convolution: expected the same padding on both sides, got {how}")
    groups = len(kernel) if kernel.ndim == 5 else 1
    strides, pads = _whole(how["strides"]), _whole(how["pads_begin"])
    return functional.conv2d(maps, kernel.flatten(0, -4), None, strides, pads, 1, groups)


def _grown(how: Options, maps: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """A depthwise transposed convolution whose fields do not overlap: products suffice."""
    channels, *one_each, high, wide = kernel.shape
    if one_each != [1, 1] or _whole(how["strides"]) != [high, wide]:
        raise ValueError(f"GroupConvolutionBackpropData: expected fields side by side, got {how}")
    count, _, rows, columns = maps.shape
    fields = maps[:, :, :, None, :, None] * kernel.view(channels, 1, high, 1, wide)
    return fields.reshape(count, channels, rows * high, columns * wide)


def _matmul(how: Options, rows: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    if (how["transpose_a"], how["transpose_b"]) != ("false", "true"):
        raise ValueError(f"MatMul: expected a linear layer, got {how}")
    return functional.linear(rows, weights)


def _reshape(_: Options, values: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
    """A 0 in ``shape`` keeps the size of that axis."""
    return values.reshape([n or values.shape[place] for place, n in enumerate(shape.tolist())])


def _broadcast(_: Options, values: torch.Tensor, shape: torch.Tensor, *_axes: Any) -> torch.Tensor:
    return values.expand(torch.broadcast_shapes(values.shape, shape.tolist()))


def _split(
    _: Options, values: torch.Tensor, axis: torch.Tensor, lengths: torch.Tensor
) -> tuple[torch.Tensor, ...]:
    """Split along an axis; a length of -1 takes the rest."""
    whole, wanted = values.shape[int(axis)], lengths.tolist()
    left = whole - sum(length for length in wanted if length >= 0)
    return values.split([left if length < 0 else length for length in wanted], int(axis))


OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": lambda _, a, b: a + b,
    "Broadcast": _broadcast,
    "Concat": lambda how, *parts: torch.cat(parts, int(how["axis"])),
    "Convolution": _conv,
    "Gather": lambda _, a, index, axis: a.select(int(axis), int(index)),
    "GroupConvolution": _conv,
    "GroupConvolutionBackpropData": _grown,
    "MatMul": _matmul,
    "Multiply": lambda _, a, b: a * b,
    "PReLU": lambda _, a, slope: torch.where(a > 0, a, a * slope),
    "Power": lambda _, a, b: a**b,
    "ReduceMean": lambda _, a, axes: a.mean(axes.tolist(), keepdim=True),
    "Reshape": _reshape,
    "ShapeOf": lambda _, a: torch.tensor(a.shape),
    "Squeeze": lambda _, a, axes: a.squeeze(axes.tolist()),
    "Tile": lambda _, a, times: a.tile(times.tolist()),
    "Unsqueeze": lambda _, a, axes: a.unsqueeze(int(axes)),
    "VariadicSplit": _split,
}
