"""Who was erased stays away: whatever is loaded, undone, told apart, read or copied afterwards, on every store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import Driver

from ingest.articles.loading import read_articles
from ingest.pipeline import Loaded, Options, load
from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.desk.choose import choose
from netofnets.desk.erase import erase
from netofnets.desk.imports import imports_folder
from netofnets.desk.judge import judge
from netofnets.desk.tombstones import count, drop, let_another_in, let_back
from netofnets.desk.undo import undo, undoable
from netofnets.errors import NotFound, SettingsError, StoreError
from netofnets.publish import publish
from netofnets.schema.identifiers import record_id
from netofnets.schema.model import Visibility
from netofnets.schema.records import Judgement, Verdict
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.erasure_key import KEY_FILE, kept_marks, made_marks
from netofnets.store.mending import copy, repair
from netofnets.store.neo4j.backend import Neo4jStore
from tests.ingest.articles_fixture import ARTICLES, SOURCE
from tests.ingest.loads import names

NORTH = """leader_id,name,email,school,interests,network_id,network,role
T-77421,Zuzanna Quixley,zuzanna.quixley@x.example,Marrow High,kites,n1,Rural Readers,chair
T-77422,Li Wei,li@x.example,South High,kites,n1,Rural Readers,member
T-77423,Bo Ek,bo@x.example,Marrow High,tides,n1,Rural Readers,member
"""
SOUTH = """leader_id,name,email,school,network
Q-90001,Zuzanna Quixley,zuzanna.quixley@x.example,Marrow High,City Coders
Q-90002,Cy Du,cy@x.example,South High,City Coders
"""
TIES = """leader_id,other_leader_id,kind
T-77421,T-77422,mentors
T-77422,T-77423,mentors
"""
SECRETS = ("Quixley", "quixley", "zuzanna", "T-77421", "Q-90001")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the SQLite store of the fixture ``opener`` lies, too: all of its bytes are looked through."""
    folder = tmp_path / "folder"
    folder.mkdir(exist_ok=True)
    return folder


def loaded(store: Store, home: Path, source: str, **texts: str) -> Loaded:
    folder = home.parent / f"roster of {source}"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load(store, [folder], Options(source, keep_rows=True, allow_shrink=True, marks=kept_marks(home)))


def gone(store: Store, home: Path) -> None:
    """Load two rosters and erase the person whom both list."""
    loaded(store, home, "north", roster=NORTH, collaborations=TIES)
    loaded(store, home, "south", roster=SOUTH)
    store.erase(record_id("leaders", "north", "T-77421"), made_marks(home))


def lived(store: Store, home: Path) -> str:
    """A home with everything in it that could hold a person; the id of the one who is to be erased."""
    loaded(store, home, "north", roster=NORTH, collaborations=TIES)
    loaded(store, home, "south", roster=SOUTH)
    ada = record_id("leaders", "north", "T-77421")
    li, cy = record_id("leaders", "north", "T-77422"), record_id("leaders", "south", "Q-90002")
    judge(store, li, cy, Verdict.SAME, who="x", why="met")
    choose(store, home, ada, Visibility.PUBLIC, who="x", why="asked")
    accounts = open_accounts(home)
    accounts.roll.add("zuzanna.quixley@x.example", AccountRole.MEMBER, [ada], origin="test")
    accounts.audit.note("choose", whom=f"{li} {ada}", origin="test")
    publish(store, home, {"seed": 1})
    waiting = imports_folder(home) / "one"
    waiting.mkdir(parents=True)
    (waiting / "roster.csv").write_text(NORTH, encoding="utf-8")
    return ada


def bytes_with(home: Path, *more: str) -> list[str]:
    """Files of the home in which, or in whose name, the person is."""
    wanted = [text.encode() for text in (*SECRETS, *more)]
    found = []
    for path in home.rglob("*"):
        held = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [str(path) for text in wanted if text in held]
    return found


@pytest.fixture
def nothing_left(request: pytest.FixtureRequest) -> Iterator[object]:
    def look(store: Store, home: Path, *more: str) -> None:
        assert bytes_with(home, *more) == []
        if isinstance(store, Neo4jStore):  # its files are the server's: ask the database
            driver: Driver = request.getfixturevalue("driver")
            texts = driver.execute_query(
                "MATCH (x) RETURN [k IN keys(x) | x[k]] AS v "
                "UNION ALL MATCH ()-[r]->() RETURN [k IN keys(r) | r[k]] AS v"
            ).records
            held = "\n".join(str(row[0]) for row in texts)
            assert held and not [text for text in (*SECRETS, *more) if text in held]

    yield look


def test_no_byte_is_left_and_neither_load_nor_undo_nor_judging_brings_the_person_back(
    store: Store, home: Path, nothing_left
) -> None:
    ada = lived(store, home)
    assert bytes_with(home) or isinstance(store, Neo4jStore)
    south = record_id("leaders", "south", "Q-90001")
    done = erase(store, home, ada, {"seed": 1})
    assert set(done.receipt.records) == {ada, south} and done.receipt.tombstones
    nothing_left(store, home, ada, south)
    accounts = open_accounts(home)
    assert accounts.audit.check() and [one.whom for one in accounts.audit.entries() if "(erased)" in one.whom]
    with pytest.raises(NotFound, match="any more.*gone from"):
        erase(store, home, ada, {"seed": 1})  # twice
    for source, texts in (("north", {"roster": NORTH, "collaborations": TIES}), ("south", {"roster": SOUTH})):
        for _ in range(2):  # the very same files are read again, and told of again
            told = loaded(store, home, source, **texts)
            assert [(p.file, p.row) for p in told.report.left_out.erased][-1] == ("roster.csv", 2)
            assert not told.report.left_out.perhaps and not told.report.quarantined and not told.to_correct
            assert not [text for text in SECRETS if text in json.dumps(told.report.as_json())]
    assert names(store, "leaders") == ["Bo Ek", "Li Wei"]
    for record in (ada, south):
        with pytest.raises(NotFound):
            judge(store, record, record_id("leaders", "north", "T-77422"), Verdict.DIFFERENT, who="x", why="y")
    for one in undoable(store):
        undo(store, one.run)
    assert "Zuzanna Quixley" not in names(store, "leaders")
    publish(store, home, {"seed": 1})
    nothing_left(store, home, ada, south)
    assert count(store, kept_marks(home)).people == 1


def test_a_tie_to_the_person_is_left_out_with_its_row(store: Store, home: Path) -> None:
    gone(store, home)
    told = loaded(store, home, "north", roster=NORTH, collaborations=TIES).report
    assert {(p.file, p.row) for p in told.left_out.erased} == {("roster.csv", 2), ("collaborations.csv", 2)}
    assert store.status().counts["collaborations"] == 1
    by_name = "leader,other_leader,kind\nZuzanna Quixley,Li Wei,mentors\n"
    told = loaded(store, home, "north", roster=NORTH.replace(NORTH.splitlines()[1] + "\n", ""), collaborations=by_name)
    assert [(p.file, p.row) for p in told.report.left_out.perhaps] == [("collaborations.csv", 2)]
    assert not told.report.quarantined and not told.to_correct


def test_another_id_of_another_source_is_known_by_the_address_and_what_refers_to_it_goes_too(
    store: Store, home: Path
) -> None:
    gone(store, home)
    leaders = "id,name,email\nw1,Z. Q.,ZUZANNA.QUIXLEY@x.example\nw2,Dee Fox,dee@x.example\n"
    ties = "leader_id,other_leader_id,kind\nw1,w2,mentors\n"
    told = loaded(store, home, "west", leaders=leaders, collaborations=ties).report
    assert {(p.file, p.row) for p in told.left_out.erased} == {("leaders.csv", 2), ("collaborations.csv", 2)}
    assert not told.quarantined and "Dee Fox" in names(store, "leaders")


def test_a_row_that_cannot_be_taken_anyway_is_not_kept_either(store: Store, home: Path) -> None:
    gone(store, home)
    bad = (
        NORTH.replace("role\n", "role,start\n").replace(",chair", ",chair,whenever").replace(",member", ",member,soon")
    )
    told = loaded(store, home, "north", roster=bad.replace("network_id,network", "network_id,network"))
    held = repr(told.report.quarantined) + repr(told.report.cells) + repr(told.to_correct)
    assert "li@x.example" in held and not [text for text in SECRETS if text in held]


def test_a_file_called_by_the_person_loses_its_name(store: Store, home: Path) -> None:
    gone(store, home)
    told = loaded(store, home, "north", **{"roster of Zuzanna Quixley": NORTH}).report
    assert ("(erased)", 2) in [(p.file, p.row) for p in told.left_out.erased]
    assert "Quixley" not in json.dumps(told.as_json()) and "Quixley" not in repr(store.book())


def test_another_person_of_the_name_is_refused_with_the_way_in_and_then_let_in(store: Store, home: Path) -> None:
    gone(store, home)
    rows = "leader_id,name,email,school,network\ne1,Quixley ZUZANNA,other@y.example,Marrow High,Eastern Circle\n"
    told = loaded(store, home, "east", roster=rows + "e2,Zuzanna Quixley,third@y.example,Far High,Eastern Circle\n")
    [problem] = told.report.left_out.perhaps
    assert (problem.row, problem.code) == (2, "perhaps_erased") and "netofnets tombstones other" in problem.remedy
    assert told.report.exit_code == 3 and not told.to_correct and not told.report.quarantined
    assert names(store, "leaders").count("Zuzanna Quixley") == 1  # the one at another school is nobody we know
    with pytest.raises(NotFound):
        let_another_in(store, kept_marks(home), "Li Wei", "South High")
    assert let_another_in(store, kept_marks(home), "zuzanna quixley", "marrow high") == 1
    again = loaded(store, home, "east", roster=rows).report
    assert not again.left_out.perhaps and again.exit_code == 0
    assert loaded(store, home, "north", roster=NORTH).report.left_out.erased  # known by id and address as before


def test_a_mailbox_that_others_use_too_marks_nobody(store: Store, home: Path) -> None:
    shared = "leader_id,name,email,school,network\n1,Ada {0},{1},North High,Readers\n2,Bo {0},{1},South High,Readers\n"
    for source, mailbox in (("Obi", "office@x.example"), ("Ek", "both@x.example")):
        roster = shared.format(source, mailbox)
        loaded(store, home, source, roster=roster)
        store.judge([Judgement(*sorted(record_id("leaders", source, i) for i in "12"), Verdict.DIFFERENT, "x", "two")])
        store.erase(record_id("leaders", source, "1"), made_marks(home))
        told = loaded(store, home, source, roster=roster).report
        assert [p.row for p in told.left_out.erased] == [2] and f"Bo {source}" in names(store, "leaders")


def test_somebody_who_asks_comes_back(store: Store, home: Path) -> None:
    gone(store, home)
    marks = kept_marks(home)
    with pytest.raises(NotFound):
        let_back(store, marks, email="nobody@x.example")
    with pytest.raises(NotFound):
        let_back(store, marks, source="north", local_id="T-77422")
    assert let_back(store, marks, source="south", local_id="Q-90001") == 1 and store.tombstones() == ()
    told = loaded(store, home, "north", roster=NORTH).report
    assert not told.left_out.erased and "Zuzanna Quixley" in names(store, "leaders")


def test_copies_and_repairs_carry_the_tombstones(store: Store, home: Path, tmp_path: Path) -> None:
    gone(store, home)
    with closing(open_store(f"sqlite:{tmp_path / 'copy.sqlite'}")) as other:
        copy(store, other)
        assert other.tombstones() == store.tombstones() != ()
        assert loaded(other, home, "north", roster=NORTH).report.left_out.erased
    before = store.tombstones()
    repair(store)
    assert store.tombstones() == before


def test_without_the_key_nothing_is_loaded_until_it_is_given_up(store: Store, home: Path) -> None:
    gone(store, home)
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    (home / KEY_FILE).rename(home / "elsewhere.key")
    for do in (
        lambda: loaded(store, home, "north", roster=NORTH),
        lambda: read_articles(store, (ARTICLES / "kites.md",), SOURCE),
        lambda: erase(store, home, record_id("leaders", "north", "T-77422")),
    ):
        with pytest.raises(StoreError, match="1 person was erased under a key that this home lacks.*tombstones drop"):
            do()
    assert count(store, made_marks(home)).unknown == 1
    assert drop(store, kept_marks(home)) == 1 and store.tombstones() == ()
    assert loaded(store, home, "north", roster=NORTH).report.exit_code == 0
    (home / KEY_FILE).write_text("no key\n", encoding="ascii")
    with pytest.raises(SettingsError, match="cannot be read as a key"):
        kept_marks(home)


def test_an_article_does_not_bring_the_person_back(store: Store, home: Path) -> None:
    loaded(store, home, "north", roster=NORTH.replace("Zuzanna Quixley", "Amara Quillfeather"))
    store.erase(record_id("leaders", "north", "T-77421"), made_marks(home))
    read = read_articles(store, (ARTICLES / "kites.md",), SOURCE, marks=kept_marks(home))
    assert read.left_out and read.new and "Quillfeather" not in repr(read.new)
    assert "Quillfeather" not in repr(store.book())


def test_an_edit_by_hand_does_not_bring_the_person_back(
    home: Path, empty_neo4j: str, neo4j_settings: Settings, driver: Driver
) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings.having(hand_edits="adopt", home=str(home)))) as store:
        gone(store, home)
        driver.execute_query(
            "MATCH (x:Leader {name: 'Li Wei'}) SET x.name = $n, x.email = $e, x.job = 'kite maker'",
            n="Zuzanna Quixley",
            e="zuzanna.quixley@x.example",
        )
        row = next(one for one in store.scan().tables["leaders"].to_pylist() if one["job"] == "kite maker")
        assert (row["name"], row["email"]) == ("Li Wei", "li@x.example")
