"""The errors: the tree in the module's docstring, their codes."""

from __future__ import annotations

import re

from faceapp import errors
from faceapp.errors import FaceAppError


def descendants(kind: type[FaceAppError]) -> list[type[FaceAppError]]:
    return [one for child in kind.__subclasses__() for one in (child, *descendants(child))]


def test_the_tree_that_is_drawn_is_the_tree_of_classes() -> None:
    drawn: dict[str, str] = {}
    root, *branches = re.findall(r"^    (.+)$", errors.__doc__ or "", re.MULTILINE)
    parent = ""
    for branch in branches:
        if re.match(r"[|`]-- ", branch):
            parent, _, children = branch[4:].partition(":")
            drawn[parent] = root
        else:
            children = branch.removeprefix("|")
        drawn.update(dict.fromkeys(re.findall(r"\w+", children), parent))

    assert root == FaceAppError.__name__
    assert drawn == {
        kind.__name__: kind.__bases__[0].__name__
        for kind in descendants(FaceAppError)
        if kind.__module__ == errors.__name__
    }


def test_every_error_has_a_code_of_its_own() -> None:
    kinds: list[type[FaceAppError]] = [FaceAppError, *descendants(FaceAppError)]
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes)
