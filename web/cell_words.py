"""What tables call the codes in their cells, in the reader's words; files, twins and commands keep the codes."""

from __future__ import annotations

from netofnets.language import say
from netofnets.language.messages import Message
from web.code_words import codes, word
from web.language import in_language

__all__ = ["cell", "code_of", "explained"]

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
        "unattached": say("without a network"),
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
_COMMUNITY, _OF_KIND, _EACH_KIND = "community ", "networks:", "networks:KIND"


def cell(value: str, column: str) -> str:
    """The word for a value of a column; what is no code, such as a name or somebody's own word, stays as it is."""
    if column in _CODES:
        return in_language(_CODES[column].get(value, value))
    if column == "group" and value.startswith(_COMMUNITY) and value.removeprefix(_COMMUNITY).isdecimal():
        return in_language(say("community {number}", number=value.removeprefix(_COMMUNITY)))
    if column == "against" and value == _EACH_KIND:
        return in_language(say("networks of one kind"))
    if column == "against" and value.startswith(_OF_KIND):
        return in_language(say("networks of the kind {kind}", kind=value.removeprefix(_OF_KIND)))
    return word(value, _SHARED[column]) if column in _SHARED else value


def explained(definition: str, column: str) -> str:
    """What a column holds, with the words that its cells have on a page in place of the codes that files have.

    A definition that names codes is a message, and they are its values.
    """
    if not isinstance(definition, Message) or definition.kind != "say":
        return in_language(definition)
    message, values = definition.parts
    words = {name: cell(code, column) for name, code in values.items()}
    return in_language(say(message, **words))  # made again, not new: the catalog has it


def code_of(words: str, column: str) -> str:
    """The code that a reader calls so, for a condition; anything else as it was typed."""
    known = _CODES[column] if column in _CODES else codes(_SHARED[column]) if column in _SHARED else ()
    return next((code for code in known if cell(code, column).casefold() == words.strip().casefold()), words)
