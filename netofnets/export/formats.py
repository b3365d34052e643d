"""Every format that the graph is handed on in, declared once; and writing one to a file or folder."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from netofnets.errors import NetOfNetsError, SettingsError
from netofnets.export.cypher import cypher
from netofnets.export.gexf import gexf
from netofnets.export.graphml import graphml
from netofnets.export.kumu import blueprint, kumu_workbook
from netofnets.export.markup import unholdable
from netofnets.export.tables import csv_table, parquet_table
from netofnets.graph.interchange import Node, Tie, nodes_of, ties_of
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import BY_NAME

__all__ = ["FORMATS", "Exported", "Format", "export", "write_file"]

Pieces = Iterator[str | bytes]
One = Callable[[Snapshot], Pieces]  # a whole graph as one file
Each = Callable[[Snapshot, str], Pieces]  # one kind as a file of its own


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the files it makes, by the ending of the path; or, where a kind is a file, the ending of each."""

    name: str
    help: str
    files: Mapping[str, One]
    each: tuple[str, Each] | None = None
    encoding: str = "utf-8"
    is_xml: bool = False


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format(
            "kumu",
            "a workbook (.xlsx) with Elements and Connections, or a blueprint (.json)",
            {".xlsx": kumu_workbook, ".json": blueprint},
        ),
        Format("graphml", "typed attributes, for most programs", {".graphml": graphml}, is_xml=True),
        Format("gexf", "for Gephi, spells on its timeline", {".gexf": gexf}, is_xml=True),
        # The mark at the beginning tells spreadsheet programs that it is UTF-8.
        Format("csv", "a table for each kind, in a folder or .zip", {}, (".csv", csv_table), "utf-8-sig"),
        Format("parquet", "a table for each kind with its types, in a folder or .zip", {}, (".parquet", parquet_table)),
        Format("cypher", "a script for any Neo4j", {".cypher": cypher}),
    )
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; ``replaced`` characters are U+FFFD now, since no XML can hold them."""

    path: Path
    nodes: int
    relationships: int
    replaced: int = 0


def export(snapshot: Snapshot, form: str, path: Path | str) -> Exported:
    """Write ``snapshot`` in the format called ``form`` to ``path``; the same facts give the same bytes.

    ``path`` is a file, or for csv and parquet a folder (or a ``.zip``) that gets one file for each kind. A file that is
    there already is replaced, whole or not at all. :class:`SettingsError` for an unknown format or ending.
    """
    if form not in FORMATS:
        raise SettingsError(f"there is no format {form!r}; there are {', '.join(FORMATS)}")
    chosen, target = FORMATS[form], Path(path)
    if chosen.each is None:
        if target.suffix not in chosen.files:
            raise SettingsError(f"{target}: {form} is written to a file that ends in {' or '.join(chosen.files)}")
        write_file(target, _bytes(chosen.files[target.suffix](snapshot), chosen.encoding))
    elif target.suffix == ".zip":
        _replace(target, lambda sink: _zip(sink, _tables(chosen, snapshot)))
    elif target.is_file():
        raise SettingsError(f"{target} is a file: {form} is written to a folder, or to a .zip")
    else:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in _tables(chosen, snapshot):
            write_file(target / name, content)
    nodes, relationships = (sum(map(snapshot.count, of)) for of in (snapshot.nodes, snapshot.edges))
    return Exported(target, nodes, relationships, _replaced(snapshot) if chosen.is_xml else 0)


def _tables(form: Format, snapshot: Snapshot) -> Iterator[tuple[str, Iterator[bytes]]]:
    assert form.each is not None
    ending, table = form.each
    for kind in BY_NAME:
        yield kind + ending, _bytes(table(snapshot, kind), form.encoding)


def _bytes(pieces: Pieces, encoding: str) -> Iterator[bytes]:
    for piece in pieces:
        yield piece if isinstance(piece, bytes) else piece.encode(encoding)
        encoding = "utf-8"  # a mark belongs to the beginning of a file alone


def write_file(path: Path, content: Iterable[bytes]) -> None:
    """Write a file whole; what was there is replaced, or stays."""
    _replace(path, lambda sink: sink.writelines(content))


def _replace(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Make a file whole before it takes its place."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as sink:
            fill(sink)
        os.replace(beside, path)
    except OSError as error:
        raise NetOfNetsError(f"cannot write {path}: {error.strerror}; nothing was replaced there") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _zip(sink: BinaryIO, files: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in files:
            # Stored, with a fixed date and system: compressed bytes differ between versions of zlib.
            info = zipfile.ZipInfo(name, (2025, 9, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                file.writelines(content)


def _replaced(snapshot: Snapshot) -> int:
    records: Iterable[Node | Tie] = chain(nodes_of(snapshot), ties_of(snapshot))
    values = (value for record in records for value in record.values.values())
    lists = (value if isinstance(value, list) else [value] for value in values)
    return sum(unholdable(text) for texts in lists for text in texts if isinstance(text, str))
