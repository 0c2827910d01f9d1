"""A disk that takes no more, or does not give back what it took, and other programs' writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from faceapp.service import Service


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes; SQLite calls it a failure to write, as of a quota."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def files_left(count: int) -> Iterator[None]:
    """Let this process open ``count`` more files within."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_one = os.open(os.devnull, os.O_RDONLY)
    os.close(next_one)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_one + count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def noise(count: int) -> bytes:
    """Make bytes that mean nothing."""
    return np.random.default_rng(0).bytes(count)


def alter(database: Path, sql: str) -> None:
    """Change a database file as another program does."""
    with closing(sqlite3.connect(database)) as other:
        other.executescript(sql)


def garble(database: Path, sound: bytes, garbled: bytes) -> None:
    """Put as many other bytes in the place of some, as flipped bits do."""
    whole = database.read_bytes()
    assert sound in whole
    assert len(sound) == len(garbled)
    database.write_bytes(whole.replace(sound, garbled))


def garble_schema(database: Path) -> None:
    """Make the definition of a table no text; SQLite's error quotes it."""
    garble(database, b"CREATE TABLE people", b"CREATE T\xffBLE people")


def garble_format(database: Path) -> None:
    """Let the header name a file format that does not exist; SQLite would open it for reading."""
    whole = database.read_bytes()
    database.write_bytes(whole[:18] + b"m" + whole[19:])


def damage_table(service: Service, table: str) -> Callable[[], None]:
    """Make a table unreadable, as a bad sector does; return what puts it back.

    Both run on the thread that owns ``service``.
    """
    connection = service._store._connection
    connection.checkpoint()
    sql = "SELECT (rootpage - 1) * page_size AS at, page_size FROM sqlite_schema, pragma_page_size"
    (page,) = connection.rows(f"{sql} WHERE name = ?", (table,))

    def put(content: bytes) -> bytes:
        with connection.path.open("r+b") as file:
            file.seek(page["at"])
            former = file.read(page["page_size"])
            file.seek(page["at"])
            file.write(content)
        forget_pages(service)
        return former

    former = put(b"\xff" * page["page_size"])

    def repair() -> None:
        put(former)

    return repair


def forget_pages(service: Service) -> None:
    """Let its next read be from the disk; on the thread that owns ``service``."""
    service._store._connection.run("PRAGMA shrink_memory").close()
