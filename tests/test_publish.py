"""Publishing: the same bytes for the same facts, a switch that nobody notices, nothing left behind."""

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyarrow as pa
import pytest

import netofnets
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged, StoreError
from netofnets.graph.published import Published, published_root
from netofnets.graph.text_index import TextIndex
from netofnets.publish import publish, publish_facts
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.records import Decision
from netofnets.store.base import Facts


def facts(run=1, people=6, turned=False):
    names = {
        "leaders": [{"id": f"l{i}", "name": f"Leader {i}", "email": f"{i}@school.example"} for i in range(people)],
        "networks": [{"id": "n1", "name": "One"}, {"id": "n2", "name": "Two"}],
        "memberships": [{"id": f"r{i}", "from_id": f"l{i}", "to_id": f"n{1 + i % 2}"} for i in range(people)],
        "collaborations": [{"id": "r90", "from_id": "l0", "to_id": "l1", "kind": "mentors", "count": 2}],
    }
    claims = [
        {
            "kind": "leaders",
            "entity": f"l{i}",
            "source": "s",
            "local_id": str(i),
            "values": "{}",
            "origin": f"f.csv:{run + i}",
        }
        for i in range(people)
    ]
    turn = -1 if turned else 1
    tables = {kind: pa.Table.from_pylist(rows[::turn], schema=arrow_schema(kind)) for kind, rows in names.items()}
    return Facts(run, tables, pa.Table.from_pylist(claims[::turn], schema=CLAIMS))


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_equal_facts_give_equal_bytes_wherever_and_in_whatever_order(tmp_path):
    one = publish_facts(facts(), tmp_path / "one")
    other = publish_facts(facts(turned=True), tmp_path / "other")
    assert one.content_hash == other.content_hash
    assert files(one.folder) == files(other.folder)


def test_the_row_a_fact_was_read_from_is_no_part_of_the_hash(tmp_path):
    one, other = publish_facts(facts(), tmp_path / "one"), publish_facts(facts(run=5), tmp_path / "other")
    assert one.content_hash == other.content_hash


def test_publishing_again_changes_nothing(tmp_path):
    first = publish_facts(facts(), tmp_path)
    again = publish_facts(facts(), tmp_path)
    assert (again.folder, again.content_hash) == (first.folder, first.content_hash)
    assert first.fresh and not again.fresh


def test_other_facts_or_parameters_give_another_folder(tmp_path):
    first = publish_facts(facts(), tmp_path)
    more = publish_facts(facts(run=2, people=7), tmp_path)
    assert more.fresh and more.content_hash != first.content_hash
    seeded = publish_facts(facts(run=2, people=7), tmp_path, {"seed": 8})
    assert seeded.fresh and seeded.content_hash == more.content_hash


def test_a_decision_is_published_for_organizers_alone(tmp_path):
    log = (Decision("introduction", ("l0", "l1"), "asked", "Ana", "both said yes", "2026-03-01"),)
    first = publish_facts(facts(), tmp_path)
    told = publish_facts(replace(facts(run=2), decisions=log), tmp_path)
    assert told.fresh and told.content_hash != first.content_hash
    assert not publish_facts(replace(facts(run=3), decisions=log), tmp_path).fresh
    with Published.current(tmp_path) as published:
        assert published.edition("organizers").present.decided("introduction") == log
        assert published.edition("organizers").present.decided("community-name") == ()
        assert published.edition("public").snapshot.decisions == ()


def test_a_reader_keeps_its_folder_until_it_lets_go(tmp_path):
    publish_facts(facts(), tmp_path)
    with Published.current(tmp_path) as reading:
        publish_facts(facts(run=2, people=9), tmp_path)
        assert reading.edition("organizers").snapshot.count("leaders") == 6
        assert reading.edition("organizers").table("bridges").num_rows >= 0
        with Published.current(tmp_path) as now:
            assert now.edition("organizers").snapshot.count("leaders") == 9
        assert reading.folder.exists()
    publish_facts(facts(run=3, people=10), tmp_path)
    assert not reading.folder.exists()
    runs = sorted(p.name[:6] for p in published_root(tmp_path).iterdir() if p.is_dir())
    assert runs == ["000002", "000003"]  # the one before stands in for the newest, should that be damaged


def test_after_an_erasure_older_folders_go_at_once(tmp_path):
    old = publish_facts(facts(), tmp_path).folder
    with Published.current(tmp_path):
        publish_facts(facts(run=2, people=5), tmp_path, keep_old=False)
        assert not old.exists()


def test_what_an_interrupted_publish_leaves_does_not_matter(tmp_path):
    leftover = published_root(tmp_path) / ".writing-1" / "organizers"
    leftover.mkdir(parents=True)
    done = publish_facts(facts(), tmp_path)
    assert Published.current(tmp_path).folder == done.folder
    assert not leftover.exists(), "it may hold somebody who is erased since"


@pytest.mark.parametrize("audience", ["organizers", "public"])
def test_a_flipped_bit_is_an_error_in_every_file_and_publishing_again_mends_it(tmp_path, audience):
    done = publish_facts(facts(), tmp_path)
    for path in sorted((done.folder / audience).rglob("*.*")):
        written = path.read_bytes()
        path.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
        with Published.current(tmp_path) as damaged:
            with pytest.raises(SnapshotDamaged, match=f"{path.name} is not what was published.*netofnets publish"):
                read_all(damaged.edition(audience))
            with pytest.raises(SnapshotDamaged):
                damaged.check()
        path.write_bytes(written)
    (done.folder / audience / "facts" / "leaders.arrow").unlink()
    with Published.current(tmp_path) as damaged, pytest.raises(SnapshotDamaged, match="leaders.arrow: No such file"):
        read_all(damaged.edition(audience))
    assert publish_facts(facts(), tmp_path).fresh
    with Published.current(tmp_path) as mended:
        mended.check()


def read_all(edition):
    for measure in edition.measures:
        edition.table(measure)
    assert edition.snapshot and edition.history is not None
    assert edition.groups is not None
    assert all(t is not None for t in (edition.questions, edition.earlier, edition.earlier_ties, edition.levels))
    assert TextIndex.published(edition.folder, edition.prebuilt, edition.snapshot.nodes).fields


def test_a_changed_manifest_is_an_error(tmp_path):
    path = publish_facts(facts(), tmp_path).folder / "manifest.json"
    path.write_text(path.read_text().replace('"leaders": 6', '"leaders": 7'))
    with pytest.raises(SnapshotDamaged, match="manifest"):
        Published.current(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="there is no limit on the size of files there")
def test_a_full_disk_is_said_in_a_sentence_and_what_stood_still_stands(tmp_path, monkeypatch):
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half of a compiled module would stay (Python 3.11)
    first = publish_facts(facts(), tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))  # writing on fails, as on a full disk
    try:
        with pytest.raises(StoreError, match=r"published: .*large.*still stands.*netofnets publish"):
            publish_facts(facts(run=2, people=60), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with Published.current(tmp_path) as standing:
        assert standing.folder == first.folder
        standing.check()
    assert [p.name for p in published_root(tmp_path).glob(".writing-*")] == []
    assert publish_facts(facts(run=2, people=60), tmp_path).fresh


def test_two_who_publish_at_once_take_turns_and_the_newer_facts_stay(tmp_path):
    store, asked, go_on = SlowStore(facts()), threading.Event(), threading.Event()
    store.before_scan = lambda: (asked.set(), go_on.wait(60))
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(publish, store, tmp_path)
        assert asked.wait(60)
        newer = pool.submit(publish, SlowStore(facts(run=2, people=7)), tmp_path)
        go_on.set()
        assert slow.result().run == 1 and newer.result().run == 2
    with Published.current(tmp_path) as current:
        assert current.run == 2
        current.check()


class SlowStore:
    def __init__(self, held):
        self.held, self.before_scan = held, lambda: None

    def scan(self):
        self.before_scan()
        return self.held


def test_errors_say_what_to_do(tmp_path):
    with pytest.raises(NotPublished, match="netofnets publish"):
        Published.current(tmp_path)
    done = publish_facts(facts(), tmp_path)
    with pytest.raises(NotFound, match="organizers, public"):
        Published.current(tmp_path).edition("teachers")
    (done.folder / "manifest.json").write_text("{")
    with pytest.raises(SnapshotDamaged, match="netofnets publish"):
        Published.current(tmp_path)


def test_the_public_edition_holds_no_person(tmp_path):
    folder = publish_facts(facts(), tmp_path).folder
    for name, content in files(folder / "public").items():
        assert b"Leader" not in content and b"school.example" not in content, name


def test_analysts_open_what_is_published(tmp_path):
    publish_facts(facts(), tmp_path)
    edition = netofnets.open_snapshot(str(tmp_path))
    assert edition.snapshot.count("leaders") == 6
    graph = edition.to_networkx("collaborations")
    assert [(a, b, d["count"]) for a, b, d in graph.edges(data=True)] == [("l0", "l1", 2)]
    assert "leader" in edition.table("bridges").column_names


def test_the_manifest_names_versions_parameters_and_counts(tmp_path):
    manifest = json.loads((publish_facts(facts(), tmp_path, {"seed": 9}).folder / "manifest.json").read_text())
    assert manifest["versions"]["netofnets"] == netofnets.__version__
    assert manifest["parameters"]["communities"]["seed"] == 9
    assert manifest["editions"]["organizers"]["counts"]["leaders"] == 6


def test_what_an_older_version_did_not_publish_says_what_to_do(tmp_path):
    from tests.services.graphs import ten_leaders

    publish_facts(ten_leaders().facts(), tmp_path)
    with Published.current(tmp_path) as published:
        edition = published.edition("organizers")
        for ask in (edition.table, edition.parameters):
            with pytest.raises(NotFound, match="netofnets publish"):
                ask("of next year")
