"""Which files of a bundle are those of the Python that builds it."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path


def is_pythons(path: Path) -> bool:
    """Return whether the resolved ``path`` is Python's own.

    On Linux its prefix may be /usr, where all other libraries are as well: there only the standard
    library and libpython are Python's.
    """
    if sys.platform in {"win32", "darwin"}:
        return path.is_relative_to(Path(sys.base_prefix).resolve())
    base = {"platbase": sys.base_exec_prefix}  # not the virtual environment's
    places = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib", vars=base))
    within = any(path.is_relative_to(Path(place).resolve()) for place in places)
    return within or path.name == sysconfig.get_config_var("INSTSONAME")
