"""Which published folders somebody is reading (a shared lock on the manifest), and one publisher at a time."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Reading", "alone", "in_use"]


class Reading:
    """A mark that a file, and the folder around it, is being read, until :meth:`close` or the end of its last owner."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY)
        self._end = weakref.finalize(self, os.close, descriptor)
        if sys.platform != "win32":  # there an open file cannot be removed in the first place
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """End the reading; again is no error."""
        self._end()


def in_use(path: Path) -> bool:
    """Whether some process has marked ``path`` as being read."""
    if sys.platform == "win32":
        try:
            path.rename(path)  # refused while it is open
        except OSError:
            return True
        return False
    import fcntl

    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextmanager
def alone(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Wait until nobody else is within such a block for ``path``; the system lets go when a process dies.

    Without ``wait`` a BlockingIOError says at once that somebody is.
    """
    with path.open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)  # LK_LOCK gives up after ten tries, a second apart
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if wait:
                    raise
                raise BlockingIOError(*error.args) from None
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield  # closing the file lets go
