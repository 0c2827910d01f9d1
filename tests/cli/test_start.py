"""How the command line starts: imports, environment, display, a second window, wrong usage."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
from ctypes.util import find_library
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from faceapp import __version__, paths
from faceapp.__main__ import ENVIRONMENT
from faceapp.app import open_parts
from faceapp.cli import commands
from faceapp.cli.window import display_trouble
from faceapp.store.lock import FileLock
from tests.cli.conftest import Run, error_line

RED = "\x1b[31m"

HEAVY = {"PySide6", "mediapipe", "cv2", "ai_edge_litert", "keras", "tensorflow", "torch"}

REPORT = """
import sys
from faceapp.__main__ import main
try:
    main()
finally:
    print(*{name.split(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def imported(*words: str) -> set[str]:
    """Run a command in a process of its own; return the packages it imported."""
    command = [sys.executable, "-c", REPORT, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def started(
    *words: str, stdout: IO[str] | int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the app in a process of its own, on the data folder of the test."""
    return subprocess.run(
        [sys.executable, "-m", "faceapp", *words],
        env={**os.environ, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_the_help_imports_nothing_heavy() -> None:
    assert not imported("--help") & {*HEAVY, "numpy", "sqlite_utils", "openpyxl"}


@pytest.mark.parametrize("words", [("people",), ("entries",), ("people", "--json")])
@pytest.mark.usefixtures("data_dir")
def test_lists_need_neither_window_nor_models(words: tuple[str, ...]) -> None:
    assert not imported(*words) & HEAVY


def test_the_environment_is_set_before_numpy_is_imported() -> None:
    code = (
        "import sys, runpy\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('numpy', 'cv2'):\n"
        "            import os; print(name, os.environ.get('OPENBLAS_NUM_THREADS'))\n"
        "sys.meta_path.insert(0, Watch())\n"
        "sys.argv = ['faceapp', 'doctor', '--help']\n"
        "runpy.run_module('faceapp', run_name='__main__', alter_sys=True)\n"
    )
    clean = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=clean, check=True
    )
    assert "Check versions" in done.stdout
    assert "numpy None" not in done.stdout


def test_the_log_says_what_ran_and_how_it_ended_but_no_names(run: Run, data_dir: Path) -> None:
    who = "Grace Okafor"
    assert run("enroll", "P01", data_dir / f"{who}.jpg").exit_code == 1
    assert run("forget", who, "--yes").exit_code == 1
    written = (data_dir / "logs" / "faceapp.log").read_text(encoding="utf-8")
    assert f"faceapp {__version__}, enroll; Python {platform.python_version()}" in written
    assert "enroll ended with PictureUnreadable (picture_unreadable, missing)" in written
    assert "forget ended with UnknownPerson (unknown_person)" in written
    assert "Grace" not in written


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").stdout == f"faceapp {__version__}\n"


@pytest.mark.parametrize(
    ("environ", "platform", "trouble"),
    [
        ({}, "linux", "There is no display"),
        ({"DISPLAY": ""}, "linux", "There is no display"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", "The display wayland-0 cannot be reached"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", None),
        ({}, "win32", None),
        ({}, "darwin", None),
    ],
)
def test_a_display_that_cannot_be_reached_is_told(
    environ: dict[str, str], platform: str, trouble: str | None
) -> None:
    assert display_trouble(environ, platform) == trouble


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs sockets that are files")
def test_a_wayland_display_is_a_socket_in_the_folder_of_the_session(tmp_path: Path) -> None:
    # Of its own: a path of a socket may be no longer than a hundred letters.
    with tempfile.TemporaryDirectory() as session, socket.socket(socket.AF_UNIX) as display:
        display.bind(f"{session}/wayland-7")
        environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": session}
        assert display_trouble(environ, "linux") is None
        environ["XDG_RUNTIME_DIR"] = str(tmp_path)
        assert display_trouble(environ, "linux") == "The display wayland-7 cannot be reached"
        environ["WAYLAND_DISPLAY"] = f"{session}/wayland-7"
        assert display_trouble(environ, "linux") is None


def test_a_display_that_may_not_be_looked_at_is_out_of_reach() -> None:
    # As in the folder of another user's session; so long a name is refused to everybody.
    assert display_trouble({"WAYLAND_DISPLAY": "w" * 300}, "linux") is not None


@pytest.mark.skipif(find_library("xcb") is None, reason="libxcb is not installed: make libraries")
@pytest.mark.usefixtures("data_dir")
def test_a_display_that_does_not_answer_is_said_by_us() -> None:
    done = started(DISPLAY=":977", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert done.stderr.startswith("faceapp: The display :977 cannot be reached")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed (Debian: xvfb)")
def test_a_display_that_answers_is_one() -> None:
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        display = f":{server.stdout.readline().strip()}"
        there = display_trouble({"DISPLAY": display}, "linux")
        server.terminate()
    assert there is None
    assert display_trouble({"DISPLAY": display}, "linux") is not None


def test_without_a_display_the_window_says_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    result = run()
    assert result.exit_code == 1
    assert "faceapp demo" in result.stderr


def test_a_second_window_on_one_data_folder_is_refused(run: Run, data_dir: Path) -> None:
    with FileLock(data_dir / "faceapp.lock"):
        # A process of its own: in this one, tests of the window may have made Qt's application.
        second = started()
        assert second.returncode == 1
        assert second.stderr == (
            "faceapp: The app is already open on this data folder. "
            "Use the open window, or choose another data folder. "
            "A window that was just closed may still be writing a file.\n"
        )
        # Everything but a window works beside it.
        assert run("people").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("people", "--nonsense"),
        ("enroll",),
        ("enroll", "P01"),
        ("recognize",),
        ("recognize", "demo", "--seconds", "0"),
        ("recognize", "demo", "--seconds", "nan"),
        ("import", "no/such/folder"),
        ("export", "--format", "pdf", "-o", "x"),
        ("rename", "P01"),
        ("rename", "P01", "Clara", "--group", "A", "--no-groups"),
        ("model",),
        ("people", "--data-dir", "d"),
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.usefixtures("service")
def test_an_id_that_begins_like_an_option_needs_a_sign(run: Run) -> None:
    told = run("forget", "-12", "--yes").stderr
    assert told.endswith("Error: -1 is not an option. Put -- before an ID that begins with -.\n")
    assert "Nobody with the ID -12" in error_line(run("forget", "--yes", "--", "-12"))


@pytest.mark.parametrize("words", [("recognize", "a", RED), ("export", "-o", f"a.{RED}"), (RED,)])
@pytest.mark.usefixtures("data_dir")
def test_wrong_usage_cannot_control_the_terminal(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(commands, words, obj=open_parts, color=True)
    assert result.exit_code == 2
    assert "\\x1b[31m" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_group_without_a_command_shows_its_help(run: Run) -> None:
    result = run("model")
    assert result.exit_code == 2
    assert "\n  verify " in result.stderr


def started_without(closed: str, *words: object) -> subprocess.CompletedProcess[bytes]:
    """Run the app as `started` does, but with the streams closed that the shell's words name."""
    program = (sys.executable, "-m", "faceapp", *map(str, words))
    return subprocess.run(
        ("sh", "-c", f'exec "$@" {closed}', "sh", *program), capture_output=True, check=False
    )


@pytest.mark.skipif(os.name == "nt", reason="the shell closes stderr")
@pytest.mark.usefixtures("data_dir")
def test_with_stderr_closed_an_error_does_not_go_to_stdout() -> None:
    done = started_without("2>&-", "rename", "P99", "x")
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
@pytest.mark.usefixtures("service")
def test_a_closed_stream_keeps_no_command_from_its_work(tmp_path: Path, closed: str) -> None:
    copy, table = tmp_path / "backup.db", tmp_path / "entries.csv"
    for words in (("backup", copy), ("people",), ("export", "-o", table)):
        done = started_without(closed, *words)
        assert (done.returncode, done.stderr) == (0, b"")
    assert copy.read_bytes().startswith(b"SQLite")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfentry,")


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the stream")
@pytest.mark.parametrize("target", ["-", "/dev/stdout"])
@pytest.mark.usefixtures("data_dir")
def test_an_export_to_a_closed_output_is_no_success(target: str) -> None:
    done = started_without("1>&-", "export", "-o", target)
    assert done.returncode == 1
    assert done.stderr == (
        b"faceapp: The output cannot be written: it is closed. Give the name of a file.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize(
    "words",
    [
        ("people",),
        ("model", "info", "--json"),
        ("model", "info"),
        ("--help",),
        ("--version",),
        ("people", "--help"),
    ],
)
@pytest.mark.usefixtures("service")
def test_a_full_disk_under_the_output_is_said(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        # Buffered, as everywhere but in some containers: what is left is written at the very end.
        done = started(*words, stdout=full, PYTHONUNBUFFERED="")
    assert done.returncode == 1
    assert done.stderr == (
        "faceapp: The output cannot be written: the disk is full."
        " Free some space, or choose another disk.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="zones have names of its own there")
@pytest.mark.usefixtures("data_dir")
def test_a_zone_that_cannot_be_is_said() -> None:
    done = started("entries", TZ="Foo+99")
    assert done.returncode == 1
    assert done.stderr.startswith('faceapp: The time zone "Foo+99" ')
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_data_folder_that_cannot_be_written_is_refused(run: Run, data_dir: Path) -> None:
    for mode, folder in ((0o500, data_dir), (0, data_dir / "inside" / "it")):
        data_dir.chmod(mode)
        result = run("--data-dir", folder, "people")
        data_dir.chmod(0o700)
        assert "cannot be written" in error_line(result)


@pytest.mark.parametrize(
    "words",
    [
        ("people",),
        ("people", "show", "P01"),
        ("people", "drop-agreement", "--group", "Class 3"),
        ("rename", "P01", "Grace"),
        ("forget", "P01", "--yes"),
        ("entries",),
        ("entries", "--person", "P01"),
        ("export", "-o", "-"),
        ("backup", "copy.db"),
        ("export", "--group", "Class 3", "-o", "-"),
        ("recognize", "nothing", "--log"),
    ],
)
def test_a_data_folder_that_may_be_mistyped_is_told_of(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Also if it has nobody with the ID or in the group."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing").mkdir()
    folder = tmp_path / "attendence"
    doubt = f"There was no data in {folder}. If you expected some, check its name.\n"
    assert doubt in run("--data-dir", folder, *words).stderr
    monkeypatch.setattr(paths, "default_data_dir", lambda: tmp_path / "usual")
    for known in (folder, tmp_path / "usual"):
        assert "There was no data" not in run("--data-dir", known, "people").stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_the_doctor_tells_of_a_data_folder_that_cannot_be_read(run: Run, data_dir: Path) -> None:
    data_dir.chmod(0)
    result = run("doctor")
    data_dir.chmod(0o700)
    assert result.exit_code == 1
    assert f"bad     data folder: {data_dir}" in result.stdout
    assert "Allow reading and writing there" in result.stdout


def test_an_empty_data_folder_is_wrong_usage(run: Run) -> None:
    assert run("--data-dir", "", "people").exit_code == 2


def test_a_file_in_the_place_of_the_data_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run("--data-dir", tmp_path / "file", "people").exit_code == 2
    assert error_line(run("--data-dir", tmp_path / "file" / "below", "people"))
    result = run("--data-dir", tmp_path / "file" / "below", "doctor")
    assert result.exit_code == 1
    assert "bad     data folder" in result.stdout
    assert "bad     database" in result.stdout
