"""The list of accounts: added, changed, closed; each change is in the audit, in the same transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import LiteralString

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import ROLE_WORDS, Account, AccountRole, check_scope, read_address
from netofnets.accounts.passwords import Passwords
from netofnets.errors import AccountError
from netofnets.language import say
from netofnets.store.sqlite.sql import Connection

__all__ = ["ACCOUNT", "Roll", "account_from"]

ACCOUNT = (
    "a.id, a.address, a.role, a.scope, a.password IS NOT NULL, "
    "EXISTS (SELECT 1 FROM bindings b WHERE b.account = a.id), a.created, a.closed"
)
"""The columns that :func:`account_from` reads, of a table called ``a``."""


def account_from(row: Sequence[object]) -> Account:
    """The account of a row with the columns :data:`ACCOUNT`."""
    name, address, role, scope, has_password, is_bound, created, closed = row
    named = tuple(json.loads(str(scope)))
    made = int(str(created))
    return Account(
        str(name),
        str(address),
        AccountRole(str(role)),
        named,
        bool(has_password),
        bool(is_bound),
        made,
        None if closed is None else int(str(closed)),
    )


class Roll:
    """The accounts of one database."""

    def __init__(self, database: Database, audit: Audit, passwords: Passwords) -> None:
        self._database = database
        self._audit = audit
        self._passwords = passwords

    def add(self, address: str, role: AccountRole, scope: Sequence[str] = (), *, who: str = "", origin: str) -> Account:
        """A new account, or one that was closed opened again; :class:`AccountError` when there is an open one."""
        address, kept = read_address(address), check_scope(role, scope)
        with self._database.writing() as opened:
            known = _find(opened, "address", address)
            if known and known.closed is None:
                raise AccountError(
                    say("there is an account of {address}; it is {role}", address=address, role=ROLE_WORDS[known.role])
                )
            name = known.id if known else "a" + secrets.token_hex(8)
            opened.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, NULL, ?, NULL) ON CONFLICT (id) DO UPDATE SET "
                "role = excluded.role, scope = excluded.scope, password = NULL, closed = NULL",
                (name, address, role, json.dumps(kept), self._database.now()),
            )
            self._audit.append(opened, "add account", who=who, whom=name, origin=origin, result=role)
            return _known(_find(opened, "id", name), address)

    def find(self, address: str) -> Account | None:
        """The open account of an address."""
        with self._database.reading() as opened:
            found = _find(opened, "address", address)
        return found if found and found.closed is None else None

    def get(self, address: str) -> Account:
        """The open account of an address; :class:`AccountError` when there is none."""
        return _known(self.find(read_address(address)), address)

    def listed(self) -> list[Account]:
        """All accounts by address, closed ones too."""
        with self._database.reading() as opened:
            rows = opened.execute(f"SELECT {ACCOUNT} FROM accounts a ORDER BY a.address").fetchall()
        return [account_from(row) for row in rows]

    def owners(self) -> int:
        """How many owners there are."""
        return sum(one.role is AccountRole.OWNER and one.closed is None for one in self.listed())

    def make_owner(self, address: str, *, who: str = "", origin: str) -> Account:
        """Make an account an owner's."""
        account = self.get(address)
        with self._database.writing() as opened:
            opened.execute("UPDATE accounts SET role = ?, scope = '[]' WHERE id = ?", (AccountRole.OWNER, account.id))
            self._audit.append(opened, "make owner", who=who, whom=account.id, origin=origin)
            return _known(_find(opened, "id", account.id), address)

    def claim(self, account: Account, leader: str, *, who: str = "", origin: str) -> Account:
        """Make a viewer's account that of a member with this record; :class:`AccountError` when it is taken."""
        scope = check_scope(AccountRole.MEMBER, (leader,))
        with self._database.writing() as opened:
            known = _known(_find(opened, "id", account.id), account.address)
            if known.role is not AccountRole.VIEWER:
                raise AccountError(
                    say(
                        "the account of {address} is that of a {role} already",
                        address=account.address,
                        role=ROLE_WORDS[known.role],
                    )
                )
            taken = "SELECT count(*) FROM accounts WHERE role = 'member' AND closed IS NULL AND scope = ?"
            if opened.execute(taken, (json.dumps(scope),)).fetchone()[0]:
                raise AccountError(say("another account has claimed this record; an owner can close that one"))
            opened.execute(
                "UPDATE accounts SET role = ?, scope = ? WHERE id = ?",
                (AccountRole.MEMBER, json.dumps(scope), account.id),
            )
            self._audit.append(opened, "claim record", who=who, whom=f"{account.id} {leader}", origin=origin)
            return _known(_find(opened, "id", account.id), account.address)

    def close(self, address: str, *, forget: bool = False, who: str = "", origin: str) -> Account:
        """Close an account: sessions, links, password and binding go at once. ``forget`` removes the address, too.

        The last owner cannot be closed: nobody would be left who can let anybody in.
        """
        with self._database.writing() as opened:
            account = _find(opened, "address", read_address(address))
            if account is None or (account.closed is not None and not forget):
                raise AccountError(say("there is no account of {address}", address=address))
            others = "SELECT count(*) FROM accounts WHERE role = 'owner' AND closed IS NULL AND id != ?"
            is_owner = account.role is AccountRole.OWNER and account.closed is None
            if is_owner and not opened.execute(others, (account.id,)).fetchone()[0]:
                raise AccountError(
                    say("{address} is the only owner; make somebody else an owner first", address=address)
                )
            for table in ("sessions", "links", "bindings"):
                opened.execute(f"DELETE FROM {table} WHERE account = ?", (account.id,))
            now = self._database.now()
            opened.execute("UPDATE accounts SET closed = ?, password = NULL WHERE id = ?", (now, account.id))
            if forget:
                opened.execute("DELETE FROM accounts WHERE id = ?", (account.id,))
            done = "forgotten" if forget else "closed"
            self._audit.append(opened, "close account", who=who, whom=account.id, origin=origin, result=done)
        if forget:
            self._database.scrub()
        return account

    def forget(self, is_theirs: Callable[[Account], bool], *, origin: str) -> int:
        """Forget accounts of somebody who is erased, closed ones too; how many there were."""
        theirs = [one for one in self.listed() if is_theirs(one)]
        with self._database.writing() as opened:
            for one in theirs:
                opened.execute("DELETE FROM accounts WHERE id = ?", (one.id,))
                self._audit.append(opened, "close account", whom=one.id, origin=origin, result="erased")
        self._database.scrub()
        return len(theirs)

    def sign_out(self, account: Account | None = None, *, origin: str) -> int:
        """End every session of an account, or of all accounts; how many there were."""
        with self._database.writing() as opened:
            ended = opened.execute(
                "DELETE FROM sessions WHERE ?1 IS NULL OR account = ?1", (account and account.id,)
            ).rowcount
            self._audit.append(
                opened, "sign out", whom=account.id if account else "", origin=origin, result="everywhere"
            )
        return ended

    def set_password(self, account: Account, password: str, *, who: str = "", origin: str) -> None:
        """Keep a new password; every session of the account ends.

        :class:`AccountError` for a password that is too easy to guess; nothing is changed then.
        """
        kept = self._passwords.hash(password, account.address)
        with self._database.writing() as opened:
            opened.execute("UPDATE accounts SET password = ? WHERE id = ?", (kept, account.id))
            opened.execute("DELETE FROM sessions WHERE account = ?", (account.id,))
            self._audit.append(opened, "set password", who=who, whom=account.id, origin=origin)

    def turn(self) -> AbstractContextManager[None]:
        """One try to sign in by a password; :class:`TooManyTries` when too many are under way."""
        return self._passwords.turn()

    def with_password(self, address: str, password: str) -> Account | None:
        """The account that the password opens; None, after as long a time, for a wrong one or an unknown address."""
        with self._database.reading() as opened:
            row = opened.execute(
                f"SELECT a.password, {ACCOUNT} FROM accounts a WHERE a.address = ? AND a.closed IS NULL", (address,)
            ).fetchone()
        fits = self._passwords.fits(row[0] if row else None, password)
        return account_from(row[1:]) if fits else None


def _find(opened: Connection, column: LiteralString, value: str) -> Account | None:
    row = opened.execute(f"SELECT {ACCOUNT} FROM accounts a WHERE a.{column} = ?", (value,)).fetchone()
    return account_from(row) if row else None


def _known(account: Account | None, address: str) -> Account:
    if account is None:
        raise AccountError(f"there is no account of {address}; `netofnets account list` shows them")
    return account
