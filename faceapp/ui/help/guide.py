"""The user guide in one language: its documents as one Markdown text. No Qt."""

from __future__ import annotations

import re
from pathlib import Path

from faceapp.paths import guides_dir

# The guide, and the documents it refers to.
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
    """Read the guide as one text with ``##`` chapter headings; all links lead to its headings.

    Each further document becomes one more chapter. Raises GuideLost.
    """
    first, *others = (_read(guides_dir() / name) for name in GUIDES[language])
    # Without the table of contents at the beginning: the window has a list of chapters.
    _, begin, chapters = first.partition(_CHAPTER)
    whole = "\n".join([begin + chapters, *(_HEADING.sub("#", other) for other in others)])
    anchors = {
        name: f"#{slug(_title(other))}"
        for name, other in zip(GUIDES[language][1:], others, strict=True)
    }
    return _LINK.sub(lambda link: _kept_inside(link[1], link[2], anchors), whole)


def slug(heading: str) -> str:
    """Return the anchor of a heading, as in the published guides."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _kept_inside(text: str, target: str, anchors: dict[str, str]) -> str:
    """Keep a link within the guide; replace one that leads elsewhere with its text."""
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
