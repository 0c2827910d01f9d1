"""Files of tensors are written completely or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import torch_file
from tests.helpers.disk import no_file_beyond


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    torch_file.save({"numbers": torch.arange(3), "step": 7}, tmp_path / "some.pt")
    found = torch_file.load(tmp_path / "some.pt")
    assert found["numbers"].tolist() == [0, 1, 2]
    assert found["step"] == 7
    assert [path.name for path in tmp_path.iterdir()] == ["some.pt"]


def test_a_full_disk_is_named_and_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "some.pt"
    torch_file.save({"numbers": torch.zeros(3)}, path)
    before = path.read_bytes()
    with no_file_beyond(len(before)), pytest.raises(OSError, match=f"too large: '{path}'"):
        torch_file.save({"numbers": torch.zeros(10_000)}, path)
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["some.pt"]


@pytest.mark.parametrize("size", [0, 10, 500])
def test_a_file_that_is_cut_off_is_named(size: int, tmp_path: Path) -> None:
    path = tmp_path / "some.pt"
    torch_file.save({"numbers": torch.zeros(1000)}, path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ValueError, match=f"{path}: incomplete"):
        torch_file.load(path)


def test_nobody_is_advised_to_run_what_a_damaged_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "some.pt"
    path.write_bytes(b"\x80\x02}q\x00\x19no tensors")
    with pytest.raises(ValueError, match=r"^[^\n]*incomplete, or not a file of PyTorch$"):
        torch_file.load(path)
