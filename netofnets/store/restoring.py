"""The switch to a restored home: moves that are written down first, and brought to their end by whoever comes next."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from netofnets.errors import StoreBusy
from netofnets.graph.in_use import alone
from netofnets.language import say

__all__ = ["STAGED", "commit", "finish_restore", "lock_for", "settle_home"]

STAGED = ".restoring"
"""The folder in the home that a backup is unpacked and checked in."""

_MOVES = "moves.json"


@contextmanager
def lock_for(home: Path) -> Iterator[None]:
    """One restore at a time; :class:`StoreBusy` when another is at work."""
    try:
        with alone(home / ".restore-lock", wait=False):
            yield
    except BlockingIOError:
        raise StoreBusy(
            say("another restore into {home} is at work; try again when it is done", home=str(home))
        ) from None


def commit(home: Path, members: Sequence[str], gone: Sequence[str]) -> None:
    """Write down what moves from the staged folder into the home, and what goes: from here on it is the new home."""
    fresh = home / STAGED / f"{_MOVES}.part"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"members": list(members), "gone": list(gone)}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, home / STAGED / _MOVES)


def finish_restore(home: Path) -> bool:
    """Carry the moves out that are written down, however often it was begun; whether there were any."""
    moves = home / STAGED / _MOVES
    if not moves.is_file():
        return False
    told = json.loads(moves.read_text(encoding="utf-8"))
    for name in told["gone"]:
        _remove(home / name)
    for name in told["members"]:
        staged = home / STAGED / "home" / name
        if staged.exists():  # else it was moved before
            _remove(home / name)
            os.replace(staged, home / name)
    moves.unlink(missing_ok=True)
    shutil.rmtree(home / STAGED, ignore_errors=True)
    return True


def settle_home(home: Path) -> None:
    """Bring a restore that was cut off after its decision to its end; :class:`StoreBusy` while one is at work."""
    if (home / STAGED / _MOVES).is_file():
        with lock_for(home):
            finish_restore(home)


def _remove(path: Path) -> None:
    """A folder; or a file, and first the logs of a database, which must never be read with another one."""
    if path.is_dir():
        shutil.rmtree(path)
        return
    path.unlink(missing_ok=True)
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()
