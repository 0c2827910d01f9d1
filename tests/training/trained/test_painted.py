"""People who do not exist, added to a set of people who do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset, config, live
from faceapp.training.batches import scaled
from faceapp.training.chipset import ChipSet
from faceapp.training.commands import main
from faceapp.training.painted.extend import Base, extend, painted_rows
from tests.training.made import packed_set
from tests.training.trained.painting import paint, silent
from tests.training.trained.tiny import colours, onnx_teacher


def test_people_who_do_not_exist_are_added(base: Path, tmp_path: Path) -> None:
    packed_set(base / chipset.ELSEWHERE, 3)
    heard: list[tuple[str, int, int]] = []
    extend(
        Base.open(base, tmp_path / "both"), paint, 130, colours, lambda *said: heard.append(said)
    )
    have, both = ChipSet.load(base), ChipSet.load(tmp_path / "both")
    assert np.array_equal(both.chips, np.concatenate([have.chips, paint(128), paint(2)]))
    assert both.people.tolist() == [*have.people.tolist(), *[chipset.UNKNOWN] * 130]
    assert painted_rows(tmp_path / "both").tolist() == list(range(len(have), len(have) + 130))
    assert len(painted_rows(base)) == 0
    elsewhere = chipset.elsewhere(tmp_path / "both")
    assert elsewhere is not None
    assert len(elsewhere) == 12
    assert chipset.is_own(tmp_path / "both")
    assert [said for said in heard if said[0] == "painting"] == [
        ("painting", 128, 130),
        ("painting", 130, 130),
    ]


def test_nobody_stays_elsewhere_who_is_trained_on_now(base: Path, tmp_path: Path) -> None:
    packed_set(base / chipset.ELSEWHERE, 3)
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    chipset.clear(base / chipset.ELSEWHERE)
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    assert chipset.elsewhere(tmp_path / "both") is None


def test_who_was_painted_before_is_still_known_as_such(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    extend(Base.open(tmp_path / "both", tmp_path / "more"), paint, 2, colours, silent)
    first = len(ChipSet.load(base))
    assert painted_rows(tmp_path / "more").tolist() == list(range(first, first + 5))


def test_what_is_learned_of_them_is_what_the_sets_teacher_would_say(
    base: Path, tmp_path: Path
) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    have, both = ChipSet.load(base), ChipSet.load(tmp_path / "both")
    assert have.teacher is not None
    assert both.teacher is not None
    assert np.array_equal(both.teacher[:-3], have.teacher)
    usual = config.TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    learned = [torch.from_numpy(rows[~held_out]) for rows in (have.chips, have.teacher)]
    told = live.linear_map(colours(scaled(learned[0])), learned[1])
    said = colours(scaled(torch.from_numpy(paint(3)))) @ told
    assert np.allclose(both.teacher[-3:], chipset.unit(said.numpy()), atol=1e-4)


def test_those_held_out_tell_nothing(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    have = ChipSet.load(base)
    usual = config.TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    assert have.teacher is not None
    np.save(base / "teacher.npy", np.where(held_out[:, None], -have.teacher, have.teacher))
    extend(Base.open(base, tmp_path / "again"), paint, 3, colours, silent)
    first, second = (np.load(tmp_path / name / "teacher.npy") for name in ("both", "again"))
    assert np.array_equal(first[-3:], second[-3:])


def test_a_set_without_a_teacher_is_refused(base: Path, tmp_path: Path) -> None:
    (base / "teacher.npy").unlink()
    with pytest.raises(ValueError, match=r"expected teacher.npy"):
        extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)


def test_a_set_is_not_overwritten_by_itself_and_more(base: Path) -> None:
    before = (base / "chips.npy").read_bytes()
    with pytest.raises(ValueError, match="another folder"):
        extend(Base.open(base, base), paint, 3, colours, silent)
    assert (base / "chips.npy").read_bytes() == before


def test_a_set_that_somebody_prepared_is_not_overwritten(base: Path, tmp_path: Path) -> None:
    own = packed_set(tmp_path / "own", 4)
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    with pytest.raises(ValueError, match=f"{own}: holds a set that was prepared"):
        Base.open(base, own)
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before
    for _ in range(2):  # its own set is painted anew
        extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)


def test_an_interrupted_painting_leaves_no_large_file(base: Path, tmp_path: Path) -> None:
    def interrupted(_count: int) -> NDArray[np.uint8]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extend(Base.open(base, tmp_path / "both"), interrupted, 3, colours, silent)
    assert list((tmp_path / "both").iterdir()) == []


def test_the_command_tells_what_is_missing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    teacher = onnx_teacher(tmp_path / "teacher.onnx", 12)
    monkeypatch.setattr("sys.path", [])
    monkeypatch.delitem(__import__("sys").modules, "random_face", raising=False)
    words = ["paint", "3", str(tmp_path / "both"), "--data", str(base), "--teacher", str(teacher)]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 1
    assert "pip install --no-deps random-face" in said.output
    words[words.index(str(base))] = str(tmp_path / "nowhere")
    said = CliRunner().invoke(main, words)  # told before a painter learns for a quarter of an hour
    assert said.exit_code == 1
    assert "there is no set here" in said.output
    assert not (tmp_path / "both").exists()
