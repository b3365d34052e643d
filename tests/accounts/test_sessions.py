"""Sessions, links, delays and the audit, with a clock that is turned."""

import threading

import pytest

from netofnets.accounts.links import Purpose
from netofnets.accounts.sessions import ABSOLUTE, IDLE
from netofnets.errors import AccountError, TooManyTries


@pytest.fixture
def owner(gate):
    return gate.roll.get("owner@x.example")


def test_a_session_ends_when_it_is_idle_and_after_a_week_in_any_case(gate, owner, clock):
    idle = gate.sessions.start(owner, "mail")
    clock.turn(seconds=IDLE - 1)
    assert gate.sessions.find(idle).account.id == owner.id
    clock.turn(seconds=IDLE)
    assert gate.sessions.find(idle) is None
    busy, hours = gate.sessions.start(owner, "mail"), 0
    while gate.sessions.find(busy):
        clock.turn(hours=6)
        hours += 6
    assert hours * 3600 == ABSOLUTE


def test_signing_in_gives_a_new_id_and_the_one_before_is_worth_nothing(gate, owner):
    first = gate.sessions.start(owner, "mail")
    second = gate.sessions.start(owner, "mail", instead_of=first)
    assert first != second and len(second) >= 43
    assert gate.sessions.find(first) is None and gate.sessions.find(second)
    assert gate.sessions.find("") is None and gate.sessions.find("planted") is None


def test_signing_out_here_and_everywhere(gate, owner):
    here, there, third = (gate.sessions.start(owner, "mail") for _ in range(3))
    gate.sessions.end(here)
    assert gate.sessions.find(here) is None and gate.sessions.count(owner) == 2
    assert gate.sessions.end_all(owner, but=third) == 1
    assert gate.sessions.find(there) is None and gate.sessions.find(third)


def test_a_password_may_be_set_only_shortly_after_signing_in(gate, owner, clock):
    token = gate.sessions.start(owner, "mail")
    assert gate.sessions.find(token).fresh
    clock.turn(minutes=31)
    assert not gate.sessions.find(token).fresh


def test_a_new_password_ends_every_session(gate, owner):
    token = gate.sessions.start(owner, "mail")
    gate.roll.set_password(owner, "four words in a row", origin="test")
    assert gate.sessions.find(token) is None


def test_a_link_works_once_and_looking_does_not_spend_it(gate, owner):
    key = gate.links.make(owner, Purpose.SIGN_IN)
    assert gate.links.look(key) == gate.links.look(key) == owner
    assert gate.links.spend(key) == (owner, Purpose.SIGN_IN)
    assert gate.links.spend(key) is None and gate.links.look(key) is None


def test_links_grow_old(gate, owner, clock):
    by_mail, invitation = gate.links.make(owner, Purpose.SIGN_IN), gate.links.make(owner, Purpose.INVITATION, days=14)
    clock.turn(minutes=30)
    assert gate.links.spend(by_mail) is None and gate.links.look(invitation) == owner
    clock.turn(days=14)
    assert gate.links.spend(invitation) is None


def test_a_newer_invitation_and_signing_in_make_older_links_worthless(gate, owner):
    old, new = (gate.links.make(owner, Purpose.INVITATION, days=14) for _ in range(2))
    assert gate.links.spend(old) is None
    first, second = (gate.links.make(owner, Purpose.SIGN_IN) for _ in range(2))
    assert gate.links.spend(second) and gate.links.spend(first) is None
    assert gate.links.spend(new) == (owner, Purpose.INVITATION)


def test_one_link_that_two_open_at_once_lets_one_in(gate, owner):
    key, found, start = gate.links.make(owner, Purpose.SIGN_IN), [], threading.Barrier(8)

    def spend():
        start.wait()
        found.append(gate.links.spend(key))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one is not None for one in found) == 1


def attempt(gate, address="a@x.example", client="192.0.2.1"):
    gate.tries.count("password", address=address, client=client)


def test_after_five_tries_each_has_to_wait_longer(gate, clock):
    waits = []
    for _ in range(5):
        attempt(gate)
    for _ in range(8):
        with pytest.raises(TooManyTries) as refused:
            attempt(gate)
        waits.append(refused.value.wait)
        clock.turn(seconds=waits[-1])
        attempt(gate)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_refused_try_does_not_make_the_wait_longer(gate, clock):
    for _ in range(5):
        attempt(gate)
    for _ in range(20):
        with pytest.raises(TooManyTries):
            attempt(gate)
    clock.turn(seconds=30)
    attempt(gate)


def test_tries_at_many_addresses_from_one_client_wait_and_others_do_not(gate):
    for number in range(30):
        attempt(gate, f"a{number}@x.example")
    with pytest.raises(TooManyTries):
        attempt(gate, "fresh@x.example")
    attempt(gate, "fresh@x.example", client="192.0.2.2")


def test_success_and_a_day_are_forgotten_tries(gate, clock):
    for _ in range(4):
        attempt(gate)
    gate.tries.succeeded("password", address="a@x.example", client="192.0.2.1")
    for _ in range(5):
        attempt(gate)
    clock.turn(days=1, seconds=1)
    for _ in range(5):
        attempt(gate)


def test_tries_at_once_do_not_slip_past_the_limit(gate):
    passed, start = [], threading.Barrier(12)

    def race():
        start.wait()
        try:
            attempt(gate)
        except TooManyTries:
            return
        passed.append(1)

    threads = [threading.Thread(target=race) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5


def test_no_address_is_kept_of_those_who_try(gate, tmp_path):
    attempt(gate, "zoe-who-tries@x.example")
    assert not [path for path in tmp_path.iterdir() if b"zoe-who-tries" in path.read_bytes()]


def test_the_audit_is_a_chain(gate, rewritten):
    for number in range(5):
        gate.audit.note("change", whom=f"l{number}", origin="192.0.2.1")
    digest = gate.audit.check()
    assert digest == gate.audit.entries()[-1].digest and len(gate.audit.entries(2)) == 2
    gate.audit.note("change", origin="192.0.2.1")
    assert gate.audit.check() != digest
    rewritten("UPDATE audit SET whom = 'other' WHERE number = 4")
    with pytest.raises(AccountError, match="changed at entry 4"):
        gate.audit.check()


def test_an_entry_taken_away_shows(gate, rewritten):
    for number in range(5):
        gate.audit.note("change", whom=f"l{number}", origin="test")
    rewritten("DELETE FROM audit WHERE number = 3")
    with pytest.raises(AccountError, match="changed at entry 3"):
        gate.audit.check()


def test_the_program_itself_cannot_change_the_audit(gate):
    gate.audit.note("change", origin="test")
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="append-only"), gate.roll._database.writing() as opened:
            opened.execute(statement)


def test_what_a_stranger_sends_forges_no_entry(gate):
    entry = gate.audit.note("sign in", origin="192.0.2.1\n2026 owner signed in\x1b[2J" + "x" * 500)
    assert "\n" not in entry.origin and "\x1b" not in entry.origin and len(entry.origin) == 200
