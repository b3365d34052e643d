"""Memory of processes that publish and serve: what is no longer needed goes back, what stays is held once."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.machinery import ModuleSpec

import pyarrow as pa

__all__ = ["give_back", "lean", "settle", "without_pandas"]

_ARENAS, _TRIM, _MAP = -8, -1, -3  # M_ARENA_MAX, M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h
_MAPPED = 32 << 20  # the most that glibc takes; arrays above that are mapped one by one


def lean(kept: int = 0) -> None:
    """Take Arrow's memory from the system itself.

    The pool that Arrow brings keeps twice what its tables take (1,010 against 750 MB at 100,000 people), and is no
    faster for a few large tables. ``kept`` bytes that are free stay with the process: one array follows the other in a
    computation, and each page that was returned in between is asked for, and made empty, again.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    _allocate({_ARENAS: 1} | ({_TRIM: kept, _MAP: _MAPPED} if kept else {}))


def _allocate(options: Mapping[int, int]) -> None:
    """Set options of the C library's allocator, where that is glibc.

    One arena: else each of the eight threads that answer has a place of its own, and what one has given back no other
    can use: two processes held 453 MiB instead of 383 after pages of every kind. Threads of Python take turns anyway.
    """
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        for option, value in options.items():
            library.mallopt(option, value)


def give_back() -> None:
    """Return what nothing holds any more to the system, Python's share included where the C library can."""
    pa.system_memory_pool().release_unused()


def settle() -> None:
    """Before a process is forked: return what is free, and let the collector pass over what is there from now on.

    Else it would write into the head of each object of the memory that all have in common, and so copy it for each.
    """
    gc.collect()
    give_back()
    gc.freeze()


class _Absent:
    """Finds no pandas."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)
        return None


def without_pandas() -> None:
    """Let Arrow take it that there is no pandas in this process; whoever else imports it still finds it.

    Arrow imports pandas when it is first handed a list, only to see whether that is one of its columns: 0.25 s of CPU
    and 54 MB. For commands alone; a notebook may have imported it anyway.
    """
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(absent)
