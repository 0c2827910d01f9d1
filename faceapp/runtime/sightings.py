"""From a frame's result to the sightings that are worth an entry. Nothing is recorded here."""

from __future__ import annotations

from collections.abc import Iterator

from faceapp.types import Decision, FrameResult, ModelId, SeenFace, Sighting


def sightings_in(result: FrameResult, camera: str, model_id: ModelId) -> Iterator[Sighting]:
    """One sighting for each face that became known in this very frame."""
    for seen in result.faces:
        if seen.confirmed_now:
            yield sighting_of(seen, result, camera, model_id)


def sighting_of(seen: SeenFace, result: FrameResult, camera: str, model_id: ModelId) -> Sighting:
    """The sighting of one known face. Raises ValueError for any other."""
    if seen.decision is not Decision.KNOWN or seen.person is None or seen.match is None:
        raise ValueError(f"expected a known face, got {seen.decision}")
    at = result.frame.at
    return Sighting(
        # The same person before the same camera at the same moment is the same sighting. Who it
        # is the log book adds, by number: an ID in here could be guessed from the kept hash.
        key=f"{at.isoformat()}|{camera}",
        person=seen.person,
        at=at,
        camera=camera,
        similarity=seen.match.cosine,
        threshold=seen.threshold,
        model_id=model_id,
    )
