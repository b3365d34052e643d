"""The queue for organizers: what may be one person, network or organization, both records, and reasons in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.language import joined, listed, say, say_count
from netofnets.resolution.phrases import phrase
from netofnets.resolution.verdicts import answered
from netofnets.schema.records import JUDGED, Judgement
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer

__all__ = ["Question", "Record", "ReviewQueue", "open_questions_words", "queue_of", "review_queue", "still_open"]

_TOLD = {
    "leaders": ("name", "email", "job", "school", "place", "region", "country", "url"),
    "networks": ("name", "kind", "region", "country", "url", "about"),
    "organizations": ("name", "kind", "place", "country", "url"),
}
_NOBODY = say(
    "Nothing is asked: of what the map shows, no two are left that may be one person, network or organization."
)
_NOT_SHOWN = say("Only organizers are asked what is one and what is two.")


@dataclass(frozen=True, slots=True)
class Record:
    """One of the two, as the sources write it."""

    node: Ref
    facts: Mapping[str, tuple[str, ...]]  # name, email, school ... -> what the sources say
    sources: tuple[str, ...]
    networks: tuple[Ref, ...]  # of a person; that an organization supports; that a network is a part of
    people: int  # members of a network, people who work with an organization; 0 for a person


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two one? ``effect`` says what a yes would change on the map."""

    kind: str  # leaders | networks | organizations
    left: Record
    right: Record
    probability: float | None  # of people only: names are asked about by rule
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    effect: str
    put_off: bool  # somebody could not tell


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The open questions, those whose answer would change the map most first."""

    version: str
    summary: str
    rows: tuple[Question, ...]
    total: int
    changing: int  # questions whose answer would change which networks share members or partners
    kinds: Mapping[str, int]  # questions about each kind


def review_queue(
    published: Published,
    viewer: Viewer,
    *,
    log: Sequence[Judgement] = (),
    first: tuple[str, str] = ("", ""),
    limit: int = 20,
) -> ReviewQueue:
    """The published questions without those that ``log`` has answered since; nothing for the public.

    The question about the two of ``first`` stands first, if it is open.
    """
    edition = viewer.edition(published)
    if not viewer.sees_people:
        return ReviewQueue(edition.content_hash, _NOT_SHOWN, (), 0, 0, {})
    return queue_of(edition.present, still_open(edition.questions, log, frozenset(first)), edition.content_hash, limit)


def queue_of(snapshot: Snapshot, questions: pa.Table, version: str, limit: int) -> ReviewQueue:
    """The queue of a table of questions about the nodes of ``snapshot``."""
    shown = questions.slice(0, max(limit, 0)).to_pylist()
    ends = [row[end] for row in shown for end in ("left", "right")]
    told = _told(snapshot, ends)
    rows = tuple(_question(snapshot, row, told) for row in shown)
    changing = int(pc.sum(pc.greater(questions["shared"], 0)).as_py() or 0)
    every = questions["kind"].to_pylist()
    kinds = {kind: every.count(kind) for kind in JUDGED if kind in every}
    return ReviewQueue(version, _summary(kinds, changing), rows, questions.num_rows, changing, kinds)


def open_questions_words(questions: pa.Table) -> str:
    """What overlaps and bridges have to say about questions that are open; empty when no answer would change them."""
    kinds = questions.filter(pc.greater(questions["shared"], 0))["kind"].to_pylist()
    people, networks = kinds.count("leaders"), kinds.count("networks")
    said = []
    if people:
        said.append(
            say_count(
                "{n:,} pair of records in different networks may be one person and is counted as two here",
                "{n:,} pairs of records in different networks may be one person and are counted as two here",
                people,
            )
        )
    if networks:
        said.append(
            say_count(
                "{n:,} pair of networks may be one under two spellings and stands as two here",
                "{n:,} pairs of networks may be one under two spellings and stand as two here",
                networks,
            )
        )
    return joined([*said, say("each answer can change these figures (netofnets review).")], "; ") if said else ""


def still_open(questions: pa.Table, log: Sequence[Judgement], first: frozenset[str] = frozenset()) -> pa.Table:
    """Without pairs that were answered; what was put off comes last, ``first`` before all."""
    standing = answered(log)
    rows, seen = [], set()
    for row in questions.to_pylist():
        pair = standing.pair(row["left"], row["right"])
        if len(pair) == 2 and pair not in standing.apart and pair not in seen:
            seen.add(pair)
            rows.append({**row, "put_off": row["put_off"] or pair in standing.put_off})
    rows.sort(key=lambda row: ({row["left"], row["right"]} != first, bool(row["put_off"])))  # stable
    return pa.Table.from_pylist(rows, schema=questions.schema)


def _told(snapshot: Snapshot, nodes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The claims about each of the nodes, decoded."""
    claims = snapshot.claims
    found: dict[str, list[dict[str, Any]]] = {node: [] for node in nodes}
    for row in claims.filter(pc.is_in(claims["entity"], value_set=pa.array(nodes, pa.string()))).to_pylist():
        found[row["entity"]].append({"source": row["source"], **json.loads(row["values"])})
    return found


def _question(snapshot: Snapshot, row: Mapping[str, Any], told: Mapping[str, list[dict[str, Any]]]) -> Question:
    kind = row["kind"]
    left, right = (_record(snapshot, kind, row[end], told[row[end]]) for end in ("left", "right"))
    reasons, against = (tuple(phrase(text) for text in row[side]) for side in ("reasons", "against"))
    effect = _EFFECTS[kind](left, right, row["shared"], row["opened"])
    return Question(kind, left, right, row["probability"], reasons, against, effect, row["put_off"])


def _record(snapshot: Snapshot, kind: str, node: str, told: Sequence[Mapping[str, Any]]) -> Record:
    at = snapshot.position(kind, node)
    facts = {name: tuple(sorted({str(one[name]) for one in told if one.get(name)})) for name in _TOLD[kind]}
    sources = tuple(sorted({str(one["source"]) for one in told}))
    networks, people = _ties(snapshot, kind, at)
    shown = {name: said for name, said in facts.items() if said}
    return Record(ref(snapshot, kind, at), shown, sources, networks, people)


def _ties(snapshot: Snapshot, kind: str, at: int) -> tuple[tuple[Ref, ...], int]:
    """The networks that a node is tied to, and how many people."""
    if kind == "leaders":
        networks, people = snapshot.incidence("memberships").groups_of(at), 0
    elif kind == "networks":
        networks = snapshot.incidence("network_parts").groups_of(at)
        people = len(snapshot.incidence("memberships").actors_of(at))
    else:
        networks = snapshot.incidence("partnerships").actors_of(at)
        people = len(snapshot.incidence("affiliations").actors_of(at))
    return tuple(ref(snapshot, "networks", int(n)) for n in networks), people


def _of_people(left: Record, right: Record, shared: int, opened: int) -> str:
    if not shared:
        return say("One person fewer; no two networks would share more members.")
    if shared == 1:
        pair = [n.name for n in (*left.networks, *right.networks) if (n in left.networks) != (n in right.networks)]
        names = listed(sorted(pair))
        if opened:
            return say("{networks} would share their first member.", networks=names)
        return say("{networks} would share one member more.", networks=names)
    if not opened:
        return say("{pairs:,} pairs of networks would share one member more.", pairs=shared)
    return say(
        "{pairs:,} pairs of networks would share one member more; {first:,} of them share nobody now.",
        pairs=shared,
        first=opened,
    )


def _of_networks(left: Record, right: Record, shared: int, opened: int) -> str:
    sizes = listed([_members(one.people) for one in (left, right)])
    fewer = say("One network fewer: those with {sizes} would be one", sizes=sizes)
    if shared < 2:
        return say("{fewer}.", fewer=fewer)
    if not opened:
        return say_count(
            "{fewer}, and it would share more members with {n:,} other network.",
            "{fewer}, and it would share more members with {n:,} other networks.",
            shared - 1,
            fewer=fewer,
        )
    return say_count(
        "{fewer}, and it would share more members with {n:,} other network, {first:,} of them for the first time.",
        "{fewer}, and it would share more members with {n:,} other networks, {first:,} of them for the first time.",
        shared - 1,
        fewer=fewer,
        first=opened,
    )


def _members(people: int) -> str:
    return say_count("{n:,} member", "{n:,} members", people) if people else say("no members")


def _of_organizations(left: Record, right: Record, shared: int, opened: int) -> str:
    people = left.people + right.people
    if people:
        fewer = say_count(
            "One organization fewer, with {n:,} person", "One organization fewer, with {n:,} people", people
        )
    else:
        fewer = say("One organization fewer")
    if not shared:
        return say("{fewer}; no two networks would have a partner more in common.", fewer=fewer)
    if not opened:
        return say_count(
            "{fewer}; {n:,} pair of networks would have a partner more in common.",
            "{fewer}; {n:,} pairs of networks would have a partner more in common.",
            shared,
            fewer=fewer,
        )
    return say_count(
        "{fewer}; {n:,} pair of networks would have a partner more in common, {first:,} of them their first.",
        "{fewer}; {n:,} pairs of networks would have a partner more in common, {first:,} of them their first.",
        shared,
        fewer=fewer,
        first=opened,
    )


_EFFECTS = {"leaders": _of_people, "networks": _of_networks, "organizations": _of_organizations}


def _summary(kinds: Mapping[str, int], changing: int) -> str:
    if not kinds:
        return _NOBODY
    told = say("{pairs}.", pairs=joined([_MAY_BE[kind](number) for kind, number in kinds.items()], ", "))
    if not changing:
        return told
    changes = say("{n:,} of the answers would change what networks share; they come first.", n=changing)
    return joined([told, changes])


_MAY_BE: dict[str, Callable[[int], str]] = {
    "leaders": lambda n: say_count(
        "{n:,} pair of records may be one person", "{n:,} pairs of records may be one person each", n
    ),
    "networks": lambda n: say_count("{n:,} pair of networks may be one", "{n:,} pairs of networks may be one each", n),
    "organizations": lambda n: say_count(
        "{n:,} pair of organizations may be one", "{n:,} pairs of organizations may be one each", n
    ),
}
