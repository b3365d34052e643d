"""What a table of somebody's is, guessed from its headers and values; every guess says why. Nothing is read here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.shapes_of_values import dates_in, is_several, looks_like
from ingest.sources.matrix import MATRIX, NAMES
from ingest.words import Meant, meant_by, plain, why_left_out
from netofnets.language import joined, say

__all__ = [
    "NOT_KNOWN",
    "SORTS",
    "ColumnGuess",
    "Sample",
    "TableGuess",
    "by_header",
    "guess_roster",
    "guess_table",
    "network_of_file",
]

_SEVERAL = ("interests", "offers", "seeks", "languages")
_DAYS = ("start", "end")
NOT_KNOWN = say("not known")
SORTS = ("type", "kind", "relation", "relationship", "art", "tipo", "type de lien")
_TICK_ALL = (
    "tick all", "select all", "check all", "choose all", "mehrfachauswahl", "mehrere antworten", "alle zutreffenden",
    "selecciona todas", "marque todas", "cochez toutes", "plusieurs reponses",
)  # fmt: skip
# What a file name says besides the network: what it is, when it was made, which copy it is.
_NOT_A_NAME = re.compile(
    r"\b(?:members?|membership|roster|list|liste?|export|responses?|answers|form|contacts?|teilnehmer|mitglieder(?:liste)?"
    r"|antworten|miembros|lista|respuestas|membres|reponses|final|copy|kopie|new|neu|v\d+|sheet\d*|\d{4,8}|\d{1,2}"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|mai|jun\w*|jul\w*|aug\w*|sep\w*|o[ck]t\w*|nov\w*|de[cz]\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first of ``total`` rows of a table; ``encoding`` is what it had to be read in when it is no UTF-8."""

    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""
    total: int = 0

    def column(self, index: int) -> list[str]:
        """The values of one column."""
        return [row[index] if index < len(row) else "" for row in self.rows]


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One of our columns and the headers that it is made of; without a column the headers are left out."""

    column: str
    headers: tuple[str, ...]
    why: str
    split: str = ""  # what stands between several values; more than one character: any of them does
    date_format: str = ""
    sure: bool = True
    how: str = "join"  # of several headers: "join" their cells, or take the "first_of" them that is not empty


@dataclass(frozen=True, slots=True)
class TableGuess:
    """What a table is: a block of a mapping file."""

    file: str
    sheet: str
    shape: str
    columns: tuple[ColumnGuess, ...]
    why: str
    constants: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    layout: str = ""

    @property
    def left_out(self) -> tuple[ColumnGuess, ...]:
        """The columns that have no place."""
        return tuple(column for column in self.columns if not column.column)


def guess_table(sample: Sample) -> tuple[TableGuess, ...]:
    """What a table most probably is: people by people (two blocks), ties between people, or a roster (one block)."""
    if _is_matrix(sample):
        return _matrix(sample)
    if ends := _two_people(sample):
        return (_ties(sample, ends),)
    return (guess_roster(sample),)


def network_of_file(name: str) -> str:
    """The network that a file name seems to be about: ``Rural-Readers_members 2024-05.xlsx`` is ``Rural Readers``."""
    stem = re.sub(r"\.[A-Za-z]{2,6}\Z", "", name)
    words = " ".join(_NOT_A_NAME.sub(" ", re.sub(r"[_\-.,()\[\]]+", " ", stem)).split())
    return (words if words != words.lower() else words.title()) or stem.strip() or name


def _is_matrix(sample: Sample) -> bool:
    names = {plain(name) for name in sample.header[1:] if name.strip()}
    first = [plain(row[0]) for row in sample.rows if row and row[0].strip()]
    return len(names) > 2 and len(first) > 2 and sum(name in names for name in first) >= 0.8 * len(first)


def _matrix(sample: Sample) -> tuple[TableGuess, ...]:
    why = say("the first row and the first column name the same people")
    people = ColumnGuess("name", ("name",), say("everybody in the first row or column"))
    cells = [cell.strip() for row in sample.rows for cell in row[1:] if cell.strip()]
    counted = all(cell.replace(".", "", 1).isdigit() for cell in cells)
    cell = ColumnGuess(
        "count" if counted else "kind", ("cell",), say("how often") if counted else say("how they work together")
    )
    ends = (
        ColumnGuess("leader", ("row",), say("the row")),
        ColumnGuess("other_leader", ("column",), say("the column")),
    )
    ties = TableGuess(sample.file, sample.sheet, "collaborations", (*ends, cell), why, layout=MATRIX)
    return TableGuess(sample.file, sample.sheet, "leaders", (people,), why, layout=NAMES), ties


def _two_people(sample: Sample) -> tuple[int, int] | None:
    """Where the two ends of a tie stand, when the table has two such columns."""
    headers = [plain(header) for header in sample.header]
    for first, second in (("from", "to"), ("source", "target"), ("von", "an"), ("de", "a"), ("mentor", "mentee")):
        if first in headers and second in headers:
            return headers.index(first), headers.index(second)
    return None


def _ties(sample: Sample, ends: tuple[int, int]) -> TableGuess:
    columns = []
    for name, index in zip(("leader", "other_leader"), ends, strict=True):
        addressed = looks_like(sample.column(index)) == "email"
        columns.append(
            ColumnGuess(
                f"{name}_email" if addressed else name, (sample.header[index],), say("one end of the tie"), sure=False
            )
        )
    for index, header in enumerate(sample.header):
        if index not in ends and header.strip():
            kind = plain(header) in SORTS
            column = "kind" if kind and not any(c.column == "kind" for c in columns) else ""
            columns.append(ColumnGuess(column, (header,), say("how they work together") if column else NOT_KNOWN))
    why = say("two columns name people; if these are ids, write leader_id and other_leader_id. Load the people with it")
    return TableGuess(sample.file, sample.sheet, "collaborations", tuple(columns), why, encoding=sample.encoding)


def guess_roster(sample: Sample) -> TableGuess:
    """A table as a roster, whatever it looks like."""
    is_form = any((m := meant_by(h)) and "form" in m.left_out for h in sample.header)
    best: dict[str, tuple[ColumnGuess, Meant | None]] = {}
    others: list[ColumnGuess] = []
    for index, header in enumerate(sample.header):
        if not header.strip():
            continue
        guessed, meant = _column(sample, index, is_form)
        known = best.get(guessed.column)
        if not guessed.column:
            others.append(guessed)
        elif known is None or _stronger(meant, known[1]):
            if known is not None:
                others.append(_second(known[0], header))
            best[guessed.column] = (guessed, meant)
        else:
            others.append(_second(guessed, known[0].headers[0]))
    columns = _with_whole_names({name: guess for name, (guess, _) in best.items()})
    return _whole(sample, [*columns, *others])


def _whole(sample: Sample, columns: list[ColumnGuess]) -> TableGuess:
    constants, why = {}, say("a row is a person in the network that the row names")
    if not any(column.column in ("network", "network_id") for column in columns):
        constants = {"network": network_of_file(sample.file)}
        why = say(
            "no column names a network, so the whole file is one network, called after the file; correct its name"
        )
    return TableGuess(sample.file, sample.sheet, "roster", tuple(columns), why, constants, sample.encoding)


def _column(sample: Sample, index: int, is_form: bool) -> tuple[ColumnGuess, Meant | None]:
    header, values = sample.header[index], sample.column(index)
    meant, shape = meant_by(header), looks_like(values)
    if meant is not None and meant.left_out:
        return ColumnGuess("", (header,), why_left_out(meant)), meant
    if shape == "email" and (meant is None or meant.column != "email"):
        return ColumnGuess("email", (header,), say("its values are addresses"), sure=False), None
    if meant is None:
        return _by_shape(header, values, shape), None
    if meant.column == "leader_id" and not _is_id(values, is_form):
        return ColumnGuess("", (header,), say("a number of the form, or not one for each person")), meant
    if (
        meant.column in _DAYS
        and meant.phrase in ("start", "end", "left", "fin")
        and shape != "date"
        and not meant.whole
    ):
        return ColumnGuess("", (header,), NOT_KNOWN), meant
    guess = ColumnGuess(meant.column, (header,), by_header(meant), sure=meant.whole)
    return _detailed(guess, values), meant


def by_header(meant: Meant) -> str:
    """How a column is known by its header, or by a phrase in it."""
    return say("the header") if meant.whole else say("{phrase!r} in the header", phrase=meant.phrase)


def _by_shape(header: str, values: Sequence[str], shape: str) -> ColumnGuess:
    if shape == "url":
        return ColumnGuess("url", (header,), say("its values are links"), sure=False)
    if any(phrase in plain(header) for phrase in _TICK_ALL) or (mark := is_several(values)) in ("\n", ";", "|"):
        mark = is_several(values) or ";"
        return ColumnGuess(
            "interests", (header,), say("several answers in a cell; are these interests?"), mark, sure=False
        )
    return ColumnGuess("", (header,), NOT_KNOWN)


def _detailed(guess: ColumnGuess, values: Sequence[str]) -> ColumnGuess:
    if guess.column in _SEVERAL:
        mark = is_several(values)
        why = say("{why}, several values in a cell with {mark} between them", why=guess.why, mark=_shown(mark))
        return replace(guess, split=mark, why=why if mark else guess.why)
    if guess.column in _DAYS:
        dates = dates_in(values)
        return replace(guess, date_format=dates.format, why=joined([guess.why, dates.why], "; "))
    if guess.column == "network" and (mark := _names_apart(values)):
        why = say("{why}, several networks in a cell with {mark} between them", why=guess.why, mark=_shown(mark))
        return replace(guess, split=mark, why=why)
    return guess


def _names_apart(values: Sequence[str]) -> str:
    """What stands between several names in a cell.

    A comma or a slash may be part of a name ("Maths, Science & Art"): one that parts names leaves such as stand in
    other cells, too. So it is enough for a semicolon that few cells have.
    """
    usual = is_several(values)
    for mark in ("\n", ";", "|", ",", "/"):
        cells = {value.strip(): [plain(part) for part in value.split(mark) if part.strip()] for value in values}
        inside = Counter(part for parts in cells.values() for part in parts)
        several = [[inside[part] > 1 for part in parts] for parts in cells.values() if len(parts) > 1]
        sure = mark in ("\n", ";", "|")
        if several and (all(map(any if sure else all, several)) or (sure and mark == usual)):
            return mark
    return ""


def _shown(mark: str) -> str:
    return say("a line break") if mark == "\n" else f"'{mark}'"


def _is_id(values: Sequence[str], is_form: bool) -> bool:
    given = [value.strip() for value in values if value.strip()]
    return not is_form and len(given) == len(values) and len(set(given)) > 0.5 * len(given)


def _stronger(new: Meant | None, old: Meant | None) -> bool:
    if new is None or old is None:
        return old is None and new is not None
    return (new.whole, len(new.phrase)) > (old.whole, len(old.phrase))


def _second(guess: ColumnGuess, other: str) -> ColumnGuess:
    why = say("like {other!r}, which was taken for {column}", other=other, column=guess.column)
    return replace(guess, column="", split="", date_format="", why=why)


def _with_whole_names(found: dict[str, ColumnGuess]) -> list[ColumnGuess]:
    """First and last name make the name; where only one of them is there, it is the name."""
    parts = [found.pop(name) for name in ("first_name", "last_name") if name in found]
    if len(parts) == 2:
        whole = found.pop("name", None)
        headers = (parts[0].headers[0], parts[1].headers[0])
        joined = ColumnGuess("name", headers, say("first and last name"))
        others = [_second(whole, headers[0])] if whole else []
        return [joined, *found.values(), *others]
    if parts and "name" in found:  # "Nombre" beside "Apellidos": the two together
        first, last = (parts[0], found["name"]) if parts[0].column == "first_name" else (found["name"], parts[0])
        headers = (first.headers[0], last.headers[0])
        found["name"] = ColumnGuess("name", headers, say("first and last name"), sure=False)
    elif parts:
        found["name"] = replace(parts[0], column="name", sure=False)
    order = ("leader_id", "name", "email")
    return sorted(found.values(), key=lambda guess: order.index(guess.column) if guess.column in order else len(order))
