"""Which files are meant, what they really are, and whether they stay the same while they are read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from netofnets.errors import InputError
from netofnets.schema.text import escape_controls

__all__ = ["InputFile", "collect", "is_workbook", "refuse_foreign", "refuse_if_changed"]

_READ = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")

# The first bytes tell what a file is; its name only says what somebody hoped.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old .xls or a workbook with a password; save it as .xlsx or CSV without a password",
    ),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF; export the table from the program that made it, as CSV or .xlsx"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"PAR1", "a Parquet file; export CSV"),
    (b"SQLite format 3", "an SQLite database; export CSV"),
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was when the load began; ``name`` is how it is called in reports."""

    path: Path
    name: str
    size: int
    modified: int
    inode: int
    sha256: str


def collect(paths: Iterable[Path]) -> tuple[list[InputFile], list[str]]:
    """The files of a batch, sorted by name, and the names in folders that were passed over.

    A folder stands for the tables directly in it; a link that leaves the folder is refused.
    Raises :class:`InputError` (``not_found``, ``not_a_file``, ``outside_folder``, ``empty_batch``).
    """
    found: dict[Path, InputFile] = {}
    passed_over: list[str] = []
    for path in paths:
        if path.is_dir():
            for child in sorted(path.iterdir()):
                if child.suffix.lower() in _READ and not child.name.startswith(("~$", ".~")):
                    _refuse_link_out(path, child)
                    found[child.absolute()] = _identify(child)
                elif child.is_file():
                    passed_over.append(child.name)
        else:
            found[path.absolute()] = _identify(path)
    if not found:
        raise InputError("no tables to load: give .csv or .xlsx files, or a folder that has some", code="empty_batch")
    return sorted(found.values(), key=lambda f: f.name), passed_over


def _refuse_link_out(folder: Path, child: Path) -> None:
    if child.is_symlink() and not child.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            f"{shown(child)}: a link that leaves the folder is not followed; copy the file in, or name it directly",
            code="outside_folder",
            file=child.name,
        )


def shown(path: Path) -> str:
    """A path's name, fit to be printed."""
    return escape_controls(path.name)


def _identify(path: Path) -> InputFile:
    try:
        status = path.stat()
        if not path.is_file():  # a pipe or device would hang the reader
            raise InputError(f"{shown(path)}: this is not a regular file", code="not_a_file", file=path.name)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise InputError(
            f"{shown(path)}: there is no such file; check the name", code="not_found", file=path.name
        ) from None
    except OSError as error:
        raise InputError(
            f"{shown(path)}: cannot be read ({error.strerror})", code="not_readable", file=path.name
        ) from None
    return InputFile(path, shown(path), status.st_size, status.st_mtime_ns, status.st_ino, digest)


def refuse_if_changed(files: Iterable[InputFile]) -> None:
    """Raise :class:`InputError` (``changed_while_reading``) when a file is not what it was at the start."""
    for file in files:
        try:
            now = os.stat(file.path)
            same = (now.st_size, now.st_mtime_ns, now.st_ino) == (file.size, file.modified, file.inode)
            same = same and _identify(file.path).sha256 == file.sha256
        except (OSError, InputError):
            same = False
        if not same:
            raise InputError(
                f"{file.name}: changed while it was read; nothing was loaded. Wait until it is complete and try again",
                code="changed_while_reading",
                file=file.name,
            )


def is_workbook(file: InputFile) -> bool:
    """Whether the file is a ZIP archive, as .xlsx files are."""
    return _head(file).startswith(b"PK")


def refuse_foreign(file: InputFile) -> None:
    """Raise :class:`InputError` (``empty``, ``wrong_type``) for what is no table whatever its name says."""
    head = _head(file)
    if not head:
        raise InputError(f"{file.name}: the file is empty; export it again", code="empty", file=file.name)
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"{file.name}: this is {what}", code="wrong_type", file=file.name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<graphml", b"<gexf")):
        raise InputError(
            f"{file.name}: this is a web page or XML, not a table; export CSV or .xlsx",
            code="wrong_type",
            file=file.name,
        )
    if file.path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise InputError(f"{file.name}: JSON is not read; export CSV or .xlsx", code="wrong_type", file=file.name)
    workbook_name = file.path.suffix.lower() in (".xlsx", ".xlsm")
    if head.startswith(b"PK") and not workbook_name:
        raise InputError(
            f"{file.name}: this is a ZIP archive or workbook; rename a workbook to .xlsx",
            code="wrong_type",
            file=file.name,
        )
    if workbook_name and not head.startswith(b"PK"):
        raise InputError(
            f"{file.name}: this is not a workbook, whatever its name says; if it is CSV, rename it to .csv",
            code="wrong_type",
            file=file.name,
        )


def _head(file: InputFile) -> bytes:
    with file.path.open("rb") as stream:
        return stream.read(512)
