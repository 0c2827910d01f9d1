"""Which country's dates a window has whose language is not the system's."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from faceapp.ui import times
from faceapp.ui.translation import LANGUAGES, locale_of


@pytest.mark.parametrize(
    ("code", "system", "expected"),
    [
        ("en", "de_DE", "27/11/2026"),
        ("en", "en_US", "11/27/2026"),
        ("en", "ja_JP", "2026/11/27"),
        ("en", "vi_VN", "27/11/2026"),
        ("en", "C", "27/11/2026"),
        ("de", "en_US", "27.11.2026"),
        ("de", "fr_CH", "27.11.2026"),
    ],
)
def test_dates_are_written_as_in_the_systems_country(code: str, system: str, expected: str) -> None:
    former = QLocale()
    QLocale.setDefault(locale_of(LANGUAGES[code], QLocale(system)))
    try:
        assert times.day(date(2026, 11, 27)) == expected
        assert QLocale().language() == LANGUAGES[code]
    finally:
        QLocale.setDefault(former)
