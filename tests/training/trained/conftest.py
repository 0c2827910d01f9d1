"""Tests that train: real networks, tiny."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.training.made import chips


@pytest.fixture(autouse=True)
def float32() -> Iterator[None]:
    """Give every test Keras' usual policy; training sets another one for the whole process."""
    import keras

    keras.config.set_dtype_policy("float32")
    yield
    keras.config.set_dtype_policy("float32")


@pytest.fixture(autouse=True)
def no_watching_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep progress bars from starting their thread, which would outlive the test."""
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return a packed set of ten people with four noisy chips each and a teacher of 16 numbers."""
    folder, people = tmp_path / "set", np.repeat(np.arange(10), 4).astype(np.int32)
    folder.mkdir()
    noise = np.random.default_rng(0).integers(-20, 21, (40, 112, 112, 3))
    pictures = np.clip(chips(10)[people].astype(int) + noise, 0, 255).astype(np.uint8)
    np.save(folder / "chips.npy", pictures)
    np.save(folder / "people.npy", people)
    np.save(folder / "teacher.npy", np.eye(16, dtype=np.float32)[people])
    return folder
