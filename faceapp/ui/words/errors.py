"""What happened and what to do, for every error of the outside world, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp import messages
from faceapp.errors import FaceAppError
from faceapp.ui.words.text import CONTEXT, Text

# Hints for the window in place of those that name a command.
HINTS: dict[str, Text] = {
    "store_corrupt": Text(
        "Restore a backup under Settings, Data, or start the app with another data folder."
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
    """Return the words for the reason code of a poor picture or a refused value."""
    return messages.reason_words(code, _translated)


def _translated(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source)
