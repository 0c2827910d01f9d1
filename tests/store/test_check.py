"""The check of a large database, which can be given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.errors import StoreCorrupt
from faceapp.store import connection
from faceapp.store.connection import Connection
from tests.helpers.data import service_on
from tests.helpers.disk import damage_table


def test_it_is_wanted_only_where_opening_left_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        assert not service.is_unchecked
        monkeypatch.setattr(connection, "SMALL_BYTES", 0)
        assert service.is_unchecked


def test_it_finds_a_damaged_page_unless_it_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CHECK_STEPS", 1)
    with service_on(tmp_path / "faceapp.db") as service:
        service.check_until(lambda: False)
        damage_table(service, "sqlite_autoindex_entries_1")
        with pytest.raises(StoreCorrupt):
            service.check_until(lambda: False)
        service.check_until(lambda: True)
        one: Connection = service._store._connection
        assert one.rows("SELECT 1 AS n") == [{"n": 1}]  # and it works on
