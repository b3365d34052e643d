"""Rates of pages: a workshop is served, a flood is not, and nobody can use up what is somebody else's."""

from __future__ import annotations

import pytest

import web.rates
from netofnets.accounts.checks import rates
from netofnets.errors import SettingsError
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.web.signing import browser, signed_in
from web.app import create_app
from web.rates import BURST, COSTS, Buckets
from web.rules import RULES


class Stopped:
    """A clock that stands until it is turned."""

    time = 0.0

    def __call__(self):
        return self.time


@pytest.fixture
def standing(monkeypatch):
    clock = Stopped()
    monkeypatch.setattr(web.rates, "Buckets", lambda rate, most: Buckets(rate, most, clock))
    return clock


@pytest.fixture
def shared(home, gate, standing):
    made = []

    def app(**settings):
        given = {**SHARED, "account_rate": "2", "client_rate": "4", "trusted_proxies": "192.0.2.1", **settings}
        made.append(create_app(load_settings(environ={}, home=str(home), **given), gate=gate))
        return made[-1]

    yield app
    for one in made:
        one.extensions["netofnets-post"].close()
        one.extensions["netofnets-current"].close()


def codes(client, address, times, **more):
    return [client.get(address, buffered=True, **more).status_code for _ in range(times)]


def test_a_bucket_gives_its_burst_then_its_rate_and_says_how_long_to_wait():
    clock = Stopped()
    buckets = Buckets(2.0, 6.0, clock)
    assert [buckets.take("a", 2.0) for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a", 2.0) == 1.0 and buckets.take("a", 2.0) == 1.0  # what is refused costs nothing
    assert buckets.take("b", 6.0) == 0
    clock.time = 0.5
    assert buckets.take("a", 1.0) == 0 and buckets.take("a", 1.0) == 0.5
    clock.time = 1000.0
    assert buckets.take("a", 6.0) == 0 and buckets.take("a", 0.1) == pytest.approx(0.05)


def test_buckets_take_a_bounded_amount_of_memory():
    buckets = Buckets(1.0, 10.0, Stopped())
    for number in range(web.rates._MOST + 100):
        buckets.take(str(number), 1.0)
    assert web.rates._MOST / 2 < len(buckets) <= web.rates._MOST


def test_a_flood_is_told_to_wait_in_words_and_a_neighbour_is_not(shared, standing):
    app = shared()
    flood, neighbour = browser(app, "192.0.2.7"), browser(app, "192.0.2.8")
    assert codes(flood, "/networks", 4 * BURST) == [200] * 4 * BURST
    refused, twin = flood.get("/networks"), flood.get("/networks.json")
    assert refused.status_code == 429 and refused.headers["Retry-After"] == "1"
    assert "Wait a second" in refused.text and "Nothing was changed" in refused.text
    assert twin.status_code == 429 and twin.json["error"] and twin.headers["Cache-Control"] == "no-store"
    assert refused.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert neighbour.get("/networks").status_code == 200
    standing.time += 1
    assert codes(flood, "/networks", 5) == [200] * 4 + [429]
    assert flood.get("/livez").status_code == flood.get("/readyz").status_code == 200


def test_who_has_signed_in_has_a_share_of_their_own_in_all_browsers_together(shared, gate):
    app = shared()
    stranger = browser(app)
    codes(stranger, "/networks", 4 * BURST)
    assert stranger.get("/networks").status_code == 429
    first, again, other = signed_in(app, gate, "viewer"), signed_in(app, gate, "viewer"), signed_in(app, gate, "owner")
    assert codes(first, "/networks", BURST) + codes(again, "/networks", BURST + 1) == [200] * 2 * BURST + [429]
    assert other.get("/networks").status_code == 200


def test_work_takes_more_than_reading_and_another_day_more_still(shared):
    app = shared()
    assert codes(browser(app, "192.0.2.3"), "/convene", 9) == [200] * 8 + [429]
    assert codes(browser(app, "192.0.2.4"), "/networks?as_of=2026-01-01", 7)[-1] == 429
    assert codes(browser(app, "192.0.2.5"), "/static/icon.svg", 200) == [200] * 200


def test_only_the_named_proxy_says_who_the_client_is(shared):
    app = shared()
    proxy, liar = browser(app, "192.0.2.1"), browser(app, "192.0.2.9")
    for number in range(4 * BURST):  # the proxy hands on two clients; somebody else only writes such a header
        told = {"X-Forwarded-For": f"203.0.113.{number % 2}"}
        assert proxy.get("/networks", headers=told).status_code == 200
        assert liar.get("/networks", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code == 200
    assert liar.get("/networks", headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429
    assert proxy.get("/networks", headers={"X-Forwarded-For": "203.0.113.0"}).status_code == 200


def test_one_household_of_ipv6_is_one_client(shared):
    app = shared()
    found = [browser(app, f"2001:db8::{number:x}").get("/networks").status_code for number in range(4 * BURST + 1)]
    assert found[-2:] == [200, 429]
    assert browser(app, "2001:db8:0:1::1").get("/networks").status_code == 200


def test_a_workshop_of_thirty_behind_one_address_is_served(shared):
    """Thirty people open the map in the same second, then each looks at a page every two seconds for a minute."""
    standing = web.rates.Buckets(1, 1)._clock
    rate = rates(load_settings(environ={}))[1]
    app = shared(client_rate=str(rate))
    client = browser(app, "192.0.2.30")
    opening = ["/", "/index.json", "/networks", *["/static/icon.svg"] * 12]
    assert {client.get(address, buffered=True).status_code for _ in range(30) for address in opening} == {200}
    for _ in range(10):
        standing.time += 2
        assert set(codes(client, "/networks", 30)) == {200}


def test_on_a_laptop_nobody_is_counted_and_a_public_map_counts(open_client, home, standing):
    laptop = open_client(home, viewer="anonymous", client_rate="1")
    assert set(codes(laptop, "/networks", 30)) == {200}
    public = open_client(home, viewer="anonymous", client_rate="1", trusted_hosts="localhost")
    assert codes(public, "/networks", BURST + 1)[-1] == 429


@pytest.mark.parametrize("wrong", ["-1", "many", "1000000"])
def test_a_rate_that_is_none_is_refused(wrong):
    with pytest.raises(SettingsError, match="rate"):
        rates(load_settings(environ={}, client_rate=wrong))


def test_every_cost_is_that_of_a_page():
    assert COSTS.keys() <= RULES.keys()
