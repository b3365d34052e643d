"""What is published right now: opened once, swapped when the pointer changes, kept by requests that began with it."""

from __future__ import annotations

import threading
from pathlib import Path

from netofnets.graph.published import Published, current_folder

__all__ = ["Current"]


class Current:
    """The published folder that ``CURRENT`` names, lent to requests.

    A request borrows once and gives back at its end, so all of one page comes from one publication while a newer one is
    switched in. A replaced folder is let go (and may then be cleared away) when its last borrower has given it back.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._newest: Published | None = None
        self._borrowers: dict[Published, int] = {}

    def borrow(self) -> Published:
        """What is current now; :class:`~netofnets.errors.NotPublished` when nothing is."""
        folder = current_folder(self._home)
        with self._lock:
            replaced = self._newest
            if replaced is None or replaced.folder != folder:
                self._newest = Published.current(self._home)
                if replaced is not None:
                    self._let_go(replaced)
            assert self._newest is not None
            self._borrowers[self._newest] = self._borrowers.get(self._newest, 0) + 1
            return self._newest

    def give_back(self, published: Published) -> None:
        """End of a request that borrowed ``published``."""
        with self._lock:
            self._borrowers[published] -= 1
            if published is not self._newest:
                self._let_go(published)

    def close(self) -> None:
        """Let go of everything that nobody has borrowed."""
        with self._lock:
            newest, self._newest = self._newest, None
            if newest is not None:
                self._let_go(newest)

    def replaced(self, published: Published) -> bool:
        """Whether something newer than ``published`` has been switched in."""
        return current_folder(self._home) != published.folder

    def _let_go(self, published: Published) -> None:
        if not self._borrowers.get(published):
            self._borrowers.pop(published, None)
            published.close()
