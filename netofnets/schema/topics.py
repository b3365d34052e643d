"""What people decide about the map, and whom such a decision is about."""

from __future__ import annotations

__all__ = [
    "ANSWER",
    "ARTICLE",
    "COMMUNITY_NAME",
    "GAP",
    "GAP_STATES",
    "INTEREST_MEANING",
    "INTRODUCTION",
    "INTRODUCTION_ANSWER",
    "INTRODUCTION_STATES",
    "OWN_WORD",
    "OWN_WORDS",
    "PROPOSAL",
    "PURPOSE",
    "REVIEWED",
    "TOPICS",
    "UNDECIDED",
]

INTRODUCTION = "introduction"
INTRODUCTION_ANSWER = "introduction-answer"  # of one of the two, on their own page; that one stands first
COMMUNITY_NAME = "community-name"
GAP = "gap"  # of two networks: whether anybody means to do something about it
INTEREST_MEANING = "interest-meaning"  # which concept of a vocabulary an interest is
UNDECIDED = "?"
"""What stands for a meaning that was taken back; no concept is called so."""
# An article that was read; what it was taken to say; and what somebody said to that (netofnets/schema/proposals.py).
ARTICLE, PROPOSAL, ANSWER = "article", "proposal", "answer"
REVIEWED = frozenset({ARTICLE, PROPOSAL, ANSWER})
"""Topics that nobody reads before somebody has said yes; of these only accepted proposals are published."""

# What somebody says of a fact about themselves (schema/own_word.py), and what may be done with it (purposes.py).
OWN_WORD, PURPOSE = "own-word", "purpose"
OWN_WORDS = frozenset({OWN_WORD, PURPOSE})
"""Topics on which the person decides; of the log they are not told of, but respected, where editions are cut."""

# Topic -> the kind of node that its subjects are records of; empty: they are no nodes.
TOPICS = {
    INTRODUCTION: "leaders",
    INTRODUCTION_ANSWER: "leaders",
    COMMUNITY_NAME: "",
    GAP: "networks",
    INTEREST_MEANING: "",
    ARTICLE: "",
    PROPOSAL: "leaders",
    ANSWER: "leaders",
    OWN_WORD: "leaders",
    PURPOSE: "leaders",
}

GAP_STATES = ("aside", "open")
"""What a gap can be: set aside by an organizer, or open, as it is at first and when it is taken up again."""

# What an introduction of two people can have come to, in the order in which it goes on.
INTRODUCTION_STATES = ("suggested", "asked", "accepted", "declined", "met", "dismissed")
