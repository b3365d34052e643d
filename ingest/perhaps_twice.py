"""Which of very many texts may have been seen twice, at eight bytes for each."""

from __future__ import annotations

from array import array

import numpy as np

__all__ = ["PerhapsTwice"]


class PerhapsTwice:
    """Texts go in one by one; then ``text in this`` is true for all that went in twice, and hardly for any other.

    Whoever asks looks at those few exactly: chance may add one, and never leaves one out.
    """

    def __init__(self) -> None:
        self._seen = array("q")
        self._twice: frozenset[int] | None = None

    def add(self, text: object) -> None:
        """Note a text (or anything that has a hash)."""
        self._seen.append(hash(text))

    def __bool__(self) -> bool:
        """Whether anything went in twice."""
        return bool(self._counted())

    def __contains__(self, text: object) -> bool:
        return hash(text) in self._counted()

    def _counted(self) -> frozenset[int]:
        if self._twice is None:
            seen = np.frombuffer(self._seen, dtype=np.int64) if self._seen else np.empty(0, dtype=np.int64)
            seen.sort()  # where they stand: a copy of each million would be 8 MB
            self._twice = frozenset(seen[1:][seen[1:] == seen[:-1]].tolist())
            self._seen = array("q")
        return self._twice
