"""What happened and what to do, for every error of the outside world, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp import messages
from faceapp.errors import FaceAppError
from faceapp.ui.words.text import CONTEXT, Text

# Where the command line's hint names a command, the window names what is in the window.
HINTS: dict[str, Text] = {
    "store_corrupt": Text(
        "Put a backup back under Settings, Data, or choose another data folder at the start."
    ),
    "unknown_person": Text(
        "This person may have been forgotten in the meantime. The list has been reloaded."
    ),
}


def sentence(error: FaceAppError) -> tuple[str, str]:
    """Say what happened and what to do about it."""
    what, hint = messages.sentence(error, _translated)
    return what, HINTS[error.code]() if error.code in HINTS else hint


def reason(code: str) -> str:
    """Say the reason code of a poor picture or of a refused value."""
    return messages.reason_words(code, _translated)


def _translated(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source)
