"""The pipeline with the real detector, on the demo people.

What tells people apart is tested with the real model where there is one; the rest is tested with a
plain embedder of the tests' own, so that it runs without a trained model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from faceapp.pipeline import Engines, Pipeline
from faceapp.recognition.decide import Rules
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.selection import select_samples
from faceapp.recognition.threshold import Thresholds, same_face_threshold, threshold_for
from faceapp.types import (
    F32,
    U8,
    Chip,
    Decision,
    Face,
    Frame,
    FrameResult,
    Liveness,
    ModelId,
    PersonId,
    PoorReason,
    RangeMode,
    Sample,
)
from faceapp.vision.detect import Detector, open_detector
from faceapp.vision.embed import Embedder, open_embedder
from faceapp.vision.liveness import LivenessCheck, NoLiveness
from faceapp.vision.modelcard import find_card, load_card
from faceapp.vision.quality import score
from tests.helpers.clock import MONDAY, HandClock

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "assets" / "demo"
MODELS = ROOT / "models"
CLARA, OMAR = PersonId("P01"), PersonId("P03")
THRESHOLDS = Thresholds(accept=0.95, unsure=0.9)
PIXELS = ModelId("pixels")

pytestmark = pytest.mark.skipif(
    not (MODELS / "mediapipe" / "face_detection_short_range.tflite").is_file(),
    reason="MediaPipe's models are not set up (make models)",
)


class TickingClock(HandClock):
    """Each reading is 4 ms after the one before."""

    def monotonic(self) -> float:
        self.move(0.004)
        return self.t_s


@dataclass
class PixelEmbedder:
    """An embedder without training: a chip's grey picture, 14x14, of mean 0 and length 1.

    Its mirror image is added: like a trained one it sees the same person in both.
    """

    model_id: ModelId = PIXELS
    dimension: int = 196
    batches: list[int] = field(default_factory=list)

    def embed(self, chips: U8) -> F32:
        self.batches.append(len(chips))
        grey = chips.astype(np.float32).mean(axis=3).reshape(-1, 14, 8, 14, 8).mean(axis=(2, 4))
        flat = (grey + grey[:, :, ::-1]).reshape(len(chips), -1)
        flat -= flat.mean(axis=1, keepdims=True)
        rows: F32 = (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)
        return rows


class NobodyLives:
    """A liveness check that lets nothing pass."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:
        return Liveness(0.0, ("test",))


@dataclass
class Room:
    """A pipeline and a camera that shows what it is told."""

    pipeline: Pipeline
    embedder: PixelEmbedder
    frames: int = 0

    def show(self, rgb: U8, want_samples: bool = False) -> FrameResult:
        at_s = self.frames / 30
        frame = Frame(rgb.copy(), at_s, MONDAY + timedelta(seconds=at_s), self.frames)
        self.frames += 1
        return self.pipeline.process(frame, want_samples)

    def watch(self, rgb: U8, frames: int) -> list[FrameResult]:
        return [self.show(rgb) for _ in range(frames)]

    def enrol(self, *people: PersonId) -> None:
        """Make a gallery of the front pictures of ``people``."""
        vectors = []
        for person in people:
            (one,) = self.pipeline.analyse(alone(person), "test")
            assert one.sample is not None
            vectors.append(one.sample.vector)
        self.pipeline.set_gallery(Gallery.of(np.stack(vectors), people), THRESHOLDS)


@cache
def pictures() -> dict[PersonId, dict[str, U8]]:
    """Return the demo people's pictures by ID and file name."""
    return {
        PersonId(folder.name.split(" - ")[0]): {
            path.stem: np.asarray(Image.open(path).convert("RGB")) for path in folder.glob("*.jpg")
        }
        for folder in sorted(DEMO.iterdir())
        if folder.is_dir()
    }


def front(person: PersonId) -> U8:
    return pictures()[person]["front"]


def scene(*shown: tuple[U8, int, int]) -> U8:
    """Paste pictures at (left, side in px) onto a grey frame of 640 x 480 px."""
    canvas = Image.new("RGB", (640, 480), (128, 128, 128))
    for rgb, left, side in shown:
        canvas.paste(Image.fromarray(rgb).resize((side, side)), (left, (480 - side) // 2))
    return np.asarray(canvas)


def alone(person: PersonId) -> U8:
    return scene((front(person), 200, 280))


def side_by_side(left: PersonId, right: PersonId) -> U8:
    return scene((front(left), 20, 280), (front(right), 340, 280))


@pytest.fixture(scope="module")
def detector() -> Iterator[Detector]:
    opened = open_detector(RangeMode.NEAR, MODELS)
    yield opened
    opened.close()


@pytest.fixture
def room(detector: Detector) -> Room:
    embedder = PixelEmbedder()
    return Room(make(detector, NoLiveness(), embedder), embedder)


def make(detector: Detector, liveness: LivenessCheck, embedder: Embedder) -> Pipeline:
    engines = Engines(detector, detector, detector, liveness, embedder)
    return Pipeline(engines, Rules(), TickingClock())


def decisions(results: list[FrameResult]) -> list[Decision]:
    return [seen.decision for result in results for seen in result.faces]


def test_somebody_enrolled_walks_up_and_is_confirmed_once(room: Room) -> None:
    room.enrol(CLARA, OMAR)
    results = room.watch(alone(CLARA), 20)
    assert decisions(results) == [Decision.WAITING] * 2 + [Decision.KNOWN] * 18
    seen = [result.faces[0] for result in results]
    assert {one.track for one in seen} == {seen[0].track}
    assert [at for at, one in enumerate(seen) if one.confirmed_now] == [2]
    confirmed = seen[2]
    assert (confirmed.person, confirmed.threshold) == (CLARA, 0.95)
    assert confirmed.match is not None
    assert confirmed.match.score > 0.95
    assert confirmed.quality is not None
    assert confirmed.quality.good
    assert confirmed.sample is None


def test_a_settled_face_is_embedded_twice_a_second_only(room: Room) -> None:
    room.enrol(CLARA)
    room.embedder.batches.clear()
    room.watch(alone(CLARA), 91)  # 3 s
    assert 3 + 5 <= len(room.embedder.batches) <= 3 + 7


def test_several_faces_are_embedded_in_one_batch(room: Room) -> None:
    room.enrol(CLARA, OMAR)
    both = side_by_side(CLARA, OMAR)
    room.embedder.batches.clear()
    results = room.watch(both, 3)
    assert room.embedder.batches == [2, 2, 2]
    last = {seen.person: seen.face.box.x for seen in results[-1].faces}
    assert last[CLARA] < last[OMAR]


def test_one_person_twice_in_a_frame_is_named_once(room: Room) -> None:
    room.enrol(CLARA)
    results = room.watch(scene((front(CLARA), 20, 280), (front(CLARA), 330, 300)), 10)
    for result in results:
        assert len(result.faces) == 2
        assert sum(seen.decision is Decision.KNOWN for seen in result.faces) <= 1
    assert sum(seen.confirmed_now for result in results for seen in result.faces) == 1
    assert {seen.decision for seen in results[-1].faces} == {Decision.KNOWN, Decision.UNKNOWN}


def test_with_nobody_enrolled_everybody_is_unknown(room: Room) -> None:
    results = room.watch(alone(CLARA), 8)
    assert decisions(results) == [Decision.WAITING] * 4 + [Decision.UNKNOWN] * 4
    assert results[-1].faces[0].person is None


def test_an_empty_room_is_no_error(room: Room) -> None:
    result = room.show(scene())
    assert result.faces == ()
    assert room.embedder.batches == []


def test_samples_are_made_of_every_good_face_when_they_are_wanted(room: Room) -> None:
    room.enrol(CLARA)
    picture = alone(CLARA)
    for _ in range(6):  # settled faces too
        (seen,) = room.show(picture, want_samples=True).faces
        assert seen.sample is not None
        assert seen.sample.quality == seen.quality
        assert seen.sample.thumbnail.shape == (112, 112, 3)
        assert seen.sample.model_id == "pixels"
    assert room.show(picture).faces[0].sample is None


def test_only_for_samples_is_the_mirror_image_embedded_too(room: Room) -> None:
    picture = alone(CLARA)
    room.show(picture, want_samples=True)
    room.pipeline.analyse(picture, "picture")
    assert room.embedder.batches == [1, 1, 1, 1]
    room.show(picture)
    room.pipeline.process_picture(picture)
    assert room.embedder.batches[4:] == [1, 1]


def test_a_face_cut_off_by_the_edge_is_poor_and_never_embedded(room: Room) -> None:
    cut = scene((front(CLARA), -80, 280))
    results = [result for result in room.watch(cut, 3) if result.faces]
    assert results
    for result in results:
        (seen,) = result.faces
        assert seen.decision is Decision.POOR
        assert seen.quality is not None
        assert seen.quality.reason is PoorReason.CUT_OFF
        assert (seen.match, seen.person) == (None, None)
    assert room.embedder.batches == []


def test_a_dark_face_gives_no_sample(room: Room) -> None:
    dark = (alone(CLARA) // 16).astype(np.uint8)
    for one in room.pipeline.analyse(dark, "dark.jpg"):
        assert not one.quality.good
        assert one.sample is None
    assert room.embedder.batches == []


def test_what_does_not_live_is_a_spoof_and_is_never_embedded(detector: Detector) -> None:
    embedder = PixelEmbedder()
    room = Room(make(detector, NobodyLives(), embedder), embedder)
    results = [room.show(alone(CLARA), want_samples=True) for _ in range(6)]
    assert decisions(results) == [Decision.SPOOF] * 6
    assert results[0].faces[0].sample is None
    assert results[0].faces[0].liveness == Liveness(0.0, ("test",))
    assert embedder.batches == []


def test_a_replaced_gallery_takes_names_back_and_confirms_nobody_twice(room: Room) -> None:
    picture = alone(CLARA)
    room.enrol(CLARA)
    assert decisions(room.watch(picture, 3))[-1] is Decision.KNOWN
    room.pipeline.set_gallery(Gallery.empty(196), THRESHOLDS)
    assert decisions(room.watch(picture, 5)) == [Decision.WAITING] * 4 + [Decision.UNKNOWN]
    room.enrol(CLARA)
    again = room.watch(picture, 5)
    assert decisions(again)[-1] is Decision.KNOWN
    assert not any(result.faces[0].confirmed_now for result in again)


def test_another_camera_begins_with_new_tracks(room: Room) -> None:
    room.enrol(CLARA)
    picture = alone(CLARA)
    before = room.watch(picture, 3)[-1].faces[0]
    room.pipeline.reset()
    after = room.watch(picture, 3)
    assert after[0].faces[0].track > before.track
    assert after[-1].faces[0].confirmed_now


def test_a_gallery_of_another_model_is_refused(room: Room) -> None:
    with pytest.raises(ValueError, match="expected 196 values"):
        room.pipeline.set_gallery(Gallery.empty(64), THRESHOLDS)


def test_latency_is_what_the_clock_says(room: Room) -> None:
    assert room.show(scene()).latency_ms == pytest.approx(4.0)


def test_a_single_picture_is_decided_at_once_and_leaves_tracks_alone(room: Room) -> None:
    room.enrol(CLARA)
    both = side_by_side(CLARA, OMAR)
    room.watch(alone(CLARA), 2)
    result = room.pipeline.process_picture(both)
    found = {seen.decision: seen.person for seen in result.faces}
    assert found[Decision.KNOWN] == CLARA
    assert len(found) == 2
    (seen,) = room.show(alone(CLARA)).faces
    assert (seen.decision, seen.confirmed_now) == (Decision.KNOWN, True)
    assert room.pipeline.process_picture(scene()).faces == ()


def test_analysed_faces_come_nearest_first_with_their_source(room: Room) -> None:
    both = scene((front(CLARA), 20, 200), (front(OMAR), 260, 340))
    near, far = room.pipeline.analyse(both, "both.jpg")
    assert near.face.box.width > far.face.box.width
    assert near.sample is not None
    assert near.sample.source == "both.jpg"
    assert np.array_equal(near.sample.thumbnail, near.chip.rgb)
    assert room.pipeline.analyse(scene(), "nobody.jpg") == ()


@pytest.mark.skipif(not any(MODELS.glob("*.tflite")), reason="there is no trained model in models/")
def test_demo_people_are_enrolled_from_some_pictures_and_known_on_others(
    detector: Detector,
) -> None:
    card = load_card(find_card(MODELS))
    pipeline = make(detector, NoLiveness(), open_embedder(card, MODELS))
    same_face = same_face_threshold(card.fmr_table)
    vectors: list[F32] = []
    owners: list[PersonId] = []
    for person, shots in pictures().items():
        if person == "visitor":
            continue
        found = [pipeline.analyse(shots[name], name) for name in ("front", "left", "right")]
        samples: list[Sample] = [faces[0].sample for faces in found if faces and faces[0].sample]
        for row in select_samples(samples, score, same_face).taken:
            vectors.append(samples[row].vector)
            owners.append(person)
    gallery = Gallery.of(np.stack(vectors), owners)
    assert len(gallery.people) == 12
    pipeline.set_gallery(gallery, threshold_for(card.fmr_table, 1_000, gallery.chances))
    known = {}
    for person, shots in pictures().items():
        (seen,) = pipeline.process_picture(shots["smile"]).faces
        known[person] = seen.person if seen.decision is Decision.KNOWN else None
    visitor = known.pop(PersonId("visitor"))
    assert visitor is None
    assert not {person: said for person, said in known.items() if said not in (person, None)}
    assert sum(said is not None for said in known.values()) >= 11
