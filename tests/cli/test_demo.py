"""Which data folder the demo takes; what it does there is a journey of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from faceapp.app import Parts, open_parts
from faceapp.cli import commands
from faceapp.cli.demo import MARK
from faceapp.errors import ModelMissing
from tests.cli.conftest import Run, error_line
from tests.helpers.data import GRACE, sample, service_on


def chosen(*words: object) -> Path | None:
    """Start the demo without its models; return the data folder it would have worked on."""
    asked: list[Path | None] = []

    def factory(folder: Path | None) -> Parts:
        asked.append(folder)
        if len(asked) > 1:  # the first are the parts of the command line itself
            raise ModelMissing(path="none")
        return open_parts(folder)

    result = CliRunner().invoke(commands, [str(word) for word in words], obj=factory)
    assert result.exit_code == 1, result.output
    return asked[-1]


def test_the_demo_leaves_the_folder_of_the_environment_alone(data_dir: Path) -> None:
    folder = chosen("demo", "--headless")
    assert folder is not None
    assert folder != data_dir
    assert not folder.exists()
    assert list(data_dir.iterdir()) == []


@pytest.mark.parametrize("before", [True, False])
def test_the_demo_takes_the_folder_that_is_said(
    data_dir: Path, tmp_path: Path, before: bool
) -> None:
    said = ("--data-dir", tmp_path / "said")
    words = (*said, "demo", "--headless") if before else ("demo", "--headless", *said)
    assert chosen(*words) == tmp_path / "said"
    assert (tmp_path / "said" / MARK).exists()
    assert not (data_dir / MARK).exists()


def test_a_folder_with_too_long_a_name_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--headless", "--data-dir", tmp_path / ("a" * 300))
    assert "it is too long. Choose a shorter name." in error_line(result)


def test_a_demos_folder_that_holds_somebody_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / MARK).touch()
    with service_on(folder / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1)])  # with an ID of the demo, but not its person
    result = run("demo", "--headless", "--data-dir", folder)
    assert result.exit_code == 2
    assert "never mixes with real data" in result.stderr
    assert f"faceapp --data-dir {folder}" in result.stderr
    assert not (folder / "settings.toml").exists()
    assert "demo" in (folder / "logs" / "faceapp.log").read_text(encoding="utf-8")
    with service_on(folder / "faceapp.db") as service:
        assert [row.person for row in service.people()] == [GRACE]
