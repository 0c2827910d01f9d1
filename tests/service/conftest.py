from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faceapp.service import Service
from tests.helpers.clock import HandClock
from tests.helpers.data import service_on


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def service(tmp_path: Path, clock: HandClock) -> Iterator[Service]:
    """Open an empty database, the only file in ``tmp_path``."""
    with service_on(tmp_path / "faceapp.db", clock) as service:
        yield service
