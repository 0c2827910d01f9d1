from __future__ import annotations

import numpy as np

from faceapp.recognition.gallery import Gallery
from faceapp.recognition.likeness import looks_like, unlike
from faceapp.recognition.threshold import Thresholds
from faceapp.types import PersonId
from tests.recognition.made import pictured, sample, towards, units

ANN, BEN = PersonId("A"), PersonId("B")
GALLERY = Gallery.of(np.stack([towards(1.0, 16), towards(0.0, 16, 5)]), [ANN, BEN])
THRESHOLDS = Thresholds(0.6, 0.4)
OWN = [sample(pictured(seed)) for seed in range(5)]
STRANGER = [sample(vector) for vector in units(4, 16, 77)]
# At a right angle to both people.
OTHERS = [sample(towards(0.0, 16, axis)) for axis in (2, 3, 4, 6, 7, 8)]


def test_who_is_in_the_gallery_already_is_named_and_a_newcomer_is_not() -> None:
    assert looks_like(OWN, GALLERY, THRESHOLDS) == ANN
    assert looks_like(OWN, GALLERY, THRESHOLDS, but=ANN) is None
    assert looks_like(STRANGER, GALLERY, THRESHOLDS) is None
    assert looks_like([], GALLERY, THRESHOLDS) is None
    assert looks_like(OWN, Gallery.empty(16), THRESHOLDS) is None


def test_turned_faces_do_not_hide_who_is_in_the_gallery_already() -> None:
    assert looks_like([*OTHERS[:2], *OWN[:3]], GALLERY, THRESHOLDS) == ANN
    assert looks_like([OTHERS[0], OWN[0]], GALLERY, THRESHOLDS) == ANN


def test_of_two_people_who_are_alike_the_more_similar_one_is_named() -> None:
    both = np.stack([towards(1.0, 16), towards(0.9, 16)])
    assert looks_like(OWN, Gallery.of(both, [ANN, BEN]), THRESHOLDS) == ANN
    assert looks_like(OWN, Gallery.of(both, [BEN, ANN]), THRESHOLDS) == BEN
    assert looks_like(OWN, Gallery.of(both, [ANN, BEN]), THRESHOLDS, but=ANN) == BEN


def test_one_look_alike_sample_among_many_raises_no_alarm() -> None:
    assert looks_like([OWN[0], *OTHERS], GALLERY, THRESHOLDS) is None


def test_samples_none_of_which_shows_the_person_are_told() -> None:
    assert not unlike([*OTHERS, OWN[0]], GALLERY, 0.4, ANN)
    assert unlike(OTHERS, GALLERY, 0.4, ANN)
    assert unlike(OWN, GALLERY, 0.4, BEN)
    assert not unlike([], GALLERY, 0.4, ANN)
    assert not unlike(OWN, GALLERY, 0.4, PersonId("C"))
