"""``recognize``: who is in a picture, a folder, a video or in front of a camera."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.cli.arguments import Name, json_option
from faceapp.cli.parts import Invocation, pass_invocation
from faceapp.cli.say import Failed, line, note, one_line, record
from faceapp.errors import ImportError_, SourceUnreadable

if TYPE_CHECKING:
    from faceapp.cli.lines import Line
    from faceapp.cli.recognizing import Recognizer
    from faceapp.types import Recorded


def _a_number(ctx: click.Context, option: click.Parameter, seconds: float | None) -> float | None:
    """Refuse NaN, with which a source would end at once or never."""
    if seconds is not None and math.isnan(seconds):
        raise click.BadParameter("it is not a number.", ctx, option)
    return seconds


@click.command()
@click.argument("source", metavar="SOURCE", type=Name())
@click.option("--log", is_flag=True, help="Record an entry for everybody who is recognized.")
@json_option
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    callback=_a_number,
    metavar="S",
    help="Stop after S seconds. Default: a camera runs until Ctrl+C, the demo for one round.",
)
@pass_invocation
def recognize(
    invocation: Invocation, source: str, log: bool, as_json: bool, seconds: float | None
) -> None:
    """Show who is in SOURCE.

    SOURCE is a camera number, a picture, a folder (with the folders in it), a video, an rtsp:// or
    http:// address, "demo", or "demo:P03" for one person of it. Prints one line per face and
    picture, or one per face that passes a camera or appears in a video. Ctrl+C stops watching a
    camera.
    """
    from faceapp.cli.lines import unreadable
    from faceapp.cli.recognizing import Recognizer

    def show(found: Line, recorded: Recorded | None) -> None:
        if as_json:
            record(**asdict(found))
        else:
            line(found.as_words() + _entry_words(recorded))

    with invocation.existing() if log else invocation.reading() as service:
        recognizer = Recognizer(invocation.parts, service, show, log=log)
        try:
            _look(recognizer, source, seconds)
        except (SourceUnreadable, ImportError_) as error:
            show(unreadable(source, error), None)
            raise


def _look(recognizer: Recognizer, source: str, seconds: float | None) -> None:
    from faceapp.camera.source import SourceKind, kind_of

    kind = kind_of(source)
    if kind in (SourceKind.PICTURE, SourceKind.FOLDER):
        path = Path(source)
        pictures = [path] if kind is SourceKind.PICTURE else _pictures_in(path)
        error = recognizer.pictures(pictures)
        if error is not None:
            raise Failed(one_line(error))
    elif kind is SourceKind.VIDEO:
        recognizer.video(source, seconds)
    elif kind is SourceKind.DEMO:
        recognizer.demo(source, seconds)
    else:
        recognizer.camera(source, seconds)


def _pictures_in(folder: Path) -> list[Path]:
    """Return the pictures of a folder; note what else is in it."""
    from faceapp.camera.pictures import pictures_and_others

    pictures, others = pictures_and_others(folder)
    if not pictures:
        note(f"There are no pictures in {folder}.")
    if others:
        note(f"Skipped files that are not pictures: {len(others)}, the first of them {others[0]}")
    return pictures


def _entry_words(recorded: Recorded | None) -> str:
    from faceapp.types import RecordOutcome

    if recorded is None or recorded.entry is None:
        return ""
    entry = recorded.entry
    since = "" if recorded.outcome is RecordOutcome.RECORDED else "already "
    return f", {since}{entry.kind.value} {entry.local_at:%H:%M}"
