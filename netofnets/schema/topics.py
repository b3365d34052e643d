"""What people decide about the map, and whom such a decision is about."""

from __future__ import annotations

__all__ = ["COMMUNITY_NAME", "INTRODUCTION", "INTRODUCTION_STATES", "TOPICS"]

INTRODUCTION = "introduction"
COMMUNITY_NAME = "community-name"

# Topic -> the kind of node that its subjects are records of; empty: they are no nodes.
TOPICS = {INTRODUCTION: "leaders", COMMUNITY_NAME: ""}

# What an introduction of two people can have come to, in the order in which it goes on.
INTRODUCTION_STATES = ("suggested", "asked", "accepted", "declined", "met")
