"""``netofnets account``: as whoever runs a shared map types it."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from netofnets.accounts.bindings import Person
from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.cli import netofnets_command
from netofnets.errors import AccountError, NetOfNetsError, SettingsError
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.services.graphs import Graph
from tests.web.postbox import postbox

NETWORK = "n" + "a" * 16


@pytest.fixture
def typed(tmp_path, monkeypatch):
    for name, value in SHARED.items():
        monkeypatch.setenv("NETOFNETS_" + name.upper(), value)

    def run(*arguments: str, given: str = "") -> str:
        line = ["account", *arguments, "--home", str(tmp_path)]
        done = CliRunner().invoke(netofnets_command, line, input=given, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_accounts_are_added_invited_changed_and_closed(typed, tmp_path):
    assert "may sign in as owner" in typed("add", "Ada@x.example", "--role", "owner")
    said = typed("invite", "eva@x.example", "--role", "organizer", "--network", NETWORK)
    assert re.search(r"https://map\.school\.example/sign-in/link\?key=\S{43}\n", said) and "14 days" in said
    listed = typed("list").splitlines()
    assert listed == [
        "ada@x.example  owner  mail only",
        f"eva@x.example  organizer  {NETWORK}  mail only",
        "2 accounts",
    ]
    assert "is an owner" in typed("make-owner", "eva@x.example")
    assert "cannot sign in any more" in typed("close", "ada@x.example")
    found = {one["address"]: one for one in json.loads(typed("list", "--format", "json"))}
    assert found["ada@x.example"]["closed"] and found["eva@x.example"]["role"] == "owner"
    typed("close", "ada@x.example", "--forget")
    assert "ada@x.example" not in typed("list") and "only owner" in str(refusal(typed, "close", "eva@x.example"))
    audit = json.loads(typed("audit", "--rows", "0", "--format", "json"))
    told = [(one["what"], one["result"]) for one in audit["entries"]]
    assert told == [
        ("add account", "owner"),
        ("add account", "organizer"),
        ("invite", "printed"),
        ("make owner", "done"),
        ("close account", "closed"),
        ("close account", "forgotten"),
    ]
    assert {one["origin"] for one in audit["entries"]} == {"command line"} and "@" not in json.dumps(audit)
    assert audit["digest"] in typed("audit") and open_accounts(tmp_path).audit.check() == audit["digest"]


def test_an_account_is_bound_to_somebody_at_a_provider_until_it_is_unbound(typed, tmp_path):
    typed("add", "ada@x.example", "--role", "owner")
    person = Person("https://login.school.example", "1", "ada@x.example")
    ada = open_accounts(tmp_path).bindings.account(person, origin="test")
    open_accounts(tmp_path).roll.set_password(ada, "four words in a row", origin="test")
    assert typed("list").splitlines()[0] == "ada@x.example  owner  password, oidc"
    assert json.loads(typed("list", "--format", "json"))[0]["is_bound"] is True
    assert "bound to nobody" in typed("unbind", "ada@x.example")
    assert typed("list").splitlines()[0] == "ada@x.example  owner  password"
    assert "nothing was changed" in str(refusal(typed, "unbind", "ada@x.example"))


def refusal(typed, *arguments: str) -> Exception:
    with pytest.raises(NetOfNetsError) as refused:
        typed(*arguments)
    return refused.value


def test_an_owner_can_have_everybody_sign_in_anew(typed, tmp_path):
    for who in ("ada", "eva"):
        typed("add", f"{who}@x.example", "--role", "owner")
    gate = open_gate(load_settings(environ={}, home=str(tmp_path), **SHARED))
    ada, eva = (gate.roll.get(f"{who}@x.example") for who in ("ada", "eva"))
    tokens = [gate.sessions.start(one, "mail") for one in (ada, ada, eva)]
    assert "Ended 2 sessions of ada@x.example" in typed("sign-out", "ada@x.example")
    assert [bool(gate.sessions.find(token)) for token in tokens] == [False, False, True]
    assert "Ended 1 session of all accounts" in typed("sign-out", "--all")
    assert gate.sessions.find(tokens[2]) is None
    assert [one.whom for one in gate.audit.entries() if one.what == "sign out"] == [ada.id, ""]
    assert "name one ADDRESS" in str(refusal(typed, "sign-out"))


def test_a_password_is_asked_for_and_never_an_argument(typed, tmp_path):
    typed("add", "ada@x.example", "--role", "owner")
    typed("password", "ada@x.example", given="four words in a row\nfour words in a row\n")
    assert open_accounts(tmp_path).roll.with_password("ada@x.example", "four words in a row")
    assert typed("list").splitlines()[0] == "ada@x.example  owner  password"


def test_an_invitation_goes_by_mail_where_there_is_a_mail_server(typed, monkeypatch):
    with postbox() as box:
        given = {"HOST": "127.0.0.1", "PORT": str(box.port), "SECURITY": "none"}
        for name, value in given.items():
            monkeypatch.setenv(f"NETOFNETS_SMTP_{name}", value)
        monkeypatch.setenv("NETOFNETS_MAIL_FROM", "map@school.example")
        said = typed("invite", "eva@x.example", "--role", "viewer")
        link = box.link("https://map.school.example")
        assert "on its way to eva@x.example" in said and link not in said
        assert "https://" in typed("invite", "eva@x.example", "--print") and box.letters.empty()


def test_an_export_of_a_shared_map_is_in_the_audit(typed, tmp_path):
    graph = Graph()
    graph.node("leaders", "ana", "Ana")
    publish_copy(graph.facts(), tmp_path)
    line = ["export", "csv", "-o", str(tmp_path / "csv"), "--audience", "public", "--home", str(tmp_path)]
    assert CliRunner().invoke(netofnets_command, line, catch_exceptions=False).exit_code == 0
    assert not (tmp_path / "accounts.sqlite").exists()  # a laptop keeps none
    typed("add", "ada@x.example", "--role", "owner")
    assert CliRunner().invoke(netofnets_command, line, catch_exceptions=False).exit_code == 0
    entry = open_accounts(tmp_path).audit.entries()[-1]
    assert (entry.what, entry.result, entry.origin) == ("export", "csv for public", "command line")


def test_what_cannot_be_done_is_said(typed, monkeypatch):
    assert "no account of x@y.example" in str(refusal(typed, "make-owner", "x@y.example"))
    assert "say with --role" in str(refusal(typed, "invite", "x@y.example"))
    typed("add", "x@y.example", "--role", "viewer")
    assert "Invite it without a role" in str(refusal(typed, "invite", "x@y.example", "--role", "owner"))
    assert "needs the ids" in str(refusal(typed, "add", "z@y.example", "--role", "organizer"))
    both = ("--network", NETWORK, "--leader", "l" + "a" * 16)
    assert isinstance(refusal(typed, "add", "z@y.example", "--role", "member", *both), NetOfNetsError)
    monkeypatch.delenv("NETOFNETS_SECRET")
    assert isinstance(refusal(typed, "invite", "x@y.example"), SettingsError)
    assert isinstance(refusal(typed, "close", "nobody@y.example"), AccountError)
