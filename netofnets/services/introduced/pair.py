"""The two people of an introduction, by what was typed for them, and who asked not to be connected."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.find.naming import Candidates, meant, refuse_unclear
from netofnets.services.index import index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Pair", "pair_of"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people; ``unwilling`` are the ids of all who asked not to be connected with others."""

    first: Ref
    second: Ref
    unwilling: frozenset[str]
    names: dict[str, str]  # by id, of these two

    def named(self, leader: str) -> str:
        """What to call one of the two in a sentence."""
        return self.names.get(leader, leader)


def pair_of(published: Published, viewer: Viewer, first: str, second: str) -> Pair:
    """Two people by id or by a name that only one has; :class:`SettingsError` says whom else a name may mean."""
    index = index_of(published, viewer)
    found = [
        Candidates(field, text, meant(index, "leaders", text)) for field, text in (("first", first), ("second", second))
    ]
    if not (first and second):
        raise SettingsError(say("name two people: an introduction is of two"))
    refuse_unclear(tuple(c for c in found if len(c.meant) != 1))
    one, other = (c.meant[0] for c in found)
    leaders = index.snapshot.nodes["leaders"]
    unwilling = frozenset(leaders["id"].filter(pa.array(index.snapshot.unwilling())).to_pylist())
    return Pair(one, other, unwilling, {r.id: r.name or r.id for r in (one, other)})
