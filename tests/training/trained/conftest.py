"""Tests that train: real networks, tiny."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.training.made import packed_set


@pytest.fixture(autouse=True)
def float32() -> Iterator[None]:
    """Give every test Keras' usual policy; training sets another one for the whole process."""
    import keras

    keras.config.set_dtype_policy("float32")
    yield
    keras.config.set_dtype_policy("float32")


@pytest.fixture
def half(float32: None) -> None:  # which ends it
    """Let Keras round maps as training does: else there is more rounding than error to see."""
    import keras

    keras.config.set_dtype_policy("mixed_bfloat16")


@pytest.fixture(autouse=True)
def no_watching_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep progress bars from starting their thread, which would outlive the test."""
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return a packed set of ten people."""
    return packed_set(tmp_path / "set")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a packed set of sixty people, to which painted ones are added."""
    from tests.training.trained.painting import base_set

    return base_set(tmp_path / "base")
