"""Claiming a record: by a confirmed address alone, once."""

import pytest

from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders
from tests.web.signing import HOST, OWN, browser
from web.app import create_app
from web.session import COOKIE

ANA = leader_id("ana")  # ana@one.example


@pytest.fixture
def app(tmp_path, gate):
    publish_copy(ten_leaders().facts(), tmp_path)
    made = create_app(load_settings(environ={}, home=str(tmp_path), **SHARED), gate=gate)
    yield made
    made.extensions["netofnets-post"].close()
    made.extensions["netofnets-current"].close()


def viewer(app, gate, address, way="mail", role=AccountRole.VIEWER):
    opened = browser(app)
    known = gate.roll.find(address) or gate.roll.add(address, role, (), origin="test")
    opened.set_cookie(COOKIE, gate.sessions.start(known, way), domain=HOST, secure=True)
    return opened


def claim(client, record=ANA):
    return client.post("/claim", data={"record": record, "terms": current_terms().version}, headers=OWN)


def test_a_confirmed_address_that_equals_the_records_claims_it(app, gate):
    me = viewer(app, gate, "ana@one.example")
    assert "Ana Sousa" in me.get("/claim").text and "/claim" in me.get("/account").text
    refused = me.post("/claim", data={"record": ANA}, headers=OWN)
    assert refused.status_code == 422 and "accepting" in refused.text
    done = claim(me)
    assert (done.status_code, done.location) == (303, "/mine")
    known = gate.roll.find("ana@one.example")
    assert (known.role, known.scope) == (AccountRole.MEMBER, (ANA,))
    assert "already" in me.get("/claim").text and claim(me).status_code == 404
    assert {"claim record", "accept terms"} <= {one.what for one in gate.audit.entries(2)}
    assert gate.terms.stands(known)


@pytest.mark.parametrize("way", ["password", "new password", "invitation"])
def test_who_did_not_show_that_the_mailbox_is_theirs_claims_nothing(app, gate, way):
    me = viewer(app, gate, "ana@one.example", way)
    assert "Ana Sousa" not in me.get("/claim").text and "by a link" in me.get("/claim").text
    assert claim(me).status_code == 404
    assert gate.roll.find("ana@one.example").role is AccountRole.VIEWER


def test_nobody_claims_by_name_or_somebody_elses_or_a_hidden_record(app, gate):
    assert claim(viewer(app, gate, "ana.sousa@other.example")).status_code == 404
    assert claim(viewer(app, gate, "bo@x.example")).status_code == 404
    hidden = viewer(app, gate, "iris@one.example")
    assert "Iris" not in hidden.get("/claim").text.replace("iris@one.example", "")
    assert claim(hidden, leader_id("iris")).status_code == 404
    assert claim(viewer(app, gate, "o@x.example", role=AccountRole.OWNER)).status_code == 404


def test_a_record_is_claimed_once(app, gate):
    gate.roll.add("invited@x.example", AccountRole.MEMBER, (ANA,), origin="test")
    answer = claim(viewer(app, gate, "ana@one.example"))
    assert answer.status_code == 422 and "another account" in answer.text.lower()
