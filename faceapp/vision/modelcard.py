"""The model card: what an embedding model is, how good it is, and whether a file is that model.

A card is the JSON file beside the model. The app derives thresholds from it, so it is read
strictly: a card that is not complete and plausible is refused. The training export writes cards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path, PurePosixPath

import numpy as np

from faceapp.errors import ModelCorrupt, ModelMismatch
from faceapp.types import CHIP_SIZE_PX, MIN_ERRORS, FmrRow, Model, ModelId
from faceapp.vision.faults import model_faults
from faceapp.vision.template import ALIGNMENT, TEMPLATE

SCHEMA = 1

CARD_FILE = "faceapp.json"

MAX_CARD_BYTES = 1_000_000

MAX_DIMENSION = 4096

MAX_COMPARISONS = 10**15
"""Far more than anybody makes, and few enough to calculate with."""

INPUT_DTYPES = ("uint8", "int8", "float32")

TEMPLATE_TOLERANCE_PX = 0.05


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The contents of a card. ``fmr_table`` rises in score and falls in FMR.

    ``accuracy`` and ``training`` are for people to read and stay as they were written.
    """

    model_id: ModelId
    file: str
    sha256: str
    size_bytes: int
    input_size_px: int
    input_dtype: str
    input_colour: str
    dimension: int
    alignment: str
    template: tuple[tuple[float, float], ...]
    fmr_table: tuple[FmrRow, ...]
    accuracy: Mapping[str, object]
    training: Mapping[str, object]
    licence: str
    limits: tuple[str, ...]
    date: str

    @property
    def model(self) -> Model:
        """The model, as its templates are looked for."""
        return Model(self.model_id, self.dimension)


class _Wrong(Exception):
    """A field is not what a card requires."""


def find_card(models_dir: Path) -> Path:
    """Name the card of the shipped model; it may be missing."""
    return models_dir / CARD_FILE


def load_card(path: Path) -> ModelCard:
    """Read a card.

    Raises ModelMissing, ModelError (not readable), ModelCorrupt (details: path, why),
    ModelMismatch.
    """
    with model_faults(path):
        if path.stat().st_size > MAX_CARD_BYTES:
            raise ModelCorrupt(path=path, why="larger than a card can be")
        written = path.read_bytes()
    try:
        text = written.decode("utf-8")
        content = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError, _Wrong) as error:
        raise ModelCorrupt(path=path, why=str(error)) from error
    if isinstance(content, dict) and content.get("schema", SCHEMA) != SCHEMA:
        raise ModelMismatch(path=path, what="schema")
    try:
        return _card(_mapping(content, "card"))
    except _Wrong as error:
        raise ModelCorrupt(path=path, why=str(error)) from error


def verify(card: ModelCard, models_dir: Path) -> None:
    """Check that the model file matches the card and that the model was made for this app's chips.

    Raises ModelMissing, ModelCorrupt if the file is a different one, ModelMismatch (details: what),
    ModelError (not readable).
    """
    path = models_dir / card.file
    for what, fits in (
        ("alignment", card.alignment == ALIGNMENT),
        ("template", _near_template(card.template)),
        ("input", (card.input_size_px, card.input_colour) == (CHIP_SIZE_PX, "RGB")),
    ):
        if not fits:
            raise ModelMismatch(path=path, what=what)
    with model_faults(path):
        if path.stat().st_size != card.size_bytes:
            raise ModelCorrupt(path=path, why="size")
        found = sha256_of(path)
    if found != card.sha256:
        raise ModelCorrupt(path=path, why="checksum")


def sha256_of(path: Path) -> str:
    """Return the checksum of a file as 64 hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _card(content: Mapping[str, object]) -> ModelCard:
    if _integer(content, "schema", 1) != SCHEMA:
        raise _Wrong("schema")
    entry = _mapping(_get(content, "input"), "input")
    return ModelCard(
        model_id=ModelId(_text(content, "model_id")),
        file=_file_name(content),
        sha256=_checksum(content),
        size_bytes=_integer(content, "bytes", 1),
        input_size_px=_integer(entry, "size_px", 1),
        input_dtype=_dtype(entry),
        input_colour=_text(entry, "colour"),
        dimension=_integer(content, "dimension", 1, MAX_DIMENSION),
        alignment=_text(content, "alignment"),
        template=_template(_get(content, "template")),
        fmr_table=_table(_get(content, "fmr_table")),
        accuracy=_mapping(_get(content, "accuracy"), "accuracy"),
        training=_mapping(_get(content, "training"), "training"),
        licence=_text(content, "licence"),
        limits=tuple(
            _plain_text(one, "limits") for one in _list(_get(content, "limits"), "limits")
        ),
        date=_text(content, "date"),
    )


def _finite(digits: str) -> float:
    # The json module accepts NaN, Infinity and 1e999, which are never a measurement.
    value = float(digits)
    if not isfinite(value):
        raise _Wrong(f"{digits} is no number")
    return value


def _get(content: Mapping[str, object], key: str) -> object:
    if key not in content:
        raise _Wrong(f"{key} is missing")
    return content[key]


def _mapping(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Wrong(f"{key}: expected an object")
    return value


def _list(value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        raise _Wrong(f"{key}: expected a list")
    return value


def _plain_text(value: object, key: str) -> str:
    # Texts are shown, stored or opened: no line ends, escape codes or lone surrogates.
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _Wrong(f"{key}: expected text")
    return value


def _text(content: Mapping[str, object], key: str) -> str:
    return _plain_text(_get(content, key), key)


def _integer(
    content: Mapping[str, object], key: str, minimum: int, maximum: int | None = None
) -> int:
    value = _get(content, key)
    # True is an int in Python, not in a card.
    if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
        raise _Wrong(f"{key}: expected a whole number from {minimum}")
    if maximum is not None and value > maximum:
        raise _Wrong(f"{key}: expected at most {maximum}")
    return value


def _real(value: object, key: str, minimum: float, maximum: float) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _Wrong(f"{key}: expected a number")
    # Integers too large for a float compare correctly; infinity and NaN do not pass.
    if not minimum <= value <= maximum:
        raise _Wrong(f"{key}: expected {minimum} to {maximum}")
    return float(value)


def _file_name(content: Mapping[str, object]) -> str:
    name = _text(content, "file")
    # A card must not point outside its folder.
    if name != PurePosixPath(name).name or "\\" in name or ":" in name or name == "..":
        raise _Wrong("file: expected a name without a folder")
    return name


def _checksum(content: Mapping[str, object]) -> str:
    value = _text(content, "sha256")
    if len(value) != 64 or not set(value) <= set("0123456789abcdef"):
        raise _Wrong("sha256: expected 64 hexadecimal digits")
    return value


def _dtype(entry: Mapping[str, object]) -> str:
    value = _text(entry, "dtype")
    if value not in INPUT_DTYPES:
        raise _Wrong(f"dtype: expected one of {', '.join(INPUT_DTYPES)}")
    return value


def _template(value: object) -> tuple[tuple[float, float], ...]:
    points = []
    for point in _list(value, "template"):
        pair = [_real(one, "template", -1e4, 1e4) for one in _list(point, "template")]
        if len(pair) != 2:
            raise _Wrong("template: expected pairs")
        points.append((pair[0], pair[1]))
    if not points:
        raise _Wrong("template: expected points")
    return tuple(points)


def _near_template(points: tuple[tuple[float, float], ...]) -> bool:
    found = np.array(points)
    return found.shape == TEMPLATE.shape and bool(
        np.abs(found - TEMPLATE).max() <= TEMPLATE_TOLERANCE_PX
    )


def _table(value: object) -> tuple[FmrRow, ...]:
    rows: list[FmrRow] = []
    for one in _list(value, "fmr_table"):
        row = _mapping(one, "fmr_table")
        score = _real(_get(row, "score"), "score", -1.0, 1.0)
        fmr = _real(_get(row, "fmr"), "fmr", 0.0, 1.0)
        comparisons = _integer(row, "comparisons", 1, MAX_COMPARISONS)
        if fmr == 0.0:
            raise _Wrong("fmr: expected more than 0, which no finite number of comparisons shows")
        if rows and not (score > rows[-1].score and fmr < rows[-1].fmr):
            raise _Wrong("fmr_table: expected rising scores and falling FMR")
        rows.append(FmrRow(score, fmr, comparisons))
    if sum(row.reliable for row in rows) < 2:
        raise _Wrong(f"fmr_table: expected two rows of {MIN_ERRORS} false matches or more")
    return tuple(rows)
