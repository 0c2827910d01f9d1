from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import timedelta

import numpy as np
import pytest

from faceapp.cli.lines import Line, Place, face_line, no_face, unreadable
from faceapp.cli.tracks import OVER_AFTER_S, TrackBook
from faceapp.errors import PictureTooLarge, PictureUnreadable
from faceapp.recognition.match import NO_OTHER_MARGIN
from faceapp.types import (
    Box,
    Decision,
    Face,
    Frame,
    FrameResult,
    Liveness,
    Match,
    PersonId,
    PoorReason,
    SeenFace,
    TrackId,
)
from tests.helpers.clock import MONDAY
from tests.helpers.data import GOOD

GRACE = PersonId("P09")
OMAR = PersonId("P03")
NAMES = {GRACE: "Grace Okafor"}
FACE = Face(Box(10, 20.04, 30, 40), np.zeros((6, 2), np.float32), 0.9)
BLANK = np.zeros((4, 4, 3), np.uint8)
PLACE = Place("x.jpg")


def seen(
    decision: Decision,
    cosine: float | None = None,
    track: int = 1,
    person: PersonId | None = None,
    *,
    margin: float = 0.3,
) -> SeenFace:
    match = None if cosine is None else Match(GRACE, cosine, margin)
    return SeenFace(
        face=FACE,
        track=TrackId(track),
        decision=decision,
        quality=GOOD,
        liveness=Liveness(1.0),
        match=match,
        person=person,
        confirmed_now=False,
        threshold=0.6,
    )


def frame(index: int, *faces: SeenFace, fps: float = 10.0) -> FrameResult:
    at = MONDAY + timedelta(seconds=index / fps)
    return FrameResult(Frame(BLANK, index / fps, at, index), faces, 1.0)


def test_a_known_face_is_told_with_name_and_similarity() -> None:
    line = face_line(PLACE, seen(Decision.KNOWN, 0.71238, person=GRACE), NAMES)
    assert asdict(line) == {
        "source": "x.jpg",
        "frame": 0,
        "t_s": 0.0,
        "track": None,
        "box": [10.0, 20.0, 30.0, 40.0],
        "decision": "known",
        "person": "P09",
        "name": "Grace Okafor",
        "similarity": 0.7124,
        "reason": None,
    }
    assert line.as_words() == "x.jpg: known: Grace Okafor (P09)"


@pytest.mark.parametrize(
    ("face", "decision", "reason", "similarity"),
    [
        (seen(Decision.UNKNOWN, 0.2), "unknown", None, 0.2),
        (seen(Decision.UNKNOWN), "unknown", None, None),
        (seen(Decision.UNSURE, 0.55, person=GRACE), "unsure", "weak", 0.55),
        (seen(Decision.UNSURE, 0.65, person=GRACE), "unsure", "weak", 0.65),
        (seen(Decision.UNSURE, 0.65, person=GRACE, margin=0.01), "unsure", "ambiguous", 0.65),
        (seen(Decision.UNSURE, 0.55, person=GRACE, margin=0.01), "unsure", "weak", 0.55),
        (seen(Decision.UNSURE, 0.65, margin=NO_OTHER_MARGIN), "unsure", "weak", 0.65),
        (seen(Decision.WAITING, 0.55), "unsure", "too_few_frames", 0.55),
        (seen(Decision.WAITING, 0.45), "unknown", "too_few_frames", 0.45),
        (seen(Decision.WAITING), "unknown", "too_few_frames", None),
        (
            replace(seen(Decision.POOR), quality=replace(GOOD, reason=PoorReason.BLURRED)),
            "poor",
            "blurred",
            None,
        ),
        (
            replace(seen(Decision.SPOOF), liveness=Liveness(0.1, ("flat", "moire"))),
            "spoof",
            "flat, moire",
            None,
        ),
    ],
)
def test_nobody_is_named_who_is_not_known(
    face: SeenFace, decision: str, reason: str | None, similarity: float | None
) -> None:
    line = face_line(PLACE, face, NAMES, unsure_from=0.5)
    assert (line.decision, line.reason, line.similarity) == (decision, reason, similarity)
    assert line.person is None
    assert line.name is None
    assert "Grace" not in line.as_words()


def test_a_file_without_a_face_and_one_that_cannot_be_read_are_told_apart() -> None:
    assert no_face("x.jpg").as_words() == "x.jpg: no face found"
    damaged = unreadable("x.jpg", PictureUnreadable(path="x.jpg", why="damaged"))
    assert (damaged.decision, damaged.reason, damaged.box) == ("error", "damaged", None)
    assert unreadable("x.jpg", PictureTooLarge(path="x.jpg", limit="40 MP")).reason == (
        "picture_too_large"
    )
    assert json.loads(json.dumps(asdict(damaged)))["decision"] == "error"
    assert damaged.as_words() == "x.jpg: error (it is damaged or cut short)"
    photo = unreadable("x.jpg", PictureUnreadable(path="x.jpg", why="heic"))
    assert "save it as JPEG" in photo.as_words()


def book(*, at_once: bool = False) -> TrackBook:
    return TrackBook("film", NAMES, unsure_from=0.5, at_once=at_once)


def told(book: TrackBook, *results: FrameResult) -> list[Line]:
    return [line for result in results for line in book.add(result)]


def test_a_track_is_told_once_when_it_is_over() -> None:
    film = book()
    known = seen(Decision.KNOWN, 0.7, person=GRACE)
    lines = told(
        film,
        frame(5, seen(Decision.WAITING)),
        frame(6, seen(Decision.WAITING, 0.7)),
        frame(7, known),
        frame(8, known),
        frame(9),
    )
    assert lines == []
    (line,) = told(film, frame(9 + round(OVER_AFTER_S * 10)))
    assert (line.decision, line.person, line.track) == ("known", GRACE, 1)
    assert (line.frame, line.t_s) == (7, 0.2)
    assert list(film.finish()) == []


def test_a_slow_source_makes_one_story_of_a_track_that_is_missed_once() -> None:
    film = book()
    known = seen(Decision.KNOWN, 0.7, person=GRACE)
    views = [(seen(Decision.WAITING, 0.7),), (known,), (), (known,)]
    assert told(film, *(frame(at, *view, fps=0.25) for at, view in enumerate(views))) == []
    (line,) = told(film, *(frame(at, fps=0.25) for at in range(4, 8)))
    assert (line.person, line.track, film.tracks) == (GRACE, 1, 1)


def test_tracks_in_view_at_the_end_are_told_in_their_order() -> None:
    film = book()
    told(film, frame(0, seen(Decision.UNKNOWN, 0.1, track=2), seen(Decision.POOR, track=1)))
    assert [(line.track, line.decision) for line in film.finish()] == [(2, "unknown"), (1, "poor")]


@pytest.mark.parametrize(
    ("story", "decision"),
    [
        ((Decision.WAITING, Decision.KNOWN, Decision.POOR), "known"),
        ((Decision.KNOWN, Decision.WAITING), "known"),
        ((Decision.UNSURE, Decision.KNOWN), "known"),
        ((Decision.POOR, Decision.WAITING), "poor"),
        ((Decision.WAITING, Decision.POOR), "poor"),
        ((Decision.UNKNOWN, Decision.SPOOF), "spoof"),
        ((Decision.SPOOF, Decision.POOR), "spoof"),
    ],
)
def test_the_last_word_counts_but_walking_away_takes_back_nothing(
    story: tuple[Decision, ...], decision: str
) -> None:
    film = book()
    for index, said in enumerate(story):
        person = GRACE if said is Decision.KNOWN else None
        told(film, frame(index, seen(said, 0.7, person=person)))
    assert [line.decision for line in film.finish()] == [decision]


@pytest.mark.parametrize(
    "between", [Decision.WAITING, Decision.UNKNOWN, Decision.UNSURE, Decision.SPOOF]
)
def test_two_people_who_follow_each_other_on_one_track_are_both_told(between: Decision) -> None:
    graces, omars = (seen(Decision.KNOWN, 0.7, person=person) for person in (GRACE, OMAR))
    views = [frame(at, view) for at, view in enumerate((graces, seen(between, 0.1), omars, omars))]
    film = book()
    former = told(film, *views)
    assert [(line.person, line.frame, line.track) for line in former] == [(GRACE, 0, 1)]
    assert [(line.person, line.frame) for line in film.finish()] == [(OMAR, 2)]
    live = book(at_once=True)
    assert [line.person for line in told(live, *views)] == [GRACE, OMAR]
    assert list(live.finish()) == []


@pytest.mark.parametrize("stranger", [Decision.UNKNOWN, Decision.UNSURE, Decision.SPOOF])
@pytest.mark.parametrize("at_once", [False, True])
def test_somebody_known_whom_a_stranger_replaces_is_told_too(
    stranger: Decision, at_once: bool
) -> None:
    film = book(at_once=at_once)
    told_before = told(
        film,
        frame(0, seen(Decision.KNOWN, 0.7, person=GRACE)),
        frame(1, seen(Decision.WAITING)),
        frame(2, seen(stranger)),
    )
    lines = [*told_before, *film.finish()]
    assert [(line.decision, line.frame) for line in lines] == [("known", 0), (stranger.value, 2)]
    assert [line.person for line in told_before] == ([GRACE] if at_once else [])


@pytest.mark.parametrize("between", [Decision.WAITING, Decision.UNKNOWN])
@pytest.mark.parametrize("at_once", [False, True])
def test_every_visit_on_one_track_is_told(between: Decision, at_once: bool) -> None:
    known = seen(Decision.KNOWN, 0.7, person=GRACE)
    visit = replace(known, confirmed_now=True)
    film = book(at_once=at_once)
    views = (visit, known, seen(between), visit, known)
    lines = [*told(film, *(frame(at, view) for at, view in enumerate(views))), *film.finish()]
    assert [(line.person, line.frame) for line in lines] == [(GRACE, 0), (GRACE, 3)]


def test_who_comes_back_after_a_stranger_is_told_once() -> None:
    graces = seen(Decision.KNOWN, 0.7, person=GRACE)
    film = book()
    assert told(film, frame(0, graces), frame(1, seen(Decision.UNKNOWN)), frame(2, graces)) == []
    assert [line.person for line in film.finish()] == [GRACE]


def test_before_a_camera_somebody_known_is_told_at_once_and_only_once() -> None:
    live = book(at_once=True)
    known = seen(Decision.KNOWN, 0.7, person=GRACE)
    assert told(live, frame(0, seen(Decision.WAITING))) == []
    assert [line.person for line in told(live, frame(1, known))] == [GRACE]
    assert told(live, frame(2, known), frame(3), frame(60)) == []
    assert [line.track for line in told(live, frame(61, replace(known, track=TrackId(2))))] == [2]
    assert list(live.finish()) == []
