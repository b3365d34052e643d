"""Import: the kind of a table by menu, how far a publication is, names of files in the history, and the way there."""

from __future__ import annotations

import pytest

from ingest.drafts.folder import Draft, drafts
from ingest.drafts.progress import progress
from netofnets.desk.imports import forget_imports
from tests.web.test_import import OWN, ROSTER, do, given, tried


def test_another_kind_of_table_is_looked_at_before_anything_is_tried(open_client, tmp_path):
    client = open_client(tmp_path)
    address = given(client, ("list.csv", "Group,About\nLantern,Light\nHarbour,Sea\n"))
    page = client.get(address).text
    assert '<option value="roster" selected>' in page and '<option value="networks">' in page
    answer = client.post(address + "/try", data={"shown-0": "1", "take-0": "1", "kind-0": "networks"}, headers=OWN)
    assert answer.status_code == 303 and answer.location.startswith(address)
    page = client.get(answer.location).text
    assert "Look at the columns of list.csv again" in page and '<option value="networks" selected>' in page
    assert '<option value="name" selected>Name</option>' in page and "The network, where no column names it" not in page
    assert progress(drafts(tmp_path)[0]).state == ""  # nothing was tried yet


def test_publishing_tells_its_steps_and_the_history_its_files(open_client, tmp_path, monkeypatch):
    client = open_client(tmp_path)
    told: list[dict] = []
    kept = Draft.write

    def write(self, name, content):
        if name == "progress":
            told.append(dict(content))
        kept(self, name, content)

    monkeypatch.setattr(Draft, "write", write)
    address = tried(client, tmp_path, ("people & more.csv", ROSTER))
    do(tmp_path, "load")
    steps = [one for one in told if "step" in one["words"] and one["state"] == "working"]
    assert [one["done"] for one in steps] == list(range(len(steps))) and steps[0]["of"] == len(steps)
    assert steps[0]["doing"] == "Reading the store" and steps[0]["words"] == f"0 %: step 1 of {len(steps)}"
    assert steps[-1]["doing"] == "Switching readers to it" and any(s["doing"].startswith("Analysing:") for s in steps)
    assert told[-1]["state"] == "done"
    kept(drafts(tmp_path)[0], "progress", steps[20])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ingest.drafts.progress._held", lambda path: True)  # as while the process works
        page = client.get(address).text
    assert steps[20]["words"] in page and 'http-equiv="refresh"' in page
    page = client.get("/import").text
    assert "<bdi>people &amp; more.csv</bdi>" in page and 'href="/?as_of_run=1"' in page
    [load] = client.get("/import.json").get_json()["imports"]["loads"]
    assert load["names"] == ["people & more.csv"]
    forget_imports(tmp_path)  # as an erasure does
    assert "people &amp; more.csv" not in client.get("/import").text


def test_the_way_to_import_is_on_every_page_of_an_organizer_and_on_nobody_elses(open_client, home):
    for viewer, there in (("organizer", True), ("anonymous", False)):
        client = open_client(home, viewer=viewer)
        for page in ("/", "/networks", "/about"):
            text = client.get(page).text
            assert ('href="/import"' in text.split("<main")[0]) is there
            assert ('href="/import"' in text) is there
