from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.errors import PersonInvalid
from faceapp.service.identity import (
    checked_groups,
    checked_id,
    checked_name,
    checked_person,
    checked_reason,
    sought_id,
)
from faceapp.types import Person, PersonId

FINE = [
    "Grace Okafor",
    "Anne-Marie O'Neill",
    "李小龙",
    "محمد بن سلمان",
    "דוד המלך",
    "👩‍👩‍👧‍👦 family",
    "flag 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "=cmd|' /C calc'!A0",
    "<b>bold</b>",
    "Robert'); DROP TABLE people;--",
    "a" * 200,
    "нет имени",
    "می‌خواهم",
    "%s {name} \\n",
]


@pytest.mark.parametrize("text", FINE)
def test_every_script_and_sign_is_a_name(text: str) -> None:
    assert checked_name(text) == text


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Grace \u00a0", "Grace"),
        ("Zoe\u0308", "Zoë"),
        ("Å", "Å"),
        ("\ufeffGrace\u200b", "Grace"),
        ("\u202eecarG", "ecarG"),
        ("\u2067שלמה\u2069", "שלמה"),
        ("a" * 200 + " ", "a" * 200),
        ("e\u0301" * 200, "é" * 200),
        ("Zoe\u00ad\u0308", "Zoë"),
        ("\u200eA\u200e12\u200f \u061c", "A12"),
        ("Grace\u00a0Okafor\u202f2", "Grace Okafor 2"),
        ("\u200f👩\u200d👩", "👩\u200d👩"),
    ],
)
def test_one_name_has_one_form(given_text: str, kept: str) -> None:
    assert checked_name(given_text) == kept
    assert sought_id(checked_id(given_text)) == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("\u200b\u2060", "empty"),
        ("\u200d", "empty"),
        ("a" * 201, "too_long"),
        ("a\x00b", "control_character"),
        ("a\nb", "control_character"),
        ("a\tb", "control_character"),
        ("a\x1fb", "control_character"),
        ("a\x85b", "control_character"),
        ("a\u2028b", "control_character"),
        ("a\ud800b", "control_character"),
    ],
)
@pytest.mark.parametrize("field", ["id", "name", "group"])
def test_what_cannot_be_kept_says_why(field: str, text: str, why: str) -> None:
    check: dict[str, Callable[[str], object]] = {
        "id": checked_id,
        "name": checked_name,
        "group": lambda text: checked_groups([text]),
    }
    with pytest.raises(PersonInvalid) as caught:
        check[field](text)
    assert (caught.value.details["field"], caught.value.details["why"]) == (field, why)


def test_the_pseudonyms_of_the_forgotten_are_reserved() -> None:
    with pytest.raises(PersonInvalid, match="why=reserved"):
        checked_id(" forgotten-12")
    assert checked_id("forgotten-one") == "forgotten-one"


def test_groups_are_each_once_and_in_order() -> None:
    assert checked_groups(["b", " a", "b ", "a"]) == ("a", "b")
    assert checked_groups(["B", "b", "10", "9", "Ä"]) == ("9", "10", "Ä", "B")
    with pytest.raises(PersonInvalid, match="why=too_many"):
        checked_groups(str(number) for number in range(101))


@given(st.text(max_size=250), st.text(max_size=250), st.lists(st.text(max_size=20), max_size=4))
def test_a_checked_person_stays_as_it_is(person_id: str, name: str, groups: list[str]) -> None:
    try:
        once = checked_person(Person(PersonId(person_id), name, tuple(groups)))
    except PersonInvalid:
        return
    assert checked_person(once) == once
    for text in (once.id, once.name, *once.groups):
        assert 1 <= len(text) <= 200
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def test_a_reason_is_one_line() -> None:
    assert checked_reason("  forgot\r\nher\tbadge\x00 ") == "forgot her badge"


def test_the_longest_reason_and_the_most_groups_are_taken() -> None:
    assert checked_reason(" " + "a" * 500) == "a" * 500
    assert len(checked_groups(str(number) for number in range(100))) == 100
