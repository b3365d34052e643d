"""What an audience may not see changes no byte of any answer to it: on random maps, for everybody who is no owner.

``NETOFNETS_TEST_EXAMPLES=50`` looks at more maps.
"""

import os

from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings

from netofnets.accounts.model import AccountRole
from netofnets.publish import publish_facts
from netofnets.schema.model import Visibility
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.web.addresses import leader, network, twin
from tests.web.signing import HOST, browser
from tests.worlds import INTERESTS, JOINED, ME, NETWORKS, ORGANIZED, Person, World, graph_of, with_unseen, worlds
from web.app import create_app
from web.session import COOKIE
from web.site.writing import site_files
from web.views import PAGES

EXAMPLES = int(os.environ.get("NETOFNETS_TEST_EXAMPLES", "1"))
ACCOUNTS = {
    "stranger": None,
    "viewer": (AccountRole.VIEWER, ()),
    "member": (AccountRole.MEMBER, (leader(ME),)),
    "organizer of another network": (AccountRole.ORGANIZER, (network(ORGANIZED),)),
}

LEVELS = (None, None, None, Visibility.PUBLIC, Visibility.SIGNED_IN, Visibility.ORGANIZERS, Visibility.HIDDEN)
# Groups large enough to be told of, and people of every level in each.
CROWD = World(
    tuple(
        Person(
            frozenset(NETWORKS[(at + step) % 4] for step in range(1 + at % 2)) if at else frozenset([JOINED]),
            frozenset(INTERESTS[at % 3 : at % 3 + 1]),
            LEVELS[at % 7] if at else None,
            {"school": Visibility.HIDDEN} if at % 3 == 0 else {"place": Visibility.ORGANIZERS},
        )
        for at in range(60)
    ),
    frozenset((at, at + 5) for at in range(20)),
)


def addresses(world: World):
    """Every page, and those about each network, interest and organization, some people, the unseen and the missing."""
    graph = with_unseen(world)
    every = [page.path for page in PAGES if "<id>" not in page.path]
    about = [("networks", key) for key in (*NETWORKS, "circle")] + [("interests", key) for key in INTERESTS]
    about += [("leaders", key) for key in (ME, "person 1", "zoe", "yan")] + [("organizations", "uni")]
    about += [("interests", "secret art of zoe"), ("organizations", "employer of yan"), ("credentials", "badge of zoe")]
    every += [f"/{kind}/{graph.names[kind, key]}" for kind, key in about]
    asked = ("/atlas?level=people", "/search?q=leader", "/search?q=unseen", "/me?q=leader", "/communities/1", "/nope")
    ways = [f"/paths?from={leader(ME)}&to={leader(key)}" for key in ("person 1", "zoe")]
    own = ["/circle", f"/circle/{leader('person 1')}", f"/circle/{leader('zoe')}", f"/circle/{leader('yan')}"]
    first, second = network(ORGANIZED), network(JOINED)
    return [*every, *asked, *ways, *own, f"/overlap/map?first={first}&second={second}", "/static/css/base.css"]


def answers(app: Flask, gate, role: str, asked: list[str]):
    """Status, headers and bytes of every answer."""
    client = browser(app)
    if (account := ACCOUNTS[role]) is not None:
        address = f"{role.split()[0]}@x.example"
        known = gate.roll.find(address) or gate.roll.add(address, *account, origin="test")
        client.set_cookie(COOKIE, gate.sessions.start(known, "test"), domain=HOST, secure=True)
    found = {}
    for address in asked:
        for one in (address, twin(address)):
            answer = client.get(one, buffered=True)
            headers = sorted((name, value) for name, value in answer.headers if name != "Date")
            found[one] = answer.status_code, headers, answer.data
    return found


def opened(home, gate):
    return create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)


def closed(app):
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


def test_what_nobody_may_notice_changes_no_byte(tmp_path_factory, gate):
    # Nothing is made smaller on failure: that would publish some hundred maps.
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
    @example(CROWD)
    @given(worlds(least=16))
    def same(world):
        home = tmp_path_factory.mktemp("world")
        publish_facts(graph_of(world).facts(), home)
        app, asked = opened(home, gate), addresses(world)
        before, site = {role: answers(app, gate, role, asked) for role in ACCOUNTS}, site_files(home, 5)
        assert publish_facts(with_unseen(world).facts(run=2), home).fresh
        for role in ACCOUNTS:
            after = answers(app, gate, role, asked)
            for address in after:
                assert before[role][address] == after[address], (role, address)
        assert site == site_files(home, 5)
        closed(app)

    same()


def test_the_additions_are_noticed_by_the_owner(tmp_path, gate):
    """Else the test above would say nothing."""
    somebody = Person(frozenset(["alpha", "beta"]), frozenset(["music"]), None)
    world = World((somebody,) * 9, frozenset())
    publish_copy(with_unseen(world).facts(), tmp_path / "home")
    app = opened(tmp_path / "home", gate)
    client = browser(app)
    known = gate.roll.find("owner@x.example")
    client.set_cookie(COOKIE, gate.sessions.start(known, "test"), domain=HOST, secure=True)
    assert "Private Circle" in client.get("/networks").text
    assert client.get(f"/leaders/{leader('yan')}").status_code == 200
    assert "Unseen Zoe" not in client.get("/search?q=unseen").text, "whoever hides is not shown to owners either"
    closed(app)
