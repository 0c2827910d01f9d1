"""Which disk a folder is on, as far as that matters to its database."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""Linux lists here what is mounted: device, place, file system and options, a later one on top."""

_NETWORK = frozenset(
    {"afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "nfs", "nfs4", "smb3", "smbfs", "sshfs"}
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path) -> str | None:
    """Return the kind of the network share that ``folder`` is on.

    None if it is on a disk of this computer, or on a system that does not tell (not Linux).
    """
    try:
        rows = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    real = Path(os.path.realpath(folder))
    depth, kind = -1, ""
    for _, place, mounted, *_ in map(str.split, rows):
        at = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), place))
        if real.is_relative_to(at) and len(at.parts) >= depth:
            depth, kind = len(at.parts), mounted.removeprefix("fuse.")
    return kind if kind in _NETWORK else None
