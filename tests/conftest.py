"""What every test stands on: strictness, the environment and the folders of pictures."""

from __future__ import annotations

import os

# Before numpy, cv2 and Qt are imported by anything.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The window speaks the system's language; the tests read it in English.
os.environ["LC_ALL"] = "C.UTF-8"

import gc
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.helpers import leaks, logfail
from tests.helpers.examples import DRAWN

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NO_SHARED = "there is no folder ../shared beside the checkout"

# Every run draws the same examples, so that one run stands for all; --hypothesis-profile=search
# draws others, and more. Time limits would say more about the machine than about the code.
hypothesis.settings.register_profile(
    "faceapp",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "search",
    hypothesis.settings.get_profile("faceapp"),
    derandomize=False,
    max_examples=5 * DRAWN,
)
hypothesis.settings.load_profile("faceapp")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked `shared` where that folder is absent."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared") is not None:
            item.add_marker(pytest.mark.skip(reason=NO_SHARED))


def pytest_collection() -> None:
    """Import and collect without garbage collections: nearly all that is made now stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Keep what imports and the collection made out of every later garbage collection."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def young_objects() -> Iterator[None]:
    """Keep what a module's tests leave out of later collections."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, a window or a running timer."""
    threads, windows = set(threading.enumerate()), leaks.windows()
    yield
    found = leaks.qt_since(windows) + leaks.threads_since(threads)
    if found:
        pytest.fail("left behind: " + "\n".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def no_surprising_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning it did not announce with `expect_log`, or fails to."""
    listener = logfail.Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    expected = [
        pattern for mark in request.node.iter_markers("expect_log") for pattern in mark.args
    ]
    found = logfail.complaints(listener.heard, expected)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(autouse=True, scope="session")
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the data and settings of whoever runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        patch.delenv("FACEAPP_DATA_DIR", raising=False)
        yield


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty data folder that the app uses unless it is told another one."""
    folder = tmp_path / "data"
    folder.mkdir(0o700)
    monkeypatch.setenv("FACEAPP_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return ../shared, the optional folder of pictures of people; skip without it."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def demo_people() -> Path:
    """Return the folder of the demo people, one sub-folder ``ID - Name`` each."""
    return ROOT / "assets" / "demo"


@pytest.fixture(scope="session")
def models() -> Path:
    """Return the models folder; MediaPipe's are in ``mediapipe`` below it."""
    return ROOT / "models"
