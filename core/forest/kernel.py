"""How a function becomes machine code, and where that code is kept."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

Ints = NDArray[np.int64]
Indices = NDArray[np.int32]
Flags = NDArray[np.uint8]
Grades = NDArray[np.int8]

HERE = Path(__file__).parent


_jit: Any = numba.njit  # `_nrt` is an option that numba uses inside and does not declare


def _digest() -> str:
    """Of every kernel's source: numba itself looks at the one file that it compiles, not at those it calls into."""
    sources = sorted(HERE.glob("*.py"))
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def _cache_folder() -> str:
    """Beside the sources where we may write, else in the user's or the machine's temporary folder."""
    name = f"kernels-{_digest()}"
    for parent in (HERE / "__pycache__", Path.home() / ".cache" / "upline", Path(tempfile.gettempdir()) / "upline"):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            return str(parent / name)
    return ""


if not os.environ.get("NUMBA_CACHE_DIR"):
    vars(numba.config)["CACHE_DIR"] = _cache_folder()


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` on its first call, keep the code on disk, and let other threads run meanwhile.

    The function must not allocate: without numba's counting of references, which costs a hundred times what our
    arithmetic does where arrays come in tuples, nobody would free what it made. The caller holds the arrays.
    """
    compiled: Any = _jit(cache=True, nogil=True, _nrt=False)(function)
    return cast("Callable[P, R]", compiled)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """As `kernel`, for what is called a million times: handing the arrays over would cost more than the work."""
    compiled: Any = _jit(cache=True, nogil=True, _nrt=False, forceinline=True)(function)
    return cast("Callable[P, R]", compiled)


def allocating_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """As `kernel`, for a function that makes arrays; it must leave what is done a million times to a `kernel`."""
    compiled: Any = _jit(cache=True, nogil=True)(function)
    return cast("Callable[P, R]", compiled)
