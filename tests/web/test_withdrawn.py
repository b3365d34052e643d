"""Whoever withdraws is shown by no worker from then on; the map follows when it is published anew."""

import shutil

import pytest

from netofnets.graph.withheld import release, withheld_now, withhold
from netofnets.schema.model import Visibility
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders
from tests.web.addresses import interest, network, twin
from web.views import PAGES

BO, ANA = leader_id("bo"), leader_id("ana")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    publish_copy(ten_leaders().facts(), home)
    return home


@pytest.fixture
def home(published, tmp_path):
    return shutil.copytree(published, tmp_path / "home")


def addresses():
    plain = [page.path for page in PAGES if "<id>" not in page.path]
    return [
        *plain,
        f"/leaders/{ANA}",
        f"/leaders/{ANA}/map",
        f"/networks/{network('alpha')}",
        f"/interests/{interest('literacy')}",
        "/search?q=bo",
        "/atlas?level=people",
        f"/paths?from={ANA}&to={BO}",
        f"/what-if?without={BO}",
    ]


def answers(client):
    """Every page and twin: its status, and whether it names Bo."""
    found = {}
    for address in addresses():
        for asked in (address, twin(address)):
            answer = client.get(asked, follow_redirects=True)
            found[asked] = answer.status_code, BO in answer.text.replace(asked, "") or "Bo Jansen" in answer.text
    return found


def test_whoever_withdraws_is_named_by_no_worker_any_more(open_client, home):
    workers = [open_client(home, viewer="anonymous") for _ in range(2)]
    before = answers(workers[0])
    assert {code for code, _ in before.values()} <= {200, 404}
    assert sum(named for _, named in before.values()) > 5
    withhold(home, [BO, "lsomebodyelse"], Visibility.ORGANIZERS)
    for worker in workers:
        after = answers(worker)
        assert [address for address, (_, named) in after.items() if named] == []
        assert {code for code, _ in after.values()} <= {200, 404, 503}
        assert [after[a][0] for a in ("/networks", "/search?q=bo", f"/leaders/{ANA}")] == [200] * 3
        assert worker.get(f"/leaders/{BO}").status_code == 404
    organizer = open_client(home)
    assert organizer.get(f"/leaders/{BO}").status_code == 200, "organizers may see what is for organizers"


def test_a_page_that_cannot_do_without_a_name_is_not_given(open_client, home):
    reader = open_client(home, viewer="anonymous")
    assert "Bo Jansen" in reader.get(f"/what-if?without={BO}").text
    withhold(home, [BO], Visibility.HIDDEN)
    answer = reader.get(f"/what-if?without={BO}")
    assert answer.status_code in (200, 404, 503) and "Bo Jansen" not in answer.text
    if answer.status_code == 503:
        assert answer.headers["Retry-After"] == "10" and answer.headers["Cache-Control"] == "no-store"
    assert open_client(home).get(f"/leaders/{BO}").status_code == 404, "whoever hides is not shown to organizers either"


def test_what_is_published_from_a_later_scan_makes_an_end_of_it(open_client, home):
    reader = open_client(home, viewer="anonymous")
    before = withheld_now(home)
    withhold(home, [BO], Visibility.HIDDEN)
    release(home, before)
    assert reader.get(f"/leaders/{BO}").status_code == 404, "that scan began before"
    release(home, withheld_now(home))
    assert reader.get(f"/leaders/{BO}").status_code == 200
    assert list((home / "published").glob("*withheld*")) == []


def test_a_tag_of_before_is_worth_nothing(open_client, home):
    reader = open_client(home, viewer="anonymous")
    tag = reader.get("/search?q=bo").headers["ETag"]
    assert reader.get("/search?q=bo", headers={"If-None-Match": tag}).status_code == 304
    withhold(home, [BO], Visibility.HIDDEN)
    assert reader.get("/search?q=bo", headers={"If-None-Match": tag}).status_code == 200


def test_the_reader_who_withdrew_is_nobody_to_the_pages(open_client, home):
    reader = open_client(home, viewer="anonymous")
    assert "Bo Jansen" in reader.get(f"/?me={BO}").text
    withhold(home, [BO], Visibility.HIDDEN)
    answer = reader.get(f"/?me={BO}")
    assert answer.status_code == 200 and "Bo Jansen" not in answer.text
