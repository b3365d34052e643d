"""Groupings of leaders: by community, by a property, or by the network of some kind that they are in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netofnets.analysis.measure import Results
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import node_kind
from netofnets.schema.model import PropertyType

__all__ = ["grouping", "networks_of_kind"]

_NETWORKS = "networks:"


def grouping(snapshot: Snapshot, results: Results, by: str) -> tuple[npt.NDArray[np.int64], list[str | None]]:
    """A group number for every leader, and the name of each leader's group (None: not stated).

    ``by`` is ``communities``, a text property of leaders such as ``region``, or ``networks:KIND``. A leader whose group
    is not stated is a group of one: not knowing two people's groups does not put them in the same.
    """
    names = _names(snapshot, results, by)
    numbers: dict[str, int] = {}
    found = [-1 if name is None else numbers.setdefault(name, len(numbers)) for name in names]
    groups = np.asarray(found, dtype=np.int64)
    alone = np.flatnonzero(groups < 0)
    groups[alone] = len(numbers) + np.arange(len(alone))
    return groups, names


def _names(snapshot: Snapshot, results: Results, by: str) -> list[str | None]:
    if by == "communities":
        own = results["communities"]["community"].slice(0, snapshot.count("leaders"))
        return [None if number is None else f"community {number}" for number in own.to_pylist()]
    if by.startswith(_NETWORKS):
        return _network_names(snapshot, by.removeprefix(_NETWORKS))
    texts = [p.name for p in node_kind("leaders").properties if p.type is PropertyType.TEXT and not p.private]
    if by not in texts:
        raise SettingsError(
            f"leaders cannot be grouped by {by!r}; take communities, networks:KIND or one of {', '.join(texts)}"
        )
    return [value or None for value in snapshot.nodes["leaders"][by].to_pylist()]


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


def _network_names(snapshot: Snapshot, kind: str) -> list[str | None]:
    """Name of each leader's network of a kind, the smallest id first if there are several."""
    chosen = set(np.flatnonzero(networks_of_kind(snapshot, _NETWORKS + kind)).tolist())
    names = snapshot.names("networks").to_pylist()
    memberships = snapshot.incidence("memberships")
    answer: list[str | None] = []
    for leader in range(snapshot.count("leaders")):
        own = [at for at in memberships.groups_of(leader).tolist() if at in chosen]
        answer.append(names[own[0]] if own else None)
    return answer
