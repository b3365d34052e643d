"""Who holds networks together: connectors as a fact, bridging leaders as a claim, and the communities they join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.registry import compute
from netofnets.graph.published import Published
from netofnets.services.groups.rows import CommunityRow, community_rows
from netofnets.services.index import EditionIndex, Ints, index_of, positions
from netofnets.services.measures import Definition, defined
from netofnets.services.networks.bridge_words import claim, facts
from netofnets.services.paged import Paged, paged
from netofnets.services.refs import Ref
from netofnets.services.review import open_questions_words
from netofnets.services.viewer import Viewer
from netofnets.services.words import rank_words, said

__all__ = ["BridgeReport", "CommunityRow", "Joiner", "bridge_report", "by_rank", "community_rows", "joining_table"]

_ROLES = 12
_MOST_TOLD = 500  # people
_DEFINED = ("connectors", "bridges", "communities", "overlap")


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody who joins networks: the fact, and the claim of bridging where it holds. A number may be undefined: None.

    ``joins`` recounts what hangs on the person; ``reason`` says why chance does not explain it (empty: not claimed).
    """

    leader: Ref
    joins: str
    bridging: bool
    reason: str
    rank_words: str  # of the claim: "rank 3; between 2 and 7 when a fifth of memberships and ties is left out"
    networks: tuple[Ref, ...]
    communities: tuple[str, ...]  # labels of the communities the networks lie in
    first_network: Ref | None
    second_network: Ref | None
    place: int | None  # among the connectors
    hangs: float | None  # the connectors' score
    pairs: int | None  # pairs of networks joined
    sole: int | None  # of these, pairs of which nobody else is in both
    cut_off: int | None  # networks that nothing else would lead to
    rank: int | None  # among the bridging leaders
    participation: float | None
    strength: float | None
    blocks: int | None
    block_score: float | None


@dataclass(frozen=True, slots=True)
class BridgeReport:
    """The bridges page: who joins networks, as a fact, and of whom it is claimed that chance does not explain it."""

    version: str
    summary: str  # facts
    claim: str  # what can be said about chance, or why nothing can
    leaders: tuple[Joiner, ...]  # those of the page
    paged: Paged
    total: int  # people that fit the filter
    bridging: int  # of these, bridging leaders
    communities: tuple[CommunityRow, ...]
    definitions: tuple[Definition, ...]
    roles: tuple[str, ...]  # that can be left out
    kinds: tuple[str, ...]  # of networks that can be looked at alone
    without_role: str = ""  # the filter
    kind: str = ""  # the filter
    network: Ref | None = None  # the filter
    community: int | None = None  # the filter
    cutting: int = 0  # people without whom the map of networks would come apart
    cut: bool = False  # the filter: only these
    questions: str = ""  # how many open questions could change this


def bridge_report(
    published: Published,
    viewer: Viewer,
    *,
    network: str = "",
    community: int | None = None,
    without_role: str = "",
    kind: str = "",
    cut: bool = False,
    limit: int | None = 50,
    page: int = 1,
) -> BridgeReport:
    """Bridging leaders by rank, then connectors by rank, as far as they fit; ``cut``: only who parts the map."""
    index = index_of(published, viewer)
    roles, kinds, without_role, kind = _choices(index, without_role, kind)
    chosen = index.snapshot.position("networks", network) if network else None
    known = index.once(("joining", without_role, kind), lambda: _joining(index, without_role, kind))
    claimed, others = _chosen(index, known, chosen, community, cut=cut)
    at = paged(len(claimed) + len(others), limit, page)
    return BridgeReport(
        index.version,
        known.facts,
        claim(index, len(claimed) if without_role or kind else int(index.bridging.sum())),
        _joiners(index, known, np.concatenate([claimed, others])[at.rows].tolist()),
        at,
        len(claimed) + len(others),
        len(claimed),
        community_rows(index),
        tuple(defined(index, m) for m in _DEFINED),
        roles,
        kinds,
        without_role,
        kind,
        None if chosen is None else index.network(chosen),
        community,
        len(known.cutting),
        cut,
        open_questions_words(index.questions),
    )


@dataclass(frozen=True, slots=True)
class _Joining:
    """Everybody who joins networks, in order; worked out once for a role that is left out, and a kind of network."""

    table: pa.Table  # of the connectors
    row: Ints  # everybody's row in it (-1: none)
    claimed: Ints  # bridging leaders by rank
    others: Ints  # the other connectors by rank
    cutting: Ints  # people without whom the map of networks would come apart
    facts: str
    told: dict[int, Joiner] = field(default_factory=dict)  # of people who were asked for lately


def _joining(index: EditionIndex, without_role: str, kind: str) -> _Joining:
    table = joining_table(index, without_role, kind)
    connectors = positions(index.snapshot, "leaders", table["leader"])
    row = np.full(index.people, -1, dtype=np.int64)
    row[connectors] = np.arange(len(connectors))
    # A bridging leader who is no connector counts, too, where nobody is left out.
    bridging = index.bridging & ((row >= 0) | (not (without_role or kind)))
    cutting = connectors[np.asarray(table["cut_off"].is_valid().to_numpy(), dtype=bool)]
    claimed = by_rank(index, np.flatnonzero(bridging))
    return _Joining(
        table, row, claimed, connectors[~bridging[connectors]], cutting, facts(index, table, len(cutting), kind)
    )


def _chosen(
    index: EditionIndex, known: _Joining, network: int | None, community: int | None, *, cut: bool
) -> tuple[Ints, Ints]:
    """Bridging leaders and the other connectors who fit the filters."""
    among = known.cutting if cut else None
    return (
        _fitting(index, known.claimed, network, community, among),
        _fitting(index, known.others, network, community, among),
    )


def _fitting(index: EditionIndex, people: Ints, network: int | None, community: int | None, among: Ints | None) -> Ints:
    """Those who fit the filters by network and community, and are ``among`` these; in their order."""
    if network is not None:
        people = people[np.isin(people, index.memberships.actors_of(network))]
    if among is not None:
        people = people[np.isin(people, among)]
    return people if community is None else people[index.communities("leaders")[people] == community]


def joining_table(index: EditionIndex, without_role: str, kind: str) -> pa.Table:
    """The table ``connectors``: the published one, or that without a role or among networks of one kind."""
    if not (without_role or kind):
        return index.table("connectors")
    key = ("joining table", without_role, kind)  # as many as there are roles and kinds in the edition

    def build() -> pa.Table:
        between = f"networks:{kind}" if kind else ""
        return compute("connectors", index.snapshot, {"between": between, "without_role": without_role})

    return index.once(key, build)


def _choices(index: EditionIndex, role: str, kind: str) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Roles and kinds there are to choose from, and of the two chosen those that are among them."""
    roles, kinds = index.once("roles", lambda: _roles(index)), index.once("kinds", lambda: _kinds(index))
    return roles, kinds, role if role in roles else "", kind if kind in kinds else ""


def _roles(index: EditionIndex) -> tuple[str, ...]:
    """Roles in networks that some, but not all, members hold; the rarest first."""
    counts = pc.value_counts(index.snapshot.edges["memberships"].table["role"].drop_null()).to_pylist()
    found = sorted((int(c["counts"]), str(c["values"])) for c in counts if c["values"])
    return tuple(role for _, role in found[:_ROLES]) if len(found) > 1 else ()


def _kinds(index: EditionIndex) -> tuple[str, ...]:
    """Kinds of which there are two networks at least, where there is more than one kind."""
    counts = pc.value_counts(index.snapshot.nodes["networks"]["kind"].drop_null()).to_pylist()
    found = sorted(str(c["values"]) for c in counts if c["values"] and c["counts"] > 1)
    return tuple(found) if len(counts) > 1 else ()


def by_rank(index: EditionIndex, leaders: Ints) -> Ints:
    """Bridging leaders by rank; equal ranks by name."""
    ranks = np.asarray(pc.fill_null(index.table("bridges")["rank"], np.iinfo(np.int64).max).to_numpy())
    return leaders[np.lexsort((index.name_order[leaders], ranks[index.bridge_row[leaders]]))]


def _joiners(index: EditionIndex, known: _Joining, people: Sequence[int]) -> tuple[Joiner, ...]:
    """These people; what was told of the last few hundred is kept, since most readers see the first page."""
    told = dict(known.told) if len(known.told) < _MOST_TOLD else {}
    if fresh := [one for one in people if one not in told]:
        leaders = np.array(fresh, dtype=np.int64)
        facts = _rows(known.table, known.row[leaders])
        claims = _rows(index.table("bridges"), index.bridge_row[leaders])
        told |= {one[2]: _joiner(index, *one) for one in zip(facts, claims, fresh, strict=True)}
        known.told.clear()
        known.told.update(told)
    return tuple(told[one] for one in people)


def _rows(table: pa.Table, rows: Ints) -> list[dict[str, Any]]:
    """Rows of a table, empty for -1."""
    known = iter(table.take(pa.array(rows[rows >= 0])).to_pylist())
    return [next(known) if row >= 0 else {} for row in rows.tolist()]


def _joiner(index: EditionIndex, fact: dict[str, Any], claim: dict[str, Any], leader: int) -> Joiner:
    bridging = bool(index.bridging[leader])
    sides = claim if bridging else fact
    networks = index.memberships.groups_of(leader)
    joined = sorted({int(c) for c in index.communities("networks")[networks] if c >= 0})
    words = rank_words(claim["rank"], claim["rank_low"], claim["rank_high"]) if bridging else ""
    return Joiner(
        index.leader(leader),
        said(fact),
        bridging,
        said(claim) if bridging else "",
        words,
        index.networks_of(leader),
        tuple(index.label_of(c) for c in joined),
        _network(index, sides.get("first_network")),
        _network(index, sides.get("second_network")),
        fact.get("rank"),
        fact.get("score"),
        fact.get("pairs"),
        fact.get("sole"),
        fact.get("cut_off"),
        claim.get("rank") if bridging else None,
        claim.get("participation"),
        claim.get("strength"),
        claim.get("blocks"),
        claim.get("block_score"),
    )


def _network(index: EditionIndex, network: str | None) -> Ref | None:
    return index.network(index.snapshot.position("networks", network)) if network else None
