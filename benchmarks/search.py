"""Search in the gallery against the memory's speed and against usearch, in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import numpy as np
from usearch.index import Index, MetricKind
from usearch.index import search as usearch_exact

from benchmarks.measure import Figure, times_ms, told
from faceapp.recognition.gallery import Gallery
from faceapp.types import F32, PersonId

SIZES = (1_000, 100_000, 1_000_000)
DIMENSION = 192
TEMPLATES_A_PERSON = 5
# Building a graph of a million takes longer than everything else together.
LARGEST_GRAPH = 100_000


def figures() -> Iterator[Figure]:
    """Measure every size, one search and eight at once."""
    random = np.random.default_rng(1)
    for size in SIZES:
        vectors = _unit(random.standard_normal((size, DIMENSION), dtype=np.float32))
        noise = random.standard_normal((8, DIMENSION), dtype=np.float32) * 0.05
        searches = _unit(vectors[:: size // 8][:8] + noise)
        yield from _of_size(vectors, searches)


def _of_size(vectors: F32, searches: F32) -> Iterator[Figure]:
    size, runs = len(vectors), 200 if len(vectors) < 10_000 else 20
    people = [PersonId(f"P{row // TEMPLATES_A_PERSON}") for row in range(size)]
    gallery = Gallery.of(vectors, people)
    one = searches[:1]
    # A dot product with itself reads everything once and writes nothing.
    flat = vectors.reshape(-1)
    read_ms = statistics.median(times_ms(lambda: np.dot(flat, flat), runs))
    ours = times_ms(lambda: gallery.search(one), runs)
    share = read_ms / statistics.median(ours)
    name = f"{size:>9,} templates"
    yield Figure(f"{name}: reading them once", f"{read_ms:.2f} ms")
    yield Figure(f"{name}: gallery, 1 face", f"{told(ours)}, {share:.0%} of memory's speed")
    yield Figure(
        f"{name}: gallery, 8 faces", told(times_ms(lambda: gallery.search(searches), runs))
    )
    exact = times_ms(
        lambda: usearch_exact(vectors, one, 2, MetricKind.IP, exact=True, threads=1), runs
    )
    yield Figure(f"{name}: usearch exact, 1 face", told(exact))
    if size <= LARGEST_GRAPH:
        yield from _graph(name, vectors, searches, runs)


def _graph(name: str, vectors: F32, searches: F32, runs: int) -> Iterator[Figure]:
    index = Index(ndim=DIMENSION, metric=MetricKind.IP)
    build = times_ms(lambda: index.add(np.arange(len(vectors)), vectors), 1, warm_up=0)
    found = index.search(searches, 1).keys.reshape(-1)
    right = float(np.mean(found == np.argmax(vectors @ searches.T, axis=0)))
    once = times_ms(lambda: index.search(searches[:1], 2), runs)
    yield Figure(
        f"{name}: usearch graph, 1 face",
        f"{told(once)}, built in {build[0] / 1000:.1f} s, finds {right:.0%} of the best",
    )


def _unit(vectors: F32) -> F32:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    return np.asarray(vectors / lengths, np.float32)
