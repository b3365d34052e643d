"""The queue: what may be one person, network or organization, ordered by how much the answer would change the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import SnapshotDamaged
from netofnets.graph.folders import linked
from netofnets.graph.published import COMPARABLE_FILE, QUESTIONS_FILE, Published, load_snapshot, write_table
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.view import ENDS, Digests, View
from netofnets.resolution.comparable import taken_apart, taken_apart_last
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.effects import named_effects, touching
from netofnets.resolution.named import NAMED, named_of_table
from netofnets.resolution.recognise import MODEL, Proposal, recognise_people
from netofnets.resolution.records import listing, people_told
from netofnets.resolution.spellings import spellings
from netofnets.resolution.verdicts import answered
from netofnets.schema.arrow import QUESTIONS
from netofnets.schema.records import Judgement, Verdict, last_verdicts

__all__ = ["link_questions", "questions", "write_questions"]

# In the metadata of the table: which people and judgements it follows from, and, by kind, which names and ties.
_ASKED_OF, _NAMES_OF = b"netofnets.asked_of", b"netofnets.names_of."
_READS = {
    "networks": ("networks.id", f"memberships.{ENDS}"),
    "organizations": ("organizations.id", f"partnerships.{ENDS}"),
}


Apart = Callable[[pa.ChunkedArray], pa.Table]
"""How the words of claims about people are taken apart: :func:`netofnets.resolution.comparable.taken_apart`."""


def questions(
    snapshot: Snapshot, log: Sequence[Judgement], before: pa.Table | None = None, apart: Apart = taken_apart
) -> pa.Table:
    """The open questions about a snapshot, as :data:`netofnets.schema.arrow.QUESTIONS`.

    ``shared`` counts pairs of networks that would share somebody more (of organizations: partner networks that would
    have one in common), ``opened`` those of them that share nobody yet. ``change`` is what an answer is expected to
    change: the probability, for names a rating, times the sum, over these pairs, of 1 / (1 + shared now); of people, of
    1 / (1 + shared now + networks that share somebody with both), since who joins what nothing joins bridges most. The
    largest change stands first; what somebody put off stands last.

    ``before`` is the table of an earlier snapshot: nobody is compared again when the same people, told of in the same
    words, and the same log led to it; nor are names of networks or organizations between the same ties.
    """
    told = {_ASKED_OF: _asked_of(snapshot, log)}
    told |= {_NAMES_OF + kind.encode(): _names_of(snapshot, log, kind) for kind in NAMED}
    known = (before.schema.metadata or {}) if before is not None else {}
    same = {name: before if known.get(name) == digest else None for name, digest in told.items()}
    rows = _about_people(snapshot, log, same[_ASKED_OF], apart)
    for kind in NAMED:
        rows += _about_names(snapshot, log, kind, same[_NAMES_OF + kind.encode()])
    rows.sort(key=lambda r: (r["put_off"], -r["change"], -(r["probability"] or 0.0), r["left"], r["right"]))
    return pa.Table.from_pylist(rows, schema=QUESTIONS.with_metadata(told))


def write_questions(edition: Path, as_of: str, log: Sequence[Judgement], last: Published | None) -> None:
    """Put the questions of organizers beside the facts below ``edition``: asked from what they may see alone.

    ``last`` is what was published last, if those answers may serve again.
    """
    before = None
    with suppress(SnapshotDamaged):
        before = last.edition(edition.name).questions if last else None

    def apart(words: pa.ChunkedArray) -> pa.Table:
        kept = taken_apart(words, taken_apart_last(last, edition.name))
        write_table(kept, edition / COMPARABLE_FILE)
        return kept

    snapshot = load_snapshot(edition / "facts").at(as_of)
    write_table(questions(snapshot, log, before, apart), edition / QUESTIONS_FILE)


def link_questions(stands: Path, edition: Path) -> None:
    """Take over what stands beside an edition with the same facts and the same log."""
    for name in (QUESTIONS_FILE, COMPARABLE_FILE):
        if (stands / name).exists():
            linked(str(stands / name), str(edition / name))


def _about_people(
    snapshot: Snapshot, log: Sequence[Judgement], same: pa.Table | None, apart: Apart
) -> list[dict[str, Any]]:
    found = _found(snapshot, log, same, apart)
    effects = _effects(snapshot, found)
    return [
        {
            "kind": "leaders",
            "left": p.left,
            "right": p.right,
            "probability": p.probability,
            "reasons": list(p.reasons),
            "against": list(p.against),
            "put_off": p.put_off,
            "shared": shared,
            "opened": opened,
            "change": round(p.probability * weight, 6),
        }
        for p, (shared, opened, weight) in zip(found, effects, strict=True)
    ]


def _found(snapshot: Snapshot, log: Sequence[Judgement], same: pa.Table | None, apart: Apart) -> list[Proposal]:
    told = listing(snapshot.claims, "leaders")
    if not _may_be_asked(told, log):
        return []
    parts = apart(told["values"])
    if same is not None:
        return _proposals_in(same.filter(pc.equal(same["kind"], "leaders")))
    people = people_told(told, parts)
    known = set(snapshot.ids("leaders").to_pylist())
    asked = recognise_people(people, Corpus.of(people), log, joining=False).open
    return [p for p in asked if p.left in known and p.right in known]


def _may_be_asked(told: pa.Table, log: Sequence[Judgement]) -> bool:
    """Whether there are two to compare: of two sources, or put off by somebody."""
    sources = pc.unique(told["source"]).to_pylist()
    unsure = any(judgement.verdict is Verdict.UNSURE for judgement in last_verdicts(log).values())
    return told.num_rows > 1 and (len(sources) > 1 or "" in sources or unsure)


def _about_names(
    snapshot: Snapshot, log: Sequence[Judgement], kind: str, same: pa.Table | None
) -> list[dict[str, Any]]:
    if same is not None:
        rows: list[dict[str, Any]] = same.filter(pc.equal(same["kind"], kind)).to_pylist()
        return rows
    read = View(snapshot, _READS[kind])  # what the digest is of, and nothing else
    known = set(read.ids(kind).to_pylist())
    things = [one for one in named_of_table(snapshot.claims, kind) if one.entity in known]
    found = spellings(kind, things, answered(log))
    return [
        {
            "kind": kind,
            "left": one.left,
            "right": one.right,
            "reasons": [*one.reasons, *effect.reasons],
            "against": list(one.against),
            "put_off": one.put_off,
            "probability": None,
            "shared": effect.shared,
            "opened": effect.opened,
            "change": round(one.rating * effect.weight, 6),
        }
        for one, effect in zip(found, named_effects(read, found), strict=True)
    ]


def _proposals_in(table: pa.Table) -> list[Proposal]:
    columns = [table[name].to_pylist() for name in ("left", "right", "probability", "reasons", "against", "put_off")]
    return [
        Proposal(left, right, chance, tuple(why), tuple(against), put_off)
        for left, right, chance, why, against, put_off in zip(*columns, strict=True)
    ]


def _asked_of(snapshot: Snapshot, log: Sequence[Judgement]) -> bytes:
    """A digest of all that the proposals follow from: people, what is told of them, judgements and the model."""
    claims = listing(snapshot.claims, "leaders").select(["entity", "source", "values"])
    return _digest(log, claims, pa.table({"id": snapshot.ids("leaders")}))


def _names_of(snapshot: Snapshot, log: Sequence[Judgement], kind: str) -> bytes:
    """The same of what is asked about names of a kind, and of the ties that an answer would change."""
    claims = listing(snapshot.claims, kind).select(["entity", "source", "local_id", "values"])
    read = Digests(snapshot).of(_READS[kind])
    return _digest(log, claims, pa.table(list(zip(*read, strict=True)), names=["what", "digest"]))


def _digest(log: Sequence[Judgement], *tables: pa.Table) -> bytes:
    digest = blake2b(MODEL.encode(), digest_size=16)
    for table in tables:
        with pa.ipc.new_stream(sink := pa.BufferOutputStream(), table.schema) as stream:
            stream.write_table(table.combine_chunks())
        digest.update(sink.getvalue())
    for judgement in log:
        digest.update("\0".join(map(str, (*astuple(judgement)[:4], ""))).encode())
    return digest.hexdigest().encode()


def _effects(snapshot: Snapshot, found: Sequence[Proposal]) -> list[tuple[int, int, float]]:
    """For each proposal: pairs of networks that would share one more, those that share nobody now, and their weight."""
    belongs = snapshot.incidence("memberships")
    number = {leader: at for at, leader in enumerate(snapshot.ids("leaders").to_pylist())}
    starts, networks = belongs.csr.indptr.tolist(), belongs.csr.indices.tolist()
    own = [[networks[starts[at] : starts[at + 1]] for at in (number[p.left], number[p.right])] for p in found]
    owner: list[int] = []
    pairs: list[int] = []
    for proposal, (one, other) in enumerate(own):
        alone = [b for b in other if b not in one]
        here = [a * belongs.csr.shape[1] + b for a in one if a not in other for b in alone]
        pairs += here
        owner += [proposal] * len(here)
    shared, between = touching(belongs.csr, np.array(pairs, dtype=np.int64))
    of = np.array(owner, dtype=np.int64)
    counted = np.bincount(of, minlength=len(found)), np.bincount(of[shared == 0], minlength=len(found))
    weight = np.bincount(of, 1 / (1 + shared + between), minlength=len(found))
    return list(zip(*(column.tolist() for column in (*counted, weight)), strict=True))
