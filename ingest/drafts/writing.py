"""What was chosen for tables, as the mapping file that the command takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.drafts.tables import PARTS, DraftColumn, DraftTable, wants
from ingest.guess import ColumnGuess, TableGuess
from ingest.suggest import pattern_of, whole_mapping, written
from netofnets.errors import InputError
from netofnets.language import say

__all__ = ["mapping_text"]


def mapping_text(source: str, tables: Sequence[DraftTable]) -> str:
    """The text of a mapping for the tables that are taken; empty when all of them explain themselves.

    Raises :class:`InputError` when files that explain themselves and others have one source.
    """
    taken = [table for table in tables if table.take]
    if not taken:
        raise InputError(say("nothing of {source!r} is taken; tick a table", source=source), code="empty_batch")
    own = [table for table in taken if table.own]
    if len(own) == len(taken):
        return ""
    if own:
        raise InputError(
            say(
                "{file} says itself what it is and the others of {source!r} do not; give it a source of its own",
                file=own[0].file,
                source=source,
            ),
            code="source",
        )
    alone = len({table.file for table in tables}) == 1
    blocks = [_block(table, "*" if alone else pattern_of(table.file)) for table in taken]
    return whole_mapping(source, blocks)


def _block(table: DraftTable, file: str) -> str:
    if table.blocks:
        return table.blocks
    columns = [*_named(table), *_left_out(table.columns)]
    constants = {"network": table.network} if table.network and "network" in table.menu() else {}
    several_sheets = TableGuess(file, table.sheet, table.shape, tuple(columns), table.why, constants, table.encoding)
    return written(several_sheets)


def _named(table: DraftTable) -> Iterable[ColumnGuess]:
    by_column: dict[str, list[DraftColumn]] = {}
    for one in table.columns:
        if one.column:
            by_column.setdefault("name" if one.column in PARTS else one.column, []).append(one)
    for column, ones in by_column.items():
        if column == "name":
            yield _name(ones)
            continue
        several = wants(table, column) == "split"
        marks = "".join(dict.fromkeys(one.split for one in ones))
        if several and len(ones) > 1 and ";" not in marks:
            marks = ";" + marks
        if ";" in marks:
            marks = ";" + marks.replace(";", "")
        yield ColumnGuess(
            column,
            tuple(one.header for one in ones),
            _why(ones[0]),
            split=marks,
            date_format=ones[0].date_format,
            sure=ones[0].sure or ones[0].column != ones[0].guess,
            how="join" if several else "first_of",
        )


def _name(ones: Sequence[DraftColumn]) -> ColumnGuess:
    """First and last name in this order; where a column is the whole name already, it alone."""
    whole = [one for one in ones if one.column == "name"]
    parts = sorted((one for one in ones if one.column in PARTS), key=lambda one: PARTS.index(one.column))
    if whole:
        return ColumnGuess(
            "name", tuple(one.header for one in whole), _why(whole[0]), sure=whole[0].sure, how="first_of"
        )
    return ColumnGuess("name", tuple(one.header for one in parts), "first and last name")


def _left_out(columns: Iterable[DraftColumn]) -> list[ColumnGuess]:
    return [ColumnGuess("", (one.header,), _why(one)) for one in columns if not one.column]


def _why(one: DraftColumn) -> str:
    return one.why if one.column == one.guess else "chosen by a person"
