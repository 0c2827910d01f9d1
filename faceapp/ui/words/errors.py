"""What happened and what to do, for every error of the outside world, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp import messages
from faceapp.errors import FaceAppError
from faceapp.ui.words.text import CONTEXT


def sentence(error: FaceAppError) -> tuple[str, str]:
    """Say what happened and what to do about it."""
    return messages.sentence(error, _translated)


def reason(code: str) -> str:
    """Say the reason code of a poor picture or of a refused value."""
    return messages.reason_words(code, _translated)


def _translated(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source)
