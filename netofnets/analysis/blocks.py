"""Blocks: networks that hold together by validated overlaps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.description import planted_description_length
from netofnets.analysis.leiden import Labels, components, partition
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.overlap import Tested
from netofnets.analysis.tables import integers, positions, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["BLOCKS", "blocks", "blocks_anew", "blocks_of", "validated_graph"]

_RESOLUTIONS = tuple(round(0.25 * 2.0 ** (step / 2), 6) for step in range(24))
_PATIENCE = 3
_FEW = 5_000  # up to so many ties, every resolution is tried
_AT = b"netofnets resolution"  # which of them was taken, in the metadata of the table


def validated_graph(snapshot: Snapshot, pairs: pa.Table) -> sp.csr_array:
    """Networks tied by validated overlaps, weight 1 + ln(shared / expected); symmetric, shape (networks, networks)."""
    ids = snapshot.ids("networks")
    firm = pairs.filter(pairs["validated"])
    return _tied(positions(firm["first"], ids), positions(firm["second"], ids), firm["ratio"].to_numpy(), len(ids))


def _validated(snapshot: Snapshot, alpha: float) -> sp.csr_array:
    """The same of memberships that are tested for it, parts with their wholes as well."""
    found = Tested.of(snapshot, alpha)
    firm = found.validated
    return _tied(found.first[firm], found.second[firm], found.ratio[firm], snapshot.count("networks"))


def _tied(
    first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], ratio: npt.NDArray[np.float64], networks: int
) -> sp.csr_array:
    weight = np.log(np.maximum(ratio, 1.0)) + 1.0
    half = sp.coo_array((weight, (first, second)), shape=(networks, networks)).tocsr()
    both = sp.csr_array(half + half.T)
    both.sort_indices()
    return both


def blocks(snapshot: Snapshot, results: Results, *, seed: int, alpha: float) -> pa.Table:
    """The table of :data:`BLOCKS`."""
    related = len(snapshot.edges["network_parts"].source) > 0
    # A part and its whole are no pair that overlaps, but they do hold together.
    graph = _validated(snapshot, alpha) if related else validated_graph(snapshot, results["overlap"])
    labels, at = _divide(graph, seed)
    ties = np.diff(graph.indptr)
    found = table(
        {
            "network": snapshot.ids("networks"),
            "block": integers(labels, labels >= 0),
            "validated_ties": integers(ties),
        }
    )
    return found.replace_schema_metadata({_AT: str(at)})


def blocks_anew(snapshot: Snapshot, blocks: pa.Table, seed: int, alpha: float) -> npt.NDArray[np.int64]:
    """Block of every network by position, -1 for none, found anew from the memberships of a snapshot.

    The data are nearly those of the table ``blocks``, so the search begins at the resolution that this one took; a
    table that was published before it said so is taken over as it is, and then all are tried.
    """
    graph = _validated(snapshot, alpha)
    near = (blocks.schema.metadata or {}).get(_AT)
    found = _divide(graph, seed)[0] if near is None else _divide_near(graph, seed, int(near))
    return found.astype(np.int64)


def _divide(graph: sp.csr_array, seed: int) -> tuple[Labels, int]:
    """The division with the shortest description and the number of its resolution: from coarse to fine, all tried.

    Of many ties every other resolution is tried, and then those beside the best.
    """
    best, shortest, at, worse = components(graph), 0.0, 0, 0
    stride = 1 if graph.nnz // 2 <= _FEW else 2
    for step in range(0, len(_RESOLUTIONS) if graph.nnz else 0, stride):
        labels, length = _at(graph, seed, step)
        worse = 0 if length < shortest else worse + stride
        if length < shortest:
            best, shortest, at = labels, length, step
        if worse >= _PATIENCE:
            break
    for step in (at - 1, at + 1) if stride > 1 and shortest < 0.0 else ():
        labels, length = _at(graph, seed, max(step, 0))
        if length < shortest:
            best, shortest, at = labels, length, step
    return best, at


def _divide_near(graph: sp.csr_array, seed: int, near: int) -> Labels:
    """The same division from one resolution on, step by step while the description becomes shorter."""
    if not graph.nnz:
        return components(graph)
    (best, shortest), at = _at(graph, seed, near), near
    for way in (1, -1):
        while 0 <= at + way < len(_RESOLUTIONS) and not (way == -1 and at > near):
            labels, length = _at(graph, seed, at + way)
            if length >= shortest:
                break
            best, shortest, at = labels, length, at + way
    return best if shortest < 0.0 else components(graph)


def _at(graph: sp.csr_array, seed: int, step: int) -> tuple[Labels, float]:
    labels = partition(graph, _RESOLUTIONS[step], seed)[0]
    return labels, planted_description_length(graph, labels)


def blocks_of(table_: pa.Table) -> npt.NDArray[np.int64]:
    """Block of every network by position, from the table of this measure; -1 is none."""
    return np.asarray(table_["block"].fill_null(-1).to_numpy(), dtype=np.int64)


BLOCKS = Measure(
    id="blocks",
    title=say("Blocks of networks"),
    question=say("Which networks hold together by their shared members?"),
    run=blocks,
    outputs=(
        Output("network", say("Every network."), of="networks"),
        Output(
            "block",
            say("Number of its block, 0 is the largest; empty without a validated overlap, parts and wholes included."),
        ),
        Output("validated_ties", say("Networks that it has a validated overlap with.")),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the search; the same seed gives the same blocks.")),
        Parameter("alpha", 0.01, say("False discovery rate for parts with their wholes, which overlap leaves out.")),
    ),
    needs=("overlap",),
    references=(
        "Tumminello and others 2011: Statistically validated networks, doi:10.1371/journal.pone.0017994",
        "Zhang and Peixoto 2020: Inference of assortative communities, doi:10.1103/PhysRevResearch.2.043271",
    ),
    use=say("To see the larger camps that the networks form; bridging leaders join two of them."),
    misleads=say("A network in no block may still share people with many: these data cannot tell that from chance."),
    about="network",
)
