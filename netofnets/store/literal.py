"""What may become a part of a query: words spelled in letters of ours.

Queries are literal strings (PEP 675): pyright proves that each is put together of texts of the program and nothing
else. A setting, a number or a name that is made at run time gets in through this door alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import LiteralString, ParamSpec, cast

__all__ = ["kept_text", "read_only", "spelled"]

P = ParamSpec("P")

_OURS: LiteralString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"


def spelled(word: str | int) -> LiteralString:
    """``word`` put together anew of letters, digits and ``_`` of ours; :class:`ValueError` for any other sign."""
    try:
        return "".join(_OURS[_OURS.index(sign)] for sign in str(word))
    except ValueError:
        raise ValueError(f"{word!r} cannot stand in a query: only letters, digits and _ can") from None


def kept_text(make: Callable[P, LiteralString]) -> Callable[P, LiteralString]:
    """Make each text once. :func:`functools.cache` forgets what the arguments have to be, this does not."""
    return cast("Callable[P, LiteralString]", cache(make))


def read_only(text: str) -> LiteralString:
    """A question that somebody asks of the database in their own words: for sessions alone that cannot write."""
    return text  # pyright: ignore[reportReturnType] - the one text that is not ours
