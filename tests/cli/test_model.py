"""What ``faceapp model info`` tells of a card, and how ``model verify`` is broken off."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from faceapp.app import Parts
from faceapp.cli import commands
from faceapp.cli.model import summary
from faceapp.config import Settings
from faceapp.pipeline import Pipeline
from tests.helpers.clock import HandClock
from tests.helpers.seams import scripted_pipeline
from tests.helpers.signals import BREAKS, Interrupting, heard

FEW = {"eer": 0.021, "tar@1e-03": 0.914}


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ({**FEW, "tar@1e-04": 0.853}, "error rate 2.1%; at 1 false match in 10,000 comparisons"),
        (FEW, "error rate 2.1%; at 1 false match in 1,000 comparisons 91.4% of the pairs"),
        ({"eer": 0.021}, "equal error rate 2.1%"),
    ],
)
def test_a_model_of_few_people_is_told_by_the_figures_that_it_has(
    pairs: dict[str, float], told: str
) -> None:
    card = {"accuracy": {"int8": {"megabytes": 2.7, "held_out_people": {"all_pairs": pairs}}}}
    (tested,) = [text for text in summary(card) if text.startswith("tested on held out people: ")]
    assert told in tested


ODD: tuple[object, ...] = ("x", 5, None, True, [], [1], {}, {"a": 1}, 10**400)


@pytest.mark.parametrize(
    "odd",
    [
        *({"accuracy": odd, "training": odd} for odd in ODD),
        *({"accuracy": {"int8": odd}} for odd in ODD),
        *({"accuracy": {"int8": {"lfw": odd}}} for odd in ODD),
        *({"accuracy": {"int8": {"lfw": {"all_pairs": odd}}}} for odd in ODD),
        *({"accuracy": {"int8": {"lfw": {"all_pairs": {"eer": odd}}}}} for odd in ODD),
    ],
)
def test_figures_of_another_kind_are_left_out(odd: dict[str, object]) -> None:
    known = {"accuracy": {"int8": {"lfw": {"all_pairs": {"tar@1e-04": None}}}}, "training": {}}
    assert list(summary(odd)) == list(summary(known))


@pytest.mark.parametrize("number", BREAKS)
def test_a_signal_never_interrupts_the_look_at_a_demo_person(
    data_dir: Path, number: signal.Signals
) -> None:
    eyes = Interrupting(number)

    class InterruptedParts(Parts):
        def build_pipeline(self, settings: Settings) -> Pipeline:
            return scripted_pipeline(HandClock(), eyes=eyes)

    with heard():
        CliRunner().invoke(commands, ["model", "verify"], obj=InterruptedParts)
    assert eyes.done
    assert eyes.closed.is_set()
