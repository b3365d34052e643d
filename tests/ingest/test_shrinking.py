"""A source that suddenly says much less is asked before anything is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.errors import InputError
from netofnets.store.base import Store
from tests.ingest.loads import ROSTER, files, ingest, names


def test_a_cut_off_roster_is_refused_until_somebody_insists(store: Store, tmp_path: Path) -> None:
    rows = [f"{i},Person {i},n,Net\n" for i in range(100)]
    header = "leader_id,name,network_id,network\n"
    ingest(store, files(tmp_path / "in", roster=header + "".join(rows)))
    with pytest.raises(InputError, match="allow-shrink") as refused:
        ingest(store, files(tmp_path / "in", roster=header + "".join(rows[:50])))
    assert refused.value.code == "shrink" and len(names(store, "leaders")) == 100
    report = ingest(store, files(tmp_path / "in", roster=header + "".join(rows[:50])), allow_shrink=True).report
    assert report.gone == 100 and len(names(store, "leaders")) == 50


def guarded(store: Store, folder: Path, before: list[str], after: list[str], kind: str) -> None:
    """A second load that leaves out rows is refused because of ``kind``, and changes nothing."""
    header = "leader_id,name,network_id,network\n"
    ingest(store, files(folder, roster=header + "".join(before)))
    facts = store.scan()
    with pytest.raises(InputError, match=rf"\d+ of the \d+ {kind} that 'a' stated before, more than 20%") as refused:
        ingest(store, files(folder, roster=header + "".join(after)))
    assert refused.value.code == "shrink" and store.scan().tables == facts.tables
    assert ingest(store, files(folder, roster=header + "".join(after)), allow_shrink=True).report.gone


def test_memberships_that_vanish_are_guarded_though_everybody_stays(store: Store, tmp_path: Path) -> None:
    first = [f"{i},Person {i},n1,Net\n" for i in range(10)]
    second = [f"{i},Person {i},n2,Other Net\n" for i in range(10)]
    guarded(store, tmp_path / "in", first + second, first + second[:5], "memberships")


def test_networks_that_vanish_are_guarded_though_hardly_a_membership_does(store: Store, tmp_path: Path) -> None:
    first = [f"{i},Person {i},n0,Net\n" for i in range(90)]
    others = [f"{i},Person {i},n{i},Small {i}\n" for i in range(1, 10)]
    guarded(store, tmp_path / "in", first + others, first + others[:6], "networks")


def test_people_who_vanish_are_guarded_where_no_roster_is_there_to_miss_them(store: Store, tmp_path: Path) -> None:
    rows = [f"{i},Person {i}\n" for i in range(10)]
    ingest(store, files(tmp_path / "in", leaders="id,name\n" + "".join(rows)))
    with pytest.raises(InputError, match="withdraw 3 of the 10 leaders that 'a' stated before"):
        ingest(store, files(tmp_path / "in", leaders="id,name\n" + "".join(rows[:7])))
    assert len(names(store, "leaders")) == 10


def test_a_fifth_may_go_without_a_word(store: Store, tmp_path: Path) -> None:
    rows = [f"{i},Person {i},n1,Net\n" for i in range(10)]
    header = "leader_id,name,network_id,network\n"
    ingest(store, files(tmp_path / "in", roster=header + "".join(rows)))
    assert ingest(store, files(tmp_path / "in", roster=header + "".join(rows[:8]))).report.gone == 4
    assert len(names(store, "leaders")) == 8


def test_a_table_without_rows_never_deletes(store: Store, tmp_path: Path) -> None:
    ingest(store, files(tmp_path / "in", roster=ROSTER))
    report = ingest(store, files(tmp_path / "in", roster=ROSTER.splitlines()[0] + "\n"), allow_shrink=True).report
    assert (report.gone, [w.code for w in report.warnings]) == (0, ["no_rows"])
    assert len(names(store, "leaders")) == 2


def test_an_emptied_table_beside_a_full_one_deletes_nothing_even_on_demand(store: Store, tmp_path: Path) -> None:
    folder = files(tmp_path / "in", roster=ROSTER, activities="id,name\na1,Workshop\n")
    ingest(store, folder)
    with pytest.raises(InputError, match="never deletes"):
        ingest(store, files(folder, roster=ROSTER.splitlines()[0] + "\n"), allow_shrink=True)
    assert len(names(store, "leaders")) == 2
