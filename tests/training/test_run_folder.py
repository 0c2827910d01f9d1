"""A run goes with every set of which the same people are held out, and with no other."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training import chipset, run_folder
from faceapp.training.chipset import ChipSet
from faceapp.types import U8
from tests.conftest import ROOT
from tests.training.made import Ints


def data(people: Ints, seed: int = 1, pixels: U8 | None = None) -> run_folder.Data:
    """Describe a set of ``people``, whose chips are one pixel large and black."""
    owners = people.astype(np.int32)
    chips = np.zeros((len(owners), 1, 1, 3), np.uint8) if pixels is None else pixels
    held_out = chipset.hold_out(owners, 400, seed)
    return run_folder.Data.of(Path("cache/own"), ChipSet(chips, owners, None), held_out)


crowds = st.lists(st.integers(-1, 12), min_size=1, max_size=80).map(np.array)


@given(crowds, st.integers(0, 5))
def test_chips_of_nobody_change_nothing(people: Ints, more: int) -> None:
    assert data(np.append(people, [chipset.UNKNOWN] * more)) == data(people)


@given(crowds, st.integers(0, 12))
def test_one_chip_more_of_somebody_is_another_set(people: Ints, somebody: int) -> None:
    assert data(np.append(people, somebody)).sha256 != data(people).sha256


def test_other_people_held_out_of_one_set_are_told() -> None:
    people = np.arange(300) // 3
    assert data(people, seed=1).sha256 != data(people, seed=2).sha256


def test_people_in_another_order_are_other_people(tmp_path: Path) -> None:
    """As when a folder gets another name: all have as many pictures, so the numbers stay."""
    people = np.repeat(np.arange(30), 3)
    pixels = np.arange(90, dtype=np.uint8).reshape(-1, 1, 1, 1).repeat(3, axis=3)
    data(people, pixels=pixels).write(tmp_path)
    run_folder.check_data(tmp_path, data(people, pixels=pixels.copy()))
    with pytest.raises(ValueError, match="held out other people: they are as many in cache/own"):
        run_folder.check_data(tmp_path, data(people, pixels=np.roll(pixels, 3, axis=0)))


def test_only_the_pictures_of_those_held_out_count() -> None:
    people = np.repeat(np.arange(30), 3)
    pixels = np.zeros((90, 1, 1, 3), np.uint8)
    held_out = chipset.hold_out(people.astype(np.int32), 400, 1)
    before = data(people, pixels=pixels)
    pixels[~held_out] = 1
    assert data(people, pixels=pixels) == before
    pixels[np.flatnonzero(held_out)[-1], 0, 0, 2] = 1
    assert data(people, pixels=pixels) != before


def test_a_run_that_did_not_record_the_pictures_goes_on(tmp_path: Path) -> None:
    here = data(np.arange(30) // 3)
    values = asdict(here)
    del values["held_out_sha256"]
    (tmp_path / "data.json").write_text(json.dumps(values), "utf-8")
    run_folder.check_data(tmp_path, here)
    with pytest.raises(ValueError, match="held out other people"):
        run_folder.check_data(tmp_path, data(np.arange(33) // 3))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert run_folder.data_of(tmp_path) is None
    here = data(np.arange(30) // 3)
    run_folder.check_data(tmp_path, here)  # it does not say
    here.write(tmp_path)
    assert run_folder.data_of(tmp_path) == here
    run_folder.check_data(tmp_path, here)
    with pytest.raises(ValueError, match=r"trained on cache/own \(30 chips of 10 people\)"):
        run_folder.check_data(tmp_path, data(np.arange(33) // 3))


@pytest.mark.parametrize("left", ["", '{"folder": "cache'])
def test_a_file_that_a_power_cut_left_is_named(tmp_path: Path, left: str) -> None:
    for name, read in (("data.json", run_folder.data_of), ("config.json", run_folder.config_of)):
        (tmp_path / name).write_text(left, "utf-8")
        with pytest.raises(ValueError, match=f"{tmp_path / name}: incomplete"):
            read(tmp_path)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_the_revision_is_that_of_the_code_wherever_a_run_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started in another checkout, a run would have recorded that one's revision."""
    here = run_folder.revision()
    monkeypatch.chdir(tmp_path)
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    for words in (("init", "-q"), (*who, "commit", "-q", "--allow-empty", "-m", "other")):
        subprocess.run(["git", *words], check=True)
    assert run_folder.revision() == here
    assert not (ROOT / ".git").exists() or len(here.splitlines()[0]) == 40
