"""The layers in which networks are joined, or could be, with what is observed and what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.layers import NAMES, STRONGEST
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, positions
from netofnets.services.refs import Ref
from netofnets.services.rows_of import RowsOf, rows_with
from netofnets.services.words import number

__all__ = [
    "Layer",
    "LayerOf",
    "Pairs",
    "backbone",
    "chosen_layer",
    "flags",
    "layer_words",
    "layers_in",
    "layers_of",
    "pairs_in",
    "pairs_of",
]

Pairs = tuple[Ints, Ints, pa.Table]


@dataclass(frozen=True, slots=True)
class Layer:
    """One way in which networks are joined, or could be."""

    key: str
    words: str  # what is counted
    pairs: int  # that are listed
    validated: int
    of_each: int = 0  # listed are at most so many of each network, the strongest, beside those validated; 0: all


@dataclass(frozen=True, slots=True)
class LayerOf:
    """One way in which a network is joined with others, and with whom most clearly."""

    key: str
    networks: int
    validated: int  # of them, beyond chance
    other: Ref
    words: str  # "14 partners of both; 2.1 would be expected by chance"
    at_least: bool = False  # there may be more networks than are listed


def pairs_in(index: EditionIndex, layer: str) -> Pairs:
    """Pairs of networks in a layer, with the columns of the table ``overlap`` (``least`` for members alone)."""
    if layer == "members":
        return index.pairs
    key = ("layer", layer)

    def build() -> Pairs:
        table = index.table("layers")
        names = ["shared" if name == "observed" else name for name in table.column_names]
        own = rows_with(table, "layer", layer).rename_columns(names)
        first, second = (positions(index.snapshot, "networks", own[side]) for side in ("first", "second"))
        return first, second, own

    return index.once(key, build)


def pairs_of(index: EditionIndex, layer: str, network: int) -> Ints:
    """The rows of a layer that a network is in, in their order."""
    first, second, _ = pairs_in(index, layer)
    nodes = index.snapshot.count("networks")
    return index.once(("pairs of", layer), lambda: RowsOf.ending_at(nodes, first, second))[network]


def layers_in(index: EditionIndex) -> tuple[Layer, ...]:
    """How many pairs each layer joins, and how many of them beyond chance."""

    def build() -> tuple[Layer, ...]:
        return tuple(
            Layer(layer, words, len(pairs_in(index, layer)[0]), int(flags(index, layer).sum()), _of_each(index, layer))
            for layer, words in NAMES.items()
        )

    return index.once("layers", build)


def _of_each(index: EditionIndex, layer: str) -> int:
    return STRONGEST if layer == "interests" and index.snapshot.count("networks") > STRONGEST + 1 else 0


def chosen_layer(index: EditionIndex, asked: str) -> str:
    """The layer asked for; else members, or the first layer that joins anything where no two networks share one."""
    if asked in NAMES:
        return asked
    return next((layer.key for layer in layers_in(index) if layer.pairs), "members")


def layers_of(index: EditionIndex, network: int) -> tuple[LayerOf, ...]:
    """The layers in which a network is joined with any other, with the pair that stands out most in each."""
    found = []
    for layer in NAMES:
        first, second, table = pairs_in(index, layer)
        rows = pairs_of(index, layer, network)
        if not len(rows):
            continue
        own = table.select(["shared", "expected", "q"]).take(pa.array(rows))
        at = int(np.lexsort((-np.asarray(own["shared"].to_numpy()), np.asarray(own["q"].to_numpy())))[0])
        other = int(second[rows[at]] if first[rows[at]] == network else first[rows[at]])
        words = layer_words(own.slice(at, 1).to_pylist()[0], layer)
        firm = int(np.count_nonzero(flags(index, layer)[rows]))
        more = 0 < _of_each(index, layer) <= len(rows)
        found.append(LayerOf(layer, len(rows), firm, index.network(other), words, more))
    return tuple(found)


def flags(index: EditionIndex, layer: str) -> npt.NDArray[np.bool_]:
    """Which pairs of a layer are validated."""
    return index.once(("validated", layer), lambda: _flags(pairs_in(index, layer)[2]))


def backbone(index: EditionIndex, layer: str) -> Ints:
    """The pairs of a layer, validated ones first, then by how much is shared; equal ones in the table's order."""

    def build() -> Ints:
        shared = np.asarray(pairs_in(index, layer)[2]["shared"].to_numpy(), dtype=np.int64)
        return np.lexsort((-shared, ~flags(index, layer))).astype(np.int64)

    return index.once(("backbone", layer), build)


def _flags(table: pa.Table) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool)


def layer_words(pair: dict[str, Any], layer: str) -> str:
    """What is observed and expected of a pair."""
    return joined(
        [
            _counted(int(pair["shared"]), layer),
            say("{number} would be expected by chance", number=number(pair["expected"])),
        ],
        "; ",
    )


def _counted(n: int, layer: str) -> str:
    """How many there are of what :data:`NAMES` says of a layer."""
    if layer == "members":
        return say_count("{n:,} person is in both", "{n:,} people are in both", n)
    if layer == "ties":
        return say_count("{n:,} pair of people works together", "{n:,} pairs of people work together", n)
    if layer == "partners":
        return say_count("{n:,} partner of both", "{n:,} partners of both", n)
    if layer == "schools":
        return say_count("{n:,} school with people of both", "{n:,} schools with people of both", n)
    return say_count("{n:,} interest typical of both", "{n:,} interests typical of both", n)
