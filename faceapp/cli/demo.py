"""``demo``: the whole product on people who do not exist, in a data folder that is thrown away."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from faceapp.cli.arguments import FileName
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import line, note, table
from faceapp.cli.stopping import whole
from faceapp.cli.window import display_trouble, run_window

if TYPE_CHECKING:
    from faceapp.cli.importing import Job
    from faceapp.cli.lines import Line
    from faceapp.cli.parts import CommandParts
    from faceapp.service import Service
    from faceapp.types import DayRow, Recorded

MARK = "demo.txt"


@click.command()
@click.option(
    "--data-dir",
    "folder",
    type=FileName(folder=True),
    metavar="DIR",
    help="An empty folder for the demo's data. Default: the data is deleted afterwards.",
)
@click.option("--headless", is_flag=True, help="Open no window, even if there is a display.")
@click.option(
    "-o",
    "--output",
    type=FileName(),
    metavar="FILE",
    help="Where a demo without a window writes its CSV file.",
)
@pass_invocation
def demo(invocation: Invocation, folder: Path | None, headless: bool, output: Path | None) -> None:
    """Show everything with a demo camera; without a display, print the attendance table."""
    window = not headless and display_trouble(os.environ, sys.platform) is None
    with _data_folder(folder or _said_before(click.get_current_context())) as data_dir:
        parts = invocation.factory(data_dir)
        with invocation.log_to(parts.paths.logs):
            _enrol_demo_people(parts)
            if window:
                click.get_current_context().exit(run_window(parts))
            _take_attendance(parts, output)


def _said_before(ctx: click.Context) -> Path | None:
    """Return the --data-dir given before "demo"; the environment names the folder of real data."""
    group = ctx.find_root()
    if group.get_parameter_source("data_dir") is not ParameterSource.COMMANDLINE:
        return None
    said: Path | None = group.params["data_dir"]
    return said


@contextmanager
def _data_folder(wanted: Path | None) -> Iterator[Path]:
    """Yield a new folder, or the wanted one if it holds nothing but a demo."""
    if wanted is None:
        temporary = tempfile.TemporaryDirectory(prefix="faceapp-demo-", ignore_cleanup_errors=True)
        with whole(temporary) as new:
            yield Path(new)
        return
    from faceapp.store.faults import target_faults

    mark = wanted / MARK
    with target_faults(wanted):
        if wanted.is_dir() and any(wanted.iterdir()) and not mark.exists():
            raise click.UsageError(f"{wanted} is not empty; the demo never mixes with real data.")
        wanted.mkdir(0o700, parents=True, exist_ok=True)
        mark.write_text("The data in this folder is from a demo.\n", encoding="utf-8")
    yield wanted


def _enrol_demo_people(parts: CommandParts) -> None:
    """Choose the demo camera and enrol all demo people but the visitor.

    Raises UsageError if there is anybody else; everything is then left as it is.
    """
    from dataclasses import replace

    from faceapp import config
    from faceapp.camera.demo_tour import VISITOR
    from faceapp.cli.enrolling import Enroller
    from faceapp.cli.importing import Plan, enrol_all
    from faceapp.paths import assets_dir

    settings = replace(parts.settings, camera="demo")
    plan = Plan(assets_dir() / "demo", [])
    jobs = [job for job in plan.people if job.person.id != VISITOR]
    with closing(parts.open_service()) as service:
        _refuse_others(service, plan.people, parts.paths.data_dir)
        config.save(parts.paths.settings, settings)
        note(f"Enrolling {len(jobs)} people who do not exist.")
        enroller = Enroller(service, parts.card(), settings.stranger_odds)
        enrol_all(parts, enroller, jobs, tell=lambda _reports: None)


def _refuse_others(service: Service, jobs: Iterable[Job], folder: Path) -> None:
    """Raise UsageError if a former demo's folder now contains somebody else."""
    cast = {(job.person.id, job.person.name) for job in jobs}
    if any((row.person.id, row.person.name) not in cast for row in service.people()):
        raise click.UsageError(
            f"{folder} contains people who are not from the demo; the demo never mixes with real"
            f" data. To open that folder, run: faceapp --data-dir {shlex.quote(str(folder))}"
        )


def _take_attendance(parts: CommandParts, output: Path | None) -> None:
    """Run the demo camera as fast as possible, then print the day and write its entries.

    Without ``output``, the entries go to a temporary folder, which is kept.
    """
    from faceapp.cli.recognizing import Recognizer
    from faceapp.export.formats import CSV
    from faceapp.export.tables import entry_table
    from faceapp.export.writing import write_table

    note("Taking attendance with the demo camera.")
    unknown = 0

    def follow(found: Line, recorded: Recorded | None) -> None:
        nonlocal unknown
        unknown += found.decision == "unknown"
        if recorded is not None and recorded.entry is not None:
            note(f"  {found.name}: {recorded.entry.kind.value}")

    with closing(parts.open_service()) as service:
        Recognizer(parts, service, follow, log=True).demo()
        table(("ID", "Name", "In", "Out", ""), [_day(row) for row in service.days()])
        line(f"Strangers who passed: {unknown}; they are not in the table.")
        csv = output or Path(tempfile.mkdtemp(prefix="faceapp-demo-")) / "attendance.csv"
        written = write_table(csv, entry_table(service.iter_entries()), kind=CSV)
    line(f"The entries are in {written}")


def _day(row: DayRow) -> tuple[str, ...]:
    seen = (row.first_in, row.last_out)
    times = [f"{entry.local_at:%H:%M:%S}" if entry else "" for entry in seen]
    return row.person.id, row.person.name, *times, "" if row.present else "not seen"
