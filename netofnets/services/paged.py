"""Long lists page by page, in an order that stays: which rows a page has, of how many."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.errors import SettingsError
from netofnets.language import numeral, say

__all__ = ["NO_PAGES", "Paged", "paged"]


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: rows ``first`` to ``last`` of ``total``, counted from 1; all 0 where there are none."""

    page: int
    pages: int
    first: int
    last: int
    total: int

    @property
    def shown(self) -> str:
        """Which rows, in words: how many on the first page, later from where to where."""
        if self.page == 1:
            return numeral(f"{self.last:,}")
        return say("{first:,} to {last:,}", first=self.first, last=self.last)

    @property
    def rows(self) -> slice:
        """The rows in the whole list, counted from 0."""
        return slice(max(self.first - 1, 0), self.last)


NO_PAGES = Paged(1, 1, 0, 0, 0)
"""Of a list without rows."""


def paged(total: int, limit: int | None, page: int = 1) -> Paged:
    """Page ``page`` of ``total`` rows, ``limit`` on each (None: all on one); past the end it is the last one."""
    if limit is None:
        return Paged(1, 1, min(total, 1), total, total)
    if limit < 1:
        raise SettingsError(f"a page has one row at least, not {limit}")
    pages = max(1, -(-total // limit))
    page = min(max(page, 1), pages)
    first = (page - 1) * limit
    return Paged(page, pages, first + 1 if total else 0, min(first + limit, total), total)
