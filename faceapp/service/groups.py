"""What changes when people leave and join groups. A pure function; nothing is looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from functools import cache

from faceapp.service.identity import checked_groups, spelt_alike
from faceapp.types import Person, PersonId, Regrouped


def regrouped(
    everybody: Collection[Person],
    chosen: AbstractSet[PersonId],
    join: Iterable[str],
    leave: Iterable[str],
) -> list[Regrouped]:
    """Return whose groups change, and how, when the ``chosen`` people leave and join groups.

    What they join is spelt as a group that still has members after the leaving, if only the case
    differs. Raises PersonInvalid.
    """
    left = frozenset(leave)
    staying = {
        group: None
        for person in everybody
        for group in person.groups
        if person.id not in chosen or group not in left
    }
    joined = spelt_alike(join, list(staying))

    @cache  # whole classes are in the same groups
    def after(groups: tuple[str, ...]) -> tuple[str, ...]:
        kept = [group for group in groups if group not in left]
        known = {group.casefold() for group in kept}
        new = [group for group in joined if group.casefold() not in known]
        return checked_groups((*kept, *new)) if new or len(kept) < len(groups) else groups

    return [
        Regrouped(person.id, person.groups, groups)
        for person in everybody
        if person.id in chosen and (groups := after(person.groups)) != person.groups
    ]
