"""What is loaded as one: all files of a draft that have one source, with the mapping that was chosen for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.drafts.folder import Draft
from ingest.drafts.tables import DraftTable, chosen, restored
from ingest.drafts.writing import mapping_text
from ingest.mapping import parse_mapping
from ingest.pipeline import Options
from netofnets.errors import InputError
from netofnets.language import say

__all__ = ["Batch", "Plan", "batches", "choose", "read_plan", "write_plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was chosen: the tables, the source of each file, and what was allowed for a source."""

    tables: tuple[DraftTable, ...]
    sources: Mapping[str, str]  # name of a file -> its source
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # source -> accept_bad, allow_shrink ...
    without: Mapping[str, Mapping[str, Mapping[str, tuple[int, ...]]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One load: the files, the text of their mapping (empty: none is needed), and how it is to be done."""

    source: str
    files: tuple[str, ...]
    paths: tuple[Path, ...]
    text: str
    options: Options
    total: int  # rows


def read_plan(draft: Draft) -> Plan:
    """What was chosen so far."""
    kept = draft.read("plan")
    return Plan(
        tuple(restored(table) for table in kept.get("tables", ())),
        kept.get("sources", {}),
        {source: tuple(names) for source, names in kept.get("allowed", {}).items()},
        kept.get("without", {}),
    )


def write_plan(draft: Draft, plan: Plan) -> None:
    """Keep what was chosen."""
    draft.write("plan", asdict(plan))
    draft.touch()


def choose(plan: Plan, form: Mapping[str, str]) -> Plan:
    """The plan with what a form says; what was allowed for other choices is not allowed for these."""
    tables = tuple(chosen(table, str(i), form) for i, table in enumerate(plan.tables))
    sources = {}
    for i, (file, source) in enumerate(plan.sources.items()):
        said = " ".join(form.get(f"source-{i}", source).split())[:100]
        sources[file] = said if said.isprintable() else source
    return Plan(tables, sources, {}, plan.without)


def batches(draft: Draft, plan: Plan) -> list[Batch]:
    """The loads of a draft in the order of their files.

    Raises :class:`InputError` for a file without source and for choices that make no mapping.
    """
    together: dict[str, list[str]] = {}
    for file, source in plan.sources.items():
        tables = [table for table in plan.tables if table.file == file]
        if tables and not any(table.take for table in tables):
            continue  # left out as a whole
        if not source:
            raise InputError(
                say("say who {file} is from: a name under which it is kept and replaced", file=file), code="source"
            )
        together.setdefault(source, []).append(file)
    if not together:
        raise InputError(say("no table is taken; tick at least one"), code="empty_batch")
    return [_batch(draft, plan, source, files) for source, files in together.items()]


def _batch(draft: Draft, plan: Plan, source: str, files: Sequence[str]) -> Batch:
    called = {draft.path(file): file.name for file in draft.files if file.name in files}
    tables = [table for table in plan.tables if table.file in files]
    text = mapping_text(source, tables)
    allowed = plan.allowed.get(source, ())
    without = {
        (file, sheet): frozenset(rows)
        for file, sheets in plan.without.get(source, {}).items()
        for sheet, rows in sheets.items()
    }
    options = Options(
        source,
        parse_mapping(text, source) if text else None,
        accept_bad="accept_bad" in allowed,
        allow_shrink="allow_shrink" in allowed,
        keep_rows=True,
        called=called,
        without=without,
    )
    total = sum(table.total for table in tables if table.take)
    return Batch(source, tuple(files), tuple(called), text, options, total)
