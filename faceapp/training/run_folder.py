"""The folder of a run, ``runs/<name>``: what it records, and checks before the run continues.

The config and the numbers of the people in the set decide who is held out (`chipset.hold_out`). If
the set gains a person, others are held out; the same happens if a person's folder is renamed, since
people are then numbered in another order. People who were trained on would be measured as if they
had been held out. So a run records whom it held out, and refuses a set that holds out others.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.training import chipset
from faceapp.training.chipset import ChipSet
from faceapp.training.whole_file import written

CONFIG = "config.json"
DATA = "data.json"
"""The set, and who of it is held out."""
REVISION = "revision.txt"
"""The git revision of this code, and the code's diff to it."""
BEGINS_WITH = "begins_with.txt"
"""The model whose weights the run began with; absent if the weights were random."""
METRICS = "metrics.jsonl"
CHECKPOINT = "checkpoint.pt"
"""Everything needed to continue, including the averaged weights."""


@dataclass(frozen=True, slots=True)
class Data:
    """The set in ``folder``, with its numbers of known ``people`` and of their ``chips``.

    ``sha256`` covers the person of each of these chips (int32, little-endian), then whether each is
    held out (bool). Adding chips of unknown people changes neither it nor who is held out.
    ``held_out_sha256`` covers the pixels of the held-out chips only, which have to be read anyway.
    It is empty if an earlier version did not record it.
    """

    folder: str
    chips: int
    people: int
    sha256: str
    held_out_sha256: str = ""

    @classmethod
    def of(cls, folder: Path, chips: ChipSet, held_out: NDArray[np.bool_]) -> Data:
        """Describe the set ``chips`` in ``folder``; ``held_out`` (N,) marks the held-out chips."""
        known = chips.people != chipset.UNKNOWN
        numbers, marks = chips.people[known].astype("<i4"), held_out[known]
        digest = hashlib.sha256(numbers.tobytes() + marks.tobytes()).hexdigest()
        pixels = hashlib.sha256()
        for row in np.flatnonzero(held_out):
            pixels.update(np.ascontiguousarray(chips.chips[row]).data)
        people = len(np.unique(numbers))
        return cls(folder.as_posix(), len(numbers), people, digest, pixels.hexdigest())

    def __str__(self) -> str:
        return f"{self.folder} ({self.chips} chips of {self.people} people)"

    def write(self, run: Path) -> None:
        """Record in the folder ``run`` that it is trained on this set."""
        with written(run / DATA) as fresh:
            fresh.write_text(json.dumps(asdict(self), indent=1), "utf-8")


def describe(run: Path, config: dict[str, Any]) -> None:
    """Record in the folder ``run`` the config (see `config_of`) and the code it is trained by."""
    run.mkdir(parents=True, exist_ok=True)
    with written(run / CONFIG) as fresh:  # a run without its config could not be resumed
        fresh.write_text(json.dumps(config, indent=1), "utf-8")
    (run / REVISION).write_text(revision(), "utf-8")


def config_of(run: Path) -> dict[str, Any]:
    """The config that ``run`` was trained by, as `config.as_json` describes it."""
    config: dict[str, Any] = _read(run / CONFIG)
    return config


def check_config(run: Path, config: dict[str, Any], phase: int) -> None:
    """Raise ValueError if the checkpoint of ``run``, in ``phase``, does not fit ``config``."""
    kept, phases = config_of(run), config["phases"]
    another = f"{run}: holds a run of another config: {kept['name']}"
    if any(kept[what] != config[what] for what in ("name", "layout")):
        raise ValueError(another)
    size_px = kept["phases"][phase]["size_px"]
    if phase < len(phases) and phases[phase]["size_px"] != size_px:
        raise ValueError(
            f"{another} with {size_px} px in phase {phase + 1}, not {phases[phase]['size_px']}"
        )


def data_of(run: Path) -> Data | None:
    """The set that ``run`` was trained on; None if it has no record of it."""
    note = run / DATA
    return Data(**_read(note)) if note.is_file() else None


def check_data(run: Path, here: Data) -> None:
    """Raise ValueError if ``run`` held out other people than are held out ``here``."""
    recorded = data_of(run)
    if recorded is None:
        return
    if recorded.sha256 != here.sha256:
        raise ValueError(f"{run}: held out other people: trained on {recorded}, this is {here}")
    if recorded.held_out_sha256 not in {"", here.held_out_sha256}:
        raise ValueError(
            f"{run}: held out other people: they are as many in {here}, but in other pictures"
        )


def begins_with(run: Path) -> str:
    """The model whose weights ``run`` began with; empty if the weights were random."""
    note = run / BEGINS_WITH
    return note.read_text("utf-8") if note.is_file() else ""


def figures(run: Path) -> list[dict[str, Any]]:
    """The lines of figures that ``run`` has written, in order.

    Raises ValueError if a line is incomplete, as after a power cut.
    """
    path = run / METRICS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    try:
        return [json.loads(line) for line in lines]
    except ValueError as error:
        raise ValueError(f"{path}: expected a line of JSON for each look: {error}") from error


def forget_after(run: Path, last: tuple[int, int]) -> list[tuple[int, int]]:
    """Drop the figures of steps after ``last`` (phase, step): a resumed run measures them again.

    Returns phase and step of the others.
    """
    lines = [(line["phase"], line["step"], json.dumps(line)) for line in figures(run)]
    kept = [line for line in lines if line[:2] <= last]
    if kept != lines:
        with written(run / METRICS) as fresh:
            fresh.write_text("".join(f"{text}\n" for _, _, text in kept), "utf-8")
    return [line[:2] for line in kept]


def checkpoint(run: Path) -> dict[str, Any]:
    """The newest checkpoint of ``run``: see `torch_file.load`."""
    from faceapp.training import torch_file  # most of this module needs no PyTorch

    return torch_file.load(run / CHECKPOINT)


def _read(path: Path) -> Any:
    """Read a JSON file. Raises ValueError with its name if it is incomplete."""
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: incomplete, as after a power cut: {error}") from error


def revision() -> str:
    """The git revision of this code, and the code's diff to it; empty without git."""

    def git(*args: str) -> str:
        command = ["git", "-C", str(Path(__file__).parent), *args]
        shown = subprocess.run(command, capture_output=True, check=False).stdout
        return shown.decode("utf-8", "backslashreplace")  # a diff may hold any bytes

    try:
        return git("rev-parse", "HEAD") + git("diff", "HEAD", "--", ".")
    except FileNotFoundError:
        return ""
