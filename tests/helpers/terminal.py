"""A terminal with somebody at it, for commands that ask."""

from __future__ import annotations

import io


class Terminal(io.BytesIO):
    """What was typed; `click.testing.CliRunner` takes it as ``input``."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed.encode())

    def isatty(self) -> bool:
        """Be a terminal."""
        return True
