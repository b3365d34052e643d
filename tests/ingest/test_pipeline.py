"""One load from end to end: what a source says, says again, corrects and withdraws."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pyarrow.compute as pc
import pytest

from netofnets.errors import InputError
from netofnets.schema.identifiers import fold
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.ingest.loads import ROSTER, files, ingest, names


def test_a_roster_states_people_networks_memberships_and_interests(store: Store, tmp_path: Path) -> None:
    report = ingest(store, files(tmp_path / "in", roster=ROSTER)).report
    facts = store.scan()
    assert report.exit_code == 0 and report.warnings == []
    assert names(store, "leaders") == ["Ada Obi", "Li Wei"]
    assert names(store, "networks") == ["City Coders", "Rural Readers"]
    spells = {(m["role"], m["start"], m["end"]) for m in facts.tables["memberships"].to_pylist()}
    assert spells == {("chair", "2020-09-01", None), ("member", "2021-01-01", "2023-06-30"), ("member", None, None)}
    learning = [i for i in facts.tables["interests"].to_pylist() if "earning" in i["name"]]
    assert len(learning) == 1 and {learning[0]["name"], *learning[0]["aliases"]} == {
        "Project-Based Learning",
        "project based learning",
    }


def test_the_same_file_twice_changes_nothing_and_one_changed_cell_is_one_update(store: Store, tmp_path: Path) -> None:
    folder = files(tmp_path / "in", roster=ROSTER)
    first = ingest(store, folder).report
    second = ingest(store, folder).report
    assert (second.created, second.updated, second.gone, second.unchanged) == (0, 0, 0, first.created)
    third = ingest(store, files(folder, roster=ROSTER.replace("North High", "East High"))).report
    assert (third.created, third.updated, third.gone) == (0, 1, 0)


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    header, *rows = ROSTER.splitlines()
    scans = []
    for i, order in enumerate((rows, rows[::-1])):
        store = open_store("memory:")
        ingest(store, files(tmp_path / str(i), roster="\n".join([header, *order]) + "\n"))
        tables = store.scan().tables
        scans.append({kind: sorted(map(str, table.to_pylist())) for kind, table in tables.items()})
    assert scans[0] == scans[1]


def test_a_sweep_takes_only_what_the_source_itself_said(store: Store, tmp_path: Path) -> None:
    ingest(store, files(tmp_path / "a", roster=ROSTER), "a")
    ingest(store, files(tmp_path / "b", roster=ROSTER), "b")
    assert len(names(store, "leaders")) == 2  # same address and name: recognised
    header, first, *_ = ROSTER.splitlines()
    ingest(store, files(tmp_path / "a", roster=f"{header}\n{first}\n"), "a", allow_shrink=True)
    assert names(store, "leaders") == ["Ada Obi", "Li Wei"]
    ingest(store, files(tmp_path / "b", roster=f"{header}\n{first}\n"), "b", allow_shrink=True)
    assert names(store, "leaders") == ["Ada Obi"]


def test_a_dry_run_writes_nothing(store: Store, tmp_path: Path) -> None:
    report = ingest(store, files(tmp_path / "in", roster=ROSTER), dry_run=True).report
    assert report.created > 0 and not any(store.status().counts.values()) and store.runs() == ()


def test_bad_rows_wait_and_the_rest_is_loaded(store: Store, tmp_path: Path) -> None:
    bad = ROSTER + "3,,bo@x.example,,,n1,Rural Readers,,,\n4,Cy,,,,n1,Rural Readers,,,2024-02-30\n"
    loaded = ingest(store, files(tmp_path / "in", roster=bad), keep_rows=True)
    assert loaded.report.exit_code == 3
    assert [(p.row, p.line, p.column, p.code) for p in loaded.report.quarantined] == [
        (5, 5, "name", "missing_name"),
        (6, 6, "end", "invalid_date"),  # without it the membership would still be going on
    ]
    assert [row.cells[:2] for row in loaded.to_correct] == [("3", ""), ("4", "Cy")]
    assert names(store, "leaders") == ["Ada Obi", "Li Wei"]


def test_a_bad_cell_that_the_row_can_do_without_costs_itself_alone(store: Store, tmp_path: Path) -> None:
    bad = ROSTER + "3,Bo,not-an-address,,,n1,Rural Readers,,,\n4,Cy,,,,n1,Rural Readers,,2024-02-30,\n"
    loaded = ingest(store, files(tmp_path / "in", roster=bad), keep_rows=True)
    report = loaded.report
    assert (report.exit_code, report.rows, report.rows_ok, report.rows_in_part) == (3, 5, 3, 2)
    assert report.quarantined == []
    assert [(p.row, p.column, p.code) for p in report.cells] == [
        (5, "email", "invalid_email"),
        (6, "start", "invalid_date"),
    ]
    assert names(store, "leaders") == ["Ada Obi", "Bo", "Cy", "Li Wei"]
    assert [(row.cells[1], row.problems[0].code) for row in loaded.to_correct] == [
        ("Bo", "invalid_email"),
        ("Cy", "invalid_date"),
    ]
    assert {p.column for p in report.cells} == {"email", "start"}


def test_a_column_that_is_bad_throughout_refuses_the_file_until_somebody_insists(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"{i},Person {i},person{i} at x.example,n,Net\n" for i in range(60))
    folder = files(tmp_path / "in", roster="leader_id,name,email,network_id,network\n" + rows)
    with pytest.raises(InputError, match="60 x invalid_email 'email'.*Correct the address") as refused:
        ingest(store, folder)
    assert refused.value.code == "too_many_bad_cells" and str(refused.value).count("invalid_email") == 1
    report = ingest(store, folder, accept_bad=True).report
    assert (report.rows_in_part, len(names(store, "leaders"))) == (60, 60)


def test_a_share_of_bad_rows_refuses_the_file_until_somebody_insists(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"{i},{'' if i % 2 else f'Person {i}'},n,Net\n" for i in range(60))
    folder = files(tmp_path / "in", roster="leader_id,name,network_id,network\n" + rows)
    with pytest.raises(InputError, match="--accept-bad-rows") as refused:
        ingest(store, folder)
    assert refused.value.code == "too_many_bad_rows" and str(refused.value).count("missing_name") == 1
    report = ingest(store, folder, accept_bad=True).report
    assert (report.rows_ok, len(report.quarantined), report.exit_code) == (30, 30, 3)


def test_nothing_of_a_batch_is_loaded_when_one_file_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        ingest(store, files(tmp_path / "in", roster=ROSTER, partnerships="nom,parent\nx,y\n"))
    assert refused.value.code == "missing_column" and not any(store.status().counts.values())


def test_tables_refer_to_each_other_by_id_address_or_name(store: Store, tmp_path: Path) -> None:
    folder = files(
        tmp_path / "in",
        leaders="id,name,email\n1,Ada Obi,ada@school.example\n2,Li Wei,\n",
        networks="id,name,kind\nn1,Rural Readers,association\n",
        organizations="id,name\no1,Hill School\n",
        memberships="leader_email,network,role\nADA@school.example,rural readers,chair\nno@x.example,Rural Readers,\n",
        partnerships="network_id,organization,role\nn1,Hill School,hosting\n",
        collaborations="leader_id,other_leader,kind,count\n1,Li Wei,mentors,2\n",
        network_focuses="network_id,interest\nn1,reading; writing\n",
    )
    report = ingest(store, folder).report
    tables = store.scan().tables
    assert [(p.file, p.row, p.code) for p in report.quarantined] == [("memberships.csv", 3, "unknown_person")]
    assert len(tables["memberships"]) == len(tables["partnerships"]) == len(tables["collaborations"]) == 1
    assert names(store, "interests") == ["reading", "writing"] and len(tables["network_focuses"]) == 2


def test_a_shared_namespace_lets_one_source_point_at_the_networks_of_another(store: Store, tmp_path: Path) -> None:
    shared = '[namespaces]\nnetworks = "registry"\n'
    networks = shared + '[[tables]]\nfile = "*"\nis = "networks"\n[tables.columns]\nid = "id"\nname = "name"\n'
    roster = shared + '[[tables]]\nfile = "*"\nis = "roster"\n[tables.columns]\nname = "who"\nnetwork_id = "net"\n'
    ingest(store, files(tmp_path / "r", networks="id,name\nn1,Rural Readers\n"), "registry", networks)
    report = ingest(store, files(tmp_path / "p", people="who,net\nAda Obi,n1\nBo Yi,n9\n"), "people", roster).report
    assert [(p.row, p.code) for p in report.quarantined] == [(3, "unknown_network")]
    assert names(store, "networks") == ["Rural Readers"] and len(store.scan().tables["memberships"]) == 1


def test_people_without_ids_are_told_apart_by_address_else_by_name_and_school(store: Store, tmp_path: Path) -> None:
    people = (
        "name,email,school,network\n"
        "Ada Obi,ada@a.example,North High,N\n"
        "Ada Obi,,North High,M\n"  # the same: the only one of that name and school has an address
        "Ada Obi,,South High,N\n"  # another
        "Bo Yi,bo@a.example,West High,N\n"
        "Bo Yi,yi@b.example,West High,N\n"  # one person or two? nobody can know
    )
    report = ingest(store, files(tmp_path / "in", roster=people)).report
    assert [(p.row, p.code) for p in report.quarantined] == [(5, "ambiguous_person"), (6, "ambiguous_person")]
    assert names(store, "leaders") == ["Ada Obi", "Ada Obi"]
    assert not any("@" in local_id for local_id in store.scan().claims["local_id"].to_pylist())


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = files(tmp_path / "in", roster=ROSTER)
    store = open_store("memory:")

    def meddle(rows: int) -> None:
        with (folder / "roster.csv").open("a", encoding="utf-8") as stream:
            stream.write("9,New,,,,n1,Rural Readers,,,\n")

    with pytest.raises(InputError) as refused:
        ingest(store, folder, tick=meddle)
    assert refused.value.code == "changed_while_reading" and not any(store.status().counts.values())


def test_two_roles_in_one_spell_are_both_kept_and_told(store: Store, tmp_path: Path) -> None:
    spells_of_ada = "1,Ada,N,chair,2020-01-01\n1,Ada,N,treasurer,2020-01-01\n1,Ada,N,,2022-01-01\n"
    roster = "leader_id,name,network,role,start\n" + spells_of_ada
    report = ingest(store, files(tmp_path / "in", roster=roster)).report
    spells = [(m["role"], m["start"]) for m in store.scan().tables["memberships"].to_pylist()]
    assert sorted(spells, key=str) == [("chair; treasurer", "2020-01-01"), (None, "2022-01-01")]
    assert {w.code for w in report.warnings} == {"roles_combined", "overlapping_interval"}


def test_rows_of_one_person_are_combined_and_contradictions_told(store: Store, tmp_path: Path) -> None:
    roster = (
        "leader_id,name,school,country,network\n1,Ada Obi,North High,,N\n1,A. Obi,North High,PT,M\n1,Ada Obi,East,,K\n"
        "2,Bo Yi,,,N\n2,Cy Ode,,,M\n"
    )
    report = ingest(store, files(tmp_path / "in", roster=roster)).report
    people = store.scan().tables["leaders"].to_pylist()
    assert [(p["name"], p["school"], p["country"]) for p in people] == [("Ada Obi", "North High", "PT")]
    assert [(p.row, p.code) for p in report.quarantined] == [(5, "conflicting_duplicate"), (6, "conflicting_duplicate")]
    assert {w.column for w in report.warnings if w.code == "differing_values"} == {"name", "school"}


@pytest.mark.parametrize("schools", sorted(set(itertools.permutations(("Zeal High", "Zeal High", "Ash School")))))
def test_what_most_rows_say_is_taken_whichever_comes_first(
    schools: tuple[str, ...], store: Store, tmp_path: Path
) -> None:
    rows = "".join(f"1,Ada,{school},{network}\n" for school, network in zip(schools, "NMK", strict=True))
    ingest(store, files(tmp_path / "in", roster="leader_id,name,school,network\n" + rows))
    assert store.scan().tables["leaders"]["school"].to_pylist() == ["Zeal High"]


def test_a_hidden_column_of_consent_is_never_taken(store: Store, tmp_path: Path) -> None:
    report = ingest(store, files(tmp_path / "in", roster="name,network,visibility,consent\nAda,N,public,yes\n")).report
    assert [w.column for w in report.warnings if w.code == "unknown_column"] == ["visibility", "consent"]
    assert store.scan().choices == ()


def test_organizations_of_one_name_in_several_places_are_several(store: Store, tmp_path: Path) -> None:
    table = "name,place\nUnion College,Kentucky\nUnion College,Nebraska\nBeloit College,Wisconsin\nBeloit College,\n"
    report = ingest(store, files(tmp_path / "in", organizations=table)).report
    assert report.quarantined == []
    rows = store.scan().tables["organizations"].to_pylist()
    assert sorted((r["name"], r["place"]) for r in rows) == [
        ("Beloit College", "Wisconsin"),
        ("Union College", "Kentucky"),
        ("Union College", "Nebraska"),
    ]


def test_none_of_the_shared_names_of_institutions_is_joined(store: Store, tmp_path: Path, shared_data: Path) -> None:
    lines = (shared_data / "institutions" / "ipeds-2022-names.csv").read_text(encoding="utf-8").splitlines()
    renamed = "\n".join(["id,name,place", *lines[1:]])
    ingest(store, files(tmp_path / "in", organizations=renamed), "register")
    without_ids = "\n".join(["name,place", *(line.partition(",")[2] for line in lines[1:])])
    ingest(store, files(tmp_path / "by name", organizations=without_ids), "list")
    facts = store.scan()
    by_source = {s: facts.claims.filter(pc.equal(facts.claims["source"], s)).num_rows for s in ("register", "list")}
    rows = csv.reader(lines[1:])
    pairs = {(fold(name), fold(state)) for _, name, state in rows}
    assert by_source["register"] == len(lines) - 1 and facts.judgements == ()
    assert by_source["list"] == len(pairs)  # one for each name in each state
