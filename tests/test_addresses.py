from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.addresses import is_demo, is_device, public_address, with_public_addresses


@pytest.mark.parametrize(
    ("source", "public"),
    [
        ("rtsp://user:s3cret@10.0.0.7:554/live", "rtsp://10.0.0.7:554/live"),
        ("rtsp://user:p@ss@10.0.0.7/live", "rtsp://10.0.0.7/live"),
        ("http://token@host?x=a@b", "http://host?x=a@b"),
        ("http://host/a@b.mjpg", "http://host/a@b.mjpg"),
        (
            "rtsp://10.0.0.7:554/user=admin&password=123456&channel=1",
            "rtsp://10.0.0.7:554/user=***&password=***&channel=1",
        ),
        (
            "http://10.0.0.7/video.cgi?User=a&PWD=b&res=1",
            "http://10.0.0.7/video.cgi?User=***&PWD=***&res=1",
        ),
        (
            "http://10.0.0.5:81/videostream.cgi?loginuse=admin&loginpas=s3cret&rate=0",
            "http://10.0.0.5:81/videostream.cgi?loginuse=***&loginpas=***&rate=0",
        ),
        ("http://h/mjpg?user=admin&pwd=s3/cr?t=#1", "http://h/mjpg?user=***&pwd=***#1"),
        ("http://h/user=a/api_key=b?c=d", "http://h/user=***/api_key=***?c=d"),
        ("http://10.0.0.7/monkey=1", "http://10.0.0.7/monkey=1"),
        ("rtsp://admin:se#cret@10.0.0.7/1", "rtsp://10.0.0.7/1"),
        ("rtsp://admin:s/e?cr@et@10.0.0.7/1", "rtsp://10.0.0.7/1"),
        ("admin:secret@10.0.0.7/1", "10.0.0.7/1"),
        ("rtsp:/admin:secret@10.0.0.7/1", "rtsp:/10.0.0.7/1"),
        ("10.0.0.7/video.cgi?user=a&pwd=b", "10.0.0.7/video.cgi?user=***&pwd=***"),
        ("http://cam.lan:8080/x?user=admin&pwd=p@ssw0rd", "http://cam.lan:8080/x?user=***&pwd=***"),
        ("http://h:80/s?token=abc@def/ghi", "http://h:80/s?token=***"),
        ("http://h:80/s?user=a:b&pwd=p@q", "http://h:80/s?user=***&pwd=***"),
        (
            "rtsp://u:p@10.0.0.1:554/user=a_password=x@y_channel=1",
            "rtsp://10.0.0.1:554/user=***",
        ),
        ("http://10.0.0.1:8080/cam@1", "http://10.0.0.1:8080/cam@1"),
        ("rtsp://u:pa?pwd=x@10.0.0.7/1", "rtsp://10.0.0.7/1"),
        ("rtsp://admin:12/3@10.0.0.7/1", "rtsp://10.0.0.7/1"),
        (r"C:\Users\me@firm.com\anna.jpg", r"C:\Users\me@firm.com\anna.jpg"),
        ("/home/compass=3/x.jpg", "/home/compass=3/x.jpg"),
        ("demo", "demo"),
        ("/dev/v4l/by-id/usb-1:2-video-index0", "/dev/v4l/by-id/usb-1:2-video-index0"),
        ("/home/a@b/clip.mp4", "/home/a@b/clip.mp4"),
    ],
)
def test_a_password_is_left_out_of_an_address(source: str, public: str) -> None:
    assert public_address(source) == public


@given(
    scheme=st.sampled_from(["rtsp://", "HTTPS://", "rtsp:/", "http:", "rtsp:\\", "rtp://", ""]),
    password=st.text("XYZ/?#:@%&;=\\.'", min_size=1),
    path=st.sampled_from(["", ":554/live", "/a?b=c#d"]),
)
def test_no_part_of_a_password_is_ever_repeated(scheme: str, password: str, path: str) -> None:
    source = f"{scheme}admin:{password}@10.0.0.7{path}"
    for shown in (public_address(source), with_public_addresses(f"open('{source}') failed")):
        assert not set("XYZ") & set(shown)
        assert f"10.0.0.7{path}" in shown


def test_passwords_in_addresses_within_a_text_are_left_out_too() -> None:
    said = "open rtsp://a:b@host/x failed, then http://host/y?pass=c; mail a@b.org"
    assert with_public_addresses(said) == (
        "open rtsp://host/x failed, then http://host/y?pass=***; mail a@b.org"
    )


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("0", "device"),
        ("/dev/v4l/by-id/usb-1", "device"),
        ("demo", "demo"),
        ("demo:7", "demo"),
        ("demos", ""),
        ("rtsp://10.0.0.7/0", ""),
        ("/home/ann/dev/film.mp4", ""),
        ("", ""),
    ],
)
def test_a_device_and_the_demo_are_known_by_their_form(source: str, kind: str) -> None:
    assert is_device(source) == (kind == "device")
    assert is_demo(source) == (kind == "demo")
