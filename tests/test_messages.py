from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp import errors, messages
from faceapp.camera.source import STREAM_SCHEMES, kind_of
from faceapp.errors import FaceAppError
from faceapp.types import PoorReason
from tests.test_errors import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_error_says_what_happened_and_what_to_do(kind: type[FaceAppError]) -> None:
    assert kind.code in messages.MESSAGES
    for text in messages.sentence(kind()):
        assert text.endswith((".", ":"))
        assert text == text.strip()
        assert text
        assert "{" not in text
        assert "…" not in text


def test_no_message_is_left_without_its_error() -> None:
    codes = {kind.code for kind in KINDS}
    fields = {"id_invalid", "name_invalid", "group_invalid"}
    others = {"settings_file", "stream_not_found", "stream_lost", "id_like_another"}
    others |= {"camera_unusable", "settings_line"}
    parts = {"roster_file", "roster_cell"}
    assert set(messages.MESSAGES) - codes == others | fields | parts


def test_every_hint_is_of_an_error_and_of_a_reason_there_is() -> None:
    codes = {kind.code for kind in KINDS}
    for code, why in messages.HINTS:
        assert code in codes
        assert why in messages.WHYS


def test_the_hint_fits_what_is_wrong() -> None:
    def hint(error: FaceAppError) -> str:
        return messages.sentence(error)[1]

    assert "Save it again" in hint(errors.PictureUnreadable(path="a.jpg", why="damaged"))
    assert hint(errors.PictureUnreadable(path="a.jpg", why="missing")) == "Check the name."
    for why in ("full", "unwritable", "unreadable"):
        assert "delete it" not in hint(errors.SettingsError(path="s.toml", key=None, why=why))
    assert "allowed to read" in hint(errors.ModelError(path="m.tflite", why="unreadable"))
    assert "CSV" in hint(errors.RosterUnreadable(path="r.csv", line=2, why="not_csv"))
    assert "CSV" not in hint(errors.RosterUnreadable(path="r.csv", line=None, why="unreadable"))
    assert "space" in hint(errors.TargetUnwritable(path="a.csv", why="full"))
    assert "space" not in hint(errors.TargetUnwritable(path="a.csv", why="folder_missing"))
    refused = (
        errors.AlreadyEnrolled(person="P02", other="P01"),
        errors.PersonInvalid(field="id", why="another_face"),
    )
    for error in refused:
        assert '"faceapp enroll --allow-duplicate"' in hint(error)


@pytest.mark.parametrize("kind", [errors.CameraNotFound, errors.CameraLost])
def test_nobody_is_told_to_plug_in_a_network_camera(kind: type[FaceAppError]) -> None:
    network = " ".join(messages.sentence(kind(source="rtsp://10.0.0.7/1")))
    assert "network camera rtsp://10.0.0.7/1" in network
    assert "Plug" not in network
    assert "cable" not in network
    assert "network" not in " ".join(messages.sentence(kind(source="0")))


def test_an_address_of_another_kind_is_told_which_kinds_there_are() -> None:
    with pytest.raises(errors.CameraNotFound) as caught:
        kind_of("file:///x.mp4")
    what, hint = messages.sentence(caught.value)
    assert what.startswith("file:///x.mp4 cannot be used as a camera: addresses of this kind")
    assert all(scheme in hint for scheme in STREAM_SCHEMES)


def test_nobody_is_told_to_use_a_demo_camera_that_is_missing() -> None:
    assert "demo" not in messages.sentence(errors.CameraNotFound(source="demo", why="assets"))[1]


@pytest.mark.parametrize("reason", PoorReason)
def test_every_reason_of_a_poor_face_has_words(reason: PoorReason) -> None:
    what, _ = messages.sentence(errors.PoorPicture(source="a.jpg", reason=reason))
    assert messages.REASONS[reason.value] in what
    assert messages.reason_words(reason.value) == messages.REASONS[reason.value]


def test_one_code_may_mean_two_things() -> None:
    face, _ = messages.sentence(errors.PoorPicture(source="a.jpg", reason="too_small"))
    number, _ = messages.sentence(errors.SettingsError(key="confirm_votes", why="too_small"))
    assert "face is too small" in face
    assert "it is too small" in number


def test_where_a_whole_file_is_wrong_no_place_in_it_is_named() -> None:
    what, _ = messages.sentence(errors.SettingsError(path="/x/s.toml", key=None, why="not_toml"))
    assert what == "The settings file /x/s.toml cannot be used: it is damaged."
    what, _ = messages.sentence(errors.RosterUnreadable(path="r.csv", line=None, why="no_rows"))
    assert what == "The roster r.csv cannot be used: it lists nobody."
    what, _ = messages.sentence(errors.RosterUnreadable(path="r.csv", line=3, why="not_csv"))
    assert what == "The roster r.csv cannot be used (line 3): it is not a CSV file."
    cell = errors.RosterUnreadable(path="r.csv", line=3, why="control_character", field="name")
    what, hint = messages.sentence(cell)
    assert what == "The roster r.csv cannot be used (line 3, name): it contains control characters."
    assert hint == "Correct that cell, then start again."


@pytest.mark.parametrize("field", ["id", "name", "group"])
def test_what_is_wrong_about_a_person_is_named(field: str) -> None:
    what, _ = messages.sentence(errors.PersonInvalid(field=field, why="too_long"))
    assert what == f"The {field.replace('id', 'ID')} cannot be used: it is too long."


@pytest.mark.parametrize(
    ("details", "advice"),
    [
        ({"why": "empty"}, "Choose another one."),
        ({"why": "too_long", "limit": 200}, "Choose another one, with at most 200 characters."),
        ({"why": "too_many", "limit": 100}, "Choose fewer: at most 100 are possible."),
    ],
)
def test_a_length_is_advised_only_where_it_helps(details: dict[str, object], advice: str) -> None:
    assert messages.sentence(errors.PersonInvalid(field="group", **details))[1] == advice


def test_details_are_made_harmless_and_short() -> None:
    what, _ = messages.sentence(errors.UnknownPerson(person="\x1b[31m{path}\u202e" + "a" * 999))
    assert "\x1b" not in what
    assert "\u202e" not in what
    assert "\\x1b[31m{path}\\u202e" in what
    assert len(what) < 300


def test_the_translator_sees_the_table_and_not_the_details() -> None:
    seen: list[str] = []

    def shout(text: str) -> str:
        seen.append(text)
        return text.upper().replace("{PERSON}", "{person}")

    what, _ = messages.sentence(errors.UnknownPerson(person="p7"), shout)
    assert what == "NOBODY WITH THE ID p7 IS ENROLLED."
    assert seen == [
        messages.MESSAGES["unknown_person"].what,
        messages.MESSAGES["unknown_person"].hint,
    ]


def test_only_known_details_are_asked_for() -> None:
    known = {
        "source", "path", "person", "other", "reason", "why", "limit", "instead", "key", "line",
        "what", "field",
    }  # fmt: skip
    for message in messages.MESSAGES.values():
        for text in (message.what, message.hint):
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert names <= known


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Ångström", "Zoë Ångström"),
        ("李小龍 😀", "李小龍 😀"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("\udcff", "\\udcff"),
        ("\x9b31m", "\\x9b31m"),
        ("line\u2028two", "line\\u2028two"),
    ],
)
def test_what_is_shown_keeps_every_script_and_escapes_controls(text: str, shown: str) -> None:
    assert messages.printable(text) == shown


@given(st.text(st.characters(), max_size=50))
def test_printable_text_controls_no_terminal(text: str) -> None:
    shown = messages.printable(text)
    controls = {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not any(unicodedata.category(char) in controls for char in shown)
    shown.encode()
    assert messages.printable(shown) == shown
