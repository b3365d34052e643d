"""What the bridges page says before its list: the facts, and what can be claimed beyond them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.parts import circles
from netofnets.services.index import EditionIndex
from netofnets.services.words import counted, listed

__all__ = ["claim", "facts"]


def facts(index: EditionIndex, table: pa.Table, cut: int, kind: str) -> str:
    """What is there, whatever chance would give."""
    networks = int(np.count_nonzero(index.memberships.group_sizes))
    if not index.people:
        return "There are no people to show."
    if networks < 2:
        return "There are not two networks with members, so nobody can join any."
    if not table.num_rows:
        nobody = "nobody is in two of them, and no direct tie runs between their members"
        return f"There are {networks:,} networks; {nobody}, as far as these rosters say.{_left_aside(index, kind)}"
    people = counted(table.num_rows, "person joins", "people join")
    sole = pc.sum(pc.greater(table["sole"], 0)).as_py()
    parts = [f"{people} networks, by being in two of them or by working across."]
    if sole:
        who = "One of them is" if sole == 1 else f"{sole:,} of them are each"
        parts.append(f"{who} the only person in both of some two networks.")
    if cut:
        parts.append(f"Without {'one' if cut == 1 else f'{cut:,}'} of them the map of networks would come apart.")
    return " ".join(parts) + _left_aside(index, kind)


def _left_aside(index: EditionIndex, kind: str) -> str:
    """A sentence on the networks of nearly everybody, which are not counted as anybody's circle."""
    if kind:
        return ""
    large = np.flatnonzero((index.memberships.group_sizes > 0) & ~circles(index.memberships))
    if not len(large):
        return ""
    names = listed([index.network(int(n)).name for n in large])
    return f" Nearly everybody who is in several networks is in {names}: that is not counted as joining."


def claim(index: EditionIndex, bridging: int) -> str:
    """What can be claimed beyond the facts."""
    if not index.people or not index.table("connectors").num_rows:
        return ""
    if not bridging:
        return "Of nobody can these data tell whether chance alone would do as much; what is listed are facts."
    leaders = np.flatnonzero(index.bridging)
    joined = np.unique(index.communities("networks")[index.memberships.csr[leaders].indices])
    communities = counted(int(np.count_nonzero(joined >= 0)), "community", "communities")
    who = "1 person is" if bridging == 1 else f"{bridging:,} people are"
    return f"{who} called bridging: between networks of {communities}, where chance alone would put more people."
