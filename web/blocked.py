"""Who does not want to be seen by this reader: known from the accounts, respected by every answer, told to nobody."""

from __future__ import annotations

from dataclasses import replace

from netofnets.graph.published import Published
from netofnets.services.index import index_of
from netofnets.services.person.provenance import canonical_leader
from netofnets.services.viewer import ORGANIZER, Viewer
from web.session import gate_of

__all__ = ["without_blockers"]


def without_blockers(viewer: Viewer, published: Published) -> Viewer:
    """The viewer, with the leaders (by the ids of now) who block the reader's record."""
    gate = gate_of()
    if gate is None or not viewer.who.record or not (pairs := gate.blocks.pairs()):
        return viewer
    index = index_of(published, ORGANIZER)
    me = canonical_leader(index, viewer.who.record)
    found = {record for record, blocked in pairs if canonical_leader(index, blocked) == me}
    unseen = frozenset({*found, *(canonical_leader(index, record) for record in found)} - {me})
    return replace(viewer, who=replace(viewer.who, unseen=unseen)) if unseen else viewer
