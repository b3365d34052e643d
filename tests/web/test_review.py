"""The queue in the browser: answers by form, kept with a name, taken back on demand, shown to organizers only."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.publish import publish
from netofnets.schema.identifiers import record_id
from netofnets.schema.model import Visibility
from netofnets.schema.proposals import proposals
from netofnets.schema.records import Verdict, VisibilityChoice
from netofnets.schema.topics import PROPOSAL
from netofnets.store import open_store
from tests.ingest.articles_fixture import ARTICLES, SOURCE
from tests.published import copy_of
from tests.store.statements import a_roster, leader, link, load, node
from tests.store.test_recognised import NORTH, SOUTH, take
from tests.store.test_spelled import roster

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_of(_north_and_south, tmp_path)


def _north_and_south(home: Path) -> None:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    take(store, home, "north", NORTH)
    take(store, home, "south", SOUTH.replace("Fatima Chaudhary", "Fatima <b>Chaudhary"))
    publish(store, home)
    store.close()


def asked(client) -> list[tuple[str, str]]:
    rows = client.get("/review.json").json["queue"]["rows"]
    return [(row["left"]["node"]["id"], row["right"]["node"]["id"]) for row in rows]


def log(home: Path):
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.judgements(), store.status().counts["leaders"]
    finally:
        store.close()


def answer(client, pair: tuple[str, str], verdict: str, path: str = "/review"):
    sent = {"left": pair[0], "right": pair[1], "verdict": verdict, "who": "Ann"}
    return client.post(path, data=sent, headers=OWN)


def test_eight_answers_make_eight_people(open_client, book) -> None:
    client = open_client(book)
    page = client.get("/review")
    assert page.headers["Cache-Control"] == "no-store" and page.text.count("data-question") == 8
    assert "Fatima &lt;b&gt;Chaudhary" in page.text and "the same school" in page.text
    for left in range(8, 0, -1):
        pairs = asked(client)
        assert len(pairs) == left
        sent = answer(client, pairs[0], "same")
        assert sent.status_code == 303 and sent.location.startswith("/review?who=Ann&said=")
    assert "data-question" not in client.get("/review").text
    judgements, people = log(book)
    assert people == 8 and {(j.verdict, j.who) for j in judgements} == {(Verdict.SAME, "Ann")}


def test_pages_whose_figures_hang_on_open_questions_say_so(open_client, book) -> None:
    client = open_client(book)
    task = client.get("/index.json").json["week"][0]
    assert task["href"] == "/review" and task["why"].startswith("8 pairs of records in different networks")
    for page in ("/bridges", "/overlap"):
        assert client.get(page + ".json").json["report"]["questions"] == task["why"]


def test_an_answer_is_taken_back_and_asked_again_first_and_later_goes_last(open_client, book) -> None:
    client = open_client(book)
    first, second, *rest = asked(client)
    answer(client, first, "different")
    assert asked(client) == [second, *rest]
    assert "Last answer: two people" in client.get("/review").text
    back = answer(client, first, "", "/review/undo")
    assert back.status_code == 303 and f"left={first[0]}" in back.location
    shown = client.get(back.location)
    assert "The answer is taken back" in shown.text
    assert shown.text.index(f'data-left="{first[0]}"') < shown.text.index(f'data-left="{second[0]}"')
    answer(client, second, "unsure")
    assert asked(client) == [*rest, first, second]
    assert log(book)[1] == 16


def test_a_form_of_nobody_or_about_nobody_changes_nothing(open_client, book) -> None:
    client = open_client(book)
    pair = asked(client)[0]
    sent = client.post(
        "/review", data={"left": pair[0], "right": "lnobody", "verdict": "same", "who": "Ann"}, headers=OWN
    )
    assert sent.status_code == 422 and "Nothing was changed" in sent.text
    sent = client.post("/review", data={"left": pair[0], "right": pair[1], "verdict": "same", "who": " "}, headers=OWN)
    assert sent.status_code == 422 and log(book)[0] == ()


def test_networks_and_organizations_are_asked_about_in_their_own_words(open_client, tmp_path) -> None:
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    load(store, "north", roster("north", "TeachMeet <b>Leeds", "Open Fund"))
    load(store, "south", roster("south", "Teach-Meet <b>Leeds", "Open Fund."))
    publish(store, tmp_path)
    store.close()
    client = open_client(tmp_path)
    page = client.get("/review").text
    assert page.count("data-question") == 2 and "% likely" not in page and "<b>Leeds" not in page
    assert "Two networks <kbd>" in page and "One organization <kbd>" in page and "2 members" in page
    for address in ("/overlap", "/bridges"):
        said = client.get(address).text
        assert "1 pair of networks may be one under two spellings and stands as two here" in said
    networks, organizations = asked(client)
    assert "They are one network now" in client.get(answer(client, networks, "same").location).text
    assert "Last answer: one network, by" in client.get("/review").text
    assert "They are two organizations" in client.get(answer(client, organizations, "different").location).text
    assert asked(client) == []
    assert "one of the networks" in answer(client, (networks[0], organizations[0]), "same").text


def test_strangers_see_no_question_and_answer_none(open_client, book) -> None:
    stranger = open_client(book, viewer="anonymous")
    pair = asked(open_client(book))[0]
    page = stranger.get("/review")
    assert "Only organizers are asked" in page.text and "Chaudhary" not in page.text
    assert asked(stranger) == []
    assert answer(stranger, pair, "same").status_code == 404


@pytest.fixture
def read_book(tmp_path: Path) -> Path:
    """Two made-up articles, read after a roster that has somebody of the same name; no answer yet."""
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    amara = leader("north", "P1", "Amara Quillfeather", school="Hill School")
    load(store, "north", [amara, *(o for o in a_roster("north") if o.kind != "leaders" and not o.from_id)])
    publish(store, tmp_path)
    store.close()
    done = CliRunner().invoke(
        netofnets_command,
        ["ingest", "articles", str(ARTICLES), "--source", SOURCE, "--home", str(tmp_path)],
        catch_exceptions=False,
    )
    assert done.exit_code == 0, done.output
    return tmp_path


def proposed(client) -> list[dict]:
    return client.get("/review.json?what=articles").json["queue"]["rows"]


def say(client, proposal: dict, said: str, path: str = "/review/articles", **more: str):
    sent = {"first": proposal["id"], "answer": said, "who": "Ann", **more}
    return client.post(path, data=sent, headers=OWN)


def counts(home: Path) -> dict[str, int]:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return dict(store.status().counts)
    finally:
        store.close()


def test_what_articles_say_is_accepted_with_its_quote_and_taken_back(open_client, read_book) -> None:
    client, before = open_client(read_book), counts(read_book)
    page = client.get("/review?what=articles")
    assert page.headers["Cache-Control"] == "no-store" and "nothing of them is on the map" in page.text
    rows = client.get("/review.json?what=articles").json["queue"]
    amara = next(row for row in rows["rows"] if row["says"] == "Amara Quillfeather: leader")
    quote = amara["quotes"][0]
    text = (ARTICLES / quote["file"]).read_text(encoding="utf-8")
    assert quote["before"] + quote["mention"] + quote["after"] == text[quote["start"] : quote["end"]]
    assert "Amara Quillfeather" in quote["mention"] and [k["name"] for k in amara["known"]] == ["Amara Quillfeather"]
    assert f"<mark>{quote['mention']}</mark>" in page.text
    sent = say(client, amara, "accepted", same_as=amara["known"][0]["id"])
    assert sent.status_code == 303 and sent.location.startswith("/review?what=articles&who=Ann&said=")
    assert "Accepted: Amara Quillfeather: leader" in client.get(sent.location).text
    assert counts(read_book) == before  # she is one with whom the map has, and nobody else came in
    assert amara["id"] not in [row["id"] for row in proposed(client)]
    back = say(client, amara, "", "/review/articles/undo")
    assert f"first={amara['id']}" in back.location
    shown = client.get(back.location).text
    assert "Taken back: Amara" in shown and shown.index(amara["id"]) == shown.index('data-first="') + 12
    store = open_store(f"sqlite:{read_book / 'netofnets.sqlite'}")
    assert [j.verdict for j in store.judgements()] == [Verdict.SAME, Verdict.UNSURE]
    store.close()
    say(client, amara, "accepted")
    assert counts(read_book)["leaders"] == before["leaders"] + 1  # now she is another one


def test_later_goes_last_rejected_does_not_come_back_and_a_tie_waits_for_its_ends(open_client, read_book) -> None:
    client = open_client(read_book)
    first, second, *_ = proposed(client)
    say(client, first, "open")
    assert proposed(client)[0]["id"] == second["id"]
    say(client, second, "rejected")
    assert second["id"] not in [row["id"] for row in proposed(client)]
    assert "Last answer: rejected, by <bdi>Ann</bdi>" in client.get("/review?what=articles").text
    store = open_store(f"sqlite:{read_book / 'netofnets.sqlite'}")
    tie = next(i for i, p in proposals(store.decisions(PROPOSAL)).items() if p.kind == "affiliations")
    store.close()
    sent = say(client, {"id": tie}, "accepted")
    assert sent.status_code == 422 and "nobody has accepted" in sent.text


def test_whoever_is_hidden_is_quoted_to_nobody(open_client, read_book) -> None:
    client = open_client(read_book)
    with_her = client.get("/review.json?what=articles").json["queue"]["total"]
    store = open_store(f"sqlite:{read_book / 'netofnets.sqlite'}")
    store.choose([VisibilityChoice(record_id("leaders", "north", "P1"), Visibility.HIDDEN, "the person", "")])
    store.close()
    assert "Amara" not in client.get("/review?what=articles").text
    assert client.get("/review.json?what=articles").json["queue"]["total"] < with_her
    stranger = open_client(read_book, viewer="anonymous")
    page = stranger.get("/review?what=articles")
    assert "Only organizers" in page.text and "data-question" not in page.text
    assert say(stranger, {"id": "p"}, "accepted").status_code == 404


def test_an_interest_is_said_to_be_a_concept_left_alone_or_taken_back(open_client, tmp_path) -> None:
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    person = leader("north", "P1", "Ana")
    tags = [node("interests", "north", key, name=key) for key in ("reading with parents", "zzyx quux")]
    load(store, "north", [person, *tags, *(link("leader_interests", person, t, "seeks", mode="seeks") for t in tags)])
    publish(store, tmp_path)
    store.close()
    client = open_client(tmp_path)
    rows = client.get("/review.json?what=interests").json["queue"]["rows"]
    assert {row["interest"]["name"] for row in rows} == {"reading with parents", "zzyx quux"}
    one, other = rows
    assert one["people"] == 1 and len(one["near"]) == 5
    sent = {"first": one["interest"]["id"], "concept": one["near"][0], "another": "", "who": "Ann"}
    done = client.post("/review/interests", data=sent, headers=OWN)
    assert f"It belongs to {one['near'][0]}." in client.get(done.location).text
    client.post("/review/interests", data={**sent, "first": other["interest"]["id"], "concept": ""}, headers=OWN)
    assert client.get("/review.json?what=interests").json["queue"] | {"rows": []} == {
        "summary": "No interest is asked about; 2 interests have a sure concept.",
        "rows": [],
        "total": 0,
        "sure": 2,
    }
    wrong = client.post("/review/interests", data={**sent, "another": "no such concept"}, headers=OWN)
    assert wrong.status_code == 422 and "no vocabulary has" in wrong.text
    client.post("/review/interests/undo", data={**sent, "first": other["interest"]["id"]}, headers=OWN)
    assert client.get("/review.json?what=interests").json["queue"]["total"] == 1
    mapped = client.post("/review/interests/map", data={"who": "Ann"}, headers=OWN)
    assert "1 interest belongs to its concept now" in client.get(mapped.location).text
    assert counts(tmp_path)["broader_interests"] == 1
    assert "Only organizers" in open_client(tmp_path, viewer="anonymous").get("/review?what=interests").text
