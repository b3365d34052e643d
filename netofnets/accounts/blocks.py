"""Who does not want to be seen by whom: by records, kept here alone, and told to nobody but whoever blocks."""

from __future__ import annotations

from netofnets.accounts.database import Database
from netofnets.accounts.model import Account

__all__ = ["MOST", "Blocks"]

MOST = 100
"""People whom one account can block."""


class Blocks:
    """The block lists of one database. Neither editions nor the audit know of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account, record: str, blocked: str) -> bool:
        """From now on whoever reads as the record ``blocked`` is not shown ``record``; False beyond :data:`MOST`."""
        with self._database.writing() as opened:
            (many,) = opened.execute("SELECT count(*) FROM blocks WHERE account = ?", (account.id,)).fetchone()
            if many < MOST:
                row = (account.id, record, blocked, self._database.now())
                opened.execute("INSERT INTO blocks VALUES (?, ?, ?, ?) ON CONFLICT (account, blocked) DO NOTHING", row)
        return bool(many < MOST)

    def remove(self, account: Account, blocked: str) -> None:
        """No longer block somebody."""
        with self._database.writing() as opened:
            opened.execute("DELETE FROM blocks WHERE account = ? AND blocked = ?", (account.id, blocked))

    def of(self, account: Account) -> tuple[str, ...]:
        """The records that an account blocks, in the order in which it did."""
        with self._database.reading() as opened:
            asked = "SELECT blocked FROM blocks WHERE account = ? ORDER BY since, blocked"
            return tuple(row[0] for row in opened.execute(asked, (account.id,)).fetchall())

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (record that is not shown, record that it is not shown to)."""
        with self._database.reading() as opened:
            return tuple(opened.execute("SELECT record, blocked FROM blocks ORDER BY record, blocked").fetchall())
