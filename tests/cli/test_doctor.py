from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from click.testing import CliRunner, Result

from faceapp import config
from faceapp.addresses import DEMO
from faceapp.app import Parts
from faceapp.camera import CameraInfo
from faceapp.cli import commands, disks
from faceapp.config import Settings
from faceapp.service import Service
from tests.cli.conftest import Run
from tests.helpers.clock import MONDAY
from tests.helpers.data import GRACE, OMAR, sample, sighting
from tests.helpers.disk import alter


def found(result: Result, what: str) -> tuple[str, str]:
    """Return the line of a check and the line below it, which says what to do."""
    lines = result.stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if f"{what}:" in line)
    return lines[at], lines[at + 1]


WITHOUT = """
import sys
sys.modules["ai_edge_litert"] = None
sys.argv = ["faceapp", "doctor"]
from faceapp.__main__ import main
main()
"""


@pytest.mark.usefixtures("data_dir")
def test_a_library_that_does_not_load_is_a_finding_and_the_rest_is_looked_at() -> None:
    # A process of its own: what is imported once stays.
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    checks = [line.split(":")[0].split(maxsplit=1) for line in done.stdout.splitlines()]
    assert ["bad", "models"] in checks
    assert [words[-1] for words in checks if words[0] != "->"][-2:] == ["camera", "display"]


def test_an_opencv_that_brings_a_second_qt_is_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "opencv-python " not in run("doctor").stdout
    about = tmp_path / "opencv_python-4.13.0.92.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: opencv-python\nVersion: 4.13.0.92\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    packages, mend = found(run("doctor"), "packages")
    assert packages.startswith("caution")
    assert packages.endswith("also installed: opencv-python")
    assert '"pip uninstall opencv-python"' in mend


@pytest.mark.skipif(os.name == "nt", reason="has no such rights")
def test_a_folder_that_others_may_look_into_is_named(run: Run, data_dir: Path) -> None:
    folder = data_dir / "made"
    run("--data-dir", folder, "people")
    assert {one.stat().st_mode & 0o777 for one in (folder, folder / "logs")} == {0o700}
    assert "other users" not in run("--data-dir", folder, "doctor").stdout
    folder.chmod(0o750)
    place, mend = found(run("--data-dir", folder, "doctor"), "data folder")
    assert place.startswith("caution")
    assert f"chmod 700 {folder}" in mend
    assert folder.stat().st_mode & 0o777 == 0o750


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not tell")
def test_a_data_folder_on_a_network_share_is_named(
    run: Run, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data_dir / "a home" / "made"
    run("--data-dir", folder, "people")
    assert "network" not in run("--data-dir", folder, "doctor").stdout
    home = str(folder.parent).replace(" ", r"\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"server:/homes {home} nfs4 rw,vers=4.2 0 0\n/dev/sda1 / ext4 rw 0 0\n", "utf-8"
    )
    monkeypatch.setattr(disks, "MOUNTS", mounts)
    place, mend = found(run("--data-dir", folder, "doctor"), "data folder")
    assert place.startswith("caution")
    assert "on a network share (nfs4)" in place
    assert "disk of this computer" in mend
    # A disk of this computer that is mounted below it, or later on top of it.
    for on_top in (f"/dev/sdb1 {home}/made ext4 rw 0 0\n", f"/dev/sdb1 {home} ext4 rw 0 0\n"):
        mounts.write_text(f"server:/homes {home} fuse.sshfs rw 0 0\n{on_top}", "utf-8")
        assert "network" not in run("--data-dir", folder, "doctor").stdout


def test_a_log_that_cannot_be_written_is_named_with_everything_else(
    run: Run, data_dir: Path
) -> None:
    folder = data_dir / "made"
    folder.mkdir(0o755)
    (folder / "logs").write_text("in the way", "utf-8")
    place, mend = found(run("--data-dir", folder, "doctor"), "data folder")
    assert place.startswith("caution")
    assert "without a log" in place
    assert str(folder / "logs") in mend
    if os.name != "nt":
        assert "open to other users" in place
        assert "chmod 700" in mend


@pytest.mark.parametrize(
    ("camera", "state", "said"),
    [
        ("demo", "ok", "demo can be opened"),
        ("rtsp://ann:secret@127.0.0.1:9/live", "caution", "rtsp://127.0.0.1:9/live cannot be"),
        ("/nowhere/film.mp4", "caution", "There is no camera, stream or file /nowhere/film.mp4."),
        ("ftp://ann:secret@door/live", "caution", "ftp://door/live"),
    ],
)
def test_the_camera_of_the_settings_is_tried(
    run: Run, data_dir: Path, camera: str, state: str, said: str
) -> None:
    (data_dir / "settings.toml").write_text(f'camera = "{camera}"\n', "utf-8")
    answer = run("doctor")
    looked, mend = found(answer, " camera")
    assert looked.split()[:2] == [state, "camera:"]
    assert said in looked
    assert "secret" not in answer.output
    assert ("->" in mend) is (state == "caution")


@dataclass(frozen=True, slots=True)
class WithWebcam(Parts):
    """A computer with one webcam."""

    def list_cameras(self) -> Sequence[CameraInfo]:
        return [CameraInfo("/dev/by-id/door", "Door Webcam"), CameraInfo(DEMO, "Demo camera")]


@pytest.mark.parametrize(("chosen", "state"), [("door", "ok"), ("hall", "caution")])
def test_a_webcam_of_the_settings_that_is_not_plugged_in_is_named(
    data_dir: Path, chosen: str, state: str
) -> None:
    (data_dir / "settings.toml").write_text(f'camera = "/dev/by-id/{chosen}"\n', "utf-8")
    said = CliRunner().invoke(commands, ["doctor"], obj=lambda _: WithWebcam(data_dir))
    looked, mend = found(said, " camera")
    assert looked.split()[:2] == [state, "camera:"]
    assert "Door Webcam" in looked
    assert ("/dev/by-id/hall of the settings was not found" in looked) is (state == "caution")
    assert ("Plug it in" in mend) is (state == "caution")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="has no such devices")  # noqa: S108
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_webcam_that_the_account_may_not_use_is_named(data_dir: Path) -> None:
    with NamedTemporaryFile(dir="/dev/shm") as node:  # counts as a device: it is below /dev
        Path(node.name).chmod(0)
        (data_dir / "settings.toml").write_text(f'camera = "{node.name}"\n', "utf-8")
        said = CliRunner().invoke(commands, ["doctor"], obj=lambda _: WithWebcam(data_dir))
    looked, mend = found(said, " camera")
    assert looked.startswith("caution camera: Door Webcam; your account may not use")
    assert "usermod -aG video" in mend


def test_settings_that_were_lost_are_said_until_they_are_chosen_again(
    run: Run, data_dir: Path
) -> None:
    path = data_dir / "settings.toml"
    assert found(run("doctor"), "settings")[0].startswith("ok")
    path.write_text("retention_days = ", "utf-8")
    kept = config.set_aside(path)  # as the window does
    settings, mend = found(run("doctor"), "settings")
    assert settings.startswith("caution")
    assert f"the former settings were damaged: {kept}" in settings
    assert "rename it to settings.toml" in mend
    config.save(path, Settings())
    assert found(run("doctor"), "settings")[0].startswith("ok")


def test_damaged_samples_and_entries_are_named_with_what_to_do(
    run: Run, service: Service, data_dir: Path
) -> None:
    for person in (GRACE, OMAR):
        service.enrol(person, [sample(1), sample(2)])
    service.record(sighting(GRACE.id, MONDAY))
    alter(
        data_dir / "faceapp.db",
        "UPDATE templates SET vector = zeroblob(32) WHERE id = 3;"
        " DROP TRIGGER entries_never_change;"
        " UPDATE entries SET local_date = '2026-11-53'",
    )
    database, mend = found(run("doctor"), "database")
    assert database.startswith("caution")
    assert "damaged samples of P02; damaged entries: 1" in database
    assert "changed by another program: trigger entries_never_change" in database
    assert "Add new samples" in mend
    listed = run("entries")
    assert "1 damaged entry" in listed.stderr
    assert "No entries found" in listed.stdout
    assert "1 damaged entry" in run("export", "-o", data_dir / "x.csv").stderr
