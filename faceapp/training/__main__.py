"""``python -m faceapp.training COMMAND``."""

from __future__ import annotations

import os
import sys

# Whatever the environment says: only PyTorch trains here, only TensorFlow writes TFLite files.
os.environ["KERAS_BACKEND"] = (
    "tensorflow" if {"export", "remeasure"} & {*sys.argv[1:2]} else "torch"
)
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from faceapp.training.commands import main

main()
