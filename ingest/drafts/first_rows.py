"""What the first rows of each table would become, in words: the person, the networks, the interests, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ingest.check import TableCheck
from ingest.checked import CheckedTable
from ingest.drafts.outcome import Became
from ingest.inferred import infer
from ingest.pipeline import Options
from ingest.reading import Job, open_sources, open_table, plan_jobs
from ingest.sources.batch import collect
from netofnets.language import joined, say
from netofnets.schema.modes import MODES
from netofnets.schema.records import Value

__all__ = ["first_rows"]

_SHOWN = 6
_LOOKED_AT = 300  # rows that tell how the dates of a column are written
_PERSON = ("name", "email", "leader_id", "id")
_NETWORK = ("network", "network_id", "role", "start", "end")
_LABELS = {"practises": say("works on"), "offers": say("offers"), "seeks": say("looks for")}


def first_rows(paths: Sequence[Path], options: Options) -> tuple[Became, ...]:
    """The first rows of all tables; nothing is looked up in a store and nothing kept.

    Raises :class:`~netofnets.errors.InputError` like a load.
    """
    files, _ = collect(paths, options.called)
    found: list[Became] = []
    with open_sources(files) as sources:
        jobs, _ = plan_jobs(sources, options.mapping)
        for job in jobs:
            found += islice(_of_table(job, options), _SHOWN)
    return tuple(found[: 4 * _SHOWN])


def _of_table(job: Job, options: Options) -> Iterator[Became]:
    raw = open_table(job, options.encoding)
    passed = options.without.get((raw.file, raw.sheet), frozenset())
    check = TableCheck(replace(job.spec or infer(raw), sheet=raw.sheet), raw)
    numbers = []
    for row in islice(raw.rows, _LOOKED_AT):
        if row[0] not in passed:
            numbers.append(row[0])
            check.row(row)
    table = check.finish()
    said = {row[0]: Became(row[0], _said(table, row[2])) for row in table.rows}
    bad = {problem.row: Became(problem.row, (), problem.sentence) for problem in table.bad}
    for number in numbers:
        if one := said.get(number) or bad.get(number):
            yield one


def _said(table: CheckedTable, values: Sequence[Value]) -> tuple[tuple[str, str], ...]:
    told = {name: _words(value) for name, value in zip(table.columns, values, strict=True) if value not in (None, ())}
    if table.spec.shape.name not in ("roster", "leaders"):
        return tuple((name.replace("_", " "), words) for name, words in told.items())
    person = ", ".join(told[name] for name in _PERSON if name in told)
    network = joined([_of_network(name, told[name]) for name in _NETWORK if name in told], ", ")
    modes = [(_LABELS[mode.name], told[mode.column]) for mode in MODES if mode.column in told]
    known = {*_PERSON, *_NETWORK, *(mode.column for mode in MODES)}
    rest = [(name.replace("_", " "), words) for name, words in told.items() if name not in known]
    return ((say("person"), person), (say("network"), network or say("none")), *modes, *rest)


def _of_network(name: str, words: str) -> str:
    if name == "start":
        return say("since {day}", day=words)
    if name == "end":
        return say("until {day}", day=words)
    return say("as {role}", role=words) if name == "role" else words


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
