"""How many single pictures are given the right name, by the number of people enrolled.

Pictures of ../shared/faces/lfw-dev, aligned as the app does. People with more than three pictures
are enrolled with three, from both sides, and searched for with their others; a larger crowd is
filled up with people of one picture. Everybody else is a stranger. A few people stand in LFW under
two names, such as Cristina Fernandez and Cristina Kirchner: with one of them enrolled, the other
counts as a stranger. The default odds and the shipped card decide as in the app; nothing is tuned
here. Live, the app has many looks at a face.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Figure
from benchmarks.research import MODELS, ROOT, opened
from benchmarks.scenes import SHARED
from faceapp.config import Settings
from faceapp.recognition.decide import Rules
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.openset import draw_split
from faceapp.recognition.threshold import threshold_for
from faceapp.training import lfw
from faceapp.types import F32, FmrRow, Match, PersonId
from faceapp.vision.embed import embed_both_sides
from faceapp.vision.modelcard import find_card, load_card

FOLDER = SHARED / "faces" / "lfw-dev"
TEMPLATES = 3
SIZES = (5, 20, 100, 500, 1500)
DRAWS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """Of N pictures: ``people`` (N,), and unit rows float32 (N, D) of a look and of a template."""

    people: NDArray[np.int64]
    looks: F32
    templates: F32


def figures() -> Iterator[Figure]:
    """Search crowds of several sizes, each drawn several times."""
    if not FOLDER.is_dir():
        yield Figure(f"{FOLDER} is not there", "-")
        return
    faces, table = _faces(), load_card(find_card(MODELS)).fmr_table
    for size in SIZES:
        random = np.random.default_rng(size)
        said: Counter[str] = Counter()
        for _ in range(DRAWS):
            said.update(_searched(faces, table, size, random))
        enrolled = said["right"] + said["wrong"] + said["unsure"] + said["unknown"]
        shares = ", ".join(
            f"{said[one] / enrolled:.2%} {one}" for one in ("right", "unsure", "unknown", "wrong")
        )
        strangers = said["strangers"]
        yield Figure(
            f"{size} people", f"{shares}; {said['named'] / strangers:.2%} of strangers named"
        )


def _faces() -> Faces:
    pictures = lfw.pictures(FOLDER, ROOT / "cache", lambda *_: None)
    chips, people = pictures.chips[pictures.found], pictures.people[pictures.found]
    embed = opened().embed
    return Faces(people, embed(chips), embed_both_sides(embed, chips))


def _searched(
    faces: Faces, table: Sequence[FmrRow], size: int, random: np.random.Generator
) -> Counter[str]:
    """Draw a crowd and count what is said of its people's pictures, and strangers' named ones."""
    counts = np.bincount(faces.people)
    sitters = min(size, int((counts > TEMPLATES).sum()))
    split = draw_split(faces.people, sitters, TEMPLATES, random)
    once = split.non_mated[counts[faces.people[split.non_mated]] == 1]
    filling = random.permutation(once)[: size - sitters]
    rows = np.concatenate([split.gallery, filling])
    gallery = Gallery.of(faces.templates[rows], [_id(one) for one in faces.people[rows]])
    at = threshold_for(table, Settings().stranger_odds, gallery.chances)

    def is_named(match: Match) -> bool:
        return match.score >= at.accept and match.margin >= Rules().min_margin

    said: Counter[str] = Counter()
    for row, match in zip(split.mated, gallery.search(faces.looks[split.mated]), strict=True):
        if is_named(match):
            said["right" if match.person == _id(faces.people[row]) else "wrong"] += 1
        else:
            said["unsure" if match.score >= at.unsure else "unknown"] += 1
    strangers = np.setdiff1d(split.non_mated, filling)
    for match in gallery.search(faces.looks[strangers]):
        said["named"] += is_named(match)
    said["strangers"] += len(strangers)
    return said


def _id(number: np.int64) -> PersonId:
    return PersonId(f"{number:04d}")
