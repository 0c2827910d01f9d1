"""Pack a folder of people into a set; the app's own code finds, aligns and judges the faces.

Each person has a sub-folder; hidden ones are skipped. Dropped pictures are counted by reason and
listed in ``dropped.csv``: no face, several faces of similar size, poor quality, unreadable, a copy.
A teacher, if given, embeds every chip, so that a network can be distilled on any set.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from faceapp import paths
from faceapp.camera.pictures import iter_pictures, read_picture
from faceapp.errors import ImportError_, PictureUnreadable
from faceapp.training import chipset
from faceapp.training.embedders import Embedder
from faceapp.training.whole_file import save_array, written
from faceapp.types import CHIP_SIZE_PX, U8, RangeMode
from faceapp.vision import align, quality
from faceapp.vision.detect import Detector, for_pictures, open_detector

DOMINANT = 3.0
"""A face counts as the only one if its area is this many times that of the next largest."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The result: number of chips, of people with chips and without, dropped pictures by reason."""

    chips: int
    people: int
    without: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    path: Path
    person: int
    chip: NDArray[np.uint8] | None
    reason: str


def prepare(
    folder: Path,
    target: Path,
    teacher: Embedder | None,
    progress: Callable[[str, int, int], None],
) -> Prepared:
    """Pack the pictures below ``folder`` into ``target``; ``progress`` gets stage, done, total.

    Raises ValueError if there are no pictures, or if none gives a chip; ``target`` then holds no
    set.
    """
    people = people_in(folder)
    work = [(number, path) for number, one in enumerate(people) for path in _pictures(one)]
    if not work:  # perhaps mistyped, so an earlier set stays
        raise ValueError(f"{folder}: expected a sub-folder with pictures for each person")
    owners: list[int] = []
    dropped: list[_Outcome] = []
    chipset.clear(target)
    with _new_chips(target / "chips.npy") as file:
        for done, outcome in enumerate(_once(_outcomes(work)), start=1):
            if outcome.chip is None:
                dropped.append(outcome)
            else:
                file.write(outcome.chip.tobytes())
                owners.append(outcome.person)
            progress("preparing", done, len(work))
    _report(target / "dropped.csv", dropped)
    if not owners:
        raise ValueError(
            f"{folder}: no usable face in {len(work)} pictures of {len(people)} people; what became"
            f" of them is in {target / 'dropped.csv'}"
        )
    if teacher is not None:
        chips = np.load(target / "chips.npy", mmap_mode="r")
        asked = teacher.embed(chips, lambda n: progress("asking the teacher", n, len(owners)))
        save_array(target / "teacher.npy", asked)
    save_array(target / "people.npy", np.array(owners, np.int32))
    there, reasons = len(set(owners)), Counter(one.reason for one in dropped)
    return Prepared(len(owners), there, len(people) - there, dict(reasons))


@contextmanager
def _new_chips(path: Path) -> Iterator[BinaryIO]:
    """Write ``chips.npy`` chip by chip, since all of them may not fit into memory.

    Numpy leaves room in the file's header for the first axis to grow.
    """
    with written(path) as fresh, fresh.open("wb") as file:
        _write_header(file, 0)
        start = file.tell()
        yield file
        count = (file.tell() - start) // (3 * CHIP_SIZE_PX**2)
        file.seek(0)
        _write_header(file, count)


def _write_header(file: BinaryIO, count: int) -> None:
    shape = (count, CHIP_SIZE_PX, CHIP_SIZE_PX, 3)
    header = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)


def people_in(folder: Path) -> list[Path]:
    """The sub-folders, one per person, without hidden ones, which belong to programs."""
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _pictures(person: Path) -> list[Path]:
    """The pictures, or the folder itself if it cannot be listed: reading it then tells why."""
    try:
        return list(iter_pictures(person))
    except PictureUnreadable:
        return [person]


def _outcomes(work: list[tuple[int, Path]]) -> Iterator[_Outcome]:
    with (
        closing(open_detector(RangeMode.NEAR, paths.models_dir())) as near,
        closing(for_pictures(RangeMode.NEAR, near, paths.models_dir())) as detector,
    ):
        for person, path in work:
            try:
                rgb = read_picture(path)
            except ImportError_ as error:
                yield _Outcome(path, person, None, error.code)
                continue
            chip, reason = _chip(rgb, detector)
            yield _Outcome(path, person, chip, reason)


def _once(outcomes: Iterator[_Outcome]) -> Iterator[_Outcome]:
    """Replace repeated chips by a reason to drop them.

    Any network recognizes a copy, so copies would raise every figure. Copies in another person's
    folder would be strangers who look exactly alike, and would raise every threshold.
    """
    owners: dict[bytes, int] = {}
    for outcome in outcomes:
        if outcome.chip is None:
            yield outcome
            continue
        digest = hashlib.sha256(outcome.chip.tobytes()).digest()
        if digest not in owners:
            owners[digest] = outcome.person
            yield outcome
        else:
            own = owners[digest] == outcome.person
            yield replace(outcome, chip=None, reason="copy" if own else "copy_of_another_person")


def _chip(rgb: U8, detector: Detector) -> tuple[NDArray[np.uint8] | None, str]:
    faces = detector.detect(rgb)
    if not faces:
        return None, "no_face"
    if len(faces) > 1 and faces[0].box.area < DOMINANT * faces[1].box.area:
        return None, "several_faces"
    chip = align.align(rgb, faces[0])
    verdict = quality.assess(rgb.shape, faces[0], chip)
    if verdict.reason is not None:
        return None, verdict.reason.value
    return chip.rgb, ""


def _report(path: Path, dropped: list[_Outcome]) -> None:
    # A file name that is not valid text must not waste hours of work.
    with path.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(["picture", "reason"])
        writer.writerows((str(one.path), one.reason) for one in dropped)
