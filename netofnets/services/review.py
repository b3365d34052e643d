"""The queue for organizers: pairs of people who may be one, with both records and the reasons in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement, Verdict
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted

__all__ = ["Person", "Question", "ReviewQueue", "open_questions_words", "queue_of", "review_queue"]

_TOLD = ("name", "email", "job", "school", "place", "region", "country", "url")
_NOBODY = "Nobody is asked about: no two records are left that may be one person."
_NOT_SHOWN = "Only organizers are asked who is one person."


@dataclass(frozen=True, slots=True)
class Person:
    """One of the two, as the sources write them."""

    leader: Ref
    facts: Mapping[str, tuple[str, ...]]  # name, email, school ... -> what the sources say
    sources: tuple[str, ...]
    networks: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two one person? ``effect`` says what a yes would change on the map."""

    left: Person
    right: Person
    probability: float
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
    changing: int  # questions whose answer would change which networks share members


def review_queue(
    published: Published, viewer: Viewer, *, log: Sequence[Judgement] = (), limit: int = 20
) -> ReviewQueue:
    """The published questions without those that ``log`` has answered since; nothing for the public."""
    edition = viewer.edition(published)
    if not viewer.sees_people:
        return ReviewQueue(edition.content_hash, _NOT_SHOWN, (), 0, 0)
    return queue_of(edition.present, _still_open(edition.questions, log), edition.content_hash, limit)


def queue_of(snapshot: Snapshot, questions: pa.Table, version: str, limit: int) -> ReviewQueue:
    """The queue of a table of questions about the people of ``snapshot``."""
    shown = questions.slice(0, max(limit, 0)).to_pylist()
    ends = [row[end] for row in shown for end in ("left", "right")]
    told = _told(snapshot, ends)
    rows = tuple(_question(snapshot, row, told) for row in shown)
    changing = int(pc.sum(pc.greater(questions["shared"], 0)).as_py() or 0)
    return ReviewQueue(version, _summary(questions.num_rows, changing), rows, questions.num_rows, changing)


def open_questions_words(questions: pa.Table) -> str:
    """What overlaps and bridges have to say about questions that are open; empty when no answer would change them."""
    changing = questions.filter(pc.greater(questions["shared"], 0)).num_rows
    if not changing:
        return ""
    verb = "is" if changing == 1 else "are"
    return (
        f"{counted(changing, 'pair')} of records in different networks may be one person and {verb} counted as two "
        "here; each answer can change these figures (netofnets review)."
    )


def _still_open(questions: pa.Table, log: Sequence[Judgement]) -> pa.Table:
    """Without pairs that were answered; what was put off comes last."""
    identity, apart, put_off = Identity(log), set(), set()
    for judgement in {(j.left, j.right): j for j in log}.values():
        pair = frozenset(identity.canonical(end) for end in (judgement.left, judgement.right))
        if judgement.verdict is Verdict.DIFFERENT:
            apart.add(pair)
        elif judgement.verdict is Verdict.UNSURE and not judgement.who.startswith("rule:"):
            put_off.add(pair)
    rows, seen = [], set()
    for row in questions.to_pylist():
        pair = frozenset(identity.canonical(row[end]) for end in ("left", "right"))
        if len(pair) == 2 and pair not in apart and pair not in seen:
            seen.add(pair)
            rows.append({**row, "put_off": row["put_off"] or pair in put_off})
    rows.sort(key=lambda row: bool(row["put_off"]))  # stable
    return pa.Table.from_pylist(rows, schema=questions.schema)


def _told(snapshot: Snapshot, leaders: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The claims about each of the leaders, decoded."""
    claims = snapshot.claims
    wanted = pa.array(leaders, pa.string())
    own = pc.and_(pc.equal(claims["kind"], "leaders"), pc.is_in(claims["entity"], value_set=wanted))
    found: dict[str, list[dict[str, Any]]] = {leader: [] for leader in leaders}
    for row in claims.filter(own).to_pylist():
        found[row["entity"]].append({"source": row["source"], **json.loads(row["values"])})
    return found


def _question(snapshot: Snapshot, row: Mapping[str, Any], told: Mapping[str, list[dict[str, Any]]]) -> Question:
    left, right = (_person(snapshot, row[end], told[row[end]]) for end in ("left", "right"))
    reasons, against = tuple(row["reasons"]), tuple(row["against"])
    effect = _effect(left, right, row["shared"], row["opened"])
    return Question(left, right, row["probability"], reasons, against, effect, row["put_off"])


def _person(snapshot: Snapshot, leader: str, told: Sequence[Mapping[str, Any]]) -> Person:
    at = snapshot.position("leaders", leader)
    facts = {name: tuple(sorted({str(one[name]) for one in told if one.get(name)})) for name in _TOLD}
    networks = tuple(ref(snapshot, "networks", int(n)) for n in snapshot.incidence("memberships").groups_of(at))
    sources = tuple(sorted({str(one["source"]) for one in told}))
    return Person(ref(snapshot, "leaders", at), {n: v for n, v in facts.items() if v}, sources, networks)


def _effect(left: Person, right: Person, shared: int, opened: int) -> str:
    if not shared:
        return "One person fewer; no two networks would share more members."
    if shared == 1:
        pair = [n.name for n in (*left.networks, *right.networks) if (n in left.networks) != (n in right.networks)]
        first = " and ".join(sorted(pair))
        return f"{first} would share {'their first member' if opened else 'one member more'}."
    more = f"; {opened:,} of them share nobody now" if opened else ""
    return f"{shared:,} pairs of networks would share one member more{more}."


def _summary(total: int, changing: int) -> str:
    if not total:
        return _NOBODY
    verb = "may be one person" if total == 1 else "may be one person each"
    changes = f" {changing:,} of the answers would change which networks share members; they come first."
    return f"{counted(total, 'pair')} of records {verb}." + (changes if changing else "")
