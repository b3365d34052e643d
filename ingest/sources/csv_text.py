"""Tables in text files: CSV and its relatives, with bytes, delimiters and quotes that are never guessed."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.raw import WHOLE_ROW, Fault, RawRow, RawTable
from ingest.sources.reader import Titles, Written
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["DELIMITERS", "CsvReader", "CsvSource"]

DELIMITERS = (",", ";", "\t", "|")
_XML = (b"<?xml", b"<graphml", b"<gexf")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class CsvReader:
    """CSV, TSV and any text whose lines are rows."""

    name = say("a text table")
    suffixes = (".csv", ".tsv", ".txt")

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """Any bytes that begin neither an archive nor XML."""
        return not head.startswith(b"PK") and not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(_XML)

    def open(self, file: InputFile) -> CsvSource:
        """Open the file; bytes are looked at when the table is asked for."""
        return CsvSource(file)


class CsvSource:
    """One text table."""

    titles = Titles(("",))
    meaning = ""

    def __init__(self, file: InputFile) -> None:
        self.file = file
        self._stream: io.TextIOWrapper | None = None

    def table(self, title: str, written: Written) -> RawTable:
        """The table, after its header has been read.

        Raises :class:`InputError` with code ``encoding``, ``csv_syntax``, ``missing_header`` or ``too_many_columns``,
        at once or while rows are read, naming the line.
        """
        self.close()
        chosen = _encoding(self.file, written.encoding)
        self._stream = stream = self.file.path.open("r", encoding=chosen, errors="strict", newline="")
        with _as_input_errors(self.file, chosen):
            return self._table(stream, chosen, written)

    def _table(self, stream: io.TextIOWrapper, chosen: str, written: Written) -> RawTable:
        file, delimiter = self.file, written.delimiter
        first, above = _first_line(stream, written.skip_lines)
        if first[:4].lower() == "sep=" and len(first.strip()) == 5:
            delimiter = delimiter or first[4]
            first, above = _first_line(stream, 0)[0], above + 1
        reader = csv.reader(_chain(first, stream), delimiter=delimiter or _delimiter(first), strict=True)
        # The module's limit is one for the process; it is only ever raised, and sizes are checked row by row.
        csv.field_size_limit(max(csv.field_size_limit(), limits.FIELD_CHARACTERS))
        records = _records(file, reader, above)
        header = next(records, (0, 0, []))[2]
        _check_header(file, header, above)
        rows = _rows(records, len(header), written.skip_lines, _is_cut_off(file.path, chosen))
        return RawTable(file.name, "", header, _guarded(rows, file, chosen), written.skip_lines + 1)

    def close(self) -> None:
        """Close the stream of the table that was asked for last."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _guarded(rows: Iterator[RawRow], file: InputFile, encoding: str) -> Iterator[RawRow]:
    with _as_input_errors(file, encoding):
        yield from rows


def _encoding(file: InputFile, declared: str) -> str:
    if declared:
        try:
            codecs.lookup(declared)
            "".encode(declared)  # refuses codecs that are not text encodings
        except LookupError:
            raise InputError(
                say(
                    "{declared!r} is not a text encoding; well known ones are utf-8, cp1252 and latin-1",
                    declared=declared,
                ),
                code="encoding",
            ) from None
    with file.path.open("rb") as stream:
        head = stream.read(4096)
    for bom, name in _BOMS:
        if head.startswith(bom):  # a mark says more than a guess, and than a habit of writing --encoding
            return name
    if declared:
        return declared
    if b"\0" in head and not head.startswith(b"\0" * 4) and head.count(b"\0") * 4 > len(head):
        message = say(
            "{file}: UTF-16 without a byte order mark; save it as UTF-8 or say --encoding utf-16-le", file=file.name
        )
        raise InputError(message, code="encoding", file=file.name, line=1)
    return "utf-8"


def _first_line(stream: io.TextIOWrapper, skip: int) -> tuple[str, int]:
    """The first line after ``skip`` lines, and how many lines stand above it."""
    for _ in range(skip):
        stream.readline()
    return stream.readline(), skip


def _chain(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(header: str) -> str:
    """The delimiter that the header line has most of, outside quotes; a comma when it has none."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), -DELIMITERS.index(mark)))


def _records(file: InputFile, reader: Iterator[list[str]], above: int) -> Iterator[tuple[int, int, list[str]]]:
    """Record number from 1, physical line, cells; :class:`InputError` where quotes are broken."""
    number, line = 1, above + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                say(
                    "{file}, line {line}: a quote is not closed or stands in the wrong place ({error}); correct that "
                    'line, a quote inside quotes is written ""',
                    file=file.name,
                    line=line,
                    error=str(error),
                ),
                code="csv_syntax",
                file=file.name,
                line=line,
            ) from None
        yield number, line, cells
        number += 1
        line = above + reader.line_num + 1  # type: ignore[attr-defined]  # csv's reader type is private


def _check_header(file: InputFile, header: list[str], above: int) -> None:
    if not any(cell.strip() for cell in header):
        raise InputError(
            say(
                "{file}, line {n}: the first line must name the columns (see `netofnets template roster`)",
                file=file.name,
                n=above + 1,
            ),
            code="missing_header",
            file=file.name,
            line=above + 1,
        )
    if len(header) > limits.COLUMNS:
        raise InputError(
            say("{file}: {n} columns; the limit is {columns}", file=file.name, n=len(header), columns=limits.COLUMNS),
            code="too_many_columns",
            file=file.name,
        )


def _rows(records: Iterator[tuple[int, int, list[str]]], width: int, offset: int, cut_off: bool) -> Iterator[RawRow]:
    """The rows after the header. A short last row without a line end means that the file was cut off."""
    held: tuple[int, int, list[str]] | None = None
    for record in records:
        if held is not None:
            yield held[0] + offset, held[1], held[2], ()
        held = record
    if held is not None:
        short = cut_off and 0 < len(held[2]) < width
        fault = BadValue(
            "too_few_fields",
            say("The file ends in the middle of this row."),
            say("Copy or export the file again; if it is complete, end its last line with a line break."),
        )
        yield held[0] + offset, held[1], held[2], (Fault(WHOLE_ROW, fault),) if short else ()


def _is_cut_off(path: Path, encoding: str) -> bool:
    """Whether the last character is something else than a line end."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4))
        tail = stream.read().replace(b"\0", b"") if encoding.startswith("utf-16") else stream.read()
    return not tail.endswith((b"\n", b"\r"))


@contextmanager
def _as_input_errors(file: InputFile, encoding: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:
        line, offset = _undecodable(file.path, encoding)
        raise InputError(
            say(
                "{file}, line {line} (byte {offset}): this is not {encoding} text; save the file as UTF-8, or "
                "say which encoding it has (--encoding cp1252 is common for older Windows programs)",
                file=file.name,
                line=line,
                offset=offset,
                encoding=encoding,
            ),
            code="encoding",
            file=file.name,
            line=line,
        ) from None


def _undecodable(path: Path, encoding: str) -> tuple[int, int]:
    """Line and byte offset of the first bytes that cannot be decoded; only called when there are some."""
    data = path.read_bytes()
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        return len((before + "x").splitlines()), error.start
    return 1, 0
