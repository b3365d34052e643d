"""What must be known of a workbook before and beside its values: is it safe, and where do values mislead?"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from defusedxml.common import DTDForbidden
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from ingest import limits
from ingest.sources.files import InputFile
from netofnets.errors import InputError
from netofnets.language import joined, say

__all__ = ["DAMAGED", "ODS", "XLSX", "SheetFacts", "check_archive", "has_noteworthy", "sheet_facts"]

XLSX, ODS = "xlsx", "ods"

DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, LookupError,
    struct.error,
)  # fmt: skip
"""What reading a damaged archive can end in."""

_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CHUNK = 1 << 20
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
# Only a sheet with one of these needs the slow look at its XML.
_NOTEWORTHY = re.compile(rb"<(?:\w+:)?f[\s>/]|\bt=[\"']e[\"']|mergeCell|\bhidden=")


@dataclass(slots=True)
class SheetFacts:
    """Cells (row and column from 0) that have no usable value, and what else a reader should be told."""

    bad: dict[tuple[int, int], str] = field(default_factory=dict)  # -> "formula_without_value" | "error_cell"
    merged: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


def check_archive(file: InputFile) -> str:
    """Refuse archives that lie, overflow, point elsewhere or carry code; values are read only after this.

    Gives :data:`XLSX` or :data:`ODS`.

    Raises :class:`InputError` (``corrupt_archive``, ``archive_too_large``, ``archive_path``, ``macros``,
    ``wrong_type``, ``dtd_forbidden``).
    """
    try:
        with zipfile.ZipFile(file.path) as archive:
            parts = archive.infolist()
            kind = _check_directory(file, archive, parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    # Reading stops at the size that the directory claims, then the checksum tells.
                    with archive.open(part) as stream:
                        _check_markup(file, stream)
            return kind
    except DAMAGED as error:
        raise _refused(
            file,
            "corrupt_archive",
            say("the workbook is damaged or incomplete ({error}); save or copy it again", error=str(error)),
        ) from None


def _check_directory(file: InputFile, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str:
    total = sum(part.file_size for part in parts)
    if len(parts) > limits.ARCHIVE_MEMBERS or total > limits.ARCHIVE_BYTES:
        raise _refused(
            file,
            "archive_too_large",
            say("it unpacks to {n} parts and {size} MiB; export CSV instead", n=len(parts), size=total >> 20),
        )
    if total > 10 << 20 and total > limits.ARCHIVE_RATIO * sum(part.compress_size for part in parts):
        raise _refused(
            file, "archive_too_large", say("it unpacks to {size} MiB, more than a real table does", size=total >> 20)
        )
    names = {part.filename for part in parts}
    for name in names:
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise _refused(
                file, "archive_path", say("a part of it has a path that leads elsewhere; do not open this file")
            )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refused(file, "macros", say("it holds macros; save it as .xlsx without macros"))
    if any(part.flag_bits & 0x1 for part in parts):
        raise _refused(file, "wrong_type", say("it is encrypted; save it without a password"))
    if "xl/workbook.xml" in names:
        return XLSX
    if "content.xml" not in names or not archive.read("mimetype").startswith(_ODS_TYPE):
        raise _refused(file, "wrong_type", say("this archive is no .xlsx or .ods workbook"))
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise _refused(file, "wrong_type", say("it is encrypted; save it without a password"))
    return ODS


def _check_markup(file: InputFile, stream: IO[bytes]) -> None:
    before = b""
    while chunk := stream.read(_CHUNK):
        plain = before + chunk.replace(b"\0", b"")  # UTF-16 is ASCII between zeros, as far as this is concerned
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            what = say("its XML declares entities, which no spreadsheet program does; do not open this file")
            raise _refused(file, "dtd_forbidden", what)
        before = plain[-16:]


def has_noteworthy(stream: IO[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Whether ``pattern`` (of at most 64 bytes) is anywhere in the stream, without holding all of it."""
    before = b""
    while chunk := stream.read(_CHUNK):
        if pattern.search(before + chunk):
            return True
        before = chunk[-64:]
    return False


def sheet_facts(file: InputFile, title: str) -> SheetFacts:
    """What the sheet's XML says that its values do not. The archive must have been checked."""
    facts = SheetFacts()
    try:
        with zipfile.ZipFile(file.path) as archive:
            part = _part_of(archive, title)
            if part is None:
                return facts
            with archive.open(part) as stream:
                if not has_noteworthy(stream, _NOTEWORTHY):
                    return facts
            with archive.open(part) as stream:
                _walk(stream, facts)
    except DTDForbidden:
        raise _refused(file, "dtd_forbidden", say("its XML declares entities; do not open this file")) from None
    except (ParseError, *DAMAGED) as error:
        raise _refused(
            file, "corrupt_archive", say("the workbook is damaged ({error}); save it again", error=str(error))
        ) from None
    return facts


def _part_of(archive: zipfile.ZipFile, title: str) -> str | None:
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    for element in fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iter():
        if _local(element.tag) == "sheet" and element.get("name") == title:
            target = targets.get(element.get(_RELATION_ID), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _walk(stream: IO[bytes], facts: SheetFacts) -> None:
    formula = value = False
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = _local(element.tag)
        if event == "start":
            if tag == "row" and element.get("hidden") in ("1", "true"):
                facts.hidden_rows += 1
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                facts.hidden_columns += 1
            continue
        if tag == "f":
            formula = True
        elif tag in ("v", "is"):
            value = value or bool(element.text) or tag == "is"
        elif tag == "mergeCell":
            facts.merged.append(str(element.get("ref")))
        elif tag == "c":
            if element.get("t") == "e":
                facts.bad[_position(element.get("r", ""))] = "error_cell"
            elif formula and not value:
                facts.bad[_position(element.get("r", ""))] = "formula_without_value"
            formula = value = False
        elif tag == "row":
            element.clear()
        elif tag == "sheetData":
            element.clear()


def _position(reference: str) -> tuple[int, int]:
    """``B3`` -> (2, 1)."""
    found = _CELL.match(reference)
    if not found:
        return (-1, -1)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _refused(file: InputFile, code: str, why: str) -> InputError:
    return InputError(joined([file.name, why], ": "), code=code, file=file.name)
