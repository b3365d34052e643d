"""Graph files: every file of the study loads with its counts or is told by element; our own export comes back equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Loaded, Options, load
from netofnets.errors import InputError
from netofnets.export.formats import export
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.store import open_store

# (leaders, collaborations), counted by hand in the small files and stated by their makers for the others.
COUNTS = {
    "graphology-attributes.graphml": (6, 7),
    "graphology-basic.gexf": (2, 2),
    "graphology-basic.graphml": (11, 12),
    "graphology-celegans.gexf": (306, 2345),
    "graphology-data.gexf": (4, 5),
    "graphology-edge_viz.gexf": (2, 1),
    "graphology-les_miserables.gexf": (77, 254),
    "graphology-liststring.gexf": (4, 5),
    "graphology-miserables.graphml": (77, 254),
    "graphology-miserables_broken.graphml": (77, 254),
    "graphology-missing_nodes.gexf": (2, 1),
    "graphology-undeclared_attribute.gexf": (2, 1),
    "graphology-v1_3.gexf": (2, 1),
}


def ingest(path: Path, mapping: str = "") -> tuple[Loaded, dict[str, list[dict]]]:
    store = open_store("memory:")
    loaded = load(store, [path], Options("s", parse_mapping(mapping) if mapping else None))
    tables = {kind: table.to_pylist() for kind, table in store.scan().tables.items()}
    store.close()
    return loaded, tables


@pytest.mark.parametrize("name", COUNTS)
def test_every_file_of_the_study_loads_with_its_counts(shared_data: Path, name: str) -> None:
    loaded, tables = ingest(shared_data / "interchange" / name)
    assert (len(tables["leaders"]), len(tables["collaborations"])) == COUNTS[name]
    if name != "graphology-missing_nodes.gexf":
        assert loaded.report.quarantined == [] == loaded.report.cells


def test_edges_to_nodes_that_are_not_there_are_told_one_by_one(shared_data: Path) -> None:
    loaded, _ = ingest(shared_data / "interchange" / "graphology-missing_nodes.gexf")
    assert [(p.sheet, p.row, p.code) for p in loaded.report.quarantined] == [
        ("edges", number, "unknown_node") for number in (1, 3, 4)
    ]


def test_an_undeclared_attribute_is_read_as_text_and_told(shared_data: Path) -> None:
    loaded, tables = ingest(shared_data / "interchange" / "graphology-undeclared_attribute.gexf")
    assert {row["url"] for row in tables["leaders"]} == {"http://gephi.org", "http://medialab.github.io/nansi"}
    assert [w.code for w in loaded.report.warnings] == ["undeclared_attribute"]


GRAPH = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="type" attr.type="string"/>
<key id="d1" for="node" attr.name="name" attr.type="string"/>
<key id="d2" for="edge" attr.name="role" attr.type="string"/>
<graph edgedefault="directed">
<node id="a"><data key="d1">Ada Obi</data><data key="d0">Person</data></node>
<node id="n"><data key="d1">Readers</data><data key="d0">Network</data></node>
<node id="o"><data key="d1">Hill School</data><data key="d0">School</data></node>
<node id="p"><data key="d1">Garden</data><data key="d0">Place</data></node>
<edge source="n" target="a"><data key="d2">chair</data></edge>
<edge source="a" target="o"/><edge source="o" target="n"/><edge source="a" target="p"/>
</graph></graphml>"""


def test_kinds_of_nodes_decide_what_edges_are_whichever_way_they_point(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_text(GRAPH, encoding="utf-8")
    loaded, tables = ingest(tmp_path / "g.graphml")
    assert [row["role"] for row in tables["memberships"]] == ["chair"]  # it points from the network to its member
    assert {kind: len(rows) for kind, rows in tables.items() if rows} == {
        "leaders": 1, "networks": 1, "organizations": 1, "memberships": 1, "affiliations": 1, "partnerships": 1,
    }  # fmt: skip
    told = {w.code: w.sentence for w in loaded.report.warnings}
    assert "Place (1)" in told["unknown_kind_of_node"]


def test_a_mapping_says_what_nodes_and_edges_are(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_text(GRAPH, encoding="utf-8")
    mapping = """
[[tables]]
file = "*"
sheet = "nodes"
is = "networks"
where = { type = ["Place", "Network"] }
[tables.columns]
id = "id"
name = "name"
"""
    loaded, tables = ingest(tmp_path / "g.graphml", mapping)
    assert sorted(row["name"] for row in tables["networks"]) == ["Garden", "Readers"]
    assert ("edges", "unknown_sheet") in {(w.sheet, w.code) for w in loaded.report.warnings}


def told(tables: dict[str, list[dict]]) -> dict[str, list[str]]:
    """All that tables say, with names in the place of ids."""
    names = {row["id"]: row["name"] for rows in tables.values() for row in rows if "from_id" not in row}

    def said(row: dict) -> str:
        return str(
            [names.get(value, value) if key.endswith("_id") else value for key, value in row.items() if key != "id"]
        )

    return {kind: sorted(map(said, rows)) for kind, rows in tables.items()}


ROSTER = """leader_id,name,email,languages,about,connect,interests,offers,network_id,network,role,start,end,organization
1,Ada Obi,ada@x.example,English;Deutsch,teaches & <x>,yes,literacy;maths,,n1,Readers,chair,2020-09-01,2023-01-01,Hill
2,Li Wei,,,,,literacy,coding,n1,Readers,member,,,
2,Li Wei,,,,,literacy,coding,n2,Coders,member,,,
"""
TABLES = {
    "roster": ROSTER,
    "collaborations": "leader_id,other_leader_id,kind,count,first\n1,2,mentors,3,2024-02-01\n",
    "network_parts": "network_id,part_of_id\nn2,n1\n",
    "networks": "id,name,kind,sensitive\nn1,Readers,course,yes\n",
    "broader_interests": "interest,broader_interest\nmaths,science\n",
    "credentials": "id,name,kind,issuer\nc1,Mentor,badge,Hill\n",
    "leader_credentials": "leader_id,credential_id,start\n2,c1,2024-01-01\n",
}


@pytest.mark.parametrize("name", ["out.graphml", "out.gexf", "out.json", "out.xlsx"])
def test_what_we_export_comes_back_and_says_the_same(tmp_path: Path, name: str) -> None:
    for table, text in TABLES.items():
        (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    store = open_store("memory:")
    assert load(store, [tmp_path], Options("s")).report.exit_code == 0
    publish(store, tmp_path / "home", {"seed": 7})
    kind = {".json": "kumu", ".xlsx": "kumu"}.get(Path(name).suffix, Path(name).suffix[1:])
    with Published.current(tmp_path / "home") as published:
        export(published.edition("organizers").snapshot, kind, tmp_path / name)
    loaded, tables = ingest(tmp_path / name)
    assert loaded.report.exit_code == 0
    assert told(tables) == told({kind: table.to_pylist() for kind, table in store.scan().tables.items()})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<?xml version="1.0"?><!DOCTYPE graphml><graphml/>', "dtd_forbidden"),
        ("<graphml>" + "<graph>" * 500, "xml_depth"),
        ("<graphml><graph>", "xml_syntax"),
        ("<graphml>&unknown;</graphml>", "xml_syntax"),
        ('<?xml version="1.0" encoding="klingon"?><graphml/>', "xml_syntax"),
        ("<svg/>", "wrong_type"),
        ("<html>sign in</html>", "wrong_type"),
        ("name,network\n", "wrong_type"),
    ],
)
def test_what_is_no_graph_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "x.graphml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="x.graphml") as refused:
        ingest(tmp_path / "x.graphml")
    assert refused.value.code == code
