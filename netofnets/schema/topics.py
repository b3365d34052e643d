"""What people decide about the map, and whom such a decision is about."""

from __future__ import annotations

__all__ = ["COMMUNITY_NAME", "INTRODUCTION", "INTRODUCTION_STATES", "TOPICS"]

INTRODUCTION = "introduction"
COMMUNITY_NAME = "community-name"

# Topic -> the kind of node that its subjects are records of; empty: they are no nodes.
TOPICS = {INTRODUCTION: "leaders", COMMUNITY_NAME: ""}

# How far an introduction has come: suggested, then asked, accepted or declined; met is its end.
INTRODUCTION_STATES = ("suggested", "asked", "accepted", "declined", "met")
