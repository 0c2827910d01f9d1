"""The user guide of one language: its documents as one Markdown text. Knows nothing of Qt."""

from __future__ import annotations

import re
from pathlib import Path

from faceapp.paths import guides_dir

# The guide, and what it sends its readers to.
GUIDES = {
    "en": ("user-guide.md", "privacy.md"),
    "de": ("user-guide.de.md", "privacy.de.md"),
}

_CHAPTER = "\n## "
_TITLE = re.compile(r"# (.+)\n")
_HEADING = re.compile(r"^(?=#+ )", re.MULTILINE)
_LINK = re.compile(r"\[([^]]+)\]\(([^)\s]+)\)")


class GuideLost(Exception):
    """A document that came with the program is missing or damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no guide: {path}")
        self.path = path


def read_guide(language: str) -> str:
    """Read the guide, its chapters headed ``##``; every link in it leads to a heading of it.

    Each further document is one more chapter. Raises GuideLost.
    """
    first, *others = (_read(guides_dir() / name) for name in GUIDES[language])
    # The contents at its beginning are the window's list of chapters.
    _, begin, chapters = first.partition(_CHAPTER)
    whole = "\n".join([begin + chapters, *(_HEADING.sub("#", other) for other in others)])
    anchors = {
        name: f"#{slug(_title(other))}"
        for name, other in zip(GUIDES[language][1:], others, strict=True)
    }
    return _LINK.sub(lambda link: _led(link[1], link[2], anchors), whole)


def slug(heading: str) -> str:
    """Return what a link to a heading is called, as in the guides where they are published."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _led(text: str, target: str, anchors: dict[str, str]) -> str:
    """Keep a link within the guide; of one that leads elsewhere, what it says."""
    target = anchors.get(target, target)
    return f"[{text}]({target})" if target.startswith("#") else text


def _title(document: str) -> str:
    found = _TITLE.match(document)
    return found[1] if found else ""


def _read(path: Path) -> str:
    try:
        document = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GuideLost(path) from error
    if not _title(document) or _CHAPTER not in document:
        raise GuideLost(path)
    return document
