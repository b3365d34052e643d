"""What people have declared that could divide them: regions, networks of a kind, schools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.community_terms import region_matrix
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot

__all__ = ["ALL", "Declared", "declared"]

ALL = "all"
_REGIONS, _SCHOOLS, _NETWORKS = "regions", "schools", "networks:"


@dataclass(frozen=True)
class Declared:
    """One declared grouping: who is in which group (0/1, people may be in several), and the groups' ids and names."""

    name: str
    has: sp.csr_array
    ids: pa.Array | None  # of networks or organizations; regions have none
    names: pa.Array

    def single(self) -> npt.NDArray[np.int64]:
        """One group for everybody: of several the smallest, equals by position; -1 for none."""
        sizes = np.bincount(self.has.indices, minlength=self.has.shape[1])
        rows = np.repeat(np.arange(self.has.shape[0]), np.diff(self.has.indptr))
        order = np.lexsort((self.has.indices, sizes[self.has.indices], rows))
        has, first = np.unique(rows[order], return_index=True)
        of = np.full(self.has.shape[0], -1, dtype=np.int64)
        of[has] = self.has.indices[order][first]
        return of


def declared(snapshot: Snapshot, wanted: str) -> list[Declared]:
    """The declared grouping ``wanted`` (``regions``, ``schools``, ``networks:KIND``); ``all``: each with two groups."""
    known = {grouping.name: grouping for grouping in _groupings(snapshot)}
    if wanted == ALL:
        return [grouping for grouping in known.values() if len(np.unique(grouping.has.indices)) > 1]
    if wanted not in known:
        raise SettingsError(f"nothing declared is called {wanted!r}; take {', '.join([ALL, *known])}")
    return [known[wanted]]


def _groupings(snapshot: Snapshot) -> list[Declared]:
    regions, names = region_matrix(snapshot)
    found = [Declared(_REGIONS, regions, None, names)]
    found.append(_of_kind(snapshot, "affiliations", "organizations", "school", _SCHOOLS))
    for kind in pc.unique(snapshot.nodes["networks"]["kind"]).drop_null().sort().to_pylist():
        found.append(_of_kind(snapshot, "memberships", "networks", kind, _NETWORKS + kind))
    return found


def _of_kind(snapshot: Snapshot, ties: str, nodes: str, kind: str, name: str) -> Declared:
    """Only those nodes that are of the kind; schools also where no kind is stated at all."""
    kinds = snapshot.nodes[nodes]["kind"]
    chosen = pc.fill_null(pc.equal(kinds, kind), False)
    if name == _SCHOOLS and not pc.any(chosen).as_py():
        chosen = kinds.is_null()
    at = np.flatnonzero(np.asarray(chosen.to_numpy(), dtype=bool))
    has = sp.csr_array(snapshot.incidence(ties).csr[:, at])
    has.sort_indices()
    take = pa.array(at, pa.int64())
    return Declared(name, has, snapshot.ids(nodes).take(take), snapshot.names(nodes).take(take))
