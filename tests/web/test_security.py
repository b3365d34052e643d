"""Hosts, headers, foreign writes, and what a stranger may see."""

import json
import re

import pytest

from netofnets.errors import SettingsError
from netofnets.publish import publish_facts
from netofnets.schema.model import Visibility
from netofnets.settings import load_settings
from tests.published import publish_copy
from tests.services.graphs import another_hidden
from tests.web.addresses import EAST, PAGES, leader, network, twin
from tests.web.graphs import hostile
from web.app import create_app
from web.security import HEADERS

EVERYWHERE = (
    *PAGES.values(),
    "/nope",
    "/nope.json",
    "/leaders/nobody",
    "/static/css/base.css",
    "/static/nope",
    "/index.json",
)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers(organizer, address):
    answer = organizer.get(address, buffered=True)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    kept = "no-cache" if address.startswith("/static/css") else "no-store"
    assert answer.headers["Cache-Control"] == kept


def test_a_failure_of_ours_is_a_page_with_all_headers_and_a_log_that_names_nobody(
    open_client, home, monkeypatch, caplog
):
    organizer = open_client(home)
    private = "-".join(("Ana", "Sousa"))

    def fail(*_args, **_kwargs):
        try:
            {}[private]
        except KeyError as error:
            raise RuntimeError(private) from error

    monkeypatch.setattr("web.views.networks.networks_list", fail)
    for address in (f"/networks?q={private}", "/networks.json"):
        answer = organizer.get(address)
        assert answer.status_code == 500 and private not in answer.text and "test_security" not in answer.text
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        [number] = re.findall(r"number in the log is ([0-9a-f]{8})", answer.text)
        assert f"failure {number} at GET /networks" in caplog.text
    # Where it failed and why by kind; what Python says of it quotes values, so that stays out of the log.
    assert "builtins.KeyError\nwhich led to\n" in caplog.text and "builtins.RuntimeError" in caplog.text
    assert "test_security.py" in caplog.text and private not in caplog.text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "169.254.169.254", "x@localhost", "[::2]"]
)
@pytest.mark.parametrize("address", ["/", "/atlas.json", "/nope", "/static/css/base.css"])
def test_other_host_names_are_refused_everywhere(organizer, host, address):
    answer = organizer.get(address, headers={"Host": host}, buffered=True)
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:9"])
def test_the_machine_itself_is_answered(organizer, host):
    assert organizer.get("/networks", headers={"Host": host}).status_code == 200


def test_the_environment_cannot_turn_debugging_on(open_client, home, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = open_client(home).application
    assert not app.debug and not app.testing and not app.config["PROPAGATE_EXCEPTIONS"]


def test_trusted_hosts_are_answered(open_client, home):
    client = open_client(home, trusted_hosts="map.school.example, other.example")
    assert client.get("/networks", headers={"Host": "map.school.example"}).status_code == 200
    assert client.get("/networks", headers={"Host": "third.example"}).status_code == 400


def test_an_open_address_needs_trusted_hosts_and_all_faults_are_named():
    settings = load_settings(environ={}, host="0.0.0.0", viewer="king")
    with pytest.raises(SettingsError, match=r"trusted_hosts.*viewer must be"):
        create_app(settings)


@pytest.mark.parametrize("path", ["/static/", "/static/css/", "/static/vendor", "/.git/config", "/static/../app.py"])
def test_no_folder_is_listed_and_nothing_but_static_files_is_served(organizer, path):
    assert organizer.get(path, buffered=True).status_code == 404


def test_what_is_no_question_of_a_browser_is_refused(organizer):
    assert [organizer.open("/networks", method=method).status_code for method in ("TRACE", "CONNECT", "X")] == [403] * 3


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_writes_from_elsewhere_are_refused(organizer, method):
    send = getattr(organizer, method)
    for headers in (
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ):
        assert send("/atlas", headers=headers).status_code == 403
    assert send("/atlas", headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}).status_code == 405


def test_hidden_and_missing_are_one_answer(organizer, stranger):
    for client, hidden in ((organizer, "west6"), (stranger, "east1")):
        for suffix in ("", ".json", "/map", "/map.json"):
            seen = client.get(f"/leaders/{leader(hidden)}{suffix}")
            none = client.get(f"/leaders/{leader('no such person')}{suffix}")
            assert (seen.status_code, seen.data) == (none.status_code, none.data) and seen.status_code == 404


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_stranger_sees_nobody_who_is_not_public(stranger, address):
    hidden = re.compile(r"Person \d\d|@x\.example")
    for asked in (address, twin(address)):
        answer = stranger.get(asked)
        assert answer.status_code in (200, 404)
        text = re.sub(r"</text><text[^>]*>", " ", answer.text)  # a name on a map may stand in two lines
        text = text.replace("West Person 05", "")
        assert not hidden.search(text), asked
        own_words = address.partition("?")[2]  # a page repeats the id that it was asked for
        for key in ("east0", "bridge0", "west6", "lone3"):
            assert leader(key) not in text or leader(key) in own_words


def test_a_hidden_person_changes_no_byte(open_client, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for home in (one, other):  # what changed since is told, too
        publish_copy(hostile().facts(), home)
    publish_facts(another_hidden(hostile_with_ana(), "zoe", "east 1", "west 1").facts(run=7), other)
    publish_facts(hostile_with_ana().facts(), one)
    for settings in ({"viewer": "anonymous"}, {"viewer": "organizer"}):
        clients = [open_client(folder, **settings) for folder in (one, other)]
        for address in PAGES.values():
            for asked in (address, twin(address)):
                without, with_her = (plain(client.get(asked)) for client in clients)
                if settings["viewer"] == "anonymous":
                    assert without == with_her, asked
                told = with_her[2]
                if asked.startswith("/api"):  # names types of answers about groups who are not shown
                    told = re.sub("Unseen[A-Z]", "", told)
                assert "Zoe" not in told and "Unseen" not in told


def hostile_with_ana():
    graph = hostile()
    graph.node("leaders", "ana", "Ana")
    graph.node("leaders", "eva", "Eva")
    graph.node("interests", "literacy")
    graph.join("ana", "east 1")
    graph.tie("leader_interests", "ana", "literacy")
    graph.show("ana", Visibility.PUBLIC)
    return graph


def plain(answer):
    return answer.status_code, answer.headers.get("ETag"), answer.text


def sees_people(client, **environ):
    return "organizer" in client.get("/about", environ_overrides=environ).text.split("site-footer")[1]


def test_nobody_is_the_organizer_for_being_at_the_machine(open_client, home):
    client = open_client(home, viewer="")
    assert not sees_people(client)
    assert not sees_people(client, REMOTE_ADDR="::1")
    assert not sees_people(open_client(home, viewer="", trusted_hosts="localhost.example"))
    assert not sees_people(open_client(home, viewer="", host="0.0.0.0", trusted_hosts="localhost"))
    assert sees_people(open_client(home, host="0.0.0.0", trusted_hosts="localhost", viewer="organizer"))
    assert not sees_people(open_client(home, viewer="anonymous"))


def test_a_link_lets_one_browser_in_once(open_client, home):
    client = open_client(home, viewer="")
    door = client.application.extensions["netofnets-door"]
    link, said = door.invite(), []
    door.tell = said.append
    answer = client.get(link)
    assert answer.status_code == 303 and answer.headers["Location"] == "/"
    kept = answer.headers["Set-Cookie"]
    assert "HttpOnly" in kept and "SameSite=Lax" in kept and link.partition("=")[2] not in kept
    assert sees_people(client)
    assert not sees_people(client, REMOTE_ADDR="192.0.2.7")
    second = client.application.test_client()
    refused = second.get(link)
    assert refused.status_code == 403 and "works once" in refused.text and "Set-Cookie" not in refused.headers
    assert not sees_people(second) and sees_people(client)
    assert second.get(said[0]).status_code == 303 and sees_people(second)


def test_strangers_who_knock_do_not_spend_a_link_nor_make_new_ones(open_client, home):
    client = open_client(home, viewer="")
    door = client.application.extensions["netofnets-door"]
    link, said = door.invite(), []
    door.tell = said.append
    for key in ("", "x", "x" * 5_000, "\u00e9"):
        assert client.get("/enter", query_string={"key": key}).status_code == 403
    assert said == [] and client.get(link).status_code == 303


def test_there_is_no_door_where_strangers_can_come_or_the_settings_say_who_looks(open_client, home):
    for settings in ({"viewer": "anonymous"}, {"viewer": "", "host": "0.0.0.0", "trusted_hosts": "localhost"}):
        assert open_client(home, **settings).get("/enter").status_code == 404


def test_by_the_setting_link_there_is_a_door_off_loopback_too(open_client, home):
    client = open_client(home, viewer="link", host="0.0.0.0", trusted_hosts="localhost")
    link = client.application.extensions["netofnets-door"].invite()
    assert not sees_people(client, REMOTE_ADDR="172.18.0.1")
    assert client.get(link, environ_overrides={"REMOTE_ADDR": "172.18.0.1"}).status_code == 303
    assert sees_people(client, REMOTE_ADDR="172.18.0.1")
    assert not sees_people(client.application.test_client(), REMOTE_ADDR="172.18.0.1")


def test_a_laptop_has_no_pages_to_sign_in_and_takes_no_unknown_mode(organizer):
    assert [organizer.get(path).status_code for path in ("/sign-in", "/account", "/sign-in/link")] == [404] * 3
    assert "Strict-Transport-Security" not in organizer.get("/about").headers
    with pytest.raises(SettingsError, match="laptop or shared"):
        create_app(load_settings(environ={}, mode="king"))


def test_contact_data_is_for_organizers(organizer, stranger):
    address = f"/leaders/{leader('west5')}.json"
    assert organizer.get(address).json["profile"]["email"]
    shown = stranger.get(address).json["profile"]
    assert shown["email"] is None and "@" not in json.dumps(shown)


def test_too_long_a_body_is_refused(organizer):
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert organizer.post("/atlas", data=b"x" * 200_000, headers=headers).status_code in (405, 413)


def test_ids_cannot_leave_their_place(organizer):
    for address in (
        "/leaders/..%2f..%2fetc",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        f"/networks/{EAST}/",
        "/networks//x",
    ):
        assert organizer.get(address).status_code in (404, 308)
    assert organizer.get(f"/networks/{network('no such')}").status_code == 404
