"""The shipped model: ``model info`` and ``model verify``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from faceapp.cli.arguments import json_option
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import line, record

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = {"tar@1e-04": "10,000", "tar@1e-03": "1,000"}
"""The first of these figures that a card has is shown; few people give too few pairs for it."""


@click.group()
def model() -> None:
    """Show or verify the model that recognizes faces."""


@model.command()
@json_option
@pass_invocation
def info(invocation: Invocation, as_json: bool) -> None:
    """Show the model card: what the model was made from, how good it is, its limits.

    With --json, all of it, including the table of scores and the training.
    """
    from faceapp.paths import models_dir
    from faceapp.vision.modelcard import find_card

    invocation.parts.card()  # raises if it is not a card
    path = find_card(models_dir())
    content = json.loads(path.read_text(encoding="utf-8"))
    if as_json:
        record(card=str(path), **content)
        return
    for text in (f"card: {path}", *summary(content)):
        line(text)


@model.command()
@json_option
@pass_invocation
def verify(invocation: Invocation, as_json: bool) -> None:
    """Check the model files against their checksums and recognize a demo person with them."""
    from faceapp.cli.modelcheck import check_models

    for name, found in check_models(invocation.parts):
        if as_json:
            record(check=name, ok=True, found=found)
        else:
            line(f"ok  {name}: {found}")


def summary(card: dict[str, Any]) -> Iterator[str]:
    """Yield the lines for people to read; --json adds what only programs need."""
    for key in ("model_id", "file", "sha256", "date", "dimension", "alignment", "licence"):
        yield f"{key}: {card.get(key, '')}"
    yield f"terms: {_part(card, 'training').get('terms', '')}"
    int8 = _part(card, "accuracy", "int8")
    for tested in int8:
        figures = _part(int8, tested, "all_pairs")
        pairs = {name: share for name, share in figures.items() if isinstance(share, float)}
        if "eer" not in pairs:
            continue
        text = f"tested on {tested.replace('_', ' ')}: equal error rate {pairs['eer']:.1%}"
        at = next((at for at in TOLD if at in pairs), None)
        if at is not None:
            text += (
                f"; at 1 false match in {TOLD[at]} comparisons {pairs[at]:.1%} of the pairs are"
                " recognized"
            )
        yield text
    for limit in card.get("limits", ()):
        yield f"limit: {limit}"


def _part(card: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Return the object that ``keys`` lead to; empty if there is none, as nobody checks this."""
    found: object = card
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
