"""What a full disk leaves, and says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.training.whole_file import save_array, written
from tests.helpers.disk import no_file_beyond


def test_an_array_that_does_not_fit_is_named_and_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "some.npy"
    save_array(path, np.arange(3))
    with no_file_beyond(10_000), pytest.raises(OSError, match=f"requested .*: '{path}'") as caught:
        save_array(path, np.zeros(50_000))
    assert caught.value.errno is not None
    assert np.load(path).tolist() == [0, 1, 2]
    assert [one.name for one in tmp_path.iterdir()] == ["some.npy"]


def test_a_file_that_an_error_names_already_is_not_replaced(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with pytest.raises(FileNotFoundError, match=f"'{other}'$"), written(tmp_path / "some") as fresh:
        fresh.write_bytes(other.read_bytes())
    assert list(tmp_path.iterdir()) == []
