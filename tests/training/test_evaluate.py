from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from faceapp.recognition import openset
from faceapp.recognition.score import scores_of
from faceapp.training import evaluate
from faceapp.training.lfw import Pairs, Pictures
from faceapp.vision.embed import embed_both_sides
from tests.recognition.made import units
from tests.training.made import Ints

Flags = np.ndarray


@st.composite
def album(draw: st.DrawFn) -> tuple[np.ndarray, Ints, Flags]:
    """Unit vectors, their people and whether the app found a face; rows of misses are rubbish."""
    people = draw(st.lists(st.integers(0, 6), min_size=8, max_size=40))
    found = draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    vectors = units(len(people), 4, draw(st.integers(0, 2**32 - 1)))
    _, numbers = np.unique(people, return_inverse=True)
    vectors[~np.array(found)] = 0.5  # a vector of length 1 like the others
    return vectors, numbers.astype(np.int64), np.array(found)


def pair_scores(vectors: np.ndarray, people: Ints, found: Flags) -> tuple[list[float], list[float]]:
    genuine: list[float] = []
    impostor: list[float] = []
    for i in range(len(people)):
        for j in range(i + 1, len(people)):
            score = float(vectors[i] @ vectors[j]) if found[i] and found[j] else -1.0
            (genuine if people[i] == people[j] else impostor).append(score)
    return sorted(genuine), sorted(impostor)


@given(album())
def test_all_pairs_are_scored_and_what_was_not_found_matches_nobody(
    shots: tuple[np.ndarray, Ints, Flags],
) -> None:
    scores = evaluate.all_pairs(*shots)
    genuine, impostor = pair_scores(*shots)
    assert scores.genuine.tolist() == pytest.approx(genuine, abs=1e-5)
    assert scores.impostor.tolist() == pytest.approx(impostor, abs=1e-5)
    assert scores.impostors == len(impostor)


@pytest.mark.parametrize(("people", "shown"), [(20, []), (24, ["1e-03"]), (72, ["1e-03", "1e-04"])])
def test_no_figure_is_given_at_an_fmr_that_cannot_be_seen(people: int, shown: list[str]) -> None:
    """Two pictures each make 760, 1,104 and 10,224 comparisons of strangers."""
    owners = np.repeat(np.arange(people), 2)
    figures = evaluate.on_chips(units(len(owners), 8, 0), owners).figures["all_pairs"]
    for what in ("tar", "threshold"):
        assert [name for name in figures if what in name] == [f"{what}@{fmr}" for fmr in shown]


def four_pairs() -> tuple[np.ndarray, Pairs]:
    """Two folds of two same and two different pairs, told apart perfectly at any cosine in 0..1."""
    vectors = np.repeat(np.eye(8, dtype=np.float32), 2, axis=0)
    same = [[0, 1], [2, 3], [4, 5], [6, 7]]
    different = [[0, 2], [1, 4], [8, 10], [12, 14]]
    rows = [*same[:2], *different[:2], *same[2:], *different[2:]]
    told = np.array([True, True, False, False] * 2)
    return vectors, Pairs(np.array(rows), told, np.repeat([0, 1], 4))


def test_verification_of_faces_all_found() -> None:
    vectors, pairs = four_pairs()
    figures = evaluate.verification(vectors, np.ones(16, bool), pairs)
    assert figures == {"accuracy": 1.0, "standard_error": 0.0, "folds": [1.0, 1.0], "pairs": 8}


def test_a_pair_with_a_missing_face_is_not_recognized() -> None:
    vectors, pairs = four_pairs()
    found = np.ones(16, bool)
    found[4] = False  # a same pair of the second fold, and a different one of the first
    figures = evaluate.verification(vectors, found, pairs)
    assert figures["folds"] == [1.0, 0.75]
    assert figures["accuracy"] == 0.875


cosines = st.lists(
    st.tuples(st.integers(-90, 100), st.booleans(), st.booleans()), min_size=8, max_size=24
)


@given(cosines)
def test_verification_takes_each_folds_threshold_from_the_others(
    drawn: list[tuple[int, bool, bool]],
) -> None:
    count = len(drawn) // 2 * 2
    angles = np.arccos(np.array([cosine / 100 for cosine, _, _ in drawn[:count]]))
    vectors = np.stack(
        [
            np.stack([np.ones(count), np.zeros(count)], 1),
            np.stack([np.cos(angles), np.sin(angles)], 1),
        ],
        1,
    ).reshape(-1, 2)
    same = np.array([one for _, one, _ in drawn[:count]])
    found = np.array([[True, there] for _, _, there in drawn[:count]]).reshape(-1)
    pairs = Pairs(np.arange(2 * count).reshape(-1, 2), same, np.arange(count) % 2)
    as_given = vectors.astype(np.float32)
    figures = evaluate.verification(as_given, found, pairs)
    # As rounded there: a score may lie on a threshold.
    rounded = (as_given[::2] * as_given[1::2]).sum(axis=1)
    scores = [
        float(score) if there else -1.0
        for score, (_, _, there) in zip(rounded, drawn[:count], strict=True)
    ]
    for fold in (0, 1):
        others = [i for i in range(count) if i % 2 != fold]
        mine = [i for i in range(count) if i % 2 == fold]

        def right(threshold: float, rows: list[int]) -> float:
            return float(np.mean([(scores[i] >= threshold) == same[i] for i in rows]))

        levels = sorted({scores[i] for i in others})
        cuts = [
            -math.inf,
            *((a + b) / 2 for a, b in pairwise(levels)),
            math.inf,
        ]
        best = max(right(cut, others) for cut in cuts)
        possible = [right(cut, mine) for cut in cuts if right(cut, others) == best]
        assert any(figures["folds"][fold] == pytest.approx(one) for one in possible)


@given(album(), st.integers(0, 99))
def test_open_set_counts_every_search(shots: tuple[np.ndarray, Ints, Flags], seed: int) -> None:
    vectors, people, found = shots
    templates = units(len(people), 4, seed)
    eligible = [p for p in set(people.tolist()) if (people == p).sum() > 3]
    strangers = [i for i, p in enumerate(people) if p not in eligible]
    assume(eligible and strangers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "OPEN_SET_FPIRS", (1.0, 0.5, 0.2, 0.05))
        figures = evaluate.open_set(templates, vectors, people, found, np.random.default_rng(seed))
    # Who is enrolled with which pictures is drawn first; everything after is counted here.
    split = openset.draw_split(people, len(eligible), 3, np.random.default_rng(seed))
    gallery = [row for row in split.gallery if found[row]]
    assert figures["people"] == len(eligible)
    assert figures["mated"] == len(split.mated) == len(people) - 3 * len(eligible) - len(strangers)
    assert figures["non_mated"] == len(strangers)

    def best(row: int) -> tuple[float, int]:
        own = {int(people[g]): [at for at in gallery if people[at] == people[g]] for g in gallery}
        seen = vectors[row : row + 1]
        ranked = [(float(scores_of(templates[at], seen)[0]), who) for who, at in own.items()]
        return max(ranked) if found[row] and ranked else (-math.inf, -1)

    right = [
        score if who == people[row] else -math.inf
        for row, (score, who) in ((row, best(row)) for row in split.mated)
    ]
    wrong = [best(row)[0] for row in split.non_mated]
    for fpir in (1.0, 0.5, 0.2, 0.05):
        if fpir * len(strangers) < 1 - 1e-9:  # a single false match is more than this
            assert f"fnir@{fpir:g}" not in figures
            continue
        threshold = figures[f"threshold@{fpir:g}"]
        # Float32 products differ in the last digits with the order of their sums.
        assume(all(abs(score - threshold) > 1e-6 or score in wrong for score in right))
        assert sum(score >= threshold + 1e-6 for score in wrong) <= fpir * len(wrong)
        assert figures[f"fnir@{fpir:g}"] == pytest.approx(np.mean([s < threshold for s in right]))
        low, high = figures[f"fnir@{fpir:g}_95"]
        assert 0.0 <= low <= high <= 1.0


def test_an_enrolled_person_who_is_never_found_is_missed_every_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evaluate, "OPEN_SET_FPIRS", (0.5,))
    people = np.repeat(np.arange(4), [5, 5, 1, 1])
    vectors = np.eye(4, dtype=np.float32)[people]
    found = people != 1
    figures = evaluate.open_set(vectors, vectors, people, found, np.random.default_rng(0))
    assert figures["mated"] == 4
    assert figures["fnir@0.5"] == 0.5


def test_figures_of_lfw_say_how_many_pictures_were_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "OPEN_SET_FPIRS", (0.1,))  # of ten strangers
    rng = np.random.default_rng(0)
    people = np.repeat(np.arange(15), [5] * 10 + [2] * 5)
    vectors = units(60, 8, 0) * 0.3 + np.eye(15, 8, dtype=np.float32)[people]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = rng.random(60) > 0.1
    names = tuple(f"p_{row:04d}" for row in range(60))
    chips = np.zeros((60, 112, 112, 3), np.uint8)
    chips[:, 0, 0], chips[:, 0, -1] = np.arange(60)[:, None], 99  # which one, and which side
    pictures = Pictures(names, people, chips, found)
    rows = rng.integers(0, 60, (40, 2))
    pairs = Pairs(rows, people[rows[:, 0]] == people[rows[:, 1]], np.arange(40) // 20)

    def embed(shown: np.ndarray) -> np.ndarray:
        """Know each chip by its corner; in the mirror it looks like its person in general."""
        turned = shown[:, 0, 0, 0] == 99
        corner = np.where(turned, shown[:, 0, -1, 0], shown[:, 0, 0, 0])
        general = np.eye(15, 8, dtype=np.float32)[people[corner]]
        return np.where(turned[:, None], general, vectors[corner])

    measured = evaluate.on_lfw(embed, pictures, pairs)
    assert measured.figures["pictures"] == 60
    assert measured.figures["not_acquired"] == int((~found).sum())
    assert measured.figures["all_pairs"]["genuine"] == 10 * 10 + 5
    assert measured.figures["all_pairs"]["impostor"] == 60 * 59 // 2 - 105
    assert len(measured.scores.genuine) == 105
    templates = embed_both_sides(embed, chips)
    for name, enrolled in (("open_set", vectors), ("open_set_both_sides", templates)):
        expected = evaluate.open_set(enrolled, vectors, people, found, np.random.default_rng(0))
        assert measured.figures[name] == expected
    assert measured.figures["open_set"] != measured.figures["open_set_both_sides"]
    of_all = evaluate.on_chips(vectors, people)
    assert of_all.figures["all_pairs"]["tar@1e-03"] >= measured.figures["all_pairs"]["tar@1e-03"]


@pytest.mark.parametrize("counts", [[3, 2, 1], [4, 5], [5], []])
def test_an_album_without_enrolled_or_strangers_is_refused_before_it_is_looked_at(
    counts: list[int],
) -> None:
    people = np.repeat(np.arange(len(counts)), counts)
    chips, found = np.zeros((len(people), 112, 112, 3), np.uint8), np.ones(len(people), bool)
    pictures = Pictures(tuple(map(str, people)), people, chips, found)
    pairs = Pairs(np.zeros((0, 2), np.int64), np.zeros(0, bool), np.zeros(0, np.int64))
    with pytest.raises(ValueError, match="expected somebody with 4 or more"):
        evaluate.on_lfw(lambda _: pytest.fail("looked at"), pictures, pairs)
