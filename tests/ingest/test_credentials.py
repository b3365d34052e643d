"""Credentials: from a column of a roster, from tables of their own, across sources, with issuer and days."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Loaded, Options, load
from netofnets.errors import MappingError
from netofnets.store import open_store
from netofnets.store.base import Store

ROSTER = """Name,Mail,Net,Badges,From,Earned,Until
Ada Obi,ada@x.example,Rural,Coaching; Facilitating,Hill College,2023-05-01,2028-05-01
Li Wei,li@x.example,Rural,Coaching,Lake Board,,
Bo Ek,bo@x.example,Rural,,Lake Board,,
Bo Ek,bo@x.example,Urban,Coaching,,,
"""
MAPPING = """
[namespaces]
organizations = "shared"
credentials = "shared"
[[tables]]
file = "roster.csv"
is = "roster"
[tables.columns]
name = "Name"
email = "Mail"
network = "Net"
credentials = { from = "Badges", split = ";" }
credential_issuer = "From"
credential_earned = "Earned"
credential_expires = "Until"
"""


def ingest(store: Store, folder: Path, mapping: str = MAPPING, source: str = "a", **texts: str) -> Loaded:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load(store, [folder], Options(source, parse_mapping(mapping) if mapping else None))


def held(store: Store) -> set[tuple[str, str, tuple[str, ...], str | None, str | None]]:
    """Who holds what, issued by whom, from when to when."""
    tables = store.scan().tables
    names = {row["id"]: row["name"] for kind in tables for row in tables[kind].to_pylist() if row.get("name")}
    issuers: dict[str, list[str]] = {}
    for row in tables["credential_issuers"].to_pylist():
        issuers.setdefault(row["from_id"], []).append(names[row["to_id"]])
    return {
        (names[r["from_id"]], names[r["to_id"]], tuple(issuers.get(r["to_id"], ())), r["start"], r["end"])
        for r in tables["leader_credentials"].to_pylist()
    }


def test_a_column_of_a_roster_states_credentials_with_issuer_and_days(tmp_path: Path) -> None:
    store = open_store("memory:")
    report = ingest(store, tmp_path / "in", roster=ROSTER).report
    assert report.quarantined == []
    assert held(store) == {
        ("Ada Obi", "Coaching", ("Hill College",), "2023-05-01", "2028-05-01"),
        ("Ada Obi", "Facilitating", ("Hill College",), "2023-05-01", "2028-05-01"),
        ("Li Wei", "Coaching", ("Lake Board",), None, None),
        ("Bo Ek", "Coaching", (), None, None),
    }
    # One name from two issuers, and once from nobody known: three credentials.
    assert sorted(store.scan().tables["credentials"]["name"].to_pylist()) == ["Coaching"] * 3 + ["Facilitating"]


def test_a_credential_cannot_end_before_it_was_earned(tmp_path: Path) -> None:
    store = open_store("memory:")
    (problem,) = ingest(store, tmp_path / "in", roster=ROSTER.replace("2028", "2018")).report.quarantined
    assert (problem.code, problem.column) == ("dates_reversed", "Until")


def test_tables_of_their_own_need_no_mapping(tmp_path: Path) -> None:
    store = open_store("memory:")
    ingest(
        store,
        tmp_path / "in",
        "",
        leaders="id,name,email\n1,Ada Obi,ada@x.example\n",
        credentials="id,name,about,url,issuer\nc1,Coaching,Three cycles.,hill.example/c1,Hill College\n",
        leader_credentials="leader_id,credential_id,start,end\n1,c1,2023-05-01,\n1,c1,2018-05-01,2023-04-30\n",
    )
    assert held(store) == {
        ("Ada Obi", "Coaching", ("Hill College",), "2023-05-01", None),
        ("Ada Obi", "Coaching", ("Hill College",), "2018-05-01", "2023-04-30"),
    }
    (row,) = store.scan().tables["credentials"].to_pylist()
    assert (row["about"], row["url"]) == ("Three cycles.", "https://hill.example/c1")


def test_sources_that_share_names_mean_one_credential_and_one_issuer(tmp_path: Path) -> None:
    store = open_store("memory:")
    for source in ("a", "b"):
        ingest(store, tmp_path / source, source=source, roster=ROSTER)
    tables = store.scan().tables
    assert tables["credentials"].num_rows == 4 and tables["organizations"].num_rows == 2
    separate = "\n".join(line for line in MAPPING.splitlines() if "shared" not in line)
    ingest(store, tmp_path / "c", separate, source="c", roster=ROSTER)
    assert store.scan().tables["credentials"].num_rows == 8


def test_credentials_are_not_shared_without_their_issuers() -> None:
    with pytest.raises(MappingError, match=r"namespaces\.credentials: .*add organizations"):
        parse_mapping(MAPPING.replace('organizations = "shared"', ""))
