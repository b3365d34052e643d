"""The answer to "what changed", for a day and for a run, from one publication to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.schema.model import Visibility
from netofnets.schema.records import Run
from netofnets.services.changes import changes_report
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import Graph

RUNS = tuple(Run(n, "roster", "done", f"2026-0{n}-01T08:00:00", f"2026-0{n}-01T08:01:00") for n in (1, 2, 3))


def club(*, second: bool = False, dated: bool = True) -> Graph:
    """Two networks; in the second roster Bea is out of Beta, and Dan and his membership in both are new."""
    graph = Graph()
    for key in ("alpha", "beta"):
        graph.node("networks", key, key.title())
    for key in ("ana", "bea", "cid"):
        graph.node("leaders", key, key.title())
    graph.join("ana", "alpha")
    graph.join("bea", "alpha", *([] if second else ["beta"]))
    graph.join("cid", "beta")
    if dated:
        graph.tie("memberships", "ana", "beta", start="2025-03-01", end="2025-06-30")
    if second:
        graph.node("leaders", "dan", "Dan")
        graph.join("dan", "alpha", "beta")
        for claim in graph.claims:
            if any(claim["entity"] == graph.rows[k][n]["id"] for k, n in (("memberships", -1), ("memberships", -2))):
                claim["first_run"] = 2
    return graph


def told(report):
    return {
        s.key: [(r.first.name, *([r.second.name] if r.second else []), r.words) for r in s.rows]
        for s in report.sections
    }


def test_between_two_days_the_spells_decide(tmp_path):
    publish_copy(club().facts(), tmp_path)
    with Published.current(tmp_path) as published:
        spring = changes_report(published, ORGANIZER, since="2025-01-01", as_of="2025-04-01")
        summer = changes_report(published, ORGANIZER, since="2025-06-30", as_of="2025-07-01")
    assert told(spring)["joined"] == [("Ana", "Beta", "since 2025-03-01")]
    assert [r[0] for r in told(spring)["connecting"]] == ["Ana"]
    assert told(spring).keys() == {"joined", "connecting"}  # Bea is in both all the time, so no pair met
    assert told(summer)["left"] == [("Ana", "Beta", "until 2025-06-30")]
    assert (summer.before, summer.after) == ("2025-06-30", "2025-07-01")
    assert summer.summary == "Since 2025-06-30, 1 membership ended."


def test_since_a_run_the_rosters_decide(tmp_path):
    publish_copy(replace(club(dated=False).facts(run=1), runs=RUNS[:1]), tmp_path)
    publish_facts(replace(club(second=True, dated=False).facts(run=2), runs=RUNS[:2]), tmp_path)
    with Published.current(tmp_path) as published:
        since = changes_report(published, ORGANIZER, since="1")
        nothing = changes_report(published, ORGANIZER, since="2")
        by_day = changes_report(published, ORGANIZER, since="2026-01-01")
    assert told(since)["joined"] == [("Dan", "Alpha", "new in the rosters"), ("Dan", "Beta", "new in the rosters")]
    assert told(since)["left"] == [("Bea", "Beta", "no longer in the rosters")]
    assert told(since)["come"] == [("Dan", "")]
    assert [r[0] for r in told(since)["no_longer_connecting"]] == ["Bea"]
    assert (since.since, since.before) == ("run 1", "2026-01-01")
    assert nothing.sections == () and "nothing changed" in nothing.summary
    assert told(by_day) == told(since)  # published later than that day


def test_the_public_is_told_of_people_it_sees_alone(tmp_path):
    def shown(graph: Graph) -> Graph:
        for key in ("ana", "cid"):
            graph.show(key, Visibility.PUBLIC)
        return graph

    publish_copy(shown(club(dated=False)).facts(run=1), tmp_path)
    publish_facts(shown(club(second=True, dated=False)).facts(run=2), tmp_path)
    with Published.current(tmp_path) as published:
        public = changes_report(published, ANONYMOUS, since="2020-01-01")
        assert public.sections == () and "shown here" in public.summary
        assert published.edition("public").history.num_rows == 0
        assert changes_report(published, ORGANIZER, since="2020-01-01").sections
        with pytest.raises(SettingsError, match="organizers only"):
            changes_report(published, ANONYMOUS, since="1")


def test_who_is_erased_or_hides_is_in_no_history(tmp_path):
    for run, second in ((1, False), (2, True)):
        publish_facts(club(second=second, dated=False).facts(run=run), tmp_path)
    with Published.current(tmp_path) as published:
        assert "Bea" in {r.first.name for s in changes_report(published, ORGANIZER, since="1").sections for r in s.rows}
    hiding = club(second=True, dated=False)
    bea = hiding.names["leaders", "bea"]
    hiding.show("bea", Visibility.HIDDEN)
    folder = publish_facts(hiding.facts(run=3), tmp_path, keep_old=False).folder
    assert all(bea.encode() not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("since", ["yesterday", "2024-13-01", "<script>", "-3"])
def test_what_is_no_day_and_no_run_is_said(tmp_path, since):
    publish_copy(club().facts(), tmp_path)
    with Published.current(tmp_path) as published, pytest.raises(SettingsError, match="2024-09-01"):
        changes_report(published, ORGANIZER, since=since)


def test_nothing_published_before_and_no_date_is_no_error(tmp_path):
    publish_copy(club(dated=False).facts(), tmp_path)
    with Published.current(tmp_path) as published:
        report = changes_report(published, ORGANIZER)
    assert report.sections == () and report.before == "" and report.notes
