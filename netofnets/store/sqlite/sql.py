"""The connection that takes SQL of ours alone: a literal string, as pyright proves; what is data is a parameter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, LiteralString

__all__ = ["Connection"]


class Connection(sqlite3.Connection):
    """The connection of the standard library, which itself would take any text."""

    if TYPE_CHECKING:

        def execute(self, sql: LiteralString, parameters: Any = (), /) -> sqlite3.Cursor:
            """One statement."""
            ...

        def executemany(self, sql: LiteralString, parameters: Iterable[Any], /) -> sqlite3.Cursor:
            """One statement for each of the parameters."""
            ...
