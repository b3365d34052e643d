"""The publication before the newest stands in for a damaged one, and never tells what the newest does not."""

import shutil
from dataclasses import replace

import pytest

from netofnets.errors import SnapshotDamaged
from netofnets.graph.fallback import FILE, open_whole
from netofnets.graph.published import Published, current_folder, published_root
from netofnets.publish import publish_facts, withdraw
from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision
from tests.published import publish_copy
from tests.services.graphs import Graph, ten_leaders


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    home = tmp_path_factory.mktemp("first")
    publish_copy(ten_leaders().facts(), home)
    return home


@pytest.fixture
def home(first, tmp_path):
    return shutil.copytree(first, tmp_path / "home")


def grown() -> Graph:
    """The same people with one more, one more membership, and a region where none was known."""
    graph = ten_leaders()
    graph.node("leaders", "new", "Nia New", region="South")
    graph.join("new", "alpha")
    next(row for row in graph.rows["leaders"] if row["name"] == "Gil Moreno")["region"] = "North"
    return graph


def further() -> Graph:
    """And one more membership."""
    graph = grown()
    graph.join("new", "beta")
    return graph


def damage(folder, name="organizers/facts/leaders.arrow"):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)


def runs(home):
    return sorted(int(path.name[:6]) for path in published_root(home).iterdir() if path.is_dir())


def names(published):
    return published.edition("organizers").snapshot.labels("leaders")[1]


def test_the_one_before_stands_in_for_a_damaged_one_and_says_why(home):
    publish_facts(grown().facts(run=2), home)
    newest = current_folder(home)
    with open_whole(home)[0] as whole:
        assert whole.run == 2 and "Nia New" in names(whole)
    for name in ("organizers/facts/leaders.arrow", "public/results/bridges.arrow", "manifest.json"):
        shutil.copytree(newest, newest.with_name("kept"))
        damage(newest, name)
        found, why = open_whole(home)
        with found:
            assert found.run == 1 and "Nia New" not in names(found)
            assert str(newest) in why and "netofnets publish" in why
        shutil.rmtree(newest)
        newest.with_name("kept").rename(newest)
    damage(newest)
    damage(published_root(home) / next(p.name for p in published_root(home).glob("000001-*")))
    with pytest.raises(SnapshotDamaged, match=newest.name):
        open_whole(home)


def test_publishing_mends_it_and_keeps_the_one_before(home):
    publish_facts(grown().facts(run=2), home)
    damage(current_folder(home))
    publish_facts(grown().facts(run=2), home)
    found, why = open_whole(home)
    with found:
        assert found.run == 2 and not why
    assert runs(home) == [1, 2]
    publish_facts(further().facts(run=3), home)
    assert runs(home) == [2, 3]


def hidden(graph):
    graph.show("bo", Visibility.HIDDEN)


def field_hidden(graph):
    graph.show("ana", Visibility.ORGANIZERS, "school")


def asks_for_less(graph):
    graph.show("ana", Visibility.SIGNED_IN)


def erased(graph):
    gone = graph.names["leaders", "jo"]
    graph.rows["leaders"] = [row for row in graph.rows["leaders"] if row["id"] != gone]


def corrected(graph):
    next(row for row in graph.rows["leaders"] if row["name"] == "Bo Jansen")["school"] = "Another School"


def not_to_be_connected(graph):
    next(row for row in graph.rows["leaders"] if row["name"] == "Bo Jansen")["connect"] = False


def left_a_network(graph):
    graph.rows["memberships"].pop(0)


def network_made_sensitive(graph):
    next(row for row in graph.rows["networks"] if row["name"] == "Gamma Labs")["sensitive"] = True


CHANGES = [
    hidden, field_hidden, asks_for_less, erased, corrected, not_to_be_connected, left_a_network, network_made_sensitive
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nothing_stands_in_that_tells_more_than_the_newest(home, change):
    graph = grown()
    change(graph)
    publish_facts(graph.facts(run=2), home)
    assert runs(home) == [2] and not (published_root(home) / FILE).exists()
    damage(current_folder(home))
    with pytest.raises(SnapshotDamaged):
        open_whole(home)


def test_a_decision_in_between_an_erasure_and_a_withdrawal_leave_nothing_to_stand_in(home):
    facts = grown().facts(run=2)
    people = tuple(sorted(row["id"] for row in grown().rows["leaders"])[:2])
    decided = Decision("introduction", people, "asked", "an organizer", "", "2026-01-01T00:00:00+00:00")
    publish_facts(replace(facts, decisions=(decided,)), home)
    assert runs(home) == [2]
    publish_facts(replace(further().facts(run=3), decisions=(decided,)), home)
    assert runs(home) == [2, 3]
    publish_facts(replace(further().facts(run=3), decisions=(decided,)), home, keep_old=False)
    assert runs(home) == [3] and not (published_root(home) / FILE).exists()
    withdraw(home)
    assert runs(home) == []


def test_a_pointer_that_names_another_pair_counts_for_nothing(home):
    publish_facts(grown().facts(run=2), home)
    newest = current_folder(home)
    other = next(published_root(home).glob("000001-*")).name
    damage(newest)
    for text in (f"000009-abc {other}", f"{newest.name} ../{other}", f"{newest.name}", "", f"{newest.name} gone"):
        (published_root(home) / FILE).write_text(text)
        with pytest.raises(SnapshotDamaged):
            open_whole(home)
    (published_root(home) / FILE).write_text(f"{newest.name} {other}")
    with open_whole(home)[0] as found:
        assert isinstance(found, Published) and found.run == 1
