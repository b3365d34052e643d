"""What pages call the short codes that the program keeps, in the language of the reader; others stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

from netofnets.language import say
from web.language import in_language

__all__ = ["codes", "word"]

_WORDS: dict[str, dict[str, str]] = {
    "mode": {"offers": say("offers"), "seeks": say("seeks"), "practises": say("practises")},
    "layer": {
        "members": say("members"),
        "ties": say("ties"),
        "partners": say("partners"),
        "schools": say("schools"),
        "interests": say("interests"),
    },
    "boldness": {"safe": say("safe"), "balanced": say("balanced"), "bold": say("bold")},
    "introduction": {
        "suggested": say("suggested"),
        "asked": say("asked"),
        "accepted": say("accepted"),
        "declined": say("declined"),
        "met": say("met"),
        "dismissed": say("dismissed"),
    },
    "next step": {
        "suggested": say("Suggest it"),
        "asked": say("They were asked"),
        "accepted": say("Both accepted"),
        "declined": say("Declined"),
        "met": say("They met"),
        "dismissed": say("Set them aside"),
    },
    "own word": {
        "told": say("in their own words"),
        "confirmed": say("confirmed by the person"),
        "left": say("over, by their word"),
        "disputed": say("disputed by the person"),
        "upheld": say("kept back: the person is right"),
        "stands": say("disputed once, found right"),
    },
    "typical": {"interests": say("interest"), "networks": say("network"), "regions": say("region")},
    "unexpected": {"more": say("more"), "less": say("less"), "empty": say("empty")},
    "grouping": {
        "region": say("region"),
        "regions": say("regions"),
        "schools": say("schools"),
        "kind of workplace": say("kind of workplace"),
        "kind of network": say("kind of network"),
        "size of network": say("size of network"),
    },
    "group": {
        "20 members or fewer": say("20 members or fewer"),
        "21 to 100 members": say("21 to 100 members"),
        "101 to 500 members": say("101 to 500 members"),
        "more than 500 members": say("more than 500 members"),
        "not stated": say("not stated"),
    },
}


def codes(of: str) -> Iterable[str]:
    """The codes that have a word."""
    return _WORDS[of]


def word(code: str, of: str) -> str:
    """The word for a code, such as the ``mode`` of an interest; of what, says a key of the table above."""
    return in_language(_WORDS[of].get(code, code))
