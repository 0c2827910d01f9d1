"""Removes from an ELF file the folders in which it looks for libraries first.

A Python built by hand names the folder it was installed to, often below somebody's home. On a
machine where the package is installed, the owner of such a folder could put libraries into
everybody's program.
"""

from __future__ import annotations

import struct

ELF64 = b"\x7fELF\x02\x01"  # and little-endian
PT_DYNAMIC = 2
RPATH, RUNPATH = 15, 29
ENTRY_BYTES = 16


def without_search_path(data: bytes) -> bytes:
    """Return the ELF file ``data`` without RPATH and RUNPATH; any other file as it is."""
    if not data.startswith(ELF64):
        return data
    (table,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for at in range(table, table + size * count, size):
        kind, _, begin, _, _, length = struct.unpack_from("<IIQQQQ", data, at)
        if kind == PT_DYNAMIC:
            return data[:begin] + _kept(data[begin : begin + length]) + data[begin + length :]
    return data


def _kept(dynamic: bytes) -> bytes:
    entries = [dynamic[at : at + ENTRY_BYTES] for at in range(0, len(dynamic), ENTRY_BYTES)]
    kept = (one for one in entries if struct.unpack_from("<Q", one)[0] not in {RPATH, RUNPATH})
    return b"".join(kept).ljust(len(dynamic), b"\0")  # an entry of zeros ends the list
