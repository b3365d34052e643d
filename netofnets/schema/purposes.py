"""What may be done with a person's record, beside who may see it: purposes that the person can decline, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from netofnets.language import say
from netofnets.schema.records import Decision
from netofnets.schema.topics import PURPOSE

__all__ = [
    "MAP",
    "PURPOSES",
    "RESEARCH",
    "SCORES",
    "SEARCH",
    "SUGGESTIONS",
    "TEXT_VERSION",
    "WHEREABOUTS",
    "Declined",
    "Purpose",
    "declined",
    "purpose",
    "stated",
]

MAP, SEARCH, SUGGESTIONS, RESEARCH = "map", "search", "suggestions", "research"
SCORES, WHEREABOUTS = "scores", "whereabouts"

TEXT_VERSION = "1"
"""The version of the sentences below. Change it with them: the log says which ones a person has decided on."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: what the person reads about it on their own page, and what declining it means."""

    name: str
    title: str
    yes: str
    no: str


PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        MAP, say("The map"), say("I am drawn on the map."), say("I am not on the map. Only organizers see me there.")
    ),
    Purpose(SEARCH, say("Search"), say("I am found by searching."), say("Nobody finds me by searching.")),
    Purpose(
        SUGGESTIONS, say("Suggestions"), say("I am suggested to people I might meet."), say("I am suggested to nobody.")
    ),
    Purpose(
        RESEARCH, say("Research"), say("I am in files for analysis."), say("I am in no file that leaves this map.")
    ),
    Purpose(SCORES, say("Scores"), say("Scores are made about me."), say("No scores are made about me.")),
    Purpose(
        WHEREABOUTS,
        say("School and place"),
        say("My school and place are shown to those whom I chose."),
        say("My school and place are shown to nobody but me and the owners of this map."),
    ),
)
"""In the order in which they are asked about. Imported records may be used for all of them until the person says no."""

Declined = Mapping[str, frozenset[str]]
"""Name of a purpose to the ids of those who declined it; purposes that nobody declined may be missing."""


def purpose(name: str) -> Purpose | None:
    """The purpose called ``name``."""
    return next((one for one in PURPOSES if one.name == name), None)


def stated(name: str, allowed: bool) -> str:
    """The value of a decision that allows or declines a purpose."""
    return f"{name} {'yes' if allowed else 'no'}"


def declined(decisions: Iterable[Decision], canonical: Callable[[str], str] = str) -> dict[str, frozenset[str]]:
    """Who declined what: on one record the last word counts, and of several records of a person one no is enough.

    ``canonical`` gives the id that a record goes by now, so that no merge allows more than before.
    """
    last: dict[tuple[str, str], bool] = {}
    for decision in decisions:
        name, _, said = decision.value.partition(" ")
        if decision.topic == PURPOSE and decision.subjects and purpose(name) is not None:
            last[name, decision.subjects[0]] = said != "no"
    found: dict[str, set[str]] = {}
    for (name, record), allowed in last.items():
        if not allowed:
            found.setdefault(name, set()).add(canonical(record))
    return {name: frozenset(people) for name, people in found.items()}
