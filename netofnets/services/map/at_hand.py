"""What the panel beside a map offers before anything is selected: where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.services.map.in_community import NearbyCommunity
from netofnets.services.map.scene import Scene, SceneNode

__all__ = ["AtHand", "at_hand"]

_MOST = 6


@dataclass(frozen=True, slots=True)
class AtHand:
    """The largest communities and networks, and who joins networks."""

    networks: tuple[SceneNode, ...]
    joining: tuple[SceneNode, ...]  # bridging leaders first, then connectors; on a map of people only
    communities: tuple[NearbyCommunity, ...] = ()  # on a large map; on a small one the legend has them


def at_hand(scene: Scene, communities: tuple[NearbyCommunity, ...] = ()) -> AtHand:
    """Where to begin on a map: a few marks of each kind, the weightiest first."""
    networks = sorted((n for n in scene.nodes if n.kind == "networks"), key=lambda n: (-n.weight, n.label, n.id))
    ringed = sorted((n for n in scene.nodes if n.ringed), key=lambda n: (not n.bridging, -n.weight, n.label, n.id))
    return AtHand(tuple(networks[:_MOST]), tuple(ringed[:_MOST]), communities)
