"""Another look at the files of a model that was exported before."""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

if os.environ["KERAS_BACKEND"] != "tensorflow":
    pytest.skip("needs KERAS_BACKEND=tensorflow: make test-training", allow_module_level=True)
pytest.importorskip("tensorflow", reason="only TensorFlow writes TFLite files")

from faceapp.training import carddoc
from faceapp.training.commands import main
from faceapp.training.commands import models as commands
from tests.training.converted.folder import card
from tests.training.made import packed_set


def remeasured(home: Path, models: Path, data: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        return CliRunner().invoke(main, ["remeasure", str(models / "tiny.json"), "--data", data])


def test_figures_are_measured_again_and_the_files_stay(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = shutil.copytree(home / "models", tmp_path / "models")
    monkeypatch.setattr(commands, "SHIPPED", models / "tiny.json")
    monkeypatch.setattr(commands, "DOCUMENT", tmp_path / "card.md")
    former = card(home)
    outdated = copy.deepcopy(former)
    outdated["fmr_table"][0]["score"] -= 0.125
    outdated["accuracy"]["float32"]["elsewhere"] = {}
    outdated["accuracy"]["commands"] = []
    (models / "tiny.json").write_text(json.dumps(outdated), "utf-8")
    answer = remeasured(home, models, "set")
    assert answer.exit_code == 0, answer.output
    again = json.loads((models / "tiny.json").read_text("utf-8"))
    assert (tmp_path / "card.md").read_text("utf-8") == carddoc.markdown(again)
    (by,) = again["accuracy"]["commands"]
    assert by == f"python -m faceapp.training remeasure {models.as_posix()}/tiny.json --data set"
    again["accuracy"]["commands"] = former["accuracy"]["commands"]
    for told in (again, former):  # names of layers, which depend on what was built before
        assert told["accuracy"]["float32"].pop("megabytes") > 0.1
    assert again | {"date": ""} == former | {"date": ""}
    for name in ("tiny.tflite", "tiny.weights.h5"):
        assert (models / name).read_bytes() == (home / "models" / name).read_bytes()
    assert len(list(models.iterdir())) == 3


def test_a_set_that_holds_out_others_is_not_measured(home: Path, tmp_path: Path) -> None:
    models = shutil.copytree(home / "models", tmp_path / "models")
    packed_set(tmp_path / "set", 30)
    answer = remeasured(home, models, str(tmp_path / "set"))
    assert answer.exit_code == 1
    assert "name the set that the model was trained on" in answer.stderr
    assert (models / "tiny.json").read_bytes() == (home / "models" / "tiny.json").read_bytes()
