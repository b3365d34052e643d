"""What the bridges page says before its list: the facts, and what can be claimed beyond them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.parts import circles
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex
from netofnets.services.words import listed

__all__ = ["claim", "facts"]


def facts(index: EditionIndex, table: pa.Table, cut: int, kind: str) -> str:
    """What is there, whatever chance would give."""
    networks = int(np.count_nonzero(index.memberships.group_sizes))
    if not index.people:
        return say("There are no people to show.")
    if networks < 2:
        return say("There are not two networks with members, so nobody can join any.")
    if not table.num_rows:
        nobody = say(
            "There are {networks:,} networks; nobody is in two of them, and no direct tie runs between their members, "
            "as far as these rosters say.",
            networks=networks,
        )
        return joined([nobody, *_left_aside(index, kind)])
    parts = [
        say_count(
            "{n:,} person joins networks, by being in two of them or by working across.",
            "{n:,} people join networks, by being in two of them or by working across.",
            table.num_rows,
        )
    ]
    if sole := int(pc.sum(pc.greater(table["sole"], 0)).as_py() or 0):
        parts.append(
            say_count(
                "One of them is the only person in both of some two networks.",
                "{n:,} of them are each the only person in both of some two networks.",
                sole,
            )
        )
    if cut:
        parts.append(
            say_count(
                "Without one of them the map of networks would come apart.",
                "Without {n:,} of them the map of networks would come apart.",
                cut,
            )
        )
    return joined([*parts, *_left_aside(index, kind)])


def _left_aside(index: EditionIndex, kind: str) -> list[str]:
    """A sentence on the networks of nearly everybody, which are not counted as anybody's circle."""
    large = np.flatnonzero((index.memberships.group_sizes > 0) & ~circles(index.memberships))
    if kind or not len(large):
        return []
    names = listed([index.network(int(n)).name for n in large])
    return [
        say("Nearly everybody who is in several networks is in {names}: that is not counted as joining.", names=names)
    ]


def claim(index: EditionIndex, bridging: int) -> str:
    """What can be claimed beyond the facts."""
    if not index.people or not index.table("connectors").num_rows:
        return ""
    if not bridging:
        return say("Of nobody can these data tell whether chance alone would do as much; what is listed are facts.")
    leaders = np.flatnonzero(index.bridging)
    within = np.unique(index.communities("networks")[index.memberships.csr[leaders].indices])
    n = int(np.count_nonzero(within >= 0))
    communities = say_count("{n:,} community", "{n:,} communities", n) if n else say("no communities")
    return say_count(
        "{n:,} person is called bridging: between networks of {communities}, where chance alone would put more people.",
        "{n:,} people are called bridging: between networks of {communities}, where chance alone would put more "
        "people.",
        bridging,
        communities=communities,
    )
