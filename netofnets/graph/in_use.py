"""Which published folders somebody is reading: a shared lock on the manifest, seen by whoever clears up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

__all__ = ["in_use", "share"]


def share(file: IO[Any]) -> None:
    """Mark an open file as being read, until it is closed."""
    if sys.platform == "win32":
        return  # an open file cannot be removed there in the first place
    import fcntl

    fcntl.flock(file, fcntl.LOCK_SH)


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
