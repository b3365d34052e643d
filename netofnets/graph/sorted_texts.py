"""Texts in order, looked up by halves in a column that may be memory-mapped: nothing of them is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

import pyarrow as pa

from netofnets.graph.cells import Texts

__all__ = ["SortedTexts"]


class SortedTexts(Sequence[str]):
    """Distinct texts, sorted."""

    def __init__(self, column: pa.Array) -> None:
        self.column, self._texts = column, Texts(column)

    @classmethod
    def of(cls, texts: Iterable[str]) -> SortedTexts:
        """The distinct texts among these."""
        return cls(pa.array(sorted(set(texts)), pa.string()))

    def place(self, text: str) -> int:
        """Where a text stands; -1 when it is not there."""
        at = self._texts.place(text, 0, len(self))
        return at if at < len(self) and self[at] == text else -1

    def __len__(self) -> int:
        return len(self.column)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        found: str | list[str] = self.column[at].to_pylist() if isinstance(at, slice) else self._texts[at] or ""
        return found
