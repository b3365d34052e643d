"""What watches over the program is told the truth and learns of nobody; organizers are told of a damaged map."""

import shutil

import pytest

from netofnets.graph.published import current_folder, published_root
from netofnets.publish import publish_facts
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.published import publish_copy
from tests.services.graphs import ten_leaders
from tests.test_fallback import damage, grown
from tests.web.signing import browser
from web.app import create_app

SAYS = "is damaged"


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    home = tmp_path_factory.mktemp("twice")
    publish_copy(ten_leaders().facts(), home)
    publish_facts(grown().facts(run=2), home)
    return home


@pytest.fixture
def mended(twice, tmp_path):
    return shutil.copytree(twice, tmp_path / "home")


def test_live_and_ready_say_so_without_a_cookie_or_a_name(open_client, tmp_path):
    client = open_client(tmp_path, viewer="anonymous")
    assert client.get("/livez").json == {"live": True}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["missing"]) == (503, ["nothing is published yet"])
    publish_copy(ten_leaders().facts(), tmp_path)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "missing": [], "stands_in": False})
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"
    damage(current_folder(tmp_path))
    assert open_client(tmp_path).get("/readyz").json["missing"] == ["what is published cannot be read"]
    assert open_client(tmp_path).get("/livez").status_code == 200


def test_a_shared_map_whose_accounts_cannot_be_read_is_not_ready(mended, gate):
    app = create_app(load_settings(environ={}, home=str(mended), **SHARED), gate=gate)
    client = browser(app)
    assert client.get("/readyz").status_code == 200
    for file in gate.roll._database.path.parent.glob("accounts.sqlite*"):
        file.write_bytes(b"not a database" * 100)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["missing"]) == (503, ["the accounts cannot be read"])
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


def test_the_map_before_stands_in_and_organizers_and_the_log_are_told(open_client, mended, caplog):
    damage(current_folder(mended))
    organizer, stranger = open_client(mended), open_client(mended, viewer="anonymous")
    page = organizer.get("/networks")
    assert page.status_code == 200 and SAYS in page.text
    assert SAYS not in stranger.get("/networks").text and stranger.get("/networks").status_code == 200
    assert organizer.get("/readyz").json == {"ready": True, "missing": [], "stands_in": True}
    assert "Nia New" not in organizer.get("/search?q=nia").text.partition("<main")[2].replace("value=", "")
    assert any("000002" in record.getMessage() and "run 1" in record.getMessage() for record in caplog.records)
    publish_facts(grown().facts(run=2), mended)
    after = organizer.get("/networks")
    assert after.status_code == 200 and SAYS not in after.text
    assert after.headers.get("ETag") != page.headers.get("ETag")


def test_what_is_damaged_while_it_is_open_is_noticed_at_its_first_reading(open_client, mended):
    client = open_client(mended)
    assert client.get("/readyz").status_code == 200
    damage(current_folder(mended), "organizers/results/introductions.arrow")
    answer = client.get("/introductions")
    assert answer.status_code == 200 and SAYS in answer.text


def test_every_single_byte_counts(open_client, mended):
    """A byte changed anywhere is refused or answered from the one before, never from the damaged files."""
    folder = current_folder(mended)
    expected = open_client(mended).get("/index.json").data
    shutil.rmtree(next(published_root(mended).glob("000001-*")))
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    for number in range(0, 40):
        path = files[number * len(files) // 40]
        whole = path.read_bytes()
        changed = bytearray(whole)
        changed[number * 7919 % len(whole)] ^= 1 << number % 8
        path.write_bytes(changed)
        answer = open_client(mended).get("/index.json")
        assert answer.status_code == 503, path
        path.write_bytes(whole)
    assert open_client(mended).get("/index.json").data == expected
