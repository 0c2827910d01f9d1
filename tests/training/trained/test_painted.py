"""People who do not exist: painted, cut like the app's chips, added to a set, shown in batches."""

from __future__ import annotations

import dataclasses
import importlib.util
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training import chipset, config, live
from faceapp.training.augment import Augmentation
from faceapp.training.batches import AugmentedBatches, Frames, scaled
from faceapp.training.chipset import ChipSet
from faceapp.training.commands import main
from faceapp.training.config import Phase
from faceapp.training.order import MixedOrder
from faceapp.training.painted import fitting, painter
from faceapp.training.painted.extend import Base, extend, painted_rows
from faceapp.training.painted.openvino_net import OpenvinoNet
from faceapp.training.run import Run
from faceapp.types import CHIP_SIZE_PX, RangeMode
from faceapp.vision import align, geometry
from faceapp.vision.detect import open_detector
from tests.training.made import chips, packed_set
from tests.training.trained.tiny import CONFIG, colours, onnx_teacher

CPU = torch.device("cpu")
PEOPLE = 60
GRAPH = """<net name="tiny" version="10"><layers>
<layer id="0" name="in" type="Parameter"><output><port id="0"/></output></layer>
<layer id="1" name="weights" type="Const">
<data element_type="f32" offset="0" size="24" shape="2,3"/><output><port id="1"/></output></layer>
<layer id="2" name="linear" type="MatMul"><data transpose_a="false" transpose_b="true"/>
<input><port id="0"/><port id="1"/></input><output><port id="2"/></output></layer>
<layer id="3" name="twice" type="Add"><input><port id="0"/><port id="1"/></input>
<output><port id="2"/></output></layer>
<layer id="4" name="out" type="Result"><input><port id="0"/></input></layer>
</layers><edges>
<edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
<edge from-layer="1" from-port="1" to-layer="2" to-port="1"/>
<edge from-layer="2" from-port="2" to-layer="3" to-port="0"/>
<edge from-layer="2" from-port="2" to-layer="3" to-port="1"/>
<edge from-layer="3" from-port="2" to-layer="4" to-port="0"/>
</edges></net>"""
WEIGHTS = np.arange(6, dtype=np.float32).reshape(2, 3)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return a model of a linear layer whose output is added to itself."""
    path = tmp_path / "tiny.xml"
    path.write_text(GRAPH)
    path.with_suffix(".bin").write_bytes(WEIGHTS.tobytes())
    return path


@pytest.mark.parametrize(("until", "times"), [("", 2.0), ("linear", 1.0)])
def test_a_model_is_computed_to_its_end_or_to_a_layer(
    graph: Path, until: str, times: float
) -> None:
    rows = torch.tensor([[1.0, 0.5, -1.0], [0.0, 2.0, 3.0]])
    said = OpenvinoNet(graph, CPU, torch.float32, until)(rows)
    assert np.allclose(said.numpy(), times * rows.numpy() @ WEIGHTS.T)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<net", "net", "expected an OpenVINO model"),
        ('version="10"', 'version="11"', "of version 10"),
        ('type="Add"', 'type="Sing"', "unknown operators Sing"),
    ],
)
def test_a_model_that_is_none_is_told(graph: Path, old: str, new: str, said: str) -> None:
    graph.write_text(GRAPH.replace(old, new))
    with pytest.raises(ValueError, match=said):
        OpenvinoNet(graph, CPU, torch.float32)


def test_a_layer_that_is_not_there_is_told(graph: Path) -> None:
    with pytest.raises(ValueError, match="expected a layer nowhere"):
        OpenvinoNet(graph, CPU, torch.float32, until="nowhere")


@pytest.mark.parametrize("turn_deg", [-8.0, 0.0, 12.0])
def test_chips_are_cut_as_the_app_cuts_them(turn_deg: float) -> None:
    picture = cv2.GaussianBlur(cv2.resize(chips(1)[0], (256, 256)), (0, 0), 3.0)
    scale, angle = 0.58, np.deg2rad(turn_deg)
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    place = np.array([a, b, -18.0, -17.0], np.float32)
    matrix = np.array([[a, -b, -18.0], [b, a, -17.0]])
    planes = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 127.5 - 1.0
    mine = painter.cut(planes, torch.from_numpy(place)[None])[0].numpy()
    theirs = geometry.warp(np.asarray(picture, np.uint8), matrix, CHIP_SIZE_PX)
    assert np.abs(mine.astype(int) - theirs).max() <= 4


class Portrait(painter.Generator):
    """One person's portrait, moved by the first two numbers of a style, six pixels each."""

    def __init__(self, photo: NDArray[np.uint8]) -> None:
        self.device, self._photo = CPU, photo

    def styles(self, count: int, chance: Any) -> Any:
        return torch.randn(count, painter.STYLES, generator=chance)

    def pictures(self, styles: Any) -> Any:
        moved = []
        for right, down in styles[:, :2].tolist():
            matrix = np.array([[1.0, 0.0, 6.0 * right], [0.0, 1.0, 6.0 * down]])
            moved.append(
                cv2.warpAffine(self._photo, matrix, (256, 256), borderMode=cv2.BORDER_REPLICATE)
            )
        return torch.from_numpy(np.stack(moved)).permute(0, 3, 1, 2).float() / 127.5 - 1.0

    def maps(self, styles: Any) -> Any:
        seen = torch.nn.functional.pixel_unshuffle(self.pictures(styles), 2)
        return torch.nn.functional.pad(seen, (0, 0, 0, 0, 0, painter.MAPS - seen.shape[1]))


@pytest.fixture
def portrait(demo_people: Path, models: Path) -> Portrait:
    """Return a generator of one of the demo people."""
    if not (models / "mediapipe" / "face_landmark.tflite").exists():
        pytest.skip("MediaPipe's models are not there: make models")
    path = next(demo_people.glob("P01 *")) / "front.jpg"
    photo = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    assert photo is not None
    return Portrait(np.asarray(cv2.resize(photo, (256, 256))[..., ::-1], np.uint8))


def test_a_painter_learns_to_finish_pictures_and_to_find_faces(
    portrait: Portrait, models: Path, tmp_path: Path
) -> None:
    heard: list[str] = []
    learned = fitting.fit(portrait, tmp_path, lambda stage, *_: heard.append(stage), 16, steps=2)
    assert list(dict.fromkeys(heard)) == ["painting examples", "finding faces", "fitting"]
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "painter.pt"
    torch.save({"straight": learned.finish.skip.weight}, path)
    with pytest.raises(ValueError, match=r"painter\.pt: a painter of another version"):
        painter.Painter.load(path)
    torch.save(learned.state_dict(), path)
    styles = portrait.styles(16, torch.Generator().manual_seed(1))  # those it learned from
    painted = painter.Painter.load(path).chips(portrait, styles).numpy()
    with closing(open_detector(RangeMode.NEAR, models)) as detector:
        for picture, chip in zip(portrait.pictures(styles), painted, strict=True):
            rgb = np.ascontiguousarray(
                (picture * 127.5 + 127.5).round().byte().permute(1, 2, 0).numpy()
            )
            wanted = align.align(rgb, detector.detect(rgb)[0]).rgb
            assert np.abs(chip.astype(int) - wanted).mean() < 12


@pytest.mark.skipif(
    importlib.util.find_spec("random_face") is None, reason="pip install --no-deps random-face"
)
def test_each_style_is_another_face(models: Path) -> None:
    generator = painter.Generator(CPU)
    styles = generator.styles(2, torch.Generator().manual_seed(3))
    assert generator.maps(styles).shape == (2, painter.MAPS, 128, 128)
    pictures = generator.pictures(styles)
    assert pictures.shape == (2, 3, 256, 256)
    assert (pictures[0] - pictures[1]).abs().mean() > 0.1
    with closing(open_detector(RangeMode.NEAR, models)) as detector:
        for picture in pictures:
            rgb = (picture * 127.5 + 127.5).round().byte().permute(1, 2, 0).numpy()
            assert len(detector.detect(np.ascontiguousarray(rgb))) == 1


def paint(count: int) -> NDArray[np.uint8]:
    """Paint the same few chips at each call."""
    return chips(count, seed=7)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a set whose teacher says in other words what ``colours`` says."""
    folder = packed_set(tmp_path / "base", PEOPLE)
    said = colours(scaled(torch.from_numpy(np.load(folder / "chips.npy"))))
    other = torch.randn(12, 16, generator=torch.Generator().manual_seed(0))
    np.save(folder / "teacher.npy", chipset.unit((said @ other).numpy()))
    return folder


def test_people_who_do_not_exist_are_added(base: Path, tmp_path: Path) -> None:
    packed_set(base / chipset.ELSEWHERE, 3)
    heard: list[tuple[str, int, int]] = []
    extend(
        Base.open(base, tmp_path / "both"), paint, 130, colours, lambda *said: heard.append(said)
    )
    have, both = ChipSet.load(base), ChipSet.load(tmp_path / "both")
    assert np.array_equal(both.chips, np.concatenate([have.chips, paint(128), paint(2)]))
    assert both.people.tolist() == [*have.people.tolist(), *[chipset.UNKNOWN] * 130]
    assert painted_rows(tmp_path / "both").tolist() == list(range(len(have), len(have) + 130))
    assert len(painted_rows(base)) == 0
    elsewhere = chipset.elsewhere(tmp_path / "both")
    assert elsewhere is not None
    assert len(elsewhere) == 12
    assert chipset.is_own(tmp_path / "both")
    assert [said for said in heard if said[0] == "painting"] == [
        ("painting", 128, 130),
        ("painting", 130, 130),
    ]


def test_nobody_stays_elsewhere_who_is_trained_on_now(base: Path, tmp_path: Path) -> None:
    packed_set(base / chipset.ELSEWHERE, 3)
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    chipset.clear(base / chipset.ELSEWHERE)
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    assert chipset.elsewhere(tmp_path / "both") is None


def test_who_was_painted_before_is_still_known_as_such(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    extend(Base.open(tmp_path / "both", tmp_path / "more"), paint, 2, colours, silent)
    first = len(ChipSet.load(base))
    assert painted_rows(tmp_path / "more").tolist() == list(range(first, first + 5))


def test_what_is_learned_of_them_is_what_the_sets_teacher_would_say(
    base: Path, tmp_path: Path
) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    have, both = ChipSet.load(base), ChipSet.load(tmp_path / "both")
    assert have.teacher is not None
    assert both.teacher is not None
    assert np.array_equal(both.teacher[:-3], have.teacher)
    usual = config.TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    learned = [torch.from_numpy(rows[~held_out]) for rows in (have.chips, have.teacher)]
    told = live.linear_map(colours(scaled(learned[0])), learned[1])
    said = colours(scaled(torch.from_numpy(paint(3)))) @ told
    assert np.allclose(both.teacher[-3:], chipset.unit(said.numpy()), atol=1e-4)


def test_those_held_out_tell_nothing(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)
    have = ChipSet.load(base)
    usual = config.TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    assert have.teacher is not None
    np.save(base / "teacher.npy", np.where(held_out[:, None], -have.teacher, have.teacher))
    extend(Base.open(base, tmp_path / "again"), paint, 3, colours, silent)
    first, second = (np.load(tmp_path / name / "teacher.npy") for name in ("both", "again"))
    assert np.array_equal(first[-3:], second[-3:])


def test_a_set_without_a_teacher_is_refused(base: Path, tmp_path: Path) -> None:
    (base / "teacher.npy").unlink()
    with pytest.raises(ValueError, match=r"expected teacher.npy"):
        extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)


def test_a_set_is_not_overwritten_by_itself_and_more(base: Path) -> None:
    before = (base / "chips.npy").read_bytes()
    with pytest.raises(ValueError, match="another folder"):
        extend(Base.open(base, base), paint, 3, colours, silent)
    assert (base / "chips.npy").read_bytes() == before


def test_a_set_that_somebody_prepared_is_not_overwritten(base: Path, tmp_path: Path) -> None:
    own = packed_set(tmp_path / "own", 4)
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    with pytest.raises(ValueError, match=f"{own}: holds a set that was prepared"):
        Base.open(base, own)
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before
    for _ in range(2):  # its own set is painted anew
        extend(Base.open(base, tmp_path / "both"), paint, 3, colours, silent)


def test_an_interrupted_painting_leaves_no_large_file(base: Path, tmp_path: Path) -> None:
    def interrupted(_count: int) -> NDArray[np.uint8]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extend(Base.open(base, tmp_path / "both"), interrupted, 3, colours, silent)
    assert list((tmp_path / "both").iterdir()) == []


def test_batches_hold_their_share_of_painted_people(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    phase = Phase(size_px=112, steps=1, batch=16, rate=1e-2, painted=0.25)
    run = Run(replace(CONFIG, phases=(phase,)), tmp_path / "both", tmp_path / "run")
    (order,) = run.lessons.orders
    first = len(np.load(base / "people.npy"))
    held_out = chipset.hold_out(np.load(tmp_path / "both" / "people.npy"), 400, 1)
    drawn = [order.rows_of(step) for step in range(40)]
    assert [int((rows >= first).sum()) for rows in drawn] == [4] * 40
    assert not held_out[np.concatenate(drawn)].any()
    assert len(np.unique(np.concatenate(drawn)[np.concatenate(drawn) >= first])) == 30


def test_a_run_without_a_share_shows_nobody_painted(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    order = Run(CONFIG, tmp_path / "both", tmp_path / "run").lessons.orders[0]
    first = len(np.load(base / "people.npy"))
    assert max(order.rows_of(step).max() for step in range(60)) < first


AS_THEY_ARE = Augmentation(*(0.0 for _ in dataclasses.fields(Augmentation)))


def test_faces_that_exist_are_seen_in_painted_frames(base: Path, tmp_path: Path) -> None:
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    painted = painted_rows(tmp_path / "both")
    order = MixedOrder(np.arange(painted[0]), painted, (32, 8), 5)
    feed = AugmentedBatches(
        tmp_path / "both", order, 112, AS_THEY_ARE, Frames(0.75, painted, spared=6)
    )
    pictures, pairs, share = (one.numpy() for one in feed[3])
    have = ChipSet.load(tmp_path / "both").chips
    assert pairs[:, 0].tolist() == order.rows_of(3).tolist()
    seen = pairs[:, 0] != pairs[:, 1]
    assert not seen[:6].any()
    assert not seen[np.isin(pairs[:, 0], painted)].any()
    assert 8 <= seen.sum() <= 26
    assert np.isin(pairs[seen, 1], painted).all()
    assert ((share < 1.0) == seen).all()
    for place, picture in enumerate(pictures):
        same = np.array_equal(picture, have[pairs[place, 0]])
        assert same is not bool(seen[place])
        face = picture[60:80, 50:62].astype(int) - have[pairs[place, 0]][60:80, 50:62]
        assert np.abs(face).max() <= 1


def test_a_batch_is_framed_the_same_way_again(base: Path, tmp_path: Path) -> None:
    """A resumed run sees what an uninterrupted one would have seen."""
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    painted = painted_rows(tmp_path / "both")
    order = MixedOrder(np.arange(painted[0]), painted, (16, 4), 5)
    frames = Frames(0.5, painted, spared=0)
    first, again = (
        AugmentedBatches(tmp_path / "both", order, 112, Augmentation(), frames) for _ in range(2)
    )
    ahead = again[1]
    for one, other in zip(first[2], again[2], strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(ahead[0], first[2][0])


def test_a_run_shows_faces_in_frames(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    monkeypatch.setenv("CXX", "no-such-compiler")  # compiling takes longer than the run
    extend(Base.open(base, tmp_path / "both"), paint, 30, colours, silent)
    phase = Phase(size_px=112, steps=3, batch=16, rate=1e-3, made_up=0.25, painted=0.25, framed=0.5)
    framing = replace(CONFIG, phases=(phase,), live_teacher=True)
    teacher = onnx_teacher(tmp_path / "teacher.onnx", 12)
    run = Run(framing, tmp_path / "both", tmp_path / "run", 0, teacher)
    pairs = torch.stack([run.lessons.views(0)[step][1] for step in range(20)])
    framed = pairs[..., 0] != pairs[..., 1]
    assert not framed[:, :4].any()  # these are made up
    assert 0 < framed[:, 4:].sum() < framed[:, 4:].numel() / 2
    assert set(pairs[framed][:, 1].tolist()) <= set(painted_rows(tmp_path / "both").tolist())
    run.train(resume=False)
    *_, line = (tmp_path / "run" / "metrics.jsonl").read_text("utf-8").splitlines()
    assert '"step": 3' in line
    plain = Run(CONFIG, tmp_path / "both", tmp_path / "other").lessons.views(0)
    pairs = torch.stack([plain[step][1] for step in range(20)])
    assert torch.equal(pairs[..., 0], pairs[..., 1])


def test_a_share_of_nobody_is_told(base: Path, tmp_path: Path) -> None:
    phase = Phase(size_px=112, steps=1, batch=16, rate=1e-2, painted=0.25)
    with pytest.raises(ValueError, match="expected people who do not exist"):
        Run(replace(CONFIG, phases=(phase,)), base, tmp_path / "run", workers=0).train(False)


def test_the_command_tells_what_is_missing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    teacher = onnx_teacher(tmp_path / "teacher.onnx", 12)
    monkeypatch.setattr("sys.path", [])
    monkeypatch.delitem(__import__("sys").modules, "random_face", raising=False)
    words = ["paint", "3", str(tmp_path / "both"), "--data", str(base), "--teacher", str(teacher)]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 1
    assert "pip install --no-deps random-face" in said.output
    words[words.index(str(base))] = str(tmp_path / "nowhere")
    said = CliRunner().invoke(main, words)  # told before a painter learns for a quarter of an hour
    assert said.exit_code == 1
    assert "chips.npy" in said.output
    assert not (tmp_path / "both").exists()
