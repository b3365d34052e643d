"""A person's own page: every fact with its source, choices in force at once, everything to take along, and leaving."""

import csv
import io

import pytest

import netofnets.services.bounded as bounded
from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.graph.folders import published_root
from netofnets.graph.in_use import alone
from netofnets.publish import publish
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.accounts.shared import SHARED
from tests.published import roster_copy
from tests.web.signing import HOST, OWN, browser
from web.app import create_app
from web.session import COOKIE

ROSTER = """id,name,email,school,network,role,interests
1,Ana Sousa,ana@one.example,Hill School,Alpha Readers,facilitator,phonics
2,Bo Jansen,bo@one.example,Hill School,Alpha Readers,member,
3,Cleo Nunez,cleo@one.example,Lake School,Beta Writers,member,
"""


@pytest.fixture
def shared(tmp_path, gate):
    """A home with a loaded roster of three, and the application over it."""
    home = roster_copy(ROSTER, tmp_path / "home")
    settings = load_settings(environ={}, home=str(home), **SHARED)
    app = create_app(settings, gate=gate)
    yield app, settings
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


@pytest.fixture
def people(shared):
    """Ids by name, and a way to sign somebody in as a member with that record."""
    store = open_store(shared[1].store, shared[1])
    ids = {row["name"]: row["id"] for row in store.scan().tables["leaders"].to_pylist()}
    store.close()
    return ids


def member(shared, gate, record, name="ana"):
    opened = browser(shared[0])
    address = f"{name}@mail.example"
    known = gate.roll.find(address) or gate.roll.add(address, AccountRole.MEMBER, (record,), origin="test")
    gate.terms.accept(known, current_terms().version, origin="test")
    opened.set_cookie(COOKIE, gate.sessions.start(known, "test"), domain=HOST, secure=True)
    return opened


def facts(client):
    return {f["fact"]["name"]: f for f in client.get("/mine.json").json["page"]["fields"]}


def test_my_page_lists_so_much_and_the_file_all(shared, gate, people, monkeypatch):
    me = member(shared, gate, people["Ana Sousa"])
    assert me.get("/mine.json").json["truncated"] is False
    monkeypatch.setattr(bounded, "LISTED", 0)
    told, page = me.get("/mine.json").json, me.get("/mine").text
    assert told["truncated"] is True and told["page"]["memberships"] == []
    assert "0 of 1 memberships" in page and "The file with everything has all of it." in page
    assert len(me.get("/mine/everything.json").json["memberships"]) == 1


def test_everything_that_is_kept_stands_there_with_where_it_was_read(shared, gate, people):
    me = member(shared, gate, people["Ana Sousa"])
    page = me.get("/mine")
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert "You are shown to <strong>people of your networks</strong>" in page.text
    found = facts(me)
    assert found["school"]["fact"]["value"] == "Hill School" and found["school"]["seen_by"] == "people of your networks"
    (source,) = found["school"]["fact"]["sources"]
    assert (source["source"], source["file"], source["row"]) == ("alpha", "alpha.csv", 2)
    assert source["first_seen"] == source["last_seen"] != ""
    assert found["email"]["seen_by"] == "organizers of your networks"
    seen = {s["standing"]: s for s in me.get("/mine.json").json["page"]["seen"]}
    assert not seen["stranger"]["shown"] and not seen["signed_in"]["shown"]
    assert "School" in seen["fellow"]["labels"] and "Email" not in seen["fellow"]["labels"]
    assert "Email" in seen["organizer"]["labels"]
    rows = list(csv.reader(io.StringIO(me.get("/mine/everything.csv").text)))
    assert ["Network, facilitator", "Alpha Readers", "people of your networks", "alpha", "alpha.csv", "2"] in [
        r[:6] for r in rows
    ]
    roster = list(csv.DictReader(io.StringIO(me.get("/mine/roster.csv").text)))
    assert [(row["name"], row["network"], row["role"]) for row in roster] == [
        ("Ana Sousa", "Alpha Readers", "facilitator")
    ]
    assert me.get("/mine/everything.json").json["leader"]["name"] == "Ana Sousa"


def test_what_somebody_forbids_is_in_force_for_others_at_once(shared, gate, people):
    me, other = member(shared, gate, people["Ana Sousa"]), member(shared, gate, people["Bo Jansen"], "bo")
    known = f"/circle/{people['Ana Sousa']}"
    assert "Hill School" in other.get(known).text
    with alone(published_root(shared[1].home) / ".publishing"):  # the publication that follows waits
        done = me.post("/mine/level", data={"field": "school", "level": "organizers"}, headers=OWN)
        assert done.status_code == 303
        assert "School is shown to organizers of your networks" in me.get(done.location).text
        assert other.get(known).status_code == 404, "kept back as a whole until the map follows"
    _publish(shared[1])
    again = other.get(known)
    assert again.status_code == 200 and "Hill School" not in again.text and "Ana Sousa" in again.text
    assert facts(me)["school"]["chosen"] == "organizers"
    me.post("/mine/level", data={"field": "", "level": "hidden"}, headers=OWN)
    _publish(shared[1])
    assert other.get(known).status_code == 404
    hidden = me.get("/mine")
    assert hidden.status_code == 200 and "nobody but you" in hidden.text and "Hill School" in hidden.text
    assert not me.get("/circle.json").json["page"]["rows"], "whoever hides does not look either"


def test_who_leaves_is_gone_and_the_account_with_it(shared, gate, people):
    me = member(shared, gate, people["Ana Sousa"])
    refused = me.post("/mine/leave", data={}, headers=OWN)
    assert refused.status_code == 422 and "tick the box" in refused.text
    assert me.get("/mine").status_code == 200
    done = me.post("/mine/leave", data={"sure": "yes"}, headers=OWN)
    assert (done.status_code, done.location) == (303, "/mine/left")
    assert "You are erased" in me.get("/mine/left").text
    assert me.get("/mine").status_code in (303, 404)
    store = open_store(shared[1].store, shared[1])
    assert "Ana Sousa" not in store.scan().tables["leaders"]["name"].to_pylist()
    store.close()


def test_a_record_that_is_nobodys_any_more_has_no_page(shared, gate):
    assert member(shared, gate, "l" + "a" * 16, "nobody").get("/mine").status_code == 404


def _publish(settings):
    store = open_store(settings.store, settings)
    publish(store, settings.home)
    store.close()
