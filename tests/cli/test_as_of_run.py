"""A past run on the command line: published, asked by the commands that read, and left again."""

import json

from tests.cli.test_undo import ADA, ask, ingest  # noqa: F401 (fixtures)

BO = "Bo Yi,Readers,bo@x.example,Elm"


def content(told: str) -> str:
    """The hash that publishing printed."""
    return told.split("content ")[1].split(",")[0]


def test_a_past_run_is_published_and_asked_and_the_history_goes_on(ask, ingest, tmp_path):  # noqa: F811
    ingest("north", ADA, BO)
    first = content(ask("publish")[1])
    ingest("north", ADA.replace("Ash", "Oak"), BO.replace("Readers", "Writers"))
    second = content(ask("publish")[1])
    found = json.loads(ask("show", "leader", "Ada Obi", "--format", "json", "--as-of-run", "1")[1])
    now = json.loads(ask("show", "leader", "Ada Obi", "--format", "json")[1])
    assert "Ash" in json.dumps(found) and "Oak" not in json.dumps(found) and "Oak" in json.dumps(now)
    assert ask("export", "csv", "-o", str(tmp_path / "then"), "--as-of-run", "1")[0] == 0
    assert "Writers" not in (tmp_path / "then" / "networks.csv").read_text(encoding="utf-8")
    before = ask("changes", "--since", "1")[1]
    assert content(ask("publish", "--as-of-run", "1")[1]) == first
    assert json.loads(ask("status", "--format", "json")[1])["up_to_date"] is False
    assert content(ask("publish")[1]) == second
    assert ask("changes", "--since", "1")[1] == before  # of the days between nothing is lost
    assert len(list((tmp_path / "home" / "published").glob("*/"))) == 1
    assert "there is no run 9" in ask("publish", "--as-of-run", "9")[1]
    assert "there is no run 9" in ask("search", "Ada", "--as-of-run", "9")[1]
