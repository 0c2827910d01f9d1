"""Webcam people across days: enrolled from their first session, recognized in the others.

Frames of ../shared/faces/webcam/real (see its README); people with one session only are strangers.
The operator's default odds and the shipped card decide; nothing is tuned here.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measure import Figure
from benchmarks.scenes import SHARED
from faceapp.app import open_parts
from faceapp.camera.pictures import read_picture
from faceapp.config import Settings
from faceapp.pipeline import Pipeline
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.selection import select_samples
from faceapp.recognition.threshold import same_face_threshold, threshold_for
from faceapp.types import Decision, PersonId, Sample, SeenFace
from faceapp.vision.quality import score

FOLDER = SHARED / "faces" / "webcam" / "real"
Sessions = dict[str, dict[str, list[Path]]]


def figures() -> Iterator[Figure]:
    """Count the app's decisions about every frame of the later sessions and of the strangers."""
    if not FOLDER.is_dir():
        yield Figure(f"{FOLDER} is not there", "-")
        return
    sessions = _sessions()
    regulars = {person: days for person, days in sessions.items() if len(days) > 1}
    with tempfile.TemporaryDirectory(prefix="faceapp-bench-") as scratch:
        parts = open_parts(Path(scratch))
        settings = Settings()
        pipeline = parts.build_pipeline(settings)
        table = parts.card().fmr_table
        samples = {
            person: _enrol(pipeline, days[min(days)], same_face_threshold(table))
            for person, days in regulars.items()
        }
        owners = [PersonId(person) for person, taken in samples.items() for _ in taken]
        vectors = [one.vector for taken in samples.values() for one in taken]
        gallery = Gallery.of(np.stack(vectors), owners)
        odds = settings.stranger_odds
        pipeline.set_gallery(gallery, threshold_for(table, odds, gallery.chances))
        yield Figure("enrolled", f"{len(regulars)} people, {len(owners)} samples of the first day")
        later = {person: _frames(days, 1) for person, days in regulars.items()}
        seen = list(_seen(pipeline, later))
        yield _row(
            f"other days, {len(regulars)} people",
            Counter(_said(person, face) for person, face in seen),
        )
        yield Figure("nearest person is right", _rank_one(seen))
        strangers = {p: _frames(days) for p, days in sessions.items() if p not in regulars}
        said = Counter(_said(person, face) for person, face in _seen(pipeline, strangers))
        yield _row(f"strangers, {len(strangers)} people", said, "no wrong name")
        pipeline.close()


def _sessions() -> Sessions:
    """Frames by person and day; names are person_glasses_light_session_number."""
    found: Sessions = defaultdict(lambda: defaultdict(list))
    for path in sorted(FOLDER.glob("*/*.webp")):
        person, _, _, session, _ = path.stem.split("_")
        found[person][session].append(path)
    return found


def _enrol(pipeline: Pipeline, frames: list[Path], same_face: float) -> list[Sample]:
    seen = [one for path in frames for one in pipeline.analyse(read_picture(path), "picture")[:1]]
    good = [one.sample for one in seen if one.sample is not None]
    return [good[row] for row in select_samples(good, score, same_face).taken]


def _seen(
    pipeline: Pipeline, frames: dict[str, list[Path]]
) -> Iterator[tuple[str, SeenFace | None]]:
    """Whose frame it is, and the largest face found in it."""
    for person, paths in frames.items():
        for path in paths:
            faces = pipeline.process_picture(read_picture(path)).faces
            yield person, max(faces, key=lambda seen: seen.face.box.height, default=None)


def _said(person: str, face: SeenFace | None) -> str:
    if face is None:
        return "not found"
    if face.decision is Decision.KNOWN:
        return "right" if face.person == person else "wrong name"
    return str(face.decision.value)


def _rank_one(seen: list[tuple[str, SeenFace | None]]) -> str:
    """Frames whose nearest sample is of their own person, sure enough or not."""
    faces = [(person, face.match) for person, face in seen if face is not None]
    matches = [(person, match) for person, match in faces if match is not None]
    right = sum(match.person == person for person, match in matches)
    return f"{right} of the {len(matches)} frames that are compared at all"


def _row(what: str, counts: Counter[str], goal: str = "") -> Figure:
    total = sum(counts.values())
    told = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    return Figure(what, f"{told} (of {total} frames)", goal)


def _frames(days: dict[str, list[Path]], first_day: int = 0) -> list[Path]:
    return [path for day in sorted(days)[first_day:] for path in days[day]]
