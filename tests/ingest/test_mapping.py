"""Mapping files: every recipe, and messages that say what to correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import load_mapping, parse_mapping
from ingest.pipeline import Options, load
from netofnets.errors import InputError, MappingError
from netofnets.store import open_store
from netofnets.store.base import Facts

HEAD = '[[tables]]\nfile = "*.csv"\nis = "roster"\n'


def loaded(tmp_path: Path, text: str | bytes, mapping: str, name: str = "sheet.csv") -> tuple[Facts, list]:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    store = open_store("memory:")
    report = load(store, [file], Options("s", parse_mapping(mapping))).report
    return store.scan(), report.quarantined


def test_recipes_make_one_cell_of_several(tmp_path: Path) -> None:
    sheet = (
        "First;Last;Home mail;Work mail;Tags;Boss;Since;Web;Status\n"
        "Ada;Obi;a@home.example;;reading, writing;1;01.09.2020;Link: https://a.example/x;active\n"
        "Bo;;;MAILTO:bo@work.example;n/a;0;;;left\n"
        ";Ode;;;Reading;;;;Active\n"
    )
    mapping = (
        HEAD
        + """date_format = "%d.%m.%Y"
empty = ["n/a"]
where = { Status = ["active"] }
ignore = ["*"]
[tables.columns]
name = { join = ["First", "Last"] }
email = { first_of = ["Work mail", "Home mail"], strip_prefix = "mailto:" }
interests = { from = "Tags", split = [",", ";"] }
role = { from = "Boss", values = { "1" = "chair", "0" = "member" }, other = "empty" }
start = "Since"
url = { from = "Web", strip_prefix = "link:" }
about = { template = "{First} of {Last}" }
[tables.constants]
network = "Readers"
role = "member"
"""
    )
    facts, quarantined = loaded(tmp_path, sheet, mapping)
    people = {p["name"]: p for p in facts.tables["leaders"].to_pylist()}
    assert quarantined == [] and set(people) == {"Ada Obi", "Ode"}
    assert people["Ada Obi"]["email"] == "a@home.example"
    assert (people["Ada Obi"]["url"], people["Ada Obi"]["about"]) == ("https://a.example/x", "Ada of Obi")
    roles = sorted((m["role"], m["start"]) for m in facts.tables["memberships"].to_pylist())
    assert roles == [("chair", "2020-09-01"), ("member", None)]
    assert sorted(i["name"].casefold() for i in facts.tables["interests"].to_pylist()) == ["reading", "writing"]


def test_names_can_be_turned_round_and_encodings_named(tmp_path: Path) -> None:
    sheet = 'title line\nname,net\n"Ñuñez, José",N\n'.encode("cp1252")
    mapping = (
        HEAD + 'encoding = "cp1252"\nskip_lines = 1\n[tables.columns]\n'
        'network = "NET"\nname = { from = "name", swap_at = "," }\n'
    )
    facts, _ = loaded(tmp_path, sheet, mapping)
    assert facts.tables["leaders"]["name"].to_pylist() == ["José Ñuñez"]


def test_events_are_combined_with_count_first_and_last(tmp_path: Path) -> None:
    people = HEAD.replace("*.csv", "events.csv").replace("roster", "leaders")
    people += '[tables.columns]\nid = "from"\nname = "from"\n'
    ties = '[[tables]]\nfile = "events.csv"\nis = "collaborations"\nrows = "events"\n'
    ties += '[tables.columns]\nleader_id = "from"\nother_leader_id = "to"\ndate = "day"\ncount = "n"\n'
    sheet = "from,to,day,n\nA,B,2024-03-01,2\nA,B,2024-01-01,\nA,B,2024-01-01,\nB,A,,\n"
    facts, quarantined = loaded(tmp_path, sheet, people + ties, "events.csv")
    found = sorted((t["count"], t["first"], t["last"]) for t in facts.tables["collaborations"].to_pylist())
    assert quarantined == [] and found == [(1, None, None), (4, "2024-01-01", "2024-03-01")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"tables: write at least one"),
        ("tables = 3", r"tables: write"),
        ('[[tables]]\nfile = "a"\n', r"tables\[1\]\.is: this key is needed"),
        ('[[tables]]\nis = "roster"\n', r"tables\[1\]"),
        (HEAD.replace("roster", "rooster"), r"tables\[1\]\.is: .*did you mean 'roster'"),
        (HEAD + 'encodign = "x"\n', r"tables\[1\]\.encodign: .*did you mean 'encoding'"),
        (HEAD + '[tables.columns]\nemial = "x"\n', r"tables\[1\]\.columns\.emial: .*did you mean 'email'"),
        (HEAD + '[tables.columns]\nrole = "x"\n', r"tables\[1\]\.columns: a roster table needs"),
        (HEAD + '[tables.columns]\nname = { form = "x" }\n', r"columns\.name\.form: .*did you mean 'from'"),
        (HEAD + '[tables.columns]\nname = { split = ";" }\n', r"columns\.name: say exactly one of"),
        (HEAD + '[tables.columns]\nname = { template = "x" }\n', r"columns\.name\.template: write headers in braces"),
        (HEAD + '[tables.columns]\nname = "x"\nvisibility = "y"\n', r"visibility: who may see what is never"),
        (HEAD + '[tables.columns]\nname = { from = "x", other = "drop" }\n', r"name\.other: 'drop' is not one of"),
        (HEAD + "skip_lines = -1\n[tables.columns]\nname = 'x'\n", r"skip_lines: a whole number"),
        ('[namespaces]\ninterests = "x"\n' + HEAD, r"namespaces\.interests"),
        ("[[tables]", r"not valid TOML"),
    ],
)
def test_a_wrong_mapping_names_the_table_and_key(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=says):
        parse_mapping(text, "m.toml")


def test_a_header_that_is_not_there_is_answered_with_the_closest(tmp_path: Path) -> None:
    mapping = HEAD + '[tables.columns]\nname = "Full nam"\nnetwork = "N"\n'
    with pytest.raises(InputError, match="did you mean 'Full name'") as refused:
        loaded(tmp_path, "Full name,N\nAda,n\n", mapping)
    assert refused.value.code == "missing_column"


def test_a_pattern_that_matches_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        MappingError, match=r"tables\[1\]\.file: no file of this batch matches 'sheep.csv'.*'sheet.csv'"
    ):
        loaded(tmp_path, "a\n", HEAD.replace("*.csv", "sheep.csv") + '[tables.columns]\nname = "a"\n')


def test_two_headers_of_one_name_are_refused_when_one_is_needed(tmp_path: Path) -> None:
    mapping = HEAD + '[tables.columns]\nname = "name"\nnetwork = "n"\n'
    with pytest.raises(InputError) as refused:
        loaded(tmp_path, "name,name,n\nAda,Obi,x\n", mapping)
    assert refused.value.code == "duplicate_header"


def test_the_mappings_that_come_with_the_project_are_valid() -> None:
    folder = Path(__file__).resolve().parents[2] / "examples"
    files = sorted(folder.rglob("*.toml"))
    assert files
    for file in files:
        assert load_mapping(file).tables


@pytest.mark.parametrize("page", ["docs/mapping.md", "docs/ingest.md", "README.md"])
def test_every_mapping_in_the_documentation_is_valid(page: str) -> None:
    text = (Path(__file__).resolve().parents[2] / page).read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in text.split("```toml\n")[1:]]
    assert blocks
    for block in blocks:
        if "[[tables]]" in block:
            assert parse_mapping(block).tables
