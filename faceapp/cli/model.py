"""The shipped model: ``model info`` and ``model verify``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from faceapp.cli.parts import Desk, pass_desk
from faceapp.cli.people import json_option
from faceapp.cli.say import line, record

if TYPE_CHECKING:
    from faceapp.cli.parts import Parts


@click.group()
def model() -> None:
    """Tell about the model that recognizes faces."""


@model.command()
@json_option
@pass_desk
def info(desk: Desk, as_json: bool) -> None:
    """Show the model card: what it was made from, how good it is, its limits."""
    from faceapp.paths import models_dir
    from faceapp.vision.modelcard import find_card

    desk.parts.card()  # raises where the card is no card
    path = find_card(models_dir())
    content = json.loads(path.read_text(encoding="utf-8"))
    if as_json:
        record(card=str(path), **content)
        return
    line(f"card: {path}")
    _show(content, "")


@model.command()
@json_option
@pass_desk
def verify(desk: Desk, as_json: bool) -> None:
    """Check the model files against their checksums and look at a demo person with them."""
    for name, found in self_check(desk.parts):
        if as_json:
            record(check=name, ok=True, found=found)
        else:
            line(f"ok  {name}: {found}")


def self_check(parts: Parts) -> list[tuple[str, str]]:
    """Load all models and recognize a demo person; name what was checked. Raises ModelError."""
    from faceapp.cli.selfcheck import check_models

    return check_models(parts)


def _show(value: object, indent: str) -> None:
    """Print a card's values as indented lines; tables of numbers a row a line."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict) or (isinstance(inner, list) and inner):
                line(f"{indent}{key}:")
                _show(inner, f"{indent}  ")
            else:
                line(f"{indent}{key}: {inner}")
    elif isinstance(value, list):
        for inner in value:
            line(f"{indent}- {json.dumps(inner, ensure_ascii=False)}")
