"""What may leave the map: a snapshot without those who declined research, and without what hangs on them alone."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import BeingPublished
from netofnets.graph.cut import drop_loose_ends, drop_orphans
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.interchange import table_of
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.withheld import Withheld, declined_since, kept_from
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.purposes import MAP, RESEARCH, WHEREABOUTS

__all__ = ["FACTS", "declined_research", "for_research", "refuse_while_waiting"]

FACTS = (MAP, RESEARCH, WHEREABOUTS)
"""The purposes that decide what a file of facts holds."""


def refuse_while_waiting(waiting: Collection[Withheld], audience: str, purposes: Collection[str]) -> None:
    """:class:`BeingPublished` where a file would hold somebody who has withdrawn since the last publication.

    Also somebody who has declined one of the ``purposes`` that decide what it holds.
    """
    if kept_from(waiting, AUDIENCES[audience]) or declined_since(waiting, purposes):
        raise BeingPublished("somebody has withdrawn since the last publication; run: netofnets publish")


def declined_research(published: Published) -> frozenset[str]:
    """The leaders, among those whom organizers see, who are in no file that leaves the map."""
    everybody = published.edition("organizers").snapshot
    ids = everybody.ids("leaders").filter(pa.array(everybody.declining(RESEARCH)))
    return frozenset(ids.to_pylist())


def for_research(published: Published, audience: str) -> Snapshot:
    """The facts of an audience as they may leave the map."""
    if audience == "organizers":
        return published.edition(RESEARCH).snapshot
    snapshot, away = published.edition(audience).snapshot, declined_research(published)
    theirs = pc.is_in(snapshot.ids("leaders"), value_set=pa.array(sorted(away), pa.string()))
    if not pc.any(theirs).as_py():
        return snapshot
    kept = {kind: table_of(snapshot, kind) for kind in BY_NAME}
    kept["leaders"] = kept["leaders"].filter(pc.invert(theirs))
    drop_loose_ends(kept)
    drop_orphans(kept)
    drop_loose_ends(kept)
    return Snapshot.build(kept, snapshot.claims, snapshot.decisions, snapshot.readings)
