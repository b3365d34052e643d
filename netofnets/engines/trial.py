"""An engine held against this process on what is published: whether it gives the same, and what it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.communities import labels_of
from netofnets.analysis.engine import Engine, entries, labelled, pairs
from netofnets.analysis.leiden import Labels, agreement
from netofnets.analysis.local import LOCAL
from netofnets.analysis.parts import kin
from netofnets.analysis.ties import ties
from netofnets.graph.snapshot import Snapshot

__all__ = ["communities_of", "inputs", "trial"]

T = TypeVar("T")

_WHAT = {
    "shared": "members in common of every two networks (overlap)",
    "joined": "who joins which networks (connectors)",
    "spread": "weight by community (participation x strength)",
}


def trial(snapshot: Snapshot, communities: pa.Table, engine: Engine) -> pa.Table:
    """One row for each join: ``what``, ``rows``, ``same`` (to the last bit), seconds on this process and on the engine.

    ``communities`` is the published table of that measure, whose labels participation is counted with.
    """
    graph = affiliation(snapshot)
    labels = np.concatenate(labels_of(communities, graph.leaders))
    rows = []
    for name, given in inputs(snapshot, graph, labels).items():
        expected, here = _timed(partial(getattr(LOCAL, name), *given))
        found, there = _timed(partial(getattr(engine, name), *given))
        same = found.equals(expected)
        rows.append((_WHAT[name], expected.num_rows, same, round(here, 3), round(there, 3)))
    names = ("what", "rows", "same", "local_seconds", f"{engine.name}_seconds")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def inputs(snapshot: Snapshot, graph: Affiliation, labels: Labels) -> dict[str, tuple[pa.Table, ...]]:
    """What each join of a publication is given; ``labels`` are of leaders and networks."""
    memberships = pairs(snapshot.incidence("memberships").csr)
    direct = entries(sp.csr_array(sp.triu(ties(snapshot), k=1, format="csr")), whole=True)
    return {
        "shared": (memberships,),
        "joined": (memberships, direct, pairs(kin(snapshot))),
        "spread": (entries(sp.csr_array(graph.matrix[: graph.leaders])), labelled(labels)),
    }


def communities_of(
    snapshot: Snapshot, communities: pa.Table, engine: Engine, resolution: float, seed: int
) -> tuple[pa.Table, float]:
    """``kind``, ``id`` and ``community`` by the engine's Leiden, and the agreement with those published.

    The agreement is adjusted mutual information: 1 the same, 0 as by chance (also where there is nothing to compare).
    """
    graph = affiliation(snapshot)
    half = entries(sp.csr_array(sp.triu(graph.matrix, k=1, format="csr")))
    found = engine.labels(half, resolution, seed)
    own = np.full(graph.leaders + graph.networks, -1, dtype=np.int32)
    own[found["node"].to_numpy()] = found["label"].to_numpy()
    kinds, ids = graph.ids(snapshot)
    table = pa.table({"kind": kinds, "id": ids, "community": pa.array(own, pa.int64(), mask=own < 0)})
    return table, agreement(own, np.concatenate(labels_of(communities, graph.leaders))) or 0.0


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun
