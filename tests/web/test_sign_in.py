"""Signing in through the pages, with a real mail server: links, passwords, delays, sessions, and out again."""

from __future__ import annotations

import re

import pytest

from netofnets.accounts.gate import open_gate
from netofnets.accounts.links import Purpose
from netofnets.accounts.model import AccountRole
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.web.addresses import leader
from tests.web.postbox import postbox
from tests.web.signing import ELSEWHERE, HOST, ORIGIN, OWN, PASSWORD, browser, signed_in
from web.session import COOKIE

SECRET_PAGE = f"/leaders/{leader('east0')}"


@pytest.fixture(scope="module")
def mail():
    with postbox() as box:
        yield box


@pytest.fixture
def gate(gate, tmp_path, clock, quick, mail):
    given = {"sign_in": "mail, password", "smtp_host": "127.0.0.1", "smtp_port": str(mail.port)}
    given |= {"smtp_security": "none", "mail_from": "map@school.example"}
    settings = load_settings(environ={}, home=str(tmp_path), **{**SHARED, **given})
    found = open_gate(settings, clock, passwords=quick)
    found.roll.set_password(found.roll.get("owner@x.example"), PASSWORD, origin="test")
    return found


def send(client, path, **fields):
    return client.post(path, data=fields, headers=OWN)


def fields(page) -> dict[str, str]:
    """The hidden fields of a page's only form of that kind."""
    return dict(re.findall(r'<input type="hidden" name="(key|next)" value="([^"]*)">', page.text))


def cookie(answer) -> str:
    return next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(COOKIE + "="))


def results(gate, what="sign in"):
    return [entry.result for entry in gate.audit.entries() if entry.what == what]


def test_a_link_by_mail_lets_in_once_by_one_click(app, gate, mail):
    client = browser(app)
    sent = send(client, "/sign-in/mail", address="Owner@X.example", next=SECRET_PAGE)
    assert (sent.status_code, sent.location) == (303, "/sign-in/mail")
    link = mail.link(ORIGIN).removeprefix(ORIGIN)
    for _ in range(2):  # a scanner opens it first
        page = client.get(link)
        assert page.status_code == 200 and "owner@x.example" in page.text
    assert "Set-Cookie" not in page.headers and client.get(SECRET_PAGE).status_code == 404
    entered = send(client, "/sign-in/link", **fields(page))
    assert (entered.status_code, entered.location) == (303, SECRET_PAGE)
    assert client.get(SECRET_PAGE).status_code == 200
    other = browser(app)
    again = send(other, "/sign-in/link", **fields(page))
    assert again.status_code == 422 and "used before" in again.text and "Set-Cookie" not in again.headers
    assert other.get(link).status_code == 422 and other.get(SECRET_PAGE).status_code == 404
    assert results(gate) == ["mail", "refused link"] and gate.audit.check()


def test_a_link_that_is_too_old_lets_nobody_in(app, mail, clock):
    client = browser(app)
    send(client, "/sign-in/mail", address="owner@x.example")
    link = mail.link(ORIGIN).removeprefix(ORIGIN)
    page = client.get(link)
    clock.turn(minutes=30)
    assert client.get(link).status_code == 422
    assert send(client, "/sign-in/link", **fields(page)).status_code == 422
    assert client.get(SECRET_PAGE).status_code == 404


def test_a_known_and_an_unknown_address_get_the_same_answer(app, gate, mail):
    client = browser(app)
    for path, more in (("/sign-in/mail", {}), ("/sign-in/password", {"password": "wrong, wrong, wrong"})):
        known, unknown = (
            send(client, path, address=address, **more) for address in ("owner@x.example", "other@x.example")
        )
        assert known.status_code == unknown.status_code
        assert known.text.replace("owner@", "other@") == unknown.text
        assert known.headers.get("Location") == unknown.headers.get("Location")
    to, letter = mail.letters.get(timeout=60)
    assert to == ["owner@x.example"] and letter["From"] == "map@school.example" and HOST in letter["Subject"]
    app.extensions["netofnets-post"].close()  # everything has been written by then
    assert mail.letters.empty()


def test_the_page_begins_without_a_complaint(app):
    assert "alert" not in browser(app).get("/sign-in").text


def test_a_password_lets_in_and_a_wrong_one_does_not(app, gate):
    client = browser(app)
    wrong = send(client, "/sign-in/password", address="owner@x.example", password="four words in a tow")
    assert wrong.status_code == 422 and "do not go together" in wrong.text and "owner@x.example" in wrong.text
    entered = send(client, "/sign-in/password", address="owner@x.example", password=PASSWORD, next="/networks")
    assert (entered.status_code, entered.location) == (303, "/networks")
    assert client.get(SECRET_PAGE).status_code == 200
    assert results(gate) == ["refused", "password"]


def test_the_cookie_is_for_this_host_and_https_only_and_nothing_scripts_can_read(app):
    kept = cookie(send(browser(app), "/sign-in/password", address="owner@x.example", password=PASSWORD))
    assert {part.strip() for part in kept.split(";")[1:]} == {
        "Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=604800", kept[kept.index("Expires") :].split(";")[0]
    }  # fmt: skip
    assert "Domain" not in kept


def test_who_is_reading_is_kept_in_a_cookie_of_this_host_alone(app):
    answer = browser(app).post("/me", data={"me": leader("east0")}, headers=OWN)
    kept = answer.headers["Set-Cookie"]
    assert kept.startswith("__Host-netofnets-me=") and "Path=/" in kept and "Domain" not in kept
    assert all(word in kept for word in ("Secure", "HttpOnly", "SameSite=Strict"))


def test_a_planted_id_is_replaced_when_somebody_signs_in(app, gate):
    viewer = gate.roll.add("viewer@x.example", AccountRole.VIEWER, origin="test")
    for planted in ("planted-by-somebody", gate.sessions.start(viewer, "test")):
        client = browser(app)
        client.set_cookie(COOKIE, planted, domain=HOST, secure=True)
        entered = send(client, "/sign-in/password", address="owner@x.example", password=PASSWORD)
        assert planted not in cookie(entered) and gate.sessions.find(planted) is None
        assert client.get(SECRET_PAGE).status_code == 200


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(app, clock):
    client = browser(app)
    for _ in range(5):
        assert send(client, "/sign-in/password", address="owner@x.example", password="w" * 12).status_code == 422
    delayed = send(client, "/sign-in/password", address="owner@x.example", password=PASSWORD)
    assert delayed.status_code == 429 and delayed.headers["Retry-After"] == "30"
    unknown = browser(app, "192.0.2.9")
    for _ in range(5):
        send(unknown, "/sign-in/password", address="other@x.example", password="w" * 12)
    same = send(unknown, "/sign-in/password", address="other@x.example", password=PASSWORD)
    assert same.status_code == 429 and same.text.replace("other@", "owner@") == delayed.text
    clock.turn(seconds=30)
    assert send(client, "/sign-in/password", address="owner@x.example", password=PASSWORD).status_code == 303


def test_nobody_can_have_a_stranger_flooded_with_mail(app, mail):
    answers = [send(browser(app, f"192.0.2.{n}"), "/sign-in/mail", address="owner@x.example") for n in range(9)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 4
    app.extensions["netofnets-post"].close()
    assert mail.letters.qsize() == 5
    while not mail.letters.empty():
        mail.letters.get()


def test_what_is_no_address_is_said_on_the_page(app):
    answer = send(browser(app), "/sign-in/mail", address="<script>alert(1)</script>")
    assert answer.status_code == 422 and "not an email address" in answer.text and "<script>alert" not in answer.text


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_after_signing_in_nobody_is_led_to_another_site(app, asked):
    client = browser(app)
    assert client.get("/sign-in", query_string={"next": asked}).text.count('name="next" value="/"') == 2
    entered = send(client, "/sign-in/password", address="owner@x.example", password=PASSWORD, next=asked)
    assert (entered.status_code, entered.location) == (303, "/")


def test_an_invitation_lets_in_and_leads_to_the_account_where_a_password_is_set(app, gate):
    ada = gate.roll.add("ada@x.example", AccountRole.VIEWER, origin="test")
    client = browser(app)
    page = client.get(gate.link(gate.links.make(ada, Purpose.INVITATION, days=14)).removeprefix(ORIGIN))
    assert send(client, "/sign-in/link", **fields(page)).location == "/account"
    elsewhere = gate.sessions.start(ada, "test")
    for first, again, why in (("short", "short", "12 to 256"), (PASSWORD, PASSWORD + "s", "not the same")):
        refused = send(client, "/account/password", password=first, again=again)
        assert refused.status_code == 422 and why in refused.text
    before = client.get_cookie(COOKIE, domain=HOST).value
    assert send(client, "/account/password", password=PASSWORD, again=PASSWORD).status_code == 303
    assert gate.sessions.find(elsewhere) is None and gate.sessions.find(before) is None
    assert client.get("/account").status_code == 200  # with a new id
    assert send(browser(app), "/sign-in/password", address="ada@x.example", password=PASSWORD).status_code == 303


def test_a_password_is_not_set_in_a_browser_that_was_left_open(app, gate, clock):
    client = signed_in(app, gate, "viewer")
    clock.turn(minutes=31)
    assert "half hour" in client.get("/account").text
    assert send(client, "/account/password", password=PASSWORD, again=PASSWORD).status_code == 422
    assert not gate.roll.get("viewer@x.example").has_password


def test_signing_out_here_and_everywhere(app, gate):
    first, second, third = (signed_in(app, gate, "owner") for _ in range(3))
    kept = first.get_cookie(COOKIE, domain=HOST).value
    assert send(first, "/sign-out").status_code == 303
    assert first.get_cookie(COOKIE, domain=HOST) is None and gate.sessions.find(kept) is None
    assert second.get(SECRET_PAGE).status_code == 200
    send(second, "/sign-out/everywhere")
    assert third.get(SECRET_PAGE).status_code == 404
    assert results(gate, "sign out") == ["done", "everywhere"]


def test_an_idle_session_is_over_in_the_browser_too(app, gate, clock):
    client = signed_in(app, gate, "owner")
    clock.turn(hours=11)
    assert client.get(SECRET_PAGE).status_code == 200
    clock.turn(hours=12)
    assert client.get(SECRET_PAGE).status_code == 404
    assert client.get("/account").location == "/sign-in?next=/account"


def test_a_page_kept_for_strangers_is_not_shown_to_who_has_signed_in_and_the_other_way_round(app, gate):
    stranger, viewer = browser(app), signed_in(app, gate, "viewer")
    assert "Sign in</a>" in stranger.get("/about").text and "Account</a>" in viewer.get("/about").text
    tag = stranger.get("/about").headers["ETag"]
    assert viewer.get("/about", headers={"If-None-Match": tag}).status_code == 200
    assert "Sign in</a>" in stranger.get("/about").text


def test_what_an_owner_sends_by_a_form_is_in_the_audit_without_what_was_typed(app, gate):
    owner = signed_in(app, gate, "owner")
    typed = {"left": leader("east0"), "right": leader("east1"), "verdict": "same", "who": "Typed Name", "why": "typed"}
    assert send(owner, "/review", **typed).status_code == 503  # these pages have no book of record
    entry = gate.audit.entries()[-1]
    assert (entry.what, entry.result, entry.origin) == ("answer", "refused", "192.0.2.1")
    assert entry.whom == f"{leader('east0')} {leader('east1')}" and entry.who == gate.roll.get("owner@x.example").id
    assert "yped" not in str(gate.audit.entries())


def test_a_mail_server_that_is_away_is_told_of_in_the_log_without_an_address(app, gate, tmp_path, caplog):
    object.__setattr__(gate.mailer, "port", 1)
    assert send(browser(app), "/sign-in/mail", address="owner@x.example").status_code == 303
    app.extensions["netofnets-post"].close()
    assert "did not take a letter" in caplog.text and "owner@" not in caplog.text
