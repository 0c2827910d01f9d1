"""Files that are written beside their target and moved into place: whole or not at all.

Used for exports, backups and the database itself. The callers write the contents.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from faceapp.errors import TargetUnwritable

_MOST_NUMBERS = 1000
_TOKEN_BYTES = 6
_DRAFT = "faceapp"
_NO_WAITING = (errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS)
_ABANDONED_S = 3600.0
"""A file that has not changed for this long is no longer being written."""


def beside(target: Path, purpose: str = _DRAFT) -> Path:
    """Name a hidden file in the target's folder that nobody else uses."""
    return target.with_name(f".{target.name}.{secrets.token_hex(_TOKEN_BYTES)}.{purpose}")


def leftovers(target: Path, purpose: str) -> Iterator[Path]:
    """Find the files named by `beside` that a killed process has left."""
    return _named(target.parent, escape(target.name), purpose)


def _named(folder: Path, name: str, purpose: str) -> Iterator[Path]:
    """Find what `beside` has named, for targets whose names match the pattern ``name``."""
    token = "[0-9a-f]" * (2 * _TOKEN_BYTES)
    for suffix in ("", "-journal", "-wal", "-shm"):
        yield from folder.glob(f".{name}.{token}.{purpose}{suffix}")


def followed(path: Path) -> Path:
    """Return the file that a link leads to; any other ``path`` as it is."""
    # Path.is_symlink raises where looking is forbidden.
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114


def place_of(target: Path) -> Path:
    """Return the file that ``target`` names; if it is a link, the file it leads to.

    Raises TargetUnwritable for a folder, a pipe or a device, which must not be replaced.
    """
    place = followed(target)
    if target.is_dir():
        raise TargetUnwritable(path=target, why="folder")
    # Checks the target and not the place: a pipe behind /dev/stdout has no path of its own.
    if target.exists() and not target.is_file():
        raise TargetUnwritable(path=target, why="not_a_file")
    return place


def begin(target: Path, mode: int) -> Path:
    """Create the empty file to write `beside` the target, with ``mode`` minus the umask.

    Deletes such files that killed processes have left in this folder, whatever their targets were:
    each may be a copy of everything, and a nightly backup has another name every night.
    Raises TargetUnwritable, OSError from the disk.
    """
    target = place_of(target)
    written = beside(target)
    written.touch(mode=mode, exist_ok=False)
    abandoned_s = written.stat().st_mtime - _ABANDONED_S  # by the clock of that disk
    for rest in _named(target.parent, "*", _DRAFT):
        with suppress(OSError):  # already gone, or another user's
            if rest.stat().st_mtime < abandoned_s:
                rest.unlink()
    return written


def flush(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk (Windows does that by itself).

    Some file systems, such as a virtual machine's shared folders, cannot; that is ignored.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in _NO_WAITING:
            raise
    finally:
        os.close(handle)


def put_in_place(written: Path, target: Path, *, keep_mode: bool = False) -> Path:
    """Move the finished file ``written`` to ``target`` and return where it really went.

    If ``target`` is a link, it stays one, and the file it leads to is replaced.

    If another program holds ``target`` (or has it open, as a lock file of LibreOffice or Excel
    shows), the file goes to the first free numbered name beside it: ``list (2).csv``. It is durable
    on return. With ``keep_mode`` it gets the access rights of the file it replaces.
    Raises TargetUnwritable, also if no number is free, OSError from the disk.
    """
    place = place_of(target)
    flush(written)
    if keep_mode and place.exists():
        written.chmod(stat.S_IMODE(place.stat().st_mode))
    went = target
    if _opened_in_office(place) or not _moved(written, place):
        went = _numbered(place)
        if not _moved(written, went):
            raise TargetUnwritable(path=target, why="held")
    flush_folder(place.parent)
    return went


def _moved(written: Path, place: Path) -> bool:
    try:
        written.replace(place)
    except PermissionError:
        # Windows, or an immutable file: the folder itself has just let us write.
        return False
    return True


def _numbered(target: Path) -> Path:
    for number in range(2, _MOST_NUMBERS):
        place = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not place.exists() and not _opened_in_office(place):
            return place
    raise TargetUnwritable(path=target, why="held")


def _opened_in_office(target: Path) -> bool:
    """Return whether a lock file shows that LibreOffice or Excel has the file open.

    On Linux the move would succeed, and the next "save" there would bring the old file back.
    """
    if not target.exists():
        return False
    locks = (f".~lock.{target.name}#", f"~${target.name}")
    return any(target.with_name(lock).exists() for lock in locks)
