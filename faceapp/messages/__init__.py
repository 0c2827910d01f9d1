"""For every error code, a sentence about what happened and one about what to do, in English.

The command line and the window, which translates them, share the tables in `table`. No Qt, no
printing, and no import of `types` (and with it numpy), since a command's help must appear at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from faceapp.addresses import is_stream
from faceapp.errors import FaceAppError
from faceapp.messages.printing import printable
from faceapp.messages.table import HINTS, MESSAGES, REASONS, VAGUE, WHYS, Message

__all__ = [
    "HINTS",
    "MESSAGES",
    "REASONS",
    "WHYS",
    "Message",
    "printable",
    "reason_words",
    "sentence",
]

MAX_VALUE = 200
"""Longer values are cut, so that the sentence stays readable."""

_BY_DETAIL = (
    ("camera_not_found", "why", True, "camera_unusable"),
    ("settings", "line", True, "settings_line"),
    ("settings", "key", False, "settings_file"),
    ("roster_unreadable", "line", False, "roster_file"),
    ("roster_unreadable", "field", True, "roster_cell"),
    ("id_taken", "other", True, "id_like_another"),
)
"""Codes, a detail, and the message to take instead if that detail is there (True) or not."""

_OF_STREAMS: Mapping[str, str] = {
    "camera_not_found": "stream_not_found",
    "camera_lost": "stream_lost",
}
"""The messages for cameras that are addresses: these have no plug, but a network and a password."""

_FIELDS: Mapping[str, str] = {"id": "id_invalid", "name": "name_invalid", "group": "group_invalid"}
"""The message for each invalid field: separate ones, since sentences are translated as a whole."""

Translate = Callable[[str], str]


def sentence(error: FaceAppError, translate: Translate = str) -> tuple[str, str]:
    """Return (what happened, what to do) in words. Never raises, whatever the details are.

    ``translate`` is called with the sentences of the table, before the details are filled in.
    """
    message = MESSAGES[_variant(error)]
    hint = HINTS.get((error.code, str(error.details.get("why"))), message.hint)
    facts = _Facts(
        (name, _words(name, value, translate))
        for name, value in error.details.items()
        if value is not None
    )
    return translate(message.what).format_map(facts), translate(hint).format_map(facts)


def reason_words(code: str, translate: Translate = str) -> str:
    """Return in words why a face is not good enough; other codes are only made readable."""
    return translate(REASONS[code]) if code in REASONS else code.replace("_", " ")


def _variant(error: FaceAppError) -> str:
    for code, detail, is_there, instead in _BY_DETAIL:
        if error.code == code and (error.details.get(detail) is not None) is is_there:
            return instead
    if error.code in _OF_STREAMS and is_stream(str(error.details.get("source"))):
        return _OF_STREAMS[error.code]
    if error.code == "person_invalid":
        return _FIELDS.get(str(error.details.get("field")), error.code)
    return error.code if error.code in MESSAGES else "error"


def _words(name: str, value: object, translate: Translate) -> str:
    code = str(getattr(value, "value", value))
    table = {"reason": REASONS, "why": WHYS}.get(name, {})
    if code in table:
        return translate(table[code])
    text = printable(", ".join(map(str, value)) if isinstance(value, tuple) else code)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


class _Facts(dict[str, str]):
    """Details for a sentence; unknown ones are described vaguely."""

    def __missing__(self, name: str) -> str:
        return VAGUE.get(name, "…")
