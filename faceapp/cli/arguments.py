"""Names, files and options that commands share, and suggestions for mistyped commands."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.cli.say import UnknownGroup

if TYPE_CHECKING:
    from faceapp.service import Service


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object per line."
)


class Topics(click.Group):
    """A group of commands that knows what some commands are called elsewhere.

    By its letters alone, "rename" would be the nearest to "remove".
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        meant = _ELSEWHERE.get(args[0])
        if meant in self.commands:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{meant}'?")
        return super().resolve_command(ctx, args)


_ELSEWHERE = dict.fromkeys(("delete", "erase", "remove", "rm"), "forget")


class Name(click.ParamType[str]):
    """The name of a source, person or group; empty (an unset shell variable) is refused.

    An empty source would mean the current folder, an empty person everybody.
    """

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is."""
        if not value:
            self.fail("a name must not be empty.", param, ctx)
        return value


class FileName(click.Path):
    """The name of a file or, with ``folder``, of a folder; empty is refused, as by `Name`.

    Unless ``dash``, so is "-", which means standard input or output everywhere.
    """

    def __init__(self, *, folder: bool = False, exists: bool = False, dash: bool = False) -> None:
        super().__init__(
            exists=exists,
            file_okay=not folder,
            dir_okay=folder,
            readable=exists,  # whatever opens any other says better what is wrong
            allow_dash=dash,
            path_type=Path,
        )

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if not os.fspath(value):
            self.fail("a name must not be empty.", param, ctx)
        if os.fspath(value) == "-" and not self.allow_dash:
            self.fail("it must be the name of a file or folder, not -.", param, ctx)
        if self.file_okay and not os.path.split(value)[1]:  # Path would drop the "/"
            self.fail(f"{os.fspath(value)} is a folder; add the name of a file.", param, ctx)
        return super().convert(value, param, ctx)


def refuse_unknown_group(service: Service, group: str) -> None:
    """Raise UnknownGroup if nobody is in ``group``."""
    groups = service.groups()
    if group in groups:
        return
    folded = {name.casefold(): name for name in groups}
    near = [folded[name] for name in get_close_matches(group.casefold(), folded)]
    hint = f"The groups are {', '.join(groups)}." if groups else "There are no groups."
    if near:
        hint = f"Did you mean {' or '.join(near)}?"
    raise UnknownGroup(f"Nobody is in the group {group}. {hint}")
