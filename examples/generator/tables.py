"""Columns and rows to the bytes of a file, in the encodings and delimiters of different offices."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from examples.generator.draw import Draw
from examples.generator.mistakes import mistakes_in
from examples.generator.networks import Plan, plan
from examples.generator.people import Membership, Person
from examples.generator.sources import SOURCES
from examples.generator.spelling import encodable, spelled
from examples.generator.world import SEED, Seen, World

__all__ = [
    "MADE_UP",
    "Column",
    "Line",
    "Office",
    "draw_for",
    "encoded",
    "lines_of",
    "rows_with_mistakes",
    "tags",
    "written",
]

MADE_UP = "(made-up example data)"  # the header of an empty last column, so that every file says what it is


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a roster: a person in a network, as the source writes it."""

    person: Person
    seen: Seen
    membership: Membership
    draw: Draw

    @property
    def network(self) -> Plan:
        """The network of the membership."""
        return plan(self.membership.network)

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.seen.given} {self.seen.family}"


Column = Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class Office:
    """How an office's program writes text files."""

    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"


def draw_for(file: str) -> Draw:
    """Draws for one file, so that a change in one file leaves the others as they are."""
    return Draw(SEED + zlib.crc32(file.encode("ascii")))


def lines_of(world: World, source: str, file: str) -> list[Line]:
    """A line for each membership in the networks of the source, in an order that means nothing."""
    draw = draw_for(file)
    networks = next(s.networks for s in SOURCES if s.name == source)
    lines = [
        Line(person, world.seen[person.number, source], membership, draw)
        for person in world.people
        for membership in person.memberships
        if membership.network in networks
    ]
    return draw.shuffled(lines)


def rows_with_mistakes(file: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Headers and rows with the empty last column that says made-up, and the deliberate mistakes in between."""
    table = [[*row, ""] for row in rows]
    for place, mistake in enumerate(mistakes_in(file), start=1):
        table.insert(place * len(table) // 4, [mistake.cells.get(header, "") for header in headers] + [""])
    return [[*headers, MADE_UP], *table]


def written(file: str, columns: Mapping[str, Column], lines: Iterable[Line], office: Office) -> bytes:
    """The bytes of a roster with these columns."""
    rows = [[column(line) for column in columns.values()] for line in lines]
    return encoded(rows_with_mistakes(file, list(columns), rows), office)


def encoded(table: Iterable[Sequence[str]], office: Office) -> bytes:
    """A table as delimited text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=office.delimiter, lineterminator=office.newline)
    charset = office.encoding
    writer.writerows([encodable(cell, charset) for cell in row] for row in table)
    return out.getvalue().encode(charset)


def tags(line: Line, separator: str) -> str:
    """The person's interests as free tags, each spelled in some way."""
    return separator.join(spelled(line.draw, interest) for interest in line.person.interests)
