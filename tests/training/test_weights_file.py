from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.training.weights_file import model_of, trained_by


def test_weights_are_named_by_the_card_beside_them_if_it_is_one(tmp_path: Path) -> None:
    weights = tmp_path / "mine.weights.h5"
    weights.write_bytes(b"weights")
    alone = model_of(weights)
    assert alone.startswith("mine.weights.h5, sha256 ")
    (tmp_path / "mine.json").write_text('{"notes": []}', "utf-8")
    assert model_of(weights) == alone
    (tmp_path / "mine.json").write_text('{"model_id": "mine-0123"}', "utf-8")
    assert model_of(weights) == "mine-0123"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"training": {"config": []}}'])
def test_what_is_no_card_of_a_model_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"mine\.json: expected the card of a model"):
        trained_by(path)
