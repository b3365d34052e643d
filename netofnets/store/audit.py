"""Everything derived from claims again, and what differs from it: named, with the changes that put it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import Kind, NodeKind, PropertyType
from netofnets.schema.records import Claim, Entity
from netofnets.store.base import Changes
from netofnets.store.book import Book, Kept
from netofnets.store.ledger import derive, entity_id

__all__ = ["Audit", "Finding", "audit", "different", "expected", "fits"]

_TYPES: dict[PropertyType, type | tuple[type, ...]] = {
    PropertyType.INTEGER: int,
    PropertyType.NUMBER: (int, float),
    PropertyType.YES_NO: bool,
    PropertyType.TEXTS: tuple,
}
_LONGEST = 60  # characters of a value in a sentence
Key = tuple[str, str]  # (kind, id)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the claims make it. ``what`` is one word for programs, ``words`` say it."""

    what: str  # changed | missing | unclaimed | moved | unreadable | sources | past | gone | index
    kind: str
    id: str
    words: str


@dataclass(slots=True)
class Audit:
    """What was looked at and found, what puts it right, and the sources to load again afterwards."""

    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)
    repair: Changes = field(default_factory=Changes)
    load_again: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()  # those of them of which nothing is lost but what somebody deleted by hand


def audit(book: Book) -> Audit:
    """Derive every node and relationship from the claims in ``book`` and compare.

    A claim that cannot be read, or says what the schema does not know, counts for nothing; so does a relationship of
    which that leaves an end unclaimed. Their sources are those to load again.
    """
    found = Audit(len(book.kept))
    identity = Identity(book.judgements)
    claims, lost = _claims(book.kept, found)
    wanted = _with_both_ends(expected(claims, identity), found, lost)
    standing: dict[Key, Kept] = {}
    for kept in book.kept:
        if kept.stands and standing.setdefault((kept.kind, kept.id), kept) is not kept:
            _note(found, "moved", kept, "its id is there twice")
    for key, kept in standing.items():
        _compare(found, kept, wanted.get(key))
    missing = [entity for key, entity in wanted.items() if key not in standing]
    for entity in missing:
        found.findings.append(
            Finding("missing", entity.kind, entity.id, f"claimed by {_sources(entity)}, and not there")
        )
    _put_right(found, standing, wanted, missing)
    _check_past(book, found)
    for source, count in book.gone.items():
        words = f"{count:,} claims of {source!r} are gone, with nodes or relationships that somebody deleted by hand"
        found.findings.append(Finding("gone", "", "", words))
    found.load_again, found.deleted = tuple(sorted({*lost, *book.gone})), tuple(sorted({*book.gone} - lost))
    if not book.index_is_right and not found.findings:  # a repair of anything makes the index anew
        words = "what newcomers are compared by is not as the claims make it"
        found.findings.append(Finding("index", "leaders", "", words))
    return found


def expected(claims: Iterable[Claim], identity: Identity) -> dict[Key, Entity]:
    """The nodes and relationships that these claims make, nodes first, each kind in the order of ids."""
    about: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        about[claim.kind, entity_id(claim, identity)].append(claim)
    order = {name: place for place, name in enumerate(BY_NAME)}
    keys = sorted(about, key=lambda key: (order[key[0]], key[1]))
    return {key: derive(*key, about[key], identity) for key in keys}


def _claims(kept: Iterable[Kept], found: Audit) -> tuple[list[Claim], set[str]]:
    """The claims that can be used; those that cannot are noted, and their sources returned."""
    good: list[Claim] = []
    lost: set[str] = set()
    for one in kept:
        for claim in one.claims:
            if wrong := _wrong(claim):
                _note(found, "unreadable", one, f"what {claim.source!r} states of it: {wrong}")
                found.repair.drop.append((claim.kind, claim.key, claim.source))
                lost.add(claim.source)
            else:
                good.append(claim)
        for damaged in one.unreadable:
            _note(
                found,
                "unreadable",
                one,
                f"a claim (of {' or '.join(damaged.sources) or 'nobody knows whom'}) is no JSON",
            )
            lost.update(damaged.sources)
            if damaged.address is not None:
                found.repair.drop.append(damaged.address)
    return good, lost


def _wrong(claim: Claim) -> str:
    """Why a claim cannot be used; empty when it can."""
    declared = BY_NAME.get(claim.kind)
    if declared is None or isinstance(declared, NodeKind) is bool(claim.from_id):
        return "no such kind"
    types = {prop.name: prop.type for prop in declared.properties}
    for name, value in claim.values.items():
        if name not in types:
            return f"the schema has no property {name!r}"
        if not fits(value, types[name]):
            return f"{name} is {_shown(value)}"
    return ""


def _check_past(book: Book, found: Audit) -> None:
    """Past claims that cannot be read, or do not fit the schema: nothing says them again, so they can only go."""
    damaged = [(address, "it is no JSON") for address in book.lost]
    for one in book.past:
        if one.stated and (wrong := _wrong(one.claim)):
            damaged.append(((one.claim.kind, one.claim.key, one.claim.source, one.until), wrong))
    for (kind, key, source, until), wrong in damaged:
        words = f"what {source!r} stated of it until run {until}: {wrong}; it is lost to undoing and to past runs"
        found.findings.append(Finding("past", kind, key, words))
        found.repair.lost.append((kind, key, source, until))


def fits(value: object, kind: PropertyType) -> bool:
    """Whether a value is of the type of a property."""
    if kind is PropertyType.TEXTS:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    return isinstance(value, _TYPES.get(kind, str)) and (kind is PropertyType.YES_NO or not isinstance(value, bool))


def _with_both_ends(wanted: dict[Key, Entity], found: Audit, lost: set[str]) -> dict[Key, Entity]:
    """Without the relationships that lack an end."""
    whole: dict[Key, Entity] = {}
    for key, entity in wanted.items():
        declared = BY_NAME[entity.kind]
        ends = (
            ()
            if isinstance(declared, NodeKind)
            else ((declared.source, entity.from_id), (declared.target, entity.to_id))
        )
        if all(end in wanted for end in ends):
            whole[key] = entity
            continue
        words = f"claimed by {_sources(entity)}, and nobody claims both its ends"
        found.findings.append(Finding("unclaimed", entity.kind, entity.id, words))
        found.repair.drop += [(claim.kind, claim.key, claim.source) for claim in entity.claims]
        lost.update(claim.source for claim in entity.claims)
    return whole


def _compare(found: Audit, kept: Kept, entity: Entity | None) -> None:
    if entity is None:
        _note(found, "unclaimed", kept, "no source claims it")
        return
    if (kept.from_id, kept.to_id) != (entity.from_id, entity.to_id):
        _note(
            found,
            "moved",
            kept,
            f"from {kept.from_id} to {kept.to_id}, claimed from {entity.from_id} to {entity.to_id}",
        )
    for name, stands, claimed in different(BY_NAME[kept.kind], kept.values, entity.values):
        _note(found, "changed", kept, f"{name} is {_shown(stands)}, and by its sources {_shown(claimed)}")
    listed = tuple(sorted({claim.source for claim in entity.claims}))
    if kept.sources is not None and kept.sources != listed:
        _note(found, "sources", kept, f"lists {', '.join(kept.sources) or 'no source'}, claimed by {', '.join(listed)}")
    elif _filed(kept.claims) != _filed(entity.claims):
        _note(found, "moved", kept, "claims about it are filed under another id")


def _filed(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    return {(claim.key, claim.source) for claim in claims}


def different(
    declared: Kind, stands: Mapping[str, object], claimed: Mapping[str, object]
) -> Iterator[tuple[str, object, object]]:
    """Property, value that stands and value that is claimed, where they differ."""
    for prop in declared.properties:
        was, said = (None if value == () else value for value in (stands.get(prop.name), claimed.get(prop.name)))
        if was != said or isinstance(was, bool) is not isinstance(said, bool):
            yield prop.name, was, said


def _put_right(found: Audit, standing: Mapping[Key, Kept], wanted: Mapping[Key, Entity], missing: list[Entity]) -> None:
    """The changes: what stands wrongly goes first, then everything that differs is put as it is claimed."""
    repair = found.repair
    repair.drop = sorted(set(repair.drop))
    noted = {(finding.kind, finding.id) for finding in found.findings}
    away = {key for key, kept in standing.items() if key not in wanted or _elsewhere(kept, wanted[key])}
    for kind, name in sorted(away):
        repair.replaced.setdefault(kind, []).append(name)
    removed = {name for kind, name in away if isinstance(BY_NAME[kind], NodeKind)}
    again = {
        key for key, kept in standing.items() if key in wanted and removed & {kept.from_id, kept.to_id}
    }  # a node takes its relationships with it
    wrong = [entity for key, entity in wanted.items() if key in noted or key in again]
    for entity in [*missing, *(e for e in wrong if (e.kind, e.id) in standing)]:
        repair.changed.setdefault(entity.kind, []).append(entity)
        repair.put += [(claim, entity.id) for claim in entity.claims]


def _elsewhere(kept: Kept, entity: Entity) -> bool:
    return (kept.from_id, kept.to_id) != (entity.from_id, entity.to_id)


def _note(found: Audit, what: str, kept: Kept, words: str) -> None:
    found.findings.append(Finding(what, kept.kind, kept.id, words))


def _sources(entity: Entity) -> str:
    return ", ".join(sorted({claim.source for claim in entity.claims}))


def _shown(value: object) -> str:
    text = "empty" if value is None else repr(list(value) if isinstance(value, tuple) else value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
