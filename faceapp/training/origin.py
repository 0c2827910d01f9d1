"""Where a run comes from, as its folder says: the set, the weights it began with, the code.

Who is held out follows from the people of the set and from the config (`chipset.hold_out`). Of a
set with one folder of pictures more others are, and people who were trained on would be measured
as if they had not been: so a run says whom it held out, and goes with no set where others are.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.training import chipset
from faceapp.vision.modelcard import sha256_of

DATA = "data.json"
WEIGHTS = "begins_with.txt"
REVISION = "revision.txt"
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class Data:
    """The set in ``folder``: so many ``chips`` of so many ``people`` who are known.

    ``sha256`` is that of the person of each of these chips (int32, little-endian), then of whether
    each is held out (bool). More chips of nobody known leave it as it is, as they leave who is held
    out; a person in whose place somebody else has as many chips is not told from them.
    """

    folder: str
    chips: int
    people: int
    sha256: str

    @classmethod
    def of(cls, folder: Path, people: NDArray[np.int32], held_out: NDArray[np.bool_]) -> Data:
        """``people`` (N,) of all chips, and which of them are held out (N,)."""
        known = people != chipset.UNKNOWN
        numbers, marks = people[known].astype("<i4"), held_out[known]
        digest = hashlib.sha256(numbers.tobytes() + marks.tobytes()).hexdigest()
        return cls(folder.as_posix(), len(numbers), len(np.unique(numbers)), digest)

    def __str__(self) -> str:
        return f"{self.folder} ({self.chips} chips of {self.people} people)"

    def write(self, run: Path) -> None:
        """Say in the folder ``run`` that this is what is trained on."""
        (run / DATA).write_text(json.dumps(asdict(self), indent=1), "utf-8")


def data_of(run: Path) -> Data | None:
    """What ``run`` was trained on; None where it does not say."""
    note = run / DATA
    return Data(**json.loads(note.read_text("utf-8"))) if note.is_file() else None


def check(run: Path, here: Data) -> None:
    """Raise ValueError where ``run`` held out other people than are held out ``here``."""
    said = data_of(run)
    if said is not None and said.sha256 != here.sha256:
        raise ValueError(f"{run}: held out other people: trained on {said}, this is {here}")


def card_beside(weights: Path) -> Path:
    """Where the card of the model is that ``weights`` (a ``.weights.h5``) are of, if anywhere."""
    return weights.with_name(weights.name.removesuffix(".weights.h5") + ".json")


def model_of(weights: Path) -> str:
    """Name the model that ``weights`` are of by the card beside them, else the file itself."""
    card = card_beside(weights)
    said = json.loads(card.read_text("utf-8")) if card.is_file() else {}
    if "model_id" in said:
        return str(said["model_id"])
    return f"{weights.name}, sha256 {sha256_of(weights)}"


def checkpoint(run: Path) -> dict[str, Any]:
    """All that the newest checkpoint of ``run`` holds, on the CPU: it may be another machine's.

    Raises FileNotFoundError where there is none, ValueError where it is cut off.
    """
    import torch

    try:
        with (run / CHECKPOINT).open("rb") as file:
            saved: dict[str, Any] = torch.load(file, weights_only=True, map_location="cpu")
    except (EOFError, RuntimeError, UnpicklingError) as error:
        raise ValueError(f"{run / CHECKPOINT}: expected a whole checkpoint: {error}") from error
    return saved


def revision() -> str:
    """The code's git revision and how it differs; empty where there is no git."""

    def git(*args: str) -> str:
        return subprocess.run(["git", *args], capture_output=True, text=True, check=False).stdout

    try:
        return git("rev-parse", "HEAD") + git("diff", "HEAD", "--", "faceapp/training")
    except FileNotFoundError:
        return ""
