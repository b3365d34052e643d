"""The facts of every edition, written: each cut down to what its audience may see before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from netofnets.errors import SnapshotDamaged
from netofnets.graph.claims import claims_of
from netofnets.graph.cut import Levels
from netofnets.graph.earlier import earlier, earlier_ties
from netofnets.graph.edition import AUDIENCES, entities, heard, latest_levels, levels_of, readings, stated
from netofnets.graph.facts_files import load_snapshot, write_beside, write_claims, write_entities
from netofnets.graph.group_counts import LEAST, Counted, named_interests
from netofnets.graph.manifest import FORMAT, GROUPS_FROM, NEXT_TURN, versions
from netofnets.graph.marks import OwnWords, keeping_back, marks, own_words
from netofnets.graph.memory import give_back
from netofnets.graph.published import (
    EARLIER_FILE,
    EARLIER_TIES_FILE,
    GROUPS_FILE,
    LEVELS_FILE,
    OUTSIDE_THE_DIGEST,
    Published,
    write_table,
)
from netofnets.graph.seal import Seals, digest_of, seal
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.identity import Identity
from netofnets.schema.purposes import RESEARCH
from netofnets.store.base import Facts

__all__ = ["ASKED", "write_facts"]

ASKED = "organizers"  # the audience that is asked who is one person


def write_facts(facts: Facts, work: Path, day: str, last: Published | None = None) -> dict[str, Any]:
    """Write every edition's facts below ``work``; what the manifest says of them, ``content_hash`` among it.

    Counts of groups that follow from the same as those of the ``last`` publication are those.
    """
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    own = own_words(facts.decisions, identity.canonical)
    editions, turn = dict[str, Any](), ""
    counted_in, groups = _groups(Counted.of(facts.tables, facts.claims, levels, day, own), last)
    give_back()
    for audience in (*AUDIENCES, *([RESEARCH] if _keeps_back(own) else [])):
        named = named_interests(groups[audience]) if audience in groups else ()
        tables = entities(facts.tables, facts.claims, levels, audience, own, named)
        if audience in groups:
            write_table(groups[audience], work / audience / GROUPS_FILE)
        if audience == ASKED:
            before = facts.earlier, facts.runs, identity, tables, levels
            write_table(earlier(*before), work / audience / EARLIER_FILE)
            write_table(earlier_ties(*before), work / audience / EARLIER_TIES_FILE)
            write_table(levels_of(tables["leaders"]["id"], levels), work / audience / LEVELS_FILE)
        told = heard(facts.decisions, identity, tables["leaders"]["id"], audience, facts.tables.get("leaders"))
        known = marks(tables, own, everything=audience == ASKED)
        folder = work / audience / "facts"
        sources = write_claims(_stated(facts, tables, levels, audience, own), folder)
        write_beside(folder, told, readings(facts.runs, sources), known)
        write_entities(tables, folder)
        give_back()
        snapshot = load_snapshot(folder)
        turn = snapshot.next_turn(day) if audience == ASKED else turn
        editions[audience] = _told_of(seal(folder), snapshot, day)
    return {
        "format": FORMAT,
        "run": facts.run,
        "content_hash": editions["organizers"]["content_hash"],
        "editions": editions,
        "versions": versions(),
        NEXT_TURN: turn,
        GROUPS_FROM: counted_in,
    }


def _groups(counted: Counted, last: Published | None) -> tuple[str, dict[str, pa.Table]]:
    """What groups are counted in, as a digest, and the counts of each audience.

    They are those of the last publication where these are whole and were counted in the same by the same program.
    """
    key = counted.key()
    if last and (last.manifest.get(GROUPS_FROM), last.manifest["versions"]) == (key, versions()):
        with suppress(SnapshotDamaged):
            return key, {audience: last.edition(audience).groups for audience in LEAST}
    return key, counted.counts()


def _told_of(sealed: Seals, snapshot: Snapshot, day: str) -> dict[str, Any]:
    """What the manifest says of an edition."""
    return {
        "files": {f"facts/{name}": found for name, found in sealed.items()},
        "content_hash": digest_of(sealed, OUTSIDE_THE_DIGEST),
        "as_of": snapshot.turned(day),
        "counts": {kind: snapshot.count(kind) for kind in (*snapshot.nodes, *snapshot.edges)},
    }


def _stated(
    facts: Facts, tables: Mapping[str, pa.Table], levels: Levels, audience: str, own: OwnWords
) -> Iterator[pa.Table]:
    """The claims that an audience may see about what it sees in ``tables``, kind by kind; each is let go."""
    for kind in sorted(tables):
        if tables[kind].num_rows:
            yield stated(claims_of(facts.claims, kind), tables[kind]["id"].combine_chunks(), levels, audience, own)


def _keeps_back(own: OwnWords) -> bool:
    """Whether anybody keeps from files that leave the map what organizers see: then there is an edition for these."""
    return bool(own.declines(RESEARCH) or keeping_back(own))
