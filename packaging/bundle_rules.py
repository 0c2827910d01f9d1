"""Which files belong into the bundle, which of them may be stripped, which are Python's own.

Knows names only and opens no file.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path, PurePosixPath

UNUSED_MODULES = [
    # Never imported by the app; a hook or a library's optional import would pull them in.
    *("faceapp.training", "keras", "tensorflow", "torch", "jax", "matplotlib", "scipy", "pandas"),
    *("tkinter", "pip", "setuptools", "pytest", "IPython", "sounddevice", "unittest", "pydoc"),
    *("PIL", "_pytest", "lib2to3", "numpy.f2py", "numpy.testing"),
    # The app opens no connection; hashlib has its own SHA-256 where OpenSSL is absent.
    *("ssl", "_ssl", "_hashlib", "ftplib", "smtplib", "readline", "curses"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtOpenGL"),
]

# Qt loads plugins by folder. Everything not named stays out.
QT_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "imageformats": ("qjpeg", "qsvg", "qico"),  # PNG is built in
    "iconengines": ("qsvgicon",),
    "platformthemes": ("qxdgdesktopportal",),  # the system's file dialog and dark mode
    "platforminputcontexts": ("composeplatform", "ibusplatform"),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
}
QT_LIBRARIES = (
    *("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa", "WaylandClient", "WlShellIntegration"),
)
LANGUAGES = ("de",)  # English needs no catalogue

# What F1 opens, in every language of the window; the rest of docs/ is for who has the source.
GUIDES = ("user-guide.md", "user-guide.de.md", "privacy.md", "privacy.de.md")

# Accelerators and compilers for other processors, and what training and earlier set-ups leave
# beside the models.
UNUSED_PARTS = (
    *("libLiteRtWebGpuAccelerator", "libLiteRtGpuAccelerator", "libLiteRtOpenClAccelerator"),
    *(".weights.h5", "models/README", "iris_landmark", "full_range_sparse", "__pycache__"),
    *("numpy/_core/lib/", "numpy/random/lib/", "_multiarray_tests", "_rational_tests"),
    *("_umath_tests", "_struct_ufunc_tests", "_operand_flag_tests", "_simd.cpython"),
)

# Libraries that only the GTK theme and OpenSSL need, which are left out.
UNUSED_SYSTEM = (
    *("libatk", "libcairo", "libdatrie", "libfribidi", "libgdk_pixbuf", "libgio", "libgmodule"),
    *("libgobject", "libgraphite2", "libharfbuzz", "libjpeg", "libmount", "libblkid", "libpango"),
    *("libpixman", "libselinux", "libthai", "libXrender", "libXext", "libcom_err", "libgssapi"),
    *("libk5crypto", "libkeyutils", "libkrb5", "libreadline", "libtinfo", "libncurses"),
    *("libcrypto.so", "libssl.so", "libepoxy", "libgdk-3", "libgtk-3", "libXi.", "libXinerama"),
    *("libXcursor", "libXcomposite", "libXdamage", "libXfixes", "libXrandr", "libatspi"),
)

PYTHONS = ("libpython", "lib-dynload/")
STRIPPABLE = (*PYTHONS, "libmediapipe", "ai_edge_litert/")


def wanted(name: str, source: str) -> bool:
    """Whether the file `name` of the bundle, copied from `source`, belongs there."""
    name = name.replace("\\", "/")
    path = PurePosixPath(name)
    if any(part in name for part in UNUSED_PARTS):
        return False
    if "Qt/plugins/" in name or "PySide6/plugins/" in name:
        kept = QT_PLUGINS.get(path.parent.name, ())
        return path.name.removeprefix("lib").startswith(kept)
    if "translations/" in name and "PySide6" in name:
        return path.name in {f"qtbase_{language}.qm" for language in LANGUAGES}
    if path.name.removeprefix("lib").startswith("Qt6"):
        module = path.name.removeprefix("lib").removeprefix("Qt6").split(".")[0]
        return module in QT_LIBRARIES
    # Only what came from the system: a library of the same name in a wheel is that wheel's own.
    from_system = len(path.parts) == 1 and not source.replace("\\", "/").count("site-packages")
    return not (from_system and path.name.startswith(UNUSED_SYSTEM))


def may_be_stripped(name: str) -> bool:
    """Whether the file survives losing its symbols; numpy's and OpenCV's OpenBLAS do not."""
    name = name.replace("\\", "/")
    return name.endswith((".so", ".so.1.0")) and any(part in name for part in STRIPPABLE)


def finds_all_beside(name: str) -> bool:
    """Whether the file, of Python itself, needs no folder but the bundle's and the system's."""
    return any(part in name.replace("\\", "/") for part in PYTHONS)


def is_pythons(path: Path) -> bool:
    """Return whether the resolved ``path`` is Python's own.

    On Linux its prefix may be /usr, where all other libraries are as well: there only the standard
    library and libpython are Python's.
    """
    if sys.platform in {"win32", "darwin"}:
        return path.is_relative_to(Path(sys.base_prefix).resolve())
    base = {"platbase": sys.base_exec_prefix}  # not the virtual environment's
    places = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib", vars=base))
    within = any(path.is_relative_to(Path(place).resolve()) for place in places)
    return within or path.name == sysconfig.get_config_var("INSTSONAME")
