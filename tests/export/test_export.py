"""Files for other programs: read back they are the graph, whatever the texts; the same facts are the same bytes."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from netofnets.errors import NetOfNetsError, SettingsError
from netofnets.export import FORMATS, export
from netofnets.export.kumu import field, type_of
from netofnets.export.workbook import workbook
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.cells import guarded, joined, parted, plain
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import Kind, PropertyType
from tests.export.graphs import CONTROL, HOSTILE, graph, in_xml, stated

ANYTHING = graph((*HOSTILE, *CONTROL))


def typed(kind: Kind, values: dict[str, Any], separator: str = ";") -> dict[str, Any]:
    """Values read from a format without lists."""
    lists = {prop.name for prop in kind.properties if prop.type is PropertyType.TEXTS}
    return {n: parted(v, separator) if n in lists else v for n, v in values.items()}


def from_networkx(read: nx.Graph) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in BY_NAME}
    for node, values in read.nodes(data=True):
        own = dict(values)
        label, kind = own.pop("label"), own.pop("kind")
        assert label == own.get("name", node)
        found[kind][node] = typed(BY_NAME[kind], renamed(own))
    for source, target, key, values in read.edges(keys=True, data=True):
        own = {"id": key, **values}  # GEXF gives the id as an attribute too, GraphML as the key alone
        kind, name = own.pop("kind"), own.pop("id")
        found[kind][name] = {"from_id": source, "to_id": target, **typed(BY_NAME[kind], renamed(own))}
    return found


def renamed(values: dict[str, Any]) -> dict[str, Any]:
    return {("kind" if name == "type" else name): value for name, value in values.items()}


def xml_holds(snapshot: Snapshot) -> dict[str, Any]:
    return {
        kind: {key: {n: in_xml(v) for n, v in values.items()} for key, values in found.items()}
        for kind, found in stated(snapshot).items()
    }


@pytest.mark.parametrize(
    ("form", "read"),
    [("graphml", lambda path: nx.read_graphml(path, force_multigraph=True)), ("gexf", nx.read_gexf)],
    ids=["graphml", "gexf"],
)
def test_graph_files_read_by_networkx_are_the_graph(tmp_path, form, read):
    done = export(ANYTHING, form, tmp_path / f"map.{form}")
    assert from_networkx(read(done.path)) == xml_holds(ANYTHING)
    assert (
        done.nodes
        == sum(ANYTHING.count(k.name) for k in NODE_KINDS)
        == len(NODE_KINDS) * (len(HOSTILE) + len(CONTROL) + 1)
    )
    assert done.replaced > 0
    assert export(graph(), form, tmp_path / f"clean.{form}").replaced == 0


def test_gexf_declares_what_gephi_knows_and_times_its_edges(tmp_path):
    root = ET.parse(export(ANYTHING, "gexf", tmp_path / "map.gexf").path).getroot()
    space = {"g": "http://www.gexf.net/1.2draft"}
    kinds = {a.get("type") for a in root.iterfind(".//g:attribute", space)}
    assert kinds == {"string", "long", "double", "boolean"}
    titles = [a.get("title") for a in root.iterfind(".//g:attributes[@class='edge']/g:attribute", space)]
    assert len(titles) == len(set(titles)) and titles[0] == "kind"
    edges = {e.get("id"): e for e in root.iterfind(".//g:edge", space)}
    assert all(e.get("type") is None for e in edges.values())  # a kind of tie is no direction
    held = stated(ANYTHING)["memberships"]
    for name, values in held.items():
        for end in ("start", "end"):
            is_day = values.get(end, "").startswith("20")
            assert edges[name].get(end) == (values[end] if is_day else None)


def test_csv_read_back_is_the_graph_and_no_cell_runs(tmp_path):
    folder = export(ANYTHING, "csv", tmp_path / "tables").path
    assert sorted(p.name for p in folder.iterdir()) == sorted(f"{name}.csv" for name in BY_NAME)
    read: dict[str, dict[str, dict[str, Any]]] = {}
    for name, kind in BY_NAME.items():
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        assert lines and tuple(lines[0]) == tuple(arrow_schema(name).names)
        types = {prop.name: prop.type for prop in kind.properties}
        for line in lines:
            texts = {
                n: cell for n, cell in line.items() if types.get(n) not in (PropertyType.INTEGER, PropertyType.NUMBER)
            }
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d")) for cell in texts.values()
            )
        read[name] = {plain(line.pop("id")): from_cells(types, line) for line in lines}
    assert read == stated(ANYTHING)


def from_cells(types: dict[str, PropertyType], line: dict[str, str]) -> dict[str, Any]:
    kinds = {
        PropertyType.INTEGER: int,
        PropertyType.NUMBER: float,
        PropertyType.YES_NO: {"yes": True, "no": False}.__getitem__,
        PropertyType.TEXTS: lambda cell: parted(plain(cell)),
    }
    return {name: kinds.get(types.get(name), plain)(cell) for name, cell in line.items() if cell}


def test_parquet_has_every_table_with_its_types(tmp_path):
    folder = export(ANYTHING, "parquet", tmp_path / "tables").path
    read = {name: pq.read_table(folder / f"{name}.parquet") for name in BY_NAME}
    assert {name: table.schema for name, table in read.items()} == {name: arrow_schema(name) for name in BY_NAME}
    found = {
        name: {row.pop("id"): {n: v for n, v in row.items() if v not in (None, "", [])} for row in table.to_pylist()}
        for name, table in read.items()
    }
    assert found == stated(ANYTHING)


def of_kumu(elements: list[dict[str, Any]], connections: list[dict[str, Any]], separator: str = "") -> dict[str, Any]:
    """The graph that Kumu's fields say, as :func:`stated` has it."""
    found: dict[str, Any] = {name: {} for name in BY_NAME}
    label = {type_of(kind): kind for kind in NODE_KINDS}
    where: dict[str, str] = {}
    for element in elements:
        kind = label[element.pop("type")]
        node, name = element.pop("id"), element.pop("label")
        where[node] = kind.name
        found[kind.name][node] = of_fields(kind, {**element, **({"name": name} if name != node else {})}, separator)
    tie = {(type_of(kind), kind.source, kind.target): kind for kind in RELATIONSHIP_KINDS}
    for connection in connections:
        ends = {"from_id": connection.pop("from"), "to_id": connection.pop("to")}
        assert connection.pop("direction") in ("directed", "mutual")
        kind = tie[connection.pop("type"), where[ends["from_id"]], where[ends["to_id"]]]
        key = connection.pop("id")
        found[kind.name][key] = {**ends, **of_fields(kind, connection, separator)}
    return found


def of_fields(kind: Kind, fields: dict[str, Any], separator: str) -> dict[str, Any]:
    names = {field(prop.name): prop.name for prop in kind.properties} | {"name": "name", "description": "about"}
    values = {names[name]: value for name, value in fields.items()}
    return typed(kind, values, separator) if separator else values


def test_a_kumu_blueprint_is_the_graph(tmp_path):
    read = json.loads(export(ANYTHING, "kumu", tmp_path / "map.json").path.read_text(encoding="utf-8"))
    assert list(read) == ["elements", "connections"]
    assert "Email" not in {name for element in read["elements"] for name in element}
    assert of_kumu(read["elements"], read["connections"]) == stated(ANYTHING)


def test_a_kumu_workbook_is_the_graph(tmp_path):
    book = python_calamine.CalamineWorkbook.from_path(str(export(ANYTHING, "kumu", tmp_path / "map.xlsx").path))
    assert book.sheet_names == ["Elements", "Connections"]
    sheets = []
    for name, first in (("Elements", ["ID", "Label", "Type"]), ("Connections", ["ID", "From", "To"])):
        header, *lines = book.get_sheet_by_name(name).to_python()
        assert header[:3] == first
        names = [
            n.lower() if n in ("ID", "Label", "Type", "From", "To", "Direction", "Description") else n for n in header
        ]
        sheets.append([{n: cell(v) for n, v in zip(names, line, strict=True) if v != ""} for line in lines])
    assert of_kumu(*sheets, "|") == stated(ANYTHING)


def cell(value: Any) -> Any:
    # Calamine reads every escape but those of the two characters that are none.
    return value.replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff") if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("form", "name"),
    [(f.name, f"map{ending}") for f in FORMATS.values() for ending in f.files]
    + [("csv", "t.zip"), ("parquet", "t.zip")],
)
def test_the_same_facts_are_the_same_bytes(tmp_path, form, name):
    again = Snapshot.build(
        {kind: table.take(list(range(table.num_rows))[::-1]) for kind, table in tables(ANYTHING).items()}
    )
    first, second = (
        export(s, form, tmp_path / part / name).path.read_bytes() for part, s in (("a", ANYTHING), ("b", again))
    )
    assert first == second
    assert [p.name for p in (tmp_path / "a").iterdir()] == [name]  # nothing half written is left


def tables(snapshot: Snapshot) -> dict[str, Any]:
    from netofnets.graph.interchange import table_of

    return {kind: table_of(snapshot, kind) for kind in BY_NAME}


def test_an_archive_holds_the_files_of_the_folder(tmp_path):
    folder, archive = (export(ANYTHING, "csv", tmp_path / name).path for name in ("tables", "tables.zip"))
    with zipfile.ZipFile(archive) as opened:
        inside = {name: opened.read(name) for name in opened.namelist()}
    assert inside == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("kept")
    for form, path, word in (
        ("pdf", "map.pdf", "there are kumu, graphml"),
        ("graphml", "map.png", "ends in .graphml"),
        ("kumu", "map", "ends in .xlsx or .json"),
        ("csv", "file", "is a file"),
    ):
        with pytest.raises(SettingsError, match=word):
            export(ANYTHING, form, tmp_path / path)
    with pytest.raises(NetOfNetsError, match="cannot write .*map.gexf"):
        export(ANYTHING, "gexf", tmp_path / "file" / "map.gexf")
    assert [p.name for p in tmp_path.iterdir()] == ["file"] and (tmp_path / "file").read_text() == "kept"


def test_a_workbook_refuses_what_no_spreadsheet_program_opens():
    with pytest.raises(NetOfNetsError, match="A2 has more than 32,767"):
        workbook({"one": [["a"], ["x" * 32_768]]})


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=6), max_size=4), st.sampled_from(";|"))
def test_a_list_written_as_one_text_is_read_back(items, separator):
    assert parted(joined(items, separator), separator) == items


@given(st.text(st.characters(codec="utf-8"), max_size=5))
def test_a_guarded_cell_is_read_back_and_never_runs(text):
    assert plain(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))


def test_an_empty_graph_is_a_file_too(tmp_path: Path):
    nothing = Snapshot.build({})
    for form in FORMATS.values():
        for ending in form.files or [""]:
            assert export(nothing, form.name, tmp_path / form.name / f"map{ending}").nodes == 0
    assert len(nx.read_graphml(tmp_path / "graphml" / "map.graphml")) == 0
    assert len(nx.read_gexf(tmp_path / "gexf" / "map.gexf")) == 0
