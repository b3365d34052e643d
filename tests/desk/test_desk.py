"""What changes something: checked before anything is written, and by looking up the ids at hand, never everybody."""

from __future__ import annotations

import os
from errno import ENOSPC
from pathlib import Path

import pytest

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.desk.choose import FIELDS, choose
from netofnets.desk.erase import erase
from netofnets.desk.judge import judge
from netofnets.errors import NotFound, NotPublished, SettingsError, StoreError
from netofnets.graph.published import Published
from netofnets.graph.withheld import WithheldList
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import Verdict
from netofnets.store import open_store
from netofnets.store.erasure_key import made_marks
from netofnets.store.memory import MemoryStore
from tests.store.statements import a_roster, load


class _NeverScanned(MemoryStore):
    """A store that cannot be read whole."""

    def scan(self):
        raise AssertionError("the whole store was read to look after one person")


@pytest.fixture
def store() -> MemoryStore:
    opened = _NeverScanned()
    load(opened, "north", a_roster(people=3))
    return opened


@pytest.fixture
def people() -> list[str]:
    return [claim.key for claim in a_roster(people=3) if claim.kind == "leaders"]


def facts(store: MemoryStore):
    return MemoryStore.scan(store)


def test_a_verdict_is_logged_with_who_why_and_when_and_in_one_order(store: MemoryStore, people: list[str]) -> None:
    one, other = sorted(people[:2])
    made = judge(store, other, one, Verdict.SAME, who="an organizer", why="met her")
    assert facts(store).judgements == (made,)
    assert (made.left, made.right, made.verdict, made.who, made.why) == (
        one,
        other,
        Verdict.SAME,
        "an organizer",
        "met her",
    )
    assert made.at.endswith("+00:00")
    assert facts(store).tables["leaders"].num_rows == 2
    judge(store, one, other, Verdict.DIFFERENT, who="an organizer", why="two people after all")
    assert facts(store).tables["leaders"].num_rows == 3


def test_a_verdict_about_nobody_or_one_record_or_by_nobody_is_not_logged(store: MemoryStore, people: list[str]) -> None:
    with pytest.raises(NotFound, match="lnobody"):
        judge(store, people[0], "lnobody", Verdict.SAME, who="x", why="")
    with pytest.raises(SettingsError, match="twice"):
        judge(store, people[0], people[0], Verdict.SAME, who="x", why="")
    with pytest.raises(SettingsError, match="who decided"):
        judge(store, people[0], people[1], Verdict.SAME, who=" ", why="")
    assert facts(store).judgements == ()


def test_a_choice_is_logged_and_one_about_nothing_is_not(store: MemoryStore, people: list[str], tmp_path: Path) -> None:
    made = choose(store, tmp_path, people[0], Visibility.HIDDEN, who="the person", why="by mail")
    of_field = choose(store, tmp_path, people[0], Visibility.PUBLIC, who="the person", field="school")
    assert facts(store).choices == (made, of_field)
    told = [(one.record, one.level) for one in WithheldList(tmp_path).entries()]
    assert told == [(people[0], "hidden"), (people[0], "public")], "in force from then on"
    assert (made.record, made.level, made.field, of_field.field) == (people[0], Visibility.HIDDEN, "", "school")
    assert "school" in FIELDS
    with pytest.raises(NotFound, match="lnobody"):
        choose(store, tmp_path, "lnobody", Visibility.HIDDEN, who="x")
    with pytest.raises(SettingsError, match="shoe_size"):
        choose(store, tmp_path, people[0], Visibility.HIDDEN, who="x", field="shoe_size")
    with pytest.raises(SettingsError, match="who decided"):
        choose(store, tmp_path, people[0], Visibility.HIDDEN, who="")
    assert len(facts(store).choices) == 2


def test_a_choice_and_a_verdict_may_name_a_record_that_was_joined_to_another(
    store: MemoryStore, people: list[str], tmp_path: Path
) -> None:
    judge(store, people[0], people[1], Verdict.SAME, who="an organizer", why="met her")
    choose(store, tmp_path, people[1], Visibility.HIDDEN, who="the person")
    judge(store, people[0], people[1], Verdict.DIFFERENT, who="an organizer", why="two after all")
    assert {(c.record, c.level) for c in facts(store).choices} == {(p, Visibility.HIDDEN) for p in people[:2]}
    choose(store, tmp_path, people[1], Visibility.PUBLIC, who="the person")
    last = {c.record: c.level for c in facts(store).choices}
    assert last == {people[0]: Visibility.HIDDEN, people[1]: Visibility.PUBLIC}


def test_erasing_publishes_without_the_person_and_deletes_what_was_published_before(
    people: list[str], tmp_path: Path
) -> None:
    opened = open_store("memory:")
    load(opened, "north", a_roster(people=3))
    done = erase(opened, tmp_path, people[0], {"seed": 1})
    assert done.receipt.records == (people[0],)
    with Published.current(tmp_path) as published:
        assert published.run == done.publication.run
        assert sorted(published.edition("organizers").snapshot.ids("leaders").to_pylist()) == sorted(people[1:])
    before = done.publication.folder
    again = erase(opened, tmp_path, people[1], {"seed": 1})
    assert not before.exists() and again.publication.folder.exists()
    with pytest.raises(NotFound):
        erase(opened, tmp_path, "lnobody")


def test_erasing_forgets_the_account_of_that_record_and_of_no_other(people: list[str], tmp_path: Path) -> None:
    opened = open_store("memory:")
    load(opened, "north", a_roster(people=3))
    accounts = open_accounts(tmp_path)
    for name, leader in zip(("erased-one", "other"), people, strict=False):
        accounts.roll.add(f"{name}@x.example", AccountRole.MEMBER, [leader], origin="test")
    with pytest.raises(NotFound):
        erase(opened, tmp_path, "lnobody")
    erase(opened, tmp_path, people[0], {"seed": 1})
    assert [one.address for one in accounts.roll.listed()] == ["other@x.example"]
    told = [(one.what, one.whom, one.result) for one in accounts.audit.entries()]
    assert told[-1] == ("erase", made_marks(tmp_path).record(people[0]), "done") and accounts.audit.check()
    assert [one[0] for one in told].count("erase") == 1
    assert not [path for path in tmp_path.iterdir() if path.is_file() and b"erased-one" in path.read_bytes()]


def test_an_erasure_that_cannot_publish_leaves_nothing_published(
    people: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_store("memory:")
    load(opened, "north", a_roster(people=3))
    publish(opened, tmp_path, {"seed": 1})
    with Published.current(tmp_path), monkeypatch.context() as full:
        full.setattr("netofnets.graph.facts_files.write_table", disk_full)
        with pytest.raises(StoreError, match="gone from .*the store.*accounts.*no room is left.*removed"):
            erase(opened, tmp_path, people[0])
    assert not any(people[0].encode() in content for content in everything_in(tmp_path))
    with pytest.raises(NotPublished):
        Published.current(tmp_path)
    publish(opened, tmp_path, {"seed": 1})
    with Published.current(tmp_path) as published:
        assert published.edition("organizers").snapshot.count("leaders") == 2


def test_an_erasure_that_was_cut_off_before_it_published_is_brought_to_its_end(
    people: list[str], tmp_path: Path
) -> None:
    opened = open_store("memory:")
    load(opened, "north", a_roster(people=3))
    publish(opened, tmp_path, {"seed": 1})
    opened.erase(people[0])
    with pytest.raises(NotFound, match="no leader"):
        erase(opened, tmp_path, people[0], {"seed": 1})
    assert not any(people[0].encode() in content for content in everything_in(tmp_path))


def disk_full(*_: object) -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


def everything_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
