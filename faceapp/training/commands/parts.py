"""What the commands share: paths, options and how they report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faceapp.errors import FaceAppError
from faceapp.messages import sentence

if TYPE_CHECKING:
    from faceapp.training.config import TrainConfig

CACHE = Path("cache")
PACKED = CACHE / "shared"

ANY = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True)
CONFIG = click.argument("config")
DATA = click.option("--data", type=ANY, default=PACKED, show_default=True, help="The packed set.")


@contextmanager
def in_one_line() -> Iterator[None]:
    """Report errors of the operator and of the outside world in one line, without a traceback."""
    try:
        yield
    except FaceAppError as error:
        raise click.ClickException(" ".join(sentence(error))) from error
    except (OSError, ImportError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def config_of(name: str) -> TrainConfig:
    """Load the config ``name``. Raises ClickException with the known names if there is none."""
    from faceapp.training import configs
    from faceapp.training.config import load

    try:
        return load(name)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith(configs.__name__):
            raise  # the config exists, but not what it imports
        known = ", ".join(sorted(path.stem for path in Path(configs.__path__[0]).glob("[!_]*.py")))
        raise click.ClickException(f"{name}: expected one of {known}") from error


def counting(what: str, done: int, total: int) -> None:
    """Show the progress of ``what``, overwriting the line each time."""
    click.echo(f"\r{what} {done}/{total}", nl=done == total, err=True)
