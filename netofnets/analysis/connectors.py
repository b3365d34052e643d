"""Connectors: who joins networks, as a fact, whatever chance would give."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.connector_reasons import reasons
from netofnets.analysis.cuts import Cut, cuts
from netofnets.analysis.engine import Engine
from netofnets.analysis.groupings import networks_of_kind
from netofnets.analysis.joining import Joining, joining
from netofnets.analysis.local import LOCAL
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.parts import NEARLY_EVERYBODY, circles, kin
from netofnets.analysis.tables import floats, integers, pick, sentences, table
from netofnets.analysis.ties import ties
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import say

__all__ = ["CONNECTORS", "connectors"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def connectors(
    snapshot: Snapshot, results: Results, *, between: str, without_role: str, engine: Engine = LOCAL
) -> pa.Table:
    """The table of :data:`CONNECTORS`."""
    belongs, related, direct = _considered(snapshot, between, without_role)
    found = joining(belongs, direct, related, engine)
    leaders = snapshot.count("leaders")
    cut = {c.leader: c for c in cuts(belongs, direct, related)}
    cut_off = np.zeros(leaders, dtype=np.int64)
    cut_off[list(cut)] = [c.cut_off for c in cut.values()]
    score = np.round(np.bincount(found.leader, found.share, leaders) + cut_off, 9)
    counts = _counts(found, leaders)
    known = np.flatnonzero(score > 0)
    known = known[np.lexsort((known, -counts["pairs"][known], -score[known]))]
    best = _strongest(found, leaders)[known]
    there = best >= 0
    ids, networks = snapshot.ids("leaders"), snapshot.ids("networks")
    first, second = _sides(found, best, [cut.get(int(leader)) for leader in known])
    return table(
        {
            "leader": pick(ids, known),
            "rank": integers(np.searchsorted(-score[known], -score[known], side="left") + 1),
            "score": floats(score[known]),
            **{name: integers(values[known]) for name, values in counts.items()},
            "cut_off": integers(cut_off[known], cut_off[known] > 0),
            "first_network": pick(networks, first),
            "second_network": pick(networks, second),
            "in_both": integers(np.where(there, found.people[best], 0), there),
            "ties_share": floats(_carried(found, best)),
            **sentences("reason", reasons(snapshot, found, best, known, cut)),
        }
    )


def _considered(snapshot: Snapshot, between: str, without_role: str) -> tuple[sp.csr_array, sp.csr_array, sp.csr_array]:
    """Memberships, kinship of networks and direct ties, without the networks and people that are left out.

    Positions stay those of the snapshot: what is left out has no entries.
    """
    memberships = snapshot.incidence("memberships")
    wanted = networks_of_kind(snapshot, between)
    kept = _with_networks(memberships, wanted)
    if without_role:
        stays = ~_holding_role(snapshot, without_role)
        kept = TwoMode(_masked(kept.csr, np.repeat(stays, np.diff(kept.csr.indptr))))
        people = sp.diags_array(stays.astype(np.float64))
        direct = sp.csr_array(people @ ties(snapshot) @ people)
        direct.eliminate_zeros()
    else:
        direct = ties(snapshot)
    return _with_networks(kept, circles(kept)).csr, kin(snapshot), direct


def _with_networks(memberships: TwoMode, wanted: npt.NDArray[np.bool_]) -> TwoMode:
    return TwoMode(_masked(memberships.csr, wanted[memberships.csr.indices]))


def _masked(matrix: sp.csr_array, kept: npt.NDArray[np.bool_]) -> sp.csr_array:
    before = np.concatenate([[0], np.cumsum(kept)])
    return sp.csr_array((matrix.data[kept], matrix.indices[kept], before[matrix.indptr]), shape=matrix.shape)


def _holding_role(snapshot: Snapshot, role: str) -> npt.NDArray[np.bool_]:
    """Who holds a role, whatever its case, in any network."""
    edges = snapshot.edges["memberships"]
    stated = [(r or "").casefold() == role.casefold() for r in edges.table["role"].to_pylist()]
    holds = np.zeros(snapshot.count("leaders"), dtype=bool)
    holds[edges.source[np.asarray(stated, dtype=bool)]] = True
    return holds


def _counts(found: Joining, leaders: int) -> dict[str, Ints]:
    """Per leader: pairs joined; of these by being in both, by working across, and with nobody else in both."""
    ways = {
        "pairs": np.ones(len(found.leader), dtype=bool),
        "both": found.both,
        "across": found.carried > 0,
        "sole": found.both & (found.people == 1),
    }
    return {name: np.bincount(found.leader[way], minlength=leaders).astype(np.int64) for name, way in ways.items()}


def _strongest(found: Joining, leaders: int) -> Ints:
    """For each leader the joining of which the largest part hangs on the leader; the stronger tie among equals."""
    share = np.round(found.share, 9)
    largest = np.zeros(leaders)
    np.maximum.at(largest, found.leader, share)
    best = np.flatnonzero(share == largest[found.leader])
    weight = found.ties[best] + found.people[best]
    order = best[np.lexsort((found.second[best], found.first[best], -weight, ~found.both[best], found.leader[best]))]
    chosen = np.full(leaders, -1, dtype=np.int64)
    has, first = np.unique(found.leader[order], return_index=True)
    chosen[has] = order[first]
    return chosen


def _sides(found: Joining, best: Ints, cut: list[Cut | None]) -> tuple[Ints, Ints]:
    """The two networks whose tie hangs most on each leader: of those joined, else of those that would be parted."""
    first, second = np.zeros(len(best), dtype=np.int64), np.zeros(len(best), dtype=np.int64)
    for row, (at, parted) in enumerate(zip(best.tolist(), cut, strict=True)):
        if at >= 0:
            first[row], second[row] = found.first[at], found.second[at]
        elif parted is not None:
            first[row], second[row] = parted.off[0], parted.stays
    return first, second


def _carried(found: Joining, best: Ints) -> Floats:
    there = best >= 0
    share = np.divide(found.carried, found.ties, out=np.full(len(found.ties), np.nan), where=found.carried > 0)
    return np.where(there, share[best], np.nan) if len(share) else np.full(len(best), np.nan)


CONNECTORS = Measure(
    id="connectors",
    title=say("Connectors"),
    question=say("Who joins which networks, as a fact?"),
    run=connectors,
    outputs=(
        Output("leader", say("Leader who joins two networks, by id; in order of rank."), of="leaders"),
        Output("rank", say("1 is first, by score; equals share a rank.")),
        Output(
            "score",
            say(
                "What hangs on the leader: the shares of all pairs of networks joined, plus cut_off. The share of a "
                "pair is 1 / (leaders in both); or, for those who work across, the part that the leader is of "
                "everybody's partners on the other side; or the mean of both where a pair is joined in both ways. The "
                "shares of one pair add up to 1."
            ),
        ),
        Output("pairs", say("Pairs of networks that the leader joins. A part and its whole are no pair.")),
        Output("both", say("Of these, pairs of which the leader is in both networks.")),
        Output("across", say("Of these, pairs of which the leader works with members of the one, being in the other.")),
        Output("sole", say("Pairs of networks of which nobody else is in both.")),
        Output(
            "cut_off",
            say("Networks that nothing would lead to any more without the leader; empty when there are none."),
        ),
        Output("first_network", say("One of the two networks whose tie hangs most on the leader."), of="networks"),
        Output("second_network", say("The other one."), of="networks"),
        Output(
            "in_both", say("Leaders in both networks of the pair that hangs most on the leader; empty without a pair.")
        ),
        Output(
            "ties_share", say("Part of the direct ties between these two that the leader has an end of; empty without.")
        ),
        Output("reason", say("One sentence that recounts it.")),
        message_of("reason"),
    ),
    parameters=(
        Parameter("between", "", say("Look at networks of one kind only: networks:KIND; empty looks at all of them.")),
        Parameter(
            "without_role", "", say("Leave out everybody who holds this role in a network, such as facilitator.")
        ),
    ),
    references=("Tarjan 1972: Depth-first search and linear graph algorithms, doi:10.1137/0201010",),
    use=say("To see on whom the ties between networks hang, in data of any size: three rosters or three thousand."),
    misleads=say(
        "A fact about these rosters, not a verdict: somebody in many networks joins many pairs by that alone, and "
        "a tie that no roster holds is missing. Networks of nearly everybody ({part:.0f} % of those who are in others) "
        "count as nobody's circle. Whether chance would give as much is what bridging leaders answer.",
        part=100 * NEARLY_EVERYBODY,
    ),
    about="leader",
    command="connectors",
    on_engine=True,
)
