"""Checks that the models are intact and know a demo person: ``model verify`` and ``doctor``."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp import paths
from faceapp.camera.pictures import read_picture
from faceapp.cli.stopping import uninterrupted
from faceapp.config import Settings
from faceapp.errors import ModelCorrupt, ModelMismatch
from faceapp.recognition.cosine import cosine
from faceapp.recognition.threshold import same_face_threshold
from faceapp.vision.detect import MEDIAPIPE_FOLDER
from faceapp.vision.faults import model_faults
from faceapp.vision.modelcard import find_card, sha256_of, verify

if TYPE_CHECKING:
    from faceapp.cli.parts import CommandParts
    from faceapp.types import F32

SAME = ("P09 - Grace Okafor/front.jpg", "P09 - Grace Okafor/smile.jpg")
OTHER = "P03 - Omar Haddad/front.jpg"
SUMS = "mediapipe.sha256"
_ROW = re.compile(rb"[0-9a-f]{64} +[\w.-]+")


def check_models(parts: CommandParts) -> list[tuple[str, str]]:
    """Check files, load everything, compare three pictures; describe the result.

    Raises ModelError.
    """
    card = parts.card()
    verify(card, paths.models_dir())
    files = check_face_models(paths.models_dir())
    near, far = _likeness(parts)
    threshold = same_face_threshold(card.fmr_table)
    if not near >= threshold > far:
        raise ModelMismatch(
            path=find_card(paths.models_dir()), what=f"same {near:.2f}, other {far:.2f}"
        )
    return [
        ("model file", f"{card.model_id}, {card.file}, checksum matches"),
        ("face models", f"{files} files, checksums match"),
        ("demo person", f"same person {near:.2f}, another {far:.2f}, threshold {threshold:.2f}"),
    ]


def check_face_models(folder: Path) -> int:
    """Compare MediaPipe's files with the list beside them; return how many there are.

    Raises ModelMissing, ModelCorrupt, ModelError (not readable).
    """
    listed = folder / SUMS
    with model_faults(listed):
        rows = listed.read_bytes().splitlines()
    if not rows or not all(map(_ROW.fullmatch, rows)):
        raise ModelCorrupt(path=listed, why="not a list of checksums")
    for row in rows:
        wanted, name = row.decode("ascii").split()
        path = folder / MEDIAPIPE_FOLDER / name
        with model_faults(path):
            if sha256_of(path) != wanted:
                raise ModelCorrupt(path=path, why="checksum")
    return len(rows)


@uninterrupted()
def _likeness(parts: CommandParts) -> tuple[float, float]:
    """Return the cosine of two pictures of one demo person, and that of two people."""
    with closing(parts.build_pipeline(Settings())) as pipeline:
        vectors: list[F32] = []
        for name in (*SAME, OTHER):
            faces = pipeline.analyse(read_picture(paths.assets_dir() / "demo" / name), name)
            if len(faces) != 1 or faces[0].sample is None:
                raise ModelMismatch(path=paths.models_dir(), what=f"{len(faces)} faces in {name}")
            vectors.append(faces[0].sample.vector)
    return cosine(vectors[0], vectors[1]), cosine(vectors[0], vectors[2])
