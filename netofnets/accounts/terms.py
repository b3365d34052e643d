"""What whoever claims a record agrees to: a short text with a version, and who accepted which version when."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import Account
from netofnets.errors import AccountError
from netofnets.language import say

__all__ = ["Acceptances", "Accepted", "Terms", "current_terms"]


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


# Change the version with the text: whoever accepted another one is asked again.
_CURRENT = Terms(
    "1",
    (
        say("This map shows who connects teacher networks. With an account you see more of it than the public does."),
        say(
            "What you see of people is shown to you in confidence. Use it to meet and to work together. Do not copy "
            "lists, do not publish them, do not pass them on, and do not use them for advertising."
        ),
        say(
            "Claim only your own record. What you say about yourself is kept as your word, with the day, and stands "
            "over what rosters say."
        ),
        say(
            "You decide who sees you, and what your record may be used for, on My page. You can change it every day, "
            "take all of it along, or be erased."
        ),
        say(
            "Organizers see what people show to organizers, and who changed what, when. They help when something is "
            "wrong: use Report on a person's page."
        ),
        say(
            "When these terms change, you are asked again. Whoever does not agree can still see, take along and erase "
            "what is kept of them."
        ),
    ),
)


def current_terms() -> Terms:
    """The terms of this version of the program."""
    return _CURRENT


class Acceptances:
    """Who accepted what, in one database; rows go with their account and are never changed."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def accept(self, account: Account, version: str, *, origin: str) -> None:
        """Keep that an account accepts the terms of now; :class:`AccountError` when they have changed since."""
        if version != current_terms().version:
            raise AccountError(say("the terms have changed meanwhile; read them once more"))
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
