"""Groupings of leaders: by community, by a property, or by the networks that they are in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.measure import Results
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import node_kind
from netofnets.schema.model import PropertyType

__all__ = ["grouping", "networks_of_kind"]

_ALL = "networks"
_NETWORKS = "networks:"


def grouping(snapshot: Snapshot, results: Results, by: str) -> tuple[sp.csr_array, list[str | None]]:
    """How much of every leader is in each group, shape (leaders, groups), rows summing to 1; and the groups by name.

    ``by`` is ``communities``, a property of leaders such as ``region`` or ``languages``, ``networks`` or
    ``networks:KIND``. Somebody in several groups is in each by an equal share. A leader whose group is not stated
    (name None) is a group of one: not knowing two people's groups does not put them in the same.
    """
    if (stated := _one_each(snapshot, results, by)) is not None:
        return _weights_of_one(stated), stated.to_pylist()
    own = _own(snapshot, by)
    numbers: dict[str, int] = {}
    found: list[list[int]] = []
    for leader, names in enumerate(own):
        found.append([numbers.setdefault(name, len(numbers)) for name in names or (f"\0{leader}",)])
    return _weights(found, len(numbers)), ["; ".join(label for label in map(_label, n)) or None for n in own]


def _label(name: str) -> str:
    return name.partition("\0")[0]


def _weights(found: list[list[int]], groups: int) -> sp.csr_array:
    count = np.asarray([len(own) for own in found], dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    columns = np.asarray([g for own in found for g in sorted(own)], dtype=np.int64)
    return sp.csr_array((np.repeat(1.0 / np.maximum(count, 1), count), columns, indptr), shape=(len(found), groups))


def _one_each(snapshot: Snapshot, results: Results, by: str) -> pa.Array | None:
    """The group of each leader where nobody can be in several, null where it is not stated; None where somebody can."""
    if by == "communities":
        numbers = results["communities"]["community"].slice(0, snapshot.count("leaders")).combine_chunks()
        return pc.binary_join_element_wise("community", numbers.cast(pa.string()), " ")
    if _types().get(by) is not PropertyType.TEXT:
        return None
    stated = snapshot.nodes["leaders"][by].combine_chunks()
    return pc.if_else(pc.equal(stated, ""), pa.scalar(None, pa.string()), stated)


def _weights_of_one(stated: pa.Array) -> sp.csr_array:
    coded = pc.dictionary_encode(stated)
    groups = np.array(pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    alone = np.flatnonzero(groups < 0)
    groups[alone] = len(coded.dictionary) + np.arange(len(alone))
    shape = (len(groups), len(coded.dictionary) + len(alone))
    return sp.csr_array((np.ones(len(groups)), groups, np.arange(len(groups) + 1)), shape=shape)


def _types() -> dict[str, PropertyType]:
    """The properties of leaders that they can be grouped by."""
    kinds = (PropertyType.TEXT, PropertyType.TEXTS)
    return {p.name: p.type for p in node_kind("leaders").properties if p.type in kinds and not p.private}


def _own(snapshot: Snapshot, by: str) -> Sequence[Sequence[str]]:
    """The groups of each leader: the name, then what tells two of one name apart."""
    if by == _ALL or by.startswith(_NETWORKS):
        return _networks(snapshot, "" if by == _ALL else by)
    if by not in (known := _types()):
        raise SettingsError(
            f"leaders cannot be grouped by {by!r}; take communities, networks, networks:KIND or one of "
            + ", ".join(known)
        )
    return [sorted(set(value or [])) for value in snapshot.nodes["leaders"][by].to_pylist()]


def networks_of_kind(snapshot: Snapshot, between: str) -> npt.NDArray[np.bool_]:
    """Which networks ``networks:KIND`` means, shape (networks,); empty text means all of them."""
    kinds = snapshot.nodes["networks"]["kind"].to_pylist()
    if not between:
        return np.ones(len(kinds), dtype=bool)
    if not between.startswith(_NETWORKS):
        raise SettingsError(f"between {between!r}: write networks:KIND, such as networks:course")
    kind = between.removeprefix(_NETWORKS)
    if kind not in kinds:
        known = sorted({found for found in kinds if found})
        raise SettingsError(f"there are no networks of kind {kind!r}; the kinds are {', '.join(known) or 'not stated'}")
    return np.asarray([found == kind for found in kinds], dtype=bool)


def _networks(snapshot: Snapshot, between: str) -> list[list[str]]:
    """Name and id of each leader's networks, of a kind or (empty) of all."""
    chosen = networks_of_kind(snapshot, between)
    names, ids = snapshot.names("networks").to_pylist(), snapshot.ids("networks").to_pylist()
    memberships = snapshot.incidence("memberships")
    return [
        [f"{names[at]}\0{ids[at]}" for at in memberships.groups_of(leader).tolist() if chosen[at]]
        for leader in range(snapshot.count("leaders"))
    ]
