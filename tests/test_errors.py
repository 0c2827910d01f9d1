"""The errors: the tree in the module's docstring, their codes."""

from __future__ import annotations

import re

from faceapp import errors
from faceapp.errors import FaceAppError

KINDS: list[type[FaceAppError]] = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, FaceAppError)
]


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
        kind.__name__: kind.__bases__[0].__name__ for kind in KINDS if kind is not FaceAppError
    }


def test_every_error_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
