"""Phrases of all focus maps."""

from __future__ import annotations

from netofnets.language import Message, say, say_count

__all__ = ["WHO_AND_WHAT", "first_part", "members_words"]

WHO_AND_WHAT = say("Who and what")
"""The title of the legend."""


def members_words(n: int) -> str:
    """How many members a network has."""
    return say_count("{n:,} member", "{n:,} members", n) if n else say("no members")


def first_part(text: str) -> str:
    """The first part of a description of several: where there is little room."""
    if type(text) is Message and text.kind == "joined" and text.parts[0] == "; ":
        first: str = text.parts[1]
        return first
    return text.split("; ")[0] if "; " in text else text
