from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import speed
from tests.training.trained.tiny import CONFIG


def test_every_way_gets_its_row() -> None:
    lines = speed.table(replace(CONFIG, parts=2), steps=1).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    assert [row[1:3] for row in rows] == [["1", "4"], ["1", "4"], ["2", "8"]]
    assert rows[0][0] == "layer by layer"
    assert all(row[0] in ("layer by layer", "kernels", "compiled") for row in rows)
    assert all(float(row[3]) >= 0 and float(row[4]) > 0 for row in rows)
