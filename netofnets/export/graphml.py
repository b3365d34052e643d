"""GraphML: typed attributes, for networkx, igraph, yEd, Gephi and Cytoscape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netofnets.export.attributes import NODE_ATTRIBUTES, TIE_ATTRIBUTES, written
from netofnets.export.markup import in_attribute, in_element
from netofnets.graph.interchange import Node, Tie, nodes_of, ties_of
from netofnets.graph.snapshot import Snapshot

__all__ = ["graphml"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(snapshot: Snapshot) -> Iterator[str]:
    """The document piece by piece. A node's ``label`` repeats its name: programs look for it there."""
    yield _HEAD
    yield from _keys("node", {"label": "string", **NODE_ATTRIBUTES})
    yield from _keys("edge", TIE_ATTRIBUTES)
    yield '<graph id="netofnets" edgedefault="directed">\n'
    for node in nodes_of(snapshot):
        label = _data("node", "label", str(node.values.get("name", node.id)))
        yield f'<node id="{in_attribute(node.id)}">{label}{_values("node", node)}</node>\n'
    for tie in ties_of(snapshot):
        ends = f'source="{in_attribute(tie.source)}" target="{in_attribute(tie.target)}"'
        yield f'<edge id="{in_attribute(tie.id)}" {ends}>{_values("edge", tie)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _keys(of: str, declared: Mapping[str, str]) -> Iterator[str]:
    for name, kind in declared.items():
        yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'


def _values(of: str, record: Node | Tie) -> str:
    return "".join(_data(of, name, text) for name, text in written(record))


def _data(of: str, name: str, text: str) -> str:
    return f'<data key="{of}-{name}">{in_element(text)}</data>'
