"""What people report to organizers about a person's page: something wrong or unsafe; read by organizers alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import LiteralString

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import Account
from netofnets.errors import AccountError
from netofnets.language import say

__all__ = ["LONGEST", "OPEN_AT_ONCE", "Report", "Reports"]

LONGEST = 500
"""Characters of what somebody writes."""
OPEN_AT_ONCE = 20
"""Reports of one account that wait at a time: a list of reports is not to be flooded."""
_ABOUT: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("reports", "leader"),
    ("blocks", "blocked"),
    ("blocks", "record"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One report: about which record, what, by which address, and when (seconds since 1970)."""

    number: int
    leader: str
    reason: str
    by: str
    at: int


class Reports:
    """The reports of one database; they go with the account that made them, and with whom they are about."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def make(self, account: Account, leader: str, reason: str, *, origin: str) -> None:
        """Keep a report; :class:`AccountError` without a reason, and when too many of this account wait."""
        if not reason.strip():
            raise AccountError(say("say in a few words what is wrong"))
        if len(reason) > LONGEST:
            raise AccountError(
                say("that is {length:,} characters; shorten it to {most}", length=len(reason), most=LONGEST)
            )
        with self._database.writing() as opened:
            waiting = "SELECT count(*) FROM reports WHERE account = ? AND settled IS NULL"
            if opened.execute(waiting, (account.id,)).fetchone()[0] >= OPEN_AT_ONCE:
                raise AccountError(say("your other reports have not been answered yet; wait until some of them are"))
            row = (leader, account.id, reason.strip(), self._database.now())
            opened.execute("INSERT INTO reports (leader, account, reason, at) VALUES (?, ?, ?, ?)", row)
            self._audit.append(opened, "report", who=account.id, whom=leader, origin=origin)

    def open(self) -> tuple[Report, ...]:
        """The reports that nobody has settled, the oldest first."""
        asked = (
            "SELECT r.number, r.leader, r.reason, a.address, r.at FROM reports r JOIN accounts a ON a.id = r.account "
            "WHERE r.settled IS NULL ORDER BY r.number"
        )
        with self._database.reading() as opened:
            return tuple(Report(*row) for row in opened.execute(asked).fetchall())

    def settle(self, number: int, *, who: Account, origin: str) -> None:
        """Note that a report is settled; :class:`AccountError` when it is already."""
        with self._database.writing() as opened:
            asked = "SELECT leader FROM reports WHERE number = ? AND settled IS NULL"
            if (row := opened.execute(asked, (number,)).fetchone()) is None:
                raise AccountError(say("this report is settled already"))
            opened.execute("UPDATE reports SET settled = ? WHERE number = ?", (self._database.now(), number))
            self._audit.append(opened, "settle report", who=who.id, whom=row[0], origin=origin)

    def forget(self, is_erased: Callable[[str], bool]) -> None:
        """Remove what is about somebody who is erased, blocks of them included."""
        with self._database.writing() as opened:
            for table, column in _ABOUT:
                for (record,) in opened.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall():
                    if is_erased(record):
                        opened.execute(f"DELETE FROM {table} WHERE {column} = ?", (record,))
        self._database.scrub()
