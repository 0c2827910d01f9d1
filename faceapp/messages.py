"""What happened and what to do about it: one English sentence each for every error code.

The one table behind the command line and the window, which translates it. No Qt, no printing, and
no import of the values (and with them numpy): a command's help must be there at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from faceapp.errors import FaceAppError

MAX_VALUE = 200
"""Longer values are cut: a sentence must stay a sentence."""


@dataclass(frozen=True, slots=True)
class Message:
    """``what`` happened and the ``hint`` what to do; ``{names}`` stand for the error's details."""

    what: str
    hint: str


MESSAGES: Mapping[str, Message] = {
    "error": Message("Something outside the app went wrong.", "Try again."),
    "camera": Message("The camera {source} gives no pictures.", "Check it and try again."),
    "camera_not_found": Message(
        "There is no camera, stream or file {source}.",
        'Plug the camera in, check the name, or use "demo".',
    ),
    "camera_busy": Message(
        "Another program uses the camera {source}, or this user may not.",
        "Close that program, or allow cameras in the system's settings (Linux: group video).",
    ),
    "camera_lost": Message(
        "The camera {source} stopped giving pictures.", "Check its cable or the network."
    ),
    "source_unreadable": Message(
        "{source} cannot be read as a video or picture: {why}.", "Save it again, or leave it out."
    ),
    "model": Message("The model {path} cannot be used.", "Install the app again."),
    "model_missing": Message(
        "The model file {path} is not there.", 'Run "make models", or install the app again.'
    ),
    "model_corrupt": Message(
        "The model file {path} is damaged or was changed.",
        'Run "make models", or install the app again.',
    ),
    "model_mismatch": Message(
        "The model does not fit this version of the app ({what}).", "Install the app again."
    ),
    "store": Message("The database {path} cannot be used.", "Check the disk and try again."),
    "store_busy": Message(
        "Another program holds the database {path}.", "Wait a moment or close that program."
    ),
    "store_full": Message(
        "The disk is full; nothing was lost, but nothing more can be kept in {path}.",
        "Free some space and try again.",
    ),
    "store_read_only": Message(
        "The database {path} cannot be written.",
        "Check who may write there, or choose another data folder.",
    ),
    "store_corrupt": Message(
        "{path} is damaged or not a database of this app; it was left as it is.",
        'Put a backup back with "faceapp restore FILE", or choose another data folder.',
    ),
    "backup_unreadable": Message(
        "The backup {path} cannot be used: {why}.",
        "Check the name, whether the disk is there, and who may read it.",
    ),
    "store_too_new": Message(
        "A newer version of the app wrote the database {path}.", "Update the app."
    ),
    "already_running": Message(
        "The app is already open on this data folder.",
        "Use the open window, or choose another data folder.",
    ),
    "enrolment": Message("This person cannot be enrolled.", "Check the ID and the pictures."),
    "nobody_in_view": Message(
        "No face was found in {source}.", "Use a picture in which the face is larger and clear."
    ),
    "several_faces": Message(
        "There are several faces in {source}.", "Use pictures that show one person only."
    ),
    "poor_picture": Message(
        "No face in {source} is good enough: {reason}.", "Use a sharper, brighter picture."
    ),
    "already_enrolled": Message(
        "{person} cannot be enrolled: already enrolled as {other}.",
        "Add samples to that person, or allow the duplicate if it really is someone else.",
    ),
    "id_taken": Message(
        "The ID {person} is taken already.", "Choose another ID, or add samples to that person."
    ),
    "unknown_person": Message(
        "Nobody with the ID {person} is enrolled.", 'See "faceapp people" for the IDs.'
    ),
    "person_invalid": Message(
        "The ID or name cannot be used: {why}.", "Choose another one of at most 200 letters."
    ),
    "id_invalid": Message(
        "The ID cannot be used: {why}.", "Choose another one of at most 200 letters."
    ),
    "name_invalid": Message(
        "The name cannot be used: {why}.", "Choose another one of at most 200 letters."
    ),
    "group_invalid": Message(
        "The group cannot be used: {why}.", "Choose another one of at most 200 letters."
    ),
    "correction_refused": Message(
        "This correction is not possible: {why}.", "Look at the entry again and say why."
    ),
    "import": Message("{path} cannot be read in.", "Check the file."),
    "picture_unreadable": Message(
        "{path} cannot be read as a picture: {why}.", "Save it again, or leave it out."
    ),
    "picture_too_large": Message(
        "The picture {path} is too large: the limit is {limit}.", "Make it smaller."
    ),
    "roster_unreadable": Message(
        "The roster {path} cannot be used, line {line}: {why}.",
        "It must be a CSV file with the columns id, name, groups and folder.",
    ),
    "roster_file": Message(
        "The roster {path} cannot be used: {why}.",
        "It must be a CSV file with the columns id, name, groups and folder.",
    ),
    "settings": Message(
        'The setting "{key}" cannot be used: {why}.',
        "Correct it in the settings file, or delete that file to get the defaults back.",
    ),
    "settings_file": Message(
        "The settings file {path} cannot be used: {why}.",
        "Correct it, or delete it to get the defaults back.",
    ),
    "export": Message("{path} cannot be used.", "Choose another file."),
    "target_locked": Message(
        "Another program holds {path}; {instead} was written in its place.",
        "Close that program before the next export.",
    ),
    "target_unwritable": Message(
        "{path} cannot be written: {why}.", "Choose another place or free some space."
    ),
}

REASONS: Mapping[str, str] = {
    "cut_off": "the face is cut off by the edge",
    "too_small": "the face is too small",
    "turned_away": "the face is turned away",
    "tilted": "the head leans too much",
    "too_dark": "the face is too dark",
    "too_bright": "the face is too bright",
    "backlit": "the light comes from behind",
    "low_contrast": "the face has too little contrast",
    "blurred": "the face is blurred",
}
"""Why a face is not good enough: the detail ``reason``."""

WHYS: Mapping[str, str] = {
    "already_voided": "the entry is struck already",
    "another_face": (
        "it belongs to somebody with another face (if that is the same person, allow the duplicate)"
    ),
    "control_character": "it holds control characters",
    "damaged": "it is damaged or cut short",
    "denied": "writing there is not allowed",
    "empty": "it is empty",
    "encoding": "its text is in no known encoding",
    "folder": "it is a folder",
    "folder_missing": "its folder is not there",
    "folder_outside": "a folder lies outside the import",
    "full": "the disk is full",
    "held": "another program holds it",
    "heic": (
        "it is a HEIC or raw photo; save it as JPEG "
        "(iPhone: Settings, Camera, Formats, Most Compatible)"
    ),
    "in_future": "it lies in the future",
    "is_the_database": "it is the database itself",
    "missing": "it is not there",
    "no_entry": "there is no such entry",
    "no_id_column": "it has no column id",
    "no_picture": "it is no picture",
    "no_pictures": "there is no picture in it",
    "no_reason": "it has no reason",
    "no_video": "it is neither a video nor a picture",
    "no_rows": "nobody is in it",
    "not_a_choice": "it is none of the choices",
    "not_a_file": "it is no ordinary file",
    "not_a_name": "it is empty, too long or holds control characters",
    "not_csv": "it is no CSV",
    "not_toml": "it is damaged",
    "reason_too_long": "its reason is too long",
    "reserved": "it is reserved",
    "same_column_twice": "it has the same column twice",
    "same_id_twice": "it has the same ID twice",
    "too_large": "it is too large",
    "too_long": "it is too long",
    "too_many_cells": "it has more cells than columns",
    "too_small": "it is too small",
    "unknown_key": "there is no such setting",
    "unreadable": "it cannot be read",
    "unwritable": "it cannot be written",
    "wrong_type": "it is of the wrong kind",
}
"""What is wrong with a setting, a name, a correction or a target: the detail ``why``."""

_WHOLE_FILES = (("settings", "key", "settings_file"), ("roster_unreadable", "line", "roster_file"))
"""Errors of a place in a file, that place, and the message where it is the file as a whole."""

_FIELDS: Mapping[str, str] = {"id": "id_invalid", "name": "name_invalid", "group": "group_invalid"}
"""The message of each field that cannot be used: a sentence is translated as a whole."""

Translate = Callable[[str], str]


def sentence(error: FaceAppError, translate: Translate = str) -> tuple[str, str]:
    """Return (what happened, what to do) in words. Never raises, whatever the details are.

    ``translate`` gets the sentences as they stand in the table, before the details are put in.
    """
    message = MESSAGES[_variant(error)]
    facts = _Facts(
        (name, _words(name, value, translate))
        for name, value in error.details.items()
        if value is not None
    )
    return translate(message.what).format_map(facts), translate(message.hint).format_map(facts)


def reason_words(code: str, translate: Translate = str) -> str:
    """Say in words why a face is not good enough; any other code is only made readable."""
    return translate(REASONS[code]) if code in REASONS else code.replace("_", " ")


def harmless(text: object) -> str:
    r"""Return ``text`` on one line, without anything that drives a terminal or turns the line.

    Control, format and private characters, separators and lone surrogates become escapes like
    ``\x1b``; letters, marks, symbols and emoji of every script stay.
    """
    return "".join(_escape(char) if _drives(char) else char for char in str(text))


def _variant(error: FaceAppError) -> str:
    for code, detail, instead in _WHOLE_FILES:
        if error.code == code and error.details.get(detail) is None:
            return instead
    person, other = error.details.get("person"), error.details.get("other")
    if error.code == "already_enrolled" and person is not None and person == other:
        return "id_taken"  # by another face alone one can be allowed as a duplicate
    if error.code == "person_invalid":
        return _FIELDS.get(str(error.details.get("field")), error.code)
    return error.code if error.code in MESSAGES else "error"


def _words(name: str, value: object, translate: Translate) -> str:
    code = str(getattr(value, "value", value))
    table = {"reason": REASONS, "why": WHYS}.get(name, {})
    if code in table:
        return translate(table[code])
    text = harmless(code)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


class _Facts(dict[str, str]):
    """Details for a sentence; what an error does not tell is left vague."""

    def __missing__(self, name: str) -> str:
        return _VAGUE.get(name, "…")


_VAGUE: Mapping[str, str] = {
    "source": "that was asked for",
    "path": "that was asked for",
    "person": "This person",
    "other": "somebody else",
    "reason": "its quality is too low",
    "why": "its value is wrong",
    "limit": "40 megapixels and 25 MB",
    "instead": "a numbered file",
    "what": "its card",
}

# Joiners, direction marks and tags are part of emoji and of several scripts' spelling.
_SPELLING = frozenset("\u200c\u200d\u200e\u200f\u061c") | {chr(c) for c in range(0xE0020, 0xE0080)}


def _drives(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char not in _SPELLING


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
