"""Makes the Debian package out of the bundle.

    python packaging/deb/build.py BUNDLE OUT [--compression xz|zstd|fast]

What Debian and Ubuntu have themselves (`libraries.txt`) is taken out of the bundle and becomes a
dependency; the dependencies are computed from the ELF files that are left, and a library that
neither the bundle nor the list has ends the build.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from elf import Needs, Version, elf_files, needs_of  # type: ignore[import-not-found]  # a script's sibling

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

from bundle_rules import GUIDES  # type: ignore[import-not-found]  # noqa: E402
from licences import without_parts  # type: ignore[import-not-found]  # noqa: E402
from release import version_of  # type: ignore[import-not-found]  # noqa: E402

VERSION = version_of(ROOT)

MAINTAINER = "The faceapp authors <faceapp@localhost>"
# GLIBCXX_3.4.30 came with GCC 12, and so on; Ubuntu 22.04 has 12 as well.
GCC_OF_GLIBCXX = {(3, 4, 28): "9", (3, 4, 29): "11", (3, 4, 30): "12", (3, 4, 31): "13"}
# Opened by name at run time, so no ELF header names them.
OPENED_LATER = ("libwayland-egl1", "xkb-data", "fontconfig-config")
RECOMMENDED = "fonts-dejavu-core | fonts-liberation | fonts-noto-core, libgl1-mesa-dri"


def main() -> int:
    """Build the package and print its path and sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--compression", default="xz", choices=("xz", "zstd", "fast"))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faceapp-deb-") as folder:
        stage = Path(folder) / "faceapp"
        lay_out(wanted.bundle, stage)
        size_kb = write_control(stage)
        package = pack(stage, wanted.out, wanted.compression)
    print(f"{package}: {package.stat().st_size / 1e6:.1f} MB, installed {size_kb / 1024:.0f} MiB")
    return 0


def moment() -> datetime:
    """Return the time that files are dated: of the commit, the same for every build of it."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        given = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return datetime.fromtimestamp(int(given), UTC)


def lay_out(bundle: Path, stage: Path) -> None:
    """Put every file where it will be installed."""
    home = stage / "usr" / "lib" / "faceapp"
    shutil.copytree(bundle, home, symlinks=True)
    for name in system_libraries():
        (home / "_internal" / name).unlink(missing_ok=True)
    launcher = stage / "usr" / "bin" / "faceapp"
    launcher.parent.mkdir(parents=True)
    launcher.symlink_to("../lib/faceapp/faceapp")
    share = stage / "usr" / "share"
    _put(HERE / "faceapp.desktop", share / "applications" / "faceapp.desktop")
    _draw_icons(share / "icons" / "hicolor")
    _fill(
        HERE / "org.faceapp.FaceApp.metainfo.xml",
        share / "metainfo" / "org.faceapp.FaceApp.metainfo.xml",
        RELEASES=f'<release version="{VERSION}" date="{moment():%Y-%m-%d}"/>',
    )
    manual = share / "man" / "man1" / "faceapp.1"
    _fill(HERE / "faceapp.1", manual, VERSION=VERSION, DATE=f"{moment():%Y-%m-%d}")
    _zip(manual)
    _documents(home / "_internal", share / "doc" / "faceapp")


def _documents(internal: Path, doc: Path) -> None:
    """Write copyright, licences, list of parts, changes and, for who is offline, the guides."""
    doc.mkdir(parents=True)
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    licences = "Licences of all parts: licences.txt.gz. The Apache License, Version 2.0 is in\n"
    licences += "/usr/share/common-licenses/Apache-2.0.\n"
    (doc / "copyright").write_text(f"{notice}\n{licences}", encoding="utf-8")
    drop_parts(internal)
    for name in ("licences.txt", "sbom.cdx.json"):
        _put(internal / name, doc / name)
        _zip(doc / name)
    for name in GUIDES:
        _put(ROOT / "docs" / name, doc / name)
    _put(ROOT / "CHANGELOG.md", doc / "changelog")
    _zip(doc / "changelog")


def drop_parts(internal: Path) -> None:
    """Take out of the list of parts and of the licences what the package takes from the system."""
    sbom, licences = internal / "sbom.cdx.json", internal / "licences.txt"
    content = json.loads(sbom.read_text(encoding="utf-8"))
    # The library's file carries more of its version than the name it is loaded by.
    dropped = tuple(name for name in system_libraries() if ".so" in name)
    gone = {
        part["bom-ref"]: f"{part['name']} {part['version']}"
        for part in content["components"]
        if part["bom-ref"].startswith("pkg:deb/")
        and all(row["value"].startswith(dropped) for row in part.get("properties", ()))
    }
    content["components"] = [one for one in content["components"] if one["bom-ref"] not in gone]
    content["dependencies"] = [
        {**row, "dependsOn": [ref for ref in row.get("dependsOn", ()) if ref not in gone]}
        for row in content["dependencies"]
        if row["ref"] not in gone
    ]
    sbom.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    text = licences.read_text(encoding="utf-8")
    licences.write_text(without_parts(text, set(gone.values())), encoding="utf-8")


def _draw_icons(hicolor: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = str(ROOT / "packaging" / "make_icons.py")
        subprocess.run([sys.executable, script, folder], check=True)
        for picture in Path(folder).glob("*.png"):
            size = f"{picture.stem}x{picture.stem}"
            _put(picture, hicolor / size / "apps" / "faceapp.png")
    _put(ROOT / "assets" / "icons" / "app.svg", hicolor / "scalable" / "apps" / "faceapp.svg")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _fill(source: Path, target: Path, **words: str) -> None:
    text = source.read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _zip(path: Path) -> None:
    packed = gzip.compress(path.read_bytes(), 9, mtime=0)
    path.with_name(f"{path.name}.gz").write_bytes(packed)
    path.unlink()


def system_libraries() -> dict[str, str]:
    """Map file names to Debian packages; "-" for what comes along with others."""
    rows = (HERE / "libraries.txt").read_text(encoding="ascii").splitlines()
    pairs = (row.split() for row in rows if row and not row.startswith("#"))
    return {row[0]: row[1] for row in pairs}


def dependencies(needs: Needs, inside: set[str]) -> list[str]:
    """Name the packages for all that is needed and not inside. Raises SystemExit."""
    known = system_libraries()
    missing = needs.libraries - inside
    unknown = sorted(name for name in missing if known.get(name, "-") == "-")
    if unknown:
        raise SystemExit(f"no package is known for: {', '.join(unknown)}")
    packages = {known[name] for name in missing} | set(OPENED_LATER)
    floors = {"libc6": _dotted(needs.glibc), "libstdc++6": _gcc_of(needs.glibcxx)}
    return [
        f"{package} (>= {floors[package]})" if package in floors else package
        for package in sorted(packages)
    ]


def _gcc_of(glibcxx: Version) -> str:
    """Name the oldest GCC whose libstdc++ has these symbols. Raises SystemExit for newer ones."""
    for known in sorted(GCC_OF_GLIBCXX):
        if glibcxx <= known:
            return GCC_OF_GLIBCXX[known]
    raise SystemExit(f"no GCC is known for GLIBCXX_{_dotted(glibcxx)}")


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def write_control(stage: Path) -> int:
    """Write DEBIAN/control and md5sums; return the installed size in KiB."""
    home = stage / "usr" / "lib" / "faceapp"
    inside = {path.name for path in home.rglob("*")}
    depends = dependencies(needs_of(home), inside)
    size_kb = sum(path.lstat().st_size for path in stage.rglob("*") if path.is_file()) // 1024
    fields = {
        "Package": "faceapp",
        "Version": VERSION,
        "Section": "graphics",
        "Priority": "optional",
        "Architecture": _architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size_kb),
        "Depends": ", ".join(depends),
        "Recommends": RECOMMENDED,
        "Description": (
            "attendance by face, offline\n"
            " A webcam sees people walk up; whoever is enrolled gets an entry, in or out,\n"
            " with the time. At the end of the day there is a table to look at, correct\n"
            " and export. Nothing leaves the computer: there is no account and no cloud, and\n"
            " the app connects to nothing but a network camera, if you name one.\n"
            " The face model inside may be used for non-commercial research only."
        ),
    }
    control = stage / "DEBIAN"
    control.mkdir()
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (control / "control").write_text(text, encoding="utf-8")
    _write_sums(stage, control / "md5sums")
    return size_kb


def _write_sums(stage: Path, target: Path) -> None:
    files = [str(p.relative_to(stage)) for p in sorted((stage / "usr").rglob("*"))
             if p.is_file() and not p.is_symlink()]  # fmt: skip
    done = subprocess.run(
        ["md5sum", "--", *files], cwd=stage, capture_output=True, text=True, check=True
    )
    target.write_text(done.stdout, encoding="utf-8")


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def pack(stage: Path, out: Path, compression: str) -> Path:
    """Set modes and dates, then let dpkg-deb write the package."""
    seconds = int(moment().timestamp())
    programs = {stage / "usr/lib/faceapp/faceapp"} | set(elf_files(stage / "usr/lib/faceapp"))
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path in programs
            path.chmod(0o755 if executable else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"faceapp_{VERSION}_{_architecture()}.deb"
    # "fast" is for trying things out: half as large again, seconds instead of minutes.
    words = {"xz": ["-Zxz"], "zstd": ["-Zzstd", "-z19"], "fast": ["-Zzstd", "-z1"]}[compression]
    command = ["dpkg-deb", "--root-owner-group", *words]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
    subprocess.run([*command, "--build", str(stage), str(package)], check=True, env=environment)
    return package


if __name__ == "__main__":
    sys.exit(main())
