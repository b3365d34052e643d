"""``netofnets consent`` and ``netofnets roster`` as somebody types them."""

import csv
import shutil

import pytest
from click.testing import CliRunner

from netofnets import open_snapshot
from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.cli import netofnets_command
from netofnets.errors import BeingPublished, NotFound
from netofnets.graph.published import Published
from netofnets.graph.withheld import withhold
from netofnets.schema.model import Visibility
from tests.published import roster_copy
from tests.web.test_own_word import ROSTER


@pytest.fixture
def home(tmp_path):
    return roster_copy(ROSTER.replace("Hill School", "=cmd|' /C calc'!A0"), tmp_path)


def run(home, *arguments):
    done = CliRunner().invoke(netofnets_command, [*arguments, "--home", str(home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def ids(home):
    with Published.current(home) as published:
        nodes = published.edition("organizers").snapshot.nodes
        return {row["name"]: row["id"] for k in ("leaders", "networks") for row in nodes[k].to_pylist()}


def people(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_organizer_sets_purposes_on_the_persons_word_and_files_follow(home, tmp_path):
    known = ids(home)
    assert "research: yes" in run(home, "consent", known["Ana Sousa"])
    said = run(home, "consent", known["Ana Sousa"], "research", "no", "--who", "Ana", "--why", "letter of 3 May")
    assert "research: no (Ana, " in said and "text 1; letter of 3 May" in said
    with pytest.raises(BeingPublished):
        run(home, "export", "csv", "-o", str(tmp_path / "early"))
    run(home, "publish")
    run(home, "export", "csv", "-o", str(tmp_path / "out"))
    assert "Ana Sousa" not in (tmp_path / "out" / "leaders.csv").read_text(encoding="utf-8-sig")
    assert open_snapshot(str(home)).snapshot.count("leaders") == 2
    assert open_snapshot(str(home), edition="organizers").snapshot.count("leaders") == 3
    assert known["Ana Sousa"] not in str(open_snapshot(str(home)).table("bridges").to_pylist())
    run(home, "roster", "--network", known["Alpha Readers"], "--for", "organizers", "-o", str(tmp_path / "a.csv"))
    assert [row["name"] for row in people(tmp_path / "a.csv")] == ["Bo Jansen"]
    with pytest.raises(NotFound):
        run(home, "consent", "l" + "a" * 16, "map", "no", "--who", "x")
    assert Visibility.SHARED_NETWORK in run(home, "consent", known["Ana Sousa"])


def test_a_roster_holds_what_whoever_it_is_for_may_see_and_is_noted(home, tmp_path):
    known, accounts = ids(home), open_accounts(home)
    accounts.roll.add("chief@x.example", AccountRole.ORGANIZER, (known["Alpha Readers"],), origin="test")
    accounts.roll.add("bo@x.example", AccountRole.MEMBER, (known["Bo Jansen"],), origin="test")
    path = tmp_path / "roster.csv"

    def written(recipient, network="Alpha Readers"):
        said = run(home, "roster", "--network", known[network], "--for", recipient, "-o", str(path))
        return said, people(path)

    said, rows = written("chief@x.example")
    assert "2 people of Alpha Readers" in said and "only whom, and of each only what" in said
    assert [(row["name"], row["email"], row["role"]) for row in rows] == [
        ("Ana Sousa", "ana@one.example", "facilitator"),
        ("Bo Jansen", "bo@one.example", "member"),
    ]
    assert rows[0]["school"].startswith("'=cmd"), "guarded: no spreadsheet program runs it"
    assert [row["email"] for row in written("bo@x.example")[1]] == ["", "bo@one.example"], (
        "their own, and nobody else's"
    )
    assert written("public")[1] == [] and written("chief@x.example", "Beta Writers")[1][0]["name"] == "Ana Sousa"
    assert accounts.audit.entries(1)[0].what == "export roster" and accounts.audit.check()
    with pytest.raises(NotFound):
        run(home, "roster", "--network", "n" + "a" * 16, "--for", "organizers", "-o", str(path))
    withhold(home, [known["Bo Jansen"]], Visibility.HIDDEN)
    with pytest.raises(BeingPublished):
        written("organizers")
    shutil.copy(path, tmp_path / "again.csv")
    run(tmp_path / "other", "ingest", str(tmp_path / "again.csv"), "--source", "alpha", "--dry-run")
