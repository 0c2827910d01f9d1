"""Settings: the table, the file and what a damaged file leads to."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.config import (
    FIELDS,
    MAX_BYTES,
    MOST_DAMAGED,
    Field,
    Settings,
    load,
    replace_value,
    save,
    set_aside,
)
from faceapp.errors import SettingsError
from faceapp.messages import sentence

CONTROL = "".join(map(chr, [*range(32), 127]))
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters=CONTROL)
NAMES = st.text(LETTERS, min_size=1, max_size=200).filter(str.strip)


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.choices:
        return st.sampled_from(field.choices)
    if field.type is bool:
        return st.booleans()
    if field.type is int:
        return st.integers(field.minimum, field.maximum)
    return NAMES


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    chosen = {field.key: draw(values(field)) for field in FIELDS}
    chosen["confirm_votes"] = min(chosen["confirm_votes"], chosen["confirm_window"])
    return Settings(**chosen)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settings") / "settings.toml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refusal(path: Path) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(path)
    assert caught.value.details["path"] == path
    return caught.value


def test_the_table_describes_every_setting_and_its_default() -> None:
    assert [field.key for field in FIELDS] == [field.name for field in fields(Settings)]
    assert {field.key: field.default for field in FIELDS} == asdict(Settings())


def test_every_number_has_a_range_with_its_default_inside() -> None:
    for field in (field for field in FIELDS if field.type is int):
        assert field.minimum is not None
        assert field.maximum is not None
        assert field.minimum <= int(field.default) <= field.maximum


@given(chosen=settings())
def test_what_is_saved_is_loaded(file: Path, chosen: Settings) -> None:
    save(file, chosen)
    assert load(file) == chosen
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "no folder" / "settings.toml") == Settings()


def test_a_missing_key_means_its_default(path: Path) -> None:
    path.write_text('\ufefftheme = "dark"  # as an editor on Windows saves it\r\n', "utf-8")
    assert load(path) == Settings(theme="dark")


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("stranger_odds = 99", "stranger_odds", "too_small"),
        ("stranger_odds = 1_000_001", "stranger_odds", "too_large"),
        ("stranger_odds = true", "stranger_odds", "wrong_type"),
        ("stranger_odds = 1000.0", "stranger_odds", "wrong_type"),
        ("cooldown_s = false", "cooldown_s", "wrong_type"),
        ('policy = "whatever"', "policy", "not_a_choice"),
        ('theme = "Dark"', "theme", "not_a_choice"),
        ("camera = 0", "camera", "wrong_type"),
        ('camera = ""', "camera", "not_a_name"),
        ('camera = "  "', "camera", "not_a_name"),
        ('camera = "a\\u0000b"', "camera", "not_a_name"),
        (f'camera = "{"a" * 1001}"', "camera", "not_a_name"),
        ("confirm_votes = 6", "confirm_votes", "too_large"),
        ("cooldown = 5", "cooldown", "unknown_key"),
        ("[camera]\nname = 1", "camera", "wrong_type"),
        ("theme = 2026-01-01", "theme", "wrong_type"),
        ("theme =", None, "not_toml"),
        ('theme = "dark"\ntheme = "light"', None, "not_toml"),
        ("a = " + "[" * 100_000, None, "not_toml"),
        ("a = " + "1" * 10_000, None, "not_toml"),
    ],
)
def test_what_is_wrong_is_named_and_left_alone(
    path: Path, text: str, key: str | None, why: str
) -> None:
    path.write_text(text, "utf-8")
    details = refusal(path).details
    assert (details["key"], details["why"]) == (key, why)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ('language = "fr"', "system, en, de"),
        ("cooldown_s = -1", "0 and 86400"),
        ("confirm_votes = 6", "1 and 5"),
        ('colour = "red"', "camera, range_mode, stranger_odds"),
        ('cooldown_s = "300"', "quotation marks"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_what_may_stand_there(
    path: Path, text: str, choices: str
) -> None:
    path.write_text(text, "utf-8")
    what, hint = sentence(refusal(path))
    assert what.startswith(f'The setting "{text.partition(" ")[0]}" cannot be used: ')
    assert choices in hint
    assert str(path) in hint


@pytest.mark.parametrize("line", ["camera = rtsp://10.0.0.7", 'camera = "C:\\Users\\Ann\\a.mp4"'])
def test_a_mistake_in_a_file_written_by_hand_is_said_with_its_line(path: Path, line: str) -> None:
    path.write_text(f'theme = "dark"\n{line}\n', "utf-8")
    what, hint = sentence(refusal(path))
    assert what == f"The settings file {path} cannot be used: line 2 is wrong."
    assert "quotation marks" in hint
    assert "backslash" in hint


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"\x00" * 4096, bytes(range(64)) + b"\xff", b"#" * (MAX_BYTES + 1)],
    ids=["half a utf-16", "zeros", "noise", "longer than any settings"],
)
def test_bytes_that_cannot_be_settings_are_damage(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path).details["why"] == "not_toml"
    assert path.read_bytes() == content


@given(content=st.binary(max_size=300))
def test_any_bytes_load_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    refused: dict[str, object] = {}
    try:
        load(file)
    except SettingsError as error:
        refused = error.details
    assert refused == {} or refused["path"] == file
    assert file.read_bytes() == content


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    assert refusal(tmp_path).details["why"] == "not_a_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_a_pipe_in_the_files_place_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert refusal(path).details["why"] == "not_a_file"


def test_saving_over_damage_keeps_the_damaged_file(path: Path) -> None:
    path.write_text("stranger_odds = ", "utf-8")
    save(path, Settings(language="de"))
    assert load(path).language == "de"
    assert path.with_name("settings.toml.damaged").read_text("utf-8") == "stranger_odds = "


def test_every_damaged_file_is_kept_while_there_are_few(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "faceapp")
    asides = []
    for number in range(1, MOST_DAMAGED + 2):
        path.write_text(f"camera = {number}", "utf-8")
        asides.append(set_aside(path))
    assert caplog.messages.count(f"damaged settings were set aside: {asides[0]}") == 1
    kept = {file.name: file.read_text("utf-8") for file in path.parent.iterdir()}
    assert kept.pop("settings.toml.damaged") == "camera = 1"
    assert kept.pop(asides[-1].name) == f"camera = {MOST_DAMAGED + 1}"
    assert kept == {f"settings.toml.damaged-{n}": f"camera = {n}" for n in range(2, MOST_DAMAGED)}


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_a_link_to_a_disk_that_is_not_there_is_said(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "disk" / "settings.toml")
    error = refusal(path)
    assert error.details["why"] == "lost_link"
    assert "Connect the disk" in sentence(error)[1]
    with pytest.raises(SettingsError) as raised:
        save(path, Settings())
    assert raised.value.details["why"] == "lost_link"
    assert path.is_symlink()
    assert not (tmp_path / "disk").exists()


def test_saving_where_one_cannot_write_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x", "utf-8")
    with pytest.raises(SettingsError, match="why=unwritable"):
        save(blocked / "settings.toml", Settings())
    assert list(tmp_path.iterdir()) == [blocked]


def test_a_place_that_cannot_even_be_looked_at_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="why=unwritable"):
        save(tmp_path / ("a" * 300) / "settings.toml", Settings())


def test_a_link_stays_and_the_file_that_it_leads_to_is_replaced(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "mine.toml"
    real.parent.mkdir()
    path.symlink_to(real)
    for camera in ("1", "2"):
        save(path, Settings(camera=camera))
        assert path.is_symlink()
        assert load(real).camera == camera
    assert list(real.parent.iterdir()) == [real]
    real.write_text("camera = ", "utf-8")
    aside = set_aside(path)
    assert (aside.parent, aside.read_text("utf-8")) == (real.parent, "camera = ")
    assert path.is_symlink()


def test_saving_makes_the_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "data" / "settings.toml"
    save(path, Settings())
    assert load(path) == Settings()


@given(data=st.data())
def test_one_value_is_replaced_and_the_rest_stays(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([f for f in FIELDS if not f.key.startswith("confirm")]))
    value = data.draw(values(field))
    assert asdict(replace_value(Settings(), field.key, value)) == {
        **asdict(Settings()),
        field.key: value,
    }


def test_settings_never_hold_a_wrong_value() -> None:
    with pytest.raises(SettingsError) as caught:
        replace_value(Settings(), "cooldown_s", -1)
    assert caught.value.details == {
        "key": "cooldown_s",
        "why": "too_small",
        "minimum": 0,
        "maximum": 86_400,
    }
    with pytest.raises(SettingsError, match="unknown_key"):
        replace_value(Settings(), "treshold", 1)
    with pytest.raises(SettingsError, match="not_a_choice"):
        Settings(theme="blue")


KILLED_BEFORE_IT_IS_IN_PLACE = """
import os, sys
from pathlib import Path
from faceapp.config import Settings, save
sys.addaudithook(lambda event, _: os._exit(9) if event == "os.rename" else None)
save(Path(sys.argv[1]), Settings(camera="rtsp://ann:secret@10.0.0.7/live"))
"""


def test_a_password_does_not_stay_where_a_save_was_killed(path: Path) -> None:
    command = [sys.executable, "-c", KILLED_BEFORE_IT_IS_IN_PLACE, str(path)]
    assert subprocess.run(command, check=False).returncode == 9
    (rest,) = path.parent.iterdir()
    assert "secret" in rest.read_text("utf-8")
    save(path, Settings())
    assert list(path.parent.iterdir()) == [path]


def test_what_an_editor_keeps_beside_the_file_is_left_alone(path: Path) -> None:
    swap = path.with_name(".settings.toml.swp")
    swap.write_text("not saved yet", "utf-8")
    save(path, Settings())
    assert swap.read_text("utf-8") == "not saved yet"


def test_what_cannot_be_deleted_keeps_nothing_from_being_saved(path: Path) -> None:
    path.with_name(".settings.toml.folder.faceapp").mkdir()
    save(path, Settings(camera="1"))
    assert load(path).camera == "1"
