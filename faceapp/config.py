"""The operator's settings: their values, their ranges in one table, and their TOML file.

The window words the sentences about the settings. Nothing here decides what a setting means.

Every `SettingsError` raised here has a ``why``. For a value it is ``wrong_type``, ``too_small`` or
``too_large`` (with ``minimum`` and ``maximum``), ``not_a_choice`` or ``unknown_key`` (with
``choices``), or ``not_a_name``. For the file it is ``not_a_file``, ``lost_link``, ``not_toml``,
``unreadable``, ``full`` (its disk) or ``unwritable``. ``key``, ``path`` and ``line`` are given
where they apply.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from glob import escape
from pathlib import Path
from typing import cast

from faceapp.errors import SettingsError
from faceapp.types import EntryPolicy, RangeMode

Value = str | int

log = logging.getLogger(__name__)

MAX_TEXT = 1000
MAX_BYTES = 1_000_000
MOST_DAMAGED = 9
_DELETE = "\x7f"
_DRAFT = ".faceapp"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked when made. Raises SettingsError for a wrong value."""

    # A number, a stable device name, a path, a stream's address, or "demo".
    camera: str = "0"
    range_mode: str = RangeMode.NEAR.value
    # At most one stranger in this many is given a name.
    stranger_odds: int = 1000
    # Of the last confirm_window good frames, confirm_votes must agree on a person.
    confirm_votes: int = 3
    confirm_window: int = 5
    # A person seen again within this time is "already in".
    cooldown_s: int = 300
    policy: str = EntryPolicy.FIRST_IN_LAST_OUT.value
    # Older entries are deleted; 0 keeps them for ever.
    retention_days: int = 0
    language: str = "system"
    theme: str = "system"
    embed_threads: int = 1

    def __post_init__(self) -> None:
        for field in FIELDS:
            _check(field, getattr(self, field.key))
        if self.confirm_votes > self.confirm_window:
            raise SettingsError(
                key="confirm_votes", why="too_large", minimum=1, maximum=self.confirm_window
            )


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: numbers have a range, some texts have choices."""

    key: str
    type: type[Value]
    default: Value
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()


_LIMITS: dict[str, tuple[int, int]] = {
    "stranger_odds": (100, 1_000_000),
    "confirm_votes": (1, 15),
    "confirm_window": (1, 30),
    "cooldown_s": (0, 86_400),
    "retention_days": (0, 36_500),
    "embed_threads": (1, 16),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "range_mode": tuple(mode.value for mode in RangeMode),
    "policy": tuple(policy.value for policy in EntryPolicy),
    "language": ("system", "en", "de"),
    "theme": ("system", "light", "dark"),
}


def _field(key: str, default: Value) -> Field:
    minimum, maximum = _LIMITS.get(key, (None, None))
    return Field(key, type(default), default, minimum, maximum, _CHOICES.get(key, ()))


# The one table of keys, defaults and ranges.
FIELDS: tuple[Field, ...] = tuple(
    _field(field.name, cast("Value", field.default)) for field in fields(Settings)
)


def load(path: Path) -> Settings:
    """Read the settings; a missing file or key means the default.

    Raises SettingsError and leaves the file as it is when anything in it is wrong, also if it is a
    link to a disk that is not there.
    """
    try:
        found = tomllib.loads(_text(path))
    except FileNotFoundError as error:
        if _is_link(path):
            raise SettingsError(path=path, key=None, why="lost_link") from error
        return Settings()
    except OSError as error:
        raise SettingsError(path=path, key=None, why="unreadable") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, nested without end
        raise SettingsError(path=path, key=None, why="not_toml", line=_line(error)) from error
    try:
        for key in found:
            _known(key)
        return Settings(**found)
    except SettingsError as error:
        raise SettingsError(path=path, **error.details) from error


def _line(error: Exception) -> int | None:
    """Return the line with the mistake; before Python 3.14, tomllib tells it in words only."""
    found = re.search(r"\(at line (\d+),", str(error))
    return int(found[1]) if found else None


def _text(path: Path) -> str:
    """Read the file. Raises OSError, ValueError, and SettingsError unless it is a regular file."""
    if path.exists() and not path.is_file():
        raise SettingsError(path=path, key=None, why="not_a_file")
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError("no settings are that long")
    return content.decode("utf-8-sig")


def save(path: Path, settings: Settings) -> None:
    """Write the settings so that a crash leaves the old file or the new one, never half of one.

    A file that could not be loaded is kept, see `set_aside`. If ``path`` is a link, it stays one,
    and the file it leads to is replaced. Raises SettingsError when the folder cannot be written,
    also if that is on a disk that is not there.
    """
    place = _followed(path)
    lines = [f"{key} = {_toml(value)}\n" for key, value in asdict(settings).items()]
    try:
        if place != path and not place.parent.exists():
            raise SettingsError(path=path, key=None, why="lost_link")
        place.parent.mkdir(0o700, parents=True, exist_ok=True)
        # Those of killed saves may hold a password; an editor's `.settings.toml.swp` is not ours.
        for rest in place.parent.glob(f".{escape(place.name)}.*{_DRAFT}"):
            with suppress(OSError):
                rest.unlink()
        handle, name = tempfile.mkstemp(_DRAFT, f".{place.name}.", place.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            _keep_damaged(place)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        why = "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "unwritable"
        raise SettingsError(path=path, key=None, why=why) from error


def set_aside(path: Path) -> Path:
    """Rename a damaged file to ``settings.toml.damaged`` and return that path; raises OSError.

    Further ones become ``….damaged-2`` and so on, as far as ``MOST_DAMAGED``; only that one is
    replaced. If ``path`` is a link, it stays one.
    """
    place = _followed(path)
    numbers = ("", *(f"-{number}" for number in range(2, MOST_DAMAGED + 1)))
    names = [place.with_name(f"{place.name}.damaged{number}") for number in numbers]
    kept = place.replace(next((one for one in names if not one.exists()), names[-1]))
    log.info("damaged settings were set aside: %s", kept)
    return kept


def left_aside(path: Path) -> list[Path]:
    """Return what `set_aside` has kept while nothing has been saved since; the oldest first."""
    place = _followed(path)
    kept = place.parent.glob(f"{escape(place.name)}.damaged*")
    return [] if place.exists() else sorted(kept)


def _followed(path: Path) -> Path:
    """Return the file that a link leads to; any other ``path`` as it is."""
    return Path(os.path.realpath(path)) if _is_link(path) else path


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114  Path.is_symlink raises where looking is forbidden


def replace_value(settings: Settings, key: str, value: Value) -> Settings:
    """Return the settings with one value changed. Raises SettingsError for a wrong key or value."""
    _known(key)
    return replace(settings, **{key: value})  # type: ignore[arg-type]  # checked when made


def _known(key: str) -> None:
    if not any(field.key == key for field in FIELDS):
        keys = tuple(field.key for field in FIELDS)
        raise SettingsError(key=key, why="unknown_key", choices=keys)


def _check(field: Field, value: object) -> None:
    """Raise SettingsError unless ``value`` is allowed for ``field``."""
    if type(value) is not field.type:  # exact: True is not a number here
        raise SettingsError(key=field.key, why="wrong_type", expected=field.type.__name__)
    if isinstance(value, str):
        _check_text(field, value)
    elif field.minimum is not None and field.maximum is not None and isinstance(value, int):
        if field.minimum <= value <= field.maximum:
            return
        why = "too_small" if value < field.minimum else "too_large"
        raise SettingsError(key=field.key, why=why, minimum=field.minimum, maximum=field.maximum)


def _check_text(field: Field, text: str) -> None:
    if field.choices:
        if text not in field.choices:
            raise SettingsError(key=field.key, why="not_a_choice", choices=field.choices)
        return
    plain = all(" " <= letter != _DELETE and not "\ud800" <= letter <= "\udfff" for letter in text)
    if not plain or not text.strip() or len(text) > MAX_TEXT:
        raise SettingsError(key=field.key, why="not_a_name")


def _toml(value: Value) -> str:
    """Format a checked value; its text holds no control characters."""
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _keep_damaged(path: Path) -> None:
    try:
        load(path)
    except SettingsError:
        with suppress(FileNotFoundError):
            set_aside(path)
