"""``as_of_run`` on pages: the map as the store knew it after a run, in every link; a wrong number is a clear error."""

from __future__ import annotations

from contextlib import closing

import pytest

from netofnets.desk.erase import erase
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.store.statements import leader, load, member, network
from web.app import create_app
from web.views import DESK, PAGES

CIRCLE, OTHER = network("north", "N1", "Circle of made-up people"), network("north", "N2", "Other made-up circle")


def roster(**schools):
    """Everybody is in the circle, and who has a school with an O in the other one as well."""
    people = [leader("north", name, name, school=school) for name, school in schools.items()]
    both = [member(one, OTHER) for one in people if one.values["school"].startswith("O")]
    return [CIRCLE, OTHER, *people, *(member(one, CIRCLE) for one in people), *both]


def made(folder):
    """Run 1: Ada at Ash, Bo at Elm. Run 2: Ada at Oak. Run 3: Bo is gone. Published is run 3."""
    settings = load_settings(environ={}, home=str(folder))
    with closing(open_store(settings.store, settings)) as store:
        load(store, "north", roster(Ada="Ash", Bo="Elm"))
        load(store, "north", roster(Ada="Oak", Bo="Elm"))
        load(store, "north", roster(Ada="Oak"))
        publish(store, settings.home)
    return settings.home


def opened(home, viewer="organizer"):
    return create_app(load_settings(environ={}, home=str(home), viewer=viewer)).test_client()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return made(tmp_path_factory.mktemp("runs") / "home")


@pytest.fixture(scope="module")
def client(home):
    return opened(home)


def members(client, query=""):
    listed = client.get(f"/networks.json{query}").get_json()["list"]["rows"]
    return {one["network"]["name"].split()[0]: one["members"] for one in listed}


def test_tables_list_the_runs_each_with_its_map_its_tables_and_its_parameters(client, monkeypatch):
    told = client.get("/tables.json").get_json()["list"]
    assert [(one["run"], one["source"]) for one in told["runs"]["rows"]] == [(3, "north"), (2, "north"), (1, "north")]
    assert "publish --as-of-run 3 --seed 7 --resolution 0.0 " in told["runs"]["command"]
    parameters = {table["id"]: table["parameters"] for table in told["tables"]}
    page = client.get("/tables").text
    for run, here in ((1, {"Circle": 2, "Other": 0}), (2, {"Circle": 2, "Other": 1})):
        assert f'href="/?as_of_run={run}"' in page and f'href="/tables?as_of_run={run}"' in page
        assert members(client, f"?as_of_run={run}") == here
        then = client.get(f"/tables.json?as_of_run={run}").get_json()["list"]
        assert then["run"] == run and [one["run"] for one in then["runs"]["rows"]] == [*range(run, 0, -1)]
        assert {table["id"]: table["parameters"] for table in then["tables"]} == parameters
    monkeypatch.setattr("netofnets.services.runs.MOST_RUNS", 1)
    assert "The last 1 of 2 runs." in client.get("/tables?as_of_run=2").text


def test_each_run_is_there_again_with_its_analyses(client):
    assert members(client) == {"Circle": 1, "Other": 1}
    assert members(client, "?as_of_run=2") == {"Circle": 2, "Other": 1}
    assert members(client, "?as_of_run=1") == {"Circle": 2, "Other": 0}
    assert members(client, "?as_of_run=3") == members(client)
    text = client.get("/search?q=Ada&as_of_run=1").get_data(as_text=True)
    assert "as it was known after <strong>run 1</strong>" in text and "<bdi>north</bdi> was read on" in text


@pytest.mark.parametrize("page", [p for p in (*PAGES, *DESK) if "<id>" not in p.path], ids=lambda p: p.name)
def test_every_page_says_its_run_and_its_links_and_forms_keep_it(client, page):
    answer = client.get(page.path + "?as_of_run=1")
    if answer.status_code in (302, 303, 400, 404):
        return  # it asks for more than a run
    text = answer.get_data(as_text=True)
    assert "<strong>run 1</strong>" in text and 'href="/networks?as_of_run=1"' in text
    assert f'<a href="{page.path}">Back to what is published</a>' in text
    forms = text.split("<form")[1:]
    assert all('name="as_of_run"' in form.split("</form>")[0] for form in forms if 'method="get"' in form)
    assert ("This page is that of today" in text) == (page.of_today or page.desk)
    assert client.get(page.rule(".json") + "?as_of_run=1").status_code == 200


def test_a_day_goes_with_a_run(client):
    text = client.get("/networks?as_of_run=1&as_of=2020-05-01").get_data(as_text=True)
    assert 'href="/bridges?as_of=2020-05-01&amp;as_of_run=1"' in text


@pytest.mark.parametrize(
    ("asked", "why"),
    [("9", "There is no run 9; the last one is 3."), ("0", "There is no run 0"), ("three", "the number of a run"),
     ("1" * 30, "There is no run"), ("-1", "the number of a run")],
)  # fmt: skip
def test_a_wrong_number_is_a_clear_error(client, asked, why):
    answer = client.get(f"/networks?as_of_run={asked}")
    assert answer.status_code == 404 and why in answer.get_data(as_text=True)
    assert "as_of_run" not in answer.get_data(as_text=True).split("<main")[0]  # from here it goes on with today
    twin = client.get(f"/networks.json?as_of_run={asked}")
    assert twin.status_code == 404 and twin.get_json()["error"] == "There is no such run"


def test_strangers_learn_nothing_of_runs(home):
    before = sorted((home / "published").rglob("*"))
    stranger = opened(home, "anonymous")
    told = {stranger.get(f"/networks?as_of_run={run}").get_data() for run in ("2", "9", "x")}
    assert len(told) == 1 and b"for organizers only" in told.pop()
    assert sorted((home / "published").rglob("*")) == before


def test_who_is_erased_or_hides_is_in_no_past_and_no_folder_of_it_stays(tmp_path):
    home = made(tmp_path / "home")
    client, aside = opened(home), home / "published" / ".past"
    listed = client.get("/networks.json").get_json()["list"]["rows"]
    circle = client.get(f"/networks/{listed[0]['network']['id']}.json").get_json()["page"]
    one = next(m["leader"]["id"] for m in circle["members"])
    assert client.get(f"/leaders/{one}?as_of_run=1").status_code == 200
    assert len(list(aside.iterdir())) == 1
    settings = load_settings(environ={}, home=str(home))
    with closing(open_store(settings.store, settings)) as store:
        bo = next(past.claim.key for past in store.book().past if past.claim.local_id == "Bo")
        erase(store, home, one)
        assert not any(aside.iterdir())
        assert client.get(f"/leaders/{one}?as_of_run=1").status_code == 404
        assert members(client, "?as_of_run=1") == {"Circle": 1, "Other": 0}
        store.choose([VisibilityChoice(bo, Visibility.HIDDEN, "test", "Asked for it.")])
        publish(store, home)
    assert members(client, "?as_of_run=1") == {"Circle": 0, "Other": 0}


def test_forms_act_on_today_so_a_past_page_has_none(client):
    assert "Next step" not in client.get("/introductions/board?as_of_run=1").get_data(as_text=True)
    text = client.get("/communities?as_of_run=2").get_data(as_text=True)
    assert "as_of_run=2" in text
