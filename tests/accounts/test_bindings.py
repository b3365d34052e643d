"""Whose account a person at an OpenID provider opens, sign-ins that come back once, settings, the first format."""

import sqlite3
from pathlib import Path

import pytest

from netofnets.accounts.bindings import Person
from netofnets.accounts.database import FILE
from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.accounts.model import AccountRole
from netofnets.errors import AccountError, SettingsError, SignInRefused
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED

ISSUER = "https://login.school.example"
OIDC = {"sign_in": "oidc", "oidc_issuer": ISSUER, "oidc_client_id": "map", "oidc_client_secret": "made up"}


def person(subject="1", address="ada@x.example", issuer=ISSUER):
    return Person(issuer, subject, address)


@pytest.fixture
def ada(gate):
    return gate.roll.add("ada@x.example", AccountRole.VIEWER, origin="test")


def refused(gate, who):
    with pytest.raises(SignInRefused) as found:
        gate.bindings.account(who, origin="test")
    return found.value


def test_the_first_time_the_address_counts_and_then_the_subject(gate, ada):
    assert gate.bindings.account(person(), origin="test").id == ada.id
    assert gate.bindings.account(person(address="ada.married@x.example"), origin="test").id == ada.id
    eva = gate.roll.add("eva@x.example", AccountRole.OWNER, origin="test")
    assert gate.bindings.account(person(address=eva.address), origin="test").id == ada.id
    assert gate.roll.get("ada@x.example").is_bound and not gate.roll.get("eva@x.example").is_bound
    told = [(one.what, one.who, one.whom, one.result) for one in gate.audit.entries() if one.what == "bind account"]
    assert told == [("bind account", ada.id, ada.id, "oidc")] and gate.audit.check()


def test_a_mailbox_makes_no_account_and_one_that_changed_hands_opens_none(gate, ada):
    gate.bindings.account(person(), origin="test")
    stranger, heir = refused(gate, person("9", "zoe@x.example")), refused(gate, person("9", "ada@x.example"))
    assert str(stranger) == str(heir) and (stranger.why, heir.why) == ("no account", "bound to another")
    assert len(gate.roll.listed()) == 2
    assert gate.bindings.account(person("9", issuer="https://other.example"), origin="test").id == ada.id


def test_closing_an_account_takes_the_binding_along(gate, ada):
    gate.bindings.account(person(), origin="test")
    gate.roll.close("ada@x.example", origin="test")
    assert str(refused(gate, person())) == str(refused(gate, person("9", "zoe@x.example")))
    again = gate.roll.add("ada@x.example", AccountRole.VIEWER, origin="test")
    assert not again.is_bound and gate.bindings.account(person("2"), origin="test").id == again.id
    gate.roll.close("ada@x.example", forget=True, origin="test")
    with sqlite3.connect(gate.roll._database.path) as opened:
        assert opened.execute("SELECT count(*) FROM bindings").fetchone() == (0,)
    opened.close()


def test_erasing_a_person_takes_the_binding_along(gate, tmp_path):
    leader = "l" + "a" * 16
    gate.roll.add("zoe@x.example", AccountRole.MEMBER, (leader,), origin="test")
    gate.bindings.account(person("the-forgotten-subject", "zoe@x.example"), origin="test")
    assert gate.roll.forget(lambda account: leader in account.scope, origin="test") == 1
    assert not [path for path in tmp_path.iterdir() if b"the-forgotten-subject" in path.read_bytes()]


def test_an_account_can_be_unbound_and_is_out_by_that(gate, ada):
    gate.bindings.account(person(), origin="test")
    token = gate.sessions.start(ada, "oidc")
    gate.bindings.unbind(ada, origin="test")
    assert gate.sessions.find(token) is None and gate.audit.entries()[-1].what == "unbind account"
    assert gate.bindings.account(person("2"), origin="test").id == ada.id
    gate.bindings.unbind(ada, origin="test")
    with pytest.raises(AccountError, match="bound to nobody"):
        gate.bindings.unbind(ada, origin="test")


def test_a_sign_in_comes_back_once_within_ten_minutes_and_where_it_was_begun(gate, clock):
    one, two = gate.begun.start("/networks"), gate.begun.start("/")
    assert gate.begun.finish(two.token, one.state) is None and gate.begun.finish("", one.state) is None
    for strange in ("", "x", "\ud800", one.state[:-1], one.token):
        assert gate.begun.finish(one.token, strange) is None
    clock.turn(minutes=9, seconds=59)
    assert gate.begun.finish(one.token, one.state) == one and one.back == "/networks"
    assert gate.begun.finish(one.token, one.state) is None
    clock.turn(seconds=1)
    assert gate.begun.finish(two.token, two.state) is None


def test_neither_the_file_nor_what_is_printed_tells_how_to_come_back(gate, tmp_path):
    begun = gate.begun.start("/")
    secrets = (begun.token, begun.state, begun.nonce, begun.verifier)
    assert not any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir() for secret in secrets)
    assert not any(secret in repr(begun) for secret in secrets)


def test_everything_that_a_provider_takes_is_named_at_once(gate, tmp_path):
    with pytest.raises(SettingsError) as missing:
        open_gate(load_settings(environ={}, home=str(tmp_path), **{**SHARED, "sign_in": "oidc"}))
    words = ("oidc_issuer", "oidc_client_id", "oidc_client_secret or oidc_client_secret_file")
    assert all(word in str(missing.value) for word in words) and str(missing.value).count("\n- ") == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"oidc_issuer": "http://login.school.example"}, "https"),
        ({"oidc_issuer": "http://localhost:8080"}, "https"),
        ({"oidc_issuer": "login.school.example"}, "https"),
        ({"oidc_issuer": "https://me@login.school.example"}, "https"),
        ({"oidc_issuer": "https://login.school.example?tenant=1"}, "https"),
        ({"oidc_issuer": "https://login.school.example:x"}, "https"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
        ({"oidc_client_secret": "", "oidc_client_secret_file": "/nowhere/at/all"}, "cannot be read"),
        ({"oidc_domains": "school.example, @school.example"}, "not @school.example"),
        ({"oidc_domains": "example"}, "oidc_domains"),
        ({"oidc_label": "two\nlines"}, "oidc_label"),
        ({"oidc_label": " "}, "oidc_label"),
    ],
)
def test_a_wrong_setting_of_a_provider_is_named_alone(gate, tmp_path, change, words):
    with pytest.raises(SettingsError) as wrong:
        open_gate(load_settings(environ={}, home=str(tmp_path), **{**SHARED, **OIDC, **change}))
    assert words in str(wrong.value) and str(wrong.value).count("\n- ") == 1


def test_a_provider_that_is_not_a_way_to_sign_in_is_not_asked_for(gate, tmp_path):
    unused = {**OIDC, "sign_in": "password", "oidc_issuer": "x"}
    assert open_gate(load_settings(environ={}, home=str(tmp_path), **{**SHARED, **unused})).providers == ()


@pytest.mark.parametrize("issuer", [ISSUER, f"{ISSUER}/tenant/v2.0", "http://127.0.0.1:4000", "http://[::1]:4000"])
def test_the_secret_of_the_map_may_stand_in_a_private_file(gate, tmp_path, issuer):
    file = tmp_path / "client-secret"
    given = {**SHARED, **OIDC, "oidc_issuer": issuer, "oidc_client_secret": "", "oidc_client_secret_file": str(file)}
    settings = load_settings(environ={}, home=str(tmp_path), **given)
    for mode, text, words in ((0o644, "made up", "can be read by others"), (0o600, "\n", "holds no secret")):
        file.write_text(text)
        file.chmod(mode)
        with pytest.raises(SettingsError, match=words):
            open_gate(settings)
    file.write_text("made up in a file\n")
    opened = open_gate(settings)
    assert opened.ways == ("oidc",) and opened.providers[0].label == "your school account"
    assert opened.providers[0]._client.secret == "made up in a file" and "made up" not in repr(
        opened.providers[0]._client
    )
    assert "made up" not in repr(load_settings(environ={}, **OIDC))


def test_a_file_of_the_first_format_is_brought_up_to_date_and_keeps_what_it_holds(tmp_path):
    text = (Path(__file__).parent / "version1.sql").read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / FILE) as opened:
        opened.executescript(text)
    opened.close()
    old = open_accounts(tmp_path)
    (ada,) = old.roll.listed()
    assert (ada.address, ada.role, ada.is_bound) == ("ada@x.example", "owner", False) and old.audit.check()
    assert old.bindings.account(person(), origin="test").id == ada.id
    assert open_accounts(tmp_path).roll.get("ada@x.example").is_bound

    def columns(path):
        with sqlite3.connect(path) as opened:
            found = opened.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
            version = opened.execute("PRAGMA user_version").fetchone()
        opened.close()
        return version, [(kind, name, " ".join((sql or "").split())) for kind, name, sql in found]

    open_accounts(tmp_path / "new")
    assert columns(tmp_path / FILE) == columns(tmp_path / "new" / FILE)
