"""From the text of a cell to a checked value of a property; every refusal has a code, a sentence and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from netofnets.language import say
from netofnets.schema.dates import read_date
from netofnets.schema.identifiers import fold
from netofnets.schema.model import Property, PropertyType
from netofnets.schema.records import Value
from netofnets.schema.text import BadValue, clean_identifier, clean_text

__all__ = ["MAX_INTERESTS", "CellCheck", "Problem", "check_identifier", "checker", "interest_key", "many_checker"]

MAX_INTERESTS = 200

CellCheck = Callable[[str, list[str]], Value]
"""Takes the text of a cell and a list for the codes of repairs; returns the value, None for nothing; or BadValue."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that was not taken (or, as a warning, was taken with a remark): where, why, and what to do."""

    file: str
    row: int  # record number; the header is row 1, as a spreadsheet shows it
    line: int  # physical line on which the record begins
    column: str
    code: str
    sentence: str
    remedy: str = ""
    sheet: str = ""


_LOCAL = r"[^\s@\"(),:;<>\[\]\\]+"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_EMAIL = re.compile(rf"(?:{_LOCAL}|\"[^\"\\\s]+\")@{_LABEL}(?:\.{_LABEL})+\Z")
_URL = re.compile(r"https?://[^\s/?#@]+\.?[^\s@/?#]*(?:[/?#]\S*)?\Z", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?\Z", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d{1,15}(?:\.0+)?\Z")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?\Z")
_YES = frozenset(("yes", "y", "true", "1", "x"))
_NO = frozenset(("no", "n", "false", "0"))


def checker(declared: Property, date_formats: Sequence[str] = ()) -> CellCheck:
    """The check for one column of the property ``declared``."""
    if declared.choices:
        return _choice(declared)
    if declared.type is PropertyType.TEXT:
        return _name if declared.name == "name" else _prose if declared.name == "about" else _text
    if declared.type is PropertyType.DATE:
        return lambda raw, notes: read_date(text, date_formats) if (text := clean_text(raw, notes)) else None
    return _CHECKS[declared.type]


def many_checker(marks: Sequence[str], *, limit: int = MAX_INTERESTS) -> CellCheck:
    """The check for a cell with several texts, split at ``marks``; gives them distinct and sorted."""
    split = re.compile("|".join(re.escape(mark) for mark in marks)).split if marks else lambda text: [text]

    def check(raw: str, notes: list[str]) -> Value:
        parts = (clean_text(part, notes) for part in split(raw))
        values = tuple(sorted({part for part in parts if part}))
        if len(values) > limit:
            raise BadValue(
                "too_many_values",
                say("One cell holds {n} values; the limit is {limit}.", n=len(values), limit=limit),
                say("Shorten the list."),
            )
        return values or None

    return check


def check_identifier(raw: str, notes: list[str]) -> Value:
    """The check for an id."""
    return clean_identifier(raw) or None


def interest_key(wording: str) -> str:
    """What the spellings of one interest have in common: letters and digits, folded, with single blanks."""
    key = " ".join("".join(c if c.isalnum() else " " for c in fold(wording)).split())
    return key or fold(wording)


def _text(raw: str, notes: list[str]) -> Value:
    return clean_text(raw, notes) or None


def _prose(raw: str, notes: list[str]) -> Value:
    return clean_text(raw, notes, one_line=False) or None


def _name(raw: str, notes: list[str]) -> Value:
    return clean_text(raw, notes, name=True) or None


def _email(raw: str, notes: list[str]) -> Value:
    text = clean_text(raw, notes)
    if not text:
        return None
    if len(text) > 254 or not _EMAIL.match(text):
        raise BadValue(
            "invalid_email", say("This is not an email address."), say("Correct the address or leave the cell empty.")
        )
    return text.lower()


def _url(raw: str, notes: list[str]) -> Value:
    text = clean_text(raw, notes)
    if not text:
        return None
    if _URL.match(text) or (text[:7].lower() == "mailto:" and _EMAIL.match(text[7:])):
        return text
    if _BARE_HOST.match(text):
        return "https://" + text
    raise BadValue(
        "unsafe_url",
        say("Only addresses with https://, http:// or mailto: are taken."),
        say("Correct it or leave it empty."),
    )


def _integer(raw: str, notes: list[str]) -> Value:
    text = clean_text(raw, notes)
    if not text:
        return None
    if not (text.isascii() and _INTEGER.match(text)):
        raise BadValue("invalid_number", say("This is not a whole number."), say("Write digits only, such as 12."))
    return int(float(text)) if "." in text else int(text)


def _number(raw: str, notes: list[str]) -> Value:
    text = clean_text(raw, notes).removesuffix("%").rstrip()
    if not text:
        return None
    if not (text.isascii() and _NUMBER.match(text)):
        raise BadValue(
            "invalid_number", say("This is not a number."), say("Write it with digits and a point, such as 12.5.")
        )
    return float(text)


def _yes_no(raw: str, notes: list[str]) -> Value:
    text = clean_text(raw, notes).casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise BadValue(
        "invalid_yes_no",
        say("This is neither yes nor no."),
        say("Write yes or no, or translate it with `values` in the mapping."),
    )


def _choice(declared: Property) -> CellCheck:
    def check(raw: str, notes: list[str]) -> Value:
        text = clean_text(raw, notes).casefold()
        if not text or text in declared.choices:
            return text or None
        allowed = ", ".join(declared.choices)
        raise BadValue(
            f"unknown_{declared.name}",
            say("The {declared} must be one of {allowed}.", declared=declared.name, allowed=allowed),
            say("Translate it in the mapping."),
        )

    return check


_CHECKS: dict[PropertyType, CellCheck] = {
    PropertyType.EMAIL: _email,
    PropertyType.URL: _url,
    PropertyType.INTEGER: _integer,
    PropertyType.NUMBER: _number,
    PropertyType.YES_NO: _yes_no,
    PropertyType.TEXTS: many_checker((";", "\n", "\r")),
}
