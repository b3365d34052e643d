"""What the processes that serve one map have in common: memory that each of them sees, changed by one at a time."""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["SharedMemory"]


class SharedMemory:
    """Bytes, zero at first, that processes have in common which are forked after it was made.

    Nothing of it is written down; it ends with the last of them.
    """

    def __init__(self, size: int) -> None:
        self.bytes = mmap.mmap(-1, size)
        self._threads = threading.Lock()
        self._file = -1
        if sys.platform != "win32":  # one process serves there
            self._file, path = tempfile.mkstemp()
            os.unlink(path)  # it holds nothing, and is there to be locked
            weakref.finalize(self, os.close, self._file)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within the block nobody else changes the bytes; the system lets go when a process dies in it."""
        with self._threads:
            if sys.platform == "win32":
                yield
                return
            import fcntl

            fcntl.lockf(self._file, fcntl.LOCK_EX)  # of the process, not of the file that both have inherited
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
