"""What an erasure changes: everything about a person goes, in whatever words it was said and wherever it was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace

from netofnets.errors import NotFound
from netofnets.language import say
from netofnets.resolution.normalise import is_role_mailbox
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.proposals import naming, proposals
from netofnets.schema.records import Claim, Decision
from netofnets.schema.tombstones import ADDRESS, NAME, RECORD, Marks, Tombstone
from netofnets.schema.topics import ARTICLE, PROPOSAL
from netofnets.store.base import Changes, LedgerView
from netofnets.store.ledger import Touched, entity_id, settle_touched
from netofnets.store.origins import unnamed

__all__ = ["plan_erasure"]


def plan_erasure(view: LedgerView, leader: str, marks: Marks | None = None) -> Changes:
    """Changes that remove a person: every record, whoever claims it, every relationship, every quote with the name.

    What others are said to be stays, also where it was read from a file called by the name; the file's name goes.
    ``leader`` is the canonical id or the id of any record of the person, also of one that articles only proposed, or
    that no source states any more; :class:`NotFound` when there is none. With ``marks``, tombstones are left.
    """
    identity = Identity(view.judgements())
    records = identity.members(identity.canonical(leader))
    claims = list(view.claims_touching(records))
    told = [*claims, *(one.claim for one in view.past_touching(records))]
    read = (*view.decisions(PROPOSAL), *view.decisions(ARTICLE))
    names = _names(told, read, records)
    quoted = naming(read, records, names)
    if not quoted and not any(claim.kind == "leaders" for claim in told):
        raise NotFound(say("there is no leader {leader!r} in this store", leader=leader))
    gone: Touched = defaultdict(set)
    for claim in claims:
        gone[claim.kind].add(entity_id(claim, identity))
    changes = Changes(drop=sorted((claim.kind, claim.key, claim.source) for claim in claims))
    _forget_files(view, names, identity, changes)
    changes.gone = {kind: sorted(ids) for kind, ids in sorted(gone.items())}
    changes.forgotten = (*sorted(records), *quoted)
    if marks is not None:
        changes.tombstones = sorted(_tombstones(view, told, records, names, identity, marks))
    return changes


def _tombstones(
    view: LedgerView,
    told: Sequence[Claim],
    records: Set[str],
    names: Sequence[str],
    identity: Identity,
    marks: Marks,
) -> set[Tombstone]:
    """By what a person would be known again: records, addresses that nobody else uses, names with organizations."""
    stated = {claim.values["email"] for claim in told if claim.kind == "leaders" and claim.values.get("email")}
    addresses = {str(email).casefold() for email in stated if not is_role_mailbox(str(email))}
    others = [claim for claim in view.claims_with_email(addresses) if claim.key not in records]
    addresses -= {str(claim.values["email"]).casefold() for claim in others}
    at = {str(c.values["school"]) for c in told if c.kind == "leaders" and c.values.get("school")}
    joined = {identity.canonical(claim.to_id) for claim in told if claim.kind == "affiliations"}
    about = view.claims_about("organizations", sorted(joined))
    at |= {str(claim.values["name"]) for claim in about if claim.values.get("name")}
    made = [(RECORD, marks.record(record)) for record in records]
    made += [(ADDRESS, marks.address(address)) for address in addresses]
    made += [(NAME, marks.name(name, organization)) for name in names for organization in ("", *at)]
    person = identity.canonical(min(records))
    return {marks.of(kind, mark, person) for kind, mark in made}


def _forget_files(view: LedgerView, names: Sequence[str], identity: Identity, changes: Changes) -> None:
    """State anew, without the name of its file, what is or was read from a file called by one of these names."""
    touched: Touched = defaultdict(set)
    replaced = set(changes.drop)
    for claim in [c for kind in BY_NAME for c in unnamed(view.told(kind), names)]:
        address = (claim.kind, claim.key, claim.source)
        if address not in replaced:
            replaced.add(address)
            entity = entity_id(claim, identity)
            changes.put.append((claim, entity))
            touched[claim.kind].add(entity)
    settle_touched(view, identity, identity, changes, touched, replaced)
    for past in view.past_of(None):
        for claim in unnamed([past.claim], names):
            changes.lost.append((claim.kind, claim.key, claim.source, past.until))
            changes.past.append(replace(past, claim=claim))


def _names(claims: Sequence[Claim], read: Sequence[Decision], records: Set[str]) -> list[str]:
    """What a person is called, in claims and in proposals."""
    names = {str(c.values["name"]) for c in claims if c.kind == "leaders" and c.values.get("name")}
    for proposal in proposals(read).values():
        names.update(t.name for t in proposal.things if t.kind == "leaders" and t.record(proposal.source) in records)
    return sorted(names)
