"""Columns of result tables: plain Arrow types, and null where a value is not defined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.measure import message_of
from netofnets.graph.arrow_files import places_in
from netofnets.language.columns import Sentences
from netofnets.language.messages import packed

__all__ = ["booleans", "floats", "integers", "pick", "positions", "sentences", "table", "texts"]

Mask = npt.NDArray[np.bool_]


def floats(values: npt.ArrayLike, defined: Mask | None = None) -> pa.Array:
    """A float column; null where ``defined`` is false and where the value is not a finite number."""
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers) if defined is None else np.isfinite(numbers) & defined
    return pa.array(np.where(known, numbers, 0.0) + 0.0, pa.float64(), mask=~known)  # + 0.0: no negative zero


def integers(values: npt.ArrayLike, defined: Mask | None = None) -> pa.Array:
    """An integer column; null where ``defined`` is false."""
    numbers = np.asarray(values, dtype=np.int64)
    return pa.array(numbers, pa.int64(), mask=None if defined is None else ~defined)


def booleans(values: npt.ArrayLike, defined: Mask | None = None) -> pa.Array:
    """A yes/no column; null where ``defined`` is false."""
    flags = np.asarray(values, dtype=np.bool_)
    return pa.array(flags, pa.bool_(), mask=None if defined is None else ~defined)


def texts(values: Sequence[str | None]) -> pa.Array:
    """A text column; None is null."""
    return pa.array(values, pa.string())


def sentences(name: str, values: Sentences | Sequence[str | None]) -> dict[str, pa.Array]:
    """A text column, and beside it what its messages were made of, so that they can be said in other languages."""
    if isinstance(values, Sentences):
        return {name: values.text, message_of(name).name: values.made_of}
    return {name: texts(values), message_of(name).name: texts([packed(v) or None if v else None for v in values])}


def pick(strings: pa.Array, positions: npt.ArrayLike, defined: Mask | None = None) -> pa.Array:
    """The strings at ``positions``; null where ``defined`` is false."""
    at = np.asarray(positions, dtype=np.int64)
    if defined is not None:
        at = np.where(defined, at, 0)
    return strings.take(pa.array(at, pa.int64(), mask=None if defined is None else ~defined))


def positions(ids: pa.ChunkedArray | pa.Array, known: pa.Array) -> npt.NDArray[np.int64]:
    """Position of each id in the sorted array ``known``; -1 when it is not there or null."""
    return places_in(ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids, known)


def table(columns: Mapping[str, pa.Array]) -> pa.Table:
    """The columns as one table, one chunk each."""
    return pa.table(dict(columns)).combine_chunks()
