"""Files of other programs: LibreOffice, Kumu, sumApp, Murmurations, SKOS vocabularies, and people by people."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Loaded, Options, load
from netofnets.errors import InputError
from netofnets.store import open_store

Tables = dict[str, list[dict]]


@pytest.fixture(scope="module")
def writer(shared_tools: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_bad_inputs", shared_tools / "make_bad_inputs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ingest(path: Path, mapping: str = "") -> tuple[Loaded, Tables]:
    store = open_store("memory:")
    loaded = load(store, [path], Options("s", parse_mapping(mapping) if mapping else None))
    tables = {kind: table.to_pylist() for kind, table in store.scan().tables.items()}
    store.close()
    return loaded, tables


def counts(tables: Tables) -> dict[str, int]:
    return {kind: len(rows) for kind, rows in tables.items() if rows}


# --- LibreOffice


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="roster">%s</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(path: Path, rows: str, kind: str = "application/vnd.oasis.opendocument.spreadsheet") -> Path:
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", ODS % rows)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def text(value: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


DAY = (
    '<table:table-cell office:value-type="date" office:date-value="2024-09-01">'
    "<text:p>1.9.24</text:p></table:table-cell>"
)
ERROR = (
    '<table:table-cell calcext:value-type="error" office:value-type="string" office:string-value="">'
    "<text:p>#REF!</text:p></table:table-cell>"
)


def test_an_ods_sheet_gives_values_and_days_and_its_errors_cost_a_cell(tmp_path: Path) -> None:
    rows = row(*map(text, ("name", "network", "start", "school")))
    rows += row(text("Ada Obi"), text("Readers"), DAY, text("Hill"))
    rows += row(text("Bo Yi"), text("Readers"), DAY, ERROR)
    loaded, tables = ingest(ods(tmp_path / "x.ods", rows))
    assert sorted(r["name"] for r in tables["leaders"]) == ["Ada Obi", "Bo Yi"]
    assert {r["start"] for r in tables["memberships"]} == {"2024-09-01"}
    assert [(p.row, p.column, p.code) for p in loaded.report.cells] == [(3, "school", "error_cell")]


def test_an_ods_sheet_with_a_million_empty_rows_is_its_few_rows(tmp_path: Path) -> None:
    rows = row(text("name"), text("network")) + row(text("Ada Obi"), text("Readers"))
    far = ' table:number-rows-repeated="1048574"'
    rows += row('<table:table-cell table:number-columns-repeated="16384"/>', more=far)
    _, tables = ingest(ods(tmp_path / "x.ods", rows))
    assert counts(tables) == {"leaders": 1, "networks": 1, "memberships": 1}


def test_a_cell_that_is_repeated_a_billion_times_does_not_take_the_machine(tmp_path: Path) -> None:
    rows = row(text("name"), text("network"))
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    rows += row(cell + "</table:table-cell>", more=' table:number-rows-repeated="1048575"')
    with pytest.raises(InputError, match="x.ods") as refused:
        ingest(ods(tmp_path / "x.ods", rows))
    assert refused.value.code in ("sheet_too_large", "corrupt_archive")


def test_a_text_document_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        ingest(ods(tmp_path / "x.ods", row(text("name")), "application/vnd.oasis.opendocument.text"))
    assert refused.value.code == "wrong_type"


# --- Kumu

BLUEPRINT = {
    "elements": [
        {"label": "Ada Obi", "type": "Person", "tags": ["literacy", "maths"], "description": "teaches"},
        {"label": "Bo Yi", "type": "Person"},
        {"label": "Readers", "type": "Network"},
    ],
    "connections": [
        {"from": "Ada Obi", "to": "Readers", "type": "member"},
        {"from": "Readers", "to": "Bo Yi"},
        {"from": "Bo Yi", "to": "ada obi", "type": "mentors", "direction": "mutual"},
    ],
}
PROJECT = {
    "elements": [
        {"_id": "elem-1", "attributes": {"label": "Ada Obi", "element type": "Person", "tags": ["literacy", "maths"]}},
        {"_id": "elem-2", "attributes": {"label": "Bo Yi", "element type": "Person"}},
        {"_id": "elem-3", "attributes": {"label": "Readers", "element type": "Network"}},
    ],
    "connections": [
        {"_id": "conn-1", "from": "elem-1", "to": "elem-3", "attributes": {"connection type": "member"}},
        {"_id": "conn-2", "from": "elem-3", "to": "elem-2", "attributes": {}},
        {"_id": "conn-3", "from": "elem-2", "to": "elem-1", "attributes": {"connection type": "mentors"}},
    ],
}
KUMU = {"leaders": 2, "networks": 1, "interests": 2, "memberships": 2, "collaborations": 1, "leader_interests": 2}


@pytest.mark.parametrize("document", [BLUEPRINT, PROJECT], ids=["blueprint", "project"])
def test_kumu_json_gives_people_networks_memberships_and_ties(tmp_path: Path, document: dict) -> None:
    (tmp_path / "map.json").write_text(json.dumps(document), encoding="utf-8")
    loaded, tables = ingest(tmp_path / "map.json")
    assert (loaded.report.exit_code, counts(tables)) == (0, KUMU)
    assert tables["collaborations"][0]["kind"] == "mentors"


def test_a_kumu_workbook_is_the_same_map(tmp_path: Path, writer: ModuleType) -> None:
    elements = [["Label", "Type", "Tags"], ["Ada Obi", "Person", "literacy|maths"], ["Bo Yi", "Person", None]]
    elements.append(["Readers", "Network", None])
    connections = [["From", "To", "Type"], ["Ada Obi", "Readers", "member"], ["Readers", "Bo Yi", None]]
    connections.append(["Bo Yi", "Ada Obi", "mentors"])
    (tmp_path / "map.xlsx").write_bytes(writer.xlsx({"Elements": elements, "Connections": connections}))
    loaded, tables = ingest(tmp_path / "map.xlsx")
    assert (loaded.report.exit_code, counts(tables)) == (0, KUMU)
    mapping = '[[tables]]\nfile = "*"\nsheet = "Elements"\nis = "leaders"\n[tables.columns]\nname = "Label"\n'
    assert counts(ingest(tmp_path / "map.xlsx", mapping)[1]) == {"leaders": 3}  # whoever maps the sheets, has them


def test_what_only_a_connection_names_is_an_element_too(tmp_path: Path) -> None:
    document = {"elements": [{"label": "Ada Obi"}], "connections": [{"from": "Ada Obi", "to": "Cy Du"}]}
    (tmp_path / "map.json").write_text(json.dumps(document), encoding="utf-8")
    assert counts(ingest(tmp_path / "map.json")[1]) == {"leaders": 2, "collaborations": 1}


# --- sumApp, Murmurations


def test_the_members_of_a_sumapp_project_are_known_by_their_headers(tmp_path: Path) -> None:
    sheet = "First Name,Last Name,Email,Segment,Interests\nAda,Obi,ada@x.example,Readers,literacy|maths\n"
    (tmp_path / "download.csv").write_text(sheet, encoding="utf-8")
    _, tables = ingest(tmp_path / "download.csv")
    assert [row["name"] for row in tables["leaders"]] == ["Ada Obi"]
    assert counts(tables) == {"leaders": 1, "networks": 1, "interests": 2, "memberships": 1, "leader_interests": 2}


def test_murmurations_profiles_are_people_and_organizations_that_refer_to_each_other(tmp_path: Path) -> None:
    person = {
        "linked_schemas": ["people_schema-v0.1.0"],
        "name": "Ada Obi",
        "primary_url": "https://ada.example/",
        "tags": ["literacy"],
        "locality": "Porto",
        "relationships": [{"predicate_url": "https://schema.org/memberOf", "object_url": "https://www.hill.example"}],
    }
    school = {"linked_schemas": ["organizations_schema-v1.0.0"], "name": "Hill School", "primary_url": "hill.example"}
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "ada.json").write_text(json.dumps(person), encoding="utf-8")
    (folder / "hill.json").write_text(json.dumps(school), encoding="utf-8")
    loaded, tables = ingest(folder)
    assert loaded.report.quarantined == []
    assert counts(tables) == {
        "leaders": 1, "organizations": 1, "interests": 1, "affiliations": 1, "leader_interests": 1,
    }  # fmt: skip
    assert [row["role"] for row in tables["affiliations"]] == ["member"]


# --- vocabularies


def test_the_unesco_thesaurus_loads_whole(shared_data: Path) -> None:
    loaded, tables = ingest(shared_data / "unesco" / "unescothes.ttl")
    assert loaded.report.exit_code == 0 and len(tables["interests"]) == 4408
    training = next(row for row in tables["interests"] if row["name"] == "Teacher selection")
    assert "Sélection des enseignants" in training["aliases"]
    assert len(tables["broader_interests"]) > 4000 and len(tables["related_interests"]) > 6000


SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> a skos:Concept ; skos:prefLabel "Leseförderung"@de, "Literacy"@en ; skos:altLabel "reading"@en ;
  skos:narrower <urn:b> .
<urn:b> a skos:Concept ; skos:prefLabel "Phonics"@en ; skos:related <urn:a>, <urn:missing> .
<urn:c> a skos:Concept .
"""


def test_a_vocabulary_has_names_aliases_and_wider_concepts(tmp_path: Path) -> None:
    (tmp_path / "v.ttl").write_text(SKOS, encoding="utf-8")
    loaded, tables = ingest(tmp_path / "v.ttl")
    assert {row["name"]: row["aliases"] for row in tables["interests"]} == {
        "Literacy": ["Leseförderung", "reading"],
        "Phonics": None,
    }
    assert counts(tables) == {"interests": 2, "broader_interests": 1, "related_interests": 1}
    assert [w.code for w in loaded.report.warnings] == ["concept_without_label"]


@pytest.mark.parametrize(
    ("content", "code"),
    [("<a> <b> .", "turtle_syntax"), ("@prefix x: <urn:x> .", "no_concepts"), ("(" * 5000, "turtle_syntax")],
)
def test_what_is_no_vocabulary_is_refused(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "v.ttl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="v.ttl") as refused:
        ingest(tmp_path / "v.ttl")
    assert refused.value.code == code


# --- people by people

MATRIX = """
[[tables]]
file = "*"
rows = "names"
is = "leaders"
[tables.columns]
name = "name"
[[tables]]
file = "*"
rows = "matrix"
is = "collaborations"
[tables.columns]
leader = "row"
other_leader = "column"
count = "cell"
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_matrix_of_people_becomes_ties(tmp_path: Path, writer: ModuleType, kind: str) -> None:
    table = [[None, "Ada Obi", "Bo Yi", "Cy Du"], ["Ada Obi", 1, 3, 0], ["Bo Yi", None, None, 2], ["Eve Fu", 1, 0, "?"]]
    if kind == "xlsx":
        (tmp_path / "m.xlsx").write_bytes(writer.xlsx({"ties": table}))
    else:
        lines = [",".join("" if cell is None else str(cell) for cell in line) for line in table]
        (tmp_path / "m.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded, tables = ingest(tmp_path / f"m.{kind}", MATRIX)
    assert sorted(row["name"] for row in tables["leaders"]) == ["Ada Obi", "Bo Yi", "Cy Du", "Eve Fu"]
    assert sorted(row["count"] or 0 for row in tables["collaborations"]) == [0, 1, 2, 3]
    assert [(p.row, p.column, p.code) for p in loaded.report.cells] == [(4, "cell", "invalid_number")]
