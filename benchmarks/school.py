"""The window with a school's year: how long each action keeps it from answering.

Every action is watched by a heartbeat, as in the table of the window at work, until all that it
asked for is on screen. There are 2,000 people with 400,000 entries.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer

from benchmarks.measure import Figure
from benchmarks.window import listen, log, memory_mb, shell_on
from faceapp.app import Parts
from faceapp.service import Service
from faceapp.types import Changes, ModelId, Person, PersonId, Quality, Sample, Sighting
from faceapp.ui.page import PageKey
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.run import application, prepare_process
from faceapp.ui.shell import Shell

PEOPLE = 2_000
DAYS = 200
TEMPLATES = 4
ARRIVALS = 10
ROUNDS = 20
# Ends the watching if something never comes.
LIMIT_S = 120.0

QUALITY = Quality(40.0, 120.0, 50.0, 0.0, 0.0, 0.0, 80.0, None)


def figures() -> Iterator[Figure]:
    """Do one thing after the other in one window."""
    prepare_process()
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(Path(folder))
        with closing(parts.open_service()) as service:
            fill(service, parts)
        shell = shell_on(app, parts.data_dir)
        yield _figure("the window opens", shell, shell.open)
        for key in PageKey:
            yield _figure(f"{key.value} opens", shell, partial(shell.window.open, key))
        for what, action in _actions(shell).items():
            yield _figure(what, shell, action)
        yield from _memory(shell)
        shell.window.close()


def fill(service: Service, parts: Parts) -> None:
    """Enrol everybody, and let them be seen on every day of the year until today."""
    card, random_ = parts.card(), np.random.default_rng(1)
    people = [PersonId(f"S{number:04d}") for number in range(PEOPLE)]
    for number, code in enumerate(people):
        vectors = random_.standard_normal((TEMPLATES, card.dimension), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        sample = Sample(vectors[0], QUALITY, card.model_id, "bench", np.zeros((112, 112, 3), "u1"))
        samples = [replace(sample, vector=vector) for vector in vectors]
        service.enrol(Person(code, f"Person {number}", (f"{number % 60}",)), samples)
    chance, now = random.Random(1), datetime.now(UTC)
    days = [now - timedelta(days=day) for day in reversed(range(DAYS))]
    log(
        service,
        (
            (code, day - timedelta(minutes=30 + 30 * chance.random()))
            for day in days
            for code in people
        ),
    )


def _actions(shell: Shell) -> Mapping[str, Callable[[], object]]:
    window, page = shell.window, shell.window.open
    page(PageKey.ATTENDANCE)
    attendance = window.page
    if not isinstance(attendance, AttendancePage):
        raise TypeError("expected the attendance page")
    ranges = attendance.filters.range_box
    return {
        "attendance of all time": lambda: ranges.setCurrentIndex(ranges.findData(Range.ALL_TIME)),
        f"{ARRIVALS} people arrive meanwhile": lambda: _arrive(shell),
        "entries instead of days": attendance.filters.entry_button.click,
        "the live page": lambda: page(PageKey.LIVE),
        f"{ARRIVALS} people arrive there": lambda: _arrive(shell),
        "another theme": lambda: shell.desk.theme.choose("dark"),
    }


def _arrive(shell: Shell) -> None:
    """Let people be seen, as the camera's thread would say it."""
    at = datetime.now(UTC)
    for number in range(ARRIVALS):
        who = PersonId(f"S{number:04d}")
        seen = Sighting(f"{at}{who}", who, at, "demo", 0.7, 0.4, ModelId("bench"))
        shell.desk.camera._recorder.record(seen)  # noqa: SLF001


def _memory(shell: Shell) -> Iterator[Figure]:
    """Open every page again and again, each time with everything read again."""
    for rounds in (1, ROUNDS):
        for _ in range(rounds):
            for key in PageKey:
                shell.window.open(key)
                _watch(shell, partial(shell.desk.changes.changed.emit, Changes.everything()))
        yield Figure(f"memory after {rounds} rounds through all pages", f"{memory_mb():.0f} MB")


def _figure(what: str, shell: Shell, action: Callable[[], object]) -> Figure:
    worst_ms, took_s = _watch(shell, action)
    return Figure(f"{what}: longest stall", f"{worst_ms:.0f} ms (all in {took_s:.1f} s)", "100 ms")


def _watch(shell: Shell, action: Callable[[], object]) -> tuple[float, float]:
    """Return the longest stall in ms, and after how many seconds all was on screen."""
    started = time.perf_counter()

    def work(done: Callable[[], None]) -> None:
        action()
        look.timeout.connect(lambda: None if shell.desk.ops.busy else done())
        # The clerk works in order: by then, who arrived is recorded and lists are read again.
        shell.desk.ops.run(lambda _service: None, done=lambda _: look.start())

    look = QTimer(interval=20)
    late = listen(LIMIT_S, work)
    look.stop()
    return max(late), time.perf_counter() - started
