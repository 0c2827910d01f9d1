from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from faceapp.config import Settings
from faceapp.runtime.clerk import Clerk
from faceapp.service import Service
from faceapp.store import open_store
from tests.helpers.clock import HandClock
from tests.helpers.data import BERLIN, score

OpenService = Callable[[], Service]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "faceapp.db"


@pytest.fixture
def open_service(database: Path) -> OpenService:
    def opened() -> Service:
        store = open_store(database, busy_timeout_s=0.05)
        return Service(store, Settings(), HandClock(), lambda: BERLIN, score)

    return opened


@pytest.fixture
def clerk(open_service: OpenService) -> Iterator[Clerk]:
    clerk = Clerk(open_service)
    yield clerk
    clerk.close()
