"""Tables in JSON: a list of objects, lists inside an object (each is a table, its path the title), and JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.json_cells import header_of, row_of
from ingest.sources.json_parse import decoded, document, items_of_list, line_of
from ingest.sources.kumu import with_kumu
from ingest.sources.murmurations import PROFILE_KEY, with_murmurations
from ingest.sources.raw import WHOLE_ROW, Fault, RawRow, RawTable
from ingest.sources.reader import Source, Titles, Written
from netofnets.errors import InputError
from netofnets.language import joined, say
from netofnets.schema.text import BadValue

__all__ = ["JsonLinesReader", "JsonReader", "JsonSource"]

_DEEPEST = 4  # a title names at most so many keys

Items = Callable[[], Iterator[tuple[int, int, Any]]]
"""Gives (number from 1, physical line, what stands there) anew each time."""


class JsonReader:
    """One JSON document."""

    name = say("a JSON document")
    suffixes = (".json",)

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """By its name: text that begins with a bracket may as well be CSV."""
        return file.path.suffix.lower() in self.suffixes

    def open(self, file: InputFile) -> Source:
        """Read the document; :class:`InputError` ``json_syntax``, ``json_depth``, ``json_shape``, ``encoding``.

        Blueprints of Kumu and profiles of Murmurations are known by their keys.
        """
        plain = self._plain(file)
        if plain.titles.visible == ("",):
            first = next((item for _, _, item in plain.tables[""]() if isinstance(item, dict)), {})
            return with_murmurations(plain, list(first))
        return with_kumu(plain)

    def _plain(self, file: InputFile) -> JsonSource:
        text = document(file)
        if text.lstrip()[:1] == "[":
            return JsonSource(file, {"": lambda: items_of_list(file, text)})
        whole = decoded(file, text)
        if not isinstance(whole, dict):
            raise _shape(file, say("a list of objects, or an object with such lists, is needed"))
        lists = {} if PROFILE_KEY in whole else dict(_lists(whole, ""))
        if not lists:
            return JsonSource(file, {"": lambda: iter([(1, 1, whole)])})
        return JsonSource(file, {path: _numbered(items) for path, items in lists.items()})


class JsonLinesReader:
    """One JSON object in each line."""

    name = say("a file of JSON lines")
    suffixes = (".jsonl", ".ndjson")

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """By its name."""
        return file.path.suffix.lower() in self.suffixes

    def open(self, file: InputFile) -> JsonSource:
        """Open the file; lines are read as rows are asked for."""
        return JsonSource(file, {"": lambda: _lines(file)})


class JsonSource:
    """The tables of one JSON file."""

    meaning = ""

    def __init__(self, file: InputFile, tables: dict[str, Items]) -> None:
        self.file = file
        self.titles = Titles(tuple(tables))
        self.tables = tables

    def table(self, title: str, written: Written) -> RawTable:
        """One list; its columns are the keys of its objects, those of objects inside joined with points.

        The items are read twice, first for the keys. Raises :class:`InputError`.
        """
        items = self.tables[title]
        header = header_of(item for _, _, item in items())
        if not header:
            raise _shape(self.file, say("there is no object with keys in it"))
        if len(header) > limits.COLUMNS:
            message = say(
                "{name}: {n} different keys; the limit is {columns}",
                name=self.file.name,
                n=len(header),
                columns=limits.COLUMNS,
            )
            raise InputError(message, code="too_many_columns", file=self.file.name)
        at = {name: i for i, name in enumerate(header)}
        return RawTable(self.file.name, title, header, _rows(items, at), 0)

    def close(self) -> None:
        """Forget the document."""
        self.tables = {}


def _rows(items: Items, at: dict[str, int]) -> Iterator[RawRow]:
    for number, line, item in items():
        if isinstance(item, BadValue):
            yield number, line, [], (Fault(WHOLE_ROW, item),)
        elif not isinstance(item, dict):
            yield number, line, [], (Fault(WHOLE_ROW, _NO_OBJECT),)
        else:
            cells, faults = row_of(item, at)
            yield number, line, cells, faults


_NO_OBJECT = BadValue("wrong_type", say("An object is needed here."), say('Write it as {{"name": "..."}}.'))


def _numbered(items: list[Any]) -> Items:
    return lambda: ((number, number, item) for number, item in enumerate(items, 1))


def _lists(value: dict[str, Any], above: str) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects inside, by path, in the order of the document."""
    if above.count(".") >= _DEEPEST:
        return
    for key, inner in value.items():
        path = f"{above}{key}"
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            yield path, inner
        elif isinstance(inner, dict):
            yield from _lists(inner, f"{path}.")


def _lines(file: InputFile) -> Iterator[tuple[int, int, Any]]:
    """The lines that are not blank; one that is no JSON is a :class:`BadValue` in its place."""
    number = 0
    with file.path.open("rb") as stream:
        line = 0
        while data := stream.readline(limits.ROW_CHARACTERS * 4):
            line += 1
            if not data.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            number += 1
            yield number, line, line_of(file, data, line)


def _shape(file: InputFile, why: str) -> InputError:
    return InputError(joined([file.name, why], ": "), code="json_shape", file=file.name)
