"""A mapping file for files that nobody has described yet: guessed from their first rows, each guess explained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.guess import ColumnGuess, Sample, TableGuess, guess_table, network_of_file
from ingest.meaning import MEANINGS
from ingest.sources.batch import collect
from ingest.sources.raw import RawTable
from ingest.sources.reader import Source, Written
from ingest.sources.registry import open_source
from ingest.words import plain
from netofnets.errors import InputError
from netofnets.schema.text import escape_controls

__all__ = ["pattern_of", "samples_of", "suggest", "whole_mapping", "written"]

_INTRO = """# Guessed from headers and first rows. Look at every line, correct what is wrong, try it with --dry-run.
# docs/mapping.md explains each key.
"""
_NO_UTF8 = "it is no UTF-8; look whether its accents come out right"
_ROWS = 500  # looked at; enough to tell shapes, few enough to be quick on any file


def suggest(paths: Sequence[Path], source: str = "") -> str:
    """The text of a mapping file for these files; :class:`InputError` when one of them cannot be read at all."""
    files, _ = collect(paths)
    blocks: list[str] = []
    for file in files:
        opened = open_source(file)
        try:
            blocks += _blocks(opened, "*" if len(files) == 1 else pattern_of(file.name))
        finally:
            opened.close()
    return whole_mapping(source or "-".join(plain(network_of_file(files[0].name)).split()), blocks)


def whole_mapping(source: str, blocks: Iterable[str]) -> str:
    """The text of a mapping file of these blocks."""
    return f"{_INTRO}source = {_quoted(source)}\n\n" + "\n".join(dict.fromkeys(blocks))


def _blocks(source: Source, file: str) -> list[str]:
    if source.meaning:  # nothing to guess: the file says what it is
        return [(MEANINGS / f"{source.meaning}.toml").read_text(encoding="utf-8")]
    return [written(replace(guess, file=file)) for sample in samples_of(source) for guess in guess_table(sample)]


def samples_of(source: Source) -> Iterator[Sample]:
    """The first rows of each visible table; text that is no UTF-8 is tried as cp1252, and the sample says so."""
    for title in source.titles.visible:
        try:
            yield _sample(source.table(title, Written()), "")
        except InputError as error:
            if error.code == "missing_header" and len(source.titles.visible) > 1:
                continue  # an empty sheet beside others
            if error.code != "encoding":
                raise
            yield _sample(source.table(title, Written("cp1252")), "cp1252")


def _sample(raw: RawTable, encoding: str) -> Sample:
    rows: list[tuple[str, ...]] = []
    total = 0
    for _, _, cells, _ in raw.rows:  # to the end: bytes that are no UTF-8 may come late
        if any(cells):
            total += 1
            if len(rows) < _ROWS:
                rows.append(tuple(cells))
    return Sample(raw.file, raw.sheet, tuple(raw.header), tuple(rows), encoding, total)


def written(guess: TableGuess) -> str:
    """One guess as a block of a mapping file."""
    lines = ["[[tables]]", f"file = {_quoted(guess.file)}"]
    if guess.sheet:
        lines.append(f"sheet = {_quoted(pattern_of(guess.sheet))}")
    lines.append(f"is = {_quoted(guess.shape)}{_because(guess.why)}")
    if guess.layout:
        lines.append(f"rows = {_quoted(guess.layout)}")
    if guess.encoding:
        lines.append(f"encoding = {_quoted(guess.encoding)}{_because(_NO_UTF8)}")
    if left_out := guess.left_out:
        lines.append(f"ignore = [{', '.join(_quoted(pattern_of(c.headers[0])) for c in left_out)}]")
        lines += [f"#   {_plain(c.headers[0])}: {_plain(c.why)}" for c in left_out]
    lines.append("[tables.columns]")
    lines += [f"{c.column} = {_recipe(c)}{_because(c.why, c.sure)}" for c in guess.columns if c.column]
    if guess.constants:
        lines.append("[tables.constants]")
        lines += [f"{name} = {_quoted(value)}" for name, value in guess.constants.items()]
    return "\n".join(lines) + "\n"


def _recipe(column: ColumnGuess) -> str:
    headers = [_quoted(header) for header in column.headers]
    parts = [f"from = {headers[0]}"] if len(headers) == 1 else [f"{column.how} = [{', '.join(headers)}]"]
    marks = column.split
    if len(headers) > 1 and marks:  # what joins the cells parts them again
        parts.append(f"with = {_quoted(marks[0])}")
    if marks:
        parts.append(f"split = {_quoted(marks) if len(marks) == 1 else json.dumps(list(marks))}")
    if column.date_format:
        parts.append(f"date_format = {_quoted(column.date_format)}")
    return headers[0] if parts == [f"from = {headers[0]}"] else f"{{ {', '.join(parts)} }}"


def _because(why: str, sure: bool = True) -> str:
    return f"  # {'' if sure else 'perhaps: '}{_plain(why)}"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    return escape_controls(text)


def pattern_of(name: str) -> str:
    """A header, or the name of a file or sheet, as a pattern that fits nothing else."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
