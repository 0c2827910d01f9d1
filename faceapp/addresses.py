"""What the text of a camera's source says by itself, and what of it others may read.

Stream addresses hold user and password before the host, or among the options after it. What is
kept in the log of attendance, shown, exported or logged must hold neither.
"""

from __future__ import annotations

import re

DEMO = "demo"
"""The camera that is always there: people who do not exist come to it."""

_DEVICES = "/dev/"
# With one slash or none too: what was mistyped is shown in the sentence that refuses it.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|(?:rtsps?|https?):[/\\]?", re.IGNORECASE)
_PATH = re.compile(r"[/~]|\.\.?[/\\]|[a-z]:[/\\]", re.IGNORECASE)
# What begins so, before any "@", may be a host with its port, or a user with a password of digits.
_HOST = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?[/?#]", re.IGNORECASE)
_USER = re.compile(r"\A[^/?#]*@")
# Cameras call them user, loginuse, usr, pwd, loginpas, api_key and more. A value among the options
# may hold a slash; in the path it ends there.
_NAME = r"((?:[a-z]*[_-])?(?:key|auth)|[a-z_-]*(?:user|usr|login|pas|pwd|token|secret)[a-z_-]*)="
_OPTION = re.compile(rf"(?<=[?&;]){_NAME}[^&;#\s]*", re.IGNORECASE)
_PART = re.compile(rf"(?<![a-z_-]){_NAME}[^?&;/#\s]*", re.IGNORECASE)
_WORD = re.compile(r"\S+")


def is_demo(source: str) -> bool:
    """Tell whether it is the demo camera, ``demo``, ``demo:SEED`` or ``demo:ID``."""
    return source == DEMO or source.startswith(f"{DEMO}:")


def is_device(source: str) -> bool:
    """Tell whether it is a camera of this machine: a number or a device."""
    return source.isdecimal() or source.startswith(_DEVICES)


def is_stream(source: str) -> bool:
    """Tell whether it is the address of a network camera."""
    return "://" in source


def public_address(source: str) -> str:
    """Name a source without user and password, however it was typed.

    A password may hold any sign, so where there may be one all before the last "@" goes. Paths of
    this machine stay as they are.
    """
    found = _SCHEME.match(source)
    if found is None and _PATH.match(source):
        return source
    scheme = found.group() if found else ""
    rest = source[len(scheme) :]
    masked = _masked(rest)
    host = _HOST.match(rest)
    # No user's name has a dot, unless an "@" follows it.
    if host and ("@" not in masked or "." in host.group()):
        return scheme + masked
    for text in (masked, rest):
        before, _, after = text.rpartition("@")
        if ":" in before:
            return scheme + _masked(after)
    return scheme + (_USER.sub("", masked) if scheme else masked)


def _masked(text: str) -> str:
    return _PART.sub(r"\1=***", _OPTION.sub(r"\1=***", text))


def with_public_addresses(text: str) -> str:
    """Do the same to every address within a text."""
    return _WORD.sub(_public_word, text)


def _public_word(found: re.Match[str]) -> str:
    word = found.group()
    if "://" not in word and not ("@" in word and ":" in word):
        return word
    bare = word.lstrip("'\"(<[{")
    return word[: len(word) - len(bare)] + public_address(bare)
