from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training import config, configs
from faceapp.training.backbones import Stock
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import FACE_LAYOUT, Layout, Variant
from tests.conftest import ROOT

LOSSES = Weights(arcface=1.0)
NAMES = sorted(path.stem for path in Path(configs.__path__[0]).glob("[!_]*.py"))


@pytest.mark.parametrize(
    "layout", [FACE_LAYOUT, Stock("resnet50", 128), Variant(FACE_LAYOUT, "prelu", average=True)]
)
def test_a_layout_survives_the_runs_directory(layout: Layout) -> None:
    phase = Phase(48, 10, 8, 1e-2, losses=LOSSES)
    written = config.as_json(TrainConfig("x", (phase,), layout=layout))
    assert config.layout_of(json.loads(json.dumps(written))["layout"]) == layout


@pytest.mark.parametrize("name", NAMES)
def test_every_config_is_a_document_that_can_be_run(name: str) -> None:
    chosen = config.load(name)
    assert chosen.name == name
    module = Path(configs.__path__[0]) / f"{name}.py"
    assert f"python -m faceapp.training train {name} " in module.read_text("utf-8")
    assert chosen.phases
    for phase in chosen.phases:
        assert max(phase.warmup, phase.decay) <= phase.steps
        assert any(vars_of(phase.losses or chosen.losses))


@pytest.mark.parametrize(
    "name", ["asked_again", "asked_cpu", "asked_last", "painted", "painted_last", "framed", "own"]
)
def test_what_begins_with_the_shipped_weights_has_their_layout(name: str) -> None:
    card = json.loads((ROOT / "models" / "faceapp.json").read_text("utf-8"))
    assert config.load(name).layout == config.layout_of(card["training"]["config"]["layout"])


def vars_of(weights: Weights) -> list[float]:
    return [getattr(weights, name) for name in Weights.__dataclass_fields__]


def test_made_up_faces_need_somebody_who_says_whose_they_are() -> None:
    phase = Phase(size_px=112, steps=1, batch=8, rate=1e-2, losses=LOSSES, made_up=0.5)
    assert TrainConfig("asking", (phase,), live_teacher=True).phases == (phase,)
    with pytest.raises(ValueError, match="silent: faces that are made up"):
        TrainConfig("silent", (phase,))


def test_frames_are_those_of_painted_people_and_somebody_tells_whose_face_it_is() -> None:
    phase = Phase(112, steps=1, batch=8, rate=1e-2, losses=LOSSES, painted=0.5, framed=0.5)
    assert TrainConfig("framed", (phase,), live_teacher=True).phases == (phase,)
    with pytest.raises(ValueError, match="silent: faces in the frames of others need"):
        TrainConfig("silent", (phase,))
    with pytest.raises(ValueError, match="bare: frames are taken from people who are painted"):
        TrainConfig("bare", (replace(phase, painted=0.0),), live_teacher=True)


def test_a_teacher_is_not_asked_about_small_chips() -> None:
    phase = Phase(size_px=80, steps=1, batch=8, rate=1e-2, losses=LOSSES)
    assert TrainConfig("small", (phase,)).phases == (phase,)
    with pytest.raises(ValueError, match="small: a live_teacher sees chips of 112 px"):
        TrainConfig("small", (phase,), live_teacher=True)


def test_a_config_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        config.load("nothing")


def test_a_copied_config_must_not_keep_the_name_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configs, "__path__", [*configs.__path__, str(tmp_path)])
    own = (Path(configs.__path__[0]) / "own.py").read_text("utf-8")
    (tmp_path / "copied.py").write_text(own, "utf-8")
    with pytest.raises(ValueError, match=r"configs/copied\.py: its config says name='own'"):
        config.load("copied")
    (tmp_path / "renamed.py").write_text(own.replace('name="own"', 'name="renamed"'), "utf-8")
    assert config.load("renamed").name == "renamed"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("CONFIG = replace(own.CONFIG, name='mine', batchs=8)", "unexpected keyword .*'batchs'"),
        ("CONFIG = replace(own.CONFIG name='mine')", r"invalid syntax.*mistaken\.py, line 3"),
        ("CONFIG = replace(own.CONFIGS, name='mine')", "no attribute 'CONFIGS'"),
        ("CONFIG = replaced(own.CONFIG, name='mine')", "'replaced' is not defined"),
        ("OTHER = own.CONFIG", "no attribute 'CONFIG'"),
        ("CONFIG = 'own'", "CONFIG is no TrainConfig"),
    ],
)
def test_a_mistake_in_a_config_is_told_with_its_file(
    written: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configs, "__path__", [*configs.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "faceapp.training.configs.mistaken", raising=False)
    head = "from dataclasses import replace\nfrom faceapp.training.configs import own\n"
    (tmp_path / "mistaken.py").write_text(f"{head}{written}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"^configs/mistaken\.py: .*{why}"):
        config.load("mistaken")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"evaluate_every": 0}, "every 1 step or more"),
        ({"checkpoint_every": 0}, "every 1 step or more"),
        ({"parts": 0}, "1 or more parts"),
        ({"parts": 3}, "batches that 3 equal parts make up"),
        ({"losses": Weights()}, "a loss with a weight in each phase"),
        ({"phases": (Phase(112, steps=0, batch=8, rate=1e-2),)}, "1 or more steps"),
        ({"phases": (Phase(112, steps=1, batch=0, rate=1e-2),)}, "chips a batch"),
        ({"phases": (Phase(112, 1, 8, 1e-2), Phase(112, 1, 0, 1e-2))}, "chips a batch"),
        ({"phases": (Phase(112, steps=1e4, batch=8, rate=1e-2),)}, "whole numbers"),  # type: ignore[arg-type]
        ({"phases": (Phase(112, 1, 8, 1e-2, painted=50.0),)}, "shares of a batch, 0 to 1"),
        ({"phases": (Phase(112, 1, 8, 1e-2, painted=-0.5),)}, "shares of a batch, 0 to 1"),
    ],
)
def test_settings_that_make_no_sense_are_refused_before_anything_is_trained(
    changes: dict[str, Any], why: str
) -> None:
    phase = Phase(112, steps=1, batch=8, rate=1e-2)
    sound = TrainConfig("mine", (phase,), losses=LOSSES, parts=2)
    with pytest.raises(ValueError, match=f"mine: .*{why}"):
        replace(sound, **changes)


def test_the_rate_rises_stays_and_falls() -> None:
    phase = Phase(size_px=48, steps=100, batch=8, rate=0.5, warmup=10, decay=20)
    assert [phase.rate_at(step) for step in (0, 4, 9, 10, 80)] == pytest.approx(
        [0.05, 0.25, 0.5, 0.5, 0.5]
    )
    assert [phase.rate_at(step) for step in (81, 90, 99)] == pytest.approx([0.475, 0.25, 0.025])
    assert replace(phase, warmup=0, decay=0).rate_at(0) == 0.5
    assert replace(phase, decay=0).rate_at(99) == 0.5


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 100), st.data())
def test_the_rate_never_leaves_its_range(
    warmup: int, decay: int, steps: int, data: st.DataObject
) -> None:
    phase = Phase(size_px=48, steps=steps, batch=8, rate=2.0, warmup=warmup, decay=decay)
    assert 0.0 < phase.rate_at(data.draw(st.integers(0, steps - 1))) <= 2.0


@pytest.mark.parametrize(
    ("weights", "needed"),
    [
        (Weights(arcface=1.0), False),
        (Weights(arcface=1.0, distil_relations=0.1), True),
        (Weights(distil_cosine=1.0), True),
        (Weights(distil_bank=1.0), True),
        (Weights(distil_hardest=1.0), True),
    ],
)
def test_which_losses_need_a_teacher(weights: Weights, needed: bool) -> None:
    assert weights.needs_teacher is needed


def test_batches_of_people_hold_nobody_painted() -> None:
    phase = Phase(size_px=112, steps=1, batch=8, rate=1e-2, losses=LOSSES, painted=0.5)
    assert TrainConfig("mixed", (phase,)).phases == (phase,)
    with pytest.raises(ValueError, match="triplets: batches of people cannot hold"):
        TrainConfig("triplets", (phase,), pictures_per_person=4)
