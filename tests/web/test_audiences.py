"""A stranger, a viewer, a member, an organizer and the owner on one map: whom each is shown, on every page and twin."""

import pytest

from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.schema.model import Visibility
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders
from tests.web.addresses import network, twin
from tests.web.signing import HOST, browser
from web.app import create_app
from web.session import COOKIE
from web.views import OWN, PAGES

EVERYBODY = {"ana", "bo", "cleo", "dan", "eva", "finn", "gil", "hana", "iris", "jo"}
# Whom each sees on the map, and among the people of their own networks.
MATRIX = {
    "stranger": ({"ana", "bo"}, set()),
    "viewer": ({"ana", "bo", "cleo"}, set()),
    "member": ({"ana", "bo", "cleo"}, {"ana", "bo", "cleo", "dan"}),  # of Alpha and Beta
    "organizer": ({"ana", "bo", "cleo"}, {"dan", "eva", "finn", "gil"}),  # of Gamma
    "owner": (EVERYBODY - {"iris"}, set()),
}
ACCOUNTS = {
    "viewer": (AccountRole.VIEWER, ()),
    "member": (AccountRole.MEMBER, (leader_id("ana"),)),
    "organizer": (AccountRole.ORGANIZER, (network("gamma"),)),
    "owner": (AccountRole.OWNER, ()),
}


def people():
    graph = ten_leaders()
    graph.show("cleo", Visibility.SIGNED_IN)
    return graph


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("audiences")
    publish_copy(people().facts(), home)
    return home


@pytest.fixture
def browsers(shared_home, gate):
    """For each role a browser in which somebody of that role has signed in."""
    app = create_app(load_settings(environ={}, home=str(shared_home), **SHARED), gate=gate)
    opened = {role: browser(app) for role in MATRIX}
    for role, (kind, scope) in ACCOUNTS.items():
        address = f"{role}@x.example"
        known = gate.roll.find(address) or gate.roll.add(address, kind, scope, origin="test")
        gate.terms.accept(known, current_terms().version, origin="test")
        opened[role].set_cookie(COOKIE, gate.sessions.start(known, "test"), domain=HOST, secure=True)
    yield opened
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


def named(text):
    """Whose name or id is in an answer."""
    names = dict(zip(EVERYBODY, (leader_id(key) for key in EVERYBODY), strict=True))
    rows = {row["id"]: row["name"] for row in people().rows["leaders"]}
    return {key for key, i in names.items() if i in text or rows[i] in text}


def addresses():
    """Every page without an id, and those about each person, network and whatever the pages lead to."""
    plain = [page.path for page in PAGES if "<id>" not in page.path]
    about = [
        page.path.replace("<id>", leader_id(key)) for page in PAGES if "leaders/<id>" in page.path for key in EVERYBODY
    ]
    about += [f"/networks/{network(key)}" for key in ("alpha", "beta", "gamma", "delta", "secret")]
    asked = [
        "/atlas?level=people",
        "/search?q=a",
        "/me?q=a",
        "/convene?k=5",
        "/introductions?mode=bold",
        "/communities/1",
    ]
    return plain + about + asked


@pytest.mark.parametrize("role", MATRIX)
def test_nobody_is_named_on_any_page_who_is_not_shown_to_this_role(browsers, role):
    client, (on_the_map, of_mine) = browsers[role], MATRIX[role]
    found = set()
    for address in addresses():
        for asked in (address, twin(address)):
            answer = client.get(asked)
            assert answer.status_code in (200, 303, 404), asked
            own_id = {key for key in EVERYBODY if leader_id(key) in asked and answer.status_code != 200}
            seen = named(answer.text) - own_id
            assert seen <= on_the_map, asked
            found |= seen
    assert found == on_the_map, "and everybody who is shown is found somewhere"
    mine = client.get("/circle")
    assert named(mine.text) == of_mine == named(client.get("/circle.json").text)
    for key in EVERYBODY:
        answer = client.get(f"/circle/{leader_id(key)}.json")
        assert (answer.status_code == 200) is (key in of_mine), key
        assert answer.status_code != 200 or named(answer.text) <= of_mine


@pytest.mark.parametrize("role", MATRIX)
def test_the_page_of_a_leader_leads_to_what_the_own_networks_know(browsers, role):
    on_the_map, of_mine = MATRIX[role]
    for key in EVERYBODY:
        answer = browsers[role].get(f"/leaders/{leader_id(key)}")
        expected = 200 if key in on_the_map else 303 if key in of_mine else 404
        assert answer.status_code == expected, key
        if expected == 303:
            assert answer.location == f"/circle/{leader_id(key)}"
            assert answer.headers["Cache-Control"] == "no-store"
        elif expected == 200:
            assert ("What your network knows" in answer.text) is (key in of_mine), key


def test_what_fellows_see_is_what_was_allowed(browsers):
    dan = browsers["member"].get(f"/circle/{leader_id('dan')}.json").json["person"]
    assert {f["name"]: f["value"] for f in dan["facts"]}["time_zone"] == "Pacific/Auckland"
    assert "email" not in {f["name"] for f in dan["facts"]}
    assert [m["network"]["name"] for m in dan["memberships"]] == ["Beta Writers", "Gamma Labs"]
    assert dan["why"].startswith("You are both in Beta Writers")
    bo = browsers["member"].get(f"/circle/{leader_id('bo')}.json").json["person"]
    assert "school" not in {f["name"] for f in bo["facts"]}, "which is for organizers"
    finn = browsers["organizer"].get(f"/circle/{leader_id('finn')}").text
    assert "You organize Gamma Labs" in finn and "Private Circle" not in finn
    assert "Ana Sousa" not in browsers["organizer"].get("/circle?q=ana").text
    assert named(browsers["organizer"].get("/circle?q=eva").text) == {"eva"}


def test_pages_say_what_they_leave_out(browsers):
    for role, words in {
        "stranger": "what is public",
        "viewer": "what is shown to whoever has signed in",
        "member": "what is shown to whoever has signed in",
    }.items():
        for address in ("/bridges", "/gaps", "/"):
            assert words in browsers[role].get(address).text, (role, address)
    assert "My networks" in browsers["member"].get("/").text
    assert "My networks" not in browsers["viewer"].get("/").text


def test_what_somebody_sees_by_an_account_is_kept_by_no_browser(browsers):
    assert browsers["stranger"].get("/networks").headers["Cache-Control"] == "private, no-cache"
    for role in ("viewer", "member", "organizer", "owner"):
        for page in (*PAGES[:3], *OWN[:1]):
            answer = browsers[role].get(page.path)
            assert answer.headers["Cache-Control"] == "no-store" or answer.status_code == 404, page.path


@pytest.mark.parametrize("path", ["/mine", "/mine.json", "/circle", "/mine/everything.csv"])
def test_a_laptop_has_no_pages_of_accounts_and_leads_nowhere(open_client, shared_home, path):
    for viewer in ("organizer", "anonymous"):
        assert open_client(shared_home, viewer=viewer).get(path).status_code == 404
