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
from faceapp.recognition.enrolment import select_samples
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import same_face_threshold, threshold_for
from faceapp.types import Decision, PersonId, Sample
from faceapp.vision.quality import score

FOLDER = SHARED / "faces" / "webcam" / "real"
Sessions = dict[str, dict[str, list[Path]]]


def figures() -> Iterator[Figure]:
    """Count what the app says of every frame of the later sessions and of the strangers."""
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
        pipeline.set_gallery(gallery, threshold_for(table, odds, len(regulars), len(owners)))
        yield Figure("enrolled", f"{len(regulars)} people, {len(owners)} samples of the first day")
        later = {p: [f for d in sorted(days)[1:] for f in days[d]] for p, days in regulars.items()}
        yield _row("other days, 5 people", Counter(_said(pipeline, later)))
        strangers = {p: _all(days) for p, days in sessions.items() if p not in regulars}
        yield _row("strangers, 3 people", Counter(_said(pipeline, strangers)), "no wrong name")
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


def _said(pipeline: Pipeline, frames: dict[str, list[Path]]) -> Iterator[str]:
    for person, paths in frames.items():
        for path in paths:
            faces = pipeline.process_picture(read_picture(path)).faces
            first = max(faces, key=lambda seen: seen.face.box.height, default=None)
            if first is None:
                yield "not found"
            elif first.decision is Decision.KNOWN:
                yield "right" if first.person == person else "wrong name"
            else:
                yield first.decision.value


def _row(what: str, counts: Counter[str], goal: str = "") -> Figure:
    total = sum(counts.values())
    told = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    return Figure(what, f"{told} (of {total} frames)", goal)


def _all(days: dict[str, list[Path]]) -> list[Path]:
    return [path for day in sorted(days) for path in days[day]]
