from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import compare
from faceapp.training.compare import Budget, table
from faceapp.training.config import as_json
from tests.training.trained.tiny import CONFIG


def test_the_comparison_is_a_table() -> None:
    row = {"name": "ArcFace", "tar@0.001": 0.1234, "tar@0.0001": 0.05, "spread": 0.0651}
    fallen = {"name": "triplet, batch-hard", "spread": 0.0012}
    assert table("Method", [row, fallen]).splitlines()[2:] == [
        "| ArcFace | 0.123 | 0.050 | 0.0651 |",
        "| triplet, batch-hard | – | – | 0.0012 |",
    ]


@pytest.mark.parametrize(("file", "said"), [("checkpoint.pt", ""), ("metrics.jsonl", "{}")])
def test_a_comparison_keeps_no_result_of_another_budget(
    file: str, said: str, packed: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "softmax"
    kept.mkdir()
    longer = compare.halves("softmax", compare.METHODS["softmax"], 1200, compare.SMALL_PX)
    (kept / "config.json").write_text(json.dumps(as_json(longer)), "utf-8")
    (kept / file).write_text(said, "utf-8")
    compare.check_same(longer, kept)
    with pytest.raises(ValueError, match="softmax: holds a run of another budget"):
        compare.methods(Budget(packed, tmp_path, 600, 0))
    assert [path.name for path in tmp_path.iterdir() if path != packed] == ["softmax"]


def test_a_comparison_does_not_go_on_where_a_run_collapsed(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started again after an interruption, it gives the row that an uninterrupted one has."""
    monkeypatch.setattr("faceapp.training.run.COLLAPSED_SPREAD", 2.0)
    config = replace(CONFIG, evaluate_every=100)
    first, again = (
        compare.train(config, tmp_path / "run", Budget(packed, tmp_path, 8, 0)) for _ in range(2)
    )
    assert first == again
    assert (first["name"], first["phase"], first["step"]) == ("tiny", 0, 4)
