"""From what a source now states to the changes that a store must carry out: pure, the same for every store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from netofnets.errors import SchemaError, StoreError
from netofnets.language import say
from netofnets.schema.identifiers import relationship_id
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.merge import weighed
from netofnets.schema.model import RelationshipKind
from netofnets.schema.records import BY_PERSON, CORRECTING, Claim, Entity, Judgement, PastClaim
from netofnets.store.base import Changes, LedgerView

__all__ = [
    "ClaimId",
    "TellsAbout",
    "Touched",
    "derive",
    "distinguishing_values",
    "entity_id",
    "plan",
    "replan",
    "state",
    "settle_touched",
    "withdraw",
]

ClaimId = tuple[str, str, str]  # (kind, key, source)
Touched = defaultdict[str, set[str]]  # kind -> entity ids to derive again


class TellsAbout(Protocol):
    """The part of a :class:`LedgerView` that tells what is claimed about things."""

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims, of every source, about these entities."""


def plan(view: LedgerView, source: str, statements: Iterable[Claim], judgements: Sequence[Judgement] = ()) -> Changes:
    """Changes that make ``statements`` all that ``source`` claims, after appending ``judgements``.

    Equal claims are left alone, so the same batch twice changes nothing; claims of other sources are never touched.
    What is changed or withdrawn goes into the past. A statement with a ``first_run`` stood then, and comes back.
    A source states both ends of every relationship that it states (:class:`StoreError` otherwise), so no sweep of
    another source can leave a relationship without its ends.
    """
    changes = Changes(judgements=list(judgements))
    before, after = _identities(view.judgements(), judgements)
    known = {(claim.kind, claim.key): claim for claim in view.claims_of(source)}
    touched: Touched = defaultdict(set)
    replaced: set[ClaimId] = set()
    for address, claim in _distinct(source, statements).items():
        state(claim, known.pop(address, None) if known else None, before, after, changes, touched, replaced)
    changes.withdrawn = len(known)
    withdraw(known.values(), before, after, changes, touched)
    replaced.update(changes.drop)
    _move(view, before, after, changes, touched, replaced)
    settle_touched(view, before, after, changes, touched, replaced)
    return changes


def state(
    claim: Claim,
    old: Claim | None,
    before: Identity,
    after: Identity,
    changes: Changes,
    touched: Touched,
    replaced: set[ClaimId],
) -> None:
    """Note what a claim changes, beside what the source said before; a claim that says the same changes nothing."""
    if old is None:
        changes.created += 1
        if claim.first_run:  # it stood before, and comes back as it was
            changes.past.append(PastClaim(replace(claim, values={}, local_id="", origin=""), stated=False))
    elif _says_the_same(old, claim):
        changes.unchanged += 1
        return
    else:
        changes.updated += 1
        changes.past.append(PastClaim(old))
        claim = replace(claim, first_run=old.first_run)
        replaced.add((claim.kind, claim.key, claim.source))
        touched[claim.kind].add(entity_id(old, before))
    entity = entity_id(claim, after)
    changes.put.append((claim, entity))
    touched[claim.kind].add(entity)


def replan(view: LedgerView, judgements: Sequence[Judgement]) -> Changes:
    """Changes that follow from more judgements alone."""
    changes = Changes(judgements=list(judgements))
    records = {record for j in judgements for record in (j.left, j.right)}
    before, after = _identities(view.judgements_about(records), judgements)
    # Whom their relationships lead to may have been judged about, too, and a relationship is addressed by both ends.
    ends = {end for claim in view.claims_touching(after.changed_from(before)) for end in (claim.from_id, claim.to_id)}
    before, after = _identities(view.judgements_about(records | ends - {""}), judgements)
    touched: Touched = defaultdict(set)
    replaced: set[ClaimId] = set()
    _move(view, before, after, changes, touched, replaced)
    settle_touched(view, before, after, changes, touched, replaced)
    return changes


def _identities(log: tuple[Judgement, ...], judgements: Sequence[Judgement]) -> tuple[Identity, Identity]:
    before = Identity.of(log)
    return before, Identity([*log, *judgements]) if judgements else before


def _distinct(source: str, statements: Iterable[Claim]) -> dict[tuple[str, str], Claim]:
    """The statements by kind and key, checked: one statement per record, declared values, both ends stated."""
    stated: dict[tuple[str, str], Claim] = {}
    names = {name: {p.name for p in declared.properties} for name, declared in BY_NAME.items()}
    for claim in statements:
        if claim.source != source:
            raise StoreError(f"a run of {source!r} cannot hold a claim of {claim.source!r}")
        if not claim.values.keys() <= names.get(claim.kind, set()):
            unknown = ", ".join(sorted(claim.values.keys() - names.get(claim.kind, set())))
            raise SchemaError(f"{claim.kind} {claim.local_id or claim.key}: the schema has no property {unknown}")
        if None in claim.values.values():
            claim = replace(claim, values={name: value for name, value in claim.values.items() if value is not None})
        other = stated.setdefault((claim.kind, claim.key), claim)
        if other is not claim and not _says_the_same(other, claim):
            told = say(
                "{source!r} states {kind} {name} twice, differently ({first}, {then}); combine or leave out one of "
                "them",
                source=source,
                kind=claim.kind,
                name=claim.local_id or claim.key,
                first=other.origin or say("first"),
                then=claim.origin or say("then"),
            )
            raise StoreError(told)
    _check_ends(stated)
    return stated


def _check_ends(stated: Mapping[tuple[str, str], Claim]) -> None:
    for (kind, _), claim in stated.items():
        if not claim.from_id:
            continue
        declared = BY_NAME[kind]
        if not isinstance(declared, RelationshipKind):
            raise StoreError(f"{kind} {claim.key}: only a relationship has two ends")
        for of_kind, record in ((declared.source, claim.from_id), (declared.target, claim.to_id)):
            if (of_kind, record) not in stated:
                told = say(
                    "{kind} {key} ({origin}) stands on {record!r}, which {source!r} does not state among its "
                    "{of_kind}; a source states both ends of its relationships",
                    kind=kind,
                    key=claim.key,
                    origin=claim.origin or say("origin unknown"),
                    record=record,
                    source=claim.source,
                    of_kind=of_kind,
                )
                raise StoreError(told)


def _says_the_same(old: Claim, new: Claim) -> bool:
    return (
        old.values == new.values
        and old.local_id == new.local_id
        and old.from_id == new.from_id
        and old.to_id == new.to_id
    )


def withdraw(claims: Iterable[Claim], before: Identity, after: Identity, changes: Changes, touched: Touched) -> None:
    """Note that claims are no longer made."""
    for claim in claims:
        changes.drop.append((claim.kind, claim.key, claim.source))
        changes.past.append(PastClaim(claim))
        touched[claim.kind].add(entity_id(claim, before))
        touched[claim.kind].add(entity_id(claim, after))


def _move(
    view: LedgerView, before: Identity, after: Identity, changes: Changes, touched: Touched, replaced: set[ClaimId]
) -> None:
    """Re-address every claim that stands on a record whose canonical id changes."""
    moved = after.changed_from(before) if after is not before else set()
    if not moved:
        return
    for claim in list(view.claims_touching(moved)):
        old, new = entity_id(claim, before), entity_id(claim, after)
        touched[claim.kind].add(old)
        touched[claim.kind].add(new)
        if old != new and (claim.kind, claim.key, claim.source) not in replaced:
            replaced.add((claim.kind, claim.key, claim.source))
            changes.put.append((claim, new))


def settle_touched(
    view: TellsAbout, before: Identity, after: Identity, changes: Changes, touched: Touched, replaced: set[ClaimId]
) -> None:
    """Derive every touched entity from the claims it will have."""
    put: defaultdict[str, list[tuple[Claim, str]]] = defaultdict(list)
    for pair in changes.put:
        put[pair[0].kind].append(pair)
    for kind in BY_NAME:  # nodes before relationships
        if not touched[kind]:
            continue
        claims: dict[str, list[Claim]] = {entity: [] for entity in sorted(touched[kind])}
        existing: set[str] = set()
        for claim in view.claims_about(kind, claims):
            existing.add(entity_id(claim, before))
            if (kind, claim.key, claim.source) not in replaced:
                claims[entity_id(claim, after)].append(claim)
        for claim, entity in put[kind]:
            claims[entity].append(claim)
        _sort_out(kind, claims, existing, after, changes)


def _sort_out(
    kind: str, claims: Mapping[str, list[Claim]], existing: set[str], identity: Identity, changes: Changes
) -> None:
    """Tell entities that are new from those that change and those that nobody claims any more."""
    born: list[Entity] = []
    changed: list[Entity] = []
    gone: list[str] = []
    for entity, about in claims.items():
        if any(_holds(claim) for claim in about):
            (changed if entity in existing else born).append(derive(kind, entity, about, identity))
            continue
        # What corrects what sources list does not keep what no source lists any more.
        changes.drop += [(kind, claim.key, claim.source) for claim in about]
        changes.past += [PastClaim(claim) for claim in about if claim.source == BY_PERSON]
        if entity in existing:
            gone.append(entity)
    changes.born |= {kind: born} if born else {}
    changes.changed |= {kind: changed} if changed else {}
    changes.gone |= {kind: gone} if gone else {}


def _holds(claim: Claim) -> bool:
    """Whether a claim alone keeps a thing: people stand by their own word, and so does what they offer and look for."""
    own = claim.source == BY_PERSON and claim.kind in ("leaders", "leader_interests", "interests")
    return own or claim.source not in CORRECTING


def distinguishing_values(claim: Claim) -> tuple[str, ...]:
    """The values that tell relationships of one pair apart, as text, in the order of the schema."""
    declared = kind_named(claim.kind)
    if not isinstance(declared, RelationshipKind):
        return ()
    return tuple(str(claim.values.get(name) or "") for name in declared.distinguishing)


def entity_id(claim: Claim, identity: Identity) -> str:
    """The id of the entity that a claim is about, under ``identity``."""
    if not claim.from_id:
        return identity.canonical(claim.key)
    start, end = identity.canonical(claim.from_id), identity.canonical(claim.to_id)
    if start == claim.from_id and end == claim.to_id:
        return claim.key
    return relationship_id(claim.kind, start, end, distinguishing_values(claim))


def derive(kind: str, entity: str, claims: Sequence[Claim], identity: Identity) -> Entity:
    """The entity as its claims make it: property by property, whatever the order of the claims."""
    ordered = tuple(claims)
    if len(ordered) == 1:
        first = ordered[0]
        values = first.values
    else:
        ordered = tuple(sorted(ordered, key=lambda c: (c.source, c.key)))
        first = ordered[0]
        values = weighed(kind_named(kind), [(claim.source, claim.values) for claim in ordered])
    if not first.from_id:
        return Entity(kind, entity, values, ordered)
    return Entity(kind, entity, values, ordered, identity.canonical(first.from_id), identity.canonical(first.to_id))
