"""Turns the samples of an enrolment into templates to store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

import numpy as np

from faceapp.store.templates import NewTemplate
from faceapp.types import Quality, Sample, check_array, unit_rows


def new_templates(
    samples: Sequence[Sample], score: Callable[[Quality], float]
) -> list[NewTemplate]:
    """Make a template of each sample. All must be of one model, with unit float32 (D,) vectors.

    Raises ValueError otherwise, which is a bug in the caller.
    """
    models = {(sample.model_id, len(sample.vector)) for sample in samples}
    if len(models) != 1:
        raise ValueError(f"samples: expected one model and dimension, got {sorted(models)}")
    for sample in samples:
        check_array("vector", sample.vector, (None,), np.float32)
        if not unit_rows(sample.vector[np.newaxis]).all():
            raise ValueError("vector: expected length 1")
    return [
        NewTemplate(
            vector=sample.vector,
            model_id=sample.model_id,
            quality=min(1.0, max(0.0, float(score(sample.quality)))),
            source=file_name(sample.source),
        )
        for sample in samples
    ]


def file_name(source: str) -> str:
    """Keep only the last part of a path, since folders are often named after people.

    Bytes in a name that are not UTF-8, as in old archives, are escaped.
    """
    name = PureWindowsPath(PurePosixPath(source).name).name or source
    return name.encode("utf-8", "backslashreplace").decode()
