"""Map the interests that people named to the vocabulary: what is plain by rule, the rest as somebody says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netofnets.desk.checks import check_said, now
from netofnets.errors import NotFound
from netofnets.language import say
from netofnets.schema.identifiers import INTEREST_NAMESPACE, record_id, relationship_id
from netofnets.schema.kinds import RELATIONSHIP_KINDS
from netofnets.schema.records import Claim, Decision, Value
from netofnets.schema.rows import interest_key
from netofnets.schema.topics import INTEREST_MEANING, UNDECIDED
from netofnets.services.find.embedder import shipped_embedder
from netofnets.services.find.mapping import Mapped, map_tags
from netofnets.services.find.thesaurus import Concept, thesaurus
from netofnets.store.base import Facts, Store
from netofnets.store.ledger import plan

__all__ = [
    "SOURCE",
    "MappedInterest",
    "apply_mapping",
    "concept_names",
    "concepts_of",
    "mapped_interests",
    "said_last",
    "say_meaning",
    "take_back_meaning",
]

SOURCE = "vocabulary"
"""The source under which the mapping is stated; stating it again replaces it."""


@dataclass(frozen=True, slots=True)
class MappedInterest:
    """An interest on the map in its own words, how many people hold it, and its concept."""

    id: str
    people: int
    mapped: Mapped


def mapped_interests(store: Store) -> tuple[MappedInterest, ...]:
    """Every interest that somebody holds or works on, by number of people, with what it is taken for."""
    facts = store.scan()
    tags = _tags(facts)
    ids = [i for i, _ in tags]
    concepts = concepts_of(store)
    said = {row.subjects[0]: row.value for row in facts.decisions if row.topic == INTEREST_MEANING}
    decided = {name: said[i] for i, name in tags if said.get(i, UNDECIDED) != UNDECIDED}
    people = Counter(facts.tables["leader_interests"]["to_id"].to_pylist())
    found = map_tags([name for _, name in tags], concepts, shipped_embedder(), decided)
    every = [MappedInterest(i, people[i], mapped) for i, mapped in zip(ids, found, strict=True)]
    return tuple(sorted(every, key=lambda one: (-one.people, one.mapped.tag)))


def say_meaning(store: Store, tag: str, concept: str, *, who: str, why: str = "") -> Decision:
    """Record which concept an interest (its id, or its name) is, ``""`` for none; the next mapping goes by it.

    Raises :class:`NotFound` for an interest that is not on the map or a concept that no vocabulary has.
    """
    check_said(who)
    record = record_id("interests", INTEREST_NAMESPACE, interest_key(tag))
    known = store.known_among("interests", (tag, record))
    if not known:
        raise NotFound(say("nobody on the map has an interest {tag!r}; netofnets interests lists them", tag=tag))
    names = {interest_key(c.name): c.name for c in concepts_of(store)}
    if concept and interest_key(concept) not in names:
        raise NotFound(
            say(
                "no vocabulary has {concept!r}; netofnets interests --unmapped shows the nearest, --concepts all",
                concept=concept,
            )
        )
    row = Decision(
        INTEREST_MEANING, (tag if tag in known else record,), names.get(interest_key(concept), ""), who, why, now()
    )
    store.decide([row])
    return row


def said_last(store: Store) -> Decision | None:
    """The last word on an interest, unless it was taken back."""
    log = store.decisions(INTEREST_MEANING)
    return log[-1] if log and log[-1].value != UNDECIDED else None


def take_back_meaning(store: Store, tag: str, *, who: str, why: str = "") -> Decision:
    """Take back what was said about an interest (its id), so that it is undecided; :class:`NotFound` if nothing was."""
    check_said(who)
    told = [row.value for row in store.decisions(INTEREST_MEANING) if row.subjects[0] == tag]
    if not told or told[-1] == UNDECIDED:
        raise NotFound(say("nothing was said about {tag!r} that could be taken back", tag=tag))
    row = Decision(INTEREST_MEANING, (tag,), UNDECIDED, who, why or "Took the answer back.", now())
    store.decide([row])
    return row


def apply_mapping(store: Store) -> tuple[MappedInterest, ...]:
    """State what is sure as claims: the interest keeps its words, belongs to its concept, and has its domain.

    Stated again, it is replaced as a whole; nothing changes when nothing changed. Returns what was mapped.
    """
    sure = tuple(one for one in mapped_interests(store) if one.mapped.way.sure and one.mapped.concept)
    domains = {c.name: c.domain for c in concepts_of(store) if c.domain}
    claims: dict[tuple[str, str], Claim] = {}
    for one in sure:
        for claim in _claims(one.mapped, domains):
            claims.setdefault((claim.kind, claim.key), claim)
    with store.writer(SOURCE) as writer:
        changes = plan(writer, SOURCE, claims.values())
        writer.apply(changes)
        writer.finish({"mapped": len(sure), "created": changes.created, "withdrawn": changes.withdrawn})
    return sure


def concept_names(store: Store) -> tuple[str, ...]:
    """What an interest can be said to be, in alphabetical order."""
    return tuple(sorted({c.name for c in concepts_of(store)}, key=str.casefold))


def _tags(facts: Facts) -> list[tuple[str, str]]:
    """Ids and names of the interests that a person, network or organization is tied to."""
    kinds = [k.name for k in RELATIONSHIP_KINDS if k.target == "interests" and k.source != "interests"]
    held = {i for kind in kinds if kind in facts.tables for i in facts.tables[kind]["to_id"].to_pylist()}
    nodes = facts.tables["interests"]
    pairs = zip(nodes["id"].to_pylist(), nodes["name"].to_pylist(), strict=True)
    return sorted((i, name) for i, name in pairs if i in held and name)


def concepts_of(store: Store) -> list[Concept]:
    """The shipped concepts and those of vocabularies that were loaded: sources that state interests and no people."""
    found = {interest_key(c.name): [c] for c in thesaurus()}
    for claim in store.vocabulary():
        told = claim.values
        if claim.source == SOURCE or not told.get("name"):
            continue
        key = interest_key(str(told["name"]))
        name = found[key][0].name if key in found else str(told["name"])
        aliases = told.get("aliases")
        also = aliases if isinstance(aliases, tuple) else ()
        found.setdefault(key, []).append(Concept(name, str(told.get("domain") or ""), also))
    return [_joined(concepts) for concepts in found.values()]


def _joined(concepts: Sequence[Concept]) -> Concept:
    first = concepts[0]
    also = tuple(dict.fromkeys(wording for concept in concepts for wording in concept.also))
    return Concept(first.name, next((c.domain for c in concepts if c.domain), ""), also, first.short, first.wider)


def _claims(mapped: Mapped, domains: Mapping[str, str]) -> Iterable[Claim]:
    domain = domains.get(mapped.concept)
    told: dict[str, Value] = {"domain": domain} if domain else {}
    origin = f"vocabulary: {mapped.way.value}"
    keys = interest_key(mapped.tag), interest_key(mapped.concept)
    records = [record_id("interests", INTEREST_NAMESPACE, key) for key in keys]
    if keys[0] == keys[1] and not told:
        return  # it is its own concept, and nothing more is known of it
    yield Claim("interests", records[0], SOURCE, {"name": mapped.tag, **told}, keys[0], origin=origin)
    if keys[0] != keys[1]:
        yield Claim("interests", records[1], SOURCE, {"name": mapped.concept, **told}, keys[1], origin=origin)
        tie = relationship_id("broader_interests", records[0], records[1])
        yield Claim("broader_interests", tie, SOURCE, {}, "", records[0], records[1], origin)
