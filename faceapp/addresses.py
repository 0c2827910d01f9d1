"""What the text of a camera's source says by itself, and what of it others may read.

Stream addresses hold user and password before the host, or among the options after it. What is
kept in the log of attendance, shown, exported or logged must hold neither.
"""

from __future__ import annotations

import re

DEMO = "demo"
"""The camera that is always there: people who do not exist walk up to it."""

_DEVICES = "/dev/"
_CREDENTIALS = re.compile(r"(?<=://)[^/?#]*@")
# Cameras call them user, loginuse, usr, pwd, loginpas, api_key and more. A value among the options
# may hold a slash; in the path it ends there.
_NAME = r"((?:[a-z]*[_-])?(?:key|auth)|[a-z_-]*(?:user|usr|login|pas|pwd|token|secret)[a-z_-]*)="
_OPTION = re.compile(rf"(?<=[?&;]){_NAME}[^&;#\s]*", re.IGNORECASE)
_PART = re.compile(rf"(?<![a-z_-]){_NAME}[^?&;/#\s]*", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def is_demo(source: str) -> bool:
    """Tell whether it is the demo camera, ``demo`` or ``demo:SEED``."""
    return source == DEMO or source.startswith(f"{DEMO}:")


def is_device(source: str) -> bool:
    """Tell whether it is a camera of this machine: a number or a device."""
    return source.isdecimal() or source.startswith(_DEVICES)


def is_stream(source: str) -> bool:
    """Tell whether it is the address of a network camera."""
    return "://" in source


def public_address(source: str) -> str:
    """Name a source without user and password; what is no address stays as it is."""
    if not is_stream(source):
        return source
    return _PART.sub(r"\1=***", _OPTION.sub(r"\1=***", _CREDENTIALS.sub("", source)))


def with_public_addresses(text: str) -> str:
    """Do the same to every address within a text."""
    return _ADDRESS.sub(lambda found: public_address(found.group()), text)
