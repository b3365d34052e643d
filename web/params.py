"""What a page takes from the query string: declared, clamped, and put back into addresses in one fixed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

__all__ = ["Choice", "Param", "Text", "Whole", "address", "settle"]


@dataclass(frozen=True, slots=True)
class Text:
    """Free text (a search, a name, an id): control characters out, blanks trimmed, cut at ``longest`` characters."""

    name: str
    longest: int = 200
    default: str = ""

    def settle(self, raw: str) -> str:
        """The value that is used for what was asked."""
        kept = "".join(c if c.isprintable() else " " for c in raw[: 4 * self.longest])
        return " ".join(kept.split())[: self.longest]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; anything else means the first."""

    name: str
    choices: tuple[str, ...]

    @property
    def default(self) -> str:
        """The first choice."""
        return self.choices[0]

    def settle(self, raw: str) -> str:
        """The value that is used for what was asked."""
        return raw if raw in self.choices else self.default


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, moved into ``low`` to ``high``."""

    name: str
    low: int
    high: int
    start: int

    @property
    def default(self) -> str:
        """The number that is used when none is given."""
        return str(self.start)

    def settle(self, raw: str) -> str:
        """The value that is used for what was asked."""
        digits = raw.strip()
        if len(digits) > 9 or not (digits.isascii() and digits.isdecimal()):
            return self.default
        return str(min(max(int(digits), self.low), self.high))


Param = Text | Choice | Whole


def settle(params: tuple[Param, ...], asked: Mapping[str, str]) -> dict[str, str]:
    """A value for every parameter of a page; parameters it does not have are ignored."""
    return {param.name: param.settle(asked.get(param.name, param.default)) for param in params}


def address(path: str, params: tuple[Param, ...], values: Mapping[str, str]) -> str:
    """The address of a page in one fixed form: parameters in the declared order, defaults left out."""
    if not values:
        return quote(path)
    given = [(p.name, values[p.name]) for p in params if values.get(p.name, p.default) != p.default]
    return quote(path) + ("?" + "&".join(f"{name}={_quoted(value)}" for name, value in given) if given else "")


def _quoted(value: str) -> str:
    """Like ``urlencode`` writes a value; an id or a word, which most values are, stays as it is."""
    return value if value.isascii() and value.isalnum() else quote_plus(value)
