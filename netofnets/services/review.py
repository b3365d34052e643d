"""The queue for organizers: what may be one person, network or organization, both records, and reasons in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.verdicts import answered
from netofnets.schema.records import JUDGED, Judgement
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted

__all__ = ["Question", "Record", "ReviewQueue", "open_questions_words", "queue_of", "review_queue", "still_open"]

_TOLD = {
    "leaders": ("name", "email", "job", "school", "place", "region", "country", "url"),
    "networks": ("name", "kind", "region", "country", "url", "about"),
    "organizations": ("name", "kind", "place", "country", "url"),
}
_NOBODY = "Nothing is asked: of what the map shows, no two are left that may be one person, network or organization."
_NOT_SHOWN = "Only organizers are asked what is one and what is two."


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
    listed = questions["kind"].to_pylist()
    kinds = {kind: listed.count(kind) for kind in JUDGED if kind in listed}
    return ReviewQueue(version, _summary(kinds, changing), rows, questions.num_rows, changing, kinds)


def open_questions_words(questions: pa.Table) -> str:
    """What overlaps and bridges have to say about questions that are open; empty when no answer would change them."""
    kinds = questions.filter(pc.greater(questions["shared"], 0))["kind"].to_pylist()
    people, networks = kinds.count("leaders"), kinds.count("networks")
    said = []
    if people:
        verb = "is" if people == 1 else "are"
        pairs = counted(people, "pair")
        said.append(f"{pairs} of records in different networks may be one person and {verb} counted as two here")
    if networks:
        verb = "stands" if networks == 1 else "stand"
        said.append(f"{counted(networks, 'pair')} of networks may be one under two spellings and {verb} as two here")
    return f"{'; '.join(said)}; each answer can change these figures (netofnets review)." if said else ""


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
    reasons, against = tuple(row["reasons"]), tuple(row["against"])
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
        return "One person fewer; no two networks would share more members."
    if shared == 1:
        pair = [n.name for n in (*left.networks, *right.networks) if (n in left.networks) != (n in right.networks)]
        first = " and ".join(sorted(pair))
        return f"{first} would share {'their first member' if opened else 'one member more'}."
    more = f"; {opened:,} of them share nobody now" if opened else ""
    return f"{shared:,} pairs of networks would share one member more{more}."


def _of_networks(left: Record, right: Record, shared: int, opened: int) -> str:
    sizes = " and ".join(counted(one.people, "member") for one in (left, right))
    said = f"One network fewer: those with {sizes} would be one"
    if shared < 2:
        return f"{said}."
    first = f", {opened:,} of them for the first time" if opened else ""
    return f"{said}, and it would share more members with {counted(shared - 1, 'other network')}{first}."


def _of_organizations(left: Record, right: Record, shared: int, opened: int) -> str:
    people = left.people + right.people
    said = "One organization fewer" + (f", with {counted(people, 'person', 'people')}" if people else "")
    if not shared:
        return f"{said}; no two networks would have a partner more in common."
    first = f", {opened:,} of them their first" if opened else ""
    return f"{said}; {counted(shared, 'pair')} of networks would have a partner more in common{first}."


_EFFECTS = {"leaders": _of_people, "networks": _of_networks, "organizations": _of_organizations}


def _summary(kinds: Mapping[str, int], changing: int) -> str:
    if not kinds:
        return _NOBODY
    said = []
    for kind, number in kinds.items():
        what, one = ("records", "one person") if kind == "leaders" else (kind, "one")
        said.append(f"{counted(number, 'pair')} of {what} may be {one}{'' if number == 1 else ' each'}")
    changes = f" {changing:,} of the answers would change what networks share; they come first."
    return f"{', '.join(said)}." + (changes if changing else "")
