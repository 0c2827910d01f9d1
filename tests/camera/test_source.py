from __future__ import annotations

import os
from pathlib import Path

import pytest

from faceapp.camera.source import SourceKind, is_video, kind_of
from faceapp.errors import CameraNotFound, SourceUnreadable
from tests.camera.made import HEIF_STARTS, encoded, quarters


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("0", SourceKind.WEBCAM),
        ("12", SourceKind.WEBCAM),
        ("/dev/video3", SourceKind.WEBCAM),
        ("/dev/v4l/by-id/usb-Cheap_Cam-video-index0", SourceKind.WEBCAM),
        ("demo", SourceKind.DEMO),
        ("demo:7", SourceKind.DEMO),
        ("rtsp://10.0.0.7/live", SourceKind.STREAM),
        ("RTSPS://user:secret@10.0.0.7:554/live?a=1", SourceKind.STREAM),
        ("http://10.0.0.7/video.mjpg", SourceKind.STREAM),
    ],
)
def test_the_form_of_a_source_tells_its_kind(source: str, kind: SourceKind) -> None:
    assert kind_of(source) is kind


@pytest.mark.parametrize("source", ["file:///etc/passwd", "concat://a|b", "udp://0.0.0.0:1"])
def test_other_schemes_are_not_opened(source: str) -> None:
    with pytest.raises(CameraNotFound, match="why=scheme"):
        kind_of(source)


@pytest.mark.parametrize("source", ["", "nowhere.mp4", "demons", "-1", "0x1", "a\0b", "x" * 5000])
def test_what_is_nowhere_is_not_found(source: str) -> None:
    with pytest.raises(CameraNotFound):
        kind_of(source)


def test_a_file_is_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(encoded(quarters(), "PNG"))
    assert kind_of(str(path)) is SourceKind.PICTURE
    path.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
    assert kind_of(str(path)) is SourceKind.VIDEO
    assert kind_of(str(tmp_path)) is SourceKind.FOLDER


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"just some words, which FFmpeg would play as a video\n" * 40, "no_video"),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://example.com/a.ts\n", "no_video"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "no_video"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "no_video"),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable) as caught:
        kind_of(str(path))
    assert caught.value.details == {"source": str(path), "why": why}


@pytest.mark.parametrize("name", HEIF_STARTS)
def test_a_photo_in_a_videos_container_is_no_video(name: str, tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIF_STARTS[name] + bytes(5000))
    with pytest.raises(SourceUnreadable, match="why=heic"):
        kind_of(str(path))


def test_avif_in_the_same_container_is_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "one.avif"
    path.write_bytes(encoded(quarters(), "AVIF"))
    assert kind_of(str(path)) is SourceKind.PICTURE
    path.write_bytes(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf" + bytes(5000))
    assert kind_of(str(path)) is SourceKind.PICTURE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_a_pipe_is_no_missing_camera(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    os.mkfifo(path)
    with pytest.raises(SourceUnreadable) as caught:
        kind_of(str(path))
    assert caught.value.details == {"source": str(path), "why": "not_a_file"}


@pytest.mark.parametrize("path", ["", "x" * 5000, "\0"])
def test_the_password_of_an_address_without_its_scheme_is_not_repeated(path: str) -> None:
    with pytest.raises(CameraNotFound) as caught:
        kind_of(f"admin:secret@10.0.0.7{path}")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "start",
    [
        b"\x1a\x45\xdf\xa3\x9f",
        b"RIFF\x10\0\0\0AVI LIST",
        b"\0\0\x01\xba\x44",
        b"\x47" + bytes(187) + b"\x47" + bytes(187),
        b"\0\0\0\x14ftypqt  ",
    ],
    ids=["matroska", "avi", "mpeg", "transport stream", "quicktime"],
)
def test_containers_are_known_by_their_start(start: bytes) -> None:
    assert is_video(start)
