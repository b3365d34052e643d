"""The graph for networkx, and as GraphML and GEXF files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, relationship_kind

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["network_graph", "to_networkx", "write_graph"]


def to_networkx(snapshot: Snapshot, kinds: Iterable[str] = ()) -> nx.MultiDiGraph[str]:
    """All nodes, and the relationships of ``kinds`` (names as in the schema; none named: all of them).

    Nodes are stable ids with ``kind`` and the properties that have a value; edges have ``kind`` and their properties,
    and the id of the relationship as key. With ``kinds``, only nodes of the kinds at their ends are there.
    """
    import networkx as nx

    wanted = [relationship_kind(name) for name in kinds] or list(RELATIONSHIP_KINDS)
    ends = {end for kind in wanted for end in (kind.source, kind.target)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node_kind in NODE_KINDS:
        if node_kind.name in ends:
            rows = snapshot.nodes[node_kind.name].to_pylist()
            graph.add_nodes_from((row.pop("id"), _stated(row, node_kind.name)) for row in rows)
    for kind in wanted:
        edges = snapshot.edges[kind.name]
        sources = snapshot.ids(kind.source).take(_positions(edges.source)).to_pylist()
        targets = snapshot.ids(kind.target).take(_positions(edges.target)).to_pylist()
        rows = edges.table.to_pylist()
        for source, target, row in zip(sources, targets, rows, strict=True):
            graph.add_edge(source, target, key=row.pop("id"), **_stated(row, kind.name))
    return graph


def network_graph(snapshot: Snapshot) -> nx.Graph[str]:
    """The network of networks: an edge for shared members, ``weight`` says how many; nodes have name and members."""
    import networkx as nx

    memberships = snapshot.incidence("memberships")
    ids = snapshot.ids("networks").to_pylist()
    names = snapshot.names("networks").to_pylist()
    graph: nx.Graph[str] = nx.Graph()
    for node, name, members in zip(ids, names, memberships.group_sizes.tolist(), strict=True):
        graph.add_node(node, kind="networks", name=name, members=members)
    shared = sp.coo_array(sp.triu(memberships.csr.T @ memberships.csr, k=1))
    for first, second, weight in zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True):
        graph.add_edge(ids[first], ids[second], weight=round(weight))
    return graph


def write_graph(graph: nx.Graph[Any], path: Path) -> None:
    """Write ``.graphml`` or ``.gexf``, by the ending; lists become text joined with semicolons."""
    import networkx as nx

    writers: dict[str, Callable[..., None]] = {".graphml": nx.write_graphml_xml, ".gexf": nx.write_gexf}
    if path.suffix not in writers:
        raise SettingsError(f"{path.name}: graphs are written as {' or '.join(writers)}")
    plain = graph.__class__()
    plain.add_nodes_from((node, _plain(values)) for node, values in graph.nodes(data=True))
    named: Iterable[tuple[Any, ...]] = graph.edges
    for end in named:  # (source, target), and the key where there are parallel edges
        plain.add_edge(*end, **_plain(graph.edges[end]))
    writers[path.suffix](plain, path)


def _positions(at: np.ndarray[Any, np.dtype[np.int32]]) -> Any:
    import pyarrow as pa

    return pa.array(np.asarray(at))


def _stated(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The values that are there; ``kind`` is ours, so a property of that name is called ``type``."""
    values = {("type" if name == "kind" else name): value for name, value in row.items() if value is not None}
    return {"kind": kind, **values}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "; ".join(map(str, v)) if isinstance(v, list) else v for name, v in values.items()}
