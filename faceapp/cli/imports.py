"""``import``: many people from a folder with one sub-folder each."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.cli.arguments import FileName, json_option
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import Failed, count, note

if TYPE_CHECKING:
    from faceapp.cli.importing import Plan

log = logging.getLogger(__name__)


@click.command("import")
@click.argument("folder", type=FileName(folder=True, exists=True))
@click.option(
    "--roster",
    type=FileName(),
    metavar="CSV",
    help="A table with the columns id, name, groups, folder.",
)
@click.option("--agreed", is_flag=True, help="Record that they all agreed to face recognition.")
@json_option
@pass_invocation
def import_people(
    invocation: Invocation, folder: Path, roster: Path | None, agreed: bool, as_json: bool
) -> None:
    """Enrol everybody in FOLDER: one sub-folder per person, named "ID" or "ID - Name".

    Reports on every file. If you run it again, it skips people who are already enrolled. The exit
    code is 1 if somebody could not be enrolled, a file could not be read, or somebody in the
    roster has no folder. A picture that is refused for its quality is not a failure as long as
    others of that person are good.
    """
    from faceapp.cli.enrolling import Enroller
    from faceapp.cli.importing import Plan, enrol_all
    from faceapp.cli.reports import Outcome, Reporter
    from faceapp.service import Roster, read_roster

    listed = read_roster(roster) if roster else Roster([])
    if listed.unused:
        note(f"Columns of {roster} that were not used: {', '.join(listed.unused)}.")
    reporter = Reporter(as_json)
    settings = invocation.parts.settings
    card = invocation.parts.card()
    with invocation.service() as service:
        enroller = Enroller(service, card, settings.stranger_odds, agreed=agreed)
        plan = Plan(folder, listed.rows)
        reporter.tell(plan.oddities)
        people, left_out = enrol_all(invocation.parts, enroller, plan.people, reporter.tell)
    counts = ", ".join(f"{number} {outcome.value}" for outcome, number in reporter.counts.items())
    log.info("imported %s people, not %s; files: %s", people, left_out, counts)
    note(f"{count(people, 'person', 'people')} enrolled. Files: {counts or 'none'}.")
    _raise_failure(folder, plan, left_out, reporter.counts[Outcome.ERROR])


def _raise_failure(folder: Path, plan: Plan, left_out: int, errors: int) -> None:
    """Raise Failed unless everything that was requested is done."""
    failures = []
    if left_out:
        failures.append(f"{count(left_out, 'person', 'people')} could not be enrolled")
    if errors:
        failures.append(f"{count(errors, 'error', 'errors')} above")
    if not failures and not plan.people:
        failures.append(f"no person's folder with pictures was found in {folder}")
    if failures:
        raise Failed(f"Not everything was imported: {', '.join(failures)}.")
