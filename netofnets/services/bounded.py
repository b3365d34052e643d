"""Pages that list everything of one person or network list no more of anything than fits an answer, and say so."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Protocol, TypeVar

from netofnets.language import joined, say

__all__ = ["LISTED", "HasLists", "bounded"]

LISTED = 200
"""The most rows of one list."""


class HasLists(Protocol):
    """A page with lists, and words for what of them is left out."""

    @property
    def left_out(self) -> str:
        """Which lists are longer than what is listed; empty: none."""


_Page = TypeVar("_Page", bound=HasLists)


def bounded(page: _Page, lists: Mapping[str, str], sizes: Mapping[str, int] | None = None) -> _Page:
    """The page with at most :data:`LISTED` rows in each of ``lists`` (field -> what its rows are called).

    ``sizes``: of those that were cut before, how long they were.
    """
    found = {name: len(getattr(page, name)) for name in lists} | dict(sizes or {})
    long = {name: size for name, size in found.items() if size > LISTED}
    if not long:
        return page
    told = [say("{listed:,} of {size:,} {what}", listed=LISTED, size=size, what=lists[n]) for n, size in long.items()]
    cut = {name: getattr(page, name)[:LISTED] for name in long}
    return dataclasses.replace(
        page, **cut, left_out=say("Not everything is listed here: {lists}.", lists=joined(told, "; "))
    )  # type: ignore[type-var]
