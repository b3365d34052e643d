"""Work in a process of its own, within a time and an amount of memory; whatever it does, this one goes on."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from netofnets.errors import NetOfNetsError, QueryRefused

__all__ = ["apart"]

T = TypeVar("T")
_MIB = 1024 * 1024


def apart(work: Callable[[], T], *, seconds: float, mebibytes: int) -> T:
    """What ``work`` returns (it is sent through a pipe), or the :class:`NetOfNetsError` that it raises.

    :class:`QueryRefused` when it takes longer, or more memory on top of what is in use. Where a process cannot be
    forked (Windows) it is done here, without limits of ours.
    """
    if sys.platform == "win32":
        return work()
    forked = multiprocessing.get_context("fork")
    ours, theirs = forked.Pipe(duplex=False)
    child = forked.Process(target=_child, args=(work, theirs, mebibytes), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise QueryRefused(f"stopped after {seconds:g} s: the answer is too much to be read in that time")
        done, value = ours.recv()
    except EOFError:
        raise QueryRefused(f"the answer takes more than {mebibytes:,} MiB of memory; ask for less") from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if done:
        return value  # type: ignore[no-any-return]
    raise value


def _child(work: Callable[[], Any], answer: Connection, mebibytes: int) -> None:
    with suppress(MemoryError):  # nothing is sent then, which says so
        _limit(mebibytes)
        try:
            told = True, work()
        except NetOfNetsError as error:
            told = False, type(error)(str(error))
        answer.send(told)


def _limit(mebibytes: int) -> None:
    import resource

    with suppress(OSError, ValueError):  # where there is no such file, or no such limit
        in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (in_use + mebibytes * _MIB, most))
