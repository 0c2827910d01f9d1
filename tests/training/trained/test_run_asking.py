"""Runs whose teacher is asked about what the student is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset
from faceapp.training.batches import scaled
from faceapp.training.config import TrainConfig
from faceapp.training.run import Run
from faceapp.training.target import Target
from tests.training.trained.runs import checkpoint, metrics, same
from tests.training.trained.tiny import CONFIG, as_they_are, onnx_teacher


def asking(phase_steps: int) -> TrainConfig:
    """A run of 112 px that asks a teacher about what it shows, half of it made up."""
    phase = replace(CONFIG.phases[0], size_px=112, steps=phase_steps, made_up=0.5)
    return replace(CONFIG, phases=(phase,), live_teacher=True, parts=2)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CXX", "no-such-compiler")  # compiling takes longer than the run
    pytest.importorskip("onnx", reason="training needs ONNX: make test-training")
    return onnx_teacher(tmp_path / "teacher.onnx", 12)


def test_a_run_that_asks_its_teacher_resumes_exactly(
    asked: Path, packed: Path, tmp_path: Path
) -> None:
    for folder, steps, resume in (("whole", 4, False), ("parts", 2, False), ("parts", 4, True)):
        Run(asking(steps), packed, tmp_path / folder, 0, asked).train(resume)
    whole, parts = (checkpoint(tmp_path / name) for name in ("whole", "parts"))
    assert same(whole["engine"], parts["engine"])
    plain = replace(asking(4), phases=(replace(asking(4).phases[0], made_up=0.0),))
    Run(plain, packed, tmp_path / "plain", 0, asked).train(resume=False)
    assert (
        metrics(tmp_path / "plain")[-1]["distil_cosine"]
        != (metrics(tmp_path / "whole")[-1]["distil_cosine"])
    )


def answers(packed: Path) -> Path:
    (found,) = packed.glob("answers-*")
    return found


def test_a_teacher_is_asked_about_the_chips_once(asked: Path, packed: Path, tmp_path: Path) -> None:
    def cosine(name: str) -> float:
        Run(asking(2), packed, tmp_path / name, 0, asked).train(resume=False)
        return float(metrics(tmp_path / name)[-1]["distil_cosine"])

    first = cosine("first")
    assert cosine("second") == first
    np.save(answers(packed), np.load(answers(packed))[::-1])
    assert cosine("third") != first  # what is kept is what counts
    chipset.clear(packed)
    assert not list(packed.glob("answers-*"))


@pytest.mark.parametrize("damage", [lambda rows: rows[:-1], lambda _: np.zeros(0)])
def test_answers_to_other_chips_are_asked_for_again(
    damage: Any, asked: Path, packed: Path, tmp_path: Path
) -> None:
    Run(asking(2), packed, tmp_path / "first", 0, asked)
    kept = np.load(answers(packed))
    np.save(answers(packed), damage(kept))
    Run(asking(2), packed, tmp_path / "run", 0, asked)
    assert np.array_equal(np.load(answers(packed)), kept)
    answers(packed).write_bytes(answers(packed).read_bytes()[:100])
    Run(asking(2), packed, tmp_path / "run", 0, asked)
    assert np.array_equal(np.load(answers(packed)), kept)


def test_a_made_up_face_is_nobodys(asked: Path, packed: Path, tmp_path: Path) -> None:
    run, have = Run(asking(4), packed, tmp_path / "run", 0, asked), chipset.ChipSet.load(packed)
    wanted = Target.of(have, run.lessons.rows, run.config)
    pictures = torch.from_numpy(have.chips[run.lessons.rows[:8]])
    views = as_they_are(pictures, torch.from_numpy(run.lessons.rows[:8]))
    batch = run.lessons.batch(views, 0, 0)
    assert batch.people.tolist() == [-1] * 4 + wanted.people[run.lessons.rows[4:8]].tolist()
    assert not torch.equal(batch.chips[:4], scaled(pictures[:4]))
    assert torch.equal(batch.chips[4:], scaled(pictures[4:]))
    assert wanted.teacher is not None
    assert batch.teacher is not None
    assert np.allclose(batch.teacher[4:].numpy(), wanted.teacher[run.lessons.rows[4:8]], atol=0.01)


def test_who_asks_needs_somebody_to_ask(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tiny asks a teacher"):
        Run(asking(4), packed, tmp_path / "run", workers=0)
