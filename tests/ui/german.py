"""The window's texts: the script that gathers them, and their German."""

from __future__ import annotations

from faceapp.ui.translation import read_ts
from tests.helpers.scripts import load_script

translations = load_script("translations")
GERMAN = read_ts(translations.file_of("de"))
