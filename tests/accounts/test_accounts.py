"""The list of accounts, passwords, and the file they are kept in."""

import sqlite3
import stat
import threading

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from netofnets.accounts.database import FILE, Database
from netofnets.accounts.gate import open_gate
from netofnets.accounts.model import AccountRole
from netofnets.accounts.passwords import Passwords
from netofnets.errors import AccountError, SettingsError, StoreError, StoreTooNew, TooManyTries
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED

GOOD = "four words in a row"
OWN_WORD = "made up for tests"  # of a server that there is not
N = "n" + "a" * 16


def test_an_account_is_found_by_its_address_however_it_is_typed(gate):
    made = gate.roll.add(" Ada@School.Example ", AccountRole.VIEWER, origin="test")
    assert gate.roll.get("ADA@school.example") == made and made.address == "ada@school.example"
    with pytest.raises(AccountError, match="there is an account of ada@school.example; it is viewer"):
        gate.roll.add("ada@school.example", AccountRole.OWNER, origin="test")


@pytest.mark.parametrize(
    "address", ["", "ada", "a@b@c.example", "ada@x.example\nBcc: all@x.example", "x" * 250 + "@x.example"]
)
def test_what_is_no_address_is_refused(gate, address):
    with pytest.raises(AccountError):
        gate.roll.add(address, AccountRole.VIEWER, origin="test")
    assert len(gate.roll.listed()) == 1


@pytest.mark.parametrize(
    ("role", "scope", "words"),
    [
        ("owner", (N,), "name none"),
        ("viewer", (N,), "name none"),
        ("organizer", (), "needs the ids of their networks"),
        ("organizer", ("n1",), "no id of a network"),
        ("member", (N,), "no id of a leader"),
        ("member", ("l" + "a" * 16, "l" + "b" * 16), "the id of one leader"),
    ],
)
def test_a_role_is_about_what_it_can_be_about(gate, role, scope, words):
    with pytest.raises(AccountError, match=words):
        gate.roll.add("a@x.example", AccountRole(role), scope, origin="test")


def test_closing_ends_everything_at_once_and_the_last_owner_stays(gate):
    with pytest.raises(AccountError, match="only owner"):
        gate.roll.close("owner@x.example", origin="test")
    ada = gate.roll.add("ada@x.example", AccountRole.OWNER, origin="test")
    gate.roll.set_password(ada, GOOD, origin="test")
    token, key = gate.sessions.start(ada, "password"), gate.links.make(ada, "mail")
    gate.roll.close("owner@x.example", origin="test")
    gate.roll.make_owner(gate.roll.add("eva@x.example", AccountRole.VIEWER, origin="test").address, origin="test")
    gate.roll.close("ada@x.example", origin="test")
    assert gate.sessions.find(token) is None and gate.links.spend(key) is None
    assert gate.roll.with_password("ada@x.example", GOOD) is None and gate.roll.find("ada@x.example") is None
    again = gate.roll.add("ada@x.example", AccountRole.VIEWER, origin="test")
    assert again.id == ada.id and not again.has_password and again.role == "viewer"


def test_a_forgotten_address_is_in_no_byte_of_the_files(gate, tmp_path):
    gate.roll.add("zoe-the-forgotten@x.example", AccountRole.VIEWER, origin="test")
    gate.roll.close("zoe-the-forgotten@x.example", forget=True, origin="test")
    with sqlite3.connect(tmp_path / FILE) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    assert not [path for path in tmp_path.iterdir() if b"zoe-the-forgotten" in path.read_bytes()]
    assert "zoe" not in str(gate.audit.entries())


def test_the_file_is_its_owners_alone_and_holds_no_token_and_no_password(gate, tmp_path):
    owner = gate.roll.get("owner@x.example")
    gate.roll.set_password(owner, GOOD, origin="test")
    token, key = gate.sessions.start(owner, "password"), gate.links.make(owner, "invitation", days=1)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert not any(secret.encode() in path.read_bytes() for secret in (token, key, GOOD))


def test_a_file_that_others_could_read_is_made_private(gate, tmp_path, clock):
    (tmp_path / FILE).chmod(0o644)
    Database(tmp_path / FILE, clock)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_files_of_others_and_of_newer_programs_are_refused(gate, tmp_path, clock):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as opened:
        opened.execute("CREATE TABLE x (y)")
    opened.close()
    with pytest.raises(StoreError, match="no database of accounts"):
        Database(other, clock)
    with sqlite3.connect(tmp_path / FILE) as opened:
        opened.execute("PRAGMA user_version = 99")
    opened.close()
    with pytest.raises(StoreTooNew):
        Database(tmp_path / FILE, clock)


def test_passwords_are_argon2id_with_the_costs_of_the_rfc():
    kept = Passwords().hash(GOOD, "a@x.example")
    found = extract_parameters(kept)
    assert (found.type, found.time_cost, found.memory_cost, found.parallelism) == (Type.ID, 3, 65536, 1)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 300,
        "aaaaaaaaaaaaaaaa",
        "ada-lovelace@x.example",
        "ada-lovelace",
        "Netofnets2026!",
        "welcome-Teachers1",
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(gate, password):
    ada = gate.roll.add("ada-lovelace@x.example", AccountRole.VIEWER, origin="test")
    with pytest.raises(AccountError, match="a few words"):
        gate.roll.set_password(ada, password, origin="test")
    assert not gate.roll.get("ada-lovelace@x.example").has_password


def test_only_the_right_password_of_a_known_address_opens(gate):
    owner = gate.roll.get("owner@x.example")
    gate.roll.set_password(owner, GOOD, origin="test")
    assert gate.roll.with_password("owner@x.example", GOOD).id == owner.id
    for address, password in (("owner@x.example", GOOD + " "), ("nobody@x.example", GOOD), ("owner@x.example", "")):
        assert gate.roll.with_password(address, password) is None
    gate.roll.add("new@x.example", AccountRole.VIEWER, origin="test")
    assert gate.roll.with_password("new@x.example", "nobody's") is None


def test_more_tries_than_turns_are_sent_away_at_once(quick):
    with quick.turn(), quick.turn(), quick.turn(), pytest.raises(TooManyTries, match="at this moment"), quick.turn():
        pass
    with quick.turn():
        assert quick.fits(None, "x") is False


def test_passwords_are_checked_one_at_a_time_behind_everything_else(quick, monkeypatch):
    at_once, most, where = [], [], set()
    real = PasswordHasher.verify

    def verify(*arguments):
        at_once.append(1)
        most.append(len(at_once))
        where.add(threading.current_thread().name.partition("_")[0])
        found = None
        try:
            found = real(*arguments)
        finally:
            at_once.pop()
        return found

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    threads = [threading.Thread(target=quick.fits, args=(None, "x")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1 and len(most) == 6
    assert where == {"passwords"}


def test_everything_that_is_missing_is_named_at_once(tmp_path):
    with pytest.raises(SettingsError) as refused:
        open_gate(load_settings(environ={}, home=str(tmp_path), mode="shared"))
    text = str(refused.value)
    assert all(word in text for word in ("no secret", "public_url", "trusted_hosts", "sign_in", "no owner"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret": "ab" * 31}, "32 random bytes"),
        ({"secret": "00" * 32}, "32 random bytes"),
        ({"secret": "hunter2"}, "32 random bytes"),
        ({"public_url": "http://map.school.example"}, "https"),
        ({"public_url": "https://map.school.example/map"}, "https"),
        ({"public_url": "https://me@map.school.example"}, "https"),
        ({"public_url": "https://map.school.example?x=1"}, "query"),
        ({"public_url": "https://map.school.example:x"}, "https"),
        ({"public_url": "https://other.example"}, "trusted_hosts must name the host of public_url: other.example"),
        ({"sign_in": "password, prayer"}, "sign_in"),
        ({"sign_in": "mail"}, "smtp_host"),
        ({"smtp_host": "mail.x.example", "smtp_security": "none", "mail_from": "a@x.example"}, "on this machine only"),
        ({"smtp_host": "mail.x.example"}, "mail_from"),
        ({"smtp_security": "magic"}, "smtp_security"),
        ({"smtp_port": "0"}, "smtp_port"),
        ({"trusted_proxies": "nginx"}, "trusted_proxies"),
        ({"invitation_days": "0"}, "invitation_days"),
        ({"viewer": "organizer"}, "viewer must be empty"),
        ({"store": "memory:"}, "keeps nothing"),
        ({"store": "postgres://db.x.example"}, "store must be"),
        ({"store": "neo4j://me:word@db.x.example:7687", "neo4j_password": OWN_WORD}, "holds no user name"),
        ({"store": "neo4j://db.x.example:7687", "neo4j_password": OWN_WORD}, "neo4j+s://"),
        ({"store": "bolt://10.0.0.7", "neo4j_password": OWN_WORD}, "without encryption"),
        ({"store": "bolt+ssc://10.0.0.7", "neo4j_password": OWN_WORD}, "any certificate"),
        ({"store": "neo4j://127.0.0.1.x.example", "neo4j_password": OWN_WORD}, "without encryption"),
        ({"store": "neo4j+s://db.x.example"}, "neo4j_password is missing"),
        ({"store": "neo4j+s://db.x.example", "neo4j_password": "neo4j"}, "a password of your own"),
        ({"store": "neo4j+s://db.x.example", "neo4j_password": "Password"}, "a password of your own"),
        ({"store": "neo4j://[::1]:7687", "neo4j_password": "map-admin", "neo4j_user": "map-admin"}, "of your own"),
        ({"store": "bolt://localhost", "neo4j_password": OWN_WORD, "neo4j_reading_password": "short"}, "neo4j_reading"),
    ],
)
def test_a_wrong_setting_is_named_alone(gate, tmp_path, change, words):
    with pytest.raises(SettingsError) as refused:
        open_gate(load_settings(environ={}, home=str(tmp_path), **{**SHARED, **change}))
    assert words in str(refused.value) and str(refused.value).count("\n- ") == 1


@pytest.mark.parametrize(
    "store",
    ["neo4j+s://db.x.example:7687", "bolt+s://10.0.0.7", "neo4j://localhost:7687", "bolt://127.0.0.1", "neo4j://Graph"],
)
def test_a_store_is_reached_with_encryption_or_on_this_machine(gate, tmp_path, store):
    given = {"store": store, "neo4j_password": OWN_WORD, "private_hosts": "graph"}
    assert open_gate(load_settings(environ={}, home=str(tmp_path), **SHARED, **given)).ways == ("password",)


def test_a_store_that_others_can_read_starts_nothing(gate, tmp_path):
    settings = load_settings(environ={}, home=str(tmp_path), **SHARED)
    file = tmp_path / "netofnets.sqlite"
    file.touch(0o600)
    assert open_gate(settings)
    file.chmod(0o640)
    with pytest.raises(SettingsError, match="can be read by others"):
        open_gate(settings)


def test_the_secret_may_stand_in_a_file_that_only_its_owner_can_read(gate, tmp_path):
    without = {key: value for key, value in SHARED.items() if key != "secret"}
    settings = load_settings(environ={}, home=str(tmp_path), **without)
    file = tmp_path / "secret"
    file.write_text(SHARED["secret"] + "\n")
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="can be read by others"):
        open_gate(settings)
    file.chmod(0o600)
    assert open_gate(settings).ways == ("password",)
    assert SHARED["secret"] not in repr(load_settings(environ={}, **SHARED))
