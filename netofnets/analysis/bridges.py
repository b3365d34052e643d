"""Bridging leaders: who joins what would otherwise hardly touch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.blocks import blocks_of
from netofnets.analysis.bridge_reasons import reasons
from netofnets.analysis.bridge_scores import scored
from netofnets.analysis.chance import chance_of
from netofnets.analysis.communities import labels_of
from netofnets.analysis.crossings import crossings
from netofnets.analysis.engine import Engine
from netofnets.analysis.home import homes
from netofnets.analysis.local import LOCAL
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.outstanding import outstanding
from netofnets.analysis.resampling import rank_intervals
from netofnets.analysis.resolution import tried
from netofnets.analysis.tables import booleans, floats, integers, pick, sentences, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["BRIDGES", "bridges"]

Floats = npt.NDArray[np.float64]

_RARE = 0.05  # up to this part of the leaders, joining blocks that hardly anybody joins is rare enough by itself


def bridges(
    snapshot: Snapshot, results: Results, *, seed: int, alpha: float, false_share: float, engine: Engine = LOCAL
) -> pa.Table:
    """The table of :data:`BRIDGES`."""
    memberships = snapshot.incidence("memberships")
    graph = affiliation(snapshot)
    labels = np.concatenate(labels_of(results["communities"], graph.leaders))
    found = crossings(memberships, blocks_of(results["blocks"]), chance_of(memberships), alpha)
    scores = scored(graph, labels, found, engine)
    score, block_score = scores.communities, scores.blocks
    known = (scores.strength > 0).nonzero()[0]
    rank = scores.rank(known)
    at = tried(results["resolution_profile"])
    low, high = rank_intervals(snapshot, at, results["blocks"], known, rank, seed=seed, alpha=alpha)
    gaps = np.bincount(found.leader[found.gap], minlength=graph.leaders)[known] > 0
    bridging = _claimed(gaps, score[known], false_share)
    told = reasons(snapshot, found, blocks_of(results["blocks"]), homes(memberships, labels), known)
    evidence = block_score[known] > 0
    order = np.lexsort((known, rank))
    ids, networks = snapshot.ids("leaders"), snapshot.ids("networks")
    answer = table(
        {
            "leader": pick(ids, known),
            "rank": integers(rank, (score[known] > 0) | evidence),
            "rank_low": integers(low, (score[known] > 0) | evidence),
            "rank_high": integers(high, (score[known] > 0) | evidence),
            "bridging": booleans(bridging),
            "participation": floats(scores.participation[known]),
            "strength": floats(scores.strength[known]),
            "score": floats(score[known], score[known] > 0),
            "blocks": integers(np.diff(found.blocks.indptr)[known]),
            "same_pair": integers(told.others, evidence),
            "expected": floats(told.expected, evidence),
            "block_score": floats(block_score[known], evidence),
            "first_network": pick(networks, told.first, told.first >= 0),
            "second_network": pick(networks, told.second, told.second >= 0),
            **sentences("reason", told.sentences),
        }
    )
    return answer.take(pa.array(order))


def _claimed(gaps: npt.NDArray[np.bool_], score: Floats, false_share: float) -> npt.NDArray[np.bool_]:
    """Who is called bridging: who joins a gap; where many do, who stands out by participation x strength as well."""
    if gaps.sum() <= _RARE * len(gaps):
        return gaps
    return gaps & outstanding(score, false_share)


BRIDGES = Measure(
    id="bridges",
    title=say("Bridging leaders"),
    question=say("Who connects groups that would otherwise hardly touch?"),
    run=bridges,
    outputs=(
        Output("leader", say("Leader with at least one network or direct tie, by id; in order of rank."), of="leaders"),
        Output(
            "rank",
            say(
                "1 is first: by the places in score (thrice) and in block_score; equals share a rank; empty without "
                "either."
            ),
        ),
        Output(
            "rank_low",
            say(
                "Best rank when a fifth of all memberships and of all ties is left out at random and everything is "
                "computed anew (without the outer tenths of the resamples, widened until 9 in 10 of the first are "
                "held)."
            ),
        ),
        Output("rank_high", say("Worst rank in the same resamples.")),
        Output(
            "bridging",
            say(
                "Joins two blocks of networks that fewer join than chance would give; and, where more than 5 % of the "
                "leaders do, stands out of everybody's scores. No share of the leaders cuts the list."
            ),
        ),
        Output(
            "participation",
            say("How evenly the leader's weight is spread over communities: 0 all in one, near 1 over many."),
        ),
        Output("strength", say("The leader's total weight of memberships and direct ties (mean membership = 1).")),
        Output("score", say("participation x strength; empty when all is in one community.")),
        Output("blocks", say("Blocks of validated networks that the leader has a network in.")),
        Output("same_pair", say("Leaders, this one included, who join the two blocks named in the reason.")),
        Output("expected", say("Leaders who would join these two blocks by chance.")),
        Output(
            "block_score",
            say(
                "Sum over the pairs of blocks joined of 1 / (leaders who join the same two); empty when there is no "
                "pair."
            ),
        ),
        Output(
            "first_network",
            say("The leader's network on the near side: the home network where it is one of the two."),
            of="networks",
        ),
        Output("second_network", say("The leader's network on the far side."), of="networks"),
        Output("reason", say("One sentence that says why; empty when there is nothing to say.")),
        message_of("reason"),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the resamples.")),
        Parameter("alpha", 0.01, say("False discovery rate below which two blocks count as closed to each other.")),
        Parameter(
            "false_share",
            0.5,
            say(
                "Where more than 5 % of the leaders join a gap: the part of those called bridging that the tail of "
                "everybody's scores may explain; on planted networks a tenth of them were no planted bridges."
            ),
        ),
    ),
    needs=("resolution_profile", "communities", "blocks"),
    references=(
        "Guimera and Amaral 2005: Functional cartography of complex metabolic networks, doi:10.1038/nature03288",
        "Tumminello and others 2011: Statistically validated networks, doi:10.1371/journal.pone.0017994",
        "Rechsteiner et al. 2022: formal title, network position and brokering behaviour are three things",
    ),
    use=say("To see whom two parts of the map hang on, and whom to ask, thank or relieve."),
    misleads=say(
        "It is a position in the rosters at hand, not a quality of the person; a wide interval of ranks says that "
        "missing memberships could change it. On memberships dealt at random nobody is called bridging."
    ),
    about="leader",
    command="bridges",
    on_engine=True,
)
