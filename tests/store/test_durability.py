from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 20
SEED = "7"  # kills also a restore while it copies the former database


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
def test_what_was_reported_survives_being_killed_and_nothing_is_done_by_halves(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killed", str(tmp_path), SEED, str(KILLS)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["steps"] > KILLS
