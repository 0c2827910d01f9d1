"""``--self-test``: checks that this installation works at all, in a temporary data folder.

It prints one line per check. The packages' smoke test and people who install the app run it. It
needs no camera, no display and none of the user's data. ``doctor`` finds what is wrong with *this
machine* (camera, display, data folder).
"""

from __future__ import annotations

import csv
import logging
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.cli.say import line
from faceapp.cli.stopping import uninterrupted, whole
from faceapp.errors import FaceAppError
from faceapp.messages import sentence

if TYPE_CHECKING:
    from faceapp.cli.lines import Line
    from faceapp.cli.parts import CommandParts, PartsFactory
    from faceapp.pipeline import Pipeline
    from faceapp.types import Sample

ENROLLED = "front.jpg"
SHOWN, LABEL = "P09 - Grace Okafor/smile.jpg", "P09"
LEAST_COLOURS = 8
"""A window that was not painted has one colour; text, lines and icons make dozens."""

log = logging.getLogger(__name__)


class CheckFailed(Exception):
    """A check has found something wrong; the text says what."""


def run_self_test(factory: PartsFactory) -> int:
    """Print one line per check; return the exit code."""
    all_passed = True
    temporary = tempfile.TemporaryDirectory(prefix="faceapp-test-", ignore_cleanup_errors=True)
    with whole(temporary) as folder:
        parts = factory(Path(folder))
        for what, check in (
            ("models", _models),
            ("face models", _face_models),
            ("database", _database),
            ("recognition", _recognition),
            ("export", _export),
            ("window", _window),
        ):
            passed, found = _checked(what, check, parts)
            all_passed = all_passed and passed
            line(f"{'ok' if passed else 'FAILED':8}{what}: {found}")
    line("self-test passed" if all_passed else "self-test FAILED")
    return 0 if all_passed else 1


def _checked(
    what: str, check: Callable[[CommandParts], str], parts: CommandParts
) -> tuple[bool, str]:
    """Return whether the check passed and what it found; a failure does not stop the next check."""
    try:
        return True, check(parts)
    except FaceAppError as error:
        return False, sentence(error)[0]
    except CheckFailed as error:
        return False, str(error)
    except Exception as error:
        # This test is meant to find libraries that do not load.
        log.exception("self-test: %s", what)
        return False, f"{type(error).__name__}: {error}"


def _models(parts: CommandParts) -> str:
    from faceapp.paths import models_dir
    from faceapp.vision.modelcard import verify

    card = parts.card()
    verify(card, models_dir())
    return f"{card.model_id}, sha256 {card.sha256[:12]}"


def _face_models(parts: CommandParts) -> str:
    from faceapp.cli.modelcheck import check_face_models
    from faceapp.paths import models_dir

    del parts
    return f"{check_face_models(models_dir())} files, sha256 as listed"


@uninterrupted()
def _database(parts: CommandParts) -> str:
    """Enrol the demo people in a new database, from one picture each."""
    from faceapp.camera.demo_tour import VISITOR
    from faceapp.config import Settings
    from faceapp.paths import assets_dir
    from faceapp.service.roster import parse_folder_name
    from faceapp.types import Person

    folders = sorted(path for path in (assets_dir() / "demo").iterdir() if path.is_dir())
    with closing(parts.open_service()) as service, closing(parts.build_pipeline(Settings())) as eye:
        for folder in folders:
            person, name = parse_folder_name(folder.name)
            if person == VISITOR:
                continue
            samples = _samples(eye, folder / ENROLLED)
            service.enrol(Person(person, name or person), samples)
        service.verify()
        people = len(service.people())
    if people < 2:
        raise CheckFailed(f"{people} people after enrolling {len(folders)}")
    return f"migrated, {people} people written and read back"


def _samples(eye: Pipeline, path: Path) -> list[Sample]:
    from faceapp.camera.pictures import read_picture

    faces = eye.analyse(read_picture(path), path.name)
    samples = [face.sample for face in faces if face.sample is not None]
    if len(samples) != 1:
        raise CheckFailed(f"{len(samples)} usable faces in a picture with one")
    return samples


def _recognition(parts: CommandParts) -> str:
    """Recognize a person in a picture that was not used for enrolment, and record the entry."""
    from faceapp.cli.recognizing import Recognizer
    from faceapp.paths import assets_dir

    found: list[Line] = []
    with closing(parts.open_service()) as service:
        recognizer = Recognizer(parts, service, lambda one, _: found.append(one), log=True)
        recognizer.pictures([assets_dir() / "demo" / SHOWN])
        entries = service.entries()
    seen = [(one.decision, one.person) for one in found]
    if seen != [("known", LABEL)] or [entry.person for entry in entries] != [LABEL]:
        raise CheckFailed(f"{seen} and {len(entries)} entries instead of {LABEL}")
    return f"{LABEL} known with {found[0].similarity:.2f}, one entry"


def _export(parts: CommandParts) -> str:
    from faceapp.export.tables import entry_table
    from faceapp.export.writing import write_table

    with closing(parts.open_service()) as service:
        table = entry_table(service.iter_entries())
        path = write_table(parts.paths.data_dir / "entries.csv", table)
    if path is None:
        raise CheckFailed("no file was written")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if [row["person"] for row in rows] != [LABEL]:
        raise CheckFailed(f"{len(rows)} rows read back instead of one")
    return f"CSV written and read back, {path.stat().st_size} bytes"


@uninterrupted()
def _window(parts: CommandParts) -> str:
    width, height, colours = parts.paint_window()
    if colours < LEAST_COLOURS:
        raise CheckFailed(f"{colours} colours in {width}x{height}: nothing was painted")
    return f"painted offscreen, {width}x{height}, {colours} colours"
