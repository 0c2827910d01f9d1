"""A run made on PyTorch, and the model exported from it on TensorFlow, for all of these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.training.made import packed_set

TRAIN = """
import sys, numpy as np, keras
from pathlib import Path
from faceapp.training import network
from faceapp.training.progress_check import embed
from faceapp.training.run import Run
from tests.training.trained.tiny import CONFIG, LAYOUT
home = Path(sys.argv[1])
engine = Run(CONFIG, home / "set", home / "run", workers=0).train(resume=False)
keras.config.set_dtype_policy("float32")
small, full = network.build(LAYOUT, 48), network.build(LAYOUT, 112)
small.set_weights(engine.averaged())
network.transfer(small, full)
np.save(home / "said.npy", embed(full, np.load(home / "set" / "chips.npy"), 112))
"""


def run(home: Path, backend: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside the tests, on another of Keras' back-ends, in an empty folder."""
    environment = os.environ | {"KERAS_BACKEND": backend, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env=environment,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a set, a run on it and the model exported from that."""
    home = tmp_path_factory.mktemp("training")
    packed_set(home / "set", 60)
    packed_set(home / "set" / "elsewhere", 12)
    run(home, "torch", "-c", TRAIN, ".")
    told = run(
        home,
        "torch",  # as in a shell in which runs are made
        *("-m", "faceapp.training", "export", "run", "--name", "tiny", "--models", "models"),
    )
    assert "quantizing" in told.stderr
    return home
