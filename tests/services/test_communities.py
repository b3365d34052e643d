"""Communities on pages: described, linked, sure or not, and compared with what is declared."""

import pytest

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.services.groups.community import community_page
from netofnets.services.groups.compare import comparison_page
from netofnets.services.groups.listing import community_list
from netofnets.services.index import index_of
from netofnets.services.map.colours import groups_by
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import four_blocks, ten_leaders


def test_the_list_says_how_sure_it_is_and_describes_each_community(blocks):
    page = community_list(blocks, ORGANIZER)
    assert page.sure.found and page.total == 5
    assert page.summary.startswith("5 communities of 108 people")
    assert "spectral clustering" in page.sure.words
    east = next(c for c in page.cards if "East 1" in [n.name for n in c.row.networks])
    assert east.row.label.startswith("around East ") and "and 2 more" in east.row.label
    assert [(t.kind, t.name) for t in east.typical] == [("regions", "East")]
    assert east.row.sure.startswith("firm")
    assert not any(c.row.label.startswith("Community") for c in page.cards)
    assert len({c.row.label for c in page.cards}) == 5


def test_one_community_shows_core_border_and_networks(blocks):
    page = community_list(blocks, ORGANIZER)
    east = next(c.row for c in page.cards if "East 1" in [n.name for n in c.row.networks])
    one = community_page(blocks, ORGANIZER, str(east.community))
    assert [n.network.name for n in one.networks] == ["East 1", "East 2", "East 3"]
    assert all(m.strength == pytest.approx(1.0) for m in one.core)
    joined = {"Bridge Person 00", "Bridge Person 01"}
    west = next(c.row for c in page.cards if "West 1" in [n.name for n in c.row.networks])
    border = [*one.border, *community_page(blocks, ORGANIZER, str(west.community)).border]
    assert {b.leader.name for b in border} == joined
    assert all(b.second_strength == pytest.approx(0.5, abs=0.05) for b in border)
    assert community_page(blocks, ANONYMOUS, "1").row.leaders == community_page(blocks, ORGANIZER, "1").row.leaders
    with pytest.raises(NotFound, match="never used again"):
        community_page(blocks, ORGANIZER, "99")


def test_communities_and_regions_that_are_the_same_are_called_so(blocks):
    page = comparison_page(blocks, ORGANIZER)
    assert [(c.against, c.verdict) for c in page.compared] == [("regions", "much the same")]
    assert len(page.matrix) == len(page.communities) == len(page.groups) == 5
    assert sum(cell.unexpected == "more" for row in page.matrix for cell in row) == 5
    assert all("wrong" not in c.words for c in page.compared)


def test_a_few_people_are_told_that_no_division_is_found(small):
    page = community_list(small, ORGANIZER)
    assert not page.sure.found
    assert page.summary.startswith("No division found.")
    assert not any(card.nearest for card in page.cards)


def test_numbers_and_colours_survive_a_publication_with_more_people(tmp_path):
    def of(published):
        index = index_of(published, ORGANIZER)
        names = index.snapshot.names("networks").to_pylist()
        numbers = dict(zip(names, index.communities("networks").tolist(), strict=True))
        slots = dict(zip(names, groups_by(index, "community").networks.tolist(), strict=True))
        return numbers, slots

    publish_copy(four_blocks().facts(), tmp_path)
    with Published.current(tmp_path) as published:
        before = of(published)
    graph = four_blocks()
    for i in range(20):  # the island grows to be the largest of all, and so would get the first number
        graph.node("leaders", f"new{i}", f"New Person {i:02d}")
        graph.join(f"new{i}", "island")
    publish_facts(graph.facts(run=9), tmp_path)
    with Published.current(tmp_path) as published:
        assert of(published) == before
        rows = index_of(published, ORGANIZER).table("community_summary").to_pylist()
        assert next(r["community"] for r in rows if r["size_rank"] == 1) == before[0]["Island"]


def test_the_public_is_told_that_communities_are_not_shown_never_that_there_are_none(publish_graph, blocks):
    graph = ten_leaders()
    graph.choices.clear()
    page = community_list(publish_graph(graph), ANONYMOUS)
    assert page.total == 0
    assert page.summary == "Memberships and ties are not shown here, and neither are communities."
    assert page.sure.words == ""
    assert community_list(blocks, ANONYMOUS).summary.endswith("Only what is public counts here.")
