"""What engines are given: tables by hand, and those of planted people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.engine import entries, labelled, pairs
from netofnets.analysis.ties import ties


def rows(table):
    return [tuple(row.values()) for row in table.to_pylist()]


def table(*names, of):
    columns = zip(*of, strict=True) if of else ((),) * len(names)
    return pa.table(
        {n: pa.array(list(c), pa.float64() if n == "share" else None) for n, c in zip(names, columns, strict=True)}
    )


@dataclass(frozen=True)
class World:
    memberships: pa.Table
    ties: pa.Table
    related: pa.Table
    weights: pa.Table
    labels: pa.Table
    graph: pa.Table
    home: np.ndarray


def world(made):
    snapshot = made.snapshot()
    graph = affiliation(snapshot)
    draws = np.random.default_rng(5)
    networks = draws.integers(-1, made.home.max() + 1, made.networks)
    whole = draws.integers(0, made.networks, (2, 40))
    kin = sp.coo_array((np.ones(80), np.hstack([whole, whole[::-1]])), (made.networks, made.networks)).tocsr()
    return World(
        pairs(snapshot.incidence("memberships").csr),
        entries(sp.csr_array(sp.triu(ties(snapshot), k=1, format="csr")), whole=True),
        pairs(sp.csr_array(kin)),
        entries(sp.csr_array(graph.matrix[: graph.leaders])),
        labelled(np.concatenate([made.home, networks])),
        entries(sp.csr_array(sp.triu(graph.matrix, k=1, format="csr"))),
        made.home,
    )
