"""One's own page tells everything of oneself, and of others only what one may see."""

from netofnets.graph.published import Published
from netofnets.schema.model import Visibility
from netofnets.services.person.own import Log, own_page
from netofnets.services.viewer import signed_in
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders

TIED = ("bo", "dan", "eva", "iris", "cleo")  # public; of a network of hers; of none; hidden; for organizers only


def tied():
    graph = ten_leaders()
    for other in TIED:
        graph.tie("collaborations", "ana", other, kind="writes with")
    graph.show("cleo", Visibility.ORGANIZERS)
    return graph


def works_with(home, graph, withdrawn=frozenset()):
    facts = graph.facts()
    publish_copy(facts, home)
    with Published.current(home) as published:
        log = Log(facts.choices, (), lambda: facts)
        page = own_page(published, signed_in(record=leader_id("ana")), log, withdrawn)
    return {c.leader.id for c in page.collaborations if c.kind == "writes with"}


def test_a_tie_names_nobody_whom_one_may_not_see(tmp_path):
    assert works_with(tmp_path, tied()) == {leader_id("bo"), leader_id("dan")}


def test_nor_does_it_where_the_whole_store_is_read_for_somebody_hidden(tmp_path):
    graph = tied()
    graph.show("ana", Visibility.HIDDEN)
    assert works_with(tmp_path, graph) == {leader_id("bo")}, "whoever hides sees no fellows"


def test_nor_whoever_has_withdrawn_since(tmp_path):
    assert works_with(tmp_path, tied(), frozenset([leader_id("bo")])) == {leader_id("dan")}
