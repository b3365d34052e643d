"""Bytes that went wrong: every reader ends in a report or in an error of ours, soon and within a gigabyte."""

from __future__ import annotations

import importlib.util
import io
import json
import resource
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.pipeline import Options, load
from netofnets.errors import NetOfNetsError
from netofnets.store import open_store

PEOPLE = [(str(i), f"Person {i}", f"p{i}@x.example", "Readers", "2024-09-01") for i in range(12)]
HEADER = ("leader_id", "name", "email", "network", "start")
CSV = "\n".join(",".join(row) for row in [HEADER, *PEOPLE]).encode()
JSON = json.dumps([dict(zip(HEADER, row, strict=True)) | {"more": {"a": [1, None]}} for row in PEOPLE]).encode()
LINES = "\n".join(json.dumps(dict(zip(HEADER, row, strict=True))) for row in PEOPLE).encode()
GRAPHML = (
    b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" attr.name="age" attr.type="int"/>'
    b"<graph>"
    + b"".join(b'<node id="%d"><data key="k">%d</data></node>' % (i, i) for i in range(9))
    + b'<edge source="1" target="2"/><edge source="2" target="3"/></graph></graphml>'
)
GEXF = (
    b'<gexf version="1.3"><graph><attributes class="node">'
    b'<attribute id="0" title="tags" type="liststring"/></attributes>'
    b'<nodes><node id="a" label="Ada"><attvalues><attvalue for="0" value="[x, y]"/></attvalues></node><node id="b"/>'
    b'</nodes><edges><edge source="a" target="b" weight="2"/></edges></graph></gexf>'
)
TURTLE = (
    b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    b'<urn:a> a skos:Concept ; skos:prefLabel "A"@en ; skos:altLabel "B" ; skos:broader <urn:b> .\n'
    b'<urn:b> a skos:Concept ; skos:prefLabel "C"@en .\n'
)
SEEDS = {
    "roster.csv": CSV,
    "roster.json": JSON,
    "roster.jsonl": LINES,
    "g.graphml": GRAPHML,
    "g.gexf": GEXF,
    "v.ttl": TURTLE,
}

# What turns up where a file is damaged, and what is meant to hurt.
PIECES = [
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\n", b"\r", b"<", b">", b"&", b"/", b"[", b"]",
    b"{", b"}", b":", b"1e999", b"-", b"99999999999999999999", b"\\ud800", b"null", b"NaN", b"<!DOCTYPE x>",
    b"<a>" * 70, b"[" * 2000, b"&#x0;", b"]]>", b"<![CDATA[", b"\xe2\x80\xae", b"@prefix", b"_:", b"()",
]  # fmt: skip
MUTATIONS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))),
    min_size=1,
    max_size=5,
)


def mutated(data: bytes, mutations: list[tuple[int, int, bytes]]) -> bytes:
    for where, length, piece in mutations:
        at = where % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


def survives(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        store = open_store("memory:")
        try:
            load(store, [path], Options("s", keep_rows=True))
        except NetOfNetsError as refused:
            assert str(refused) and not any(store.status().counts.values())
        finally:
            store.close()
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss < 1 << 20  # KiB


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(MUTATIONS)
def test_damaged_text_is_taken_or_refused(name: str, mutations: list[tuple[int, int, bytes]]) -> None:
    survives(name, mutated(SEEDS[name], mutations))


@cache
def workbook(tools: Path) -> bytes:
    spec = importlib.util.spec_from_file_location("make_bad_inputs", tools / "make_bad_inputs.py")
    assert spec and spec.loader
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.xlsx({"roster": [list(HEADER), *map(list, PEOPLE)]})


IN_SHEETS = [
    b"9999999",
    b"XFD1048576",
    b't="e"',
    b't="s"',
    b"<f/>",
    b"1e308",
    b"-1",
    b'hidden="1"',
    b"<row/>",
    b"</row>",
]
SHEET_MUTATIONS = st.lists(
    st.tuples(st.integers(0, 100_000), st.integers(0, 12), st.sampled_from(PIECES + IN_SHEETS)), min_size=1, max_size=4
)


@settings(max_examples=25, deadline=30_000, suppress_health_check=[HealthCheck.too_slow])
@given(mutations=SHEET_MUTATIONS)
def test_damaged_archives_are_taken_or_refused(shared_tools: Path, mutations: list[tuple[int, int, bytes]]) -> None:
    survives("roster.xlsx", mutated(workbook(shared_tools), mutations))


@settings(max_examples=40, deadline=30_000, suppress_health_check=[HealthCheck.too_slow])
@given(part=st.integers(0, 50), mutations=SHEET_MUTATIONS)
def test_damaged_sheets_in_whole_archives_are_taken_or_refused(
    shared_tools: Path, part: int, mutations: list[tuple[int, int, bytes]]
) -> None:
    read = zipfile.ZipFile(io.BytesIO(workbook(shared_tools)))
    names = [name for name in read.namelist() if name.endswith((".xml", ".rels"))]
    victim = names[part % len(names)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(name, mutated(read.read(name), mutations) if name == victim else read.read(name))
    survives("roster.xlsx", out.getvalue())


@pytest.mark.parametrize("far", ["XFD1048576", "A1048576", "XFD2", "ZZ500000"])
def test_a_cell_far_away_is_read_or_refused_within_bounds(shared_tools: Path, far: str) -> None:
    read = zipfile.ZipFile(io.BytesIO(workbook(shared_tools)))
    out = io.BytesIO()
    number = far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{number}"><c r="{far}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(b"</sheetData>", cell))
    survives("roster.xlsx", out.getvalue())
