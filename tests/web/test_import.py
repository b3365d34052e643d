"""Import: who may, what is refused, what is shown as text, what is kept and for how long; and the work behind it."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path

import pytest

from ingest import limits
from ingest.drafts.folder import Draft, clear_old, drafts, new_draft
from ingest.drafts.kept import all_kept
from ingest.drafts.progress import LOCK, busy_lock, progress
from ingest.drafts.work import work
from netofnets.desk.erase import erase
from netofnets.desk.imports import forget_imports, imports_folder
from netofnets.errors import InputError
from netofnets.graph.in_use import alone
from netofnets.settings import load_settings
from netofnets.store import open_store

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
ROSTER = "Name,Email,School,Topics\nAna Ruiz,ana@x.example,Hill,Maths; Art\nBo Li,bo@x.example,Dale,Art\n"
ROUTES = ("/import", "/import/{0}", "/import.json", "/import/{0}.json", "/import/{0}/to-correct-0.csv",
          "/import/mappings/0123456789abcdef.toml")  # fmt: skip
FORMS = ("/import", "/import/{0}/try", "/import/{0}/load", "/import/{0}/correct", "/import/undo/1",
         "/import/{0}/publish", "/import/{0}/discard", "/import/now/publish",
         "/import/mappings/0123456789abcdef/forget")  # fmt: skip


def give(client, *files: tuple[str, str | bytes], headers=OWN):
    """Send files (name, content) as the form does."""
    sent = [(io.BytesIO(c.encode() if isinstance(c, str) else c), name) for name, c in files]
    return client.post("/import", data={"files": sent}, headers=headers, content_type="multipart/form-data")


def given(client, *files: tuple[str, str | bytes]) -> str:
    """Give files that are taken; the address of the page that they lead to."""
    answer = give(client, *files)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def do(home: Path, job: str) -> Draft:
    """Do the work of the newest draft here, as the process would."""
    one = drafts(home)[0]
    work(load_settings(environ={}, home=str(home)), one, job)
    return one


def tried(client, home: Path, *files: tuple[str, str | bytes], **form: str) -> str:
    """Give files, and try them with these choices; the address of the page."""
    address = given(client, *files)
    begun: list[str] = []
    with pytest.MonkeyPatch.context() as patched:  # the work is done here, without a process of its own
        patched.setattr("web.views.import_forms.begin", lambda settings, one, job: begun.append(job))
        answer = client.post(address + "/try", data=form, headers=OWN)
        assert answer.status_code == 303 and begun == ["check"], answer.text
    do(home, "check")
    return address


def test_a_stranger_finds_no_route_of_it(open_client, tmp_path):
    given(open_client(tmp_path), ("roster.csv", ROSTER))
    one = drafts(tmp_path)[0].id
    stranger = open_client(tmp_path, viewer="anonymous")
    for path in ROUTES:
        assert stranger.get(path.format(one)).status_code == 404, path
    for path in FORMS:
        assert stranger.post(path.format(one), headers=OWN).status_code == 404, path
    assert [draft.id for draft in drafts(tmp_path)] == [one]


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_changes_nothing(open_client, tmp_path, headers):
    client = open_client(tmp_path)
    address = given(client, ("roster.csv", ROSTER))
    one = address.rpartition("/")[2]
    assert give(client, ("other.csv", ROSTER), headers=headers).status_code == 403
    for path in FORMS:
        assert client.post(path.format(one), headers=headers).status_code == 403, path
    assert len(drafts(tmp_path)) == 1 and drafts(tmp_path)[0].read("progress") == {}


def test_an_empty_home_shows_import_to_its_organizer_and_says_so_to_others(open_client, tmp_path):
    organizer, stranger = open_client(tmp_path), open_client(tmp_path, viewer="anonymous")
    first = organizer.get("/")
    assert first.status_code == 303 and first.location == "/import"
    assert organizer.get("/import").status_code == 200
    elsewhere = organizer.get("/atlas")
    assert elsewhere.status_code == 503 and 'href="/import"' in elsewhere.text
    answer = stranger.get("/")
    assert answer.status_code == 503 and 'href="/import"' not in answer.text


def test_names_and_cells_are_shown_as_text(open_client, tmp_path):
    client = open_client(tmp_path)
    hostile = "../../<img src=x onerror=alert(1)>&.csv"
    address = given(client, (hostile, "Name,<script>window.ran=1</script>\n<b>Bo</b>,=1+1\n"))
    page = client.get(address).text
    assert "<script>window" not in page and "<b>Bo" not in page and "<img" not in page
    assert "&lt;script&gt;window.ran=1" in page and "&lt;b&gt;Bo&lt;/b&gt;" in page and "=1+1" in page
    folder = drafts(tmp_path)[0].folder
    assert sorted(path.name for path in folder.iterdir()) == ["0.csv", "draft.json", "files.json", "plan.json"]
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {folder}


def test_formulas_in_rows_to_correct_are_inert(open_client, tmp_path):
    client = open_client(tmp_path)
    rows = 'Name,Email,Joined\n"=HYPERLINK(""http://x.example"")",nobody,2024-01-01\n'
    address = tried(client, tmp_path, ("roster.csv", rows))
    sheet = client.get(address + "/to-correct-0.csv")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert "\"'=HYPERLINK" in sheet.text and "This is not an email address." in sheet.text


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(open_client, tmp_path):
    client = open_client(tmp_path)
    answer = give(client, ("good.csv", ROSTER), ("picture.csv", b"\x89PNG\r\n\x1a\n"))
    assert answer.status_code == 422 and "picture.csv: this is a picture" in answer.text
    assert give(client).status_code == 422
    assert drafts(tmp_path) == ()


def test_limits_of_size_count_and_open_drafts(open_client, tmp_path, monkeypatch):
    client = open_client(tmp_path)
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 200)
    large = give(client, ("a.csv", ROSTER), ("b.csv", ROSTER * 3))
    assert large.status_code == 422 and "larger than" in large.text and drafts(tmp_path) == ()
    monkeypatch.setattr(limits, "UPLOAD_FILES", 2)
    many = give(client, *((f"{i}.csv", "Name\nBo\n") for i in range(3)))
    assert many.status_code == 422 and "at most 2 files" in many.text and drafts(tmp_path) == ()
    monkeypatch.setattr(limits, "DRAFTS", 1)
    given(client, ("a.csv", ROSTER))
    more = give(client, ("a.csv", ROSTER))
    assert more.status_code == 422 and "discard" in more.text and len(drafts(tmp_path)) == 1


def test_what_was_left_for_a_day_is_gone_at_the_next_visit(open_client, tmp_path):
    client = open_client(tmp_path)
    given(client, ("left.csv", ROSTER))
    old = drafts(tmp_path)[0].folder / "draft.json"
    os.utime(old, (time.time() - limits.DRAFT_SECONDS - 1,) * 2)
    address = given(client, ("new.csv", ROSTER))
    assert [one.id for one in drafts(tmp_path)] == [address.rpartition("/")[2]]
    clear_old(tmp_path, lambda: time.time() + limits.DRAFT_SECONDS + 1)
    assert list(imports_folder(tmp_path).glob("*/")) == []
    assert client.get(address).status_code == 404


def test_a_discarded_load_and_an_erasure_leave_no_file(open_client, tmp_path):
    client = open_client(tmp_path)
    address = given(client, ("a.csv", ROSTER))
    given(client, ("b.csv", ROSTER))
    assert client.post(address + "/discard", headers=OWN).status_code == 303
    assert [one.files[0].name for one in drafts(tmp_path)] == ["b.csv"]
    forget_imports(tmp_path)
    assert not imports_folder(tmp_path).exists()
    forget_imports(tmp_path)


def test_choices_become_the_mapping_that_is_kept_and_chosen_next_month(open_client, tmp_path):
    client = open_client(tmp_path)
    first = "Wer,Kontakt,Themenfeld\nAna Ruiz,ana@x.example,Maths+Art\nBo Li,bo@x.example,Art\n"
    chosen = {
        "shown-0": "1", "take-0": "1", "source-0": "North Circle", "network-0": "Circle of the North",
        "column-0-0": "name", "column-0-1": "email", "column-0-2": "interests", "split-0-2": "one",
    }  # fmt: skip
    address = tried(client, tmp_path, ("may.csv", first), **chosen)
    page = client.get(address).text
    assert "2 of 2 rows would be taken" in page and "Circle of the North" in page
    assert not (tmp_path / "netofnets.sqlite").exists()  # a trial leaves nothing behind
    one = do(tmp_path, "load")
    assert one.read("published") and not list(one.folder.glob("0.*"))
    page = client.get(address).text
    assert "The map shows it now." in page and client.get("/").status_code == 200
    (kept,) = all_kept(tmp_path)
    assert kept.source == "North Circle" and "Circle of the North" in kept.text
    assert client.get(f"/import/mappings/{kept.id}.toml").text == kept.text
    history = client.get("/import.json").json["imports"]["loads"]
    assert [(row["source"], row["files"], row["rows"], row["aside"]) for row in history] == [("North Circle", 1, 2, 0)]
    again = client.get(given(client, ("june.csv", first + "Cy Ono,cy@x.example,Maths\n"))).text
    assert "as you chose for North Circle before" in again.replace("As you", "as you")
    assert re.search(r'value="North Circle"', again) and "this file replaces all that it said" in again
    assert client.post(f"/import/mappings/{kept.id}/forget", headers=OWN).status_code == 303
    assert all_kept(tmp_path) == ()


def test_too_many_bad_rows_are_one_line_and_taken_only_on_purpose(open_client, tmp_path):
    client = open_client(tmp_path)
    rows = "Name,Joined\n" + "".join(f"Person {i},03/04/2024\n" for i in range(60))
    address = tried(client, tmp_path, ("members.csv", rows))
    page = client.get(address).text
    assert page.count("60 ×") == 1 and "Take the good rows all the same" in page
    refused = client.post(address + "/load", headers=OWN)
    assert refused.status_code == 422 and "tick what you allow" in refused.text
    one = drafts(tmp_path)[0]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("web.views.import_forms.begin", lambda settings, one, job: None)
        assert client.post(address + "/load", data={"accept_bad-0": "1"}, headers=OWN).status_code == 303
    do(tmp_path, "load")
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    assert store.status().counts["leaders"] == 60
    store.close()
    assert one.read("load")["outcomes"][0]["to_correct"] == 60


def test_corrected_rows_come_back_in_place_of_those_they_correct(open_client, tmp_path):
    client = open_client(tmp_path)
    rows = "Name,Email,Joined\nAna Ruiz,ana at x,2024-01-31\nBo Li,bo@x.example,2024-13-01\nCy Ono,cy@x.example,\n"
    address = tried(client, tmp_path, ("roster.csv", rows))
    sheet = client.get(address + "/to-correct-0.csv").text.lstrip("\ufeff")
    assert sheet.count("roster.csv row") == 2
    corrected = sheet.replace("ana at x", "ana@x.example").replace("2024-13-01", "2024-12-01").encode("utf-8-sig")
    source = drafts(tmp_path)[0].read("plan")["sources"]["roster.csv"]
    for wrong in (b"Name\nBo\n", corrected.replace(b"roster.csv row", b"other.csv row")):
        data = {"sheet": (io.BytesIO(wrong), "back.csv"), "source": source}
        answer = client.post(address + "/correct", data=data, headers=OWN, content_type="multipart/form-data")
        assert answer.status_code == 422, answer.text
    data = {"sheet": (io.BytesIO(corrected), "back.csv"), "source": source}
    answer = client.post(address + "/correct", data=data, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code == 303
    do(tmp_path, "load")
    outcome = drafts(tmp_path)[0].read("load")["outcomes"][0]
    assert (outcome["rows"], outcome["taken"], outcome["to_correct"]) == (3, 3, 0)
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    claims = store.scan().tables["leaders"].select(["id", "name", "email"]).to_pylist()
    assert imports_folder(tmp_path).exists()
    erase(store, tmp_path, claims[0]["id"])
    assert not imports_folder(tmp_path).exists()  # a file names people in any spelling
    store.close()
    assert sorted((c["name"], c["email"]) for c in claims) == [
        ("Ana Ruiz", "ana@x.example"), ("Bo Li", "bo@x.example"), ("Cy Ono", "cy@x.example"),
    ]  # fmt: skip


def test_the_last_load_is_undone_and_the_map_published_anew(open_client, tmp_path):
    client = open_client(tmp_path)
    for rows in (ROSTER, ROSTER + "Cy Ono,cy@x.example,Dale,Art\n"):
        tried(client, tmp_path, ("roster.csv", rows))
        do(tmp_path, "load")
    page = client.get("/import").text
    assert page.count("Undo run") == 1 and "Undo run 2" in page
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("web.views.import_forms.begin", lambda settings, one, job: None)
        answer = client.post("/import/undo/2", headers=OWN)
    assert answer.status_code == 303
    do(tmp_path, "undo")
    assert "Run 2 of" in client.get(answer.location).text
    assert "Cy Ono" not in client.get("/search?q=Cy").text.split("<main")[1].replace('value="Cy"', "")
    loads = client.get("/import.json").json["imports"]["loads"]
    assert [(load["run"], load["undid"]) for load in loads] == [(3, 2), (2, None), (1, None)]


def test_nothing_is_loaded_untried(open_client, tmp_path):
    client = open_client(tmp_path)
    address = given(client, ("roster.csv", ROSTER))
    answer = client.post(address + "/load", headers=OWN)
    assert answer.status_code == 422 and "try it first" in answer.text


def test_a_process_that_died_is_said_to_have(tmp_path):
    one = new_draft(tmp_path)
    one.write("progress", {"job": "load", "state": "working", "doing": "Loading"})
    assert progress(one).state == "failed" and "ended before it was done" in progress(one).why
    with alone(one.folder / LOCK):
        assert progress(one).state == "working"


def test_two_at_once_and_the_second_is_told(open_client, tmp_path):
    client = open_client(tmp_path)
    address = given(client, ("roster.csv", ROSTER))
    with alone(busy_lock(tmp_path)):
        answer = client.post(address + "/try", data={}, headers=OWN)
        assert answer.status_code == 409 and "under way" in answer.text
        do(tmp_path, "check")
    assert "under way" in client.get(address).text


def test_files_of_one_name_are_told_apart(tmp_path):
    one = new_draft(tmp_path)
    names = [one.add(name, io.BytesIO(b"x")).name for name in ("C:\\a\\list.csv", "list.csv", "", "\u202eevil")]
    assert names == ["list.csv", "list (2).csv", "table", "\\u202eevil"]
    with pytest.raises(InputError):
        one.add("large.csv", io.BytesIO(b"x" * (limits.UPLOAD_BYTES + 1)))
