"""The front page: what this is, how much is in it, and an answer to each reader's first question."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.viewer import Viewer

__all__ = ["Counts", "Finding", "Reader", "Welcome", "welcome"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much this viewer's edition holds."""

    leaders: int
    networks: int
    interests: int
    organizations: int
    collaborations: int
    communities: int
    validated_overlaps: int
    bridging_leaders: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a short list: a sentence (or a word to click) and where it leads."""

    text: str
    href: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's first question with at most a few answers from the data."""

    key: str  # organizer | teacher | analyst
    title: str
    question: str
    findings: tuple[Finding, ...]
    more: Finding  # where to go on


@dataclass(frozen=True, slots=True)
class Welcome:
    """The front page. ``run`` is None for anybody but organizers: run numbers tell that something hidden changed."""

    version: str
    summary: str
    counts: Counts
    readers: tuple[Reader, ...]
    run: int | None
    empty: bool  # nothing at all in this edition


def welcome(published: Published, viewer: Viewer) -> Welcome:
    """Counts, and three short lists that answer the first question of organizer, teacher and analyst."""
    raise NotImplementedError
