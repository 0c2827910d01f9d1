"""Which of Keras' back-ends the tests of training stand on.

With PyTorch (`make test-training`) everything runs. Without it, what needs a trained network's
arithmetic is skipped and the rest runs on Keras' numpy back-end (which imports JAX).
``KERAS_BACKEND=tensorflow`` is for the tests of the TFLite converter.
"""

from __future__ import annotations

import importlib.util
import os

from tests.conftest import ROOT


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


# Before keras is imported by anything.
os.environ.setdefault("KERAS_BACKEND", "torch" if _installed("torch") else "numpy")
os.environ.setdefault("KERAS_HOME", str(ROOT / ".pytest_cache" / "keras"))
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

collect_ignore: list[str] = []
if not _installed("keras"):
    collect_ignore += ["losses", "test_config.py"]
