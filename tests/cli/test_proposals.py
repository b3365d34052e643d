"""``ingest articles``, ``proposals``, ``accept`` and ``reject``: as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.errors import InputError
from tests.ingest.articles_fixture import ARTICLES, SOURCE


@pytest.fixture
def typed(tmp_path: Path):
    def run(*arguments: str) -> str:
        home = ["--home", str(tmp_path / "home")]
        done = CliRunner().invoke(netofnets_command, [*arguments, *home], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_articles_are_read_listed_and_answered(typed) -> None:
    said = typed("ingest", "articles", str(ARTICLES), "--source", SOURCE)
    assert "kites.md says nearly what kites-again.txt says (9" in said and "% of the shorter one)" in said
    assert "Nothing of this is on the map before somebody accepts it." in said
    assert "kites.md: 25 proposals, 0 new" in typed("ingest", "articles", str(ARTICLES), "--source", SOURCE)
    found = json.loads(typed("proposals", "--format", "json"))
    text = (ARTICLES / "kites.md").read_text(encoding="utf-8")
    for proposal in found:
        for place in proposal["places"]:
            assert place["file"] != "kites.md" or text[place["start"] : place["end"]] == place["quote"]
    amara = next(p for p in found if p["says"] == "Amara Quillfeather: leader")
    assert amara["detector"] == "role" and amara["reason"] == "“teacher” stands before the name"
    assert "netofnets publish" in typed("accept", amara["id"], "--who", "Ana", "--why", "know her")
    typed("reject", next(p["id"] for p in found if p["says"].startswith("Pellworm")), "--who", "Ana")
    assert [p["says"] for p in json.loads(typed("proposals", "--format", "json", "--state", "accepted"))] == [
        amara["says"]
    ]
    assert "Pellworm: mentioned" in typed("proposals", "--state", "rejected", "--kind", "leaders")
    assert "leaders 1" in typed("status")


def test_the_list_says_where_each_stands_and_why(typed) -> None:
    typed("ingest", "articles", str(ARTICLES / "lamps.html"), "--source", SOURCE)
    told = typed("proposals", "--file", "lamps.html")
    assert "Bode Farrow: leader\n    lamps.html, characters " in told
    assert "(role: “teacher” stands before the name)" in told
    assert typed("proposals", "--file", "other.html").startswith("0 proposals.")


def test_a_dry_run_writes_nothing(typed, tmp_path: Path) -> None:
    assert "Nothing was written." in typed("ingest", "articles", str(ARTICLES), "--source", SOURCE, "--dry-run")
    assert not (tmp_path / "home").exists()


def test_tables_are_loaded_as_before_also_from_a_folder_called_articles(
    typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "roster.csv").write_text("name,network\nAna Ruiz,Circle\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in (str(folder / "roster.csv"), "articles", "./articles"):
        assert "1 of 1 rows taken" in typed("ingest", path, "--source", "s")
    assert "FILE" in CliRunner().invoke(netofnets_command, ["ingest", "--help"]).output
    assert "DIR..." in CliRunner().invoke(netofnets_command, ["ingest", "articles", "--help"]).output
    with pytest.raises(InputError, match="no articles"):
        typed("ingest", "articles", str(folder), "--source", "s2")


def test_options_may_stand_before_the_word(typed, tmp_path: Path) -> None:
    first = typed("ingest", "--source", SOURCE, "articles", str(ARTICLES), "--dry-run")
    assert first == typed("ingest", "--dry-run", f"--source={SOURCE}", "articles", str(ARTICLES))
    assert first == typed("ingest", "articles", "--source", SOURCE, str(ARTICLES), "--dry-run") != ""
    assert "kites.md: 25 proposals" in first
    roster = tmp_path / "roster.csv"
    roster.write_text("name,network\nAna Ruiz,Circle\n", encoding="utf-8")
    assert "1 of 1 rows taken" in typed("ingest", "--source", "articles", str(roster))  # a source of that name
