"""Signals that ask the program to end: who hears them, and that they are given back."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from faceapp.ui import quit_signals
from tests.helpers.signals import BREAKS


@pytest.fixture(autouse=True)
def former() -> Iterator[None]:
    handlers = {number: signal.getsignal(number) for number in BREAKS}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", BREAKS)
def test_each_is_heard_within_and_given_back_after(number: signal.Signals) -> None:
    outer: list[int] = []
    inner: list[int] = []
    signal.signal(number, lambda heard, _: outer.append(heard))
    with quit_signals.handled_by(lambda heard, _: inner.append(heard)):
        signal.raise_signal(number)
    signal.raise_signal(number)
    assert (inner, outer) == ([number], [number])


@pytest.mark.parametrize("number", BREAKS)
def test_what_was_ignored_from_the_start_stays_ignored(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_IGN)
    heard: list[int] = []
    with quit_signals.handled_by(lambda got, _: heard.append(got)):
        signal.raise_signal(number)
    assert heard == []
    assert signal.getsignal(number) is signal.SIG_IGN
