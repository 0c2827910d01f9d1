"""``python -m faceapp.training COMMAND``."""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from faceapp.training.commands import main

main()
