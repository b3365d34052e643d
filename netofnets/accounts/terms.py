"""What whoever claims a record agrees to: a short text with a version, and who accepted which version when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import Account
from netofnets.errors import AccountError

__all__ = ["Acceptances", "Accepted", "Terms", "current_terms"]

_TEXT = Path(__file__).with_name("terms.txt")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms as they are now."""

    version: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A version that an account accepted, and when (seconds since 1970)."""

    version: str
    at: int


@cache
def current_terms() -> Terms:
    """The terms of this version of the program. The first line names their version: change it with the text."""
    first, *paragraphs = _TEXT.read_text(encoding="utf-8").strip().split("\n\n")
    return Terms(first.removeprefix("version").strip(), tuple(" ".join(p.split()) for p in paragraphs))


class Acceptances:
    """Who accepted what, in one database; rows go with their account and are never changed."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def accept(self, account: Account, version: str, *, origin: str) -> None:
        """Keep that an account accepts the terms of now; :class:`AccountError` when they have changed since."""
        if version != current_terms().version:
            raise AccountError("the terms have changed meanwhile; read them once more")
        with self._database.writing() as opened:
            row = (account.id, version, self._database.now())
            opened.execute("INSERT INTO acceptances VALUES (?, ?, ?) ON CONFLICT (account, version) DO NOTHING", row)
            self._audit.append(opened, "accept terms", who=account.id, whom=account.id, origin=origin, result=version)

    def of(self, account: Account) -> tuple[Accepted, ...]:
        """What an account accepted, the latest first."""
        with self._database.reading() as opened:
            asked = "SELECT version, at FROM acceptances WHERE account = ? ORDER BY at DESC, version DESC"
            rows = opened.execute(asked, (account.id,)).fetchall()
        return tuple(Accepted(version, at) for version, at in rows)

    def stands(self, account: Account) -> bool:
        """Whether an account has accepted the terms of now."""
        return any(one.version == current_terms().version for one in self.of(account))
