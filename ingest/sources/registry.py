"""All kinds of input, and which of them a file is: its first bytes tell, its name only says what somebody hoped."""

from __future__ import annotations

from ingest.sources.csv_text import CsvReader
from ingest.sources.files import InputFile, head_of
from ingest.sources.gexf import GexfReader
from ingest.sources.graphml import GraphmlReader
from ingest.sources.json_text import JsonLinesReader, JsonReader
from ingest.sources.reader import Reader, Source
from ingest.sources.skos import SkosReader
from ingest.sources.workbook import WorkbookReader
from netofnets.errors import InputError
from netofnets.language import joined, say

__all__ = ["READERS", "SUFFIXES", "open_source", "reader_of"]

READERS: tuple[Reader, ...] = (
    WorkbookReader(),
    GraphmlReader(),
    GexfReader(),
    JsonReader(),
    JsonLinesReader(),
    SkosReader(),
    CsvReader(),
)
"""The first that recognises a file reads it; a new kind of input is one file beside this one and its line here."""

SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.suffixes)
"""The endings by which tables are found in a folder."""

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        say("this is an old .xls or a workbook with a password; save it as .xlsx or CSV without a password"),
    ),
    (b"\x89PNG", say("this is a picture")),
    (b"\xff\xd8\xff", say("this is a picture")),
    (b"GIF8", say("this is a picture")),
    (b"%PDF", say("this is a PDF; export the table from the program that made it, as CSV or .xlsx")),
    (b"\x1f\x8b", say("this is a gzip archive; unpack it first")),
    (b"7z\xbc\xaf", say("this is a 7z archive; unpack it first")),
    (b"Rar!", say("this is a RAR archive; unpack it first")),
    (b"PAR1", say("this is a Parquet file; export CSV")),
    (b"SQLite format 3", say("this is an SQLite database; export CSV")),
)
_WEB_PAGE = (b"<!doctype html", b"<html")


def open_source(file: InputFile) -> Source:
    """Open a file as what it is; close the source when its tables have been read."""
    return reader_of(file).open(file)


def reader_of(file: InputFile) -> Reader:
    """The reader for a file; :class:`InputError` (``empty``, ``wrong_type``) for what is no table whatever its name."""
    head = head_of(file)
    if not head:
        raise InputError(
            say("{file}: the file is empty; export it again", file=file.name), code="empty", file=file.name
        )
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise _wrong_type(file, what)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_PAGE):
        raise _wrong_type(file, say("this is a web page, not a table; export CSV or .xlsx"))
    suffix = file.path.suffix.lower()
    hoped = next((reader for reader in READERS if suffix in reader.suffixes), None)
    found = next((reader for reader in READERS if reader.recognises(file, head)), None)
    if found is None:
        if hoped:
            told = say("this is not {kind}, whatever its name says; export CSV or .xlsx", kind=hoped.name)
        else:
            told = say("this is no kind of file that is read; export CSV or .xlsx")
        raise _wrong_type(file, told)
    if hoped is not None and found is not hoped:
        told = say(
            "this is {kind}, not {hoped}; rename it to {ending}",
            kind=found.name,
            hoped=hoped.name,
            ending=found.suffixes[0],
        )
        raise _wrong_type(file, told)
    return found


def _wrong_type(file: InputFile, why: str) -> InputError:
    return InputError(joined([file.name, why], ": "), code="wrong_type", file=file.name)
