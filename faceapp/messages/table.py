"""The sentences of each error, and the words for the codes in its details."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """``what`` happened and the ``hint`` what to do; ``{names}`` stand for the error's details."""

    what: str
    hint: str


MESSAGES: Mapping[str, Message] = {
    "error": Message("Something outside the app went wrong.", "Try again."),
    "camera": Message(
        "The camera {source} is not sending any pictures.", "Check it and try again."
    ),
    "camera_not_found": Message(
        "There is no camera, stream or file {source}.",
        'Plug the camera in, check the name, or use "demo".',
    ),
    "camera_unusable": Message(
        "{source} cannot be used as a camera: {why}.", "Check it and try again."
    ),
    "camera_busy": Message(
        "Another program is using the camera {source}, or you are not allowed to use it.",
        "Close that program, or allow camera access in the system settings (Linux: group video).",
    ),
    "camera_lost": Message("The camera {source} stopped sending pictures.", "Check its cable."),
    "stream_not_found": Message(
        "The network camera {source} cannot be reached.",
        "Check the address, user name and password, the network, and whether the camera is on.",
    ),
    "stream_lost": Message(
        "The network camera {source} stopped sending pictures.",
        "Check the network and whether the camera is on.",
    ),
    "source_unreadable": Message(
        "{source} cannot be read as a video or picture: {why}.", "Save it again, or leave it out."
    ),
    "model": Message("The model file {path} cannot be used: {why}.", "Install the app again."),
    "model_missing": Message(
        "The model file {path} is missing.", 'Run "make models", or install the app again.'
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
        "Another program is using the database {path}.", "Wait a moment or close that program."
    ),
    "store_full": Message(
        "The disk is full. Nothing was lost, but nothing more can be saved in {path}.",
        "Free some space and try again.",
    ),
    "store_read_only": Message(
        "The database {path} cannot be written to.",
        "Check that you are allowed to write there, or choose another data folder.",
    ),
    "store_corrupt": Message(
        "{path} is damaged, changed by another program or not a database of this app; "
        "it was left as it is.",
        'Restore a backup with "faceapp restore FILE", or choose another data folder.',
    ),
    "store_moved": Message(
        "The database {path} was moved, deleted or replaced while it was open.",
        "Put it back or, if it is lost, restore a backup. Then start the app again.",
    ),
    "backup_unreadable": Message(
        "The backup {path} cannot be used: {why}.",
        "Your data is unchanged. Choose another file.",
    ),
    "store_too_new": Message(
        "A newer version of the app wrote the database {path}.", "Update the app."
    ),
    "already_running": Message(
        "The app is already open on this data folder.",
        "Use the open window, or choose another data folder. "
        "A window that was just closed may still be writing a file.",
    ),
    "enrolment": Message("This person cannot be enrolled.", "Check the ID and the pictures."),
    "nobody_in_view": Message(
        "No face was found in {source}.", "Use a picture with a larger, clearer face."
    ),
    "several_faces": Message(
        "There are several faces in {source}.", "Use pictures that show one person only."
    ),
    "poor_picture": Message(
        "No face in {source} is good enough: {reason}.", "Use a sharper, brighter picture."
    ),
    "faces_differ": Message(
        "The pictures of {person} show different faces, and none is in the majority.",
        "Leave out the pictures of other people, or add more of this person.",
    ),
    "already_enrolled": Message(
        "{person} cannot be enrolled: already enrolled as {other}.",
        "Add samples to that person or, if it really is someone else, say so (on the command line:"
        ' "faceapp enroll --allow-duplicate").',
    ),
    "id_taken": Message(
        "The ID {person} is already taken.", "Choose another ID, or add samples to that person."
    ),
    "id_like_another": Message(
        "The ID {person} is already taken: {other} differs only in upper and lower case.",
        "Choose another ID, or add samples to that person.",
    ),
    "unknown_person": Message(
        "Nobody with the ID {person} is enrolled.", 'Run "faceapp people" to see the IDs.'
    ),
    "person_invalid": Message("The ID or name cannot be used: {why}.", "Choose another one."),
    "id_invalid": Message("The ID cannot be used: {why}.", "Choose another one."),
    "name_invalid": Message("The name cannot be used: {why}.", "Choose another one."),
    "group_invalid": Message("The group cannot be used: {why}.", "Choose another one."),
    "correction_refused": Message(
        "This correction is not possible: {why}.", "Check the entry and give a reason."
    ),
    "import": Message("{path} cannot be imported.", "Check the file."),
    "picture_unreadable": Message(
        "{path} cannot be read as a picture: {why}.", "Save it again, or leave it out."
    ),
    "picture_too_large": Message(
        "The picture {path} is too large: the limit is {limit}.", "Make it smaller."
    ),
    "roster_unreadable": Message(
        "The roster {path} cannot be used (line {line}): {why}.",
        "It must be a CSV file with the columns id, name, groups and folder.",
    ),
    "roster_cell": Message(
        "The roster {path} cannot be used (line {line}, {field}): {why}.",
        "Correct that cell, then start again.",
    ),
    "roster_file": Message(
        "The roster {path} cannot be used: {why}.",
        "It must be a CSV file with the columns id, name, groups and folder.",
    ),
    "settings": Message(
        'The setting "{key}" cannot be used: {why}.',
        "Correct it in {path}, or delete that file to get the defaults back.",
    ),
    "settings_file": Message(
        "The settings file {path} cannot be used: {why}.",
        "Correct it, or delete it to get the defaults back.",
    ),
    "settings_line": Message(
        "The settings file {path} cannot be used: line {line} is wrong.",
        "Correct it (text needs quotation marks, and a backslash in it is written twice), or delete"
        " the file to get the defaults back.",
    ),
    "export": Message("{path} cannot be used.", "Choose another file."),
    "target_locked": Message(
        "Another program is using {path}, so {instead} was written instead.",
        "Close that program before the next export.",
    ),
    "target_unwritable": Message("{path} cannot be written: {why}.", "Choose another place."),
}

HINTS: Mapping[tuple[str, str], str] = {
    ("camera_not_found", "assets"): "Install the app again.",
    ("camera_not_found", "scheme"): (
        "Use an address that begins with rtsp, rtsps, http or https, or the path of a file."
    ),
    ("correction_refused", "in_future"): "Check the date and time.",
    ("correction_refused", "reason_too_long"): "Give a shorter reason.",
    ("model", "unreadable"): (
        "Check that you are allowed to read it. If you are, the disk may be failing."
    ),
    ("backup_unreadable", "missing"): "Your data is unchanged. Check the name and the disk.",
    ("backup_unreadable", "too_many_open"): (
        "Your data is unchanged. Close other programs and try again."
    ),
    ("backup_unreadable", "too_new"): "Your data is unchanged. Update the app.",
    ("backup_unreadable", "unreadable"): (
        "Your data is unchanged. Check that you are allowed to read the file."
    ),
    ("roster_unreadable", "folder_outside"): "Name a folder inside the import folder.",
    ("roster_unreadable", "missing"): "Check the name.",
    ("roster_unreadable", "same_id_twice"): "Give each person an ID of their own.",
    ("roster_unreadable", "too_large"): "Split it into several files.",
    ("roster_unreadable", "too_many_rows"): "Split it into several files.",
    ("roster_unreadable", "unreadable"): "Check that you are allowed to read it.",
    ("settings", "full"): "Free some space and try again.",
    ("settings", "lost_link"): (
        "Connect the disk that it leads to, or delete the link to get the defaults back."
    ),
    ("settings", "not_a_choice"): "The possible values are {choices}. Correct it in {path}.",
    ("settings", "not_a_file"): "Move it away to get the defaults back.",
    ("settings", "too_large"): "It must be between {minimum} and {maximum}. Correct it in {path}.",
    ("settings", "too_small"): "It must be between {minimum} and {maximum}. Correct it in {path}.",
    ("settings", "unknown_key"): "The known settings are {choices}. Correct it in {path}.",
    ("settings", "unreadable"): "Check that you are allowed to read it.",
    ("settings", "unwritable"): "Check that you are allowed to write there.",
    ("settings", "wrong_type"): (
        "Text needs quotation marks, a number does not. Correct it in {path}."
    ),
    ("source_unreadable", "missing"): "Check the name.",
    ("source_unreadable", "unreadable"): "Check that you are allowed to read it.",
    ("source_unreadable", "codec"): "Save it as MP4 with H.264. AV1 cannot be read.",
    ("source_unreadable", "name"): "Give the file another name.",
    ("source_unreadable", "no_pictures"): "Choose a folder that contains pictures.",
    ("source_unreadable", "not_a_file"): "Choose a picture, a video or a folder.",
    ("source_unreadable", "too_large"): "Make it smaller.",
    ("picture_unreadable", "missing"): "Check the name.",
    ("picture_unreadable", "unreadable"): "Check that you are allowed to read it.",
    ("store", "folder_missing"): (
        "The current folder was deleted. Change to another one, or give the whole path of the data"
        " folder."
    ),
    ("store", "not_a_file"): "It is not an ordinary file. Move it away and try again.",
    ("store", "too_many_open"): "Too many files are open. Close other programs and try again.",
    ("store_read_only", "other_user"): (
        "It belongs to another user of this computer. Log in as that user, or choose another data "
        "folder."
    ),
    ("person_invalid", "another_face"): (
        "Choose another ID or, if it is the same person, say so (on the command line:"
        ' "faceapp enroll --allow-duplicate").'
    ),
    ("person_invalid", "too_long"): "Choose another one, with at most {limit} characters.",
    ("person_invalid", "too_many"): "Choose fewer: at most {limit} are possible.",
    ("target_unwritable", "denied"): "Choose another place, or change the permissions there.",
    ("target_unwritable", "disk"): "Check that disk, or choose another one.",
    ("target_unwritable", "file_limit"): "Choose another disk, or allow larger files.",
    ("target_unwritable", "folder"): "Give the name of a file.",
    ("target_unwritable", "folder_missing"): "Check the name, or create the folder first.",
    ("target_unwritable", "full"): "Free some space, or choose another disk.",
    ("target_unwritable", "held"): "Close that program, or choose another name.",
    ("target_unwritable", "is_the_database"): "Choose another file.",
    ("target_unwritable", "log_beside"): "Move that file away, or choose another name.",
    ("target_unwritable", "not_a_file"): "Choose another file.",
    ("target_unwritable", "too_long"): "Choose a shorter name.",
    ("target_unwritable", "too_many_open"): "Close other programs and try again.",
}
"""The hint for a code and a ``why`` that says more precisely what to do."""

REASONS: Mapping[str, str] = {
    "cut_off": "the face is cut off by the edge",
    "too_small": "the face is too small",
    "turned_away": "the face is turned away",
    "tilted": "the head is tilted too far",
    "too_dark": "the face is too dark",
    "too_bright": "the face is too bright",
    "backlit": "the light comes from behind",
    "low_contrast": "the face has too little contrast",
    "blurred": "the face is blurred",
}
"""Why a face is not good enough: the detail ``reason``."""

WHYS: Mapping[str, str] = {
    "already_voided": "the entry is already struck",
    "altered": "another program has changed its structure",
    "another_face": "it belongs to somebody with a different face",
    "assets": "its pictures are missing",
    "cell_too_long": "a cell is too long, or a quotation mark is never closed",
    "codec": "its pictures cannot be decoded",
    "control_character": "it contains control characters",
    "damaged": "it is damaged or cut short",
    "denied": "you are not allowed to write there",
    "disk": "the disk reports an error",
    "empty": "it is empty",
    "encoding": "its text encoding is not known",
    "file_limit": "files that large are not allowed there",
    "folder": "it is a folder",
    "folder_missing": "its folder does not exist",
    "folder_outside": "a folder is outside the import folder",
    "full": "the disk is full",
    "held": "another program is using it",
    "heic": (
        "it is a HEIC or raw photo; save it as JPEG "
        "(iPhone: Settings, Camera, Formats, Most Compatible)"
    ),
    "in_future": "it is in the future",
    "is_the_database": "it is the database itself",
    "log_beside": (
        "a file next to it has the same name plus -wal, -shm or -journal and would be mistaken"
        " for part of it"
    ),
    "lost_link": "it is a link to a file that does not exist",
    "missing": "it does not exist",
    "name": "its name contains bytes that are not text",
    "no_backup": "it is damaged or not a backup of this app",
    "no_entry": "there is no such entry",
    "no_id_column": "it has no column named id",
    "no_picture": "it is not a picture",
    "no_pictures": "there is no picture in it",
    "no_reason": "it has no reason",
    "no_video": "it is neither a video nor a picture",
    "no_rows": "it lists nobody",
    "not_a_choice": "it is not one of the choices",
    "not_a_file": "it is not an ordinary file",
    "not_a_name": "it is empty, too long or contains control characters",
    "not_csv": "it is not a CSV file",
    "not_toml": "it is damaged",
    "other_user": "it belongs to another user of this computer",
    "reason_too_long": "its reason is too long",
    "reserved": "it is reserved",
    "scheme": "addresses of this kind are not supported",
    "same_column_twice": "it has the same column twice",
    "same_id_twice": "it has the same ID twice",
    "too_large": "it is too large",
    "too_long": "it is too long",
    "too_many": "there are too many",
    "too_new": "a newer version of the app wrote it",
    "too_many_open": "too many files are open",
    "too_many_rows": "it lists more than 100,000 people",
    "too_many_cells": "it has more cells than columns",
    "too_small": "it is too small",
    "unknown_key": "there is no such setting",
    "unreadable": "it cannot be read",
    "unwritable": "it cannot be written",
    "wrong_type": "it is the wrong kind of value",
}
"""What is wrong with a setting, a name, a correction or a target: the detail ``why``."""

VAGUE: Mapping[str, str] = {
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
"""What a sentence says in place of an unknown detail."""
