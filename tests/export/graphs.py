"""A small made-up graph with every kind in it and hostile text in every place that text can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import Kind, Property, PropertyType
from tests.data.graphs import rows

HOSTILE = (
    "plain",
    "=cmd|' /C calc'!A0",
    "'quoted'",
    "'",
    "+1; -1",
    "@SUM(A1)",
    "-5",
    "a;b; c\\; d\\",
    "a|b | c",
    "\\",
    "\\\\",
    "\\'",
    "\\u0027}) DETACH DELETE x //",
    "\\\\u0027",
    "'}) DETACH DELETE n //",
    'say "no" </data><node id="x"/> & ]]> <!--',
    "_x0041_ _x005F_",
    "tab\tline\nreturn\rboth\r\nend",
    "  blanks around  ",
    "Zoë Ødegård 東京 العربية 👩‍🏫 e\u0301",
    "\u2028\u2029\u00a0\ufeffbom",
    "zero\u200bwidth \u202egnp.exe",
    "{name: $p} `tick` /* */ ;\nMATCH (n) DETACH DELETE n;",
    "\uff1dfull width",
)
CONTROL = ("nul\x00bell\x07esc\x1b[31m del\x7f next\x85", "\ufffe\uffff")


def graph(texts: tuple[str, ...] = HOSTILE) -> Snapshot:
    """Two nodes of each kind for each text, and relationships of each kind between neighbours."""
    told = {kind.name: _nodes(kind, texts) for kind in NODE_KINDS}
    for kind in RELATIONSHIP_KINDS:
        starts, ends = ([row["id"] for row in told[of]] for of in (kind.source, kind.target))
        told[kind.name] = [
            {
                "id": f"r{kind.name[:4]}{kind.name[-4:]}{number}",
                "from_id": starts[number],
                "to_id": ends[(number + 1) % len(ends)],
                **_values(kind, text, number),
            }
            for number, text in enumerate(texts)
        ]
    return Snapshot.build({name: rows(name, found) for name, found in told.items()})


def _nodes(kind: Any, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    first = kind.label[0].lower()
    full = [{"id": f"{first}{n:03d}", **_values(kind, text, n)} for n, text in enumerate(texts)]
    return [*full, {"id": f"{first}999", "name": "bare"}]


def _values(kind: Kind, text: str, number: int) -> dict[str, Any]:
    return {prop.name: _value(prop, text, number) for prop in kind.properties if (number + len(prop.name)) % 5}


def _value(prop: Property, text: str, number: int) -> Any:
    return {
        PropertyType.INTEGER: number - 3,
        PropertyType.NUMBER: (0.1 + 0.2) * 10.0 ** (number * 2 - 9),
        PropertyType.YES_NO: number % 2 == 0,
        PropertyType.TEXTS: [text, f"{text} again", "third"][: 1 + number % 3],
        PropertyType.DATE: text if number % 4 == 3 else f"20{number + 10}-02-28",
    }.get(prop.type, text)


def stated(snapshot: Snapshot) -> dict[str, dict[str, dict[str, Any]]]:
    """Kind -> id -> ends and values, worked out from the columns alone."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name in BY_NAME:
        if name in snapshot.nodes:
            found[name] = {row.pop("id"): _there(row) for row in snapshot.nodes[name].to_pylist()}
        else:
            found[name] = dict(_ties(snapshot, name))
    return found


def _ties(snapshot: Snapshot, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    kind, edges = BY_NAME[name], snapshot.edges[name]
    ids = {of: snapshot.nodes[of]["id"].to_pylist() for of in (kind.source, kind.target)}  # type: ignore[union-attr]
    for at, row in enumerate(edges.table.to_pylist()):
        ends = {"from_id": ids[kind.source][edges.source[at]], "to_id": ids[kind.target][edges.target[at]]}  # type: ignore[union-attr]
        yield row.pop("id"), {**ends, **_there(row)}


def _there(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def in_xml(value: Any) -> Any:
    """A value as XML can hold it."""
    if isinstance(value, list):
        return [in_xml(item) for item in value]
    held = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    return re.sub(held, "\ufffd", value) if isinstance(value, str) else value
