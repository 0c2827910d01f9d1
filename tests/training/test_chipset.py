from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training import chipset
from tests.training.made import Ints, chips

SOURCES = ("celeba", "glint", "utk", "celeba", "utk", "glint")
PEOPLE = (3, 100000, -1, 5, 7, 100001)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder of six research chips."""
    research_folder(tmp_path / "research", chips(6))
    return tmp_path / "research"


def no_progress(_done: int, _total: int) -> None:
    """Say nothing."""


def research_folder(folder: Path, pictures: Iterable[np.ndarray]) -> np.ndarray:
    """Write two shards as ../shared/faces/train has them; return what the teacher says."""
    folder.mkdir()
    files = [cv2.imencode(".png", picture[..., ::-1])[1].tobytes() for picture in pictures]
    shards, offsets = [row % 2 for row in range(len(files))], []
    written = [b"", b""]
    for shard, data in zip(shards, files, strict=True):
        offsets.append(len(written[shard]))
        written[shard] += data
    for shard, content in enumerate(written):
        (folder / f"chips-{shard:02d}.bin").write_bytes(content)
    np.savez(
        folder / "index.npz",
        shard=np.array(shards, np.uint8),
        offset=np.array(offsets, np.uint32),
        length=np.array([len(data) for data in files], np.uint32),
        identity=np.array(PEOPLE, np.int32),
        source=np.array(SOURCES),
    )
    said = np.random.default_rng(0).integers(-127, 128, (len(files), 4)).astype(np.int8)
    scale = np.array([0.5, 1.0, 2.0, 0.1], np.float32)
    np.savez(folder / "teacher-embeddings.npz", embedding=said, scale=scale)
    rows = said * scale
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_research_chips_are_decoded_in_order_without_a_source(tmp_path: Path) -> None:
    pictures = chips(6)
    teacher = research_folder(tmp_path / "research", pictures)
    reported: list[tuple[int, int]] = []
    packed = chipset.pack_shared(
        tmp_path / "research",
        tmp_path / "set",
        ("glint",),
        lambda done, total: reported.append((done, total)),
    )
    kept = [0, 2, 3, 4]
    assert len(packed) == 4
    assert np.array_equal(packed.chips, pictures[kept])
    assert packed.people.tolist() == [3, -1, 5, 7]
    assert packed.people.dtype == np.int32
    assert packed.teacher is not None
    assert packed.teacher == pytest.approx(teacher[kept], abs=1e-6)
    assert reported == [(4, 4), (2, 2)]


def test_some_research_chips_are_decoded_alone_and_in_any_order(source: Path) -> None:
    rows = np.array([4, 1])
    decoded = chipset.decoder(source, rows)
    assert np.array_equal([decoded(0), decoded(1)], chips(6)[rows])


def test_the_source_left_out_is_packed_elsewhere(source: Path, tmp_path: Path) -> None:
    target, pictures = tmp_path / "set", chips(6)
    chipset.pack_shared(source, target, ("glint",), no_progress)
    found = chipset.elsewhere(target)
    assert found is not None
    assert np.array_equal(found.chips, pictures[[1, 5]])
    assert found.people.tolist() == [100000, 100001]
    chipset.pack_shared(source, target, (), no_progress)
    assert chipset.elsewhere(target) is None  # these people are trained on now


def test_only_people_who_are_known_are_elsewhere(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    chipset.pack_shared(source, target, ("utk",), no_progress)
    found = chipset.elsewhere(target)
    assert found is not None
    assert found.people.tolist() == [7]


def test_ones_own_people_elsewhere_stay(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    own = target / chipset.ELSEWHERE
    own.mkdir(parents=True)
    np.save(own / "chips.npy", chips(2, seed=1))
    np.save(own / "people.npy", np.array([4, 4], np.int32))
    for without in (("glint",), ()):
        chipset.pack_shared(source, target, without, no_progress)
        found = chipset.elsewhere(target)
        assert found is not None
        assert np.array_equal(found.chips, chips(2, seed=1))


def test_a_packed_set_is_not_packed_again(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    chipset.pack_shared(source, target, ("glint",), no_progress)
    for shard in source.glob("*.bin"):
        shard.unlink()
    assert len(chipset.pack_shared(source, target, ("glint",), no_progress)) == 4
    with pytest.raises(FileNotFoundError):  # another choice of sources needs the pictures
        chipset.pack_shared(source, target, (), no_progress)


def test_a_set_that_could_not_be_packed_is_not_taken_for_one(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    chipset.pack_shared(source, target, (), no_progress)
    (source / "chips-00.bin").write_bytes(bytes(100_000))
    for _ in range(2):  # the second time as well
        with pytest.raises(ValueError, match="not a picture of 112x112"):
            chipset.pack_shared(source, target, ("glint",), no_progress)
    with pytest.raises(ValueError, match="not a picture of 112x112"):
        chipset.pack_shared(source, target, (), no_progress)
    assert [path.name for path in target.iterdir()] == ["chips.npy"]  # the old ones


def test_a_set_of_ones_own_is_known_from_a_packed_one(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    assert not chipset.is_own(target)
    chipset.pack_shared(source, target, (), no_progress)
    assert not chipset.is_own(target)
    chipset.clear(target)
    assert not chipset.is_own(target)
    np.save(target / "people.npy", np.zeros(6, np.int32))
    assert chipset.is_own(target)


def test_chips_that_a_run_has_mapped_stay_what_they_were(source: Path, tmp_path: Path) -> None:
    target, pictures = tmp_path / "set", chips(6)
    mapped = chipset.pack_shared(source, target, (), no_progress)
    chipset.pack_shared(source, target, ("celeba",), no_progress)
    assert np.array_equal(mapped.chips, pictures)
    assert len(chipset.ChipSet.load(target)) == 4


def test_a_chip_of_another_size_is_refused(tmp_path: Path) -> None:
    pictures = [*chips(5), chips(1)[0][:100]]
    research_folder(tmp_path / "research", pictures)
    with pytest.raises(ValueError, match="chip 5"):
        chipset.pack_shared(tmp_path / "research", tmp_path / "set", (), no_progress)


def test_a_set_without_teacher_says_so(tmp_path: Path) -> None:
    np.save(tmp_path / "chips.npy", chips(2))
    np.save(tmp_path / "people.npy", np.array([0, 1], np.int32))
    assert chipset.ChipSet.load(tmp_path).teacher is None


def test_a_set_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    np.save(tmp_path / "chips.npy", chips(2))  # all that an interrupted one may leave
    with pytest.raises(FileNotFoundError, match=f"{tmp_path}: there is no set here; make one with"):
        chipset.ChipSet.load(tmp_path)


people = st.lists(st.integers(-1, 12), min_size=1, max_size=80).map(
    lambda numbers: np.array(numbers, np.int32)
)


@given(people, st.integers(1, 20), st.integers(0, 99))
def test_held_out_people_are_held_out_with_all_their_chips(
    owners: Ints, count: int, seed: int
) -> None:
    marked = chipset.hold_out(owners.astype(np.int32), count, seed)
    chosen = set(owners[marked].tolist())
    assert chosen.isdisjoint(owners[~marked].tolist())
    assert all((owners == one).sum() >= 2 and one != chipset.UNKNOWN for one in chosen)
    several = [one for one in set(owners.tolist()) if one >= 0 and (owners == one).sum() >= 2]
    assert len(chosen) == min(count, max(2, len(several) // 5) if len(several) >= 4 else 0)


def test_the_choice_of_held_out_people_depends_on_the_seed_alone() -> None:
    owners = np.arange(300, dtype=np.int32) // 3
    first, again, other = (chipset.hold_out(owners, 10, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_small_set_keeps_most_of_its_people_to_train_on() -> None:
    owners = np.arange(30, dtype=np.int32) // 3
    assert len(set(owners[chipset.hold_out(owners, 400, 1)].tolist())) == 2


def test_a_set_that_is_prepared_anew_holds_nobody_painted(tmp_path: Path) -> None:
    for name in ("people.npy", "teacher.npy", chipset.PAINTED):
        np.save(tmp_path / name, np.arange(2))
    chipset.clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [0, 40, 200])
def test_files_that_are_cut_off_are_no_set(cut: int, tmp_path: Path) -> None:
    np.save(tmp_path / "chips.npy", chips(2))
    np.save(tmp_path / "people.npy", np.array([0, 1], np.int32))
    for name in ("chips.npy", "people.npy"):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: min(cut, len(whole) - 1)])
        with pytest.raises(ValueError, match="no whole set, prepare it again"):
            chipset.ChipSet.load(tmp_path)
        (tmp_path / name).write_bytes(whole)


def test_what_the_disk_has_no_room_for_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chips.part.npy"
    path.write_bytes(b"older")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=50_000))
    with pytest.raises(OSError, match=r"needs 0\.00 GB") as caught:
        chipset.new_map(path, np.uint8, (2, 112, 112, 3))
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(path))
    assert not path.exists()
    fits = chipset.new_map(path, np.float16, (1, 112, 112))
    assert (fits.dtype, fits.shape, fits.any()) == (np.float16, (1, 112, 112), False)
