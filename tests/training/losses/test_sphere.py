from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from faceapp.training.losses import sphere
from tests.training.made import tensors


def test_rows_get_length_one_and_nothing_stays_nothing() -> None:
    (rows,) = tensors(np.array([[3.0, 4.0], [0.0, 0.0], [-0.02, 0.0]]))
    found = ops.convert_to_numpy(sphere.unit(rows))
    assert found == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0], [-1.0, 0.0]]), abs=1e-6)


def test_distances_are_never_negative() -> None:
    (rows,) = tensors(np.array([[0.6, 0.8], [0.6, 0.8], [-0.6, -0.8], [0.8, -0.6]]))
    found = ops.convert_to_numpy(sphere.square_distances(rows))
    assert found[0] == pytest.approx(np.array([0.0, 0.0, 4.0, 2.0]), abs=1e-6)
    assert found.min() >= 0.0
