"""How large marks are drawn and whose names are written: one declaration, which every scene hands to its renderers.

A mark's radius is that of the layout times the scale of the picture, never below a least one; people who come near grow
slowly from ``knee`` on, so that names find room between them. Lengths are in pixels of a picture ``wide`` pixels wide;
a narrower picture has smaller rings, in proportion, down to ``narrow`` of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

__all__ = ["SIZES", "Sizes"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """The rules of sizes and names."""

    least_disc: float = 3.0
    least_dot: float = 1.5
    least_ring: float = 4.2
    least_ring_of_many: float = 2.6
    many_rings: int = 150  # more rings than this are drawn smaller
    grown_dot: float = 1.25  # members are drawn a little larger than the layout spaces them
    wide: float = 800.0
    narrow: float = 0.6
    knee: float = 7.0  # radius from which people grow with the square root
    slope: float = 1.6
    always_named: int = 5  # so many of the largest networks are named wherever that covers no other mark
    few_rings: int = 8  # so many people with a ring are named at any distance
    near_rings: float = 0.55  # share of the map in view below which all people with a ring are named
    near_dots: float = 0.3  # and members

    def ring(self, rings: int, width: float) -> float:
        """The least radius of a ring in a picture of this width that has so many of them."""
        least = self.least_ring if rings <= self.many_rings else self.least_ring_of_many
        return least * min(max(width / self.wide, self.narrow), 1.0)

    def radius(self, radius: float, scale: float, *, kind: str, least_ring: float = 0.0) -> float:
        """The radius of a mark: ``kind`` is disc, ring or dot, ``least_ring`` what :meth:`ring` gives."""
        if kind == "disc":
            return max(radius * scale, self.least_disc)
        grown = radius * scale * (self.grown_dot if kind == "dot" else 1.0)
        drawn = max(grown, self.least_dot if kind == "dot" else least_ring)
        return drawn if drawn <= self.knee else self.knee + self.slope * sqrt(drawn - self.knee)


SIZES = Sizes()
