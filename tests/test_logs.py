"""What reaches the log files, and what must not."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError

import numpy as np
import pytest

from faceapp import logs
from faceapp.errors import AlreadyEnrolled, FaceAppError, PictureUnreadable
from faceapp.types import Decision, Person, PersonId

NAME = "Clara Bennett"
log = logging.getLogger("faceapp.test")


@contextmanager
def logged_to(folder: Path, verbose: bool = False) -> Iterator[Path]:
    """Log into a folder; yield the file."""
    undo = logs.set_up(folder, verbose=verbose)
    try:
        yield folder / logs.FILE_NAME
    finally:
        undo()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    with logged_to(tmp_path / "logs") as file:
        yield file


def text_of(file: Path) -> str:
    return file.read_text("utf-8")


def test_a_line_says_when_in_utc_how_bad_and_where(file: Path) -> None:
    log.info("camera %s opened in %.1f ms", "0", 12.34)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO MainThread faceapp\.test: "
        r"camera 0 opened in 12\.3 ms\n",
        text_of(file),
    )


def test_verbose_tells_details_of_ours_on_the_terminal_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logged_to(tmp_path, verbose=True) as file:
        log.debug("a detail")
        logging.getLogger("somebody.else").info("chatter")
    assert text_of(file).endswith("a detail\n")
    assert capsys.readouterr().err.endswith("a detail\n")


def test_otherwise_there_are_no_details_and_nothing_on_the_terminal(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("quiet")
    log.debug("a detail")
    assert text_of(file).endswith("quiet\n")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Person(PersonId("P01"), NAME), "<Person>"),
        (np.zeros((112, 112, 3), np.uint8), "<uint8 (112, 112, 3)>"),
        (np.ones(192, np.float32), "<float32 (192,)>"),
        (np.float32(0.5), "0.5"),
        ([NAME], "<list>"),
        (b"\xff\xd8jpeg", "<bytes>"),
        (Path("pictures") / f"P01 - {NAME}" / "1.jpg", "<path *.jpg>"),
        (AlreadyEnrolled(other=NAME), "AlreadyEnrolled (already_enrolled)"),
        (
            PictureUnreadable(path=NAME, why="damaged"),
            "PictureUnreadable (picture_unreadable, damaged)",
        ),
        (PictureUnreadable(path=NAME, why=NAME), "PictureUnreadable (picture_unreadable)"),
        (FileNotFoundError(2, "No such file or directory", NAME), "FileNotFoundError: No such "),
        (KeyError(NAME), "KeyError"),
        (ValueError(f"Invalid isoformat string: {NAME!r}"), "ValueError: Invalid isoformat string"),
        (
            OperationalError(f"Could not decode to UTF-8 column 'name' with text '{NAME} \ufffd'"),
            "OperationalError: Could not decode to UTF-8 column <value>",
        ),
        (TypeError("'NoneType' object is not callable"), "TypeError: 'NoneType' object is not"),
        (Decision.KNOWN, "KNOWN"),
        ("rtsp://admin:secret@10.0.0.7/1", "rtsp://10.0.0.7/1"),
        ("two\nlines\x1b[31m", "two?lines?[31m"),
        (None, "None"),
    ],
)
def test_values_are_made_harmless(file: Path, value: object, expected: str) -> None:
    log.info("about %s", value)
    log.info(value)
    lines = text_of(file).splitlines()
    assert len(lines) == 2
    assert f"about {expected}" in lines[0]
    assert f"faceapp.test: {expected}" in lines[1]
    assert NAME not in text_of(file)
    assert "secret" not in text_of(file)


def test_named_arguments_are_made_harmless(file: Path) -> None:
    log.info("%(who)s was %(what)s", {"who": Person(PersonId("P01"), NAME), "what": "enrolled"})
    assert text_of(file).endswith("<Person> was enrolled\n")


@pytest.mark.expect_log("could not")
def test_tracebacks_tell_where_but_not_who(file: Path) -> None:
    nobody: dict[str, int] = {}
    try:
        try:
            nobody[NAME]
        except KeyError as error:
            raise AlreadyEnrolled(other=NAME) from error
    except FaceAppError:
        log.exception("could not enrol")
    written = text_of(file)
    assert "in test_tracebacks_tell_where_but_not_who" in written
    assert written.index("KeyError") < written.index("led to:") < written.index("AlreadyEnrolled (")
    assert NAME not in written


@pytest.mark.expect_log("uncaught error")
def test_uncaught_errors_are_logged_and_told_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind))
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))
    with logged_to(tmp_path) as file:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("by zero"), None)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        thread = threading.Thread(target=lambda: int("no number"), name="worker")
        thread.start()
        thread.join()
    assert told == [ZeroDivisionError, KeyboardInterrupt, ValueError]
    written = text_of(file)
    assert "CRITICAL MainThread faceapp.logs: uncaught error" in written
    assert "CRITICAL worker faceapp.logs: uncaught error" in written
    assert "ZeroDivisionError: by zero" in written
    assert "KeyboardInterrupt" not in written


@pytest.mark.expect_log("uncaught error")
def test_an_uncaught_error_is_not_told_with_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __del__(self) -> None:
            raise ValueError(f"who is {NAME!r}")

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    with logged_to(tmp_path) as file:
        sys.excepthook(ValueError, ValueError(f"who is {NAME!r}"), None)
        thread = threading.Thread(target=lambda: int(NAME), name="worker")
        thread.start()
        thread.join()
        Broken()  # Python ignores the error, and tells it
    assert capsys.readouterr() == ("", "")
    assert text_of(file).count("ValueError: ") == 3
    assert NAME not in text_of(file)


@pytest.mark.expect_log("again")
def test_an_error_that_comes_again_and_again_does_not_fill_the_log(file: Path) -> None:
    for number in range(1000):
        try:
            [][number]
        except IndexError:
            log.exception("again")
    log.error("again, elsewhere", exc_info=IndexError())
    assert text_of(file).count("again\n") == 10  # as the 1st, 2nd, 4th, … 512th
    assert text_of(file).count("again, elsewhere\n") == 1


@pytest.mark.expect_log("on day")
def test_an_error_that_comes_once_a_day_is_logged_every_day(file: Path) -> None:
    fault = (IndexError, IndexError(), None)
    for day in range(5):
        record = log.makeRecord(log.name, logging.ERROR, __file__, 1, "on day %d", (day,), fault)
        record.created += day * logs.DAY_S
        log.handle(record)
    assert re.findall(r"on day \d", text_of(file)) == [f"on day {day}" for day in range(5)]


def test_an_error_in_full_has_no_password() -> None:
    told = logs.in_full(ValueError("cannot open rtsp://admin:secret@10.0.0.7/1"))
    assert told.endswith("cannot open rtsp://10.0.0.7/1")


HOMELESS = """
import pwd

def nobody(_number):
    raise KeyError

pwd.getpwuid = nobody
from faceapp import logs

try:
    raise ValueError
except ValueError as error:
    print(logs.in_full(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="home folders of Unix")
@pytest.mark.parametrize("home", [{"HOME": "/"}, {}])
def test_a_service_needs_no_home(tmp_path: Path, home: dict[str, str]) -> None:
    program = tmp_path / "service.py"
    program.write_text(HOMELESS, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.pop("HOME", None)
    command = [sys.executable, str(program)]
    told = subprocess.check_output(command, env=environment | home, text=True)
    assert f'File "{program}"' in told


def test_undoing_leaves_logging_as_it_was(tmp_path: Path) -> None:
    def hooks() -> tuple[object, ...]:
        return sys.excepthook, threading.excepthook, sys.unraisablehook

    root, former = logging.getLogger(), hooks()
    before = root.level, list(root.handlers), logging.getLogger("faceapp").level
    undo = logs.set_up(tmp_path, verbose=True)
    assert list(root.handlers) != before[1]
    undo()
    assert (root.level, list(root.handlers), logging.getLogger("faceapp").level) == before
    assert hooks() == former


def test_there_are_at_most_five_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 200)
    with logged_to(tmp_path) as file:
        for number in range(100):
            log.info("line %d", number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["faceapp.log", *(f"faceapp.log.{number}" for number in range(1, 5))]
    assert "line 99" in text_of(file)


def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x", "utf-8")
    with logged_to(blocked / "logs"):
        log.info("into the void")
    assert list(tmp_path.iterdir()) == [blocked]


UNWRITABLE = """
import logging, sys
from pathlib import Path
from faceapp import logs

logs.set_up(Path(sys.argv[1]))
try:
    int(sys.argv[2])
except ValueError:
    logging.getLogger("faceapp.test").exception("uncaught error")
"""


def test_without_a_file_an_error_is_not_written_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder", "utf-8")
    command = [sys.executable, "-c", UNWRITABLE, str(tmp_path / "logs"), NAME]
    done = subprocess.run(command, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_costs_only_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / logs.FILE_NAME).symlink_to("/dev/full")
    with logged_to(tmp_path):
        log.info("about %s", Path(NAME))
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_in_the_logs_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / logs.FILE_NAME)
    with logged_to(tmp_path):
        log.info("nobody reads this")
    assert (tmp_path / logs.FILE_NAME).is_fifo()


def test_a_log_call_of_ours_that_is_wrong_is_told_without_its_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = log.makeRecord(log.name, logging.INFO, __file__, 1, "only %s", (NAME, NAME), None)
    with logged_to(tmp_path):
        logging.getLogger().handlers[-1].handle(wrong)  # the others are those of the tests
    told = capsys.readouterr().err
    assert "TypeError: not all arguments converted" in told
    assert NAME not in told


CRASHING = """
import ctypes, faulthandler, sys
from pathlib import Path
from faceapp import logs

def read_nothing():
    ctypes.string_at(0)

faulthandler.disable()
undo = logs.set_up(Path(sys.argv[1]))
if sys.argv[2:]:
    read_nothing()
undo()
"""


def test_a_crash_of_native_code_is_in_the_next_log_once(tmp_path: Path) -> None:
    def run(*words: str) -> int:
        command = [sys.executable, "-c", CRASHING, str(tmp_path), *words]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert run("crash") != 0
    assert text_of(tmp_path / logs.FILE_NAME) == ""
    assert run() == 0
    assert run() == 0
    written = text_of(tmp_path / logs.FILE_NAME)
    assert len(written.splitlines()) == 1
    assert "ERROR MainThread faceapp.logs: an earlier run crashed: " in written
    assert "in read_nothing" in written
