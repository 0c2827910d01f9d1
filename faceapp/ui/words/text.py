"""The types of texts: English source, translated and filled in when called. No texts are here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

CONTEXT = "faceapp"

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_ZERO_WIDTH_SPACE = "\u200b"

# This many letters fit on a line in every dialog.
_PIECE = re.compile(r"\S{24}(?=\w)")


@dataclass(frozen=True, slots=True)
class Text:
    """One text. ``note`` tells translators where it is used; ``&`` marks a button's key."""

    source: str
    note: str = ""

    def __call__(self, **values: object) -> str:
        """Return the text in the window's language, its ``{names}`` filled with ``values``."""
        text = QCoreApplication.translate(CONTEXT, self.source)
        return text.format(**values) if values else text


@dataclass(frozen=True, slots=True)
class Plural:
    """A text that depends on the number ``n``."""

    one: str
    many: str
    note: str = ""

    def __call__(self, n: int, **values: object) -> str:
        """Return the form for ``n``, filled with ``n`` in the language's format and ``values``."""
        source = self.one if n == 1 else self.many
        number = QLocale().toString(n)
        return QCoreApplication.translate(CONTEXT, source).format(n=number, **values)


def isolated(name: str) -> str:
    """Keep a right-to-left name from reordering the sentence it stands in."""
    return f"{_FIRST_STRONG_ISOLATE}{name}{_POP_ISOLATE}"


def around_name(text: str) -> tuple[str, str, str]:
    """Split a text into what is before the first `isolated` name, the name, and the rest."""
    before, mark, rest = text.partition(_FIRST_STRONG_ISOLATE)
    name, end, after = rest.partition(_POP_ISOLATE)
    return before + mark, name, end + after


def with_id(name: str, person: str) -> str:
    """Return the name with the ID, which sets people of the same name apart."""
    return f"{isolated(one_line(name))} ({person})"


def breakable(text: str) -> str:
    """Allow a word that is too long for a line to wrap, instead of being cut off."""
    return _PIECE.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", text)


def one_line(text: str) -> str:
    """Return a text from an operator or a file as one line, whatever it holds."""
    return " ".join(text.split())
