"""Labelled Faces in the Wild: its pairs, and its pictures through the app's detector and alignment.

The folder has one sub-folder per person, and a ``pairs.txt`` in the official format. A picture that
cannot be read, or in which the app finds no face, is never left out: it counts as not acquired.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from faceapp import paths
from faceapp.camera.pictures import iter_pictures, read_picture
from faceapp.errors import ImportError_
from faceapp.training.prepare import people_in
from faceapp.training.whole_file import written
from faceapp.types import CHIP_SIZE_PX, U8, Face, RangeMode
from faceapp.vision import align
from faceapp.vision.detect import Detector, open_detector

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Pictures in the order of their files' names.

    ``names``: person_0001 ...; ``people`` (N,): who; ``chips`` uint8 (N, 112, 112, 3); ``found``
    bool (N,): whether there is a chip at all.
    """

    names: tuple[str, ...]
    people: NDArray[np.int64]
    chips: NDArray[np.uint8]
    found: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The protocol's P pairs: the rows of both pictures (P, 2), whether one person, the fold."""

    rows: NDArray[np.int64]
    same: NDArray[np.bool_]
    folds: NDArray[np.int64]


def pictures(folder: Path, cache: Path, progress: Progress) -> Pictures:
    """Align all pictures below ``folder`` as the app does.

    ``cache`` keeps the result, one file for each folder, until the pictures change, or any code of
    `faceapp.vision`. Raises FileNotFoundError if there is no folder, PictureUnreadable if a
    person's cannot be listed.
    """
    listed = (path for one in people_in(folder) for path in iter_pictures(one, recursive=False))
    files = [path for path in listed if path.is_file()]
    names = tuple(p.stem for p in files)
    _, numbers = np.unique([p.parent.name for p in files], return_inverse=True)
    states = np.array([(s.st_size, s.st_mtime_ns) for s in map(Path.stat, files)], np.int64)
    made_of = _made_of(names, states)
    # Others may have the same name.
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    kept = cache / f"{folder.name}-{place[:12]}.npz"
    stored = _stored(kept, made_of)
    if stored is not None:
        return Pictures(names, numbers, *stored)
    chips, found = _aligned(files, progress)
    cache.mkdir(parents=True, exist_ok=True)
    with written(kept) as fresh:
        np.savez(fresh, made_of=np.array(made_of), chips=chips, found=found)
    return Pictures(names, numbers, chips, found)


def _made_of(names: tuple[str, ...], states: NDArray[np.int64]) -> str:
    """Hash what the chips follow from: the pictures and the code of `faceapp.vision`."""
    digest = hashlib.sha256(repr(names).encode())
    digest.update(states.tobytes())
    for path in sorted(Path(align.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _stored(path: Path, made_of: str) -> tuple[U8, NDArray[np.bool_]] | None:
    """The result of `_aligned` kept for exactly ``made_of``; None if missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file) as stored:
            if str(stored["made_of"]) == made_of:
                return stored["chips"], stored["found"]
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None
    return None


def _aligned(files: list[Path], progress: Progress) -> tuple[U8, NDArray[np.bool_]]:
    """Align pictures: chips uint8 (N, 112, 112, 3), and whether each has a face (N,)."""
    chips = np.zeros((len(files), CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8)
    found = np.zeros(len(files), bool)
    with closing(open_detector(RangeMode.NEAR, paths.models_dir())) as detector:
        for row, path in enumerate(files):
            chip = _chip(path, detector)
            if chip is not None:
                chips[row], found[row] = chip, True
            if (row + 1) % 50 == 0 or row + 1 == len(files):
                progress(row + 1, len(files))
    return chips, found


def _chip(path: Path, detector: Detector) -> U8 | None:
    """The chip of a picture; None if the picture is damaged or shows no face."""
    try:
        rgb = read_picture(path)
    except ImportError_:
        return None
    face = central(detector.detect(rgb), rgb.shape[1], rgb.shape[0])
    return None if face is None else align.align(rgb, face).rgb


def central(faces: tuple[Face, ...], width_px: int, height_px: int) -> Face | None:
    """The face nearest to the centre: the one that an LFW picture is named after."""

    def off_centre(face: Face) -> float:
        x, y = face.box.centre
        return float(np.hypot(x - width_px / 2, y - height_px / 2))

    return min(faces, key=off_centre, default=None)


def pairs(path: Path, names: tuple[str, ...]) -> Pairs:
    """Read ``pairs.txt``, in the official format.

    A line ``folds pairs`` comes first; then each fold has that many pairs of one person, followed
    by as many of two people. Raises ValueError for a line of neither form, a missing picture, other
    pairs than the first line announces, fewer than two folds, empty folds, and two pictures with
    one name.
    """
    row_of = {name: row for row, name in enumerate(names)}
    twice = [name for row, name in enumerate(names) if row_of[name] != row]
    if twice:
        raise ValueError(f"{path}: two pictures beside it are called {twice[0]}")
    try:
        head, *rest = path.read_text("utf-8-sig").splitlines() or [""]
        lines = [line for line in rest if line.strip()]
        folds, per_half = (int(word) for word in head.split())
        two = [_two_pictures(line) for line in lines]
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if len(lines) != folds * 2 * per_half:
        raise ValueError(f"{path}: expected {folds * 2 * per_half} pairs, got {len(lines)}")
    same = np.array([len(line.split("\t")) == 3 for line in lines], bool)
    if folds < 2 or per_half < 1 or (same.reshape(folds, -1).sum(axis=1) != per_half).any():
        raise ValueError(
            f"{path}: expected two folds or more, in each as many pairs of one person as of two"
        )
    missing = [name for both in two for name in both if name not in row_of]
    if missing:
        raise ValueError(f"{path}: no picture {missing[0]}")
    return Pairs(
        np.array([[row_of[name] for name in both] for both in two], np.int64).reshape(-1, 2),
        same,
        np.arange(len(lines)) // (2 * per_half),
    )


def _two_pictures(line: str) -> tuple[str, str]:
    """Parse a line: ``name 1 4`` is two pictures of one person, ``name 1 other 3`` two people."""
    words = line.split("\t")
    if len(words) == 3:
        words.insert(2, words[0])
    if len(words) != 4:
        raise ValueError(f"cannot read {line!r}")
    return f"{words[0]}_{int(words[1]):04d}", f"{words[2]}_{int(words[3]):04d}"
