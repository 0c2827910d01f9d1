"""Draws the program's icon from its SVG in all sizes and formats that the systems want.

    python packaging/make_icons.py OUT

Writes OUT/<size>.png, OUT/faceapp.ico (Windows) and OUT/faceapp.icns (macOS).
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = Path(__file__).resolve().parents[1] / "assets" / "icons" / "app.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_PX = (16, 24, 32, 48, 64, 256)
ICNS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def main(out: Path) -> None:
    """Write all files into ``out``."""
    application = QGuiApplication(["make_icons"])
    out.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(SVG))
    for size in SIZES_PX:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(out / f"{size}.png"))
    pictures = {size: (out / f"{size}.png").read_bytes() for size in SIZES_PX}
    (out / "faceapp.ico").write_bytes(ico(pictures))
    (out / "faceapp.icns").write_bytes(icns(pictures))
    del application


def ico(pictures: dict[int, bytes]) -> bytes:
    """Put PNGs into the container of Windows; 256 is written as 0 there."""
    head = struct.pack("<HHH", 0, 1, len(ICO_PX))
    offset = len(head) + 16 * len(ICO_PX)
    table, data = b"", b""
    for size in ICO_PX:
        png = pictures[size]
        where = offset + len(data)
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), where)
        data += png
    return head + table + data


def icns(pictures: dict[int, bytes]) -> bytes:
    """Put PNGs into the container of macOS."""
    data = b"".join(
        kind + struct.pack(">I", len(pictures[size]) + 8) + pictures[size]
        for kind, size in ICNS.items()
    )
    return b"icns" + struct.pack(">I", len(data) + 8) + data


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
