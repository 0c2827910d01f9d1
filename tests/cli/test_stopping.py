"""Signals while a command works: what must not be interrupted half-way is done first."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

from faceapp.cli.stopping import one_by_one, uninterrupted, whole
from tests.helpers.signals import BREAKS, heard


@pytest.fixture(autouse=True)
def hearing() -> Iterator[None]:
    with heard():
        yield


@pytest.mark.parametrize("number", BREAKS)
def test_what_is_begun_is_done_before_a_signal_counts(number: signal.Signals) -> None:
    done = []

    @uninterrupted()
    def work() -> None:
        signal.raise_signal(number)
        done.append(number)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == [number]


def test_afterwards_a_signal_counts_at_once_again() -> None:
    with uninterrupted():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_an_error_within_is_the_one_that_is_raised() -> None:
    @uninterrupted()
    def work() -> None:
        signal.raise_signal(signal.SIGINT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()


def test_between_two_items_a_signal_counts() -> None:
    made: list[object] = []

    def items() -> Generator[int]:
        try:
            for number in range(5):
                if number == 2:
                    signal.raise_signal(signal.SIGINT)
                made.append(number)
                yield number
        finally:
            made.append("closed")

    with pytest.raises(KeyboardInterrupt):
        list(one_by_one(items()))
    assert made == [0, 1, 2, "closed"]


def test_a_second_signal_waits_until_all_is_closed() -> None:
    closed = []

    def items() -> Generator[int]:
        try:
            yield 1
            signal.raise_signal(signal.SIGINT)
            yield 2
        finally:
            signal.raise_signal(signal.SIGINT)
            closed.append(True)

    with pytest.raises(KeyboardInterrupt):
        list(one_by_one(items()))
    assert closed == [True]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("entering", ["entering", "leaving"]),
        ("within", ["entering", "leaving"]),
        ("leaving", ["entering", "within", "leaving"]),
    ],
)
def test_what_is_entered_is_left_whenever_ctrl_c_is_pressed(
    moment: str, expected: list[str]
) -> None:
    done: list[str] = []

    def pressed(now: str) -> None:
        if now == moment:
            signal.raise_signal(signal.SIGINT)
        done.append(now)

    @contextmanager
    def thing() -> Iterator[None]:
        pressed("entering")
        yield
        pressed("leaving")

    def work() -> None:
        with whole(thing()):
            pressed("within")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == expected


def test_without_a_signal_every_item_comes() -> None:
    assert list(one_by_one(letter for letter in "abc")) == ["a", "b", "c"]
