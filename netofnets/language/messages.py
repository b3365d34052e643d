"""Sentences that are English text, and can be said in another language where they are shown: gettext, deferred.

Whoever makes a sentence knows what it says, and not who will read it. So it is text, as JSON twins, files and
terminals show it, and keeps the message and the values that it was made of; pages say it in their reader's language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any, Protocol
from urllib.parse import quote

__all__ = [
    "Language",
    "Message",
    "capital",
    "encoded",
    "joined",
    "listed",
    "numeral",
    "packed",
    "packed_part",
    "said_by",
    "say",
    "say_count",
    "told",
    "unpacked",
    "unstopped",
]


class Language(Protocol):
    """What knows how a language says things. ``is_source``: the one that messages are written in, as they stand."""

    @property
    def is_source(self) -> bool:
        """Whether a message says the same in it as its text."""

    def gettext(self, message: str) -> str:
        """The message in this language, with its fields in braces."""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The message in this language for a count."""

    def number(self, english: str) -> str:
        """A number as English writes it, as this language does."""

    def listed(self, items: Sequence[str]) -> str:
        """``A, B and C``."""


class Message(str):
    """English text that knows what it was made of: ``kind`` names a function of this module, ``parts`` its arguments.

    It is text in every way; only cutting, joining and changing it gives plain text, so use the functions here for that.
    """

    __slots__ = ("_made",)
    _made: tuple[str, tuple[Any, ...]] | str  # kind and parts, or both as they were packed until somebody asks

    @property
    def kind(self) -> str:
        """The function of this module that makes it."""
        return self._opened()[0]

    @property
    def parts(self) -> tuple[Any, ...]:
        """The arguments of that function."""
        return self._opened()[1]

    def _opened(self) -> tuple[str, tuple[Any, ...]]:
        made = self._made
        if isinstance(made, str):
            self._made = made = _whole(json.loads(made))._opened()
        return made

    def __deepcopy__(self, memo: object) -> Message:
        return self  # nothing of it changes


def say(message: str, /, **values: object) -> str:
    """A sentence from a message with fields in braces: ``say("{a} and {b} share people", a=first, b=second)``.

    The message must be a literal: that is how it comes into the catalogs. Numbers belong into it with their format
    (``{n:,}``), so that each language writes them its way.
    """
    return _message(message.format(**values), "say", message, values)


def say_count(one: str, many: str, n: int, /, **values: object) -> str:
    """A sentence that depends on a count, which is its field ``n``: ``say_count("{n:,} pair", "{n:,} pairs", 3)``."""
    return _message((one if n == 1 else many).format(n=n, **values), "say_count", one, many, n, values)


def listed(items: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``; nothing when there are none."""
    text = ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)
    return _message(text, "listed", *items)


def joined(items: Sequence[str], between: str = " ") -> str:
    """Sentences one after the other, or parts of one with a mark between them that is no word."""
    return _message(between.join(items), "joined", between, *items)


def capital(text: str) -> str:
    """The text with a capital at its beginning; the rest as it is."""
    return _message(text[:1].upper() + text[1:], "capital", text) if type(text) is Message else _upper(text)


def numeral(english: str) -> str:
    """A number as English writes it, ``1,203.5``, where its format cannot stand in a message."""
    return _message(english, "numeral", english)


def unstopped(text: str) -> str:
    """The text without a full stop at its end, for a sentence that goes on."""
    return _message(text.removesuffix("."), "unstopped", text) if type(text) is Message else text.removesuffix(".")


def encoded(text: str) -> str:
    """The text as it stands in an address, with the line ends of mail."""
    return _message(_percent(text), "encoded", text)


def told(text: str, language: Language) -> str:
    """The text in a language; text that is no message is a name, or somebody's own words, and stays as it is."""
    if type(text) is not Message:
        return text
    if language.is_source:
        return str(text)
    said: str = _SAID[text.kind](language, *(told(p, language) if isinstance(p, str) else p for p in text.parts))
    return said


def said_by(error: BaseException) -> str:
    """What an error says, still as the message that it was raised with: ``str(error)`` is its English text alone."""
    return error.args[0] if error.args and type(error.args[0]) is Message else str(error)


_MESSAGES = 16_384  # more than the catalogs have
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(text: str) -> str:
    """What a message is made of as JSON, to be kept beside the English text; empty for plain text."""
    return packed_part(text) if type(text) is Message else ""


def packed_part(value: object) -> str:
    """JSON of a message, or of a name or a number that a message has in it."""
    return _JSON.encode(_bare(value))


def unpacked(text: str, made_of: str) -> str:
    """The message again from :func:`packed`; the plain ``text`` when nothing was kept beside it.

    What it was made of is read when somebody asks for it in another language.
    """
    if not made_of:
        return text
    again = Message(text)
    again._made = made_of
    return again


def _bare(value: Any) -> Any:
    if type(value) is Message:
        return {value.kind: [_bare(part) for part in value.parts]}
    if isinstance(value, dict):
        return [[name, _bare(inner)] for name, inner in value.items()]
    return value


def _whole(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, parts),) = value.items()
    parts = [_whole(part) for part in parts]
    if kind == "say":
        return say(parts[0], **{name: _whole(inner) for name, inner in parts[1]})
    if kind == "say_count":
        return say_count(*parts[:3], **{name: _whole(inner) for name, inner in parts[3]})
    if kind == "joined":
        return joined(parts[1:], parts[0])
    if kind == "listed":
        return listed(parts)
    return {"capital": capital, "encoded": encoded, "numeral": numeral, "unstopped": unstopped}[kind](parts[0])


def _message(text: str, kind: str, *parts: Any) -> Message:
    made = Message(text)
    made._made = kind, parts
    return made


def _filled(language: Language, message: str, values: Mapping[str, Any]) -> str:
    """The message with its fields filled; one with more than names and formats in them is left to the formatter."""
    parts = _taken_apart(message)
    if parts is None:
        return _Fields(language).vformat(message, (), values)
    put = _Fields(language).format_field
    return "".join([part if type(part) is str else put(values[part[0]], part[1]) for part in parts])


@lru_cache(maxsize=_MESSAGES)
def _taken_apart(message: str) -> tuple[str | tuple[str, str], ...] | None:
    """The text between fields, and of each field its name and format."""
    parts: list[str | tuple[str, str]] = []
    for text, name, form, conversion in Formatter().parse(message):
        parts += [text] if text else []
        if name is not None:
            if not name.isidentifier() or conversion or "{" in (form or ""):
                return None
            parts.append((name, form or ""))
    return tuple(parts)


class _Fields(Formatter):
    """Puts values into the fields of a message; numbers with a format are written as the language writes them."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        if type(value) is Message:
            return told(value, self._language)
        text = format(value, format_spec)
        return self._language.number(text) if isinstance(value, int | float) and format_spec else text


def _say(language: Language, message: str, values: Mapping[str, Any]) -> str:
    return _filled(language, language.gettext(message), values)


def _say_count(language: Language, one: str, many: str, n: int, values: Mapping[str, Any]) -> str:
    return _filled(language, language.ngettext(one, many, n), {"n": n, **values})


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")


_SAID: dict[str, Any] = {
    "say": _say,
    "say_count": _say_count,
    "listed": lambda language, *items: language.listed(items),
    "joined": lambda _, between, *items: between.join(items),
    "capital": lambda _, text: _upper(text),
    "encoded": lambda _, text: _percent(text),
    "numeral": lambda language, english: language.number(english),
    "unstopped": lambda _, text: text.removesuffix("."),
}
