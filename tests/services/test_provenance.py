"""Every fact on a profile says who states it: source, file, row, first and last day; and who says otherwise."""

from dataclasses import replace

import pytest

from netofnets.graph.published import Published
from netofnets.publish import publish, publish_facts
from netofnets.schema.model import Visibility
from netofnets.schema.records import Claim, PastClaim, Run
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.store import open_store
from tests.published import publish_copy
from tests.services.graphs import Graph, leader_id
from tests.store.statements import leader, link, load, member, network, node

RUNS = (
    Run(1, "roster", "done", "2025-01-03T09:00:00+00:00", "2025-01-03T09:00:05+00:00"),
    Run(2, "sheet", "done", "2025-02-01T23:59:59+00:00", "2025-02-02T00:00:01+00:00"),
    Run(3, "roster", "done", "2025-06-01T09:00:00+00:00", "2025-06-01T09:00:05+00:00"),
    Run(4, "(judgements)", "done", "2025-07-01T09:00:00+00:00", "2025-07-01T09:00:05+00:00"),
)


def known() -> Graph:
    graph = Graph()
    graph.node("networks", "alpha", "Alpha")
    graph.node("interests", "maths")
    graph.node("organizations", "uni", "Uni")
    graph.node("activities", "day", "Open Day", date="2024-05-01")
    for key in ("ana", "bo"):
        graph.node("leaders", key, key.title())
    graph.join("ana", "alpha", role="facilitator; member", start="2024-01-01", end="2024-06-30")
    graph.tie("leader_interests", "ana", "maths", mode="offers")
    graph.tie("affiliations", "ana", "uni", role="tutor")
    graph.tie("participations", "ana", "day", role="led")
    graph.tie("collaborations", "ana", "bo", kind="mentors", count=3)
    return graph


def profile_of(graph: Graph, home, viewer=ORGANIZER, runs=RUNS):
    publish_copy(replace(graph.facts(run=4), runs=runs), home)
    with Published.current(home) as published:
        return leader_profile(published, viewer, leader_id("ana"))


def everything(profile):
    return {
        "fact": profile.facts[0],
        "membership": profile.memberships[0],
        "interest": profile.interests[0],
        "affiliation": profile.affiliations[0],
        "activity": profile.activities[0],
        "collaboration": profile.collaborations[0],
    }


def test_each_fact_has_source_file_row_first_and_last_day(tmp_path):
    shown = everything(profile_of(known(), tmp_path))
    for name, fact in shown.items():
        (source,) = fact.sources
        assert (source.source, source.file, source.first_run) == ("roster", "roster.csv", 1), name
        assert source.origin == f"roster.csv:{source.row}"
        assert (source.first_seen, source.last_seen) == ("2025-01-03", "2025-06-01")
        assert fact.disagreeing == ()
    assert len({fact.sources[0].row for fact in shown.values()}) == len(shown)


def test_a_source_that_says_something_else_is_shown_as_such(tmp_path):
    graph = known()
    rows = {kind: graph.rows[kind][0]["id"] for kind in ("memberships", "collaborations", "affiliations")}
    told = {
        "memberships": {"role": "member", "start": "2024-01-01", "end": "2024-05-31"},
        "collaborations": {"kind": "mentors", "count": 2},
        "affiliations": {"role": "Tutor"},
    }
    for kind, values in told.items():
        graph.claim(kind, rows[kind], "sheet", "", values, run=2)
    shown = everything(profile_of(graph, tmp_path))
    said = {n: [(s.source, s.value, s.first_seen, s.last_seen) for s in f.disagreeing] for n, f in shown.items()}
    assert said == {
        "fact": [],
        "membership": [("sheet", "end 2024-05-31", "2025-02-02", "2025-02-02")],  # one of the roles is no other word
        "interest": [],
        "affiliation": [],
        "activity": [],
        "collaboration": [("sheet", "count 2", "2025-02-02", "2025-02-02")],
    }
    assert [s.source for s in shown["affiliation"].sources] == ["roster", "sheet"]


def before(until: int, source: str, **values: str) -> PastClaim:
    """What a source said of Ana until a run."""
    return PastClaim(Claim("leaders", leader_id("ana"), source, values, "ana", origin=f"{source}.csv:2"), until)


@pytest.mark.parametrize("viewer", [ORGANIZER, ANONYMOUS])
def test_what_a_source_said_before_is_shown_with_the_last_day_that_it_said_so(tmp_path, viewer):
    graph = known()
    graph.show("ana", Visibility.PUBLIC)
    past = (
        before(1, "roster", name="Anna", school="Smith School"),  # a school that nobody states now
        before(2, "sheet", name="A. N."),
        before(3, "roster", name="ANA"),  # the same but for case
    )
    publish_copy(replace(graph.facts(run=4), runs=RUNS, earlier=past), tmp_path)
    with Published.current(tmp_path) as published:
        facts = {fact.name: fact for fact in leader_profile(published, viewer, leader_id("ana")).facts}
    told = [(one.value, one.source, one.until) for one in facts["name"].earlier]
    assert told == ([("A. N.", "sheet", "2025-02-02"), ("Anna", "roster", "2025-01-03")] if viewer is ORGANIZER else [])
    assert "school" not in facts
    content = b"".join(file.read_bytes() for file in (tmp_path / "published").glob("*/public/**/*") if file.is_file())
    assert b"Smith School" not in content


def test_without_readings_on_record_the_run_is_what_is_known(tmp_path):
    (source,) = profile_of(known(), tmp_path, runs=()).memberships[0].sources
    assert (source.first_seen, source.last_seen, source.first_run) == ("", "", 1)


def test_the_public_reads_no_source_and_no_reading(tmp_path):
    graph = known()
    graph.show("ana", Visibility.PUBLIC)
    shown = profile_of(graph, tmp_path, ANONYMOUS)
    assert all(f.sources == () == f.disagreeing for f in (*shown.facts, *shown.memberships, *shown.interests))
    with Published.current(tmp_path) as published:
        assert published.edition("public").snapshot.readings.num_rows == 0
        # Of the sheet nothing is known here, so when it was read is not told.
        assert published.edition("organizers").snapshot.readings.to_pylist() == [
            {"source": "roster", "run": 1, "day": "2025-01-03"},
            {"source": "roster", "run": 3, "day": "2025-06-01"},
        ]


def test_reading_again_moves_the_last_day_and_computes_nothing_anew(tmp_path, monkeypatch):
    graph = known()
    first = publish_facts(replace(graph.facts(run=1), runs=RUNS[:1]), tmp_path)
    monkeypatch.setattr("netofnets.analysis.written.one_table", None)
    again = publish_facts(replace(graph.facts(run=3), runs=RUNS[:3]), tmp_path)
    assert not again.fresh and again.content_hash == first.content_hash and again.folder != first.folder
    with Published.current(tmp_path) as published:
        assert published.run == 3
        source = leader_profile(published, ORGANIZER, leader_id("ana")).facts[0].sources[0]
        assert (source.first_seen, source.last_seen) == ("2025-01-03", "2025-06-01")
        assert published.edition("organizers").table("connectors").num_rows == 0
    same = publish_facts(replace(graph.facts(run=3), runs=RUNS[:3]), tmp_path)
    assert same.folder == again.folder


@pytest.mark.parametrize("url", ["memory:", "sqlite:{}/book.sqlite"])
def test_a_store_tells_the_days_itself(tmp_path, url):
    store = open_store(url.format(tmp_path))
    ana, circle = leader("north", "1", "Ana"), network("north", "N", "Circle")
    maths = node("interests", "north", "maths", name="Maths")
    claims = [ana, circle, maths, member(ana, circle), link("leader_interests", ana, maths, "offers", mode="offers")]
    load(store, "north", claims)
    load(store, "north", claims)
    publish(store, tmp_path)
    days = [run.finished[:10] for run in store.runs()]
    with Published.current(tmp_path) as published:
        (held,) = leader_profile(published, ORGANIZER, ana.key).interests
        assert [(s.first_seen, s.last_seen) for s in held.sources] == [(days[0], days[1])]
    store.close()
