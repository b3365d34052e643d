"""Reading the keys of a mapping file, with messages that name the table, the key and what was near."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from netofnets.errors import MappingError

__all__ = ["Keys", "close_match", "wrong"]


def wrong(place: str, problem: str) -> MappingError:
    """The error that something is wrong at ``place``."""
    return MappingError(f"{place}: {problem}", code="mapping")


def close_match(name: str, among: Iterable[str]) -> str:
    """``; did you mean 'x'?`` or nothing."""
    folded = {candidate.casefold(): candidate for candidate in among}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f"; did you mean {folded[found[0]]!r}?" if found else ""


class Keys:
    """One TOML table and where it stands; every getter checks the type and has an empty default."""

    def __init__(self, read: Mapping[str, Any], place: str) -> None:
        self.read = read
        self.place = place

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def only(self, *allowed: str) -> None:
        """Refuse keys that mean nothing."""
        for key in self.read:
            if key not in allowed:
                close = close_match(key, allowed) or f"; allowed are {', '.join(allowed)}"
                raise wrong(self._at(key), f"there is no such key{close}")

    def missing(self, key: str) -> NoReturn:
        """Refuse that ``key`` is not there."""
        raise wrong(self._at(key), "this key is needed")

    def table(self, key: str) -> Keys:
        """A table inside this one."""
        value = self.read.get(key, {})
        if not isinstance(value, dict):
            raise wrong(self._at(key), f'a table is needed here, such as {{ from = "Header" }}, not {value!r}')
        return Keys(value, self._at(key))

    def text(self, key: str) -> str:
        """A text; numbers and dates are taken as they are written."""
        value = self.read.get(key, "")
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict | list):
            raise wrong(self._at(key), f"a text is needed here, not {value!r}")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self.read.get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(self._at(key), f"a text or a list of texts is needed here, not {value!r}")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """``true`` or ``false``."""
        value = self.read.get(key, False)
        if not isinstance(value, bool):
            raise wrong(self._at(key), f"true or false is needed here, not {value!r}")
        return value

    def number(self, key: str) -> int:
        """A whole number, zero or more."""
        value = self.read.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1000:
            raise wrong(self._at(key), f"a whole number from 0 to 1000 is needed here, not {value!r}")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``; the first is the default."""
        value = self.read.get(key, allowed[0])
        if value not in allowed:
            shown = ", ".join(repr(option) for option in allowed if option)
            raise wrong(self._at(key), f"{value!r} is not one of {shown}")
        return str(value)
