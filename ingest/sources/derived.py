"""A source with further tables made from those of its file, for kinds of input that only a whole file explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest.sources.files import InputFile
from ingest.sources.raw import RawTable
from ingest.sources.reader import Source, Titles, Written

__all__ = ["DerivedSource"]


class DerivedSource:
    """The tables of ``plain``, and those that ``derived`` makes by title; ``meaning`` maps the derived ones."""

    def __init__(self, plain: Source, derived: Mapping[str, Callable[[Written], RawTable]], meaning: str) -> None:
        self._plain = plain
        self._derived = derived
        self.meaning = meaning
        self.titles: Titles = plain.titles._replace(derived=tuple(derived))

    @property
    def file(self) -> InputFile:
        """The file."""
        return self._plain.file

    def table(self, title: str, written: Written) -> RawTable:
        """One table, plain or derived."""
        make = self._derived.get(title)
        return make(written) if make else self._plain.table(title, written)

    def close(self) -> None:
        """Let go of the file."""
        self._plain.close()
