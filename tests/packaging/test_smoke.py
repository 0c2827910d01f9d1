"""The check of the package in a fresh system presses keys of the window: they must be there."""

from __future__ import annotations

import re
from pathlib import Path

from faceapp.ui.words import attendance, enrol, live

SCRIPT = Path(__file__).parents[2] / "packaging" / "smoke" / "window.sh"


def test_the_keys_that_it_presses_are_those_of_the_buttons() -> None:
    pressed = re.findall(r"^key alt\+(\w)", SCRIPT.read_text("utf-8"), re.MULTILINE)
    buttons = (enrol.CONSENT, enrol.START_CAMERA, enrol.SAVE, live.START, attendance.EXPORT)
    keys = [re.findall(r"&(\w)", text.source.lower()) for text in buttons]
    assert [[key] for key in pressed] == keys
