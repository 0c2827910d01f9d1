"""The settings that define a training run: frozen dataclasses, filled in by ``configs/``."""

from __future__ import annotations

import dataclasses
import importlib
import json
from dataclasses import dataclass, field
from typing import Any

from faceapp.training.augment import Augmentation
from faceapp.training.backbones import Stock
from faceapp.training.network import FACE_LAYOUT, Backbone, Layout, Stage, Variant
from faceapp.types import CHIP_SIZE_PX

SOURCES_ELSEWHERE = ("glint",)
"""Sources of research chips whose people are those elsewhere (`training.chipset`)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each loss; 0 leaves it out."""

    distil_cosine: float = 0.0
    distil_relations: float = 0.0
    distil_bank: float = 0.0
    distil_hardest: float = 0.0
    softmax: float = 0.0
    normface: float = 0.0
    arcface: float = 0.0
    triplet_batch_all: float = 0.0
    triplet_semi_hard: float = 0.0
    triplet_batch_hard: float = 0.0

    @property
    def needs_teacher(self) -> bool:
        """Whether a loss compares with teacher embeddings."""
        named = (self.distil_cosine, self.distil_relations, self.distil_bank, self.distil_hardest)
        return any(named)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of training at one resolution. ``rate`` is the peak learning rate of Muon.

    The rate rises over the first ``warmup`` steps, stays, and falls linearly to zero over the last
    ``decay`` steps. To prolong a run, add a phase before the one that decays. ``losses`` and
    ``augmentation`` replace those of the config for this phase.

    Shares of each batch: ``made_up``, faces that nobody has (`training.made_up`); ``painted``,
    people who do not exist, if the set has any (`training.painted`). ``framed`` is the share of the
    real people whose faces are shown in the frame of a painted one (`training.framed`).
    """

    size_px: int
    steps: int
    batch: int
    rate: float
    warmup: int = 300
    decay: int = 0
    losses: Weights | None = None
    augmentation: Augmentation | None = None
    made_up: float = 0.0
    painted: float = 0.0
    framed: float = 0.0

    def rate_at(self, step: int) -> float:
        """The learning rate of step ``step`` (0-based)."""
        up = (step + 1) / max(self.warmup, 1)
        down = (self.steps - step) / self.decay if self.decay else 1.0
        return self.rate * min(1.0, up, down)


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Everything that decides what a run computes."""

    name: str
    phases: tuple[Phase, ...]
    losses: Weights = field(default_factory=Weights)
    bank_size: int = 4096
    """How many teacher embeddings `distil.bank` draws in each step."""
    bank_temperature: float = 0.07
    recent_size: int = 4096
    """How many of the student's latest embeddings `distil.hardest` compares with."""
    class_scale: float = 32.0
    """NormFace's and ArcFace's scale s."""
    class_margin_rad: float = 0.4
    """ArcFace's margin m."""
    triplet_margin: float = 0.2
    """FaceNet's alpha, of squared distances."""
    pictures_per_person: int = 0
    """Above 0: batches of people with that many chips each, as triplets need. 0: single chips."""
    refine_targets: bool = False
    """Learn only labels that the teacher supports, and start the classification head at the mean
    direction of the teacher's embeddings of each person."""
    whiten_teacher: bool = False
    """Change the teacher's embeddings by `target.whitened`; only together with `refine_targets`."""
    keep_statistics: bool = False
    """Normalise feature maps by the statistics of the initial weights, not by those of each batch:
    the faces of a small set are not like all faces."""
    parts: int = 1
    """Compute each batch in this number of equal parts, one per core, each with statistics of its
    own."""
    layout: Layout = FACE_LAYOUT
    augmentation: Augmentation = field(default_factory=Augmentation)
    seed: int = 1
    """Decides, among other things, who is held out."""
    views: int = 0
    """Another number shows the same chips in another order with other distortions, for weights that
    have seen them already. Each phase adds 1 to it, so leave room to the numbers of other runs.
    (Another ``seed`` would hold out other people.)"""
    live_teacher: bool = False
    """Ask a teacher to embed each view (`training.live`); made-up and framed faces need it."""
    weight_decay: float = 0.02
    average_decay: float = 0.9995
    """The decay of the running average of the weights; a run is judged by these averages."""
    held_out_people: int = 400
    without_sources: tuple[str, ...] = SOURCES_ELSEWHERE
    evaluate_every: int = 2000
    checkpoint_every: int = 500
    terms: str = ""
    """What may be done with the weights, for their card, if a set of one's own is trained on. If
    empty, the card says that nobody has stated any. For the research chips it states theirs."""

    def __post_init__(self) -> None:
        """Raise ValueError if settings contradict each other, or make no sense."""
        if min(self.parts, self.evaluate_every, self.checkpoint_every) < 1:
            fault = "expected 1 or more parts, and evaluations and checkpoints every 1 step or more"
            raise ValueError(f"{self.name}: {fault}")
        for phase in self.phases:
            for fault, is_there in self._faults_in(phase).items():
                if is_there:
                    raise ValueError(f"{self.name}: {fault}")

    def _faults_in(self, phase: Phase) -> dict[str, bool]:
        """Whether each of these faults is in ``phase``, in the order in which they are told."""
        asked, shares = self.live_teacher, (phase.made_up, phase.painted, phase.framed)
        made_up, painted, framed = (share != 0 for share in shares)
        return {
            "faces that are made up need a live_teacher": made_up and not asked,
            "frames are taken from people who are painted": framed and not painted,
            "faces in the frames of others need a live_teacher": framed and not asked,
            "batches of people cannot hold any who do not exist": (
                painted and self.pictures_per_person > 0
            ),
            f"a live_teacher sees chips of {CHIP_SIZE_PX} px only": (
                phase.size_px != CHIP_SIZE_PX and asked
            ),
            "expected 1 or more steps and chips a batch in each phase, as whole numbers": any(
                type(count) is not int or count < 1 for count in (phase.steps, phase.batch)
            ),
            "expected shares of a batch, 0 to 1": any(not 0.0 <= share <= 1.0 for share in shares),
            f"expected batches that {self.parts} equal parts make up": bool(
                phase.batch % self.parts
            ),
            "expected a loss with a weight in each phase": not any(
                dataclasses.astuple(phase.losses or self.losses)
            ),
        }


def load(name: str) -> TrainConfig:
    """Load the config ``faceapp/training/configs/<name>.py``.

    Raises ModuleNotFoundError; ValueError if the file is no valid Python or sets no such thing, or
    if the config's name differs from the file's: a run and its card would name the file that it was
    copied from.
    """
    try:
        config = importlib.import_module(f"faceapp.training.configs.{name}").CONFIG
    except (AttributeError, NameError, SyntaxError, TypeError) as error:
        raise ValueError(f"configs/{name}.py: {error}") from error
    match config:
        case TrainConfig(name=own) if own == name:
            return config
        case TrainConfig(name=other):
            raise ValueError(f"configs/{name}.py: its config says name={other!r}")
        case _:
            raise ValueError(f"configs/{name}.py: CONFIG is no TrainConfig")


def as_json(config: TrainConfig) -> dict[str, Any]:
    """The values of ``config`` as plain JSON, for the run's folder and the model card."""
    values: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(config)))
    return values


def layout_of(values: dict[str, Any]) -> Layout:
    """Rebuild a layout from the values that `as_json` made of it."""
    if "base" in values:
        return Variant(**values | {"base": layout_of(values["base"])})
    if "stages" not in values:
        return Stock(**values)
    return Backbone(**values | {"stages": tuple(Stage(**stage) for stage in values["stages"])})
