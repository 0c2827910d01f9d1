"""The columns of the people table, and the search in it."""

from __future__ import annotations

from faceapp.alphabet import plain, rank
from faceapp.clock import Clock
from faceapp.types import PersonSummary
from faceapp.ui import times
from faceapp.ui.tables import Column, Sign
from faceapp.ui.theme import Token
from faceapp.ui.words import Text, common
from faceapp.ui.words import people as words

# A quality (0..1) is good from the first value on, and weak below the second.
GOOD_FROM = 0.6
WEAK_BELOW = 0.35

WARNING, NEUTRAL = Sign("warning", Token.CAUTION), Sign("minus", Token.TEXT_MUTED)

NAME, ID, GROUPS, SAMPLES, ENROLLED, LAST_SEEN = range(6)


def columns(clock: Clock) -> tuple[Column[PersonSummary], ...]:
    """Make the columns; ``clock`` tells which day is today."""

    def seen(row: PersonSummary) -> str:
        at = row.last_seen_at
        return common.NEVER() if at is None else times.when_shortly(times.local(at), clock.now())

    def seen_exactly(row: PersonSummary) -> str:
        at = row.last_seen_at
        return common.NEVER() if at is None else times.exact(times.local(at))

    return (
        Column(common.NAME, lambda row: row.person.name, lambda row: rank(row.person.name)),
        Column(common.PERSON_ID, lambda row: row.person.id, lambda row: rank(row.person.id), 80),
        Column(common.GROUPS, groups, lambda row: rank(groups(row)), 128, spare=2),
        Column(words.SAMPLES, samples, _by_samples, 136, tip=_samples_tip, sign=quality_sign),
        Column(
            words.ENROLLED,
            lambda row: times.day(times.local(row.enrolled_at).date()),
            lambda row: row.enrolled_at.timestamp(),
            104,
            spare=3,
            tip=lambda row: times.exact(times.local(row.enrolled_at)),
        ),
        Column(words.LAST_SEEN, seen, _by_last_seen, 140, tip=seen_exactly, spare=1),
    )


def groups(row: PersonSummary) -> str:
    """Name a person's groups."""
    return ", ".join(row.person.groups)


def samples(row: PersonSummary) -> str:
    """Say how many usable samples there are and how good the weakest is."""
    if row.weakest is None:
        return words.USELESS() if row.templates else words.NO_SAMPLES()
    return words.SAMPLES_AND_WEAKEST(n=row.usable, weakest=rating(row.weakest)[0]())


def rating(quality: float) -> tuple[Text, Sign]:
    """Return the word and the sign for a quality of 0..1."""
    if quality >= GOOD_FROM:
        return words.GOOD, Sign("check", Token.GOOD)
    if quality >= WEAK_BELOW:
        return words.FAIR, NEUTRAL
    return words.WEAK, WARNING


def quality_sign(row: PersonSummary) -> Sign:
    """Return the sign for the weakest sample; no samples are no fault without an agreement."""
    if row.weakest is not None:
        return rating(row.weakest)[1]
    return NEUTRAL if row.agreed_at is None and not row.templates else WARNING


def found(row: PersonSummary, text: str) -> bool:
    """Return whether every word of ``text`` is in the name, the ID or a group."""
    whole = plain(" ".join((row.person.name, row.person.id, *row.person.groups)))
    return all(part in whole for part in plain(text).split())


def _samples_tip(row: PersonSummary) -> str:
    if row.weakest is None:
        return words.USELESS_TIP() if row.templates else words.NO_SAMPLES_TIP()
    return words.SAMPLES_TIP(weakest=rating(row.weakest)[0]())


def _by_samples(row: PersonSummary) -> tuple[int, float]:
    return row.usable, row.weakest or 0.0


def _by_last_seen(row: PersonSummary) -> float:
    return row.last_seen_at.timestamp() if row.last_seen_at else 0.0
