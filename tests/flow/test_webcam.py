"""Real people before a cheap webcam: enrolled on one day, recognized on another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.flow.conftest import invoke, objects

pytestmark = pytest.mark.shared

ENROLLED_FROM = 8

RIGHT_AT_LEAST = 0.97
"""Of single pictures, with whatever blur and light they have; live, several frames are looked at.

A floor under the shipped model's own figure: raise it with every better model.
"""


def sessions(person: Path) -> dict[str, list[Path]]:
    """Return the pictures of one person by day; the names are person_glasses_light_day_number."""
    days: dict[str, list[Path]] = {}
    for path in sorted(person.iterdir()):
        days.setdefault(path.stem.split("_")[3], []).append(path)
    return days


def spread(pictures: list[Path], count: int) -> list[Path]:
    """Return ``count`` of the pictures, from beginning to end."""
    return pictures[:: max(1, len(pictures) // count)][:count]


@pytest.fixture(scope="module")
def people(shared: Path) -> dict[str, dict[str, list[Path]]]:
    real = shared / "faces" / "webcam" / "real"
    return {folder.name: sessions(folder) for folder in sorted(real.iterdir())}


@pytest.fixture(scope="module")
def lines(
    people: dict[str, dict[str, list[Path]]], tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    """Enrol whoever came on several days from the first one, then look at every other picture."""
    data = tmp_path_factory.mktemp("webcam")
    pictures = tmp_path_factory.mktemp("pictures")
    for name, days in people.items():
        first, *others = sorted(days)
        enrolled = spread(days[first], ENROLLED_FROM) if others else []
        if enrolled:
            result = invoke(data, "enroll", name, *enrolled)
            assert result.exit_code == 0, result.stderr
        for day in others or [first]:
            for path in days[day]:
                (pictures / path.name).symlink_to(path)
    return objects(invoke(data, "recognize", pictures, "--json"))


def tally(lines: Iterable[dict[str, Any]], returning: set[str]) -> dict[str, Counter[str]]:
    """Count, for those who were enrolled and for strangers, what was said of each picture.

    Of several faces in a picture the largest counts.
    """
    largest: dict[str, dict[str, Any]] = {}
    for line in lines:
        before = largest.setdefault(line["source"], line)
        if line["box"] and before["box"] and line["box"][2] > before["box"][2]:
            largest[line["source"]] = line
    counts: dict[str, Counter[str]] = {"enrolled": Counter(), "strangers": Counter()}
    for line in largest.values():
        person = Path(line["source"]).name.split("_")[0]
        said = line["decision"]
        if said == "known":
            said = "right" if line["person"] == person else "wrong"
        counts["enrolled" if person in returning else "strangers"][said] += 1
    return counts


def test_across_days_people_are_known_and_strangers_are_not(
    lines: list[dict[str, Any]], people: dict[str, dict[str, list[Path]]]
) -> None:
    returning = {name for name, days in people.items() if len(days) > 1}
    assert len(returning) == 5
    counts = tally(lines, returning)
    print(counts)  # noqa: T201 - the figures that are looked at
    enrolled, strangers = counts["enrolled"], counts["strangers"]
    assert enrolled.total() + strangers.total() == len({line["source"] for line in lines})
    assert enrolled["wrong"] == 0
    assert strangers["wrong"] == 0
    assert strangers.total() >= 30
    assert enrolled["right"] / enrolled.total() >= RIGHT_AT_LEAST
