"""Inviting a leader to their own page: who may, by which address, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.accounts.gate import Gate
from netofnets.accounts.links import Invited, Purpose
from netofnets.accounts.mail import invitation_letter
from netofnets.accounts.model import Account, AccountRole, read_address
from netofnets.errors import AccountError, NotFound
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.person.circle import circle_snapshot, organizes
from netofnets.services.viewer import Viewer

__all__ = ["Invitation", "invitations", "invite", "may_invite", "own_address", "withdraw"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation: to which address, for whose record, until when (seconds since 1970)."""

    account: str
    address: str
    leader: str
    name: str
    ends: int


def may_invite(published: Published, viewer: Viewer, leader: str) -> bool:
    """Whether the reader organizes a network of this leader's, or the whole map."""
    return organizes(published, viewer, leader)


def own_address(published: Published, viewer: Viewer, leader: str) -> str:
    """The address that the record has, as far as the reader is shown it; empty without one."""
    return str(_value(published, viewer, leader, "email") or "")


def invite(
    gate: Gate, published: Published, viewer: Viewer, leader: str, typed: str, by_mail: bool, who: Account, origin: str
) -> str:
    """Invite a leader; the link to hand over, empty when it went by mail.

    By the record's own address; where it has none, by one that is ``typed``. Raises :class:`NotFound` for somebody whom
    the reader does not organize, :class:`AccountError` when the address or the record has an account already.
    """
    if not may_invite(published, viewer, leader):
        raise NotFound(say("there is no leader with id {leader!r}", leader=leader))
    address = read_address(own_address(published, viewer, leader) or typed)
    if by_mail and gate.mailer is None:
        raise AccountError(say("this map has no mail server; make a link to hand over"))
    account = _account(gate, address, leader, who, origin)
    link = gate.link(gate.links.make(account, Purpose.INVITATION, days=gate.invitation_days))
    if by_mail and gate.mailer is not None:
        gate.mailer.send(address, *invitation_letter(link, gate.host, gate.invitation_days))
    told = f"{account.id} {leader}"
    gate.audit.note("invite", who=who.id, whom=told, origin=origin, result="mail" if by_mail else "link")
    return "" if by_mail else link


def invitations(gate: Gate, published: Published, viewer: Viewer) -> tuple[Invitation, ...]:
    """The open invitations of people whom the reader may invite, by address."""
    found = (_told(published, viewer, one) for one in gate.links.invited())
    return tuple(one for one in found if one is not None)


def withdraw(gate: Gate, published: Published, viewer: Viewer, account: str, who: Account, origin: str) -> str:
    """Let an open invitation work no longer; whose it was. An account that nobody has used goes with it."""
    known = next((one for one in invitations(gate, published, viewer) if one.account == account), None)
    if known is None:
        raise NotFound(say("there is no such invitation any more"))
    theirs = gate.roll.get(known.address)
    gate.links.withdraw(theirs)
    gate.audit.note("withdraw invitation", who=who.id, whom=f"{theirs.id} {known.leader}", origin=origin)
    if not (gate.terms.of(theirs) or theirs.has_password or theirs.is_bound or gate.sessions.count(theirs)):
        gate.roll.close(theirs.address, forget=True, who=who.id, origin=origin)
    return known.name


def _account(gate: Gate, address: str, leader: str, who: Account, origin: str) -> Account:
    known = gate.roll.find(address)
    if known is not None and (known.role, known.scope) == (AccountRole.MEMBER, (leader,)):
        return known
    if known is not None:
        raise AccountError(
            say("this address has an account already; whoever has it can claim the record by signing in by mail")
        )
    taken = (one for one in gate.roll.listed() if one.closed is None and one.role is AccountRole.MEMBER)
    if any(one.scope == (leader,) for one in taken):
        raise AccountError(say("this record has an account already, with another address"))
    return gate.roll.add(address, AccountRole.MEMBER, (leader,), who=who.id, origin=origin)


def _told(published: Published, viewer: Viewer, one: Invited) -> Invitation | None:
    account = one.account
    if account.role is not AccountRole.MEMBER or not may_invite(published, viewer, account.scope[0]):
        return None
    name = str(_value(published, viewer, account.scope[0], "name") or "")
    return Invitation(account.id, account.address, account.scope[0], name, one.ends)


def _value(published: Published, viewer: Viewer, leader: str, name: str) -> object:
    edition = viewer.edition(published).snapshot if viewer.sees_people else circle_snapshot(published, viewer)
    return edition.value("leaders", edition.position("leaders", leader), name)
