"""Rows about somebody who was erased: left out of a load, counted by number, and never kept or repeated.

An id or an address of the person leaves a row out. A name at an organization may be somebody else's, so such a row is
put aside with the way to let it in. What only refers to a row that is not taken, goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.checked import CheckedTable, Rows
from ingest.facts import AMBIGUOUS, RowFacts, facts_of, note_people
from ingest.held import Lookup, Ref, remembered
from ingest.people import DERIVED, People
from ingest.reading import Job, open_table
from ingest.record_ids import RecordIds
from netofnets.language import say
from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import RELATIONSHIP_KINDS
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.store.origins import UNNAMED, named_after

__all__ = ["ERASED", "PERHAPS", "LeftOut", "leave_out"]

ERASED, PERHAPS = "erased_person", "perhaps_erased"
"""The codes of rows that are left out, and of those that may be about somebody of the same name."""

_SENTENCES = {
    ERASED: (say("The row is about somebody who was erased; it was left out."), ""),
    PERHAPS: (
        say("Somebody of this name, at this place if the row names one, was erased; the row was not taken."),
        say(
            "If it is another person: netofnets tombstones other, with the row's name and "
            "organization; then load again."
        ),
    ),
}
_ADDRESS = re.compile(r"[^\s<>,;:\"'()]+@[^\s<>,;:\"'()]+")
_ENDS = {kind.name: (kind.source, kind.target) for kind in RELATIONSHIP_KINDS}
_DERIVED_NAME = f"{DERIVED}name:"


@dataclass(slots=True)
class LeftOut:
    """The rows that were left out, and those that may be about somebody else of the name."""

    erased: list[Problem] = field(default_factory=list)
    perhaps: list[Problem] = field(default_factory=list)
    rows: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)  # the numbers of both, by file and sheet
    files: set[str] = field(default_factory=set)  # that are called by the name of one of them


def leave_out(
    tables: Sequence[CheckedTable],
    ids: RecordIds,
    tombstones: Sequence[Tombstone],
    marks: Marks | None,
    jobs: Sequence[Job],
    encoding: str,
) -> LeftOut:
    """Take the rows about somebody who was erased out of ``tables``, with everything that was noted about them.

    Nothing is looked at where nobody was erased. The tombstones must be of the key of ``marks``.
    """
    if marks is None or not tombstones:
        return LeftOut()
    look = _Look(ids, frozenset(one.mark for one in tombstones), marks)
    people = People()
    for table in tables:
        note_people(table, people)
    for table in tables:
        for _, _, facts in _facts(table, people):
            look.note(facts)
    for table in tables if look.asked else ():
        for _, _, facts in _facts(table, people):
            look.note_standing(facts)
    found: dict[tuple[str, str], dict[int, str]] = {}
    for table in tables:
        rows = found.setdefault((table.file, table.sheet), {})
        for number, code in (*_of_rows(table, people, look), *_of_bad_rows(table, look, jobs, encoding)):
            rows[number] = min(code, rows.get(number, code))
    for table in tables:
        if rows := found[table.file, table.sheet]:
            _without(table, rows)
    told = _told(found, look.names)
    for table in tables:
        if _is_named(table.file, table.sheet, look.names):
            told.files.add(table.file)
            table.file, table.sheet = UNNAMED, ""
    return told


def _told(found: Mapping[tuple[str, str], Mapping[int, str]], names: Iterable[str]) -> LeftOut:
    told = LeftOut()
    for (file, sheet), rows in found.items():
        told.rows[file, sheet] = frozenset(rows)
        shown = (UNNAMED, "") if _is_named(file, sheet, names) else (file, sheet)
        for number, code in sorted(rows.items()):
            problem = Problem(shown[0], number, 0, "", code, *_SENTENCES[code], shown[1])
            (told.erased if code == ERASED else told.perhaps).append(problem)
    return told


def _is_named(file: str, sheet: str, names: Iterable[str]) -> bool:
    return any(named_after(f"{file}/{sheet}", name) for name in names)


def _of_rows(table: CheckedTable, people: People, look: _Look) -> Iterator[tuple[int, str]]:
    for number, values, facts in _facts(table, people):
        code = look.code_of_cells([str(v) for v in values if v]) if facts is AMBIGUOUS else look.code(facts)
        if code:
            yield number, code


def _of_bad_rows(table: CheckedTable, look: _Look, jobs: Sequence[Job], encoding: str) -> Iterator[tuple[int, str]]:
    """Rows that cannot be taken anyway are told by any of their cells, which are read once more: they are few."""
    wanted = {problem.row for problem in table.bad}
    job = next((one for one in jobs if wanted and (one.file.name, one.sheet) == (table.file, table.sheet)), None)
    for number, _, cells, _ in open_table(job, encoding).rows if job is not None else ():
        if number in wanted and (code := look.code_of_cells(cells)):
            yield number, code


class _Look:
    """Who is known by the marks; local ids, addresses and names of rows that go, for those that refer to them."""

    def __init__(self, ids: RecordIds, erased: frozenset[str], marks: Marks) -> None:
        self._ids, self._erased, self._marks = ids, erased, marks
        self._locals: dict[str, str] = {}
        self._seen: dict[str, str] = {}
        self._addresses: set[str] = set()
        self._standing: set[str] = set()
        self.asked: set[str] = set()  # folded names of somebody erased that rows refer to
        self.names: set[str] = set()  # of people who are left out, while the load runs

    def note(self, facts: RowFacts) -> None:
        """First pass: whom the row states."""
        nodes = facts[0]
        at = {str(values["name"]) for kind, _, values in nodes if kind == "organizations" and values.get("name")}
        for kind, local, values in nodes:
            if kind != "leaders":
                continue
            name, email = str(values.get("name") or ""), str(values.get("email") or "").casefold()
            code = self._of_local(local) or self._of_address(email)
            places = at | ({str(values["school"])} if values.get("school") else set())
            if not code and name and self._has_name(name, places):
                code = PERHAPS
            if code:
                self._locals[local] = min(code, self._locals.get(local, code))
                self.names.add(name)
                self._addresses.add(email)
        for _, *ends, _ in facts[1]:
            for ref in ends:
                if isinstance(ref, Lookup) and ref.how == "name" and self._marks.name(ref.text) in self._erased:
                    self.asked.add(fold(ref.text))

    def note_standing(self, facts: RowFacts) -> None:
        """Between both: who is called like that and stays, so that a row which names them means them."""
        for kind, local, values in facts[0]:
            called = fold(str(values.get("name") or ""))
            if kind == "leaders" and called in self.asked and local not in self._locals:
                self._standing.add(called)

    def code(self, facts: RowFacts) -> str:
        """Second pass: whether the row is about one of those, states or not."""
        nodes, ties, bundle = facts
        refs: list[Ref] = [local for kind, local, _ in nodes if kind == "leaders"]
        for kind, start, end, _ in ties:
            refs += [ref for of, ref in zip(_ENDS[kind], (start, end), strict=True) if of == "leaders"]
        refs += [bundle.leader] if bundle is not None else []
        codes = [code for ref in refs if (code := self._of_ref(ref))]
        return min(codes, default="")

    def code_of_cells(self, cells: Sequence[str]) -> str:
        """Whether a row that cannot be taken anyway has a cell with an id, an address or a name of somebody erased."""
        texts = [" ".join(cell.split()) for cell in cells if cell and not cell.isspace()]
        addresses = [found for text in texts for found in _ADDRESS.findall(text)]
        if any(self._of_local(text) for text in texts) or any(map(self._of_address, addresses)):
            return ERASED
        pairs = [f"{one} {other}" for one, other in zip(texts, texts[1:], strict=False)]
        return PERHAPS if any(self._marks.name(text) in self._erased for text in [*texts, *pairs]) else ""

    def _of_ref(self, ref: Ref) -> str:
        if isinstance(ref, Lookup):
            if ref.how == "email":
                return self._of_address(ref.text.casefold()) or (ERASED if ref.text in self._addresses else "")
            called = fold(ref.text) if self.asked else ""
            return PERHAPS if called in self.asked and called not in self._standing else ""
        return self._locals.get(ref) or self._of_local(ref)

    def _of_local(self, local: str) -> str:
        """Ids that are made of name and school are names: another person may have them."""
        if local.startswith(_DERIVED_NAME):
            return ""
        code = self._seen.get(local)
        if code is None:
            is_erased = self._marks.record(self._ids.of("leaders", local)) in self._erased
            code = remembered(self._seen, local, ERASED if is_erased else "")
        return code

    def _of_address(self, email: str) -> str:
        return ERASED if email and self._marks.address(email) in self._erased else ""

    def _has_name(self, name: str, places: Iterable[str]) -> bool:
        return any(self._marks.name(name, place) in self._erased for place in (list(places) or [""]))


def _facts(table: CheckedTable, people: People) -> Iterator[tuple[int, tuple[Value, ...], RowFacts]]:
    read = facts_of(table, people)
    for number, _, values in table.rows:
        yield number, values, read(values)


def _without(table: CheckedTable, gone: Mapping[int, str]) -> None:
    rows, table.rows = table.rows, Rows()
    for row in rows:
        if row[0] not in gone:
            table.rows.append(row)
    table.bad = [problem for problem in table.bad if problem.row not in gone]
    table.cells = [problem for problem in table.cells if problem.row not in gone]
    table.warnings = [problem for problem in table.warnings if problem.row not in gone]
