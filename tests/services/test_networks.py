"""Overlap, bridges, networks and the front page: facts that can be counted by hand."""

from dataclasses import replace

import pytest

from netofnets.errors import NotFound
from netofnets.services.front import welcome
from netofnets.services.measures import definition, measures_page
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import Graph, ten_leaders

IDS = ten_leaders().names


def test_overlap_counts_equal_a_count_by_hand(small):
    report = overlap_report(small, ORGANIZER)
    pairs = {tuple(sorted((r.first.name, r.second.name))): r.shared for r in report.rows}
    assert pairs == {
        ("Beta Writers", "Gamma Labs"): 1,
        ("Gamma Labs", "Private Circle"): 1,
    }  # Alpha Readers and Beta Writers share two, but Beta Writers is a part of Alpha Readers
    assert report.pairs == 2 and report.validated == 0
    assert "too few or too small for anybody to tell that from chance" in report.summary
    assert all(not row.validated and row.verdict.startswith("too few people") for row in report.rows)
    delta = next(i for i in report.islands if i.network.name == "Delta Island")
    assert (delta.members, delta.shared_any) == (1, 0)
    only = overlap_report(small, ORGANIZER, network=IDS["networks", "secret"])
    assert [r.shared for r in only.rows] == [1] and only.network.name == "Private Circle"
    alpha = next(i for i in report.islands if i.network.name == "Alpha Readers")
    assert not alpha.alone  # its part shares Dan Okafor with Gamma Labs
    assert alpha.words == (
        "no member is in another network, its parts and wholes aside, but its members have 1 tie with people outside"
    )


def test_the_matrix_is_symmetric_with_sizes_on_the_diagonal(small):
    matrix = overlap_report(small, ORGANIZER).matrix
    names = [n.name for n in matrix.networks]
    at = {name: i for i, name in enumerate(names)}
    assert matrix.shared[at["Beta Writers"]][at["Gamma Labs"]] == 1
    assert [matrix.shared[i][i] for i in range(len(names))] == [
        {"Alpha Readers": 3, "Beta Writers": 3, "Gamma Labs": 4, "Delta Island": 1, "Private Circle": 1}[n]
        for n in names
    ]
    assert all(matrix.shared[i][j] == matrix.shared[j][i] for i in range(5) for j in range(5))
    assert matrix.largest == 1


def test_blocks_stand_together_in_the_matrix(blocks):
    matrix = overlap_report(blocks, ANONYMOUS).matrix
    of = [name.name.split()[0] for name in matrix.networks]
    assert sum(a != b for a, b in zip(of, of[1:], strict=False)) == 4  # four blocks and the island, each in one piece
    assert sum(map(sum, matrix.validated)) == 24  # twelve pairs, both ways


def test_validated_overlaps_come_first_and_can_be_asked_for_alone(blocks):
    report = overlap_report(blocks, ANONYMOUS)
    assert [r.validated for r in report.rows] == [True] * 12 + [False] * 4
    assert [i.words for i in report.islands] == [
        "no member who is shown is in another network, and nothing else joins it, as far as is shown"
    ]
    only = overlap_report(blocks, ANONYMOUS, validated_only=True, limit=5)
    assert len(only.rows) == 5 and only.rows_total == 12 and only.note == "showing 5 of 12 pairs"


def test_bridging_leaders_have_reasons_ranks_and_definitions(blocks):
    report = bridge_report(blocks, ANONYMOUS)
    claimed = [b for b in report.leaders if b.bridging]
    assert {b.leader.name for b in claimed} == {"Bridge Person 00", "Bridge Person 01"} and report.bridging == 2
    assert list(report.leaders[:2]) == claimed  # the claim first, then everybody who joins networks
    for bridging in claimed:
        assert bridging.reason.startswith("One of 2 people in networks around both ")
        assert {n.name for n in bridging.networks} == {"East 1", "East 2", "West 1", "West 2"}
        assert len(bridging.communities) == 2
        assert bridging.rank_words.startswith("rank 1")
    assert "between networks of 2 communities" in report.claim
    assert {d.id for d in report.definitions} == {"connectors", "bridges", "communities", "overlap"}
    assert sum(c.leaders for c in report.communities) == 108
    west = next(n.id for n in report.leaders[0].networks if n.name == "West 1")
    assert bridge_report(blocks, ANONYMOUS, network=west).bridging == 2
    assert bridge_report(blocks, ANONYMOUS, community=99).total == 0


def test_who_joins_networks_is_named_where_nothing_can_be_claimed(small):
    report = bridge_report(small, ORGANIZER)
    assert report.bridging == 0 and report.leaders and not any(b.bridging or b.reason for b in report.leaders)
    assert all(b.joins and b.hangs > 0 for b in report.leaders)
    assert report.claim.startswith("Of nobody can these data tell")


def test_the_page_of_a_network(small):
    page = network_page(small, ORGANIZER, IDS["networks", "alpha"])
    assert [m.leader.name for m in page.members] == ["Ana Sousa", "Bo Jansen", "Cleo Núñez"]
    assert [n.name for n in page.members[0].other_networks] == ["Beta Writers"]
    assert [(p.organization.name, p.kind, p.role) for p in page.partners] == [
        ("Hill University", "university", "hosting")
    ]
    assert [p.name for p in page.parts] == ["Beta Writers"] and page.parents == ()
    # Beta Writers is a part of it: Dan counts, and so does his tie with Cleo; Ana and Cleo are in both and count once.
    assert (page.members_total, page.with_parts) == (3, 4)
    assert page.summary.startswith("Alpha Readers has 3 members of its own, 4 with its parts (each person once).")
    assert (page.ties_inside, page.ties_outside) == (2, 0)
    assert {i.name: i.value for i in page.indicators} == {
        "reach": "1 of 4 members in others too; 1 network reached",
        "dependence": "all ties to other networks go through Dan Okafor",
        "activity": "3 of 4 members",
        "openness": "0 of 2 ties",
        "partners": "1 organization",
        "exchange": "2 members offer, 1 seeks something",
        "spread": "1 interest offered; 1 of the 1 sought is offered inside",
    }
    assert all(i.definition and i.improve for i in page.indicators)
    assert page.neighbours == ()  # its part is no neighbour
    assert network_page(small, ORGANIZER, IDS["networks", "delta"]).summary == (
        "Delta Island has 1 member. It stands alone: no member is in another network, and nothing else "
        "joins it, as far as these rosters say."
    )


def test_a_network_that_hangs_on_one_person_names_that_person(small):
    page = network_page(small, ORGANIZER, IDS["networks", "secret"])
    assert page.hinge is not None and page.hinge.name == "Finn Ødegård"
    assert "all ties to other networks go through Finn Ødegård" in {i.value for i in page.indicators}
    rows = {r.network.name: r for r in networks_list(small, ORGANIZER).rows}
    assert rows["Private Circle"].note == "hangs on one person"
    assert rows["Delta Island"].note == "stands alone"
    assert [r.members for r in networks_list(small, ORGANIZER).rows] == [4, 3, 3, 1, 1]
    assert (rows["Alpha Readers"].with_parts, rows["Beta Writers"].with_parts) == (4, 3)


def test_a_network_that_hangs_on_two_people_names_both(publish_graph):
    graph = ten_leaders()
    graph.join("gil", "secret")
    page = network_page(publish_graph(graph), ORGANIZER, IDS["networks", "secret"])
    assert page.hinge is None
    said = next(i.value for i in page.indicators if i.name == "dependence")
    assert said == "all ties to other networks go through Finn Ødegård and Gil Moreno" or said.endswith(
        "Gil Moreno and Finn Ødegård"
    )


def test_interests_that_stand_out_compare_with_everybody(small):
    page = network_page(small, ORGANIZER, IDS["networks", "gamma"])
    robotics = next(i for i in page.interests if i.interest.name == "robotics")
    assert robotics.members == 2 and robotics.lift == pytest.approx((2 / 4) / (2 / 9))


def test_the_front_page_counts_and_answers_each_reader(blocks, small):
    answer = welcome(blocks, ANONYMOUS)
    assert (answer.counts.leaders, answer.counts.networks, answer.counts.validated_overlaps) == (108, 13, 12)
    assert answer.counts.bridging_leaders == 2
    assert [r.key for r in answer.readers] == ["organizer", "teacher", "analyst"]
    assert all(r.findings and r.more.href for r in answer.readers)
    assert welcome(small, ORGANIZER).counts.collaborations == 2
    texts = [f.text for f in welcome(small, ORGANIZER).readers[0].findings]
    assert texts[0] == "Gamma Labs and Private Circle share 1 person"
    assert not any("hangs on" in text for text in texts)  # an organizer is told what to do about it (test_week.py)
    past = welcome(small, replace(ORGANIZER, as_of="2026-06-01")).readers[0].findings  # when there is nothing to do
    assert "Alpha Readers hangs on one person" in [f.text for f in past]  # with its part: through Dan


def test_nothing_published_is_no_error(publish_graph):
    empty = publish_graph(Graph())
    answer = welcome(empty, ORGANIZER)
    assert answer.empty and answer.counts.leaders == 0
    assert overlap_report(empty, ORGANIZER).rows == ()
    assert bridge_report(empty, ORGANIZER).leaders == ()
    assert networks_list(empty, ORGANIZER).rows == ()


def test_every_published_measure_is_defined(small):
    page = measures_page(small, ANONYMOUS)
    assert {m.id for m in page.measures} == set(small.edition("public").measures)
    for measure in page.measures:
        assert measure.question.endswith("?") and measure.use and measure.misleads and measure.outputs
    assert definition(small, ANONYMOUS, "overlap").title
    with pytest.raises(NotFound):
        definition(small, ANONYMOUS, "popularity")
