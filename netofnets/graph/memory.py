"""Memory of processes that publish and serve: what is no longer needed goes back, what stays is held once."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec

import pyarrow as pa

__all__ = ["give_back", "lean", "settle", "without_pandas"]

_ARENAS = -8  # M_ARENA_MAX of malloc.h


def lean() -> None:
    """Take Arrow's memory from the system itself.

    The pool that Arrow brings keeps twice what its tables take (1,010 against 750 MB at 100,000 people), and is no
    faster for a few large tables.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    _one_arena()


def _one_arena() -> None:
    """Let all threads of this process take memory from one place, where the C library is glibc.

    Else each of the eight that answer has a place of its own, and what one has given back no other can use: two
    processes held 453 MiB instead of 383 after pages of every kind. Threads of Python take turns anyway.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENAS, 1)


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
