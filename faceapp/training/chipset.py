"""Packed chips on disk: every face as 112x112 RGB, with its person and a teacher's embedding.

A set is a folder of plain numpy files. The chips are memory-mapped, so that an epoch costs no
decoding: ``chips.npy`` uint8 (N, 112, 112, 3), ``people.npy`` int32 (N,) (-1: unknown person) and,
if a teacher was asked, ``teacher.npy`` float32 (N, D) unit rows. `pack_shared` makes a set from the
research folder ``../shared/faces/train``; `prepare` makes one from any folder of pictures.

A set may hold another one in its sub-folder ``elsewhere``: people photographed in another way and
never trained on. A threshold found on the set itself has to hold for them as well.
"""

from __future__ import annotations

import errno
import json
import math
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import DTypeLike, NDArray

from faceapp.training.whole_file import save_array, written
from faceapp.types import CHIP_SIZE_PX

UNKNOWN = -1
NOTE = "packed.json"
ELSEWHERE = "elsewhere"
ANSWERS = "answers-"
"""Prefix of the files with a teacher's answers (embeddings) to a set's chips: `training.live`."""
PAINTED = "painted.npy"
"""Row numbers int64 of the chips that show people who do not exist: `painted.extend`."""


@dataclass(frozen=True, slots=True, eq=False)
class ChipSet:
    """``chips`` uint8 (N, 112, 112, 3); ``people`` int32 (N,).

    ``teacher`` float32 (N, D), unit rows, or None if no teacher was asked.
    """

    chips: NDArray[np.uint8]
    people: NDArray[np.int32]
    teacher: NDArray[np.float32] | None

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def load(cls, folder: Path) -> ChipSet:
        """Load the set in ``folder``, its chips memory-mapped.

        Raises FileNotFoundError if it was not packed yet, ValueError if files are incomplete.
        """
        if not (folder / "people.npy").exists():
            raise FileNotFoundError(f"{folder}: there is no set here; make one with prepare")
        teacher = folder / "teacher.npy"
        try:
            return cls(
                np.load(folder / "chips.npy", mmap_mode="r"),
                np.load(folder / "people.npy"),
                np.load(teacher) if teacher.exists() else None,
            )
        except (EOFError, ValueError) as error:
            raise ValueError(f"{folder}: no whole set, prepare it again: {error}") from error


def hold_out(people: NDArray[np.int32], count: int, seed: int) -> NDArray[np.bool_]:
    """Mark all chips of ``count`` random people with two chips or more: bool (N,).

    A small set holds out at most a fifth of these people, but at least two if ``count`` allows, so
    that there are pairs of strangers. With fewer than four such people it holds out nobody.
    """
    known, chips = np.unique(people[people != UNKNOWN], return_counts=True)
    several = known[chips >= 2]
    most = max(2, len(several) // 5) if len(several) >= 4 else 0
    chosen = np.random.default_rng(seed).permutation(several)[: min(count, most)]
    return np.isin(people, chosen)


def elsewhere(folder: Path) -> ChipSet | None:
    """Load the known people of the set inside the one in ``folder``; None if there is none."""
    within = folder / ELSEWHERE
    if not (within / "people.npy").exists():
        return None
    chips = ChipSet.load(within)
    known = np.flatnonzero(chips.people != UNKNOWN)
    return ChipSet(chips.chips[known], chips.people[known], None)


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Scale rows (N, D) to length 1. Rows of zeros, as from a collapsed network, stay zeros."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return np.asarray(rows / lengths, np.float32)


def is_own(folder: Path) -> bool:
    """Whether ``folder`` holds a set that `pack_shared` did not make and must not overwrite."""
    return (folder / "people.npy").exists() and not (folder / NOTE).exists()


def clear(folder: Path) -> None:
    """Remove the set in ``folder`` before another is written, so that half a set never looks whole.

    The old chips stay until the new ones replace them, because a run may have them mapped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (NOTE, "people.npy", "teacher.npy", PAINTED):
        (folder / name).unlink(missing_ok=True)
    for answers in folder.glob(f"{ANSWERS}*.npy"):
        answers.unlink()


def new_map(path: Path, dtype: DTypeLike, shape: tuple[int, ...]) -> np.memmap:
    """Map a new file of zeros. Raises OSError if the disk has no room for all of it.

    Checking first matters: the file takes up room only as it is written to, and if the disk is
    full by then, the system ends the process without a message.
    """
    path.unlink(missing_ok=True)
    wanted, free = math.prod(shape) * np.dtype(dtype).itemsize, shutil.disk_usage(path.parent).free
    if wanted > free:
        why = f"needs {wanted / 1e9:.2f} GB, there are {free / 1e9:.2f} GB"
        raise OSError(errno.ENOSPC, why, str(path))
    return np.lib.format.open_memmap(path, "w+", dtype, shape)


@contextmanager
def new_chips(folder: Path, count: int) -> Iterator[np.memmap]:
    """Map a new ``chips.npy`` for ``count`` chips, see `new_map` and `whole_file.written`."""
    with written(folder / "chips.npy") as fresh:
        chips = new_map(fresh, np.uint8, (count, CHIP_SIZE_PX, CHIP_SIZE_PX, 3))
        yield chips
        chips.flush()


def pack_shared(
    source: Path, target: Path, without: tuple[str, ...], progress: Callable[[int, int], None]
) -> ChipSet:
    """Decode the research chips into ``target``, and the sources ``without`` into its `ELSEWHERE`.

    Does not decode again what is there already, and keeps an `ELSEWHERE` that somebody prepared.
    Raises ValueError for a damaged chip.
    """
    made_of = {"source": "shared/faces/train", "without": sorted(without), "format": 1}
    _pack(source, target, made_of, progress)
    within = target / ELSEWHERE
    if without and not is_own(within):
        _pack(source, within, made_of | {"inverse": True}, progress)
    elif within.exists() and not is_own(within):
        clear(within)  # its people are trained on now
    return ChipSet.load(target)


def decoder(source: Path, rows: NDArray[np.intp]) -> Callable[[int], NDArray[np.uint8]]:
    """Read the research folder; return what decodes the chip of ``rows[n]`` of its index, given n.

    Decoding gives uint8 (112, 112, 3) RGB. It raises ValueError for a damaged chip.
    """
    index = np.load(source / "index.npz")
    shard, offset, length = (index[name][rows] for name in ("shard", "offset", "length"))
    shards = {n: np.fromfile(source / f"chips-{n:02d}.bin", np.uint8) for n in set(shard)}

    def decoded(n: int) -> NDArray[np.uint8]:
        start = int(offset[n])
        data = shards[shard[n]][start : start + int(length[n])]
        bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
        if bgr is None or bgr.shape != (CHIP_SIZE_PX, CHIP_SIZE_PX, 3):
            raise ValueError(f"chip {n}: not a picture of {CHIP_SIZE_PX}x{CHIP_SIZE_PX}")
        return np.asarray(bgr[..., ::-1], np.uint8)

    return decoded


def _pack(
    source: Path, target: Path, made_of: dict[str, Any], progress: Callable[[int, int], None]
) -> None:
    note = target / NOTE
    if note.exists() and json.loads(note.read_text("utf-8")) == made_of:
        return
    index = np.load(source / "index.npz")
    left_out = np.isin(index["source"], made_of["without"])
    rows = np.flatnonzero(left_out if made_of.get("inverse") else ~left_out)
    clear(target)
    _decode(source, rows, target, progress)
    answers = np.load(source / "teacher-embeddings.npz")
    teacher = answers["embedding"][rows].astype(np.float32) * answers["scale"]
    save_array(target / "teacher.npy", unit(teacher))
    save_array(target / "people.npy", index["identity"][rows].astype(np.int32))
    note.write_text(json.dumps(made_of), "utf-8")


def _decode(
    source: Path, rows: NDArray[np.intp], target: Path, progress: Callable[[int, int], None]
) -> None:
    decoded, count = decoder(source, rows), len(rows)
    with new_chips(target, count) as chips, ThreadPoolExecutor() as pool:

        def one(row: int) -> None:
            chips[row] = decoded(row)

        for done, _ in enumerate(pool.map(one, range(count), chunksize=64), start=1):
            if done % 1000 == 0 or done == count:
                progress(done, count)
