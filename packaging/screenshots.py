"""Opens the real window on demo people and writes a picture of every page into a folder.

    QT_QPA_PLATFORM=offscreen python packaging/screenshots.py OUT [--size 1280x800] [--language de]

Every page in light and dark, empty and full. The data folder is thrown away afterwards.
`make screenshots` does that and keeps those of `DOCUMENTED` in docs/screenshots.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication

from faceapp import config
from faceapp.app import Parts
from faceapp.config import Settings
from faceapp.paths import assets_dir
from faceapp.service import Service
from faceapp.types import ModelId, PersonId, Sighting
from faceapp.ui.bridge import Purpose
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.shell import Shell

DAYS = 9
SAMPLES = 5
SITTER = PersonId("P11")
DOCUMENTED = {
    "1-live-full-light": "live.jpg",
    "2-enrol-full-dark": "enrol.jpg",
    "4-attendance-full-light": "attendance.png",
}
JPEG_QUALITY = 88
RARE = ("P07", "P09")  # people who are often missing


def main() -> int:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--keep", type=Path, help="folder for the documented ones")
    parser.add_argument("--language", default="en", choices=("en", "de"))
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in wanted.size.split("x"))
    app = QApplication(["faceapp"])
    QCursor.setPos(width - 1, height - 1)  # not over the rail, which would light up
    for fill in ("empty", "full"):
        with tempfile.TemporaryDirectory() as folder:
            data_dir = Path(folder)
            settings = Settings(camera="demo", language=wanted.language)
            config.save(Parts(data_dir).paths.settings, settings)
            if fill == "full":
                enrol(data_dir)
            shell = Shell(app, Parts(data_dir))
            shell.window.setWindowState(Qt.WindowState.WindowNoState)  # whatever the screen is
            shell.window.resize(width, height)
            if fill == "full":
                shell.desk.ops.run(attend)
            shell.open()
            take(shell, wanted.out, fill)
            shell.window.close()
    if wanted.keep is not None:
        keep(wanted.out, wanted.keep)
    return 0


def keep(out: Path, target: Path) -> None:
    """Write the documented pictures once more; photographs as JPEG, which is a fifth of PNG."""
    target.mkdir(parents=True, exist_ok=True)
    for source, name in DOCUMENTED.items():
        QImage(str(out / f"{source}.png")).save(str(target / name), None, JPEG_QUALITY)


def enrol(data_dir: Path) -> None:
    """Enrol the demo people as an operator would."""
    command = [sys.executable, "-m", "faceapp", "--data-dir", str(data_dir), "import"]
    subprocess.run([*command, str(assets_dir() / "demo")], check=True, stdout=subprocess.DEVNULL)
    with closing(Parts(data_dir).open_service()) as service:
        # Who is to be recognized as nobody.
        service.forget(PersonId("visitor"))


def attend(service: Service) -> None:
    """Let people come and go on some days, the same at every run."""
    chance = random.Random(7)  # noqa: S311 - nothing is secret here
    people = [row.person for row in service.people()]
    morning = service._clock.now().replace(hour=7, minute=0, second=0)  # noqa: SLF001
    for day in range(DAYS, -1, -1):
        for person in people:
            if chance.random() < (0.5 if person.id.startswith(RARE) else 0.1):
                continue
            comes = morning - timedelta(days=day) + timedelta(minutes=chance.uniform(10, 130))
            moments = [comes]
            if day:
                moments.append(comes + timedelta(hours=chance.uniform(6.5, 9)))
            for at in moments:
                key = f"{person.id} {at}"
                service.record(
                    Sighting(key, person.id, at, "demo", 0.71, 0.42, ModelId("screenshots"))
                )


def take(shell: Shell, out: Path, fill: str) -> None:
    """Write every page in both themes."""
    live = shell.desk.camera
    for theme in ("light", "dark"):
        shell.desk.theme.choose(theme)
        for number, key in enumerate(PageKey, 1):
            shell.window.open(key)
            wait(700)
            if key is PageKey.LIVE and fill == "full":
                greet_somebody(shell)
            elif key is PageKey.ENROL and fill == "full":
                look_into_the_camera(shell)
            name = f"{number}-{key.value}-{fill}-{theme}.png"
            shell.window.grab().save(str(out / name))
            print(out / name)
            if live.purpose is not None:
                live.stop()
            if isinstance(shell.window.page, EnrolPage):
                # Or closing asks what to do with the samples.
                shell.window.page._begin()  # noqa: SLF001


def greet_somebody(shell: Shell) -> None:
    """Take attendance until somebody is recognized."""
    recorded: list[object] = []
    shell.desk.camera.recorded.connect(lambda *told: recorded.append(told))
    shell.desk.camera.start(Purpose.TAKING)
    wait_until(lambda: bool(recorded), 30_000)
    wait(400)


def look_into_the_camera(shell: Shell) -> None:
    """Add samples of one of the demo people, until there are some."""
    shell.desk.navigator.go(PageKey.ENROL, SITTER)
    page = shell.window.page
    if not isinstance(page, EnrolPage):
        raise TypeError(f"the enrol page is a {type(page).__name__}")
    wait(700)  # until the page has read who it is, which starts the samples again
    page.capture.start()
    wait_until(lambda: len(page.gathering.samples) >= SAMPLES, 30_000)


def wait(ms: int) -> None:
    """Let the window run."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def wait_until(met: Callable[[], bool], most_ms: int) -> None:
    """Let the window run until a condition holds, or for a limited time."""
    clock = QElapsedTimer()
    clock.start()
    while not met() and clock.elapsed() < most_ms:
        wait(50)


if __name__ == "__main__":
    sys.exit(main())
