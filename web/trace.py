"""Where something of ours failed, for the log: files, lines and kinds of errors; never what an error says.

A message of Python's quotes the value that it stumbled over, which on a map of people may be a name or an address.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

__all__ = ["trace"]


def trace(error: BaseException) -> str:
    """The way to ``error``, the errors that it came of first."""
    told = ("".join(traceback.format_tb(one.__traceback__)) + _kind(one) for one in reversed([*_came_of(error)]))
    return "\nwhich led to\n".join(told)


def _came_of(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
