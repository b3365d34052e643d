"""What the pages about organizations say: how many there are, and where one stands between networks."""

from __future__ import annotations

from collections.abc import Sequence

from netofnets.language import capital, joined, say, say_count
from netofnets.services.words import listed

__all__ = ["list_words", "nobody_in_both", "partner_words"]


def list_words(organizations: int, between: int, without: int, *, everybody: bool) -> str:
    """How many there are, how many stand between networks that nobody joins, how many networks have none."""
    n = organizations
    parts = [say_count("{n:,} organization.", "{n:,} organizations.", n) if n else capital(say("no organizations."))]
    if between and everybody:
        parts.append(
            say_count(
                "{n:,} of them works with two networks that nobody joins.",
                "{n:,} of them work with two networks that nobody joins.",
                between,
            )
        )
    elif between:
        parts.append(
            say_count(
                "{n:,} of them works with two networks that nobody shown here joins.",
                "{n:,} of them work with two networks that nobody shown here joins.",
                between,
            )
        )
    if without:
        parts.append(
            say_count("{n:,} network has no partner on record.", "{n:,} networks have no partner on record.", without)
        )
    return joined(parts)


def nobody_in_both(first: int, second: int, *, everybody: bool) -> str:
    """That nobody joins two networks with so many members."""
    if everybody:
        return say(
            "nobody is in both, and no member of one works with one of the other ({first} and {second})",
            first=_members(first),
            second=_members(second),
        )
    return say(
        "nobody shown here is in both, and no member of one works with one of the other ({first} and {second})",
        first=_members(first),
        second=_members(second),
    )


def _members(count: int) -> str:
    return say_count("{n:,} member", "{n:,} members", count) if count else say("no members")


def partner_words(supports: Sequence[tuple[str, bool]], apart: int, *, everybody: bool) -> str:
    """Where an organization stands: its networks, each with whether it is their only partner."""
    if not supports:
        return say("It partners with no network on record.")
    parts = [say("It partners with {networks}.", networks=listed([name for name, _ in supports], 4))]
    if apart and everybody:
        parts.append(
            say_count(
                "It stands between {n:,} pair of networks that nobody joins.",
                "It stands between {n:,} pairs of networks that nobody joins.",
                apart,
            )
        )
    elif apart:
        parts.append(
            say_count(
                "It stands between {n:,} pair of networks that nobody shown here joins.",
                "It stands between {n:,} pairs of networks that nobody shown here joins.",
                apart,
            )
        )
    if alone := [name for name, only in supports if only]:
        parts.append(say("It is the only partner of {networks}.", networks=listed(alone, 3)))
    return joined(parts)
