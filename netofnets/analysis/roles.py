"""Brokerage roles: in which way somebody stands between two others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.brokerage import Brokerage, brokerage
from netofnets.analysis.groupings import grouping
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.tables import floats, sentences, table, texts
from netofnets.analysis.ties import arcs, once
from netofnets.graph.snapshot import Snapshot
from netofnets.language import numeral, say, say_count

__all__ = ["ROLES", "roles"]

# Shown in this order, so that ties go to the role that reaches furthest.
_SENTENCES: dict[str, Callable[[int, str], str]] = {
    "liaison": lambda n, count: say_count(
        "Stands between two groups, and belongs to neither, once.",
        "Stands between two groups, and belongs to neither, {count} times.",
        n,
        count=count,
    ),
    "gatekeeper": lambda n, count: say_count(
        "Lets another group's people in to the own group once.",
        "Lets another group's people in to the own group {count} times.",
        n,
        count=count,
    ),
    "representative": lambda n, count: say_count(
        "Speaks for the own group to another once.",
        "Speaks for the own group to another {count} times.",
        n,
        count=count,
    ),
    "itinerant": lambda n, count: say_count(
        "Connects two people of one group, coming from another, once.",
        "Connects two people of one group, coming from another, {count} times.",
        n,
        count=count,
    ),
    "coordinator": lambda n, count: say_count(
        "Connects two people inside the own group once.",
        "Connects two people inside the own group {count} times.",
        n,
        count=count,
    ),
}


def roles(snapshot: Snapshot, results: Results, *, by: str) -> pa.Table:
    """The table of :data:`ROLES`."""
    directed = once(arcs(snapshot))
    weights, names = grouping(snapshot, results, by)
    found = brokerage(directed, weights)
    tied = (np.bincount(directed.indices, minlength=len(names)) + np.diff(directed.indptr)) > 0
    main, reasons = _dominant(found, tied)
    return table(
        {
            "leader": snapshot.ids("leaders"),
            "group": texts(names),
            "coordinator": floats(found.coordinator, tied),
            "itinerant": floats(found.itinerant, tied),
            "representative": floats(found.representative, tied),
            "gatekeeper": floats(found.gatekeeper, tied),
            "liaison": floats(found.liaison, tied),
            "total": floats(found.total, tied),
            "role": texts(main),
            **sentences("reason", reasons),
        }
    )


def _dominant(found: Brokerage, tied: npt.NDArray[np.bool_]) -> tuple[list[str | None], list[str | None]]:
    counts = np.column_stack([getattr(found, role) for role in _SENTENCES])
    names = list(_SENTENCES)
    best = counts.argmax(axis=1)
    most = counts[np.arange(len(counts)), best]
    main: list[str | None] = [names[b] if t and m else None for b, m, t in zip(best, most, tied, strict=True)]
    reasons = [None if role is None else _sentence(role, float(m)) for role, m in zip(main, most, strict=True)]
    return main, reasons


def _sentence(role: str, count: float) -> str:
    if count == round(count):
        return _SENTENCES[role](round(count), numeral(f"{count:,.0f}"))
    return _SENTENCES[role](2, say("about {count:,.1f}", count=count))


ROLES = Measure(
    id="roles",
    title=say("Brokerage roles"),
    question=say("In which way does somebody stand between two others who are not in touch?"),
    run=roles,
    outputs=(
        Output("leader", say("Every leader, by id."), of="leaders"),
        Output(
            "group",
            say(
                "The leader's group, several with ; between them; empty when none is stated (the leader then is a "
                "group of one)."
            ),
        ),
        Output(
            "coordinator",
            say(
                "Open paths i -> leader -> k with all three in one group (w_I), in fractions when somebody is in "
                "several; empty without direct ties."
            ),
        ),
        Output("itinerant", say("i and k in one group, the leader in another (w_O).")),
        Output("representative", say("i and the leader in one group, k in another (b_IO).")),
        Output("gatekeeper", say("The leader and k in one group, i in another (b_OI).")),
        Output("liaison", say("All three in different groups (b_O).")),
        Output("total", say("All open paths through the leader (t).")),
        Output("role", say("The role with the highest count; empty when there is none.")),
        Output("reason", say("One sentence about that role.")),
        message_of("reason"),
    ),
    parameters=(
        Parameter(
            "by",
            "communities",
            say(
                "How leaders are grouped: communities, networks, networks:KIND, or a property such as region or "
                "languages."
            ),
        ),
    ),
    needs=("communities",),
    references=(
        "Gould and Fernandez 1989: Structures of mediation, doi:10.2307/270949",
        "Jasny and Lubell 2015: Two-mode brokerage in policy networks, doi:10.1016/j.socnet.2014.11.005",
    ),
    use=say("To say in words how a person connects others: inside the group, for it, into it, or between strangers."),
    misleads=say(
        "Counts grow with the number of ties; compare people with similar totals. The grouping decides the role; "
        "somebody in several groups is divided among them, so that fractions are shares of paths, not events."
    ),
    about="leader",
    command="roles",
    order=(("total", "descending"), ("id", "ascending")),
)
