"""A machine tries what people would not: every parameter, every link and form as each role, hidden against missing."""

from __future__ import annotations

import shutil
import sys
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.accounts.gate import open_gate
from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.graph.published import Published
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.accounts.shared import SHARED
from tests.published import roster_copy
from tests.web.addresses import EAST, WEST, leader
from tests.web.crawling import EXPECTED, NASTY_FORMS, PRIVATE, Through, crawled
from tests.web.shared_server import shared_server
from tests.web.signing import ROLES, signed_in
from web.app import create_app
from web.day import DAY, RUN
from web.params import Choice, Whole
from web.session import COOKIE

HIDDEN = leader("west6")
PUBLIC = leader("west5")
NASTY = (
    "", " ", "0", "-1", "1e9", "9" * 400, "NaN", "../../etc/passwd", "%00", "\x00", "\r\nSet-Cookie: x=1",
    "' OR 1=1 --",
    "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "=cmd|' /C calc'!A0", "\u202e", "\ud7ff", "a" * 5000, "%ff%fe",
    "2024-02-30", "0000-00-00", "99999-01-01", HIDDEN, PUBLIC, EAST, WEST, leader("bridge0"), "l" + "a" * 16, "1", "2",
)  # fmt: skip


@pytest.fixture
def clients(app, gate):
    return {role: signed_in(app, gate, role) for role in ROLES}


def values(param):
    """Values of a parameter: those that it declares, and those that nobody would send."""
    own = []
    if isinstance(param, Choice):
        own = list(param.choices)
    elif isinstance(param, Whole):
        own = [str(n) for n in (param.low - 1, param.low, param.start, param.high, param.high + 1)]
    return st.one_of(st.sampled_from([*own, *NASTY]), st.text(max_size=40))


def addresses(app):
    """A strategy for an address of any page or twin, with any of its parameters and some that it has not."""
    pages = list(app.extensions["netofnets-pages"].values())
    ids = st.one_of(st.sampled_from([HIDDEN, PUBLIC, EAST, leader("bridge0"), "1", *NASTY]), st.text(max_size=20))

    @st.composite
    def address(draw):
        page = draw(st.sampled_from(pages))
        path = page.rule(draw(st.sampled_from(["", ".json"]))).replace("<id>", "\x01")
        params = [*page.params, DAY, RUN]
        chosen = draw(st.lists(st.sampled_from(params), max_size=4, unique_by=lambda p: p.name))
        query = [(p.name, draw(values(p))) for p in chosen]
        query += draw(st.lists(st.tuples(st.sampled_from(["me", "said", "x"]), st.sampled_from(NASTY)), max_size=2))
        quoted = urlencode({"x": draw(ids)}, errors="replace").removeprefix("x=").replace("+", "%20") or "x"
        return path.replace("\x01", quoted), urlencode(query, errors="replace")

    return address()


def test_no_parameter_of_any_page_makes_it_fail_or_tell_of_who_is_hidden(app, clients, home):
    """Whatever is asked: no error of ours, no header of theirs, nobody hidden, and to a stranger nobody private."""

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(addresses(app), st.sampled_from(ROLES))
    def ask(address, role):
        path, query = address
        answer = clients[role].get(f"{path}?{query}")
        assert answer.status_code in EXPECTED, (path, query, answer.status_code)
        assert answer.headers["Content-Security-Policy"] and "x=1" not in answer.headers.getlist("Set-Cookie")
        if answer.status_code == 200:
            assert not shows_hidden(answer, query), (role, path, query)

    ask()


def shows_hidden(answer, query):
    """Whether the hidden person's id stands in an answer where it was not asked for."""
    return HIDDEN in answer.text and HIDDEN not in query


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A home with a store, so that forms reach the desk."""
    return roster_copy(ROSTER, tmp_path_factory.mktemp("stored"))


ROSTER = """id,name,email,school,network,role,interests
1,Ana Sousa,ana@one.example,Hill School,Alpha Readers,facilitator,phonics
2,Bo Jansen,bo@one.example,Hill School,Alpha Readers,member,phonics
3,Cleo Nunez,cleo@one.example,Lake School,Beta Writers,member,phonics
4,Cleo Nuñez,,Lake School,Alpha Readers,member,phonics
5,Ana Sousa,,Hill School,Beta Writers,member,
"""
STARTS = ("/", "/me?q=a", "/review", "/introductions/board", "/paths", "/what-if", "/convene", "/account", "/circle",
          "/sign-in", "/claim", "/mine", "/communities", "/search?q=a", "/import")  # fmt: skip


def test_every_link_and_form_as_each_role_takes_anything_and_breaks_nothing(stored, gate, tmp_path, by_hand):
    """Each form as the page gives it, and with every field replaced by what nobody would type."""
    home = shutil.copytree(stored, tmp_path / "home")
    app = create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)
    store = open_store(app.extensions["netofnets-settings"].store, app.extensions["netofnets-settings"])
    record, other, *_ = store.scan().tables["leaders"]["id"].to_pylist()
    store.close()
    gate.roll.add("member@x.example", AccountRole.MEMBER, (record,), origin="test")
    board = f"/introductions/board?first={record}&second={other}"
    tried = {role: crawled(signed_in(app, gate, role), (*STARTS, board)) for role in ROLES}
    assert "post /sign-in/password" in tried["anonymous"]
    assert "post /account/password" in tried["viewer"]
    for_owners = {one for one in tried["owner"] - tried["viewer"] if one.startswith("post ")}
    assert "post /introductions/board" in for_owners, for_owners
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


def test_every_role_through_the_real_server_is_given_the_headers_and_breaks_nothing(stored, tmp_path):
    """The same, shorter, through nginx and the program as they are deployed; each page and form by forged ways, too."""
    home = shutil.copytree(stored, tmp_path / "home")
    gate = open_gate(load_settings(environ={}, home=str(home), **SHARED), serving=False)
    with Published.current(home) as published:
        (record, other, *_), network = (published.edition("organizers").snapshot.ids(of).to_pylist() for of in KINDS)
    scopes = {"member": (record,), "organizer": tuple(network[:1])}
    for role in ROLES[1:]:
        known = gate.roll.add(f"{role}@x.example", AccountRole(role), scopes.get(role, ()), origin="test")
        gate.terms.accept(known, current_terms().version, origin="test")
    with shared_server(home, tmp_path) as server:
        tried = {}
        for role in ROLES:
            known = gate.roll.find(f"{role}@x.example")
            mark = f"{COOKIE}={gate.sessions.start(known, 'test')}" if known else "x=1"
            starts = (f"/introductions/board?first={record}&second={other}", *SHORT)
            tried[role] = crawled(
                Through(server, mark),
                starts,
                most_pages=9,
                most_forms=12,
                whole=False,
                nasty=(f"{NASTY_FORMS[0]} Ana Sousa ana@one.example",),
            )
    assert "post /sign-in/password" in tried["anonymous"]
    assert any(one.startswith("post /mine/") for one in tried["member"]), tried["member"]
    assert "post /introductions/board" in tried["owner"] - tried["viewer"]
    written = (tmp_path / "serve.log").read_text() + "".join(map(str, gate.audit.entries()))
    assert "sign in" in written and not PRIVATE.findall(written)


KINDS = ("leaders", "networks")
SHORT = ("/mine", "/account", "/sign-in", "/review", "/circle", "/")


def calls(client, address):
    """How many calls of Python an answer takes: its time, without the noise of the machine."""
    count = 0

    def counting(frame, event, _):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        client.get(address)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("role", ["anonymous", "viewer", "member", "organizer", "owner"])
@pytest.mark.parametrize(
    "page", ["/leaders/{}", "/leaders/{}.json", "/leaders/{}/map", "/circle/{}", "/paths?from={}&to=x"]
)
def test_hidden_and_missing_take_the_same_work(clients, page, role):
    client = clients[role]
    missing = "l" + "b" * 16
    for one in (HIDDEN, missing):
        client.get(page.format(one))  # what is built once for all
    counted = [calls(client, page.format(one)) for one in (HIDDEN, missing, HIDDEN, missing)]
    assert max(counted) <= 1.02 * min(counted), counted
