"""What tables call the codes in their cells, in the reader's words; files, twins and commands keep the codes."""

from __future__ import annotations

from netofnets.language import say
from web.code_words import codes, word
from web.language import in_language

__all__ = ["cell", "code_of"]

_THINGS = {
    "leaders": say("leaders"),
    "networks": say("networks"),
    "interests": say("interests"),
    "regions": say("regions"),
}
_CODES: dict[str, dict[str, str]] = {
    "kind": _THINGS,
    "method": {
        "Leiden and block model": say("Leiden and block model"),
        "spectral clustering": say("spectral clustering"),
    },
    "place": {
        "disc": say("disc"),
        "island": say("island"),
        "member": say("in the disc"),
        "gap": say("in the gap between two"),
        "rim": say("on the rim"),
    },
    "role": {
        "coordinator": say("coordinator"),
        "gatekeeper": say("gatekeeper"),
        "itinerant": say("itinerant broker"),
        "liaison": say("liaison"),
        "representative": say("representative"),
    },
    "verdict": {
        "different": say("different"),
        "much the same": say("much the same"),
        "unrelated": say("unrelated"),
    },
}
_SHARED = {"layer": "layer", "by": "grouping", "against": "grouping", "group": "group", "unexpected": "unexpected"}
_COMMUNITY, _OF_KIND = "community ", "networks:"


def cell(value: str, column: str) -> str:
    """The word for a value of a column; what is no code, such as a name or somebody's own word, stays as it is."""
    if column in _CODES:
        return in_language(_CODES[column].get(value, value))
    if column == "group" and value.startswith(_COMMUNITY) and value.removeprefix(_COMMUNITY).isdecimal():
        return in_language(say("community {number}", number=value.removeprefix(_COMMUNITY)))
    if column == "against" and value.startswith(_OF_KIND):
        return in_language(say("networks of the kind {kind}", kind=value.removeprefix(_OF_KIND)))
    return word(value, _SHARED[column]) if column in _SHARED else value


def code_of(words: str, column: str) -> str:
    """The code that a reader calls so, for a condition; anything else as it was typed."""
    known = _CODES[column] if column in _CODES else codes(_SHARED[column]) if column in _SHARED else ()
    return next((code for code in known if cell(code, column).casefold() == words.strip().casefold()), words)
