"""``python -m faceapp`` and the console script: sets the environment, then hands over."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

ENVIRONMENT = {
    # With two threads on a busy machine OpenBLAS takes 200 times as long for a small product.
    "OPENBLAS_NUM_THREADS": "1",
    # Otherwise Media Foundation takes half a minute to open some webcams on Windows.
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
}


def main() -> None:
    """Run the command line and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until a command has begun there is nothing to tidy up: Ctrl-C just ends the process.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Before numpy and cv2 are imported by anything.
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        # Whatever a name or path holds, printing it must not fail.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    from faceapp.app import open_parts
    from faceapp.cli import commands

    commands.main(prog_name="faceapp", obj=open_parts)


def _open_missing_streams() -> None:
    """Let streams that were closed at the start lead nowhere; a windowed program has none.

    Without them, the next files to be opened would get their numbers, to which native libraries
    print. In this order each stream gets its own.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  never closed
            setattr(sys, name, nowhere)


if __name__ == "__main__":
    main()
