"""The window at work: start, event loop while recognizing and exporting, memory.

A heartbeat timer beats every few milliseconds on the GUI thread; how late a beat comes is what a
click or a key would have waited. Recognizing is done on the demo camera at its own 30 pictures a
second. The first figures come from a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Figure
from faceapp import config
from faceapp.app import Parts
from faceapp.config import Settings
from faceapp.export.tables import entry_table
from faceapp.export.writing import write_table
from faceapp.paths import assets_dir
from faceapp.service import Service
from faceapp.types import Entry, EntryFilter, EntryKind, ModelId, PersonId, Sighting
from faceapp.ui.bridge import Purpose
from faceapp.ui.feed import Shown, Speed
from faceapp.ui.page import PageKey
from faceapp.ui.run import application, prepare_process
from faceapp.ui.shell import Shell

BEAT_MS = 5
WATCH_S = 20
ROWS = 100_000
CHILD = "from benchmarks.window import child; child()"


def figures() -> Iterator[Figure]:
    """Measure one thing after the other."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        config.save(Parts(data_dir).paths.settings, Settings(camera="demo"))
        enrol(data_dir)
        yield from starting(data_dir)
        yield from working(data_dir)


def enrol(data_dir: Path) -> None:
    """Enrol the demo people as an operator would."""
    command = [sys.executable, "-m", "faceapp", "--data-dir", str(data_dir), "import"]
    subprocess.run([*command, str(assets_dir() / "demo")], check=True, stdout=subprocess.DEVNULL)
    with closing(Parts(data_dir).open_service()) as service:
        # Who is to be recognized as nobody.
        service.forget(PersonId("visitor"))


def starting(data_dir: Path) -> Iterator[Figure]:
    """Start the program and have it recognize somebody."""
    told = []
    for _ in range(5):
        environ = {**os.environ, "BENCH_DATA": str(data_dir), "BENCH_START": str(time.time())}
        done = subprocess.run(
            [sys.executable, "-c", CHILD], env=environ, check=True, capture_output=True, text=True
        )
        told.append(json.loads(done.stdout.splitlines()[-1]))
    for key, what, goal in (
        ("painted_s", "from start to a window that paints", "1.5 s"),
        ("pictured_s", "from start to the first picture", ""),
        ("recognized_s", "from start to the first recognized face", "3 s"),
    ):
        taken = sorted(one[key] for one in told if key in one)
        middle = f"{taken[len(taken) // 2]:.2f} s" if taken else "never"
        yield Figure(what, f"{middle} (median of {len(taken)})", goal)
    most = max(one["memory_mb"] for one in told)
    yield Figure("memory while recognizing", f"{most:.0f} MB", "400 MB")


def child() -> None:
    """Be the program that is measured: starts taking at once, ends when somebody is known."""
    started = float(os.environ["BENCH_START"])
    prepare_process()
    app = application()
    shell = shell_on(app, Path(os.environ["BENCH_DATA"]))
    told: dict[str, float] = {}

    def known(shown: Shown) -> None:
        told.setdefault("pictured_s", time.time() - started)
        if "recognized_s" in told or not any(seen.confirmed_now for seen in shown.result.faces):
            return
        told["recognized_s"] = time.time() - started
        QTimer.singleShot(5_000, app.quit)

    shell.desk.camera.seen.connect(known)
    shell.open()
    shell.window.repaint()
    told["painted_s"] = time.time() - started
    shell.desk.camera.start(Purpose.TAKING)
    QTimer.singleShot(60_000, app.quit)
    app.exec()
    told["memory_mb"] = memory_mb()
    shell.window.close()
    print(json.dumps(told))


def shell_on(app: QApplication, data_dir: Path) -> Shell:
    """Make the window, of one size whatever the screen is."""
    shell = Shell(app, Parts(data_dir))
    shell.window.setWindowState(Qt.WindowState.WindowNoState)
    shell.window.resize(1280, 800)
    return shell


def memory_mb() -> float:
    """Return the memory of this process in MB, shared parts included; 0 where it is unknown."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return float(lines["VmRSS"].split()[0]) / 1024


def working(data_dir: Path) -> Iterator[Figure]:
    """Listen to the heartbeat while the window recognizes, and while it also exports."""
    prepare_process()
    app = application()
    shell = shell_on(app, data_dir)
    fill(shell)
    shell.open()
    shell.window.open(PageKey.LIVE)
    shell.desk.camera.start(Purpose.TAKING)
    listen(4)
    speeds: list[float] = []

    def note(speed: Speed | None) -> None:
        if speed is not None:
            speeds.append(speed.fps)

    shell.desk.camera.speed_changed.connect(note)
    late = listen(WATCH_S)
    fps = sorted(speeds)[len(speeds) // 2] if speeds else 0.0
    yield Figure("pictures a second that are looked at", f"{fps:.0f}", "30")
    yield from _beats("event loop while recognizing", late)
    late = listen(WATCH_S, lambda done: export(shell, data_dir / "all.csv", done))
    rows = (data_dir / "all.csv").read_bytes().count(b"\n") - 1
    yield from _beats(f"the same while exporting {rows:,} entries", late)
    shell.window.close()


def _beats(what: str, late_ms: list[float]) -> Iterator[Figure]:
    ordered = sorted(late_ms)
    percentile = ordered[int(len(ordered) * 0.99)]
    count = f"n={len(ordered)}"
    yield Figure(f"{what}: 99th percentile of the delay", f"{percentile:.1f} ms ({count})", "30 ms")
    yield Figure(f"{what}: worst", f"{ordered[-1]:.1f} ms", "50 ms")


def listen(seconds: float, work: Callable[[Callable[[], None]], None] | None = None) -> list[float]:
    """Run the event loop and return how late each beat came, in ms.

    ``work`` starts with it and calls what it is given when it is done, which ends it too.

    Beats that a stall swallowed count as well, each as late as it was when the stall ended: so much
    would a click have waited that came just then.
    """
    late: list[float] = []
    due = time.perf_counter() + BEAT_MS / 1000

    def beat() -> None:
        nonlocal due
        now = time.perf_counter()
        late.append(max(0.0, (now - due) * 1000))
        while late[-1] > BEAT_MS:
            late.append(late[-1] - BEAT_MS)
        due = now + BEAT_MS / 1000

    loop = QEventLoop()
    heart = QTimer(interval=BEAT_MS)
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(beat)
    heart.start()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    if work is not None:
        QTimer.singleShot(0, partial(work, loop.quit))
    loop.exec()
    heart.stop()
    return late


def export(shell: Shell, path: Path, done: Callable[[], None]) -> None:
    """Read all entries and write them, as the attendance page does."""

    def write(entries: list[Entry]) -> None:
        shell.desk.ops.aside(lambda: write_table(path, entry_table(entries)), ended=done)

    shell.desk.ops.run(lambda service: service.entries(EntryFilter()), done=write)


def fill(shell: Shell) -> None:
    """Write many entries of former years in one go."""
    shell._clerk.submit(_fill).result()  # noqa: SLF001


def _fill(service: Service) -> None:
    people = [row.person.id for row in service.people()]
    chance, first = random.Random(1), datetime(2020, 1, 1, 7, tzinfo=UTC)
    rows = range(1, ROWS + 1)
    log(service, ((chance.choice(people), first + timedelta(minutes=20 * row)) for row in rows))


def log(service: Service, seen: Iterable[tuple[PersonId, datetime]]) -> None:
    """Write an entry for each person seen, in and out in turns, in one transaction.

    Around the service: one durable transaction for each would take minutes.
    """
    store, book = service._store, service._log  # noqa: SLF001
    numbers = {row.person.id: store.people.number(row.person.id) for row in service.people()}
    with store.writing():
        for row, (person, at) in enumerate(seen):
            sighting = Sighting(f"{row}", person, at, "demo", 0.7, 0.4, ModelId("bench"))
            number = numbers[person]
            if number is not None:
                kind = EntryKind.OUT if row % 2 else EntryKind.IN
                store.entries.add(book._of_sighting(sighting, number, kind), at)  # noqa: SLF001
