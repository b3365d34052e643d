"""Betweenness on sparse matrices: Brandes' algorithm for many sources at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.ties import once

__all__ = ["betweenness"]

Floats = npt.NDArray[np.float64]

_BATCH = 128  # sources at a time; three dense arrays of shape (nodes, batch)


def betweenness(arcs: sp.csr_array) -> Floats:
    """Shortest paths through each node, directed, unweighted, not normalised; shape (nodes,).

    Brandes 2001, doi:10.1080/0022250X.2001.9990249, level by level as products of a sparse and a dense matrix. Equals
    ``networkx.betweenness_centrality(graph, normalized=False)``.
    """
    nodes = int(arcs.shape[0])
    forward, backward = once(arcs), sp.csr_array(once(arcs).T)
    total = np.zeros(nodes)
    for start in range(0, nodes, _BATCH):
        total += _dependencies(forward, backward, np.arange(start, min(start + _BATCH, nodes)))
    return total


def _dependencies(forward: sp.csr_array, backward: sp.csr_array, sources: npt.NDArray[np.int64]) -> Floats:
    """Sum over the sources of the dependency on each node."""
    shape = (int(forward.shape[0]), len(sources))
    columns = np.arange(len(sources))
    distance = np.full(shape, -1, dtype=np.int32)
    paths = np.zeros(shape)
    distance[sources, columns], paths[sources, columns] = 0, 1.0
    front, level = paths.copy(), 0
    while True:
        reached = backward @ front
        reached[distance >= 0] = 0.0
        if not reached.any():
            break
        level += 1
        distance[reached > 0] = level
        paths += reached
        front = reached
    dependency = np.zeros(shape)
    for at in range(level, 0, -1):
        share = np.where(distance == at, (1.0 + dependency) / np.maximum(paths, 1.0), 0.0)
        dependency += np.where(distance == at - 1, paths * (forward @ share), 0.0)
    dependency[sources, columns] = 0.0
    return np.asarray(dependency.sum(axis=1), dtype=np.float64)
