from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from faceapp.ui.terminal import is_read


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_is_read_but_for_a_hidden_one() -> None:
    ends = os.openpty()
    with os.fdopen(ends[0]), os.fdopen(ends[1], "w") as terminal:
        assert is_read(terminal)
        assert not is_read(terminal, lambda: False)


def test_nobody_reads_a_file_or_what_is_not_there(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w", encoding="utf-8") as file:
        assert not is_read(file, lambda: True)
    assert not is_read(None, lambda: True)
