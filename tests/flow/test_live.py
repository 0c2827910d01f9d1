"""The threads of the window without the window: demo camera, real models, real database."""

from __future__ import annotations

import queue
from pathlib import Path

from faceapp.app import open_parts
from faceapp.config import Settings
from faceapp.runtime.clerk import Clerk
from faceapp.runtime.keeper import Keeper
from faceapp.runtime.recorder import Recorder
from faceapp.runtime.session import Session, SessionHooks
from faceapp.types import CameraState, Decision, FrameResult, Recorded, RecordOutcome, Sighting
from tests.flow.conftest import invoke

WAIT_S = 90.0


def test_who_walks_up_to_the_demo_camera_gets_an_entry(data_dir: Path, demo_people: Path) -> None:
    assert invoke(data_dir, "import", demo_people).exit_code == 0
    parts = open_parts(data_dir)
    recorded: queue.Queue[tuple[Sighting, Recorded]] = queue.Queue()
    states: queue.Queue[CameraState] = queue.Queue()
    failures: queue.Queue[Exception] = queue.Queue()
    known: list[FrameResult] = []

    def look(result: FrameResult) -> None:
        if any(seen.decision is Decision.KNOWN for seen in result.faces):
            known.append(result)

    clerk = Clerk(parts.open_service)
    keeper = Keeper(clerk, parts.card(), odds=1000)
    recorder = Recorder(
        clerk, lambda sighting, answer: recorded.put((sighting, answer)), failures.put
    )
    session = Session(
        lambda: parts.open_camera("demo", live=True),
        lambda: parts.build_pipeline(Settings()),
        SessionHooks(look, states.put, recorder.record, failures.put),
        parts.clock,
    )
    keeper.watch(session.set_gallery)
    keeper.refresh().result(WAIT_S)
    session.start()
    first, answer = recorded.get(timeout=WAIT_S)
    # Forgotten while before the camera: unknown from the next frame on.
    clerk.submit(lambda service: service.forget(first.person)).result(WAIT_S)
    assert keeper.snapshot is not None
    assert first.person not in keeper.snapshot.gallery.people
    second, _ = recorded.get(timeout=WAIT_S)
    assert session.stop()
    entries = clerk.submit(lambda service: service.entries()).result(WAIT_S)
    clerk.close()

    assert failures.empty()
    assert states.get_nowait() is CameraState.OPENING
    assert states.get_nowait() is CameraState.OK
    assert answer.outcome is RecordOutcome.RECORDED
    assert first.person != second.person
    assert any(seen.person == first.person for seen in known[0].faces)
    assert [entry.person for entry in entries][1:] == [second.person]
    assert entries[0].person.startswith("forgotten-")
    assert entries[0].at == first.at
