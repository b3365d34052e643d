"""What is current: tags, a switch while a page is open, nothing published."""

import itertools
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.graph.published import Published, published_root
from netofnets.publish import publish_facts
from netofnets.services.networks.network import networks_list
from netofnets.settings import load_settings
from tests.published import publish_copy
from tests.services.graphs import four_blocks, ten_leaders
from tests.web.addresses import PAGES, network, twin
from tests.web.graphs import hostile
from web.app import create_app
from web.kept import Answer, Kept


def test_nothing_published_says_what_to_run(open_client, tmp_path):
    client = open_client(tmp_path, viewer="anonymous")
    answer = client.get("/")
    assert answer.status_code == 503 and "netofnets publish" in answer.text
    assert client.get("/atlas.json").status_code == 503 and client.get("/atlas.json").is_json
    assert client.get("/static/css/base.css", buffered=True).status_code == 200
    publish_copy(ten_leaders().facts(), tmp_path)
    assert client.get("/").status_code == 200


def test_a_damaged_folder_says_what_to_run(open_client, tmp_path):
    (published_root(tmp_path) / "000001-broken").mkdir(parents=True)
    (published_root(tmp_path) / "CURRENT").write_text("000001-broken\n")
    answer = open_client(tmp_path).get("/")
    assert answer.status_code == 503 and "netofnets publish" in answer.text


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(stranger, address):
    first = stranger.get(address)
    if first.status_code == 404:
        return
    again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = stranger.get(twin(address), headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_tags_differ_by_viewer_parameters_and_facts(organizer, stranger, open_client, tmp_path):
    publish_copy(ten_leaders().facts(), tmp_path)
    elsewhere = open_client(tmp_path)
    tags = [
        client.get(address).headers["ETag"]
        for client, address in (
            (organizer, "/atlas"),
            (stranger, "/atlas"),
            (elsewhere, "/atlas"),
            (organizer, "/atlas?level=people"),
            (organizer, "/atlas.json"),
        )
    ]
    assert len(set(tags)) == 5
    assert organizer.get("/atlas?page=1&junk=2").headers["ETag"] == tags[0]


def test_a_new_snapshot_is_switched_in_while_a_page_is_open(open_client, tmp_path):
    publish_copy(ten_leaders().facts(), tmp_path)
    client = open_client(tmp_path)
    before = client.get("/atlas")
    publish_facts(four_blocks().facts(run=2), tmp_path)
    after = client.get("/atlas", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.headers["ETag"] != before.headers["ETag"]
    assert network("alpha") in before.text and network("east 1") in after.text
    # what the open page asks for next: its own selection, which the new data have not
    part = client.get(f"/atlas.json?select={network('alpha')}&part=selection")
    assert part.status_code == 200 and part.json["missing"] and part.json["selection"] is None


def test_old_folders_go_when_the_last_request_gives_them_back(tmp_path):
    publish_copy(ten_leaders().facts(), tmp_path)
    app = create_app(load_settings(environ={}, home=str(tmp_path)))
    current = app.extensions["netofnets-current"]
    old = current.borrow()
    publish_facts(four_blocks().facts(run=2), tmp_path)
    new = current.borrow()
    assert old.folder != new.folder and old.folder.is_dir()
    assert old.edition("organizers").snapshot.count("leaders") > 0  # still readable by the request that has it
    current.give_back(old)
    publish_facts(four_blocks().facts(run=3), tmp_path)
    publish_facts(ten_leaders().facts(run=4), tmp_path)
    assert not old.folder.exists() and new.folder.exists()
    current.give_back(new)
    current.close()


def test_an_erasure_in_the_middle_of_a_request_is_answered_from_the_new_snapshot(open_client, tmp_path, monkeypatch):
    import web.views.networks as view

    publish_copy(ten_leaders().facts(), tmp_path)
    client = open_client(tmp_path)
    real, turns = view.networks_list, []

    def erased_meanwhile(published: Published, viewer, **how):
        if not turns:
            turns.append(1)
            publish_facts(four_blocks().facts(run=2), tmp_path, keep_old=False)
        return real(published, viewer, **how)

    monkeypatch.setattr(view, "networks_list", erased_meanwhile)
    answer = client.get("/networks")
    assert answer.status_code == 200 and network("east 1") in answer.text


def test_requests_in_parallel_while_snapshots_are_switched(open_client, tmp_path):
    publish_copy(ten_leaders().facts(), tmp_path)
    app = open_client(tmp_path).application
    seen, stop = [], threading.Event()

    def ask():
        while not stop.wait(0.01):  # publishing needs some of the time, too
            answer = app.test_client().get("/networks.json")
            names = (
                {row["network"]["id"] for row in answer.json["list"]["rows"]} if answer.status_code == 200 else set()
            )
            seen.append((answer.status_code, network("alpha") in names, network("east 1") in names))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for run in range(2, 6):
        publish_facts((four_blocks(8) if run % 2 else ten_leaders()).facts(run=run), tmp_path)
    stop.set()
    for thread in threads:
        thread.join()
    assert len(seen) >= 4 and {status for status, _, _ in seen} == {200}
    assert all(first != second for _, first, second in seen)  # one snapshot or the other, never a mixture


def test_an_answer_is_computed_once_for_a_publication_and_a_reader(open_client, tmp_path, monkeypatch):
    publish_copy(hostile().facts(), tmp_path)
    clients = [open_client(tmp_path), open_client(tmp_path, viewer="anonymous")]
    computed = []
    whole = networks_list
    monkeypatch.setattr(
        "web.views.networks.networks_list", lambda *asked, **how: computed.append(1) or whole(*asked, **how)
    )
    first = clients[0].get("/networks")
    again = clients[0].get("/networks")
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"]) and len(computed) == 1
    assert again.headers["Cache-Control"] == "no-store"
    assert clients[1].get("/networks").data != first.data and len(computed) == 2  # a program of its own
    changed = hostile()
    changed.node("networks", "new", "Brand New")
    changed.join("east0", "new")
    publish_facts(changed.facts(), tmp_path)
    assert "Brand New" in clients[0].get("/networks").text and len(computed) == 3


def test_kept_answers_make_room_and_belong_to_one_publication():
    kept = Kept(most=800)
    here, there = Path("here"), Path("there")
    assert kept.get(here, "a") is None
    for tag in "abcdefghij":  # 100 bytes each, with what they are
        kept.put(here, tag, Answer(b"x" * 88 + tag.encode(), "text/html"))
        assert kept.get(here, "c") is not None or tag in "ab"  # what is asked for stays
    left = {tag: found for tag in "jihgfedcba" if (found := kept.get(here, tag))}
    assert {*"jihgc"} <= {*left} <= {*"jihgfedc"}
    assert all(found == Answer(b"x" * 88 + tag.encode(), "text/html") for tag, found in left.items())
    kept.put(here, "long", Answer(b"x" * 91, "text/html"))
    kept.put(there, "k", Answer(b"x", "text/html"))
    assert kept.get(here, "long") is None and kept.get(there, "k") is None and kept.get(there, "c") is None
    assert b"xxxx" not in kept._bytes[:]  # nothing of the other publication is left in memory


@given(st.lists(st.tuples(st.sampled_from("abcdefghijkl"), st.integers(0, 60), st.booleans()), max_size=60))
def test_what_is_kept_is_what_was_put_last_whoever_asks_in_between(steps: list[tuple[str, int, bool]]):
    kept, put, here = Kept(most=600), {}, Path("here")
    kept.get(here, "")
    for tag, size, asks in steps:
        if asks:
            assert kept.get(here, tag) in (None, put.get(tag))
        else:
            put[tag] = Answer(tag.encode() * size, "text/html", "gzip" * (size % 2))
            kept.put(here, tag, put[tag])
            assert kept.get(here, tag) == put[tag]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process serves there")
def test_processes_have_what_is_kept_in_common():
    kept, here = Kept(most=8_000), Path("here")
    kept.get(here, "page")
    if not (process := os.fork()):
        kept.put(here, "page", Answer(b"made by the other", "text/html"))
        os._exit(0)
    os.waitpid(process, 0)
    assert kept.get(here, "page") == Answer(b"made by the other", "text/html")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process serves there")
def test_a_process_that_is_killed_while_it_keeps_an_answer_leaves_what_was_there():
    """It is killed before each line of what writes, holding the lock, until there is none left to be killed at."""
    before, other, new = (Answer(letter * 500, "text/html") for letter in (b"b", b"o", b"n"))
    for line in itertools.count(1):
        kept, here = Kept(most=8_000), Path("here")
        kept.get(here, "")
        kept.put(here, "page", before)
        kept.put(here, "other", other)
        if not (process := os.fork()):
            sys.settrace(killed_at(line, Kept._write.__code__))
            kept.put(here, "page", new)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert code in (0, -signal.SIGKILL)
        after = before if code else new
        assert kept.get(here, "page") == after and kept.get(here, "other") == other
        kept.put(here, "next", new)  # the system has let go of the lock, and nothing is written over what is there
        assert [kept.get(here, tag) for tag in ("page", "other", "next")] == [after, other, new]
        if not code:
            break
    assert line > 6


def killed_at(line, code):
    """A trace function that kills this process before the so-manieth line of ``code``."""
    left = [line]

    def trace(frame, event, _):
        if frame.f_code is code and event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace
