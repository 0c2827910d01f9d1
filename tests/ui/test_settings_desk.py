"""A changed setting is in force at once and kept, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from faceapp.config import Settings
from faceapp.runtime.keeper import take_snapshot
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import SettingsDesk
from faceapp.ui.theme import DARK, Token
from tests.helpers.disk import damage_table
from tests.ui.kept import saved
from tests.ui.rooms import CARD, Room, RoomParts


def test_settings_are_kept_and_used_at_once(room: Room) -> None:
    assert room.desk.settings.change("theme", "dark")
    assert room.desk.theme.color(Token.SURFACE).name() == DARK[Token.SURFACE]
    assert saved(room).theme == "dark"


def test_a_setting_that_cannot_be_kept_is_in_force_all_the_same(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    desk = room.desk
    settings = SettingsDesk(Settings(), tmp_path / "file" / "x.toml", desk.ops, desk.notices)
    room.do(lambda service: service.use_settings(Settings(retention_days=30)))
    room.enrol("P1", "Grace")
    now = room.parts.clock.now()
    room.see("P1", now - timedelta(days=40), now - timedelta(days=2))
    assert settings.change("retention_days", 50)
    room.until(room.window.banner.isVisible)
    room.do(lambda service: service.purge_expired())
    assert len(room.entries()) == 2


def test_a_wrong_setting_is_refused_with_a_sentence(room: Room) -> None:
    assert not room.desk.settings.change("cooldown_s", -1)
    assert room.desk.settings.value.cooldown_s == 300
    assert room.window.banner.isVisible()


def test_a_target_that_cannot_be_put_in_force_is_said_and_is_so_from_the_next_start(
    room: Room,
) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.camera.start(Purpose.PREVIEW)
    with room.qtbot.waitSignal(room.desk.camera.seen):
        pass
    repair = room.do(lambda service: damage_table(service, "templates"))
    assert not room.window.banner.isVisible()
    room.desk.settings.change("stranger_odds", 50_000)
    room.until(room.window.banner.isVisible)
    room.desk.camera.stop()
    room.do(lambda _service: repair())
    with room.qtbot.waitSignal(room.desk.camera.recorded):
        room.desk.camera.start(Purpose.TAKING)
    (entry,) = room.entries()
    wanted = room.do(lambda service: take_snapshot(service, CARD, 50_000))
    assert entry.threshold == pytest.approx(wanted.thresholds.accept)


def test_a_damaged_settings_file_is_said_and_kept(
    parts: RoomParts, open_room: Callable[[], Room]
) -> None:
    parts.paths.settings.write_text("cooldown_s = 'x'", encoding="utf-8")
    room = open_room()
    assert room.window.banner.isVisible()
    assert room.desk.settings.value == Settings()
    damaged = parts.paths.settings.with_name("settings.toml.damaged")
    assert damaged.read_text(encoding="utf-8") == "cooldown_s = 'x'"
    room.desk.settings.change("cooldown_s", 60)
    assert saved(room).cooldown_s == 60
