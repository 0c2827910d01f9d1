from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.store.connection import Connection
from tests.helpers.data import GRACE, sample, service_on
from tests.store.backups import some_days


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a database will be, in a folder of its own that is not there yet."""
    return tmp_path / "data" / "faceapp.db"


@pytest.fixture
def filled(path: Path) -> Path:
    """Return a database in which Grace has five samples."""
    return fill(path)


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """Return a backup of the database of some days at ``path``."""
    with service_on(path) as service:
        some_days(service)
        return service.backup(tmp_path / "copy.db")


def fill(path: Path) -> Path:
    with service_on(path) as service:
        service.enrol(GRACE, [sample(seed) for seed in range(5)])
    return path


def pragma(connection: Connection, name: str) -> object:
    """Read one setting of a database."""
    return next(iter(connection.rows(f"PRAGMA {name}")[0].values()))
