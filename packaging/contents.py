"""Which third-party parts are inside a bundle, under which licence: the list and its SBOM.

`faceapp.spec` hands over every file that goes into the bundle with its source; each is traced to
the Python distribution or the Debian package it came from, so that nothing is listed that is not
inside and nothing inside is missing.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from bundle_rules import is_pythons  # type: ignore[import-not-found]  # a script's sibling
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from licences import Part  # type: ignore[import-not-found]  # a script's sibling
from packageurl import PackageURL

LICENCE_FILES = re.compile(r"(licen[cs]e|copying|notice|authors|third.?party)", re.IGNORECASE)
APP = "faceapp"


class UnknownOrigin(Exception):
    """A file of the bundle belongs to nothing that is known."""


def parts_of(sources: Iterable[str]) -> list[Part]:
    """List the parts that the files ``sources`` came from, sorted. Raises UnknownOrigin."""
    index = _python_index()
    found: dict[str, Part] = {}
    strangers: set[Path] = set()
    for source in sources:
        path = Path(source).resolve()
        owner = index.get(path)
        if owner is not None:
            found.setdefault(owner, _python_part(metadata.distribution(owner)))
        elif not _is_python(path):
            strangers.add(path)
    found["python"] = _python()
    found["pyinstaller"] = _python_part(metadata.distribution("pyinstaller"))
    for package, files in sorted(_debian_packages(strangers).items()):
        found[f"deb {package}"] = _debian_part(package, files)
    found.pop(APP, None)
    return sorted(found.values(), key=lambda part: (part.kind, part.name.lower()))


def sbom_text(parts: Iterable[Part], version: str, files: Iterable[tuple[str, Path]]) -> str:
    """Write the CycloneDX list of parts and models, the same for the same content."""
    bom = Bom()
    bom.metadata.component = app = Component(
        name=APP,
        version=version,
        type=ComponentType.APPLICATION,
        licenses=[DisjunctiveLicense(id="Apache-2.0")],
        bom_ref=APP,
    )
    for part in parts:
        url = PackageURL(
            part.kind, "debian" if part.kind == "deb" else None, part.name, part.version
        )
        bom.components.add(
            Component(
                name=part.name,
                version=part.version,
                type=ComponentType.LIBRARY,
                licenses=[DisjunctiveLicense(name=part.licence)],
                purl=url,
                bom_ref=str(url),
                # The Debian package finds by these whether it still carries the part.
                properties=[Property(name="faceapp:file", value=name) for name in part.files],
            )
        )
    for name, path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        bom.components.add(
            Component(
                name=name,
                version=version,
                type=ComponentType.MACHINE_LEARNING_MODEL,
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
                licenses=[DisjunctiveLicense(name=_model_licence(path))],
                bom_ref=f"model:{name}",
            )
        )
    bom.register_dependency(app, bom.components)
    content = json.loads(JsonV1Dot6(bom).output_as_string())
    # A random number and the time of day would make two equal builds differ.
    content["metadata"].pop("timestamp", None)
    components = json.dumps(content["components"], sort_keys=True)
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, components)}"
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def _model_licence(path: Path) -> str:
    """Take it from the card that our own model has beside it; the others are MediaPipe's."""
    card = path.with_suffix(".json")
    if not card.is_file():
        return "Apache-2.0"
    return str(json.loads(card.read_text(encoding="utf-8"))["licence"])


def _python_index() -> dict[Path, str]:
    """Map every installed file to the name of its distribution."""
    index: dict[Path, str] = {}
    for distribution in metadata.distributions():
        # Resolving the folder once instead of each of its files saves most of the time.
        folder = Path(str(distribution.locate_file(""))).resolve()
        for file in distribution.files or ():
            index[folder / file] = distribution.name
    return index


def _is_python(path: Path) -> bool:
    """Whether the file is Python's own, ours, or made while building."""
    ours = Path(__file__).resolve().parents[1]
    return bool(is_pythons(path)) or path.is_relative_to(ours)


def _python() -> Part:
    base = Path(sys.base_prefix)
    version = ".".join(map(str, sys.version_info[:3]))
    candidates = (*base.glob("lib/python3.*/LICENSE.txt"), base / "LICENSE.txt")
    texts = tuple(path for path in candidates if path.is_file())
    return Part("generic", "python", version, "PSF-2.0", texts[:1])


def _python_part(distribution: metadata.Distribution) -> Part:
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if LICENCE_FILES.search(file.name) and file.suffix not in {".py", ".pyc", ".so"}
    ]
    licence = _licence(distribution.metadata)
    there = tuple(sorted(path for path in texts if path.is_file()))
    return Part("pypi", distribution.name, distribution.version, licence, there)


def _licence(about: metadata.PackageMetadata) -> str:
    named = (about.get_all("License-Expression") or [""])[0]
    if not named:
        classifiers = about.get_all("Classifier") or []
        last = [row.rsplit(" :: ", 1)[1] for row in classifiers if row.startswith("License :: ")]
        named = ", ".join(name for name in last if name != "OSI Approved")
    if not named and "License" in about:
        named = about["License"].splitlines()[0]
    return named or "see its text"


def _debian_packages(paths: set[Path]) -> dict[str, tuple[str, ...]]:
    """Map Debian packages to the names of their libraries. Raises UnknownOrigin."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(paths):
        package = _owner(path)
        if package is None:
            raise UnknownOrigin(f"{path} belongs to no Python distribution and no package")
        found[package] = (*found.get(package, ()), path.name)
    return found


def _owner(path: Path) -> str | None:
    """Name the Debian package of a file; merged /usr is known under its former path as well."""
    if shutil.which("dpkg-query") is None:
        return None
    for name in (str(path), str(path).removeprefix("/usr")):
        done = subprocess.run(
            ["dpkg-query", "--search", name], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


def _debian_part(package: str, files: tuple[str, ...]) -> Part:
    show = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
    done = subprocess.run(show, capture_output=True, text=True, check=True)
    copyright_file = Path("/usr/share/doc") / package / "copyright"
    texts = (copyright_file,) if copyright_file.is_file() else ()
    return Part("deb", package, done.stdout.split()[0], _debian_licence(texts), texts, files)


def _debian_licence(texts: tuple[Path, ...]) -> str:
    names: list[str] = []
    for path in texts:
        for row in path.read_text(encoding="utf-8", errors="replace").splitlines():
            name = row.removeprefix("License:").strip() if row.startswith("License:") else ""
            if name and name not in names:
                names.append(name)
    return ", ".join(names[:6]) or "see its text"
