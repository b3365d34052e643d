"""Text as people may write it: normalised, trimmed, and free of what only machines or attackers put there."""

from __future__ import annotations

import re
import unicodedata

from netofnets.errors import SchemaError
from netofnets.language import say

__all__ = ["BadValue", "clean_identifier", "clean_text", "confusable_skeleton", "escape_controls"]

MAX_IDENTIFIER = 256
MAX_NAME = 500
MAX_COMBINING = 8

# What shows nothing and separates nothing. ZWNJ and ZWJ are not here: Persian, Indic names and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2064\u3164\ufeff\uffa0]")
_JOINERS = "\u200c\u200d"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_BREAK = re.compile("[\t\n\r\x85\u2028\u2029]")
_SPREADSHEET_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+\Z", re.IGNORECASE)


class BadValue(SchemaError):
    """A value that cannot be taken: ``code`` for programs, the message and ``remedy`` for people."""

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.remedy = remedy


def clean_text(raw: str, notes: list[str], *, one_line: bool = True, name: bool = False) -> str:
    """``raw`` in NFC, trimmed; :class:`BadValue` for control and bidi characters and stacked accents.

    ``one_line`` turns line breaks into blanks; in a ``name`` they are refused, because a name with a line break forges
    log lines. Codes of what was quietly repaired are added to ``notes``. Rules: Unicode TR 36 and ASVS 5.1.
    """
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
        return _checked_length(text) if name else text
    text = unicodedata.normalize("NFC", raw)
    if _CONTROL.search(text) or (name and _LINE_BREAK.search(text.strip())):
        raise BadValue(
            "control_char",
            say("It holds a line break or control character."),
            say("Type the text anew without the hidden character."),
        )
    if _BIDI.search(text):
        raise BadValue(
            "bidi_control", say("It holds a character that reverses the text after it."), say("Type the text anew.")
        )
    visible = _INVISIBLE.sub("", text)
    if len(visible) != len(text):
        notes.append("invisible_char_removed")
    if "\ufffd" in visible:
        notes.append("replacement_char")
    _refuse_stacked_accents(visible)
    if one_line:
        text = " ".join(visible.split()).strip(_JOINERS).strip()
    else:
        text = "\n".join(" ".join(line.split()) for line in visible.strip().splitlines())
    return _checked_length(text) if name else text


def clean_identifier(raw: str) -> str:
    """An id in NFC and trimmed; :class:`BadValue` for what would look like another id, or was lost by a spreadsheet."""
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
    else:
        text = unicodedata.normalize("NFC", raw).strip()
        if _INVISIBLE.search(text) or any(joiner in text for joiner in _JOINERS):
            raise BadValue(
                "invisible_char_in_id", say("The id holds an invisible character."), say("Type the id anew.")
            )
        if _CONTROL.search(text) or _LINE_BREAK.search(text):
            raise BadValue(
                "control_char", say("The id holds a line break or control character."), say("Type the id anew.")
            )
        if _BIDI.search(text):
            raise BadValue(
                "bidi_control", say("The id holds a character that reverses text."), say("Type the id anew.")
            )
        _refuse_stacked_accents(text)
    if len(text) > MAX_IDENTIFIER:
        raise BadValue(
            "id_too_long",
            say("The id has more than {max_identifier} characters.", max_identifier=MAX_IDENTIFIER),
            say("Give a shorter id."),
        )
    if text and text[0].isdigit() and _SPREADSHEET_NUMBER.match(text):
        raise BadValue(
            "excel_mangled_id",
            say("A spreadsheet has rounded this id to a number such as 1E+05; its digits are lost."),
            say("Format the id column as text in the original sheet and export it again."),
        )
    return text


def _refuse_stacked_accents(text: str) -> None:
    in_a_row = 0
    for character in text:
        in_a_row = in_a_row + 1 if unicodedata.combining(character) else 0
        if in_a_row > MAX_COMBINING:
            raise BadValue(
                "too_many_combining",
                say("More than {max_combining} accents are stacked on one letter.", max_combining=MAX_COMBINING),
                say("Type the text anew."),
            )


def _checked_length(text: str) -> str:
    if len(text) > MAX_NAME:
        raise BadValue(
            "name_too_long",
            say("The name has more than {max_name} characters.", max_name=MAX_NAME),
            say("Give the name alone."),
        )
    return text


# Letters of Cyrillic and Greek that look like Latin ones (Unicode TR 39, only those of usual fonts).
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTXYIJSaeopcyxijsABEZHIKMNOPTYXo",
)


def confusable_skeleton(identifier: str) -> str:
    """What two ids that look alike have in common."""
    return identifier.translate(_LOOK_ALIKES)


def escape_controls(text: str) -> str:
    """``text`` fit for a terminal or log line: nothing in it can move the cursor, colour, or begin a line."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text)
