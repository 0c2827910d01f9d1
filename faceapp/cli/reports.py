"""Reports what became of each file of an enrolment or import, one line per file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.cli.say import line, one_line, record
from faceapp.errors import FaceAppError
from faceapp.messages import reason_words
from faceapp.recognition.selection import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from faceapp.types import PersonId


class Outcome(Enum):
    """What became of a file."""

    TAKEN = "taken"
    REFUSED = "refused"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Report:
    """One file: its outcome, how many samples it gave, and the reason code if it gave none."""

    path: Path
    person: PersonId | None
    outcome: Outcome
    samples: int = 0
    reason: str | None = None
    words: str = ""


WORDS = {
    Refusal.OTHER_FACE.value: "shows a different face from the others",
    Refusal.TOO_SIMILAR.value: "too similar to another picture",
    Refusal.SURPLUS.value: "not needed: there are enough good ones",
    "already_there": "already enrolled",
    "no_folder": "no folder for this person",
    "no_picture": "not a picture",
    "no_pictures": "no pictures in this folder",
    "other_folder": "the roster names another folder for this person",
    "not_in_a_folder": "not in a person's folder",
}


def refused(path: Path, person: PersonId | None, error: FaceAppError) -> Report:
    """Return the report for a file that an error kept out."""
    unread = error.code.startswith(("picture", "camera", "source"))
    outcome = Outcome.ERROR if unread else Outcome.REFUSED
    code = str(error.details.get("reason") or error.code)
    # The line already begins with the whole path.
    short = {name: path.name for name, value in error.details.items() if str(value) == str(path)}
    words = one_line(type(error)(**error.details | short))
    return Report(path, person, outcome, reason=code, words=words)


def passed_over(others: Iterable[Path], person: PersonId) -> Iterator[Report]:
    """Return the reports for the files of a person's folder that are not pictures."""
    for path in others:
        yield Report(path, person, Outcome.SKIPPED, reason="no_picture")


@dataclass(slots=True)
class Reporter:
    """Prints the reports, as words or JSON, and counts them."""

    as_json: bool
    counts: Counter[Outcome] = field(default_factory=Counter)

    def tell(self, reports: Iterable[Report]) -> None:
        """Print one line per report."""
        for report in reports:
            self.counts[report.outcome] += 1
            if self.as_json:
                self._as_json(report)
            else:
                self._as_line(report)

    def _as_json(self, report: Report) -> None:
        record(
            file=str(report.path),
            person=report.person,
            outcome=report.outcome.value,
            samples=report.samples,
            reason=report.reason,
        )

    def _as_line(self, report: Report) -> None:
        code = report.reason or ""
        words = WORDS.get(code) or report.words or (reason_words(code) if code else "")
        line(f"{report.outcome.value:8}{report.path}{': ' if words else ''}{words}")
