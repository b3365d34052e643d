"""Communities in words: what each is about, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.communities import labels_of, numbers_of, slots_of
from netofnets.analysis.divisions import RUNS, division_of
from netofnets.analysis.labels import described, distinct
from netofnets.analysis.leiden import Labels
from netofnets.analysis.measure import Measure, Output, Results, message_of
from netofnets.analysis.tables import booleans, floats, integers, sentences, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say
from netofnets.schema.community_names import community_names, plain_name
from netofnets.schema.topics import COMMUNITY_NAME

__all__ = ["COMMUNITY_SUMMARY", "community_summary"]

_TERMS = 5

Rows = Sequence[Mapping[str, object]]


def community_summary(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`COMMUNITY_SUMMARY`."""
    found = results["communities"]
    leaders, networks = labels_of(found, snapshot.count("leaders"))
    both, numbers = np.concatenate([leaders, networks]), numbers_of(found)
    count = len(numbers)
    typical = _typical(results["community_terms"])
    interests = [typical.get((int(n), "interests"), []) for n in numbers]
    around = _central(snapshot, leaders, networks, count)
    labels = [
        described(
            networks=[str(r["term"]) for r in typical.get((int(n), "networks"), []) if r["own"]],
            interests=[str(r["term"]) for r in interests[c]],
            regions=[str(r["term"]) for r in typical.get((int(n), "regions"), [])],
            central=around[c],
            alone=count == 1,
        )
        for c, n in enumerate(numbers)
    ]
    of = _wider(found, both, count)
    slot_of = slots_of(found)
    slots = np.array([slot_of.get(int(n), -1) for n in numbers], dtype=np.int64)
    return table(
        {
            "community": integers(numbers),
            "size_rank": integers(np.arange(1, count + 1)),
            "leaders": integers(_sizes(leaders, count)),
            "networks": integers(_sizes(networks, count)),
            **_called(distinct(labels, [int(n) for n in numbers]), _given(snapshot, numbers, networks)),
            "terms": texts(["; ".join(str(r["term"]) for r in rows[:_TERMS]) or None for rows in interests]),
            "term_lift": floats([_first(rows, "lift") for rows in interests]),
            "term_q": floats([_first(rows, "q") for rows in interests]),
            "agreement": floats(_found_again(results["divisions"], both, count)),
            "wider": integers(of, of >= 0),
            "slot": integers(slots, slots >= 0),
        }
    )


def _called(descriptions: Sequence[str], given: Mapping[int, str]) -> dict[str, pa.Array]:
    """What each community is called: by the name that somebody gave it, else as it is described."""
    return {
        **sentences("label", [given.get(c, text) for c, text in enumerate(descriptions)]),
        **sentences("description", descriptions),
        "named": booleans(np.array([c in given for c in range(len(descriptions))], dtype=bool)),
    }


def _wider(found: pa.Table, labels: Labels, count: int) -> npt.NDArray[np.int64]:
    """The group of communities around each; -1 for none."""
    wider = found["wider"].fill_null(-1).to_numpy()
    of = np.full(count, -1, dtype=np.int64)
    of[labels[labels >= 0]] = wider[labels >= 0]
    return of


def _given(snapshot: Snapshot, numbers: Sequence[int] | npt.NDArray[np.int64], networks: Labels) -> dict[int, str]:
    """The names that people gave, by community: none that a network has come to have, nor one of another community.

    A number means another community when none of the networks that were in it is in it any more.
    """
    decided = community_names(snapshot.decided(COMMUNITY_NAME))
    taken = {plain_name(name or "") for name in snapshot.names("networks").to_pylist()} if decided else set()
    found = {}
    for community, number in enumerate(numbers):
        decision = decided.get(int(number))
        if decision is None or plain_name(decision.value) in taken:
            continue
        known = pc.index_in(pa.array(decision.subjects[1:], pa.string()), value_set=snapshot.ids("networks"))
        at = known.drop_null().to_numpy().astype(np.int64)
        if not len(at) or (networks[at] == community).any():
            found[community] = decision.value
    return found


def _typical(terms: pa.Table) -> dict[tuple[int, str], list[Mapping[str, object]]]:
    found: dict[tuple[int, str], list[Mapping[str, object]]] = {}
    for row in terms.to_pylist():
        found.setdefault((row["community"], row["kind"]), []).append(row)
    return found


def _first(rows: Rows, column: str) -> float:
    return float(str(rows[0][column])) if rows else float("nan")


def _sizes(labels: Labels, count: int) -> npt.NDArray[np.int64]:
    return np.bincount(labels[labels >= 0], minlength=count).astype(np.int64)


def _central(snapshot: Snapshot, leaders: Labels, networks: Labels, count: int) -> list[list[str]]:
    """Names of the two largest networks of each community; of the two people with most direct ties if it has none."""
    sizes = snapshot.incidence("memberships").group_sizes
    edges = snapshot.edges["collaborations"]
    ties = np.bincount(np.concatenate([edges.source, edges.target]), minlength=snapshot.count("leaders"))
    places, people = _largest(networks, sizes, count), _largest(leaders, ties, count)
    network_names, leader_names = snapshot.names("networks"), snapshot.names("leaders")
    return [
        [str(network_names[i].as_py()) for i in places[c]] or [str(leader_names[i].as_py()) for i in people[c]]
        for c in range(count)
    ]


def _largest(labels: Labels, size: npt.NDArray[np.integer], count: int) -> list[list[int]]:
    order = np.lexsort((np.arange(len(labels)), -size.astype(np.int64)))
    found: list[list[int]] = [[] for _ in range(count)]
    for at in order[labels[order] >= 0].tolist():
        if len(found[labels[at]]) < 2:
            found[labels[at]].append(at)
    return found


def _found_again(divisions: pa.Table, labels: Labels, count: int) -> npt.NDArray[np.float64]:
    """Mean over the three runs of the largest Jaccard similarity that a group there has with each community."""
    if count == 0:
        return np.zeros(0)
    runs = [_best_match(labels, division_of(divisions, name), count) for name in RUNS]
    return np.asarray(np.mean(runs, axis=0), dtype=np.float64)


def _best_match(labels: Labels, other: Labels, count: int) -> npt.NDArray[np.float64]:
    known = (labels >= 0) & (other >= 0)
    width = int(other.max(initial=0)) + 1
    codes, shared = np.unique(labels[known].astype(np.int64) * width + other[known], return_counts=True)
    own, there = codes // width, codes % width
    union = _sizes(labels, count)[own] + _sizes(other, width)[there] - shared
    best = np.zeros(count)
    np.maximum.at(best, own, shared / union)
    return best


COMMUNITY_SUMMARY = Measure(
    id="community_summary",
    title=say("Communities in words"),
    question=say("What is each community about, and how sure is it?"),
    run=community_summary,
    outputs=(
        Output("community", say("Number of the community, as in communities: it lasts, and says nothing about size.")),
        Output("size_rank", say("1 for the largest.")),
        Output("leaders", say("Its leaders.")),
        Output("networks", say("Its networks.")),
        Output(
            "label",
            say("The name that a person gave it (netofnets name-community), else its description."),
        ),
        message_of("label"),
        Output(
            "description", say("What is typical of it, in words; made from the data, not a name that anybody chose.")
        ),
        message_of("description"),
        Output("named", say("Whether the label is a name that a person gave; the public edition has none.")),
        Output(
            "terms",
            say("Up to five interests that are more frequent in it than elsewhere (community_terms); empty if none."),
        ),
        Output("term_lift", say("How many times more frequent the first of the terms is in it than among everybody.")),
        Output("term_q", say("False discovery rate at which the first of the terms would be called typical.")),
        Output(
            "agreement",
            say(
                "How much of it single runs with other seeds find: mean of the best Jaccard similarity, 1 is all of it."
            ),
        ),
        Output("wider", say("Number of the group of communities around it; empty where none is to be seen.")),
        Output("slot", say("Its colour on maps, 0 to 7, which lasts as the number does; empty for small ones.")),
    ),
    needs=("divisions", "communities", "community_terms"),
    use=say("To name the communities on a map or in a report."),
    misleads=say("A label is the most telling part, never the whole; people in it may care about none of its terms."),
    command="community-summary",
)
