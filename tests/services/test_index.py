"""The index of an edition: built once, let go with the edition."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from netofnets.graph.published import Published
from netofnets.services.find.search import search
from netofnets.services.index import index_of
from netofnets.services.map.atlas import people_scene
from netofnets.services.once import BuildsOnce, BuiltOnce
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import ten_leaders


def test_the_index_is_built_once_for_each_edition(small):
    assert index_of(small, ORGANIZER) is index_of(small, ORGANIZER)
    assert index_of(small, ORGANIZER) is not index_of(small, ANONYMOUS)
    assert index_of(small, ANONYMOUS).version == small.edition("public").content_hash


def test_what_sixteen_first_visitors_ask_for_is_built_once():
    holder, built, go = Held(), [], threading.Event()

    def build():
        go.wait(60)
        built.append(1)
        return len(built)

    with ThreadPoolExecutor(16) as visitors:
        answers = [visitors.submit(holder.once, "names", build) for _ in range(16)]
        assert holder.once("another", lambda: "not kept waiting") == "not kept waiting"
        go.set()
        assert {answer.result(60) for answer in answers} == {1}
    assert holder.ranks == holder.ranks == (1, "ranked")


def test_what_fails_to_be_built_is_built_by_the_next():
    holder = Held()
    with pytest.raises(ZeroDivisionError):
        holder.once("share", lambda: 1 // 0)
    assert holder.once("share", lambda: 2) == 2


class Held(BuildsOnce):
    """Something with an attribute that says how often it was built."""

    times = 0

    @BuiltOnce
    def ranks(self):
        """Built when it is asked for."""
        self.times += 1
        return self.times, "ranked"


def test_an_edition_that_nobody_reads_any_more_is_let_go(tmp_path):
    publish_copy(ten_leaders().facts(), tmp_path)
    published = Published.current(tmp_path)
    search(published, ORGANIZER, "ana")
    people_scene(published, ORGANIZER)
    edition, index = weakref.ref(published.edition("organizers")), weakref.ref(index_of(published, ORGANIZER))
    published.close()
    del published
    gc.collect()
    assert edition() is None and index() is None
