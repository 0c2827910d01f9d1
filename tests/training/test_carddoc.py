"""The model card for people is what the card for programs says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from faceapp.training import carddoc
from tests.conftest import ROOT

SHIPPED = ROOT / "models" / "faceapp.json"


@pytest.fixture
def card() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SHIPPED.read_text("utf-8"))
    return loaded


def test_the_shipped_document_is_made_from_the_shipped_card(card: dict[str, Any]) -> None:
    document = (ROOT / "docs" / "model-card.md").read_text("utf-8")
    assert document == carddoc.markdown(card)


def test_the_document_says_what_the_weights_began_with(card: dict[str, Any]) -> None:
    card["training"]["config"]["begins_with"] = "somebody else's weights"
    assert "Began with somebody else's weights." in carddoc.markdown(card).splitlines()
    card["training"]["config"]["begins_with"] = ""
    assert "Began" not in carddoc.markdown(card)


def test_the_document_says_with_which_runs_the_weights_were_averaged(card: dict[str, Any]) -> None:
    card["training"]["config"]["averaged_with"] = ["one", "two"]
    assert "Averaged with the weights of one, two." in carddoc.markdown(card).splitlines()
    card["training"]["config"]["averaged_with"] = []
    assert "Averaged" not in carddoc.markdown(card)


def test_the_document_says_what_each_phase_learned_from(card: dict[str, Any]) -> None:
    config = card["training"]["config"] | {"name": "mixed"}
    card["training"]["config"] = config
    softmax, arcface = ({"softmax": w, "arcface": 1.0 - w} for w in (1.0, 0.0))
    config["losses"] = dict.fromkeys(config["losses"], 0.0)
    config["phases"] = [config["phases"][0] | {"losses": one} for one in (softmax, arcface, None)]
    config["steps_done"] = [300, 200]
    told = "Losses: of phase 1: softmax x 1; of phase 2: arcface x 1. Config: `mixed`."
    assert told in carddoc.markdown(card).splitlines()
    config["steps_done"] = [300]
    assert "Losses: softmax x 1. Config: `mixed`." in carddoc.markdown(card).splitlines()


@pytest.mark.parametrize(
    ("fmr", "told"),
    [(0.0213, "2.13 %"), (0.00013, "0.013 %"), (0.0, "0.00 %"), (None, "not measured")],
)
def test_rare_errors_are_told_to_two_digits(
    card: dict[str, Any], fmr: float | None, told: str
) -> None:
    card["accuracy"]["int8"]["elsewhere"] = {} if fmr is None else {"fmr@1e-04": fmr}
    row = next(r for r in carddoc.markdown(card).splitlines() if "held-out people have 1e-4" in r)
    assert row.split("|")[2].strip() == told
