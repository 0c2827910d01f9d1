"""How ``recognize`` works through pictures, videos and cameras, and what it records on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.addresses import DEMO, public_address
from faceapp.camera.demo import script_of
from faceapp.camera.file import PICTURE
from faceapp.camera.pictures import read_picture
from faceapp.cli.lines import Line, Place, face_line, no_face, unreadable
from faceapp.cli.say import note
from faceapp.cli.stopping import one_by_one, uninterrupted, whole
from faceapp.cli.tracks import TrackBook
from faceapp.cli.waiting import Waiting
from faceapp.errors import CameraBusy, CameraLost, CameraNotFound, ImportError_
from faceapp.runtime.keeper import take_snapshot
from faceapp.runtime.pace import Pace
from faceapp.runtime.parallel import ordered_map
from faceapp.runtime.sightings import sighting_of, sightings_in
from faceapp.runtime.threaded import ThreadedCamera
from faceapp.types import CameraState, Decision, RangeMode

if TYPE_CHECKING:
    from faceapp.camera import Camera
    from faceapp.cli.parts import CommandParts
    from faceapp.pipeline import Pipeline
    from faceapp.service import Service
    from faceapp.types import Frame, FrameResult, PersonId, Recorded, Sighting

log = logging.getLogger(__name__)

Show = Callable[[Line, "Recorded | None"], None]

OPENING_S = 10.0
"""How long a camera may take to deliver its first picture."""
PURGE_AGAIN_S = 3600.0
LOOK_AGAIN_S = 2.0
"""How often, while watching a camera, people are checked for changes by another process."""
MOST_NAMED = 10

_NOT_THERE = {CameraState.MISSING: CameraNotFound, CameraState.BUSY: CameraBusy}
_PATIENCE_S = dict.fromkeys(_NOT_THERE, 2.0)


class Recognizer:
    """Looks at one source after another with one gallery; shows each line when it is decided."""

    def __init__(self, parts: CommandParts, service: Service, show: Show, *, log: bool) -> None:
        self._parts = parts
        self._service = service
        self._show = show
        self._log = log
        self._settings = parts.settings
        self._card = parts.card()
        self._names: dict[PersonId, str] = {}
        self._learn()
        self._looked_s = self._purge_s = parts.clock.monotonic()
        _note_lost([person.id for person in service.unrecognizable(self._card.model)])
        self._recorded: dict[PersonId, Recorded] = {}
        self._stale = self._put_off = False
        self._waiting = Waiting(service, self._hear, parts.clock)

    def pictures(self, paths: Iterable[Path]) -> ImportError_ | None:
        """Look at pictures, on all cores; return the last error if none could be read.

        Raises ModelError, StoreError.
        """
        readable, last = False, None
        for path, answer in one_by_one(ordered_map(self._build, _look, paths)):
            self._purge()
            if isinstance(answer, ImportError_):
                last = answer
                self._show(unreadable(str(path), answer), None)
                continue
            readable = True
            if not answer.faces:
                self._show(no_face(str(path)), None)
            for seen in answer.faces:
                if seen.decision is Decision.KNOWN:
                    self._keep(sighting_of(seen, answer, PICTURE, self._snapshot.model_id))
                self._tell(face_line(Place(str(path)), seen, self._names))
        return None if readable else last

    def video(self, source: str, seconds: float | None) -> None:
        """Look at every frame of a video or the demo, for at most ``seconds`` of its own time.

        Raises CameraError, ImportError_.
        """
        with closing(self._parts.open_camera(source, live=False)) as camera:
            frames = _at_most(seconds, _until_end(camera))
            self._watch(source, ((frame, camera.name) for frame in frames), at_once=False)

    def demo(self, source: str = DEMO, seconds: float | None = None) -> None:
        """Look at the demo camera until everybody has come once, as fast as possible."""
        self.video(source, seconds or script_of(DEMO).length_s)

    def camera(self, source: str, seconds: float | None) -> None:
        """Look at a camera or stream until Ctrl-C, or for ``seconds``. Raises CameraError."""
        self._waiting.patient = True
        far = RangeMode(self._settings.range_mode) is RangeMode.FAR
        open_camera = partial(self._parts.open_camera, source, live=True, far=far)
        with whole(ThreadedCamera(open_camera, self._parts.clock)) as camera:
            seen = self._live(source, camera, seconds)
            self._watch(public_address(source), seen, at_once=True)

    def _watch(self, source: str, frames: Iterator[tuple[Frame, str]], *, at_once: bool) -> None:
        """Look at ``frames``, each with its camera's name; the lines show them as ``source``."""
        book = TrackBook(
            source, self._names, unsure_from=self._snapshot.thresholds.unsure, at_once=at_once
        )
        pace = Pace()
        with whole(self._pipeline()) as pipeline:
            try:
                for frame, camera in frames:
                    self._purge()
                    self._waiting.write()
                    if at_once and self._learn_anew():
                        pipeline.set_gallery(self._snapshot.gallery, self._snapshot.thresholds)
                        book.unsure_from = self._snapshot.thresholds.unsure
                    if at_once and not pace.is_due(frame.t_s):
                        continue
                    with uninterrupted():
                        result = pipeline.process(frame)
                    pace.looked(frame.t_s, faces=bool(result.faces))
                    for sighting in sightings_in(result, camera, self._snapshot.model_id):
                        self._keep(sighting)
                    self._tell(*book.add(result))
            except KeyboardInterrupt:
                if not at_once:
                    raise
                # This is how to stop watching a camera; what was seen is still printed.
            finally:
                self._waiting.write_last()
            self._tell(*book.finish())
        if not book.tracks and not at_once:
            self._show(no_face(source), None)

    def _purge(self) -> None:
        """If entries are recorded, delete expired ones, at the start and then hourly."""
        now_s = self._parts.clock.monotonic()
        if self._log and now_s >= self._purge_s:
            self._purge_s = now_s + PURGE_AGAIN_S
            with self._waiting.patience():
                self._service.purge_expired()
                put_off = self._service.purge_put_off()
                if put_off and not self._put_off:  # once, not every hour
                    note(
                        "Old entries will not be deleted today: nothing was recorded on the days "
                        "before, so this computer's date may be wrong. If it is right, they will "
                        "be deleted tomorrow."
                    )
                self._put_off = put_off

    def _learn(self) -> None:
        """Read who is enrolled and their names."""
        self._snapshot = take_snapshot(self._service, self._card, self._settings.stranger_odds)
        names = {row.person.id: row.person.name for row in self._service.people()}
        self._names.clear()
        self._names.update(names)

    def _learn_anew(self) -> bool:
        """Every few seconds, read changes by another process; return whether faces have changed."""
        former, now_s = self._snapshot, self._parts.clock.monotonic()
        if now_s - self._looked_s < LOOK_AGAIN_S:
            return False
        self._looked_s = now_s
        with self._waiting.patience():
            self._stale = self._service.changed_elsewhere() or self._stale
            if self._stale:
                self._learn()
                self._stale = False
        return self._snapshot is not former and not self._snapshot.says_the_same(former)

    def _live(
        self, source: str, camera: ThreadedCamera, seconds: float | None
    ) -> Iterator[tuple[Frame, str]]:
        """Yield a camera's newest frame and its name; report changes of its state on stderr."""
        clock = self._parts.clock
        began_s, news = clock.monotonic(), StateNews()
        name: str | None = None
        while seconds is None or clock.monotonic() - began_s < seconds:
            with uninterrupted():
                ended, arrival = camera.ended, camera.take()
            # Before the first picture, the error is enough, if there is one.
            if news.hear(camera.state) and name is not None:
                note(f"camera {name}: {news.state.value}")
            if arrival is not None:
                name = arrival.camera
                yield arrival.frame, name
            elif ended:
                return
            elif name is None and clock.monotonic() - began_s > _PATIENCE_S.get(
                news.state, OPENING_S
            ):
                raise _NOT_THERE.get(news.state, CameraLost)(source=public_address(source))

    @contextmanager
    def _pipeline(self) -> Iterator[Pipeline]:
        with closing(self._build()) as pipeline:
            yield pipeline

    def _build(self) -> Pipeline:
        pipeline = self._parts.build_pipeline(self._settings)
        pipeline.set_gallery(self._snapshot.gallery, self._snapshot.thresholds)
        return pipeline

    def _keep(self, sighting: Sighting) -> None:
        if self._log:
            self._waiting.add(sighting)

    def _hear(self, sighting: Sighting, recorded: Recorded) -> None:
        self._recorded[sighting.person] = recorded

    def _tell(self, *lines: Line) -> None:
        for one in lines:
            recorded = self._recorded.pop(one.person, None) if one.person else None
            self._show(one, recorded)


class StateNews:
    """Decides which states of a camera are news: those not told since it last worked.

    A camera that is opened again and again, all night, would otherwise fill the log of a service.
    """

    def __init__(self) -> None:
        self.state = CameraState.OK
        self._told: set[CameraState] = set()

    def hear(self, state: CameraState) -> bool:
        """Take the current state; return whether to tell it."""
        if state is self.state:
            return False
        self.state = state
        log.info("camera %s", state)
        if state is CameraState.OK:
            told, self._told = bool(self._told), set()
            return told
        news = state not in self._told
        self._told.add(state)
        return news


def _note_lost(people: Sequence[PersonId]) -> None:
    """Note the people who have samples, but none that this model can use."""
    if people:
        named = ", ".join(people[:MOST_NAMED])
        more = f" and {len(people) - MOST_NAMED} more" if len(people) > MOST_NAMED else ""
        why = "their samples belong to another model or are damaged"
        until = f"Not recognized until new samples are added ({why})"
        note(f'{until}: {named}{more}; see "faceapp doctor".')


def _look(pipeline: Pipeline, path: Path) -> FrameResult | ImportError_:
    try:
        return pipeline.process_picture(read_picture(path))
    except ImportError_ as error:
        return error


def _until_end(camera: Camera) -> Iterator[Frame]:
    while camera.state is not CameraState.ENDED:
        frame = camera.read()
        if frame is not None:
            yield frame


def _at_most(seconds: float | None, frames: Iterator[Frame]) -> Iterator[Frame]:
    began_s = None
    for frame in frames:
        began_s = frame.t_s if began_s is None else began_s
        if seconds is not None and frame.t_s - began_s >= seconds:
            return
        yield frame
