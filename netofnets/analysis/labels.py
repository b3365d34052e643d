"""Descriptions of communities: words made from what is typical of them, never a name that somebody could have given."""

from __future__ import annotations

from collections.abc import Sequence

from netofnets.language import joined, listed, say, say_count

__all__ = ["NO_DIVISION", "described", "distinct"]

NO_DIVISION = say("Everybody with ties: no division found")

_TERMS = 2


def described(
    *,
    networks: Sequence[str],
    interests: Sequence[str],
    regions: Sequence[str],
    central: Sequence[str],
    alone: bool = False,
) -> str:
    """One community in words, from its typical networks, interests and regions, the most telling first.

    ``central`` are names to fall back on where nothing is typical; ``alone``: there is no other community.
    """
    if alone:
        return NO_DIVISION
    about = ", ".join(interests[:_TERMS]) or ", ".join(regions[:1])
    around = _around(networks)
    if around:
        who = say("around {networks}", networks=around)
    elif central:
        who = say("people around {names}", names=", ".join(central[:2]))
    else:
        who = say("people with direct ties only")
    return joined([who, about], "; ") if about else who


def _around(networks: Sequence[str]) -> str:
    more = len(networks) - 1
    return listed([*networks[:1], *([say_count("{n:,} more", "{n:,} more", more)] if more > 0 else [])])


def distinct(labels: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """The labels, with the number of the community behind those that would be the same."""
    return [
        label if list(labels).count(label) == 1 else say("{label} (no. {number})", label=label, number=number)
        for label, number in zip(labels, numbers, strict=True)
    ]
