from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import configs
from faceapp.training.chipset import ChipSet
from faceapp.training.commands import main, runs
from tests.conftest import ROOT
from tests.training.made import chips, packed_set
from tests.training.test_chipset import research_folder


def test_the_command_says_what_is_wrong(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(config: str) -> str:
        run = ["--run", str(tmp_path / "run"), "--data", str(packed)]
        answer = CliRunner().invoke(main, ["train", config, *run])
        assert answer.exit_code == 1
        return answer.output

    assert "nowhere: expected one of asked, " in said("nowhere")
    monkeypatch.setattr(configs, "__path__", [*configs.__path__, str(tmp_path)])
    (tmp_path / "mine.py").write_text("import somebody_elses_module\n", "utf-8")
    assert said("mine") == "Error: No module named 'somebody_elses_module'\n"
    (tmp_path / "mine.py").write_text("from faceapp.training.config import Nothing\n", "utf-8")
    assert said("mine").startswith("Error: cannot import name 'Nothing'")
    assert "asked asks a teacher: name an .onnx model (--teacher)" in said("asked")
    np.save(packed / "people.npy", (np.arange(40) % 3).astype(np.int32))
    assert "two people to hold out" in said("labels")
    (packed / "chips.npy").unlink()
    assert "chips.npy" in said("labels")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "begins_with.txt").write_text("others", "utf-8")
    packed_set(tmp_path / "again")
    run = ["--run", str(tmp_path / "run"), "--data", str(tmp_path / "again")]
    answer = CliRunner().invoke(main, ["train", "labels", *run, "--resume"])
    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 2)
    assert "begins with others" in answer.stderr


def test_a_run_that_cannot_be_exported_is_told_before_it_begins(
    packed: Path, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "begins_with.txt").write_text("others", "utf-8")  # so it does not begin
    words = ["train", "labels", "--run", str(tmp_path / "run"), "--data", str(packed)]
    said = CliRunner().invoke(main, words).output
    assert said.startswith(
        "What this run learns cannot be exported: 2 held-out people make 16 comparisons of"
    )
    assert said.count("\n") == 2
    enough = packed_set(tmp_path / "many", 60)
    said = CliRunner().invoke(main, [*words[:-1], str(enough)]).output
    assert (said.count("\n"), "begins with others" in said) == (1, True)


def test_research_chips_are_no_stand_in_for_a_set_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "SHARED", tmp_path)
    mistyped, run = tmp_path / "onw", tmp_path / "run"
    words = ["train", "labels", "--run", str(run), "--data", str(mistyped)]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 1
    assert f"{mistyped}: there is no set here; make one with prepare" in answer.output
    assert not mistyped.exists()


@pytest.mark.parametrize("words", [("train", "scratch"), ("compare", "methods")])
def test_the_research_chips_are_packed_by_whichever_command_comes_first(
    words: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    research_folder(tmp_path / "research", chips(6))
    monkeypatch.setattr(runs, "SHARED", tmp_path / "research")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, [*words, "--run", "run"]).output
    assert "cache/shared: expected two people to hold out" in said
    assert len(ChipSet.load(tmp_path / "cache" / "shared")) == 4  # all but those of glint


def test_the_other_commands_say_what_is_missing(packed: Path, tmp_path: Path) -> None:
    def said(*words: str) -> str:
        answer = CliRunner().invoke(main, words)
        assert (answer.exit_code, answer.output.count("\n")) == (1, 1), answer.output
        return answer.output

    nowhere = str(tmp_path / "nowhere")
    told = said("compare", "methods", "--run", nowhere, "--data", nowhere)
    assert "there is no set here" in told
    # What is no model is told before all pictures are looked at.
    here = str(tmp_path)
    assert "expected a model" in said("evaluate", str(packed / "chips.npy"), "--lfw", here)
    text = tmp_path / "text.weights.h5"
    text.write_text("no weights", "utf-8")
    enough = str(packed_set(tmp_path / "many", 60))
    run = ("--run", str(tmp_path / "run"), "--data", enough, "--workers", "0")
    for wrong in (text, ROOT / "models" / "faceapp.tflite"):
        told = said("train", "own", *run, "--from", str(wrong))
        assert f"{wrong}: expected a .weights.h5" in told


@pytest.mark.parametrize(
    "words",
    [
        ("speed", "scratch", "--steps", "0"),
        ("compare", "methods", "--run", "run", "--steps", "0"),
        ("compare", "methods", "--run", "run", "--workers", "-1"),
        ("train", "scratch", "--run", "run", "--workers", "-1"),
        ("evaluate", str(ROOT / "models" / "faceapp.tflite"), "--lfw", "nowhere"),
    ],
)
def test_a_value_that_makes_no_sense_is_wrong_usage(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 2
    assert f"Invalid value for '{words[-2]}'" in answer.output
