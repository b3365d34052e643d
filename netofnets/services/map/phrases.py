"""Phrases of all focus maps."""

from __future__ import annotations

from netofnets.language import say, say_count

__all__ = ["WHO_AND_WHAT", "members_words"]

WHO_AND_WHAT = say("Who and what")
"""The title of the legend."""


def members_words(n: int) -> str:
    """How many members a network has."""
    return say_count("{n:,} member", "{n:,} members", n) if n else say("no members")
