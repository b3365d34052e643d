"""One community of a map: its networks and its people, by the number that lasts from one publication to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.find.choices import Mask, top
from netofnets.services.find.filters import Facet, FacetValue
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map.phrases import first_part
from netofnets.services.map.scene import SceneNode
from netofnets.services.viewer import Viewer

__all__ = ["community_facet", "in_community"]

_LISTED = 40  # communities in the list, the largest first


def in_community(published: Published, viewer: Viewer, community: str) -> Callable[[SceneNode], bool]:
    """Whether a network or a person is in a community as it is published, also on the map of another day."""
    index = _present(published, viewer)
    number = _number(community)
    ids: frozenset[str] = frozenset()
    if number >= 0:
        own = [(kind, np.flatnonzero(index.communities(kind) == number)) for kind in ("networks", "leaders")]
        ids = frozenset(one for kind, at in own for one in index.snapshot.ids(kind).take(at).to_pylist())
    return lambda node: node.id in ids


def community_facet(published: Published, viewer: Viewer, fits: Mask, chosen: str) -> Facet:
    """The communities, with how many of the people who fit are in each."""
    index = _present(published, viewer)
    of = index.communities("leaders")
    counts = np.bincount(of[fits & (of >= 0)], minlength=max(index.community_labels, default=-1) + 1).astype(np.int64)
    kept = top(counts, _LISTED)
    number = _number(chosen)
    if number in index.community_labels and number not in kept:
        kept.append(number)
    values = (
        FacetValue(str(n), first_part(index.label_of(n)), int(counts[n]) if n < len(counts) else 0, n == number)
        for n in kept
    )
    return Facet("community", say("Community"), tuple(values))


def _present(published: Published, viewer: Viewer) -> EditionIndex:
    return index_of(published, replace(viewer, as_of=""))


def _number(community: str) -> int:
    return int(community) if community.isascii() and community.isdecimal() and len(community) < 10 else -1
