"""Who is shown whose contact data is noted, whatever page it stands on, and the person can see it."""

from __future__ import annotations

import pytest

from netofnets.accounts.contact_reads import CONTACT, WHAT
from netofnets.accounts.model import AccountRole
from netofnets.schema.kinds import LEADERS
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders
from tests.web.addresses import network, twin
from tests.web.signing import HOST, browser
from web.app import create_app
from web.session import COOKIE

ANA, BO = leader_id("ana"), leader_id("bo")
ADDRESS = "ana@one.example"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    home = tmp_path_factory.mktemp("contacts")
    publish_copy(ten_leaders().facts(), home)
    open_store(load_settings(environ={}, home=str(home)).store, load_settings(environ={}, home=str(home))).close()
    return home


@pytest.fixture
def app(published, gate):
    made = create_app(load_settings(environ={}, home=str(published), **SHARED), gate=gate)
    yield made
    made.extensions["netofnets-post"].close()
    made.extensions["netofnets-current"].close()


@pytest.fixture
def somebody(app, gate):
    def enter(role, *scope):
        account = gate.roll.find(f"{role}@x.example")
        account = account or gate.roll.add(f"{role}@x.example", AccountRole(role), scope, origin="test")
        opened = browser(app)
        opened.set_cookie(COOKIE, gate.sessions.start(account, "test"), domain=HOST, secure=True)
        return opened, account

    return enter


def noted(gate):
    return [(e.who, e.whom, e.result, e.origin) for e in gate.audit.entries() if e.what == WHAT]


def test_contact_data_are_the_private_fields_of_the_schema():
    assert tuple(p.name for p in LEADERS.properties if p.private) == CONTACT


def test_a_look_is_noted_once_an_hour_by_ids_and_field_names_alone(gate, somebody):
    owner, account = somebody("owner")
    for address in (f"/leaders/{ANA}", f"/leaders/{ANA}.json", f"/leaders/{ANA}"):
        assert ADDRESS in owner.get(address).text
    assert noted(gate) == [(account.id, ANA, "email", "192.0.2.1")]
    assert ADDRESS not in repr(gate.audit.entries()) and gate.audit.check()


def test_an_organizer_is_noted_and_whoever_sees_no_address_is_not(gate, somebody):
    organizer, account = somebody("organizer", network("alpha"))
    viewer, _ = somebody("viewer")
    assert ADDRESS in organizer.get(f"/circle/{ANA}").text
    for address in (f"/leaders/{ANA}", "/networks", "/search?q=ana"):
        assert ADDRESS not in viewer.get(address).text
    assert [who for who, *_ in noted(gate)] == [account.id]


def test_an_address_in_a_link_counts_and_so_does_a_page_that_nobody_thought_of(app, gate, somebody):
    app.view_functions["networks"] = lambda: "<a href='mailto:Ana%40One.example?subject=x'>write</a>"
    owner, _ = somebody("owner")
    assert "Ana%40One" in owner.get("/networks").text
    assert [whom for _, whom, *_ in noted(gate)] == [ANA]


def test_what_cannot_be_noted_is_not_shown(gate, somebody, monkeypatch):
    owner, _ = somebody("owner")
    file = gate.roll._database.path
    with gate.roll._database.writing() as opened:
        opened.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
    answer = owner.get(f"/leaders/{ANA}")
    assert answer.status_code == 503 and ADDRESS not in answer.text and file.exists()
    assert owner.get(f"/leaders/{BO}").status_code == 200  # no contact data, nothing to note


def test_the_person_sees_who_looked_and_takes_it_along(gate, somebody):
    somebody("owner")[0].get(f"/leaders/{ANA}")
    somebody("organizer", network("alpha"))[0].get(f"/circle/{ANA}")
    member, _ = somebody("member", ANA)
    page = member.get("/mine").text.partition('id="looked"')[2].partition("</section>")[0]
    assert "an owner" in page and "an organizer of <bdi>Alpha Readers</bdi>" in page and "x.example" not in page
    told = member.get("/mine/everything.json").json["contact_reads"]
    assert [(one["who"], one["networks"], one["fields"]) for one in told] == [
        ("an organizer", ["Alpha Readers"], ["email"]),
        ("an owner", [], ["email"]),
    ]
    assert told == member.get(twin("/mine")).json["contact_reads"]
    assert len(noted(gate)) == 2  # one's own page is no look


def test_who_takes_a_file_with_addresses_is_noted_for_each_also_where_it_is_packed(gate, somebody):
    owner, account = somebody("owner")
    assert owner.get("/export/graph/kumu.xlsx").status_code == 200  # what is public has no address
    assert noted(gate) == []
    assert owner.get("/export/graph/kumu.xlsx?audience=organizers").status_code == 200
    assert (account.id, ANA, "email", "192.0.2.1") in noted(gate)
    taken = [e.result for e in gate.audit.entries() if e.what == "export"]
    assert taken == ["kumu for public", "kumu for organizers"]
    viewer, _ = somebody("viewer")
    assert viewer.get("/export/graph/kumu.xlsx?audience=organizers").status_code == 404
