"""Makes a release, or prints why it cannot: `make release`.

It refuses a version that CHANGELOG.md does not name as released, a working tree with changes, and
a package on which the smoke did not pass. Writes dist/SHA256SUMS over everything users download.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
KINDS = (".deb", ".AppImage", ".whl", ".cdx.json", "licences.txt", ".exe", ".dmg")


class Refused(Exception):
    """There can be no release; the text says why."""


def main() -> int:
    """Check, build, smoke, sum."""
    try:
        version = version_of(ROOT)
        check_changes(ROOT, version)
        check_tree(ROOT)
        for target in ("package", "smoke"):
            subprocess.run(["make", target], cwd=ROOT, check=True)
        check_smoke(package_of(DIST, version), DIST / "smoke")
        print(write_sums(DIST, version))
    except (Refused, subprocess.CalledProcessError) as error:
        print(f"No release: {error}", file=sys.stderr)
        return 1
    return 0


def version_of(root: Path) -> str:
    """Read the one version. Raises Refused."""
    text = (root / "faceapp" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise Refused("faceapp/__init__.py names no version")
    return found[1]


def check_changes(root: Path, version: str) -> None:
    """Raise Refused unless CHANGELOG lists the version with the day of its release."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(rf"^## {re.escape(version)} \((.+)\)$", text, re.MULTILINE)
    if heading is None:
        raise Refused(f"CHANGELOG.md does not name {version}")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", heading[1]):
        raise Refused(f'CHANGELOG.md calls {version} "{heading[1]}" instead of giving its day')


def check_tree(root: Path) -> None:
    """Raise Refused when something is not committed."""
    command = ["git", "-C", str(root), "status", "--porcelain"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    if done.stdout.strip():
        raise Refused(f"not committed:\n{done.stdout.rstrip()}")


def package_of(dist: Path, version: str) -> Path:
    """Find the version's package. Raises Refused."""
    package = next(dist.glob(f"faceapp_{version}_*.deb"), None)
    if package is None:
        raise Refused(f"there is no package of version {version} in {dist}")
    return package


def check_smoke(package: Path, smoke: Path) -> None:
    """Raise Refused unless the smoke passed on this very package."""
    passed = smoke / "passed"
    if not passed.is_file() or passed.read_text(encoding="ascii").strip() != sha256(package):
        raise Refused(f"the smoke did not pass on {package.name}: see {smoke / 'smoke.log'}")


def write_sums(dist: Path, version: str) -> Path:
    """Write SHA256SUMS over the files of this version."""
    files = sorted(
        path
        for path in dist.iterdir()
        if path.name.endswith(KINDS) and (version in path.name or path.suffix in {".json", ".txt"})
    )
    target = dist / "SHA256SUMS"
    target.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in files), encoding="utf-8")
    return target


def sha256(path: Path) -> str:
    """Return the file's checksum in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
