"""Sentences by the column: what :mod:`netofnets.language.messages` says of one row, said of all rows at once.

A table with a sentence in each of a million rows would hold a million messages before it is written. Arrow puts texts
together instead, and beside each what it was made of, the same to the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.language.messages import Message, packed_part

__all__ = [
    "Sentences",
    "after",
    "either",
    "joined_each",
    "listed_each",
    "of_each",
    "said_of",
    "say_count_each",
    "say_each",
]

_ESCAPED = r'["\\\x00-\x1f]'  # what JSON writes otherwise than it is


@dataclass(frozen=True, slots=True)
class Sentences:
    """A column of texts, and of what each was made of (JSON, as :func:`packed` gives it); null is no sentence."""

    text: pa.Array
    made_of: pa.Array

    def __len__(self) -> int:
        return len(self.text)

    def take(self, positions: npt.ArrayLike) -> Sentences:
        """Those at the positions; none at -1."""
        place = np.asarray(positions, dtype=np.int64)
        at = pa.array(place, mask=place < 0)
        return Sentences(self.text.take(at), self.made_of.take(at))

    def where(self, shown: npt.NDArray[np.bool_]) -> Sentences:
        """None but those that are ``shown``."""
        none = pa.scalar(None, pa.string())
        return Sentences(*(pc.if_else(pa.array(shown), one, none) for one in (self.text, self.made_of)))


def of_each(values: Sequence[str | None]) -> Sentences:
    """A column of names, of somebody's own words, or of messages that were said one by one; None is no sentence."""
    text = pa.array(values, pa.string())
    said = pa.array([type(one) is Message for one in values], pa.bool_())
    plain = _together('"', text, '"')  # JSON of nearly every name
    own = pc.or_(said, pc.fill_null(pc.match_substring_regex(text, _ESCAPED), False))
    if not pc.any(own).as_py():
        return Sentences(text, plain)
    told = [packed_part(values[at]) for at in np.flatnonzero(own).tolist()]
    return Sentences(text, pc.replace_with_mask(plain, own, pa.array(told, pa.string())))


def after(parts: Sequence[Sentences]) -> Sentences:
    """One column after the other; there is one at least."""
    return Sentences(pa.concat_arrays([p.text for p in parts]), pa.concat_arrays([p.made_of for p in parts]))


def said_of(text: str, rows: int) -> Sentences:
    """The same in every row."""
    return of_each([text]).take(np.zeros(rows, dtype=np.int64))


def say_each(message: str, /, **values: Sentences | npt.NDArray[Any]) -> Sentences:
    """:func:`say` of every row: each value is a column, of texts or of numbers; there is one at least."""
    columns = _columns((message,), values)
    text = _filled(message, columns)
    return Sentences(text, _together('{"say":[', packed_part(message), ",", *_made_of(columns), "]}"))


def say_count_each(
    one: str, many: str, n: npt.NDArray[np.integer], /, **values: Sentences | npt.NDArray[Any]
) -> Sentences:
    """:func:`say_count` of every row, ``n`` its count."""
    columns = _columns((one, many), {"n": n, **values})
    text = pc.if_else(pa.array(n == 1), _filled(one, columns), _filled(many, columns))
    count = columns.pop("n").made_of
    opening = ('{"say_count":[', packed_part(one), ",", packed_part(many), ",", count, ",")
    return Sentences(text, _together(*opening, *_made_of(columns), "]}"))


def joined_each(parts: Sequence[Sentences], between: str = " ") -> Sentences:
    """:func:`joined` of every row, of the parts that it has; none without any."""
    inner = _skipping([part.made_of for part in parts], ",")
    text = _skipping([part.text for part in parts], between)
    return Sentences(text, _together('{"joined":[', packed_part(between), ",", inner, "]}"))


def listed_each(parts: Sequence[Sentences]) -> Sentences:
    """:func:`listed` of every row; where a part is missing, those after it are missing too. None without any."""
    text, several = parts[-1].text, pa.array(np.zeros(len(parts[0]), dtype=np.bool_))
    for part in reversed(parts[:-1]):  # from the last: a comma stands before what has a comma or an "and" after it
        mark = pc.if_else(several, ", ", " and ")
        several = pc.is_valid(text)
        text = pc.coalesce(_together(part.text, mark, text), part.text)
    inner = _skipping([part.made_of for part in parts], ",")
    return Sentences(text, _together('{"listed":[', inner, "]}"))


def either(shown: npt.NDArray[np.bool_], first: Sentences, second: Sentences) -> Sentences:
    """The first where it is ``shown``, else the second."""
    mask = pa.array(shown)
    return Sentences(pc.if_else(mask, first.text, second.text), pc.if_else(mask, first.made_of, second.made_of))


def _columns(messages: Sequence[str], values: dict[str, Any]) -> dict[str, Sentences]:
    """Each value as a column of texts; numbers in the format that stands in the message."""
    formats = {field: spec or "" for one in messages for _, field, spec, _ in Formatter().parse(one) if field}
    return {
        name: value if isinstance(value, Sentences) else _numbers(value, formats.get(name, ""))
        for name, value in values.items()
    }


def _numbers(values: npt.NDArray[Any], spec: str) -> Sentences:
    distinct, at = np.unique(values, return_inverse=True)
    numbers = distinct.tolist()
    texts = pa.array([format(number, spec) for number in numbers], pa.string())
    return Sentences(texts, pa.array([packed_part(number) for number in numbers], pa.string())).take(at)


def _filled(message: str, columns: dict[str, Sentences]) -> pa.Array:
    """The message with each row's values in its fields."""
    pieces: list[Any] = []
    for literal, field, _, _ in Formatter().parse(message):
        pieces += [literal, *([columns[field].text] if field else [])]
    return _together(*pieces)


def _made_of(columns: dict[str, Sentences]) -> list[Any]:
    """Names and values as a list of pairs."""
    pieces: list[Any] = ["["]
    for at, (name, column) in enumerate(columns.items()):
        pieces += [f'{"," if at else ""}["{name}",', column.made_of, "]"]
    return [*pieces, "]"]


def _skipping(parts: Sequence[pa.Array], between: str) -> pa.Array:
    """Those of each row that are there, with something between them.

    Arrow's own way, ``null_handling="skip"``, gives a column of no rows where nothing is there at all.
    """
    told = parts[0]
    for part in parts[1:]:
        told = pc.coalesce(_together(told, between, part), told, part)
    return told


def _together(*pieces: Any) -> pa.Array:
    return pc.binary_join_element_wise(*pieces, "")
