"""What every store keeps of what sources said before: past runs, undoing a load, and what erasing leaves of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.desk.undo import undo, undoable
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.edition import latest_levels, restrict
from netofnets.schema.identity import Identity
from netofnets.schema.model import Visibility
from netofnets.schema.records import Claim, Decision, Judgement, Verdict, VisibilityChoice
from netofnets.store import open_store
from netofnets.store.base import Facts, Store
from netofnets.store.mending import check, copy
from netofnets.store.past import facts_after
from tests.store.statements import a_roster, canonical, facts_of, leader, load, member, network
from tests.store.test_random import event, happen

CIRCLE = network("north", "N1", "Circle of made-up people")


def roster(**schools: str) -> list[Claim]:
    """A network and its members, with their schools."""
    people = [leader("north", name, name, school=school) for name, school in schools.items()]
    return [CIRCLE, *people, *(member(person, CIRCLE) for person in people)]


def without_log(store: Store) -> dict[str, object]:
    found = facts_of(store)
    del found["judgements"]
    return found


def shown(facts: Facts) -> list[dict[str, list[dict[str, object]]]]:
    """What everybody may see of some facts, and what organizers may."""
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    editions = [restrict(facts.tables, facts.claims, levels, audience)[0] for audience in ("public", "organizers")]
    # A server that has deleted much gives what comes next the free places among the others, so a scan has no order.
    return [{name: sorted(table.to_pylist(), key=repr) for name, table in tables.items()} for tables in editions]


def schools(facts: Facts) -> dict[str, str]:
    return {row["name"]: row["school"] for row in facts.tables["leaders"].to_pylist()}


def test_each_past_run_is_there_again(store: Store) -> None:
    said = [
        roster(Ada="Ash", Bo="Elm"),
        roster(Ada="Oak", Bo="Elm"),
        roster(Bo="Elm"),
        roster(Ada="Ash", Bo="Elm", Cy="Fir"),
    ]
    seen = []
    for claims in said:
        load(store, "north", claims)
        seen.append(store.scan())
    for run, facts in enumerate(seen, 1):
        again = facts_after(store, run)
        assert canonical(again) == canonical(facts)
        assert (again.run, again.runs) == (run, facts.runs)
    assert schools(facts_after(store, 2)) == {"Ada": "Oak", "Bo": "Elm"}
    for run in (0, 5, -1):
        with pytest.raises(NotFound, match="the last one is 4"):
            facts_after(store, run)


def test_only_what_changed_is_kept(store: Store) -> None:
    load(store, "north", a_roster(people=4))
    load(store, "north", a_roster(people=4))
    assert store.book().past == ()
    load(store, "north", [replace(c, values={**c.values, "about": "New."}) if c.kind == "networks" else c
                          for c in a_roster(people=3)])  # fmt: skip
    past = store.book().past
    assert {one.until for one in past} == {2}
    kinds = sorted(one.claim.kind for one in past)  # a person with two ties of their own and one to another, a network
    assert kinds == ["collaborations", "leader_interests", "leaders", "memberships", "networks"]


def test_what_was_said_of_people_before_comes_with_the_facts(store: Store) -> None:
    for name in ("Ash", "Oak", "Elm"):
        load(store, "north", roster(Ada=name))
    assert sorted((one.claim.values["school"], one.until) for one in store.scan().earlier) == [("Ash", 1), ("Oak", 2)]
    assert [one.claim.values["school"] for one in facts_after(store, 2).earlier] == ["Ash"]


def test_undoing_a_load_states_again_what_was_stated_before(store: Store) -> None:
    load(store, "north", roster(Ada="Ash", Bo="Elm"))
    load(store, "south", a_roster("south", 2))
    before = facts_of(store)
    load(store, "north", roster(Ada="Oak", Cy="Fir"))
    changed = facts_of(store)
    assert [(one.run, one.source) for one in undoable(store)] == [(3, "north"), (2, "south")]
    done = undo(store, 3)
    assert (done.run, done.source, done.restored, done.put_back, done.withdrawn) == (4, "north", 2, 1, 2)
    assert facts_of(store) == before  # with the places and the first runs of then
    again = undo(store, 4)
    assert (again.restored, again.put_back, again.withdrawn) == (2, 1, 2)
    assert facts_of(store) == changed
    for run, state in ((2, before), (3, changed), (4, before), (5, changed)):
        assert canonical(facts_after(store, run)) == state


def test_undoing_a_first_load_leaves_nothing_of_the_source(store: Store) -> None:
    load(store, "north", roster(Ada="Ash"))
    assert undo(store, 1).withdrawn == 3
    assert (store.status().sources, sum(store.status().counts.values())) == ((), 0)
    assert undo(store, 2).restored == 3
    assert store.status().sources == ("north",)


def test_what_cannot_be_undone_says_why(store: Store) -> None:
    load(store, "north", roster(Ada="Ash"))
    load(store, "north", roster(Ada="Oak"))
    store.choose([VisibilityChoice(roster(Ada="")[1].key, Visibility.HIDDEN, "Ada", "")])
    run = store.status().run
    with pytest.raises(SettingsError, match="run 1 is not the last load of 'north': run 2 is"):
        undo(store, 1)
    with pytest.raises(SettingsError, match=r"run 3 is no load of a source, it is \(visibility\)"):
        undo(store, 3)
    with pytest.raises(NotFound, match="no run 9"):
        undo(store, 9)
    load(store, "north", roster(Ada="Oak"))  # changes nothing, and says so less than a load does
    with pytest.raises(SettingsError, match="run 4 of 'north' changed nothing"):
        undo(store, 4)
    assert store.status().run == run + 1


def merged(store: Store) -> tuple[Claim, Claim]:
    """Two rosters, the second of which brings a verdict of a rule with it."""
    ada = leader("south", "7", "Ada", email="ada@school.example")
    load(store, "north", roster(Ada="Ash", Bo="Elm"))
    left, right = sorted((roster(Ada="")[1].key, ada.key))
    load(store, "south", [ada], [Judgement(left, right, Verdict.SAME, "rule:same-email", "one address")])
    return roster(Ada="")[1], ada


def test_what_a_rule_judged_with_the_load_is_taken_back(store: Store) -> None:
    load(store, "north", roster(Ada="Ash", Bo="Elm"))
    before = without_log(store)
    ada, other = merged(store)
    joined = without_log(store)
    assert store.status().counts["leaders"] == 2
    assert undo(store, 3).judgements == 1
    assert without_log(store) == before
    assert [j.verdict for j in store.judgements()] == [Verdict.SAME, Verdict.UNDONE]
    assert undo(store, 4).judgements == 1
    assert without_log(store) == joined and store.judgements()[-1].who == "rule:same-email"
    left, right = sorted((ada.key, other.key))
    store.judge([Judgement(left, right, Verdict.DIFFERENT, "Bo", "they are two")])
    assert undo(store, 5).judgements == 0  # somebody has judged since
    assert store.judgements()[-1].verdict is Verdict.DIFFERENT


def test_who_was_erased_since_does_not_come_back(store: Store) -> None:
    load(store, "north", roster(Ada="Ash", Bo="Elm"))
    load(store, "north", roster(Ada="Oak"))
    bo = roster(Bo="")[1]
    receipt = store.erase(bo.key)  # whom no source states any more
    assert (receipt.claims, receipt.past) == (0, 2)
    undo(store, 2)
    assert schools(store.scan()) == {"Ada": "Ash"}
    assert schools(facts_after(store, 1)) == {"Ada": "Ash"}
    assert bo.key not in repr(store.book().past)
    with pytest.raises(NotFound):
        store.erase(bo.key)
    store.erase(roster(Ada="")[1].key)
    with pytest.raises(SettingsError, match="changed nothing that still stands"):
        undo(store, 4)  # all that it changed was hers
    assert schools(store.scan()) == {}


def test_a_past_run_shows_no_more_than_today(store: Store) -> None:
    load(
        store,
        "north",
        [replace(CIRCLE, values={**CIRCLE.values, "sensitive": False}), *roster(Ada="Ash", Bo="Elm")[1:]],
    )
    ada, bo = (roster(**{name: ""})[1].key for name in ("Ada", "Bo"))
    store.choose([VisibilityChoice(one, Visibility.PUBLIC, "they", "asked") for one in (ada, bo)])
    assert shown(facts_after(store, 2)) == shown(store.scan())
    assert {row["name"] for row in shown(store.scan())[0]["leaders"]} == {"Ada", "Bo"}
    store.choose([VisibilityChoice(ada, Visibility.HIDDEN, "Ada", "rather not")])
    store.choose([VisibilityChoice(bo, Visibility.HIDDEN, "Bo", "no school", "school")])
    load(
        store, "north", [replace(CIRCLE, values={**CIRCLE.values, "sensitive": True}), *roster(Ada="Ash", Bo="Elm")[1:]]
    )
    past = facts_after(store, 2)
    assert past.tables["networks"]["sensitive"].to_pylist() == [True]
    for_everybody, for_organizers = shown(past)
    assert (
        [row["name"] for row in for_everybody["leaders"]]
        == [row["name"] for row in for_organizers["leaders"]]
        == ["Bo"]
    )
    assert "Elm" not in repr(for_everybody) + repr(for_organizers) and for_everybody["networks"] == []


def test_a_past_run_has_the_decisions_and_judgements_of_then(store: Store) -> None:
    ada, other = merged(store)
    store.decide([Decision("community-name", ("3",), "Coast", "Ada", "")])
    left, right = sorted((ada.key, other.key))
    store.judge([Judgement(left, right, Verdict.DIFFERENT, "Bo", "they are two")])
    facts = [facts_after(store, run) for run in (1, 2, 3, 4)]
    assert [len(one.judgements) for one in facts] == [0, 1, 1, 2]
    assert [len(one.decisions) for one in facts] == [0, 0, 1, 1]
    assert [one.tables["leaders"].num_rows for one in facts] == [2, 2, 2, 3]


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_a_copy_knows_the_past_too(store: Store, kind: str, tmp_path: Path) -> None:
    load(store, "north", roster(Ada="Ash", Bo="Elm"))
    first = facts_of(store)
    load(store, "north", roster(Ada="Oak"))
    store.choose([VisibilityChoice(roster(Ada="")[1].key, Visibility.PUBLIC, "Ada", "")])
    url = "memory:" if kind == "memory" else f"sqlite:{tmp_path / 'copy.sqlite'}"
    with closing(open_store(url)) as target:
        assert copy(store, target).past == 3
        assert check(target).findings == []
        assert set(map(repr, target.book().past)) == set(map(repr, store.book().past))
        assert canonical(facts_after(target, 1)) == first
        assert facts_after(target, 2).choices == ()
        undo(target, 2)
        assert schools(target.scan()) == {"Ada": "Ash", "Bo": "Elm"}


histories = st.lists(event.filter(lambda what: what[0] != "erase"), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_past_runs_and_undone_loads_of_any_history(history: list[tuple]) -> None:
    a_history_holds(open_store("memory:"), history)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_past_runs_and_undone_loads_of_any_history_in_a_file(history: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        a_history_holds(open_store(f"sqlite:{Path(folder) / 'book.sqlite'}"), history)


def a_history_holds(store: Store, history: list[tuple]) -> None:
    """Each run is there again; its load undone is the state before it, and that undone is the load again."""
    seen = {}
    for what in history:
        before = without_log(store)
        happen(store, what)
        run, after = store.status().run, without_log(store)
        seen[run] = facts_of(store)
        if what[0] == "judge" or after == before:
            continue
        try:
            undone = undo(store, run).run
        except SettingsError as told:
            assert "changed nothing" in str(told)
            continue
        if rules_only(what):
            assert without_log(store) == before
        seen[undone] = facts_of(store)
        redone = undo(store, undone).run
        seen[redone] = facts_of(store)
        assert without_log(store) == after
    for run, facts in seen.items():
        assert canonical(facts_after(store, run)) == facts, run
    assert check(store).findings == []


def rules_only(what: tuple) -> bool:
    return all(judgement.who.startswith("rule:") for judgement in what[2])
