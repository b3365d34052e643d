"""From the mentions and relations of an article to proposals: one for each thing, with the places that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.articles.mention import INTEREST, PERSON, Known, Mention
from ingest.articles.page import Page
from ingest.articles.registry import mentions_in
from ingest.articles.relations import Relation, relations_in
from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.proposals import LEADER, MENTIONED, Place, Proposal, Thing

__all__ = ["propose"]

_PLACES = 3  # quotes that a proposal shows at most
_KINDS = {"network": "networks", "organization": "organizations"}


def propose(page: Page, source: str, known: Known) -> tuple[Proposal, ...]:
    """What an article proposes, things before relations; a proposal that came twice is there once."""
    found = mentions_in(page, known)
    things = _things(found)
    named: dict[Thing, list[Mention]] = {}
    for mention in found:
        named.setdefault(things[mention.kind, mention.name], []).append(mention)
    made = [_of_thing(page, source, known, found, thing, mentions) for thing, mentions in named.items()]
    made += _of_relations(page, source, known, found, things)
    return tuple({proposal.id: proposal for proposal in reversed(made)}.values())[::-1]


def _things(found: Sequence[Mention]) -> dict[tuple[str, str], Thing]:
    """The thing that each name means: of a body the kind that its first mention tells."""
    kinds: dict[tuple[str, str], Thing] = {}
    for m in found:
        kind = {PERSON: "leaders", INTEREST: "interests"}.get(m.kind) or _KINDS[m.standing]
        kinds.setdefault((m.kind, m.name), Thing(kind, m.name))
    return kinds


def _of_thing(
    page: Page, source: str, known: Known, found: Sequence[Mention], thing: Thing, mentions: Sequence[Mention]
) -> Proposal:
    first = mentions[0]
    surest = next((m for m in mentions if m.detector not in ("part-of-name", "comment")), first)
    ordered = sorted(mentions, key=lambda m: (m.detector == "part-of-name", m.start))
    places = _distinct(_place(page, m.start, m.end, (m.start, m.end)) for m in ordered)
    standing = "" if thing.kind != "leaders" else MENTIONED if first.standing == MENTIONED else LEADER
    people, own = _people(source, known, found, (thing,), places)
    called = _called(known, thing)
    return Proposal(
        source, thing.kind, (thing,), places, surest.detector, surest.reason, standing, {}, people, own, called
    )


def _of_relations(
    page: Page, source: str, known: Known, found: Sequence[Mention], things: dict[tuple[str, str], Thing]
) -> Iterator[Proposal]:
    told: dict[tuple[str, tuple[Thing, Thing], tuple[tuple[str, str], ...]], list[Relation]] = {}
    for relation in relations_in(page, found):
        ends = (things[relation.left.kind, relation.left.name], things[relation.right.kind, relation.right.name])
        kind = relation.kind
        if kind in ("memberships", "affiliations"):
            kind = "memberships" if ends[1].kind == "networks" else "affiliations"
        told.setdefault((kind, ends, tuple(relation.values.items())), []).append(relation)
    for (kind, ends, _), relations in told.items():
        if ends[0].record(source) == ends[1].record(source) or relationship_kind(kind).target != ends[1].kind:
            continue
        first = relations[0]
        spans = [sorted((r.left, r.right), key=lambda m: m.start) for r in relations]
        places = _distinct(_place(page, a.start, b.end, (a.start, b.end)) for a, b in spans)
        people, own = _people(source, known, found, ends, places)
        yield Proposal(source, kind, ends, places, first.detector, first.reason, "", dict(first.values), people, own)


def _place(page: Page, start: int, end: int, at: tuple[int, int]) -> Place:
    low, _ = page.sentence(start, min(start + 1, end))
    _, high = page.sentence(max(end - 1, start), end)
    low, high = min(low, start), max(high, end)
    return Place(page.name, low, high, at[0], at[1], page.text[low:high])


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({fold(place.quote): place for place in reversed(list(places))}.values())[::-1][:_PLACES]


def _people(
    source: str, known: Known, found: Sequence[Mention], things: Sequence[Thing], places: Sequence[Place]
) -> tuple[tuple[str, ...], int]:
    """Records of everybody whom the quotes name, with those of the map called the same; and how many are its own."""
    own = [thing.record(source) for thing in things if thing.kind == "leaders"]
    named = {m.name for m in found if m.kind == PERSON and any(p.start <= m.start < p.end for p in places)}
    others = {Thing("leaders", name).record(source) for name in named}
    others |= {leader for name in named for leader in known.leaders.get(fold(name), ())}
    return (*own, *sorted(others - set(own))), len(own)


def _called(known: Known, thing: Thing) -> tuple[str, ...]:
    of_kind = {"leaders": known.leaders, "networks": known.networks, "organizations": known.organizations}
    return of_kind.get(thing.kind, {}).get(fold(thing.name), ())
