"""The index of an edition: built once, let go with the edition."""

import gc
import weakref

from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.services.find.search import search
from netofnets.services.index import index_of
from netofnets.services.map.atlas import people_scene
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import ten_leaders


def test_the_index_is_built_once_for_each_edition(small):
    assert index_of(small, ORGANIZER) is index_of(small, ORGANIZER)
    assert index_of(small, ORGANIZER) is not index_of(small, ANONYMOUS)
    assert index_of(small, ANONYMOUS).version == small.edition("public").content_hash


def test_an_edition_that_nobody_reads_any_more_is_let_go(tmp_path):
    publish_facts(ten_leaders().facts(), tmp_path)
    published = Published.current(tmp_path)
    search(published, ORGANIZER, "ana")
    people_scene(published, ORGANIZER)
    edition, index = weakref.ref(published.edition("organizers")), weakref.ref(index_of(published, ORGANIZER))
    published.close()
    del published
    gc.collect()
    assert edition() is None and index() is None
