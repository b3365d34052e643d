"""The queue on the terminal, and what a load says of people who are known already."""

import io
import json

from rich.console import Console

from ingest.report import Report, print_report


def test_the_queue_lists_both_records_why_and_how_to_answer(run):
    queue = json.loads(run("review", "--rows", "0", "--format", "json"))
    assert queue["total"] == len(queue["rows"]) > 20
    first = queue["rows"][0]
    assert first["left"]["node"]["id"] < first["right"]["node"]["id"]
    assert first["reasons"] and first["effect"] and 0.2 <= first["probability"] <= 1
    changes = [row["effect"].startswith("One person fewer") for row in queue["rows"]]
    assert changes == sorted(changes)  # what changes the map comes first
    text = run("review", "--rows", "2")
    assert text.startswith(queue["summary"])
    ids = f"{first['left']['node']['id']} {first['right']['node']['id']}"
    assert f"netofnets judge {ids} same" in text and f"{queue['total'] - 2} more" in text


def said(**values) -> list[str]:
    console = Console(file=io.StringIO(), width=200)
    print_report(Report("s", **values), console)
    return console.file.getvalue().splitlines()[1:]  # type: ignore[attr-defined]


def test_a_load_says_who_was_recognised_and_how_many_may_be():
    assert said(judged={"same": 3}, open=5) == [
        "3 people were recognised, 5 may be known already: netofnets review",
    ]
    assert said(judged={"same": 1}) == ["1 person was recognised."]
    assert said(judged={"same": 2}, dry_run=True) == ["2 people would be recognised."]
    assert said(judged={"unsure": 1}, open=1) == ["1 may be known already: netofnets review"]
    assert said(open_names={"networks": 2, "organizations": 1}) == [
        "2 networks and 1 organization may be known already: netofnets review"
    ]
    assert said(open=1, open_names={"networks": 1})[0].startswith("1 person and 1 network may be known")
    assert said() == []
