"""From files that were given to tables: with a guess for each column, or with what was chosen for it before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.drafts.columns import kinds
from ingest.drafts.folder import Draft, DraftFile
from ingest.drafts.kept import Kept, known_columns
from ingest.drafts.tables import DATES, MARKS, PARTS, PEOPLE_BY_PEOPLE, DraftColumn, DraftTable
from ingest.guess import NOT_KNOWN, ColumnGuess, Sample, TableGuess, guess_table, network_of_file
from ingest.guess_as import guess_as
from ingest.inferred import infer
from ingest.mapping import TableSpec
from ingest.shapes_of_values import dates_in, is_several
from ingest.sources.files import identify
from ingest.sources.raw import RawTable
from ingest.sources.reader import Source
from ingest.sources.registry import open_source
from ingest.suggest import pattern_of, samples_of, written
from netofnets.errors import InputError
from netofnets.language import joined, say

__all__ = ["as_kinds", "read_tables", "source_of"]

_SHOWN = 5  # rows
_CELL = 80  # characters
_EXAMPLES = 3


def read_tables(draft: Draft, kept: Sequence[Kept]) -> tuple[list[DraftTable], dict[str, str]]:
    """The tables of all files of a draft, and the source that each file is proposed to be from.

    Raises :class:`InputError` for a file that cannot be read at all.
    """
    tables: list[DraftTable] = []
    sources: dict[str, str] = {}
    for file in draft.files:
        found, source = _tables(draft, file, kept)
        tables += found
        sources[file.name] = source or source_of(file.name)
    return tables, sources


def source_of(name: str) -> str:
    """The name under which what a file says would be kept, when nobody has said another."""
    return network_of_file(name)[:100]


def _tables(draft: Draft, file: DraftFile, kept: Sequence[Kept]) -> tuple[list[DraftTable], str]:
    source = open_source(identify(draft.path(file), file.name))
    try:
        if source.meaning:
            return [_own(file, source)], ""
        tables, sources = [], []
        for sample in samples_of(source):
            table = _table(sample)
            known = known_columns(table.header, kept) if not table.blocks else None
            tables.append(_as_before(table, sample, *known) if known else table)
            sources.append(known[0].source if known else "")
    finally:
        source.close()
    if not tables:
        why = say("{file}: no sheet has a table; export it again", file=file.name)
        raise InputError(why, code="missing_header", file=file.name)
    return tables, sources[0] if len(set(sources)) == 1 else ""


def _own(file: DraftFile, source: Source) -> DraftTable:
    return DraftTable(file.name, "", "", say("this file says itself what is in it"), 0, own=source.meaning)


def _table(sample: Sample) -> DraftTable:
    spec = _inferred(sample)
    guesses = (_of_spec(sample, spec),) if spec else guess_table(sample)
    table = _of_guess(sample, guesses[0])
    if not guesses[0].layout:
        return replace(table, guessed=table.shape)
    # People by people: the menus cannot show it.
    place = pattern_of(sample.file)
    blocks = "\n".join(written(replace(one, file=place)) for one in guesses)
    return replace(table, columns=(), blocks=blocks, guessed=PEOPLE_BY_PEOPLE)


def _of_guess(sample: Sample, guess: TableGuess) -> DraftTable:
    seen = {"header": sample.header, "rows": tuple(_row(row) for row in sample.rows[:_SHOWN]), "total": sample.total}
    table = DraftTable(sample.file, sample.sheet, guess.shape, guess.why, encoding=sample.encoding, **seen)  # type: ignore[arg-type]
    return replace(table, columns=tuple(_columns(sample, guess)), network=guess.constants.get("network", ""))


def as_kinds(draft: Draft, tables: Sequence[DraftTable], said: Mapping[int, str]) -> list[DraftTable]:
    """The tables, those at the places in ``said`` guessed anew as what somebody said that they are.

    What is the kind that a table looked like is guessed as it was at first; what there is no kind of stays.
    """
    found = list(tables)
    for file in draft.files:
        wanted = {i: kind for i, kind in said.items() if tables[i].file == file.name and _is_kind(tables[i], kind)}
        if not wanted:
            continue
        source = open_source(identify(draft.path(file), file.name))
        try:
            samples = {sample.sheet: sample for sample in samples_of(source)}
        finally:
            source.close()
        for i, kind in wanted.items():
            table, sample = tables[i], samples[tables[i].sheet]
            anew = _table(sample) if kind == table.guessed else _of_guess(sample, guess_as(sample, kind))
            found[i] = replace(anew, guessed=table.guessed, take=table.take)
    return found


def _is_kind(table: DraftTable, kind: str) -> bool:
    return not table.own and kind != table.kind and any(kind in dict(menu) for _, menu in kinds(table))


def _inferred(sample: Sample) -> TableSpec | None:
    """What a table is whose name and headers are ours: of networks, of ties ... People's rosters are guessed."""
    raw = RawTable(sample.file, sample.sheet, list(sample.header), iter(()))
    try:
        spec = infer(raw)
    except InputError:
        return None
    named = {header for recipe in spec.columns.values() for header in recipe.headers}
    known = len(named) > len([h for h in sample.header if h.strip()]) / 2
    of_people = spec.shape.name == "roster" or (spec.shape.name == "leaders" and "id" not in spec.columns)
    return spec if known and not of_people else None


def _of_spec(sample: Sample, spec: TableSpec) -> TableGuess:
    found = [
        ColumnGuess(name, recipe.headers[:1], say("it is called as we call it"))
        for name, recipe in spec.columns.items()
    ]
    taken = {column.headers[0] for column in found}
    others = [ColumnGuess("", (h,), NOT_KNOWN) for h in sample.header if h.strip() and h not in taken]
    why = say("its name and headers are those of a table of {kind}", kind=spec.shape.name.replace("_", " "))
    return TableGuess(sample.file, sample.sheet, spec.shape.name, (*found, *others), why, {}, sample.encoding)


def _columns(sample: Sample, guess: TableGuess) -> Iterator[DraftColumn]:
    of_header = {header: (one, place) for one in guess.columns for place, header in enumerate(one.headers)}
    for index, header in enumerate(sample.header):
        if not header.strip():
            continue
        one, place = of_header.get(header, (ColumnGuess("", (header,), NOT_KNOWN), 0))
        column = PARTS[place] if one.column == "name" and len(one.headers) == 2 else one.column
        values = sample.column(index)
        split, written_as = one.split or is_several(values), one.date_format or dates_in(values).format
        yield DraftColumn(
            header,
            _examples(values),
            column,
            one.why,
            one.sure,
            column,
            one.split,
            one.date_format,
            split if split in {mark for mark, _ in MARKS.values()} else "",
            written_as if written_as in {date for date, _ in DATES.values()} else "",
        )


def _as_before(
    table: DraftTable, sample: Sample, kept: Kept, spec: TableSpec, known: dict[str, tuple[str, str, str]]
) -> DraftTable:
    """The table with what was chosen for one with these headers; the new ones among them keep their guess."""
    if spec.shape.name != table.shape:
        table = replace(_of_guess(sample, guess_as(sample, spec.shape.name)), guessed=table.guessed)
    why = say("as you chose for {source} before", source=kept.source)
    columns = []
    for one in table.columns:
        if one.header in known:
            column, split, date = known[one.header]
            columns.append(replace(one, column=column, guess=column, split=split, date_format=date, why=why, sure=True))
        else:
            columns.append(one)
    constant = spec.columns.get("network")
    network = (constant.text or constant.fallback) if constant else ""
    return replace(
        table, columns=tuple(columns), network=network, why=joined([table.why, say("its headers are known")], "; ")
    )


def _row(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell if len(cell) <= _CELL else cell[: _CELL - 1] + "\N{HORIZONTAL ELLIPSIS}" for cell in row)


def _examples(values: Sequence[str]) -> tuple[str, ...]:
    different = dict.fromkeys(" ".join(value.split()) for value in values[:50] if value.strip())
    return tuple(value[:_CELL] for value in list(different)[:_EXAMPLES])
