from __future__ import annotations

import json
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset, commands, compare, configs, network
from faceapp.training.augment import Augmentation
from faceapp.training.batches import scaled
from faceapp.training.commands import main
from faceapp.training.compare import Budget, table
from faceapp.training.config import TrainConfig, Weights, as_json
from faceapp.training.engine import Engine
from faceapp.training.run import Collapsed, Run
from tests.training.made import packed_set
from tests.training.trained.tiny import CONFIG, LAYOUT, onnx_teacher


def checkpoint(folder: Path) -> dict[str, Any]:
    return dict(torch.load(folder / "checkpoint.pt", weights_only=True))


def metrics(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def trained(config: TrainConfig, packed: Path, folder: Path, resume: bool = False) -> None:
    Run(config, packed, folder, workers=0).train(resume)


def stopped_after(phases_steps: tuple[int, ...]) -> TrainConfig:
    """The tiny run, ended early: phases may be prolonged."""
    phases = zip(CONFIG.phases, phases_steps, strict=False)
    return replace(CONFIG, phases=tuple(replace(p, steps=steps) for p, steps in phases))


def untimed(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "minutes"}


def one_more_person(packed: Path) -> None:
    """Add somebody to the set: others are held out then."""
    for name in ("chips", "people", "teacher"):
        rows = np.load(packed / f"{name}.npy")
        more = np.full(4, 10, np.int32) if name == "people" else rows[:4]
        np.save(packed / f"{name}.npy", np.concatenate([rows, more]))


def same(first: Any, second: Any) -> bool:
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return torch.equal(first, second) if torch.is_tensor(first) else bool(first == second)


def test_a_run_leaves_all_that_is_needed_to_understand_it(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(CONFIG, packed, folder)
    lines = metrics(folder)
    assert [(line["phase"], line["step"]) for line in lines] == [(0, 2), (0, 4), (1, 2), (1, 4)]
    needed = {"size_px", "minutes", "distil_cosine", "spread", "teacher_cosine"}
    assert all(needed <= line.keys() for line in lines)
    # Two people held out make 16 comparisons of strangers: no such FMR can be seen in them.
    assert [name for line in lines for name in line if "@" in name] == []
    assert json.loads((folder / "config.json").read_text())["phases"][1]["size_px"] == 48
    assert (folder / "revision.txt").exists()
    assert {path.name for path in folder.iterdir()} == {
        *("checkpoint.pt", "config.json", "data.json", "metrics.jsonl", "revision.txt"),
    }
    assert (checkpoint(folder)["phase"], checkpoint(folder)["step"]) == (1, 4)


@pytest.mark.parametrize("interrupted", [(1,), (3,), (4,), (4, 1), (4, 3)])
def test_a_resumed_run_ends_exactly_where_an_uninterrupted_one_does(
    interrupted: tuple[int, ...], packed: Path, tmp_path: Path
) -> None:
    config = replace(CONFIG, phases=tuple(replace(p, decay=0) for p in CONFIG.phases))
    early = replace(
        config,
        phases=tuple(
            replace(p, steps=steps) for p, steps in zip(config.phases, interrupted, strict=False)
        ),
    )
    trained(config, packed, tmp_path / "whole")
    trained(early, packed, tmp_path / "parts")
    trained(config, packed, tmp_path / "parts", resume=True)
    whole, parts = (checkpoint(tmp_path / name) for name in ("whole", "parts"))
    assert same(whole["engine"], parts["engine"])
    last = [untimed(metrics(tmp_path / name)[-1]) for name in ("whole", "parts")]
    assert last[0] == last[1]


def test_resuming_a_finished_run_changes_nothing(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(CONFIG, packed, folder)
    before = checkpoint(folder)
    trained(CONFIG, packed, folder, resume=True)
    assert same(before, checkpoint(folder))
    assert len(metrics(folder)) == 4


def test_resuming_what_never_began_begins_it(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((1,)), packed, tmp_path / "run", resume=True)
    assert checkpoint(tmp_path / "run")["step"] == 1


@pytest.mark.parametrize("lost", [3, 1])
def test_an_evaluation_that_was_due_at_the_checkpoint_is_made_up_for(
    lost: int, packed: Path, tmp_path: Path
) -> None:
    """The run was interrupted between its last checkpoint and what it says of it."""
    folder = tmp_path / "run"
    config = CONFIG if lost == 3 else stopped_after((4,))
    trained(config, packed, folder)
    before = metrics(folder)
    lines = (folder / "metrics.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "metrics.jsonl").write_text("".join(lines[:lost]), "utf-8")
    trained(CONFIG, packed, folder, resume=True)
    assert untimed(metrics(folder)[lost]) == untimed(before[lost])
    assert len(metrics(folder)) == 4


def test_a_run_goes_on_with_the_set_it_was_trained_on_only(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained(stopped_after((2,)), packed, folder)
    said = (folder / "data.json").read_bytes()
    (folder / "data.json").unlink()  # a run that does not say goes with any
    trained(stopped_after((3,)), packed, folder, resume=True)
    (folder / "data.json").write_bytes(said)
    trained(stopped_after((4,)), packed, folder, resume=True)
    one_more_person(packed)
    with pytest.raises(ValueError, match=r"held out other people: .*40 chips of 10.*44 chips of"):
        trained(CONFIG, packed, folder, resume=True)
    assert len(json.loads((folder / "config.json").read_text())["phases"]) == 1


def test_a_run_goes_on_with_who_is_held_out_only(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((2,)), packed, tmp_path / "run")
    with pytest.raises(ValueError, match="held out other people"):
        trained(replace(CONFIG, seed=2), packed, tmp_path / "run", resume=True)


def test_a_run_looks_at_people_elsewhere_too(tmp_path: Path) -> None:
    packed = packed_set(tmp_path / "many", 60)  # twelve are held out: 1,056 pairs of strangers
    packed_set(packed / chipset.ELSEWHERE, 12)
    trained(stopped_after((2,)), packed, tmp_path / "run")
    said = metrics(tmp_path / "run")[-1]
    assert 0.0 <= said["elsewhere_fmr@0.001"] <= 1.0
    assert 0.0 <= said["elsewhere_tar@0.001"] <= 1.0
    assert 0.0 <= said["tar@0.001"] <= 1.0
    assert [name for name in said if "@0.0001" in name] == []


def test_a_phase_holds_no_network_of_the_one_before(packed: Path, tmp_path: Path) -> None:
    alive: list[int] = []
    models: list[weakref.ref[Any]] = []

    class Watched(Run):
        def _phase(self, engine: Engine, *where: Any) -> None:
            models.append(weakref.ref(engine.model))
            alive.append(sum(model() is not None for model in models))
            super()._phase(engine, *where)

    Watched(CONFIG, packed, tmp_path / "run", workers=0).train(resume=False)
    assert alive == [1, 1]


@pytest.mark.parametrize("size", [0, 10, 1000])
def test_a_checkpoint_that_is_cut_off_is_named(packed: Path, tmp_path: Path, size: int) -> None:
    Run(CONFIG, packed, tmp_path / "run").train(resume=False)
    checkpoint = tmp_path / "run" / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:size])
    with pytest.raises(ValueError, match=f"{checkpoint}: expected a whole checkpoint"):
        Run(CONFIG, packed, tmp_path / "run").train(resume=True)


def test_a_run_is_not_overwritten(packed: Path, tmp_path: Path) -> None:
    trained(stopped_after((1,)), packed, tmp_path / "run")
    with pytest.raises(FileExistsError, match="--resume"):
        trained(CONFIG, packed, tmp_path / "run")


def test_batches_of_people_are_trained_on(packed: Path, tmp_path: Path) -> None:
    config = replace(
        stopped_after((2,)), losses=Weights(triplet_batch_hard=1.0), pictures_per_person=2
    )
    trained(config, packed, tmp_path / "run")
    assert metrics(tmp_path / "run")[-1]["triplet_batch_hard"] > 0


def given_weights(path: Path) -> Any:
    """Write weights that are not the first ones of a run; return their network."""
    given = network.build(LAYOUT, 112)
    rng = np.random.default_rng(0)
    given.set_weights([w + rng.uniform(0.0, 0.1, w.shape) for w in given.get_weights()])
    given.save_weights(path)
    return given


def test_a_run_begins_with_given_weights(packed: Path, tmp_path: Path) -> None:
    given = given_weights(tmp_path / "given.weights.h5")
    standing = stopped_after((1,))
    standing = replace(standing, phases=(replace(standing.phases[0], size_px=112, rate=0.0),))
    run = Run(standing, packed, tmp_path / "run", workers=0)
    engine = run.train(resume=False, start=tmp_path / "given.weights.h5")
    said = tmp_path / "run" / "begins_with.txt"
    assert said.read_text("utf-8").startswith("given.weights.h5, sha256 ")
    (tmp_path / "given.json").write_text('{"model_id": "given-123"}', "utf-8")
    run = Run(standing, packed, tmp_path / "again", workers=0)
    run.train(resume=False, start=tmp_path / "given.weights.h5")
    assert (tmp_path / "again" / "begins_with.txt").read_text("utf-8") == "given-123"
    statistics = {id(v) for v in engine.model.non_trainable_variables}
    for number, variable in enumerate(engine.model.weights):
        if id(variable) not in statistics:
            assert np.allclose(engine.averaged()[number], given.get_weights()[number], atol=1e-6)


@pytest.mark.parametrize("resume", [True, False])
def test_a_run_without_a_checkpoint_does_not_forget_what_it_begins_with(
    resume: bool, packed: Path, tmp_path: Path
) -> None:
    given_weights(tmp_path / "given.weights.h5")
    folder, short = tmp_path / "run", stopped_after((1,))
    Run(short, packed, folder, workers=0).train(resume, tmp_path / "given.weights.h5")
    (folder / "checkpoint.pt").rename(tmp_path / "begun.pt")
    with pytest.raises(ValueError, match=r"begins with given\.weights\.h5.*--from"):
        trained(short, packed, folder, resume)
    (folder / "begins_with.txt").unlink()
    Run(short, packed, folder, workers=0).train(resume, tmp_path / "given.weights.h5")
    assert (folder / "begins_with.txt").read_text("utf-8").startswith("given.weights.h5")
    begun = torch.load(tmp_path / "begun.pt", weights_only=True)
    assert same(checkpoint(folder)["engine"], begun["engine"])


def test_a_batch_that_cannot_be_made_is_refused_before_anything_is_trained(
    packed: Path, tmp_path: Path
) -> None:
    large = replace(CONFIG.phases[1], batch=18)
    config = replace(CONFIG, phases=(CONFIG.phases[0], large), pictures_per_person=2)
    with pytest.raises(ValueError, match="a batch needs 9"):
        Run(config, packed, tmp_path / "run", workers=0)


def test_a_machine_without_git_trains_too(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CXX", "no-such-compiler")
    trained(stopped_after((1,)), packed, tmp_path / "run")
    assert (tmp_path / "run" / "revision.txt").read_text("utf-8") == ""


@pytest.mark.parametrize("dimension", [4, 40])
def test_a_teacher_of_another_dimension_is_fitted(
    dimension: int, packed: Path, tmp_path: Path
) -> None:
    said = np.random.default_rng(0).standard_normal((40, dimension)).astype(np.float32)
    np.save(packed / "teacher.npy", said / np.linalg.norm(said, axis=1, keepdims=True))
    trained(stopped_after((2,)), packed, tmp_path / "run")
    assert -1.0 <= metrics(tmp_path / "run")[-1]["teacher_cosine"] <= 1.0


def test_without_a_teacher_only_what_needs_none_can_be_learned(
    packed: Path, tmp_path: Path
) -> None:
    (packed / "teacher.npy").unlink()
    with pytest.raises(ValueError, match="prepare --teacher"):
        trained(stopped_after((2,)), packed, tmp_path / "run")
    trained(replace(stopped_after((2,)), losses=Weights(softmax=1.0)), packed, tmp_path / "run")
    assert "teacher_cosine" not in metrics(tmp_path / "run")[-1]


def test_too_few_people_are_refused(packed: Path, tmp_path: Path) -> None:
    np.save(packed / "people.npy", (np.arange(40) % 3).astype(np.int32))
    with pytest.raises(ValueError, match="two people to hold out"):
        Run(CONFIG, packed, tmp_path / "run", workers=0)


def test_a_collapse_ends_the_run(packed: Path, tmp_path: Path) -> None:
    """Chips that are all alike can only come to lie at one point."""
    chips = np.load(packed / "chips.npy")
    np.save(packed / "chips.npy", np.broadcast_to(chips[:1], chips.shape))
    odds = dict.fromkeys(Augmentation.__dataclass_fields__, 0.0)
    config = replace(stopped_after((4,)), augmentation=Augmentation(**odds))
    with pytest.raises(Collapsed, match="one point"):
        trained(config, packed, tmp_path / "run")
    assert metrics(tmp_path / "run")[-1]["spread"] < 0.01


def test_a_rate_that_tears_the_network_apart_ends_the_run(packed: Path, tmp_path: Path) -> None:
    config = stopped_after((4,))
    config = replace(config, phases=(replace(config.phases[0], rate=1e30, warmup=0),))
    with pytest.raises(Collapsed):
        trained(config, packed, tmp_path / "run")


def test_held_out_people_are_never_in_a_batch(packed: Path, tmp_path: Path) -> None:
    run = Run(CONFIG, packed, tmp_path / "run", workers=0)
    held_out = chipset.hold_out(np.load(packed / "people.npy"), 400, CONFIG.seed)
    assert not held_out[run._rows].any()
    assert len(run._rows) + held_out.sum() == 40
    assert set(run._people.numpy()[held_out]) == {-1}


def test_other_views_show_the_same_people_otherwise(packed: Path, tmp_path: Path) -> None:
    once = stopped_after((2,))
    again = replace(once, views=10)
    runs = [Run(c, packed, tmp_path / str(c.views), workers=0) for c in (once, again)]
    assert (runs[0]._rows == runs[1]._rows).all()
    for run in runs:
        run.train(resume=False)
    first, other = (metrics(run.folder)[-1]["distil_cosine"] for run in runs)
    assert first != other


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
    run = Run(asking(4), packed, tmp_path / "run", 0, asked)
    pictures = torch.from_numpy(np.load(packed / "chips.npy")[run._rows[:8]])
    rows = torch.from_numpy(run._rows[:8])
    views = pictures, torch.stack([rows, rows], dim=1), torch.ones(8)
    batch = run._batch(views, run.config.phases[0], (0, 0))
    assert batch.people.tolist() == [-1] * 4 + run._people[run._rows[4:8]].tolist()
    assert not torch.equal(batch.chips[:4], scaled(pictures[:4]))
    assert torch.equal(batch.chips[4:], scaled(pictures[4:]))
    teacher = run._teacher
    assert teacher is not None
    assert batch.teacher is not None
    assert torch.allclose(batch.teacher[4:], teacher[run._rows[4:8]], atol=0.01)


def test_who_asks_needs_somebody_to_ask(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tiny asks a teacher"):
        Run(asking(4), packed, tmp_path / "run", workers=0)


def test_the_comparison_is_a_table() -> None:
    row = {"name": "ArcFace", "tar@0.001": 0.1234, "tar@0.0001": 0.05, "spread": 0.0651}
    fallen = {"name": "triplet, batch-hard", "spread": 0.0012}
    assert table("Method", [row, fallen]).splitlines()[2:] == [
        "| ArcFace | 0.123 | 0.050 | 0.0651 |",
        "| triplet, batch-hard | – | – | 0.0012 |",
    ]


def test_a_comparison_keeps_no_result_of_another_budget(packed: Path, tmp_path: Path) -> None:
    kept = tmp_path / "softmax"
    kept.mkdir()
    longer = compare._config("softmax", compare.METHODS["softmax"], 1200, compare.SMALL_PX)
    (kept / "config.json").write_text(json.dumps(as_json(longer)), "utf-8")
    (kept / "checkpoint.pt").touch()
    compare._check_same(longer, kept)
    with pytest.raises(ValueError, match="softmax: holds a run of another budget"):
        compare.methods(Budget(packed, tmp_path, 600, 0))
    assert [path.name for path in tmp_path.iterdir() if path != packed] == ["softmax"]


def test_a_comparison_does_not_go_on_where_a_run_collapsed(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started again after an interruption, it gives the row that an uninterrupted one has."""
    monkeypatch.setattr("faceapp.training.run.COLLAPSED_SPREAD", 2.0)
    config = replace(CONFIG, evaluate_every=100)
    first, again = (
        compare._trained(config, tmp_path / "run", Budget(packed, tmp_path, 8, 0)) for _ in range(2)
    )
    assert first == again
    assert (first["name"], first["phase"], first["step"]) == ("tiny", 0, 4)


def test_a_phase_may_have_distortions_of_its_own(packed: Path, tmp_path: Path) -> None:
    strong = Augmentation(noise=1.0, occlusion=1.0)
    plain = stopped_after((2,))
    everywhere = replace(plain, augmentation=strong)
    here = replace(plain, phases=(replace(plain.phases[0], augmentation=strong),))
    losses = {}
    for name, config in (("plain", plain), ("everywhere", everywhere), ("here", here)):
        trained(config, packed, tmp_path / name)
        losses[name] = metrics(tmp_path / name)[-1]["distil_cosine"]
    assert losses["here"] == losses["everywhere"] != losses["plain"]


def test_the_command_says_what_is_wrong(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(config: str) -> str:
        run = ["--run", str(tmp_path / "run"), "--data", str(packed)]
        answer = CliRunner().invoke(main, ["train", config, *run])
        assert answer.exit_code == 1
        return answer.output

    assert "nowhere: expected one of asked, " in said("nowhere")
    monkeypatch.setattr(configs, "__path__", [*configs.__path__, str(tmp_path)])
    (tmp_path / "mine.py").write_text("import somebody_elses_module\n", "utf-8")
    assert said("mine") == "Error: No module named 'somebody_elses_module'\n"
    assert "asked asks a teacher" in said("asked")
    np.save(packed / "people.npy", (np.arange(40) % 3).astype(np.int32))
    assert "two people to hold out" in said("labels")
    (packed / "chips.npy").unlink()
    assert "chips.npy" in said("labels")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "begins_with.txt").write_text("others", "utf-8")
    packed_set(tmp_path / "again")
    run = ["--run", str(tmp_path / "run"), "--data", str(tmp_path / "again")]
    answer = CliRunner().invoke(main, ["train", "labels", *run, "--resume"])
    assert (answer.exit_code, answer.output.count("\n")) == (1, 1)
    assert "begins with others" in answer.output


def test_research_chips_are_no_stand_in_for_a_set_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "SHARED", tmp_path)
    mistyped, run = tmp_path / "onw", tmp_path / "run"
    words = ["train", "labels", "--run", str(run), "--data", str(mistyped)]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 1
    assert str(mistyped / "chips.npy") in answer.output
    assert not mistyped.exists()


def test_the_other_commands_say_what_is_missing(packed: Path, tmp_path: Path) -> None:
    def said(*words: str) -> str:
        answer = CliRunner().invoke(main, words)
        assert (answer.exit_code, answer.output.count("\n")) == (1, 1), answer.output
        return answer.output

    nowhere = str(tmp_path / "nowhere")
    assert "chips.npy" in said("compare", "methods", "--run", nowhere, "--data", nowhere)
    assert "nowhere" in said("evaluate", str(packed / "chips.npy"), "--lfw", nowhere)
    text = tmp_path / "text.weights.h5"
    text.write_text("no weights", "utf-8")
    run = ("--run", str(tmp_path / "run"), "--data", str(packed), "--workers", "0")
    assert "file signature not found" in said("train", "own", *run, "--from", str(text))


@pytest.mark.parametrize(
    "words",
    [
        ("speed", "scratch", "--steps", "0"),
        ("compare", "methods", "--run", "run", "--steps", "0"),
        ("compare", "methods", "--run", "run", "--workers", "-1"),
        ("train", "scratch", "--run", "run", "--workers", "-1"),
    ],
)
def test_a_number_that_makes_no_sense_is_wrong_usage(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 2
    assert f"Invalid value for '{words[-2]}'" in answer.output
