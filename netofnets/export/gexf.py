"""GEXF 1.2, as Gephi writes it: typed attributes, and memberships as spells on its timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from netofnets.export.attributes import NODE_ATTRIBUTES, TIE_ATTRIBUTES, written
from netofnets.export.markup import in_attribute
from netofnets.graph.interchange import Node, Tie, nodes_of, ties_of
from netofnets.graph.snapshot import Snapshot

__all__ = ["gexf"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
"""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_SPELL = ("start", "end")  # both days are part of the spell, here and in GEXF


def gexf(snapshot: Snapshot) -> Iterator[str]:
    """The document piece by piece. First and last day of a relationship are the times of its edge."""
    yield _HEAD
    yield from _declared("node", NODE_ATTRIBUTES)
    yield from _declared("edge", TIE_ATTRIBUTES)
    yield "<nodes>\n"
    for node in nodes_of(snapshot):
        label = in_attribute(str(node.values.get("name", node.id)))
        yield f'<node id="{in_attribute(node.id)}" label="{label}">{_values(node, NODE_ATTRIBUTES)}</node>\n'
    yield "</nodes>\n<edges>\n"
    for tie in ties_of(snapshot):
        ends = f'source="{in_attribute(tie.source)}" target="{in_attribute(tie.target)}"'
        yield f'<edge id="{in_attribute(tie.id)}" {ends}{_times(tie)}>{_values(tie, TIE_ATTRIBUTES)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(of: str, attributes: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for number, (name, kind) in enumerate(attributes.items()):
        yield f'<attribute id="{number}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _times(tie: Tie) -> str:
    return "".join(f' {name}="{tie.values[name]}"' for name in _SPELL if _is_time(name, tie.values.get(name, "")))


def _values(of: Node | Tie, attributes: Mapping[str, str]) -> str:
    numbers = {name: number for number, name in enumerate(attributes)}
    stated = "".join(
        f'<attvalue for="{numbers[name]}" value="{in_attribute(text)}"/>'
        for name, text in written(of)
        if not _is_time(name, text)
    )
    return f"<attvalues>{stated}</attvalues>"


def _is_time(name: str, text: str) -> bool:
    """Whether a value becomes the time of an edge; what a source wrote there that is no day stays an attribute."""
    return name in _SPELL and bool(_DAY.match(text))
