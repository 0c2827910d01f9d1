"""Classifies camera sources by their text and removes credentials from addresses.

Stream addresses can hold a user name and password before the host or in the options after it.
Whatever is stored in the attendance log, shown, exported or logged must hold neither.
"""

from __future__ import annotations

import re

DEMO = "demo"
"""The built-in camera: always available, shows people who do not exist."""

_DEVICES = "/dev/"
# Also matches with one slash or none, since error messages quote mistyped addresses.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|(?:rtsps?|https?):[/\\]?", re.IGNORECASE)
_PATH = re.compile(r"[/~]|\.\.?[/\\]|[a-z]:[/\\]", re.IGNORECASE)
# A text that begins like this, without an "@", may be a host with a port, or a user with a password
# of digits.
_HOST = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?[/?#]", re.IGNORECASE)
_USER = re.compile(r"\A[^/?#]*@")
# Cameras name these user, loginuse, usr, pwd, loginpas, api_key and more. A value in the options
# may contain a slash; in the path it ends at one.
_NAME = r"((?:[a-z]*[_-])?(?:key|auth)|[a-z_-]*(?:user|usr|login|pas|pwd|token|secret)[a-z_-]*)="
_OPTION = re.compile(rf"(?<=[?&;]){_NAME}[^&;#\s]*", re.IGNORECASE)
_PART = re.compile(rf"(?<![a-z_-]){_NAME}[^?&;/#\s]*", re.IGNORECASE)
_WORD = re.compile(r"\S+")


def is_demo(source: str) -> bool:
    """Return whether ``source`` is the demo camera: ``demo``, ``demo:SEED`` or ``demo:ID``."""
    return source == DEMO or source.startswith(f"{DEMO}:")


def is_device(source: str) -> bool:
    """Return whether ``source`` is a camera of this machine: a number or a device path."""
    return source.isdecimal() or source.startswith(_DEVICES)


def is_stream(source: str) -> bool:
    """Return whether ``source`` is the address of a network camera."""
    return "://" in source


def public_address(source: str) -> str:
    """Return a source without user name and password, however it was typed.

    A password may contain any character, so where there may be one, everything before the last
    "@" is removed. Paths of this machine are returned unchanged.
    """
    found = _SCHEME.match(source)
    if found is None and _PATH.match(source):
        return source
    scheme = found.group() if found else ""
    rest = source[len(scheme) :]
    masked = _masked(rest)
    host = _HOST.match(rest)
    # Assumes that a user name contains a dot only if an "@" follows it, as in e-mail addresses.
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
    """Apply `public_address` to every address within a text."""
    return _WORD.sub(_public_word, text)


def _public_word(found: re.Match[str]) -> str:
    word = found.group()
    if "://" not in word and not ("@" in word and ":" in word):
        return word
    bare = word.lstrip("'\"(<[{")
    return word[: len(word) - len(bare)] + public_address(bare)
