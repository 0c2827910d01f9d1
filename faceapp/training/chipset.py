"""Packed chips on disk: every face 112x112 RGB, with its person and what a teacher says of it.

A set is a folder of plain numpy files, memory-mapped, so that an epoch costs no decoding:
``chips.npy`` uint8 (N, 112, 112, 3), ``people.npy`` int32 (N,) (-1: unknown person) and, where a
teacher was asked, ``teacher.npy`` float32 (N, D) unit rows. `pack_shared` makes one of the research
folder ``../shared/faces/train``; `prepare` makes one of any folder of pictures.

A set may hold another in its sub-folder ``elsewhere``: people photographed in another way, never
trained on, before whom a threshold found on the set itself has to hold as well.
"""

from __future__ import annotations

import errno
import json
import math
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import DTypeLike, NDArray

SIZE_PX = 112
UNKNOWN = -1
NOTE = "packed.json"
ELSEWHERE = "elsewhere"
ANSWERS = "answers-"
"""How files begin that keep what a teacher said of a set's chips, see `training.live`."""
PAINTED = "painted.npy"
"""Which chips of a set are of people who do not exist, see `painted.extend`: row numbers int64."""


@dataclass(frozen=True, slots=True, eq=False)
class ChipSet:
    """``chips`` uint8 (N, 112, 112, 3); ``people`` int32 (N,).

    ``teacher`` float32 (N, D), unit rows, or None where no teacher was asked.
    """

    chips: NDArray[np.uint8]
    people: NDArray[np.int32]
    teacher: NDArray[np.float32] | None

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def load(cls, folder: Path) -> ChipSet:
        """Map the set in ``folder``.

        Raises FileNotFoundError when it was not packed yet, ValueError for files that are cut off.
        """
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
    """Mark all chips of ``count`` random people (with two chips or more): bool (N,).

    Of a small set never more than a fifth, but two, so that there are pairs of strangers; nobody
    of fewer than four.
    """
    known, chips = np.unique(people[people != UNKNOWN], return_counts=True)
    several = known[chips >= 2]
    most = max(2, len(several) // 5) if len(several) >= 4 else 0
    chosen = np.random.default_rng(seed).permutation(several)[: min(count, most)]
    return np.isin(people, chosen)


def elsewhere(folder: Path) -> ChipSet | None:
    """The known people of the set that lies within the one in ``folder``, if there is one."""
    within = folder / ELSEWHERE
    if not (within / "people.npy").exists():
        return None
    chips = ChipSet.load(within)
    known = np.flatnonzero(chips.people != UNKNOWN)
    return ChipSet(chips.chips[known], chips.people[known], None)


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows (N, D) scaled to length 1; rows of zeros, which a collapsed network says, stay so."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return np.asarray(rows / lengths, np.float32)


def is_own(folder: Path) -> bool:
    """Whether a set that somebody prepared lies in ``folder``: nothing else may overwrite it."""
    return (folder / "people.npy").exists() and not (folder / NOTE).exists()


def clear(folder: Path) -> None:
    """Make ``folder`` hold no set, before one is written: half a set must not look like a whole.

    Its old chips stay until others take their place: a run may have them mapped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (NOTE, "people.npy", "teacher.npy", PAINTED):
        (folder / name).unlink(missing_ok=True)
    for answers in folder.glob(f"{ANSWERS}*.npy"):
        answers.unlink()


def new_map(path: Path, dtype: DTypeLike, shape: tuple[int, ...]) -> np.memmap:
    """Map a new file of zeros. Raises OSError where the disk has no room for all of it.

    It takes its room only as it is written to, and on a full disk that ends the process without a
    word.
    """
    path.unlink(missing_ok=True)
    wanted, free = math.prod(shape) * np.dtype(dtype).itemsize, shutil.disk_usage(path.parent).free
    if wanted > free:
        why = f"needs {wanted / 1e9:.2f} GB, there are {free / 1e9:.2f} GB"
        raise OSError(errno.ENOSPC, why, str(path))
    return np.lib.format.open_memmap(path, "w+", dtype, shape)


def pack_shared(
    source: Path, target: Path, without: tuple[str, ...], progress: Callable[[int, int], None]
) -> ChipSet:
    """Decode the research chips into ``target``, those of the sources ``without`` into `ELSEWHERE`.

    What is there already is not decoded again, and a set of somebody's own elsewhere stays. Raises
    ValueError for a chip that is none.
    """
    made_of = {"source": "shared/faces/train", "without": sorted(without), "format": 1}
    _pack(source, target, made_of, progress)
    within = target / ELSEWHERE
    if without and not is_own(within):
        _pack(source, within, made_of | {"inverse": True}, progress)
    elif within.exists() and not is_own(within):
        clear(within)  # its people are trained on now
    return ChipSet.load(target)


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
    _decode(
        source,
        {name: index[name][rows] for name in ("shard", "offset", "length")},
        target,
        progress,
    )
    said = np.load(source / "teacher-embeddings.npz")
    teacher = said["embedding"][rows].astype(np.float32) * said["scale"]
    np.save(target / "teacher.npy", unit(teacher))
    np.save(target / "people.npy", index["identity"][rows].astype(np.int32))
    note.write_text(json.dumps(made_of), "utf-8")


def _decode(
    source: Path, where: dict[str, np.ndarray], target: Path, progress: Callable[[int, int], None]
) -> None:
    shards = {n: np.fromfile(source / f"chips-{n:02d}.bin", np.uint8) for n in set(where["shard"])}
    count = len(where["shard"])
    shape = (count, SIZE_PX, SIZE_PX, 3)
    fresh = target / "chips.part.npy"
    chips = new_map(fresh, np.uint8, shape)

    def one(row: int) -> None:
        start = int(where["offset"][row])
        data = shards[where["shard"][row]][start : start + int(where["length"][row])]
        bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
        if bgr is None or bgr.shape != shape[1:]:
            raise ValueError(f"chip {row}: not a picture of {SIZE_PX}x{SIZE_PX}")
        chips[row] = bgr[..., ::-1]

    with ThreadPoolExecutor() as pool:
        for done, _ in enumerate(pool.map(one, range(count), chunksize=64), start=1):
            if done % 1000 == 0 or done == count:
                progress(done, count)
    chips.flush()
    fresh.replace(target / "chips.npy")
