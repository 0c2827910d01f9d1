from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 20

# The writer says a key only after `record` has returned. It is killed at an arbitrary point; what
# it has said must be there, whole and once. One process forks the writers: starting Python twenty
# times would take longer than the test.
HARNESS = """
import json, os, random, signal, sys
from datetime import timedelta
from pathlib import Path
from faceapp.config import Settings
from faceapp.types import Person, PersonId
from tests.helpers.data import MONDAY, SetClock, sample, service_on, sighting

path, rounds = Path(sys.argv[1]), int(sys.argv[2])
rng = random.Random(rounds)


def write(number, out):
    clock = SetClock(MONDAY + timedelta(days=1))
    with service_on(path, clock, Settings(cooldown_s=0)) as service:
        for count in range(100_000):
            person = PersonId(f"P{number}-{count}")
            service.enrol(Person(person, "Somebody"), [sample(count)] * 5)
            os.write(out, f"enrolled {person}\\n".encode())
            for second in range(5):
                seen = sighting(person, MONDAY + timedelta(seconds=second))
                service.record(seen)
                os.write(out, f"recorded {person} {second}\\n".encode())
            if count % 4 == 3:
                service.forget(person)
                os.write(out, f"forgotten {person}\\n".encode())


said = []
for number in range(rounds):
    inlet, outlet = os.pipe()
    writer = os.fork()
    if not writer:
        os.close(inlet)
        write(number, outlet)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as lines:
        for _ in range(rng.randrange(1, 40)):
            said.append(lines.readline().decode().split())
        os.kill(writer, signal.SIGKILL)
        said += [line.decode().split() for line in lines if line.endswith(b"\\n")]
    os.waitpid(writer, 0)

with service_on(path) as service:
    service.verify()
    people = {row.person.id: row.templates for row in service.people()}
    entries = {}
    for entry in service.entries():
        entries.setdefault(entry.person, set()).add(entry.at)
    doubled = len(service.entries()) - sum(map(len, entries.values()))
    traces = service.traces_left()
lost = []
gone = {line[1] for line in said if line[0] == "forgotten"}
# The last thing each writer did may be done though it could not say so any more.
last = {line[1].split("-")[0]: line[1] for line in said}.values()
unsaid = {person for person in last if int(person.split("-")[1]) % 4 == 3} - set(people)
for verb, person, *rest in said:
    if person in gone or person in unsaid:
        continue
    if people.get(person) != 5:
        lost.append((verb, person))
    elif verb == "recorded" and MONDAY + timedelta(seconds=int(rest[0])) not in entries[person]:
        lost.append((verb, person, rest))
print(json.dumps({
    "said": len(said), "lost": lost, "doubled": doubled, "traces": traces,
    "still_there": sorted(gone & set(people)),
}))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
def test_what_was_said_to_be_kept_survives_being_killed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HARNESS, str(tmp_path / "faceapp.db"), str(ROUNDS)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["said"] > 5 * ROUNDS
    assert found["lost"] == []
    assert found["doubled"] == 0
    assert found["still_there"] == []
    assert not found["traces"]
