"""Which account somebody at an OpenID provider signs in to: the bound one, the first time that of the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import Account, read_address
from netofnets.accounts.roll import ACCOUNT, account_from
from netofnets.errors import AccountError, SignInRefused
from netofnets.language import say

__all__ = ["Bindings", "Person", "vouched_address"]

_NOBODY = say(
    "You are known there, but you have no account here, or another person's is in its place. Accounts are for people "
    "who were invited: ask whoever looks after this map"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a provider, who vouches for the address. The subject never changes hands; addresses do."""

    issuer: str
    subject: str
    address: str


class Bindings:
    """The bindings of one database: at most one person of an issuer's to an account."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def account(self, person: Person, *, origin: str, others: Collection[str] = ()) -> Account:
        """The open account of a person. The first time it is the one of the person's address, and bound from then on.

        Raises :class:`SignInRefused`, in the same words, when there is no such account and when it is bound to
        somebody else: a mailbox that was given to another teacher opens nothing. Nobody gets an account by this.
        ``others`` are the issuers of all providers that the map has: none of them opens what is bound at another,
        whatever address it vouches for. (Where a provider was replaced, people are bound anew.)
        """
        with self._database.writing() as opened:
            bound = opened.execute(
                f"SELECT {ACCOUNT} FROM bindings i JOIN accounts a ON a.id = i.account "
                "WHERE i.issuer = ? AND i.subject = ? AND a.closed IS NULL",
                (person.issuer, person.subject),
            ).fetchone()
            if bound:
                return account_from(bound)
            named = sorted({person.issuer, *others})
            marks = ", ".join("?" for _ in named)
            row = opened.execute(
                "SELECT EXISTS (SELECT 1 FROM bindings i WHERE i.account = a.id AND i.issuer IN "
                f"({marks})), {ACCOUNT} FROM accounts a WHERE a.address = ? AND a.closed IS NULL",
                (*named, person.address),
            ).fetchone()
            if row is None or row[0]:
                raise SignInRefused(_NOBODY, why="bound to another" if row else "no account")
            found = account_from(row[1:])
            now = self._database.now()
            opened.execute("INSERT INTO bindings VALUES (?, ?, ?, ?)", (person.issuer, person.subject, found.id, now))
            self._audit.append(opened, "bind account", who=found.id, whom=found.id, origin=origin, result="oidc")
        return found

    def unbind(self, account: Account, *, who: str = "", origin: str) -> None:
        """Forget whom an account is bound to: the next verified sign-in by its address binds anew. Its sessions end.

        :class:`AccountError` when it is bound to nobody.
        """
        with self._database.writing() as opened:
            if not opened.execute("DELETE FROM bindings WHERE account = ?", (account.id,)).rowcount:
                raise AccountError(f"{account.address} is bound to nobody at an OpenID provider; nothing was changed")
            opened.execute("DELETE FROM sessions WHERE account = ?", (account.id,))
            self._audit.append(opened, "unbind account", who=who, whom=account.id, origin=origin)


def vouched_address(claims: Mapping[str, object], domains: Collection[str] = ()) -> str:
    """The address that a provider says it has verified; empty when it says that of none.

    Of an address in one of ``domains``, which the provider gives out itself, it need not say so; it may not deny it.
    """
    address, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(address, str):
        return ""
    try:
        found = read_address(address)
    except AccountError:
        return ""
    own = verified is None and found.rpartition("@")[2] in domains
    return found if own or verified is True else ""
