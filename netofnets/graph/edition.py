"""One audience's facts: who and what it may see is decided here, before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.confided import withhold_confided
from netofnets.schema.arrow import CLAIMS, READINGS, arrow_schema
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS, NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import NodeKind, RelationshipKind, Visibility
from netofnets.schema.proposals import Answer, answers, naming
from netofnets.schema.records import Decision, Run, VisibilityChoice
from netofnets.schema.topics import PROPOSAL, REVIEWED, TOPICS

__all__ = ["AUDIENCES", "IMPORTED", "heard", "latest_levels", "readings", "restrict"]

AUDIENCES: dict[str, Visibility] = {"organizers": Visibility.ORGANIZERS, "public": Visibility.PUBLIC}

# What an import may show until the person says otherwise: never the public.
IMPORTED = Visibility.SHARED_NETWORK

Tables = Mapping[str, pa.Table]


def restrict(
    tables: Tables, claims: pa.Table, levels: Mapping[tuple[str, str], Visibility], audience: str
) -> tuple[dict[str, pa.Table], pa.Table]:
    """The entity tables and claims that an audience may see.

    ``levels`` maps (leader id, field) to the person's choice; field ``""`` is the whole person. Answers computed from
    the result cannot depend on anything left out. The public edition carries no claims: they tell which rosters exist
    and who is in them.
    """
    needed = AUDIENCES[audience]
    public = needed is Visibility.PUBLIC
    kept = {
        name: tables.get(name, arrow_schema(name).empty_table())
        for name in (*_names(NODE_KINDS), *_names(RELATIONSHIP_KINDS))
    }
    parts = kept["network_parts"]  # a part and its whole that somebody says are one network are no longer two
    kept["network_parts"] = parts.filter(pc.not_equal(parts["from_id"], parts["to_id"]))
    kept["leaders"] = _visible_fields(_visible_people(kept["leaders"], levels, needed), levels, needed)
    _drop_loose_ends(kept)
    if public:
        withhold_confided(kept, claims)
        networks = kept["networks"]
        kept["networks"] = networks.filter(pc.invert(pc.fill_null(networks["sensitive"], False)))
        _drop_loose_ends(kept)
    _drop_orphans(kept)
    _drop_loose_ends(kept)
    if public:
        kept["interests"] = _plain_interests(kept["interests"], claims)
        return kept, CLAIMS.empty_table()
    return kept, _claims_about(claims, kept, levels, needed)


def heard(
    decisions: Sequence[Decision],
    identity: Identity,
    leaders: pa.ChunkedArray,
    audience: str,
    everybody: pa.Table | None = None,
) -> tuple[Decision, ...]:
    """What an audience knows of the log of decisions; ``leaders`` are the ids of those it may see.

    Organizers hear what is about people they see, by canonical id; the public nothing: who was introduced to whom is
    theirs to tell. Of what articles propose they hear what somebody accepted, unless a quote names one of ``everybody``
    (the leaders of the store, with names) whom they do not see.
    """
    if AUDIENCES[audience] is not Visibility.ORGANIZERS or not decisions:
        return ()
    seen = set(leaders.to_pylist())
    accepted = {i for i, said in answers(decisions).items() if said is Answer.ACCEPTED}
    hidden = _hidden(everybody, seen) if accepted else {}
    accepted -= set(naming(decisions, (), list(hidden.values()))) if hidden else set()
    found = []
    for decision in decisions:
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


def readings(runs: Sequence[Run], claims: pa.Table) -> pa.Table:
    """When the sources that are told of in ``claims`` were read: source, run and day (:data:`READINGS`), in order.

    A source whose claims an audience does not see has no readings there either.
    """
    told = set(pc.unique(claims["source"]).to_pylist())
    rows = [(run.source, run.number, run.finished[:10] or run.started[:10]) for run in runs if run.source in told]
    columns = list(zip(*sorted(rows, key=lambda row: row[1]), strict=True)) or [(), (), ()]
    return pa.table(columns, schema=READINGS)


def _names(kinds: Sequence[NodeKind | RelationshipKind]) -> list[str]:
    return [k.name for k in kinds]


def _visible_people(leaders: pa.Table, levels: Mapping[tuple[str, str], Visibility], needed: Visibility) -> pa.Table:
    seen = [levels.get((i, ""), IMPORTED).rank >= needed.rank for i in leaders["id"].to_pylist()]
    return leaders.filter(pa.array(seen, pa.bool_()))


def _visible_fields(leaders: pa.Table, levels: Mapping[tuple[str, str], Visibility], needed: Visibility) -> pa.Table:
    chosen: dict[str, set[str]] = {}
    for (leader, field), level in levels.items():
        if field and level.rank < needed.rank:
            chosen.setdefault(field, set()).add(leader)
    ids = leaders["id"].to_pylist()
    for prop in LEADERS.properties:
        everyone = prop.private and needed.rank > Visibility.ORGANIZERS.rank
        hidden = chosen.get(prop.name, set())
        if everyone or hidden:
            shown = pa.array([not everyone and i not in hidden for i in ids], pa.bool_())
            column = pc.if_else(shown, leaders[prop.name], pa.scalar(None, leaders[prop.name].type))
            leaders = leaders.set_column(leaders.schema.get_field_index(prop.name), prop.name, column)
    return leaders


def _drop_loose_ends(kept: dict[str, pa.Table]) -> None:
    for kind in RELATIONSHIP_KINDS:
        rows = kept[kind.name]
        both = pc.and_(
            pc.is_in(rows["from_id"], value_set=kept[kind.source]["id"].combine_chunks()),
            pc.is_in(rows["to_id"], value_set=kept[kind.target]["id"].combine_chunks()),
        )
        kept[kind.name] = rows.filter(both)


def _drop_orphans(kept: dict[str, pa.Table]) -> None:
    """Keep the interests, organizations and activities that something visible is tied to, credentials somebody holds.

    What is tied to nobody goes too: it would otherwise vanish the day that somebody hidden is tied to it, and tell so.
    """
    held = pc.unique(kept["leader_credentials"]["to_id"])
    kept["credentials"] = _among(kept["credentials"], "id", held)
    kept["credential_issuers"] = _among(kept["credential_issuers"], "from_id", held)
    for kind in ("interests", "organizations", "activities"):
        tied = _tied(kind, kept)
        if kind == "interests":
            tied = _with_kin(tied, kept)
        kept[kind] = _among(kept[kind], "id", pa.array(sorted(tied), pa.string()))


def _among(rows: pa.Table, column: str, ids: pa.Array) -> pa.Table:
    return rows.filter(pc.is_in(rows[column], value_set=ids))


def _tied(kind: str, kept: Tables) -> set[str]:
    """Ids of a kind that a relationship to another kind ends at."""
    ends: set[str] = set()
    for relationship in RELATIONSHIP_KINDS:
        if relationship.source != relationship.target and kind in (relationship.source, relationship.target):
            ends.update(kept[relationship.name]["from_id" if relationship.source == kind else "to_id"].to_pylist())
    return ends


def _with_kin(interests: set[str], kept: Tables) -> set[str]:
    """Interests and those that are wider than or related to them, however far."""
    kin: dict[str, set[str]] = {}
    for name, both_ways in (("broader_interests", False), ("related_interests", True)):
        for one, other in zip(kept[name]["from_id"].to_pylist(), kept[name]["to_id"].to_pylist(), strict=True):
            kin.setdefault(one, set()).add(other)
            if both_ways:
                kin.setdefault(other, set()).add(one)
    found, waiting = set(interests), list(interests)
    while waiting:
        fresh = kin.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _plain_interests(interests: pa.Table, claims: pa.Table) -> pa.Table:
    """Interests under the wording that all spellings share: whose spelling it was would tell of people."""
    own = claims.filter(pc.equal(claims["kind"], "interests"))
    told = zip(own["entity"].to_pylist(), own["local_id"].to_pylist(), strict=True)
    shared = dict(sorted(told, reverse=True))  # of several wordings the first by alphabet, in whatever order they come
    names = [
        shared.get(i) or n for i, n in zip(interests["id"].to_pylist(), interests["name"].to_pylist(), strict=True)
    ]
    schema = interests.schema
    plain = interests.set_column(schema.get_field_index("name"), "name", pa.array(names, pa.string()))
    empty = pa.array([None] * interests.num_rows, schema.field("aliases").type)  # pa.nulls leaves other bytes behind
    return plain.set_column(schema.get_field_index("aliases"), "aliases", empty)


def _claims_about(
    claims: pa.Table, kept: Tables, levels: Mapping[tuple[str, str], Visibility], needed: Visibility
) -> pa.Table:
    ids = pa.concat_arrays([t["id"].combine_chunks() for t in kept.values()])
    about = claims.filter(pc.is_in(claims["entity"], value_set=ids))
    if not any(field and level.rank < needed.rank for (_, field), level in levels.items()):
        return about
    guarded = pa.array(
        sorted({leader for (leader, field), level in levels.items() if field and level.rank < needed.rank})
    )
    return about.filter(pc.invert(pc.is_in(about["entity"], value_set=guarded)))
