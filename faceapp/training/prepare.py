"""A folder of people -> a packed set: found, aligned, judged by the app's own code.

One sub-folder per person, hidden ones left out. What is dropped is counted by reason and listed in
``dropped.csv``: no face, several faces of like size, poor quality, unreadable. A teacher, where one
is given, says its word on every chip, so that a set of one's own can be distilled too.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from faceapp import paths
from faceapp.camera.pictures import iter_pictures, read_picture
from faceapp.errors import ImportError_, PictureUnreadable
from faceapp.training import chipset
from faceapp.training.embedders import Embedder
from faceapp.types import U8, RangeMode
from faceapp.vision import align, quality
from faceapp.vision.detect import Detector, for_pictures, open_detector

DOMINANT = 3.0
"""One face counts as the only one when it has this many times the area of the next."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a folder: chips kept, people with chips, pictures dropped by reason."""

    chips: int
    people: int
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
    """Pack the pictures below ``folder`` into ``target``; ``progress`` hears stage, done, total.

    Raises ValueError without any chip; then no set is in ``target``.
    """
    people = people_in(folder)
    work = [(number, path) for number, one in enumerate(people) for path in _pictures(one)]
    owners: list[int] = []
    dropped: list[_Outcome] = []
    chipset.clear(target)
    with _ChipFile(target / "chips.npy") as chips:
        for done, outcome in enumerate(_outcomes(work), start=1):
            if outcome.chip is None:
                dropped.append(outcome)
            else:
                chips.append(outcome.chip)
                owners.append(outcome.person)
            progress("preparing", done, len(work))
    _report(target / "dropped.csv", dropped)
    if not owners:
        raise ValueError(
            f"{folder}: no usable face in {len(work)} pictures of {len(people)} people, who have a"
            f" sub-folder each; what became of them is in {target / 'dropped.csv'}"
        )
    if teacher is not None:
        _ask(teacher, target, lambda done: progress("asking the teacher", done, len(owners)))
    np.save(target / "people.npy", np.array(owners, np.int32))
    return Prepared(len(owners), len(set(owners)), dict(Counter(o.reason for o in dropped)))


class _ChipFile:
    """Writes ``chips.npy`` chip by chip, since all of them may be more than memory holds.

    The file takes its name when all is written, and goes where that fails: a full disk would stay
    full. Numpy leaves room in the header of a file for its first axis to grow.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._fresh = path, path.with_suffix(".part.npy")
        self._count = 0

    def __enter__(self) -> Self:
        self._file = self._fresh.open("wb")
        self._write_header()
        return self

    def append(self, chip: NDArray[np.uint8]) -> None:
        self._file.write(chip.tobytes())
        self._count += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            with self._file:
                self._file.seek(0)
                self._write_header()
            if kind is None:
                self._fresh.replace(self._path)
        finally:
            self._fresh.unlink(missing_ok=True)

    def _write_header(self) -> None:
        shape = (self._count, chipset.SIZE_PX, chipset.SIZE_PX, 3)
        header = {"descr": "|u1", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)


def people_in(folder: Path) -> list[Path]:
    """One sub-folder for each person; in hidden ones programs keep what is theirs."""
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _pictures(person: Path) -> list[Path]:
    """Give the folder itself where it cannot be listed: reading it says why."""
    try:
        return list(iter_pictures(person))
    except PictureUnreadable:
        return [person]


def _ask(teacher: Embedder, target: Path, progress: Callable[[int], None]) -> None:
    chips = np.load(target / "chips.npy", mmap_mode="r")
    np.save(target / "teacher.npy", teacher.embed(chips, progress))


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
    # A name that is no text must not undo hours of work.
    with path.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(["picture", "reason"])
        writer.writerows((str(one.path), one.reason) for one in dropped)
