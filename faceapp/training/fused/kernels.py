"""Compile ``kernels.cpp`` for this processor when first needed, and call it without copies.

A C++ compiler is optional. Without one, or if the processor cannot multiply 16-bit floats, training
runs on PyTorch's own kernels. The library is kept in the user's cache under a name that depends on
sources and compiler, so it is compiled again when either changes. ``CXX`` and ``CXXFLAGS`` mean
what they mean to make.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import platformdirs
import torch

SOURCES = [*sorted(Path(__file__).parent.glob("*.h")), Path(__file__).with_name("kernels.cpp")]
# -w: GCC 12 warns about its own headers.
FLAGS = ("-w", "-O3", "-march=native", "-std=c++17", "-shared", "-fPIC")
WITHOUT_TILES = "-mno-amx-bf16"


@functools.cache
def library() -> ctypes.CDLL | None:
    """Load the compiled kernels; None if they cannot be compiled or stored here.

    A processor may have tiles (AMX) that the operating system does not let this process use; the
    kernels are then compiled without them.
    """
    compiler = shutil.which(os.environ.get("CXX", "g++"))
    if compiler is None:
        return None
    command = [compiler, *FLAGS, *os.environ.get("CXXFLAGS", "").split()]
    kernels = _compiled(command)
    if kernels is None or kernels.usable():
        return kernels
    return _compiled([*command, WITHOUT_TILES])


def _compiled(command: list[str]) -> ctypes.CDLL | None:
    target = subprocess.run(
        [*command, "-Q", "--help=target", "--version"], capture_output=True, check=False
    ).stdout
    made_of = hashlib.sha256(repr(command).encode() + target)
    for source in SOURCES:
        made_of.update(source.read_bytes())
    folder = Path(platformdirs.user_cache_dir("faceapp-training"))
    path = folder / f"kernels-{made_of.hexdigest()[:16]}.so"
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None  # a read-only home, as in a container
        fresh = path.with_suffix(f".{os.getpid()}")
        done = subprocess.run(
            [*command, SOURCES[-1], "-o", fresh], capture_output=True, check=False
        )
        if done.returncode:
            return None
        fresh.replace(path)
    kernels = ctypes.CDLL(str(path))
    kernels.usable.restype = ctypes.c_bool
    return kernels


def call(name: str, *args: torch.Tensor | int | bool | None) -> None:
    """Call a kernel; tensors must be contiguous and are passed as pointers to their numbers."""
    kernels = library()
    if kernels is None:
        raise RuntimeError("kernels: there is no compiler")
    getattr(kernels, name)(*(_plain(value) for value in args))


def _plain(value: torch.Tensor | int | bool | None) -> object:
    if isinstance(value, torch.Tensor):
        if not value.is_contiguous():
            raise ValueError(f"kernels: expected a tensor in one piece, got {value.stride()}")
        return ctypes.c_void_p(value.data_ptr())
    if isinstance(value, bool):
        return ctypes.c_bool(value)
    return ctypes.c_void_p(None) if value is None else ctypes.c_long(value)
