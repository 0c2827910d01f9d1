"""A writer that is killed again and again, and the search for what was lost or done by halves.

The steps are drawn from a seed, so that a second database can take them undisturbed: after each
kill the first one must be as the second is after the last reported step, or after the next one,
which may be done though the writer could not report it any more.

It forks, so it is a program of its own: ``python -m tests.helpers.killed FOLDER SEED KILLS``.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from faceapp.config import Settings
from faceapp.errors import FaceAppError
from faceapp.service import Service
from faceapp.store import former_databases, inspect_backup, open_store, restore
from faceapp.types import Damage, EntryId, EntryKind, Person, PersonId
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import BERLIN, sample, score, sighting, templates_of_all

SETTINGS = Settings(cooldown_s=0, retention_days=1)
A_STEP = timedelta(minutes=20)
MOST_EVENTS = 200
FILE_EVENTS = ("open", "os.rename", "os.remove", "shutil.copyfile")


class Desk:
    """A data folder in which one step is taken after the other."""

    def __init__(self, folder: Path, seed: int, hear: Callable[[str], None] | None = None) -> None:
        self._hear = hear
        self._database = folder / "faceapp.db"
        self._lock = folder / "faceapp.lock"
        self._backup = folder / "copy.db"
        self._seed = seed
        self._clock = HandClock()
        self.service = self._opened()

    def take(self, number: int) -> None:
        """Take the step with this number. What is refused now is refused every time."""
        rng = random.Random(f"{self._seed} {number}")
        self._clock.wall = MONDAY + number * A_STEP
        with suppress(FaceAppError):
            rng.choice((self._write, self._write, self._write, self._write, self._keep))(rng)

    def state(self) -> object:
        """Return all there is to be seen."""
        templates = templates_of_all(self.service)
        vectors = sorted((one.person, one.vector.tobytes()) for one in templates)
        backup = inspect_backup(self._backup, self._database) if self._backup.exists() else None
        return self.service.people(), vectors, self.service.entries(), backup

    def check(self) -> None:
        """Raise where a database is damaged, or this one holds what was deleted."""
        self.service.verify()
        assert not self.service.traces_left()
        assert self.service.damage() == Damage()
        for former in former_databases(self._database):
            inspect_backup(former, self._database)
            former.unlink()

    def _write(self, rng: random.Random) -> None:
        service, now = self.service, self._clock.now()
        person, other = (PersonId(f"P{rng.randrange(4)}") for _ in range(2))
        samples = [sample(rng.randrange(1000)) for _ in range(3)]
        entries = service.entries()
        entry = rng.choice(entries).id if entries else EntryId(1)
        kind = rng.choice((EntryKind.IN, EntryKind.OUT))
        name = f"Name {rng.random()}"
        works: tuple[Callable[[], object], ...] = (
            lambda: service.enrol(Person(person, name, ("A", "B")), samples, agreed=True),
            lambda: service.enrol(Person(person, name, ("A", "B")), samples),
            lambda: service.add_samples(person, samples, agreed=True),
            lambda: service.edit_person(person, name, ["B", name[:6]]),
            lambda: service.forget(person),
            lambda: service.record(sighting(person, now)),
            lambda: service.record(sighting(other, now)),
            lambda: service.add_entry(person, now, kind, name),
            lambda: service.void_entry(entry, name),
            lambda: service.replace_entry(entry, now, kind, name),
            lambda: service.reassign_entry(entry, other, name),
        )
        rng.choice(works)()

    def _keep(self, rng: random.Random) -> None:
        rng.choice((self._back_up, self._back_up, self._put_back, self._purge))()

    def _back_up(self) -> None:
        self.service.backup(self._backup)

    def _put_back(self) -> None:
        if self._backup.exists():
            self.service.close()
            restore(self._backup, self._database, self._lock)
            self.service = self._opened()

    def _purge(self) -> None:
        self.service.purge_expired(confirmed=True)

    def _opened(self) -> Service:
        service = Service(open_store(self._database), SETTINGS, self._clock, lambda: BERLIN, score)
        service._store._connection.db.conn.set_trace_callback(self._hear)
        return service


class Executioner:
    """Kills this process before the statement or file operation that comes as the ``left``-th."""

    def __init__(self, folder: Path, left: int) -> None:
        self._folder = str(folder)
        self._left = left
        sys.addaudithook(self._see)

    def _see(self, event: str, args: tuple[object, ...]) -> None:
        if event in FILE_EVENTS and str(args[0]).startswith(self._folder):
            self.hear(event)

    def hear(self, _what: str) -> None:
        """Count what is about to be done."""
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def write_until_killed(folder: Path, seed: int, number: int, out: int, left: int) -> None:
    """Take steps from ``number`` on and report each."""
    desk = Desk(folder, seed, Executioner(folder, left).hear)
    while True:
        desk.take(number)
        os.write(out, b"%d\n" % number)
        number += 1


def killed(folder: Path, seed: int, number: int, left: int) -> int:
    """Have a writer killed; return the number of the first step that it did not report."""
    inlet, outlet = os.pipe()
    writer = os.fork()
    if not writer:
        os.close(inlet)
        write_until_killed(folder, seed, number, outlet, left)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as lines:
        reported = lines.read().split()
    _, status = os.waitpid(writer, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    return number + len(reported)


def main(folder: Path, seed: int, kills: int) -> None:
    """Kill this many writers; write how many steps were taken, and how many of them unreported."""
    for name in ("killed", "calm"):
        (folder / name).mkdir()
    calm, rng, number, unreported = Desk(folder / "calm", seed), random.Random(seed), 0, 0
    for _ in range(kills):
        left = rng.randint(1, MOST_EVENTS)
        first, number = number, killed(folder / "killed", seed, number, left)
        for step in range(first, number):
            calm.take(step)
        found = Desk(folder / "killed", seed)
        found.check()
        state = found.state()
        found.service.close()
        if state != calm.state():
            calm.take(number)
            assert state == calm.state(), f"after step {number - 1}: {state}"
            number += 1
            unreported += 1
    calm.service.close()
    sys.stdout.write(json.dumps({"steps": number, "unreported": unreported}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
