"""Work off the GUI thread: the window's only way to the data and to anything slow.

A page passes a job and what to do with its answer. The answer arrives on the GUI thread; errors of
the outside world go to the banner unless the page handles them. `Ops.run` is for the database (the
clerk's thread), `Ops.read` for lists (the reader's thread), `Ops.aside` for the rest: pictures,
files, and reading all of a large database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar, Unpack

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal

from faceapp.errors import FaceAppError
from faceapp.ui.notices import Notices

if TYPE_CHECKING:
    from faceapp.runtime.background import Background
    from faceapp.runtime.clerk import Clerk, Future
    from faceapp.runtime.reader import Reader
    from faceapp.service import Service

T = TypeVar("T")


class Then(TypedDict, Generic[T], total=False):
    """Callbacks after a job, on the GUI thread.

    ``done`` gets the answer. ``failed`` gets a `FaceAppError`, in place of the banner. ``ended()``
    is called before either, and after a fault of our own too: use it to stop showing that the job
    is running. ``label`` names the job in logs. ``makes_file``: the operator asked for a file and
    is told of a failure even after `Ops.close`, see `Ops.unwritten`.
    """

    done: Callable[[T], object]
    failed: Callable[[FaceAppError], object]
    ended: Callable[[], object]
    label: str
    makes_file: bool


class JobProgress(QObject):
    """The progress of a long job. Created on the GUI thread, reported from the job's thread.

    Signals:
        told(int, int, str): how many steps are done, how many there are, and the current one.
    """

    told = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether the operator wants the job to end early; the job checks this now and then."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the job to end early."""
        self._cancelled = True

    def tell(self, done: int, total: int, what: str = "") -> None:
        """Report progress. May be called on any thread."""
        self.told.emit(done, total, what)


class Ops(QObject):
    """Hands jobs to other threads and brings the answers back to the GUI thread.

    Signals:
        busy_changed(int): the number of unanswered database jobs.
    """

    busy_changed = Signal(int)
    _arrived = Signal(object, object)
    _finished = Signal()

    def __init__(
        self, clerk: Clerk, reader: Reader, background: Background, notices: Notices
    ) -> None:
        super().__init__()
        self._clerk = clerk
        self._reader = reader
        self._background = background
        self._notices = notices
        self._busy = 0
        self._closed = False
        self._unwritten: list[FaceAppError] = []
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._count_down, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> int:
        """Count the unanswered database jobs."""
        return self._busy

    def run(self, job: Callable[[Service], T], **then: Unpack[Then[T]]) -> None:
        """Run ``job(service)`` on the clerk's thread, and the `Then` callbacks on this one.

        Call it on the GUI thread; ``job`` must not touch a widget.
        """
        if not self._closed:
            future = self._counted(self._clerk.submit(job))
            self.follow(future, **then)

    def read(self, job: Callable[[Service], T], **then: Unpack[Then[T]]) -> None:
        """Run ``job(service)``, which only reads and may take long, on the reader's thread.

        Like `run`, but recording does not wait for it, and it does not wait for earlier `run` jobs
        that are still unanswered.
        """
        if not self._closed:
            future = self._counted(self._reader.submit(job))
            self.follow(future, **then)

    def aside(self, job: Callable[[], T], **then: Unpack[Then[T]]) -> None:
        """Run ``job()`` on a background thread, like `run`.

        Such jobs run one after the other and hold up neither the clerk nor the camera.
        """
        if not self._closed:
            future = self._background.submit(job)
            self.follow(future, **then)

    def read_here(self, job: Callable[[Service], T]) -> T:
        """Return ``job(service)``, which only reads; to be called within a job of `aside`.

        For what takes so long that no list should wait for it.
        """
        return self._reader.read_here(job)

    def follow(self, future: Future[T], **then: Unpack[Then[T]]) -> None:
        """Bring the result of ``future``, from any thread, back to the GUI thread, like `run`."""
        told: Then[T] = {"failed": self._notices.error, **then}
        # A future keeps its callbacks: one that held it would make a cycle, and its result, perhaps
        # thousands of rows, would stay until the next collection of old garbage.
        future.add_done_callback(lambda done: self._arrived.emit(done, told))

    def _counted(self, future: Future[T]) -> Future[T]:
        self._busy += 1
        self.busy_changed.emit(self._busy)
        future.add_done_callback(lambda _: self._finished.emit())
        return future

    def _count_down(self) -> None:
        self._busy -= 1
        self.busy_changed.emit(self._busy)

    def catch_up(self, limit_ms: int) -> None:
        """Wait until the clerk has answered all jobs so far, at most ``limit_ms``.

        The window keeps painting; mouse and keyboard input waits.
        """
        loop = QEventLoop()
        limit = QTimer(loop, singleShot=True, interval=limit_ms)
        limit.timeout.connect(loop.quit)
        # The clerk works in order: this answer comes after all earlier ones.
        self.run(
            lambda _: None,
            done=lambda _: loop.quit(),
            failed=lambda _: loop.quit(),
            label="catch up",
        )
        limit.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        limit.stop()

    def close(self) -> None:
        """Stop starting jobs and delivering answers: the window is closing."""
        self._closed = True

    def unwritten(self) -> Sequence[FaceAppError]:
        """Return why files that the operator asked for could not be written since `close`.

        Call it when the threads have ended.
        """
        QCoreApplication.sendPostedEvents(self)  # the event loop may have ended before
        return self._unwritten

    def _deliver(self, future: Future[T], then: Then[T]) -> None:
        if self._closed:
            error = future.exception()
            if then.get("makes_file") and isinstance(error, FaceAppError):
                self._unwritten.append(error)
            return
        try:
            _tell(future, then)
        except Exception as error:  # noqa: BLE001 - our own fault: logged and shown, once
            self._notices.bug(error)


def _tell(future: Future[T], then: Then[T]) -> None:
    if "ended" in then:
        then["ended"]()
    try:
        answer = future.result()
    except FaceAppError as error:
        then["failed"](error)
        return
    except BaseException as bug:
        if "label" in then:
            bug.add_note(f"while: {then['label']}")
        raise
    if "done" in then:
        then["done"](answer)
