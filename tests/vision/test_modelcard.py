from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.errors import ModelCorrupt, ModelError, ModelMismatch, ModelMissing
from faceapp.recognition.threshold import threshold_for
from faceapp.vision.modelcard import ModelCard, find_card, load_card, sha256_of, verify
from faceapp.vision.template import TEMPLATE
from tests.vision.made import card_content

MODEL = b"not really a model"

HUGE = 10**400
"""A whole number that JSON may hold and no float can."""


def written(folder: Path, content: object) -> Path:
    path = find_card(folder)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def shipped(tmp_path: Path) -> ModelCard:
    """Return the card of a file that lies beside it."""
    model = tmp_path / "made.tflite"
    model.write_bytes(MODEL)
    return load_card(written(tmp_path, card_content(sha256=sha256_of(model), bytes=len(MODEL))))


def test_a_card_says_what_was_written(tmp_path: Path) -> None:
    card = load_card(written(tmp_path, card_content()))
    assert card.model_id == "made-up-1"
    assert card.file == "made.tflite"
    assert (card.input_size_px, card.input_dtype, card.input_colour) == (112, "uint8", "RGB")
    assert card.dimension == 192
    assert card.fmr_table == ((0.2, 1e-2, 1_000_000), (0.4, 1e-4, 1_000_000))
    assert card.template == tuple(map(tuple, TEMPLATE.tolist()))
    assert card.accuracy == {"lfw": 0.99}
    assert card.limits == ("twins",)


def test_more_than_the_app_knows_is_no_harm(tmp_path: Path) -> None:
    assert load_card(written(tmp_path, card_content(note="new"))).model_id == "made-up-1"


def test_no_card_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as raised:
        load_card(find_card(tmp_path))
    assert raised.value.details["path"] == find_card(tmp_path)


@pytest.mark.parametrize("key", card_content())
def test_every_field_is_needed(tmp_path: Path, key: str) -> None:
    content = card_content()
    del content[key]
    with pytest.raises(ModelCorrupt) as raised:
        load_card(written(tmp_path, content))
    assert key in str(raised.value.details["why"])


def wrong_kinds() -> list[tuple[str, object]]:
    """Pair every field with values of kinds that it never has."""
    values: list[object] = [None, [], {}, "", -1, True, 1.5, [["x"]]]
    pairs: list[tuple[str, object]] = []
    for key, good in card_content().items():
        fits = type(good) if key in {"accuracy", "training"} else ()
        may_be_empty = key == "limits"
        pairs += [
            (key, value)
            for value in values
            if not isinstance(value, fits) and not (may_be_empty and value == [])
        ]
    return pairs


@pytest.mark.parametrize(("key", "value"), wrong_kinds())
def test_no_field_takes_a_value_of_another_kind(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(ModelError) as raised:
        load_card(written(tmp_path, card_content(**{key: value})))
    assert isinstance(raised.value, ModelCorrupt) or key == "schema"


def row(score: Any, fmr: Any, comparisons: Any = 100_000) -> dict[str, Any]:
    return {"score": score, "fmr": fmr, "comparisons": comparisons}


@pytest.mark.parametrize(
    "changes",
    [
        {"fmr_table": [row(0.2, 0.01)]},
        {"fmr_table": [row(0.4, 0.01), row(0.2, 0.001)]},
        {"fmr_table": [row(0.2, 0.001), row(0.4, 0.01)]},
        {"fmr_table": [row(0.2, 0.01), row(0.2, 0.001)]},
        {"fmr_table": [row(0.2, 0.01), row(0.4, 0.0)]},
        {"fmr_table": [row(0.2, 1.01), row(0.4, 0.1)]},
        {"fmr_table": [row(-1.2, 0.5), row(0.4, 0.1)]},
        {"fmr_table": [row(0.2, 0.5), row(1.2, 0.1)]},
        {"fmr_table": [row(0.2, 0.5, 0), row(0.4, 0.1)]},
        {"fmr_table": [row(0.2, 0.5, 10.0), row(0.4, 0.1)]},
        {"fmr_table": [row("0.2", 0.5), row(0.4, 0.1)]},
        {"fmr_table": [row(True, 0.5), row(1.0, 0.1)]},
        {"fmr_table": [[0.2, 0.5, 100], [0.4, 0.1, 100]]},
        {"fmr_table": [{"score": 0.2, "fmr": 0.1}, row(0.4, 0.01)]},
        {"fmr_table": [row(-HUGE, 0.5), row(0.4, 0.1)]},
        {"fmr_table": [row(0.2, HUGE), row(0.4, 0.1)]},
        {"fmr_table": [row(0.2, 0.5, HUGE), row(0.4, 0.1)]},
        {"fmr_table": [row(0.2, 0.5), row(0.4, 0.5)]},
        {"fmr_table": [row(0.2, 0.5), row(0.4, 0.1, 294)]},
        {"model_id": "made\nup"},
        {"licence": "half \ud800 a character"},
        {"file": "../elsewhere.tflite"},
        {"file": "folder/made.tflite"},
        {"file": "C:\\made.tflite"},
        {"file": "C:made.tflite"},
        {"file": ".."},
        {"file": "made\0.tflite"},
        {"file": "made\ud800.tflite"},
        {"file": "/etc/passwd"},
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"dimension": 0},
        {"dimension": 100_000},
        {"input": {"size_px": 112, "dtype": "float16", "colour": "RGB"}},
        {"input": {"size_px": 112, "dtype": "uint8"}},
        {"template": [[1, 2, 3]]},
        {"template": [[1, "2"]]},
        {"template": [[1, HUGE]]},
        {"template": []},
        {"limits": [""]},
        {"limits": ["\x1b[31mtwins"]},
        {"limits": "twins"},
    ],
)
def test_implausible_values_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ModelCorrupt):
        load_card(written(tmp_path, card_content(**changes)))


def test_a_row_with_just_enough_false_matches_counts(tmp_path: Path) -> None:
    """Its share of so many comparisons may fall half a false match short of a whole number."""
    table = [row(0.2, 0.5), row(0.4, 0.1, 295)]
    rows = load_card(written(tmp_path, card_content(fmr_table=table))).fmr_table
    assert threshold_for(rows, 1_000, 10).accept > 0.4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"card"',
        json.dumps(card_content())[:-20],
        json.dumps(card_content()).replace("0.2", "NaN"),
        json.dumps(card_content()).replace("0.2", "Infinity"),
        json.dumps(card_content()).replace("0.2", "1e999"),
        json.dumps(card_content()).replace("0.99", "1e999"),
        "[" * 100_000,
        " " * 1_000_001,
    ],
)
def test_damaged_text_is_refused(tmp_path: Path, text: str) -> None:
    path = find_card(tmp_path)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelCorrupt) as raised:
        load_card(path)
    assert raised.value.details["path"] == path


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = find_card(tmp_path)
    path.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(ModelCorrupt):
        load_card(path)


def test_a_card_that_cannot_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        load_card(tmp_path)
    assert type(raised.value) is ModelError
    assert raised.value.details == {"path": tmp_path, "why": "unreadable"}


@given(st.data())
def test_a_card_cut_or_changed_anywhere_is_refused_or_still_plausible(data: st.DataObject) -> None:
    """Whatever happens to a card's text, nothing but a model error comes out."""
    text = json.dumps(card_content())
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.text(alphabet='0123456789.-"{}[],:eNa\\', max_size=6))
    with tempfile.TemporaryDirectory() as folder:
        path = find_card(Path(folder))
        path.write_text(text[:start] + junk + text[start + length :], encoding="utf-8")
        try:
            card = load_card(path)
        except ModelError as error:
            refused_at = error.details["path"]
        else:
            threshold_for(card.fmr_table, 1_000, 10)
            scores = [score for score, _, _ in card.fmr_table]
            refused_at = path if scores == sorted(scores) and len(card.sha256) == 64 else None
        assert refused_at == path


@pytest.mark.parametrize("schema", [0, 2, "1", None])
def test_a_card_of_another_age_does_not_fit(tmp_path: Path, schema: object) -> None:
    with pytest.raises(ModelMismatch) as raised:
        load_card(written(tmp_path, card_content(schema=schema)))
    assert raised.value.details["what"] == "schema"


def test_the_file_of_the_card_is_accepted(shipped: ModelCard, tmp_path: Path) -> None:
    verify(shipped, tmp_path)
    assert shipped.size_bytes == len(MODEL)


@pytest.mark.parametrize(
    ("content", "why"), [(MODEL[:-1], "size"), (MODEL + b"x", "size"), (MODEL[::-1], "checksum")]
)
def test_another_file_is_refused(
    shipped: ModelCard, tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / shipped.file).write_bytes(content)
    with pytest.raises(ModelCorrupt) as raised:
        verify(shipped, tmp_path)
    assert raised.value.details == {"path": tmp_path / shipped.file, "why": why}


def test_a_file_that_cannot_be_read_is_not_called_another_one(
    shipped: ModelCard, tmp_path: Path
) -> None:
    path = tmp_path / shipped.file
    path.unlink()
    path.mkdir()
    with pytest.raises(ModelError) as raised:
        verify(replace(shipped, size_bytes=path.stat().st_size), tmp_path)
    assert type(raised.value) is ModelError
    assert raised.value.details == {"path": path, "why": "unreadable"}


def test_no_file_is_missing(shipped: ModelCard, tmp_path: Path) -> None:
    (tmp_path / shipped.file).unlink()
    with pytest.raises(ModelMissing):
        verify(shipped, tmp_path)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"alignment": "arcface-5"}, "alignment"),
        ({"template": (TEMPLATE + 1).tolist()}, "template"),
        ({"template": TEMPLATE[:3].tolist()}, "template"),
        ({"input": {"size_px": 96, "dtype": "uint8", "colour": "RGB"}}, "input"),
        ({"input": {"size_px": 112, "dtype": "uint8", "colour": "BGR"}}, "input"),
    ],
)
def test_a_model_for_other_chips_does_not_fit(
    shipped: ModelCard, tmp_path: Path, changes: dict[str, Any], what: str
) -> None:
    content = card_content(sha256=shipped.sha256, bytes=shipped.size_bytes, **changes)
    card = load_card(written(tmp_path, content))
    with pytest.raises(ModelMismatch) as raised:
        verify(card, tmp_path)
    assert raised.value.details["what"] == what
