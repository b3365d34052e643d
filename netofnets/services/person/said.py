"""What a person said of their own facts, as organizers are told of it: a badge beside the fact."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.schema.kinds import relationship_kind
from netofnets.schema.own_word import TIES, Said
from netofnets.services.index import EditionIndex
from netofnets.services.person.own_said import Told

__all__ = ["said_of"]


def said_of(index: EditionIndex, leader: int) -> dict[str, Told]:
    """By field, or by ``kind id`` of a tie with the id at its other end; none in editions that are not told."""
    marks = index.record.marks
    if not marks.num_rows:
        return {}
    words = marks.filter(pc.is_in(marks["mark"], value_set=pa.array([str(one) for one in Said])))
    by_id: dict[str, list[dict[str, str]]] = {}
    for row in words.to_pylist():
        by_id.setdefault(row["id"], []).append(row)
    me = index.record.ids("leaders")[leader].as_py()
    found = {row["field"]: Told(row["mark"], row["day"]) for row in by_id.get(me, ())}
    for kind in TIES:
        edges, declared = index.record.edges[kind], relationship_kind(kind)
        ways = [(edges.source, edges.target, declared.target)]
        if declared.target == "leaders":
            ways.append((edges.target, edges.source, declared.source))
        for ends, others, other_kind in ways:
            for at in (ends == leader).nonzero()[0].tolist():
                for row in by_id.get(str(edges.table["id"][at].as_py()), ()):
                    other = index.record.ids(other_kind)[int(others[at])].as_py()
                    found[f"{kind} {other}"] = Told(row["mark"], row["day"])
    return found
