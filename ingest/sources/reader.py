"""What every kind of input must be able to do: recognise its files, open one once, give its tables row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ingest.sources.files import InputFile
from ingest.sources.raw import RawTable

__all__ = ["Reader", "Source", "Titles", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """How a table is written, as far as a mapping says; a reader uses what concerns it and passes over the rest."""

    encoding: str = ""
    delimiter: str = ""
    skip_lines: int = 0
    layout: str = ""  # "matrix" or "names" of ``ingest.sources.matrix``; empty where a row is a row


class Titles(NamedTuple):
    """The tables of a file by title; a file that is one table has one without title.

    Hidden ones are read only when they are named; so are those derived from others, of which nobody need be told.
    """

    visible: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()


class Source(Protocol):
    """One open file. A table may be asked for more than once; only the last one asked for may still be read."""

    @property
    def file(self) -> InputFile:
        """The file."""

    @property
    def titles(self) -> Titles:
        """Its tables."""

    @property
    def meaning(self) -> str:
        """The built-in mapping (``ingest/meanings``) that says what the tables mean; empty when headers must tell."""

    def table(self, title: str, written: Written) -> RawTable:
        """One table; its rows are read as they are asked for.

        :class:`~netofnets.errors.InputError`, at once or while rows are read, names file and place.
        """

    def close(self) -> None:
        """Let go of the file."""


class Reader(Protocol):
    """One kind of input; ``ingest.sources.registry`` lists them all."""

    @property
    def name(self) -> str:
        """What it is called in messages: "a workbook"."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file name endings it is meant for, in lower case; files with others may be recognised all the same."""

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """Whether the first bytes (and, where bytes cannot tell, the name) are of this kind."""

    def open(self, file: InputFile) -> Source:
        """Open the file; :class:`~netofnets.errors.InputError` when it is not safe or not whole."""
