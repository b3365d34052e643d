"""The record that somebody with a confirmed address may claim as their own: by that address, never by a name."""

from __future__ import annotations

import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.services.index import index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import ORGANIZER

__all__ = ["claimable"]


def claimable(published: Published, address: str) -> tuple[Ref, str] | None:
    """The one leader with this email address and what is told of them in a line; None for nobody, and for several.

    Whoever hides the address, or the whole record, from organizers too is not found: an organizer has to invite them.
    """
    index = index_of(published, ORGANIZER)
    same = pc.equal(pc.utf8_lower(index.snapshot.nodes["leaders"]["email"]), address.lower())
    found = pc.indices_nonzero(pc.fill_null(same, False)).to_pylist()
    if len(found) != 1:
        return None
    return index.leader(found[0]), index.detail_of(found[0])
