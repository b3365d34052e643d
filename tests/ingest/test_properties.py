"""Random tables with random faults: never a crash, never half a load, never a second write."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from ingest.sources.batch import collect
from netofnets.errors import NetOfNetsError
from netofnets.schema.columns import shapes
from netofnets.store import open_store

CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "2", "T1", "t1", "Ada Obi", "A. Obi", "Bo Yi", "ada@x.example", "office@x.example", "n1", "Readers",
         "2024-01-01", "03/04/2024", "2023-01-01", "yes", "offers", "mentors", "reading; writing", "https://a.example",
         "=1+1", "\u202e", "\u200b", "a\x00b", "1E+05", '"', "a\nb", "\u0422" + "1", "e\u0301", "\u00e9"]
    ),
    st.text(max_size=12),
)  # fmt: skip
HEADERS = sorted({column.name for shape in shapes().values() for column in shape.columns}) + ["", "other", "Name"]
FILES = [f"{name}.csv" for name in shapes()] + ["people.csv", "strange.csv"]


# What a column of this kind would hold, so that most rows are right and the faults are few and far between.
LIKELY = {
    "id": ["1", "2", "n1", "n2", "00123", "é-1"],
    "name": ["Ada Obi", "A. Obi", "Bo Yi", "Obi, Ada", "Readers", "Robert Yi", "Bob Yi"],
    "email": ["", "ada@x.example", "ADA@x.example", "bo@x.example", "office@x.example"],
    "interest": ["reading", "Reading", "writing; maths", ""],
    "day": ["", "2024-01-01", "2023-01-01", "2025-06-30"],
}


def likely(column: str) -> st.SearchStrategy[str]:
    kind = "name"
    if column == "id" or column.endswith("_id"):
        kind = "id"
    elif "email" in column:
        kind = "email"
    elif "interest" in column or column in ("offers", "seeks"):
        kind = "interest"
    elif column in ("start", "end", "first", "last", "date"):
        kind = "day"
    elif column in ("count", "release_time", "connect", "network_sensitive", "sensitive", "url", "network_url", "mode"):
        return st.one_of(st.just(""), st.just("1"), CELLS)
    return st.one_of(*[st.sampled_from(LIKELY[kind])] * 12, CELLS)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file name and bytes that are mostly a table."""
    name = draw(st.sampled_from(FILES))
    shape = shapes().get(name.removesuffix(".csv"))
    columns = [column.name for column in shape.columns] if shape else ["id", "name", "email", "school", "interests"]
    header = draw(st.lists(st.sampled_from(columns), unique=True, max_size=6))
    header = list({**{needed[0]: None for needed in shape.needs}, **dict.fromkeys(header)} if shape else header)
    header += draw(st.lists(st.sampled_from(HEADERS), max_size=1)) if draw(st.integers(0, 9)) == 0 else []
    row = st.tuples(*map(likely, header)).map(list)
    rows = draw(st.lists(row if draw(st.integers(0, 9)) else st.lists(CELLS, max_size=8), max_size=8))
    text = io.StringIO()
    csv.writer(text, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"]))).writerows([header, *rows])
    data = text.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"])), errors="ignore")
    return name, data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 19)) == 0 else data


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tables(), min_size=1, max_size=3, unique_by=lambda table: table[0]))
def test_random_batches_are_taken_or_refused_and_settle(batch: list[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, data in batch:
            paths.append(Path(folder) / name)
            paths[-1].write_bytes(data)
        dry, wet = open_store("memory:"), open_store("memory:")
        try:
            tried = load(dry, paths, Options("s", dry_run=True, keep_rows=True)).report
        except NetOfNetsError as refused:
            assert str(refused)
            return
        assert dry.runs() == () and not any(dry.status().counts.values())
        first = load(wet, paths, Options("s")).report
        assert (first.created, first.rows_ok) == (tried.created, tried.rows_ok)
        again = load(wet, paths[::-1], Options("s")).report
        assert (again.created, again.updated, again.gone) == (0, 0, 0)
        assert again.judged == {}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_a_table_or_an_error_of_ours(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("roster.csv", "roster.xlsx"):
            (Path(folder) / name).write_bytes(data)
            try:
                load(open_store("memory:"), [Path(folder) / name], Options("s"))
            except NetOfNetsError as refused:
                assert str(refused)
            assert collect([Path(folder) / name])[0][0].size == len(data)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_mappings_of_any_kind_are_read_or_refused(text: str) -> None:
    for candidate in (text, f'[[tables]]\nfile = "x"\nis = "roster"\n{text}', f"[[tables]]\n[tables.columns]\n{text}"):
        try:
            parse_mapping(candidate)
        except NetOfNetsError as refused:
            assert str(refused)
