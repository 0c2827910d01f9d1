"""What the tests of training are made of: embeddings, people and sets of chips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHAPE = (112, 112, 3)


def tensors(*arrays: Any) -> Any:
    """Hand arrays to Keras' back-end, as a list: floats as float32, whole numbers as int32."""
    from keras import ops

    kinds = ("float32" if np.asarray(a).dtype.kind == "f" else "int32" for a in arrays)
    return [ops.convert_to_tensor(a, dtype=kind) for a, kind in zip(arrays, kinds, strict=True)]


def measured(loss: Callable[..., Any], *arrays: Any, **sizes: float) -> float:
    """Say what a loss is for these arrays."""
    from keras import ops

    return float(ops.convert_to_numpy(loss(*tensors(*arrays), **sizes)))


def chips(count: int, seed: int = 0) -> NDArray[np.uint8]:
    """Make smooth random pictures uint8 (count, 112, 112, 3), each different everywhere."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(30, 226, (count, 7, 7, 3)).astype(np.uint8)
    return np.ascontiguousarray(coarse.repeat(16, axis=1).repeat(16, axis=2))


def packed_set(folder: Path, count: int = 10) -> Path:
    """Write a packed set of people with four noisy chips each and a teacher of 16 numbers."""
    people = np.repeat(np.arange(count), 4).astype(np.int32)
    folder.mkdir()
    noise = np.random.default_rng(0).integers(-20, 21, (len(people), *SHAPE))
    pictures = np.clip(chips(count)[people].astype(int) + noise, 0, 255).astype(np.uint8)
    np.save(folder / "chips.npy", pictures)
    np.save(folder / "people.npy", people)
    np.save(folder / "teacher.npy", np.eye(16, dtype=np.float32)[people % 16])
    return folder


@st.composite
def labels(draw: st.DrawFn, least: int = 1, most: int = 8) -> Ints:
    """Few people, some with one chip, some chips of nobody known (-1)."""
    return np.array(draw(st.lists(st.integers(-1, 3), min_size=least, max_size=most)), np.int64)


@st.composite
def scattered(draw: st.DrawFn, rows: int, dimension: int) -> Floats:
    """Embeddings (rows, dimension) in general position, of any length."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    directions = rng.standard_normal((rows, dimension))
    return np.asarray(directions * np.exp(rng.normal(0.0, 1.0, (rows, 1))))


@st.composite
def tied(draw: st.DrawFn, rows: int) -> Floats:
    """Embeddings (rows, 3) along axes, so that distances are exactly 0, 2 or 4, with many ties."""
    axes = draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))
    lengths = draw(st.lists(st.sampled_from((-4.0, -1.0, 1.0, 4.0)), min_size=rows, max_size=rows))
    return np.asarray(np.eye(3)[axes] * np.array(lengths)[:, None])
