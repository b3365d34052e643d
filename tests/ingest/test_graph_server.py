"""An existing graph with labels of its own as input: the same checks, report and content as from files of its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from neo4j import Driver, GraphDatabase

from netofnets.cli import netofnets_command
from netofnets.errors import NetOfNetsError
from netofnets.publish import publish
from netofnets.store import open_store

THEIRS = """
UNWIND [
  ['p1', 'Ada Obi', 'ada@x.example', date('2021-09-01'), ['maths', 'reading aloud'], true, 12.0],
  ['p2', 'Zoë Şahin', null, date('2023-01-15'), [], false, 2.5],
  ['p3', 'Bo, "the" Yi', 'bo@x.example', null, ['maths'], null, 7]
] AS row
CREATE (p:Teacher {uid: row[0], full: row[1], mail: row[2], since: row[3], likes: row[4], open: row[5], hours: row[6]})
WITH collect(p) AS people
CREATE (g:Circle {code: 17, title: 'Made-up Readers', begun: datetime('2020-01-01T10:00:00Z')})
FOREACH (p IN people | CREATE (p)-[:SITS_IN {from: p.since}]->(g))
"""
MAPPING = '''
[[tables]]
is = "networks"
cypher = "MATCH (g:Circle) RETURN g.code AS id, g.title AS name"

[[tables]]
is = "leaders"
cypher = """MATCH (p:Teacher) RETURN p.uid AS id, p.full AS name, p.mail AS email, p.likes AS interests,
            p.open AS connect, p.hours AS release_time ORDER BY id"""

[[tables]]
is = "memberships"
cypher = "MATCH (p:Teacher)-[s:SITS_IN]->(g) RETURN p.uid AS who, g.code AS circle, s.from AS since ORDER BY who"
[tables.columns]
leader_id = "who"
network_id = "circle"
start = "since"
[tables.constants]
role = "member"
'''
FILES = {
    "networks.csv": "id,name\n17,Made-up Readers\n",
    "leaders.csv": "id,name,email,interests,connect,release_time\n"
    'p1,Ada Obi,ada@x.example,"maths\nreading aloud",yes,12\n'
    'p2,Zoë Şahin,,,no,2.5\np3,"Bo, ""the"" Yi",bo@x.example,maths,,7\n',
    "memberships.csv": "leader_id,network_id,start,role\n"
    "p1,17,2021-09-01,member\np2,17,2023-01-15,member\np3,17,,member\n",
}


@pytest.fixture
def graph(neo4j_url: str, neo4j_auth: tuple[str, str]) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query(THEIRS)
        yield driver


@pytest.fixture
def typed(neo4j_auth: tuple[str, str], tmp_path: Path):
    environment = {"NETOFNETS_NEO4J_SOURCE_USER": neo4j_auth[0], "NETOFNETS_NEO4J_SOURCE_PASSWORD": neo4j_auth[1]}

    def run(where: str, mapping: str, *options: str, code: int = 0) -> Result:
        (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
        given = ["ingest", where, "--source", "s", "--home", str(tmp_path / "home"), *options]
        done = CliRunner().invoke(
            netofnets_command, [*given, "--mapping", str(tmp_path / "mapping.toml")], env=environment
        )
        said = done.exception if isinstance(done.exception, NetOfNetsError) else None
        assert (said.exit_code if said else done.exit_code) == code, (done.output, done.exception)
        return done

    return run


def content(url: str, home: Path) -> str:
    store = open_store(url)
    try:
        return publish(store, home).content_hash
    finally:
        store.close()


def test_a_graph_gives_the_content_of_files_with_its_rows(graph: Driver, neo4j_url: str, typed, tmp_path: Path) -> None:
    before = [repr(record.values()) for record in graph.execute_query("MATCH (n) RETURN n ORDER BY n.uid").records]
    said = typed(f"{neo4j_url}/neo4j", MAPPING).output
    assert "7 of 7 rows taken" in said
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    home = ["--home", str(tmp_path / "other")]
    done = CliRunner().invoke(
        netofnets_command, ["ingest", *(str(tmp_path / name) for name in FILES), "--source", "s", *home]
    )
    assert done.exit_code == 0, done.output
    stores = [f"sqlite:{tmp_path / name / 'netofnets.sqlite'}" for name in ("home", "other")]
    first, second = (content(url, tmp_path / f"to-{i}") for i, url in enumerate(stores))
    assert first == second
    rows = open_store(stores[0]).scan()
    assert sorted(rows.tables["leaders"]["name"].to_pylist()) == ["Ada Obi", 'Bo, "the" Yi', "Zoë Şahin"]
    assert rows.tables["memberships"]["start"].to_pylist().count("2021-09-01") == 1
    assert rows.tables["leader_interests"].num_rows == 3
    assert {claim["origin"].split(":")[0] for claim in rows.claims.to_pylist()} == {
        f"cypher-{i}.csv" for i in (1, 2, 3)
    }
    assert "These are the files of run 1" in typed(neo4j_url, MAPPING).output  # the same answers are known again
    after = [repr(record.values()) for record in graph.execute_query("MATCH (n) RETURN n ORDER BY n.uid").records]
    assert after == before  # nothing of theirs, and nothing of ours in it


def test_rows_are_checked_and_put_aside_like_those_of_files(
    graph: Driver, neo4j_url: str, typed, tmp_path: Path
) -> None:
    graph.execute_query("CREATE (:Teacher {uid: 'p4', full: 'Cy Du', mail: 'no address'}), (:Teacher {full: 'Nobody'})")
    report, aside = tmp_path / "report.json", tmp_path / "aside.csv"
    typed(neo4j_url, MAPPING, "--report", str(report), "--quarantine", str(aside), code=3)
    found = json.loads(report.read_text(encoding="utf-8"))
    told = [(p["file"], p["row"], p["column"], p["code"]) for p in (*found["quarantined"], *found["cells"])]
    assert sorted(told) == [("cypher-2.csv", 5, "email", "invalid_email"), ("cypher-2.csv", 6, "id", "missing_id")]
    assert "Nobody" in aside.read_text(encoding="utf-8")


REFUSED = {
    "it would write": ("MATCH (p:Teacher) SET p.full = 'x' RETURN p.full AS name", "only reading is allowed"),
    "it is no Cypher": ("MATCH (p:Teacher", "not understood as Cypher"),
    "a node": ("MATCH (name:Teacher) RETURN name", "column 'name' holds a node.*name.name AS name"),
    "a map": ("MATCH (p:Teacher) RETURN p {.full} AS name", "column 'name' holds a map"),
    "a relationship": ("MATCH ()-[name:SITS_IN]->() RETURN name", "column 'name' holds a relationship"),
    "a path": ("MATCH name = ()-[:SITS_IN]->() RETURN name", "column 'name' holds a path"),
    "lists of lists": ("RETURN [[1]] AS name", "column 'name' holds a list of lists"),
    "a place": ("RETURN point({x: 1, y: 2}) AS name", "column 'name' holds a CartesianPoint"),
    "a span": ("RETURN duration('P1D') AS name", "column 'name' holds a Duration"),
    "another column": ("MATCH (p:Teacher) RETURN p.full AS nam", "no column 'nam'; did you mean 'name'"),
    "no needed column": ("MATCH (p:Teacher) RETURN p.likes AS interests", "needs a column for"),
    "too slow": (
        "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y) AS name",
        "stopped after 1 s",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_question_that_gives_no_table_is_refused_with_a_sentence(
    graph: Driver, neo4j_url: str, typed, tmp_path: Path, case: str
) -> None:
    cypher, sentence = REFUSED[case]
    mapping = f'[[tables]]\nis = "leaders"\nseconds = 1\ncypher = """{cypher}"""\n'
    done = typed(neo4j_url, mapping, code=2)
    with pytest.raises(NetOfNetsError, match=sentence):
        raise done.exception
    assert "tables[1]" in str(done.exception) and ("\n" not in str(done.exception) or case == "it is no Cypher")
    assert not (tmp_path / "home" / "netofnets.sqlite").exists()
    assert graph.execute_query("MATCH (p:Teacher {full: 'x'}) RETURN count(p)").records[0][0] == 0


def test_an_address_and_cypher_belong_together(typed, tmp_path: Path) -> None:
    plain = '[[tables]]\nfile = "*"\nis = "leaders"\n[tables.columns]\nname = "name"\n'
    (tmp_path / "people.csv").write_text("name\nAda\n", encoding="utf-8")
    for where, mapping, sentence in (
        ("neo4j://127.0.0.1:1", plain, "with --mapping FILE and cypher"),
        (str(tmp_path / "people.csv"), MAPPING, "name the graph to ask: netofnets ingest neo4j://HOST:7687"),
        ("neo4j://ana:word@127.0.0.1:1", MAPPING, "no user name and no password"),
        ("bolt://127.0.0.1:1", MAPPING.replace('is = "networks"', 'is = "networks"\nfile = "x"'), "say one of the two"),
    ):
        refused = typed(where, mapping, code=2).exception
        assert sentence in str(refused) and "word" not in str(refused).replace("password", "")
    assert "no Neo4j answers" in str(typed("neo4j://127.0.0.1:1", MAPPING, code=4).exception)
