"""Brings ``assets/translations/faceapp_<language>.ts`` up to date with the texts in the code.

    python packaging/translations.py          write what is new, mark what is to be translated
    python packaging/translations.py --check  exit 1 when something is missing or left over

The files are Qt Linguist's: open them there, or in any editor. Nothing is compiled.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from xml.sax.saxutils import escape

from faceapp import messages
from faceapp.ui import words
from faceapp.ui.translation import LANGUAGES, file_of, read_ts
from faceapp.ui.words.text import CONTEXT, Plural, Text


def sources() -> dict[str, str]:
    """Find every text of the code with its note, in the order of the modules."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(words.__path__):
        namespace = vars(importlib.import_module(f"{words.__name__}.{module.name}"))
        for name, value in namespace.items():
            if name.isupper():
                for text, note in texts_in(value):
                    found.setdefault(text, note)
    for message in messages.MESSAGES.values():
        found.setdefault(message.what, "what went wrong")
        found.setdefault(message.hint, "what to do about it")
    for hint in messages.HINTS.values():
        found.setdefault(hint, "what to do about it")
    for reason in (*messages.REASONS.values(), *messages.WHYS.values()):
        found.setdefault(reason, "follows a colon")
    return found


def texts_in(value: object) -> Iterator[tuple[str, str]]:
    """Yield the texts in a value of a words module: alone, in a dict, tuple or list."""
    if isinstance(value, Text):
        yield value.source, value.note
    elif isinstance(value, Plural):
        yield value.one, value.note
        yield value.many, value.note
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from texts_in(part)


def written(language: str, wanted: dict[str, str], known: dict[str, str]) -> str:
    """Write a .ts file: every text of the code once, in its order."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        "<context>",
        f"    <name>{CONTEXT}</name>",
    ]
    for source, note in wanted.items():
        lines.append("    <message>")
        lines.append(f"        <source>{escape(source)}</source>")
        if note:
            lines.append(f"        <extracomment>{escape(note)}</extracomment>")
        text = known.get(source)
        mark = "" if text else ' type="unfinished"'
        lines.append(f"        <translation{mark}>{escape(text or '')}</translation>")
        lines.append("    </message>")
    return "\n".join([*lines, "</context>", "</TS>", ""])


def main(arguments: list[str]) -> int:
    """Bring the files up to date or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="only say what is wrong")
    check = parser.parse_args(arguments).check
    wanted, wrong = sources(), 0
    for language in LANGUAGES:
        if language == "en":
            continue
        path = file_of(language)
        known = read_ts(path)
        missing = [source for source in wanted if source not in known]
        left_over = [source for source in known if source not in wanted]
        print(
            f"{path.name}: {len(wanted)} texts, {len(missing)} missing, {len(left_over)} left over"
        )
        wrong += len(missing) + len(left_over)
        if not check:
            path.write_text(written(language, wanted, known), encoding="utf-8")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
