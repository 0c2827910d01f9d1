"""The losses once more, from their papers, one number at a time in float64."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from tests.training.made import Floats, Ints


def unit(vectors: Floats) -> Floats:
    return np.array([row / max(math.sqrt(sum(row * row)), 1e-6) for row in vectors])


def distances(embeddings: Floats) -> Floats:
    """Squared Euclidean distances of the normalised rows, by subtraction."""
    units = unit(embeddings)
    return np.array([[sum((a - b) ** 2) for b in units] for a in units])


def positives(people: Ints) -> Iterator[tuple[int, int]]:
    """Ordered pairs of two pictures of one known person."""
    for a, p in itertools.permutations(range(len(people)), 2):
        if people[a] == people[p] >= 0:
            yield a, p


def negatives(people: Ints, anchor: int) -> list[int]:
    """Pictures of other known people than the anchor's."""
    return [n for n, who in enumerate(people) if who >= 0 and who != people[anchor]]


def batch_all(embeddings: Floats, people: Ints, margin: float) -> float:
    d = distances(embeddings)
    violations = [
        d[a, p] - d[a, n] + margin
        for a, p in positives(people)
        for n in negatives(people, a)
        if d[a, p] - d[a, n] + margin > 0
    ]
    return _mean(violations)


def batch_semi_hard(embeddings: Floats, people: Ints, margin: float) -> float:
    d = distances(embeddings)
    losses = []
    for a, p in positives(people):
        others = [d[a, n] for n in negatives(people, a)]
        if others:
            beyond = [far for far in others if far > d[a, p]]
            chosen = min(beyond) if beyond else max(others)
            losses.append(max(0.0, d[a, p] - chosen + margin))
    return _mean(losses)


def batch_hard(embeddings: Floats, people: Ints, margin: float) -> float:
    d = distances(embeddings)
    losses = []
    for a in range(len(people)):
        own = [d[a, p] for first, p in positives(people) if first == a]
        others = [d[a, n] for n in negatives(people, a)]
        if own and others:
            losses.append(max(0.0, max(own) - min(others) + margin))
    return _mean(losses)


def softmax(embeddings: Floats, weights: Floats, people: Ints) -> float:
    return _cross_entropy([[sum(e * w) for w in weights] for e in embeddings], people)


def normface(embeddings: Floats, weights: Floats, people: Ints, scale: float) -> float:
    cosines = [[sum(e * w) for w in unit(weights)] for e in unit(embeddings)]
    return _cross_entropy([[scale * c for c in row] for row in cosines], people)


def arcface(
    embeddings: Floats, weights: Floats, people: Ints, scale: float, margin_rad: float
) -> float:
    logits = []
    for row, (face, who) in enumerate(zip(unit(embeddings), people, strict=True)):
        logits.append([scale * sum(face * w) for w in unit(weights)])
        if who >= 0:
            cosine = min(1.0, max(-1.0, logits[row][who] / scale))
            angle = math.acos(cosine) + margin_rad
            moved = (
                math.cos(angle) if angle < math.pi else cosine - margin_rad * math.sin(margin_rad)
            )
            logits[row][who] = scale * moved
    return _cross_entropy(logits, people)


def cosine(embeddings: Floats, teacher: Floats) -> float:
    pairs = zip(unit(embeddings), teacher, strict=True)
    return _mean([1.0 - sum(said * wanted) for said, wanted in pairs])


def relations(embeddings: Floats, teacher: Floats) -> float:
    said = unit(embeddings)
    return _mean(
        [
            (sum(said[i] * said[j]) - sum(teacher[i] * teacher[j])) ** 2
            for i, j in itertools.permutations(range(len(said)), 2)
        ]
    )


def bank(embeddings: Floats, teacher: Floats, others: Floats, temperature: float) -> float:
    crowd = [*teacher, *others]
    losses = []
    for said, wanted in zip(unit(embeddings), teacher, strict=True):
        target = _softmax([2.0 * sum(wanted * one) / temperature for one in crowd])
        found = _softmax([sum(said * one) / temperature for one in crowd])
        losses.append(-sum(t * math.log(f) for t, f in zip(target, found, strict=True)))
    return _mean(losses)


def hardest(
    embeddings: Floats, teacher: Floats, recent: Floats, recent_teacher: Floats, count: int = 32
) -> float:
    losses = []
    for said, wanted in zip(unit(embeddings), teacher, strict=True):
        pairs = zip(recent, recent_teacher, strict=True)
        alike = [(sum(said * a), sum(wanted * b)) for a, b in pairs]
        most = sorted(alike, reverse=True)[:count]
        losses += [max(0.0, found - right) ** 2 for found, right in most]
    return _mean(losses)


def _cross_entropy(logits: list[list[float]], people: Ints) -> float:
    return _mean(
        [-math.log(_softmax(row)[who]) for row, who in zip(logits, people, strict=True) if who >= 0]
    )


def _softmax(logits: list[float]) -> list[float]:
    powers = [math.exp(value - max(logits)) for value in logits]
    return [power / sum(powers) for power in powers]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
