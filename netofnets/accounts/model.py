"""What an account is: an address, a role, and what that role is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from netofnets.errors import AccountError
from netofnets.language import said_by, say, unstopped
from netofnets.schema.kinds import LEADERS
from netofnets.schema.rows import checker
from netofnets.schema.text import BadValue

__all__ = ["Account", "AccountRole", "check_scope", "read_address", "ROLE_WORDS"]

_ID = {"network": re.compile(r"n[a-z2-7]{16}"), "leader": re.compile(r"l[a-z2-7]{16}")}
_EMAIL = checker(LEADERS.property("email"))


class AccountRole(StrEnum):
    """What an account is for. What each may see and do stands in ``web/rules.py`` and docs/SECURITY.md."""

    OWNER = "owner"  # everything, accounts included
    ORGANIZER = "organizer"  # of the networks that are named
    MEMBER = "member"  # the leader whose record is named
    VIEWER = "viewer"  # somebody known, no more


ROLE_WORDS: Mapping[AccountRole, str] = {
    AccountRole.OWNER: say("owner"),
    AccountRole.ORGANIZER: say("organizer"),
    AccountRole.MEMBER: say("member"),
    AccountRole.VIEWER: say("viewer"),
}
"""The roles as pages name them."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; ``scope`` holds the ids of an organizer's networks, or the id of a member's record."""

    id: str
    address: str
    role: AccountRole
    scope: tuple[str, ...]
    has_password: bool
    is_bound: bool  # to somebody at an OpenID provider
    created: int  # seconds since 1970, like every time in this room
    closed: int | None = None


def read_address(text: str) -> str:
    """An email address in the one form that accounts are found by; :class:`AccountError` when it is none."""
    try:
        found = _EMAIL(text, [])
    except BadValue as wrong:
        if wrong.code == "invalid_email":
            raise AccountError(say("{text!r}: this is not an email address", text=text)) from None
        raise AccountError(say("{text!r}: {why}", text=text, why=unstopped(said_by(wrong)))) from None
    if not isinstance(found, str):
        raise AccountError(say("an account needs an email address"))
    return found


def check_scope(role: AccountRole, scope: Sequence[str]) -> tuple[str, ...]:
    """The scope as it is kept; :class:`AccountError` when the role needs another.

    An organizer names networks (at least one), a member one leader, the others nothing.
    """
    kind = {AccountRole.ORGANIZER: "network", AccountRole.MEMBER: "leader"}.get(role)
    if kind is None:
        if scope:
            raise AccountError(f"the role {role} is about no network and no leader in particular; name none")
        return ()
    if strange := [one for one in scope if not _ID[kind].fullmatch(one)]:
        raise AccountError(f"{', '.join(strange)}: no id of a {kind}; pages and `netofnets search` show the ids")
    if not scope or (role is AccountRole.MEMBER and len(set(scope)) > 1):
        many = "the ids of their networks" if role is AccountRole.ORGANIZER else "the id of one leader"
        raise AccountError(f"the role {role} needs {many}")
    return tuple(sorted(set(scope)))
