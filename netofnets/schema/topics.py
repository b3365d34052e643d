"""What people decide about the map, and whom such a decision is about."""

from __future__ import annotations

__all__ = [
    "ANSWER",
    "ARTICLE",
    "COMMUNITY_NAME",
    "INTEREST_MEANING",
    "INTRODUCTION",
    "INTRODUCTION_STATES",
    "PROPOSAL",
    "REVIEWED",
    "TOPICS",
    "UNDECIDED",
]

INTRODUCTION = "introduction"
COMMUNITY_NAME = "community-name"
INTEREST_MEANING = "interest-meaning"  # which concept of a vocabulary an interest is
UNDECIDED = "?"
"""What stands for a meaning that was taken back; no concept is called so."""
# An article that was read; what it was taken to say; and what somebody said to that (netofnets/schema/proposals.py).
ARTICLE, PROPOSAL, ANSWER = "article", "proposal", "answer"
REVIEWED = frozenset({ARTICLE, PROPOSAL, ANSWER})
"""Topics that nobody reads before somebody has said yes; of these only accepted proposals are published."""

# Topic -> the kind of node that its subjects are records of; empty: they are no nodes.
TOPICS = {
    INTRODUCTION: "leaders",
    COMMUNITY_NAME: "",
    INTEREST_MEANING: "",
    ARTICLE: "",
    PROPOSAL: "leaders",
    ANSWER: "leaders",
}

# What an introduction of two people can have come to, in the order in which it goes on.
INTRODUCTION_STATES = ("suggested", "asked", "accepted", "declined", "met")
