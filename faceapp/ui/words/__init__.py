"""Every text of the window, as `Text` and `Plural` values; one module per page.

Texts are written in English here and translated in ``assets/translations``. Use:
``words.live.START()`` or ``words.live.HERE(here=3, missing=4)``.
"""

from faceapp.ui.words import common, errors, live, shell, states
from faceapp.ui.words.text import (
    Plural,
    Text,
    around_name,
    breakable,
    isolated,
    one_line,
    with_id,
)

__all__ = [
    "Plural",
    "Text",
    "around_name",
    "breakable",
    "common",
    "errors",
    "isolated",
    "live",
    "one_line",
    "shell",
    "states",
    "with_id",
]
