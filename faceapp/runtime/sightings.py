"""Extracts the sightings that deserve an entry from a frame's result. Records nothing."""

from __future__ import annotations

from collections.abc import Iterator

from faceapp.types import Decision, FrameResult, ModelId, SeenFace, Sighting


def sightings_in(result: FrameResult, camera: str, model_id: ModelId) -> Iterator[Sighting]:
    """Yield a sighting for each face that became known in this very frame."""
    for seen in result.faces:
        if seen.confirmed_now:
            yield sighting_of(seen, result, camera, model_id)


def sighting_of(seen: SeenFace, result: FrameResult, camera: str, model_id: ModelId) -> Sighting:
    """Return the sighting of one known face. Raises ValueError for any other face."""
    if seen.decision is not Decision.KNOWN or seen.person is None or seen.match is None:
        raise ValueError(f"expected a known face, got {seen.decision}")
    at = result.frame.at
    return Sighting(
        # The same person in front of the same camera at the same moment is the same sighting. The
        # log book adds the person by number: an ID here could be guessed from the stored hash.
        key=f"{at.isoformat()}|{camera}",
        person=seen.person,
        at=at,
        camera=camera,
        similarity=seen.match.score,
        threshold=seen.threshold,
        model_id=model_id,
    )
