"""Reads from ELF files what they need: shared libraries and versions of the C library's symbols.

By binutils' objdump, which every machine that builds packages has.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)
SYMBOLS = re.compile(r"\b(GLIBC|GLIBCXX)_(\d+(?:\.\d+)*)\b")

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What all ELF files of a folder need together."""

    libraries: frozenset[str]
    glibc: Version
    glibcxx: Version


def needs_of(folder: Path) -> Needs:
    """Look at every ELF file below ``folder``."""
    libraries: set[str] = set()
    newest: dict[str, Version] = {"GLIBC": (0,), "GLIBCXX": (0,)}
    for path in elf_files(folder):
        headers = _objdump(path)
        libraries.update(NEEDED.findall(headers))
        # Only what it requires counts; what it defines comes before "Version References".
        _, _, references = headers.partition("Version References:")
        for kind, number in SYMBOLS.findall(references):
            newest[kind] = max(newest[kind], tuple(map(int, number.split("."))))
    return Needs(frozenset(libraries), newest["GLIBC"], newest["GLIBCXX"])


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the ELF files below ``folder``, links left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _objdump(path: Path) -> str:
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True)
    return done.stdout
