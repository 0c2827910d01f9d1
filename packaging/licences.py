"""The text with the licences of a bundle: the app's own, then those of all parts inside.

Wheels that name their licence and bring no text, Qt's among them, get it from `licence_texts`, and
from there, by the name of the part, the notices for what is inside it of others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KNOWN = ROOT / "packaging" / "licence_texts"
RULE = "=" * 80
_SECTIONS = re.compile(rf"^(?={RULE}\n.+\nLicence: .*\n{RULE}$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One third-party part: ``kind`` is what a package URL calls its origin."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    files: tuple[str, ...] = ()


class NoText(Exception):
    """A part of the bundle has no licence text."""


def licences_text(parts: Iterable[Part]) -> str:
    """Write our notice, the list of parts, and all texts. Raises NoText."""
    parts = list(parts)
    lines = [_read(ROOT / "NOTICE"), "", "Third-party software inside this package", ""]
    lines += [f"  {part.name} {part.version}: {part.licence}" for part in parts]
    lines += _section("faceapp", "Apache-2.0", (ROOT / "LICENSE",))
    for part in parts:
        lines += _section(f"{part.name} {part.version}", part.licence, _texts_of(part))
    return "\n".join(lines) + "\n"


def without_parts(text: str, titles: Collection[str]) -> str:
    """Take parts, each named as "name version", out of what `licences_text` wrote."""
    head, *sections = _SECTIONS.split(text)
    gone = tuple(f"  {title}: " for title in titles)
    lines = (row for row in head.splitlines(keepends=True) if not row.startswith(gone))
    kept = (section for section in sections if section.splitlines()[1] not in titles)
    return "".join((*lines, *kept))


def _section(title: str, licence: str, texts: Iterable[Path]) -> Iterator[str]:
    yield from ("", RULE, title, f"Licence: {licence}", RULE, "")
    for text in dict.fromkeys(map(_read, texts)):  # OpenCV's wheel brings each twice
        yield from (text, "")


def _texts_of(part: Part) -> tuple[Path, ...]:
    named = [KNOWN / f"{name}.txt" for name in re.findall(r"[\w.-]+", part.licence)]
    texts = part.texts or tuple(path for path in named if path.is_file())
    if not texts:
        raise NoText(f"{part.name} {part.version} ({part.licence}) brings no licence text")
    inside = KNOWN / f"{part.name}.txt"
    return (*texts, inside) if inside.is_file() else texts


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").rstrip()
