"""Whom to convene: few people who are in, or join, as many networks as possible between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.joining import joining
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.rolled_up import rolled_up
from netofnets.analysis.tables import integers, pick, sentences, table
from netofnets.analysis.ties import ties
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.language import joined, say, say_count
from netofnets.schema.purposes import SCORES, SUGGESTIONS

__all__ = ["CONVENE", "COVERS", "MOST", "MOST_JOINED", "Chosen", "choose", "convene", "pairs_joined"]

Ints = npt.NDArray[np.int64]

COVERS = ("networks", "pairs")
MOST = 50  # people in one set
MOST_JOINED = 2_000_000
"""Pairs of networks, once for each person or tie that joins them, gone over for a page (:func:`pairs_joined`)."""
_NAMED = 3


@dataclass(frozen=True)
class Chosen:
    """People in the order chosen: ``adds`` has what each is the first to bring; ``at_most`` what no set could pass."""

    people: list[int]
    adds: list[Ints]
    at_most: list[int]


def convene(snapshot: Snapshot, results: Results, *, k: int, cover: str) -> pa.Table:
    """The table of :data:`CONVENE`."""
    if cover not in COVERS:
        raise SettingsError(f"a set is chosen to cover {' or '.join(COVERS)}, not {cover!r}")
    if not 1 <= k <= MOST:
        raise SettingsError(f"k is how many people to convene, 1 to {MOST}, not {k}")
    brings, first, second = _brings(snapshot, cover)
    # Whom to convene is a suggestion and a choice of the best: not of people who declined either.
    away = snapshot.declining(SUGGESTIONS) | snapshot.declining(SCORES)
    if away.any():
        brings = sp.csr_array(sp.diags_array((~away).astype(np.float64)) @ brings)
        brings.eliminate_zeros()
    found = choose(brings, k)
    adds = np.asarray([len(new) for new in found.adds], dtype=np.int64)
    return table(
        {
            "place": integers(np.arange(1, len(adds) + 1)),
            "leader": pick(snapshot.ids("leaders"), found.people),
            "adds": integers(adds),
            "reached": integers(np.cumsum(adds)),
            "of": integers(np.full(len(adds), len(np.unique(brings.indices)))),
            "at_most": integers(found.at_most),
            **sentences(
                "reason",
                [_reason(snapshot, cover, first[new], second[new], not at) for at, new in enumerate(found.adds)],
            ),
        }
    )


def pairs_joined(snapshot: Snapshot) -> int:
    """At most how many times somebody or a tie joins two networks: the work that covering pairs takes."""
    degrees = snapshot.incidence("memberships").degrees.astype(np.int64)
    edges = snapshot.edges["collaborations"]
    within = degrees * (degrees - 1) // 2
    return int(within.sum() + (degrees[edges.source] * degrees[edges.target]).sum())


def choose(brings: sp.csr_array, k: int) -> Chosen:
    """Greedy maximum coverage: each time the person who adds most, of equals who brings more in all, then the first.

    ``brings`` is 0/1 (people, things). Nemhauser, Wolsey and Fisher 1978, doi:10.1007/BF01588971: at least 1 - 1/e
    (63 %) of what the best set of k reaches. How far it can be from it here is known better: no set of k can pass what
    is reached at any step plus the k largest gains left at that step.
    """
    whole = np.diff(brings.indptr)
    open_ = np.ones(int(brings.shape[1]))
    found = Chosen([], [], [])
    reached, bounds = 0, np.full(k, np.iinfo(np.int64).max, dtype=np.int64)
    for step in range(k):
        gains = np.rint(brings @ open_).astype(np.int64)
        largest = np.sort(gains)[::-1][:k]
        ahead = np.concatenate([np.cumsum(largest), np.full(k - len(largest), largest.sum())])
        bounds = np.minimum(bounds, reached + ahead)
        best = np.flatnonzero(gains == gains.max(initial=0))
        if not len(gains) or gains[best[0]] == 0:
            break
        person = int(best[np.argmax(whole[best])])
        own = brings.indices[brings.indptr[person] : brings.indptr[person + 1]]
        new = own[open_[own] > 0].astype(np.int64)
        open_[new] = 0.0
        reached += len(new)
        found.people.append(person)
        found.adds.append(new)
        found.at_most.append(int(bounds[step]))
    return found


def _brings(snapshot: Snapshot, cover: str) -> tuple[sp.csr_array, Ints, Ints]:
    """What each person brings: networks (wholes of their parts too), or the pairs of networks that they join.

    With the matrix: the first and the second network of each thing (the same one, when it is a network).
    """
    if cover == "networks":
        every = np.arange(snapshot.count("networks"), dtype=np.int64)
        return rolled_up(snapshot).csr, every, every
    memberships = snapshot.incidence("memberships")
    counted = sp.diags_array(circles(memberships).astype(np.float64))
    belongs = sp.csr_array(memberships.csr @ counted)
    belongs.eliminate_zeros()
    found = joining(belongs, ties(snapshot), kin(snapshot))
    width = max(snapshot.count("networks"), 1)
    pairs, code = np.unique(found.first * width + found.second, return_inverse=True)
    shape = (snapshot.count("leaders"), len(pairs))
    brings = sp.coo_array((np.ones(len(code)), (found.leader, code)), shape=shape).tocsr()
    brings.sort_indices()
    return sp.csr_array(brings), pairs // width, pairs % width


def _reason(snapshot: Snapshot, cover: str, first: Ints, second: Ints, begins: bool) -> str:
    names = snapshot.names("networks")
    sizes = snapshot.incidence("memberships").group_sizes
    order = np.lexsort((second, first, -(sizes[first] + sizes[second])))  # the largest are named
    told = [
        str(names[int(a)]) if a == b else say("{a} with {b}", a=str(names[int(a)]), b=str(names[int(b)]))
        for a, b in zip(first[order][:_NAMED], second[order][:_NAMED], strict=True)
    ]
    if more := len(first) - len(told):
        told.append(say_count("and {n:,} more", "and {n:,} more", more))
    return _adds(cover, len(first), joined(told, "; "), begins=begins)


def _adds(cover: str, count: int, listing: str, *, begins: bool) -> str:
    if cover == "networks" and begins:
        return say_count("Is in {n:,} network: {listing}.", "Is in {n:,} networks: {listing}.", count, listing=listing)
    if cover == "networks":
        return say_count(
            "Is in {n:,} network that nobody before is in: {listing}.",
            "Is in {n:,} networks that nobody before is in: {listing}.",
            count,
            listing=listing,
        )
    if begins:
        return say_count(
            "Joins {n:,} pair of networks: {listing}.",
            "Joins {n:,} pairs of networks: {listing}.",
            count,
            listing=listing,
        )
    return say_count(
        "Joins {n:,} pair of networks that nobody before joins: {listing}.",
        "Joins {n:,} pairs of networks that nobody before joins: {listing}.",
        count,
        listing=listing,
    )


CONVENE = Measure(
    id="convene",
    title=say("Whom to convene"),
    question=say("Which few people together are in the most networks, or join the most pairs of them?"),
    run=convene,
    outputs=(
        Output("place", say("1 is chosen first; each next adds most to those before.")),
        Output("leader", say("Leader, by id."), of="leaders"),
        Output("adds", say("Networks (or pairs) that nobody before brings.")),
        Output("reached", say("Networks (or pairs) that all up to here bring together.")),
        Output("of", say("Networks (or pairs) that anybody brings.")),
        Output(
            "at_most", say("What no set of as many people could pass: where reached equals it, the set is the best.")
        ),
        Output("reason", say("One sentence about what this person adds.")),
        message_of("reason"),
    ),
    parameters=(
        Parameter("k", 6, say("How many people to convene, at most {most}.", most=MOST)),
        Parameter(
            "cover",
            "networks",
            say(
                "What to bring together: networks (a member of a part brings its wholes), or pairs of networks that "
                "somebody joins."
            ),
        ),
    ),
    references=(
        "Nemhauser, Wolsey and Fisher 1978: Maximizing submodular set functions, doi:10.1007/BF01588971",
        "Borgatti 2006: Identifying sets of key players in a social network, doi:10.1007/s10588-006-7084-x",
    ),
    use=say("To call together few people who between them know nearly every network, such as for a planning group."),
    misleads=say(
        "The best set is not the set of the best: two who join the same networks add little to each other. Being "
        "in a network is not speaking for it."
    ),
    about="leader",
    command="convene",
)
