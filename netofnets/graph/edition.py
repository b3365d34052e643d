"""One audience's facts: who and what it may see is decided here, before anything is computed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.confided import withhold_confided
from netofnets.graph.cut import (
    Levels,
    Tables,
    drop_loose_ends,
    drop_orphans,
    only,
    plain_interests,
    visible_leaders,
    without_sensitive,
)
from netofnets.graph.marks import NOTHING_SAID, OwnWords, keeping_back, without_doubted
from netofnets.schema.arrow import CLAIMS, LEVELS, READINGS, arrow_schema
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import NodeKind, RelationshipKind, Visibility
from netofnets.schema.policy import Standing, least
from netofnets.schema.proposals import Answer, answers, naming
from netofnets.schema.purposes import RESEARCH
from netofnets.schema.records import Decision, Run, VisibilityChoice
from netofnets.schema.topics import OWN_WORDS, PROPOSAL, REVIEWED, TOPICS

__all__ = [
    "AUDIENCES",
    "guarding",
    "heard",
    "latest_levels",
    "entities",
    "levels_of",
    "readings",
    "restrict",
    "shown_to",
    "stated",
    "stands_of",
]

AUDIENCES: dict[str, Standing] = {
    "organizers": Standing.ORGANIZER,
    "signed_in": Standing.SIGNED_IN,
    "public": Standing.STRANGER,
}
"""What whoever reads an edition is to everybody in it."""


def stands_of(audience: str) -> Standing:
    """What whoever reads an edition is to everybody in it; what is for research is cut from what organizers see."""
    return Standing.ORGANIZER if audience == RESEARCH else AUDIENCES[audience]


def restrict(
    tables: Tables,
    claims: pa.Table,
    levels: Levels,
    audience: str,
    own: OwnWords = NOTHING_SAID,
    named: Collection[str] = (),
) -> tuple[dict[str, pa.Table], pa.Table]:
    """The entity tables and claims that an audience may see.

    Answers computed from the result cannot depend on anything left out. Only the edition of organizers carries claims:
    they tell which rosters exist and who is in them. ``own`` is what people said of themselves. ``named`` are interests
    (ids) of which the audience is told how many have them, so that it is told of the interests, too.
    """
    kept = entities(tables, claims, levels, audience, own, named)
    ids = pa.concat_arrays([t["id"].combine_chunks() for t in kept.values()])
    return kept, stated(claims, ids, levels, audience, own)


def entities(
    tables: Tables,
    claims: pa.Table,
    levels: Levels,
    audience: str,
    own: OwnWords = NOTHING_SAID,
    named: Collection[str] = (),
) -> dict[str, pa.Table]:
    """The entity tables that an audience may see."""
    stands = stands_of(audience)
    kept = shown_to(stands, tables, claims, levels, own, named, research=audience == RESEARCH)
    if stands is not Standing.ORGANIZER:
        kept["interests"] = plain_interests(kept["interests"], claims)
    return kept


def stated(claims: pa.Table, ids: pa.Array, levels: Levels, audience: str, own: OwnWords = NOTHING_SAID) -> pa.Table:
    """Those of these claims that an audience may see, where it sees the entities ``ids``."""
    if stands_of(audience) is not Standing.ORGANIZER:
        return CLAIMS.empty_table()
    return _claims_about(claims, ids, levels, keeping_back(own) if audience == RESEARCH else frozenset())


def shown_to(
    stands: Standing,
    tables: Tables,
    claims: pa.Table,
    levels: Levels,
    own: OwnWords = NOTHING_SAID,
    named: Collection[str] = (),
    *,
    research: bool = False,
) -> dict[str, pa.Table]:
    """The entity tables as a map shows them to somebody who stands so to everybody in them, or to ``research``."""
    everybody = stands is Standing.ORGANIZER
    kept = {
        name: tables.get(name, arrow_schema(name).empty_table())
        for name in (*_names(NODE_KINDS), *_names(RELATIONSHIP_KINDS))
    }
    whole = dict(kept)  # a store has no tie without its ends
    parts = kept["network_parts"]  # a part and its whole that somebody says are one network are no longer two
    kept["network_parts"] = only(parts, pc.not_equal(parts["from_id"], parts["to_id"]))
    kept["leaders"] = visible_leaders(kept["leaders"], levels, stands)
    if research:
        away = pa.array(sorted(own.declines(RESEARCH)), pa.string())
        kept["leaders"] = kept["leaders"].filter(pc.invert(pc.is_in(kept["leaders"]["id"], value_set=away)))
    if not everybody or research:
        without_doubted(kept, own, on_the_map=not everybody)
    drop_loose_ends(kept, whole)
    whole = dict(kept)
    if not everybody:
        withhold_confided(kept, claims)
        kept["networks"] = without_sensitive(kept["networks"])
        drop_loose_ends(kept, whole)
        whole = dict(kept)
    drop_orphans(kept, named)
    drop_loose_ends(kept, whole)
    return kept


def heard(
    decisions: Sequence[Decision],
    identity: Identity,
    leaders: pa.ChunkedArray,
    audience: str,
    everybody: pa.Table | None = None,
) -> tuple[Decision, ...]:
    """What an audience knows of the log of decisions; ``leaders`` are the ids of those it may see.

    Organizers hear what is about people they see, by canonical id; others nothing: who was introduced to whom is
    theirs to tell. Of what articles propose they hear what somebody accepted, unless a quote names one of ``everybody``
    (the leaders of the store, with names) whom they do not see.
    """
    if stands_of(audience) is not Standing.ORGANIZER or not decisions:
        return ()
    seen = set(leaders.to_pylist())
    accepted = {i for i, said in answers(decisions).items() if said is Answer.ACCEPTED}
    hidden = _hidden(everybody, seen) if accepted else {}
    accepted -= set(naming(decisions, (), list(hidden.values()))) if hidden else set()
    found = []
    for decision in decisions:
        if decision.topic in OWN_WORDS:
            continue
        subjects = tuple(identity.canonical(one) for one in decision.subjects)
        if decision.topic in REVIEWED:
            told = decision.topic == PROPOSAL and subjects[0] in accepted and hidden.keys().isdisjoint(subjects)
        else:
            told = TOPICS.get(decision.topic) != "leaders" or seen.issuperset(subjects)
        if told:
            found.append(replace(decision, subjects=subjects))
    return tuple(found)


def _hidden(everybody: pa.Table | None, seen: set[str]) -> dict[str, str]:
    """Ids and names of the leaders whom an audience does not see."""
    if everybody is None:
        return {}
    pairs = zip(everybody["id"].to_pylist(), everybody["name"].to_pylist(), strict=True)
    return {i: name or "" for i, name in pairs if i not in seen}


def latest_levels(
    choices: Sequence[VisibilityChoice], canonical: Mapping[str, str]
) -> dict[tuple[str, str], Visibility]:
    """The choice for each (leader, field): on one record the last counts, among the records of a person the strictest.

    Two records that turn out to be one person therefore never show more than the more careful of the two did.
    """
    last = {(choice.record, choice.field): choice.level for choice in choices}
    found: dict[tuple[str, str], Visibility] = {}
    for (record, field), level in last.items():
        whose = canonical.get(record, record), field
        found[whose] = min(level, found.get(whose, level), key=lambda one: one.rank)
    return found


def levels_of(leaders: pa.ChunkedArray, levels: Levels) -> pa.Table:
    """The choices of these leaders as a table (:data:`netofnets.schema.arrow.LEVELS`), by leader and field."""
    chose = pa.array(sorted({leader for leader, _ in levels}), pa.string())
    seen = set(chose.filter(pc.is_in(chose, value_set=leaders.combine_chunks())).to_pylist())
    rows = [(leader, field, str(level)) for (leader, field), level in sorted(levels.items()) if leader in seen]
    return pa.table(list(zip(*rows, strict=True)) or [()] * len(LEVELS), schema=LEVELS)


def guarding(levels: Levels) -> set[str]:
    """The leaders who keep one of their fields from organizers, too."""
    least_shown = least(Standing.ORGANIZER).rank
    return {leader for (leader, field), level in levels.items() if field and level.rank < least_shown}


def readings(runs: Sequence[Run], sources: Collection[str]) -> pa.Table:
    """When these sources were read: source, run and day (:data:`READINGS`), in order.

    A source whose claims an audience does not see has no readings there either.
    """
    rows = [(run.source, run.number, run.finished[:10] or run.started[:10]) for run in runs if run.source in sources]
    columns = list(zip(*sorted(rows, key=lambda row: row[1]), strict=True)) or [(), (), ()]
    return pa.table(columns, schema=READINGS)


def _names(kinds: Sequence[NodeKind | RelationshipKind]) -> list[str]:
    return [k.name for k in kinds]


def _claims_about(claims: pa.Table, ids: pa.Array, levels: Levels, untold: Set[str]) -> pa.Table:
    """The claims about what is kept (``ids``); they do not repeat a field that somebody keeps from organizers.

    Of ``untold`` (leaders) there are none.
    """
    about = only(claims, pc.is_in(claims["entity"], value_set=ids))
    if untold:
        about = only(about, pc.invert(pc.is_in(about["entity"], value_set=pa.array(sorted(untold), pa.string()))))
    least_shown, kept_back = least(Standing.ORGANIZER).rank, defaultdict[str, set[str]](set)
    for (leader, field), level in levels.items():
        if field and level.rank < least_shown:
            kept_back[leader].add(field)
    if not kept_back:
        return about
    guarded = pc.is_in(about["entity"], value_set=pa.array(sorted(kept_back), pa.string()))
    rows = [_without(row, kept_back[row["entity"]]) for row in about.filter(guarded).to_pylist()]
    return pa.concat_tables([about.filter(pc.invert(guarded)), pa.Table.from_pylist(rows, schema=about.schema)])


def _without(claim: dict[str, Any], fields: Set[str]) -> dict[str, Any]:
    """A claim without some of its fields, and without the source's id where that is one of them (an address, say)."""
    values = json.loads(claim["values"])
    hidden = {str(values[name]).casefold() for name in fields if name in values}
    local_id = "" if claim["local_id"].casefold() in hidden else claim["local_id"]
    said = json.dumps(
        {name: value for name, value in values.items() if name not in fields}, ensure_ascii=False, sort_keys=True
    )
    return {**claim, "values": said, "local_id": local_id}
