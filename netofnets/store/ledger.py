"""From what a source now states to the changes that a store must carry out: pure, the same for every store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from netofnets.schema.identifiers import relationship_id
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.model import Merge, PropertyType, RelationshipKind
from netofnets.schema.records import Claim, Entity, Judgement, Value
from netofnets.store.base import Changes, LedgerView

__all__ = ["derive", "distinguishing_values", "entity_id", "plan", "replan"]

Address = tuple[str, str]  # (kind, entity id)


def plan(view: LedgerView, source: str, statements: Iterable[Claim], judgements: Sequence[Judgement] = ()) -> Changes:
    """Changes that make ``statements`` all that ``source`` claims, after appending ``judgements``.

    Equal claims are left alone, so the same batch twice changes nothing; claims of other sources are never touched.
    """
    changes = Changes(judgements=list(judgements))
    log = view.judgements()
    before, after = Identity(log), Identity([*log, *judgements])
    known = {(claim.kind, claim.key): claim for claim in view.claims_of(source)}
    touched: set[Address] = set()
    for claim in statements:
        old = known.pop((claim.kind, claim.key), None)
        if old is not None and old.says == claim.says:
            changes.unchanged += 1
            continue
        changes.created += old is None
        changes.updated += old is not None
        changes.put.append((claim, entity_id(claim, after)))
        touched.add((claim.kind, entity_id(claim, before)))
        touched.add((claim.kind, entity_id(claim, after)))
    for claim in known.values():
        changes.withdrawn += 1
        changes.drop.append((claim.kind, claim.key, claim.source))
        touched.add((claim.kind, entity_id(claim, before)))
        touched.add((claim.kind, entity_id(claim, after)))
    _move(view, before, after, changes, touched)
    _settle(view, before, after, changes, touched)
    return changes


def replan(view: LedgerView, judgements: Sequence[Judgement]) -> Changes:
    """Changes that follow from more judgements alone."""
    log = view.judgements()
    before, after = Identity(log), Identity([*log, *judgements])
    changes, touched = Changes(judgements=list(judgements)), set[Address]()
    _move(view, before, after, changes, touched)
    _settle(view, before, after, changes, touched)
    return changes


def _move(view: LedgerView, before: Identity, after: Identity, changes: Changes, touched: set[Address]) -> None:
    """Re-address every claim that stands on a record whose canonical id changes."""
    moved = after.changed_from(before)
    if not moved:
        return
    settled = {(c.kind, c.key, c.source) for c, _ in changes.put} | set(changes.drop)
    for claim in view.claims_touching(moved):
        old, new = entity_id(claim, before), entity_id(claim, after)
        touched.add((claim.kind, old))
        touched.add((claim.kind, new))
        if old != new and (claim.kind, claim.key, claim.source) not in settled:
            changes.put.append((claim, new))


def _settle(view: LedgerView, before: Identity, after: Identity, changes: Changes, touched: set[Address]) -> None:
    """Derive every touched entity from the claims it will have."""
    replaced = {(c.kind, c.key, c.source) for c, _ in changes.put} | set(changes.drop)
    claims: dict[Address, list[Claim]] = {address: [] for address in touched}
    existing: set[Address] = set()
    for kind in {k for k, _ in touched}:
        for claim in view.claims_about(kind, {e for k, e in touched if k == kind}):
            existing.add((kind, entity_id(claim, before)))
            if (claim.kind, claim.key, claim.source) not in replaced:
                claims[kind, entity_id(claim, after)].append(claim)
    for claim, entity in changes.put:
        claims[claim.kind, entity].append(claim)
    for (kind, entity), about in sorted(claims.items()):
        if about:
            changes.entities.setdefault(kind, []).append(derive(kind, entity, about, after))
        elif (kind, entity) in existing:
            changes.gone.setdefault(kind, []).append(entity)


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
    if (start, end) == (claim.from_id, claim.to_id):
        return claim.key
    return relationship_id(claim.kind, start, end, distinguishing_values(claim))


def derive(kind: str, entity: str, claims: Sequence[Claim], identity: Identity) -> Entity:
    """The entity as its claims make it: property by property, whatever the order of the claims."""
    ordered = sorted(claims, key=lambda c: (c.source, c.key))
    first = ordered[0]
    if len(ordered) == 1:
        values = dict(first.values)
    else:
        values = {p.name: _merged(p.merge, p.type, [c.values.get(p.name) for c in ordered]) for p in kind_named(kind).properties}
    return Entity(
        kind,
        entity,
        {name: value for name, value in values.items() if value is not None},
        tuple(ordered),
        identity.canonical(first.from_id) if first.from_id else "",
        identity.canonical(first.to_id) if first.to_id else "",
    )


def _merged(merge: Merge, kind: PropertyType, stated: Sequence[Value]) -> Value:
    values = [value for value in stated if value is not None]
    if not values:
        return None
    if merge is Merge.UNION and kind is PropertyType.TEXTS:
        return tuple(sorted({text for value in values if isinstance(value, tuple) for text in value}))
    if merge is Merge.SMALLEST:
        return min(values, key=_orderable)
    if merge is Merge.LARGEST:
        return max(values, key=_orderable)
    # most_common is stable: among equals the source that sorts first wins.
    return Counter(values).most_common(1)[0][0]


def _orderable(value: Value) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))
