from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.alphabet import places, plain, rank


def test_names_are_sorted_as_people_expect_whatever_their_accents() -> None:
    names = ["Яна", "Zwick", "Émile", "Øster", "Arno", "зоя", "Emil", "Zürn", "Ott", "Ärmel"]
    assert sorted(names, key=rank) == [
        *("Ärmel", "Arno", "Emil", "Émile", "Øster", "Ott", "Zürn", "Zwick", "зоя", "Яна")
    ]


def test_numbers_in_ids_are_sorted_by_their_value() -> None:
    ids = ["Q1", "P10", "p9b", "P3", "P09", "P"]
    assert sorted(ids, key=rank) == ["P", "P3", "P09", "p9b", "P10", "Q1"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ozlem", "Özlem"),
        ("ANGEL", "Ángel"),
        ("strasse", "Straße"),
        ("lukasz", "Łukasz"),
        ("dorde", "Đorđe"),
        ("isik", "IŞIK"),
        ("ismail", "İsmail"),
        ("nguyen", "Nguyễn"),
        ("\u200eP01\u200b", "P01"),
        ("میبینم", "می\u200cبینم"),
    ],
)
def test_a_name_is_found_without_its_accents(typed: str, name: str) -> None:
    assert plain(typed) == plain(name)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(texts, max_size=8))
def test_sorting_does_not_depend_on_the_order_before(some: list[str]) -> None:
    backwards = some[::-1]
    backwards.sort(key=rank)
    assert sorted(some, key=rank) == backwards


@given(texts, texts)
def test_a_part_of_a_text_is_found_in_it(part: str, rest: str) -> None:
    assert plain(part) in plain(part + rest)
    assert plain(plain(part)) == plain(part)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Öffnen und öffnen", "OFFNEN", ["Öffnen", "öffnen"]),
        ("Offnen", "öffnen", ["Offnen"]),
        ("Cafe\u0301 am See", "cafe a", ["Cafe\u0301 a"]),
        ("die Straße", "strasse", ["Straße"]),
        ("Maß", "s", ["ß"]),
        ("Ærø", "ero", ["Ærø"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.c", ".", ["."]),
        ("Öl", "", []),
        ("Öl", "\u0308", []),
    ],
)
def test_the_places_of_a_text_in_another(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, wanted)] == found


@given(texts, texts, texts)
def test_a_text_is_placed_wherever_it_is_found(before: str, part: str, after: str) -> None:
    whole = before + part + after
    placed = places(whole, part)
    assert bool(placed) is (bool(plain(part)) and plain(part) in plain(whole))
    assert all(plain(part) in plain(whole[start:end]) for start, end in placed)
