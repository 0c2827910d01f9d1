"""What is printed of an evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from faceapp.recognition.metrics import PairScores
from faceapp.training import report

FIGURES = {
    "megabytes": 1.43,
    "ms_per_face": 0.65,
    "lfw": {
        "verification": {"accuracy": 0.986},
        "all_pairs": {"tar@1e-03": 0.9465, "tar@1e-04": 0.8836, "tar@1e-05": 0.7947},
        "open_set": {"fnir@0.003": 0.0581},
        "open_set_both_sides": {"fnir@0.003": 0.0597},
        "not_acquired": 0,
    },
}


def test_two_models_of_one_name_are_two_rows() -> None:
    models = [Path("models/faceapp.tflite"), Path("cache/own/faceapp.tflite"), Path("teacher.onnx")]
    names = report.names(models)
    assert names == ["models/faceapp.tflite", "cache/own/faceapp.tflite", "teacher"]
    assert len(report.table(dict.fromkeys(names, FIGURES)).splitlines()) == 4


def test_a_row_says_what_was_measured_and_leaves_out_what_was_not() -> None:
    head, full, bare = report.table(
        {"ours": FIGURES, "chips": {"megabytes": 2.0, "ms_per_face": 1.0}}
    ).splitlines()
    assert full.split() == [
        "ours", "1.4", "0.65", "98.60", "94.65", "88.36", "79.47", "5.81", "5.97", "0",
    ]  # fmt: skip
    assert bare.split() == ["chips", "2.0", "1.00"]
    assert head.index("TAR@1e-4") == full.index("88.36")


def test_an_evaluation_is_written_for_programs_and_as_curves(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    rng = np.random.default_rng(0)
    drawn = (rng.normal(mean, 0.1, 500).astype(np.float32) for mean in (0.5, 0.2))
    report.write(tmp_path / "out", {"ours": FIGURES}, {"ours": PairScores.of(*drawn)})
    assert json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))["ours"] == FIGURES
    for curve in ("roc.png", "det.png"):
        assert (tmp_path / "out" / curve).read_bytes().startswith(b"\x89PNG")
