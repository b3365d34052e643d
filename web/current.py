"""What is published right now: opened once, swapped when the pointer changes, kept by requests that began with it."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

from netofnets.errors import SnapshotDamaged
from netofnets.graph.fallback import open_whole
from netofnets.graph.published import Published, current_folder

__all__ = ["Current", "Mark"]

_log = logging.getLogger(__name__)
_AGAIN = 10.0  # seconds before a publication that was found damaged is read through once more

Mark = tuple[str, int, int]


class Current:
    """The published folder that ``CURRENT`` names, every file of it checked, lent to requests.

    A request borrows once and gives back at its end, so all of one page comes from one publication while a newer one is
    switched in. A replaced folder is let go (and may then be cleared away) when its last borrower has given it back.
    Where the newest is damaged, the one before stands in for it, if it may (:mod:`netofnets.graph.fallback`).
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._newest: Published | None = None
        self._mark: Mark | None = None
        self._damage = ""
        self._failed: tuple[Mark, float, SnapshotDamaged] | None = None
        self._borrowers: dict[Published, int] = {}

    @property
    def damage(self) -> str:
        """What is wrong with the newest publication, when the one before stands in for it; else empty."""
        return self._damage

    def borrow(self) -> Published:
        """What is current now; :class:`~netofnets.errors.NotPublished` when nothing is."""
        mark = self.mark()
        with self._lock:
            if self._newest is None or self._mark != mark:
                self._open(mark)
            assert self._newest is not None
            self._borrowers[self._newest] = self._borrowers.get(self._newest, 0) + 1
            return self._newest

    def give_back(self, published: Published) -> None:
        """End of a request that borrowed ``published``."""
        with self._lock:
            self._borrowers[published] -= 1
            if published is not self._newest:
                self._let_go(published)

    def distrust(self, published: Published) -> None:
        """A file of it was found damaged while it was read: the next who borrows looks through all of it again."""
        with self._lock:
            if published is self._newest:
                self._mark = None

    def close(self) -> None:
        """Let go of everything that nobody has borrowed."""
        with self._lock:
            newest, self._newest, self._mark = self._newest, None, None
            if newest is not None:
                self._let_go(newest)

    def replaced(self, published: Published) -> bool:
        """Whether something newer than ``published`` has been switched in."""
        return not self._damage and current_folder(self._home) != published.folder

    def mark(self) -> Mark:
        """What tells one publication from another, also from a repaired one of the same name."""
        folder = current_folder(self._home)
        try:
            found = os.stat(folder / "manifest.json")
        except OSError:
            return (folder.name, 0, 0)
        return (folder.name, found.st_ino, found.st_mtime_ns)

    def _open(self, mark: Mark) -> None:
        if self._failed and self._failed[0] == mark and time.monotonic() - self._failed[1] < _AGAIN:
            raise self._failed[2]  # reading all of it takes time, and the answer would be the same
        try:
            opened, damage = open_whole(self._home)
        except SnapshotDamaged as error:
            self._failed = (mark, time.monotonic(), error)
            raise
        if damage:
            _log.error("%s; until then the publication before it is shown, run %d", damage, opened.run)
        replaced = self._newest
        self._newest, self._mark, self._damage, self._failed = opened, mark, damage, None
        if replaced is not None:
            self._let_go(replaced)

    def _let_go(self, published: Published) -> None:
        if not self._borrowers.get(published):
            self._borrowers.pop(published, None)
            published.close()
