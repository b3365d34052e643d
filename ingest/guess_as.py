"""What the columns of a table are, once somebody has said what kind of table it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.guess import NOT_KNOWN, SORTS, ColumnGuess, Sample, TableGuess, by_header, guess_roster
from ingest.inferred import headers_of
from ingest.shapes_of_values import dates_in, is_several, looks_like
from ingest.sources.raw import RawTable
from ingest.words import Meant, meant_by, plain, why_left_out
from netofnets.language import say
from netofnets.schema.columns import Column, Shape, end_names, shape
from netofnets.schema.kinds import BY_NAME, LEADERS, node_kind
from netofnets.schema.model import PropertyType, RelationshipKind

__all__ = ["guess_as"]


def guess_as(sample: Sample, kind: str) -> TableGuess:
    """The guess for a table of this kind: each header by its own name with us, else by what such words mean.

    :class:`~netofnets.errors.SchemaError` for a kind that there is not.
    """
    declared, why = shape(kind), say("you said so")
    if kind == "roster":
        return guess_roster(sample)
    ours = headers_of(kind, RawTable(sample.file, sample.sheet, list(sample.header), iter(())))
    by_header = {header: column for column, header in ours.items()}
    taken = set(ours)
    found = []
    for index, header in enumerate(sample.header):
        if header.strip():
            values = sample.column(index)
            if header in by_header:
                found.append(
                    _detailed(declared.column(by_header[header]), header, values, say("the header"), sure=True)
                )
            else:
                found.append(_meant(declared, header, values, taken))
    return TableGuess(sample.file, sample.sheet, kind, tuple(found), why, {}, sample.encoding)


def _meant(declared: Shape, header: str, values: list[str], taken: set[str]) -> ColumnGuess:
    meant = meant_by(header)
    if meant is not None and meant.left_out:
        return ColumnGuess("", (header,), why_left_out(meant))
    if plain(header) in SORTS:
        meant = Meant("kind", plain(header), True)
    for name in _candidates(declared, meant, looks_like(values)):
        if name not in taken:
            taken.add(name)
            said = by_header(meant) if meant else say("the header")
            return _detailed(declared.column(name), header, values, said, sure=bool(meant and meant.whole))
    return ColumnGuess("", (header,), NOT_KNOWN)


def _candidates(declared: Shape, meant: Meant | None, looks: str) -> Iterator[str]:
    """Columns of the shape that a header may stand for, the likeliest first."""
    names = {column.name for column in declared.columns}
    aliases = _aliases(declared)
    for said in ("email" if looks == "email" else "", meant.column if meant else ""):
        for name in (*aliases.get(said, ()), said):
            if name in names:
                yield name


def _aliases(declared: Shape) -> Mapping[str, tuple[str, ...]]:
    """What the columns of a roster are called in a table of another kind."""
    kind = BY_NAME[declared.name]
    if not isinstance(kind, RelationshipKind):
        label = node_kind(kind.name).label.lower()
        return {label: ("name",), f"{label}_id": ("id",), "leader_id": ("id",)}
    found: dict[str, tuple[str, ...]] = {}
    for end, node in zip(end_names(kind), (kind.source, kind.target), strict=True):
        known = {node_kind(node).label.lower(): end, f"{node_kind(node).label.lower()}_id": f"{end}_id"}
        if node == LEADERS.name:
            known |= {"name": end, "email": f"{end}_email"}
        if node == "interests":
            known |= dict.fromkeys(("interests", "offers", "seeks"), end)
        for said, column in known.items():
            found[said] = (*found.get(said, ()), column)
    return found


def _detailed(column: Column, header: str, values: list[str], why: str, *, sure: bool) -> ColumnGuess:
    split = is_several(values) if column.several else ""
    written = dates_in(values).format if column.property.type is PropertyType.DATE else ""
    return ColumnGuess(column.name, (header,), why, split, written, sure)
