"""The table of a measure as it may leave the map: nothing of those who declined to be in files."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Measure
from netofnets.graph.leaving import declined_research
from netofnets.graph.published import Published

__all__ = ["leaving_table"]


def leaving_table(published: Published, declared: Measure, table: pa.Table) -> pa.Table:
    """The described table without rows about them; sentences about others that name them are left empty."""
    away = declined_research(published)
    if not away:
        return table
    everybody = published.edition("organizers").snapshot
    of_people = [o.name for o in declared.outputs if o.of in ("leaders", "kind")]
    for name in of_people:
        column = "id" if name == declared.about else name
        table = table.filter(pc.invert(pc.is_in(table[column], value_set=pa.array(sorted(away), pa.string()))))
    labels = zip(*everybody.labels("leaders"), strict=True)
    names = "|".join(re.escape(name) for node_id, name in labels if node_id in away and name)
    for at, field in enumerate(table.schema):
        if names and pa.types.is_string(field.type):
            named = pc.match_substring_regex(table[field.name], names)
            table = table.set_column(at, field.name, pc.if_else(named, pa.scalar(None, pa.string()), table[field.name]))
    return table
