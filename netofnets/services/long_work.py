"""Answers that take seconds of computing: one at a time, so that all other pages go on being answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from netofnets.errors import AnswerBusy

__all__ = ["one_at_a_time"]

_PATIENCE = 1.0  # seconds to wait for one that is nearly done: whoever waits holds a thread of the server

_TURN = threading.Lock()
_OWN = threading.local()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Within the block nobody else in this process is within such a block; :class:`AnswerBusy` when somebody is.

    A block within one of the same thread is part of it.
    """
    if getattr(_OWN, "within", False):
        yield
        return
    if not _TURN.acquire(timeout=_PATIENCE):
        raise AnswerBusy("another answer that takes long is being worked out; ask again in a moment")
    _OWN.within = True
    try:
        yield
    finally:
        _OWN.within = False
        _TURN.release()
