"""Addresses of streams, as far as others may read them.

Cameras take user and password before the host, or among the options after it. What is kept in the
log of attendance, shown, exported or logged must hold neither.
"""

from __future__ import annotations

import re

_CREDENTIALS = re.compile(r"(?<=://)[^/?#]*@")
_SECRET = re.compile(
    r"(?<![a-z])(user|username|usr|login|pass|passwd|password|pwd|token|key|auth|secret)=[^&;/#\s]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def public_address(source: str) -> str:
    """Name a source without user and password; what is no address stays as it is."""
    if "://" not in source:
        return source
    return _SECRET.sub(r"\1=***", _CREDENTIALS.sub("", source))


def with_public_addresses(text: str) -> str:
    """Do the same to every address within a text."""
    return _ADDRESS.sub(lambda found: public_address(found.group()), text)
