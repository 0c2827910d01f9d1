from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.painted.openvino_net import OpenvinoNet

CPU = torch.device("cpu")
GRAPH = """<net name="tiny" version="10"><layers>
<layer id="0" name="in" type="Parameter"><output><port id="0"/></output></layer>
<layer id="1" name="weights" type="Const">
<data element_type="f32" offset="0" size="24" shape="2,3"/><output><port id="1"/></output></layer>
<layer id="2" name="linear" type="MatMul"><data transpose_a="false" transpose_b="true"/>
<input><port id="0"/><port id="1"/></input><output><port id="2"/></output></layer>
<layer id="3" name="twice" type="Add"><input><port id="0"/><port id="1"/></input>
<output><port id="2"/></output></layer>
<layer id="4" name="out" type="Result"><input><port id="0"/></input></layer>
</layers><edges>
<edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
<edge from-layer="1" from-port="1" to-layer="2" to-port="1"/>
<edge from-layer="2" from-port="2" to-layer="3" to-port="0"/>
<edge from-layer="2" from-port="2" to-layer="3" to-port="1"/>
<edge from-layer="3" from-port="2" to-layer="4" to-port="0"/>
</edges></net>"""
WEIGHTS = np.arange(6, dtype=np.float32).reshape(2, 3)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return a model of a linear layer whose output is added to itself."""
    path = tmp_path / "tiny.xml"
    path.write_text(GRAPH)
    path.with_suffix(".bin").write_bytes(WEIGHTS.tobytes())
    return path


@pytest.mark.parametrize(("until", "times"), [("", 2.0), ("linear", 1.0)])
def test_a_model_is_computed_to_its_end_or_to_a_layer(
    graph: Path, until: str, times: float
) -> None:
    rows = torch.tensor([[1.0, 0.5, -1.0], [0.0, 2.0, 3.0]])
    said = OpenvinoNet(graph, CPU, torch.float32, until)(rows)
    assert np.allclose(said.numpy(), times * rows.numpy() @ WEIGHTS.T)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<net", "net", "expected an OpenVINO model"),
        ('version="10"', 'version="11"', "of version 10"),
        ('type="Add"', 'type="Sing"', "unknown operators Sing"),
    ],
)
def test_a_model_that_is_none_is_told(graph: Path, old: str, new: str, said: str) -> None:
    graph.write_text(GRAPH.replace(old, new))
    with pytest.raises(ValueError, match=said):
        OpenvinoNet(graph, CPU, torch.float32)


def test_a_layer_that_is_not_there_is_told(graph: Path) -> None:
    with pytest.raises(ValueError, match="expected a layer nowhere"):
        OpenvinoNet(graph, CPU, torch.float32, until="nowhere")
