from __future__ import annotations

import itertools
import threading

import pytest

from faceapp.runtime.parallel import AHEAD, ordered_map, usable_cores


class Tool:
    def __init__(self, made: list[Tool]) -> None:
        self.threads: set[int] = set()
        self.closed = 0
        made.append(self)

    def double(self, item: int) -> int:
        self.threads.add(threading.get_ident())
        return item * 2

    def close(self) -> None:
        self.closed += 1


def test_answers_come_in_the_order_of_the_items() -> None:
    late = threading.Event()

    def work(tool: Tool, item: int) -> int:
        if item == 0:
            assert late.wait(10)
        elif item == 1:
            late.set()
        return tool.double(item)

    made: list[Tool] = []
    answers = ordered_map(lambda: Tool(made), work, range(50), threads=2)
    assert list(answers) == [(item, item * 2) for item in range(50)]


def test_every_tool_is_used_by_one_thread_and_closed_once() -> None:
    made: list[Tool] = []
    assert len(list(ordered_map(lambda: Tool(made), Tool.double, range(40), threads=3))) == 40
    assert 1 <= len(made) <= 3
    assert all(len(tool.threads) == 1 and tool.closed == 1 for tool in made)


def test_endless_items_are_not_read_far_ahead() -> None:
    made: list[Tool] = []
    read = itertools.count()
    answers = ordered_map(lambda: Tool(made), Tool.double, read, threads=2)
    assert next(answers) == (0, 0)
    answers.close()
    assert next(read) <= 2 * AHEAD
    assert all(tool.closed == 1 for tool in made)


def test_an_error_is_raised_in_its_items_place_and_ends_the_map() -> None:
    def work(tool: Tool, item: int) -> int:
        if item == 3:
            raise ValueError("three")
        return tool.double(item)

    made: list[Tool] = []
    answers = ordered_map(lambda: Tool(made), work, range(20), threads=2)
    assert [next(answers) for _ in range(3)] == [(0, 0), (1, 2), (2, 4)]
    with pytest.raises(ValueError, match="three"):
        next(answers)
    assert all(tool.closed == 1 for tool in made)


def test_a_tool_that_cannot_be_made_is_an_error_of_the_first_item() -> None:
    def build() -> Tool:
        raise RuntimeError("no engine")

    with pytest.raises(RuntimeError, match="no engine"):
        list(ordered_map(build, Tool.double, range(5), threads=2))


def test_no_items_make_no_tools() -> None:
    made: list[Tool] = []
    assert list(ordered_map(lambda: Tool(made), Tool.double, [])) == []
    assert made == []
    assert usable_cores() >= 1
