"""Publishing in proportion to the change: what is taken over, what never is, and that the bytes are the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.analysis import reads
from netofnets.analysis.registry import MEASURES, run_all
from netofnets.analysis.taken_over import COMPUTED_FROM
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.view import Undeclared, View, shared
from netofnets.publish import Publication, publish_facts
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import Visibility
from tests.services.graphs import Graph, four_blocks, leader_id, ten_leaders

AUDIENCES = ("organizers", "signed_in", "public")
Change = Callable[[Graph, int], None]


def grown() -> Graph:
    """The ten leaders, of whom more are seen by more: no two audiences see the same."""
    graph = ten_leaders()
    graph.show("dan", Visibility.PUBLIC)
    graph.show("cleo", Visibility.SIGNED_IN)
    return graph


def corrected(graph: Graph, at: int) -> None:
    row = graph.rows["leaders"][at % 10]
    row["school"] = f"{row.get('school') or ''} Corrected {at}"


def joined(graph: Graph, at: int) -> None:
    pairs = [(who, where) for who in ("gil", "jo", "ana") for where in ("alpha", "gamma", "delta")]
    who, where = pairs[at % len(pairs)]
    held = {(row["from_id"], row["to_id"]) for row in graph.rows["memberships"]}
    if (graph.names["leaders", who], graph.names["networks", where]) not in held:
        graph.join(who, where)


def renamed(graph: Graph, at: int) -> None:
    graph.rows["networks"][at % 5]["name"] = f"Renamed {at}"


def moved(graph: Graph, at: int) -> None:
    graph.rows["leaders"][at % 10]["region"] = ("North", "South", "Isle")[at % 3]


def shown(graph: Graph, at: int) -> None:
    graph.show(("cleo", "dan", "eva", "ana")[at % 4], list(Visibility)[at % len(Visibility)])


def added(graph: Graph, at: int) -> None:
    if ("leaders", f"new {at}") not in graph.names:
        graph.node("leaders", f"new {at}", f"Newcomer {at}")
        graph.join(f"new {at}", "beta")


def left(graph: Graph, at: int) -> None:
    graph.rows["memberships"].pop(at % len(graph.rows["memberships"]))


def tied(graph: Graph, at: int) -> None:
    graph.rows["collaborations"][at % 4]["count"] = 1 + at


CHANGES: tuple[Change, ...] = (corrected, joined, renamed, moved, shown, added, left, tied)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def linked_results(before: Path, after: Publication, audience: str = "organizers") -> set[str]:
    """The results that are the file of before; ``before`` is a copy by links, which outlives the publication."""
    names = {p.stem: p.stat().st_ino for p in (before / audience / "results").iterdir()}
    return {
        m for m, inode in names.items() if (after.folder / audience / "results" / f"{m}.arrow").stat().st_ino == inode
    }


def kept(done: Publication, aside: Path) -> Path:
    return Path(shutil.copytree(done.folder, aside, copy_function=lambda a, b: Path(b).hardlink_to(a)))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("published") / "home"
    publish_facts(grown().facts(), home)
    return home


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 40)), min_size=1, max_size=3))
def test_what_is_taken_over_has_the_bytes_of_what_is_computed_again(
    published: Path, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[Change, int]]
) -> None:
    graph, homes = grown(), tmp_path_factory.mktemp("homes")
    for change, at in changes:
        change(graph, at)
    continued, afresh = (
        publish_facts(graph.facts(run=2), Path(shutil.copytree(published, homes / name)), afresh=name == "afresh")
        for name in ("continued", "afresh")
    )
    assert files(continued.folder) == files(afresh.folder)


def test_a_corrected_school_runs_what_reads_schools_and_nothing_else(tmp_path: Path) -> None:
    graph = grown()
    before = kept(publish_facts(graph.facts(), tmp_path), tmp_path / "before")
    corrected(graph, 3)
    after = publish_facts(graph.facts(run=2), tmp_path)
    every = {measure.id for measure in MEASURES}
    assert every - linked_results(before, after) == {"layers"}  # schools in common are one of its layers
    assert linked_results(before, after, "public") == every - {"layers"}, "Dan's school is public"
    eva = graph.rows["leaders"][4]
    eva["school"] = "Another School"
    again = publish_facts(graph.facts(run=3), tmp_path)
    assert linked_results(after.folder, again, "public") == every, "nothing that the public sees has changed"


def test_a_new_membership_runs_what_reads_memberships(tmp_path: Path) -> None:
    graph = grown()
    before = kept(publish_facts(graph.facts(), tmp_path), tmp_path / "before")
    graph.join("gil", "alpha")
    after = publish_facts(graph.facts(run=2), tmp_path)
    assert linked_results(before, after) == {"direct_ties", "roles"}, "and roles, where no community changed"
    with Published(after.folder) as now:
        overlap = now.edition("organizers").table("overlap").to_pylist()
    alpha, gamma = graph.names["networks", "alpha"], graph.names["networks", "gamma"]
    assert [row["shared"] for row in overlap if {row["first"], row["second"]} == {alpha, gamma}] == [1]


def test_other_parameters_run_what_has_them_and_what_needs_it(tmp_path: Path) -> None:
    before = kept(publish_facts(four_blocks(6).facts(), tmp_path, {"seed": 7}), tmp_path / "before")
    after = publish_facts(four_blocks(6).facts(), tmp_path, {"seed": 8})
    taken = linked_results(before, after)
    assert {"overlap", "layers", "islands", "gaps"} <= taken
    assert not {m.id for m in MEASURES if any(p.name == "seed" for p in m.parameters)} & taken


def test_nothing_that_read_an_erased_person_is_taken_over(tmp_path: Path) -> None:
    graph = grown()
    before = kept(publish_facts(graph.facts(), tmp_path), tmp_path / "before")
    gone = leader_id("ana")
    facts = graph.facts(run=2)
    tables = {}
    for name, table in facts.tables.items():
        rows = [row for row in table.to_pylist() if gone not in (row["id"], row.get("from_id"), row.get("to_id"))]
        tables[name] = table.from_pylist(rows, schema=arrow_schema(name))
    claims = facts.claims.from_pylist([c for c in facts.claims.to_pylist() if c["entity"] != gone], facts.claims.schema)
    after = publish_facts(replace(facts, tables=tables, stated=claims), tmp_path, keep_old=False)
    for audience in AUDIENCES:
        told = linked_results(before, after, audience)
        of_people = {m.id for m in MEASURES if any("leaders." in r for r in reads.reads_of(m.id, m.settled({})))}
        assert not told & of_people, audience
    for name, content in files(after.folder).items():
        assert gone.encode() not in content and b"Ana Sousa" not in content, name


def test_audiences_that_see_the_same_share_what_was_computed_and_less_never_takes_from_more(tmp_path: Path) -> None:
    graph = four_blocks(6)
    first = publish_facts(graph.facts(), tmp_path / "same")
    shared = {m.id for m in MEASURES}
    assert linked_results(first.folder, first, "public") == shared
    for name in shared:
        inodes = {(first.folder / one / "results" / f"{name}.arrow").stat().st_ino for one in AUDIENCES}
        assert len(inodes) == 1, name
    # What organizers alone saw leaves its trace in the numbers of their communities, and in nobody else's.
    hiding = four_blocks(6)
    for i in range(10):
        hiding.show(f"lone{i}", Visibility.ORGANIZERS)
    publish_facts(hiding.facts(), tmp_path / "other")
    after = publish_facts(graph.facts(run=2), tmp_path / "other")
    table = "results/communities.arrow"
    with Published(after.folder) as now:
        keys = [now.edition(one).manifest[COMPUTED_FROM]["communities"] for one in ("organizers", "public")]
    assert keys[0] == keys[1], "they see the same now"
    inodes = [(after.folder / one / table).stat().st_ino for one in ("organizers", "public")]
    assert inodes[0] != inodes[1], "and went on from other pasts"


def test_communities_stand_while_nothing_they_read_changes_even_computed_afresh(tmp_path: Path) -> None:
    graph = four_blocks(6)
    first = files(publish_facts(graph.facts(), tmp_path).folder)
    table = "organizers/results/communities.arrow"
    for run in (2, 3):
        corrected(graph, run)
        assert files(publish_facts(graph.facts(run=run), tmp_path, afresh=run == 3).folder)[table] == first[table]
    publish_facts(graph.facts(run=3), tmp_path / "new home")
    graph.join("east0", "west 1")
    assert files(publish_facts(graph.facts(run=4), tmp_path).folder)[table] != first[table]


def test_made_afresh_and_found_equal_readers_keep_their_folder(tmp_path: Path) -> None:
    first = publish_facts(grown().facts(), tmp_path)
    inode = (first.folder / "manifest.json").stat().st_ino
    again = publish_facts(grown().facts(), tmp_path, afresh=True)
    assert (again.folder, again.fresh) == (first.folder, False)
    assert (again.folder / "manifest.json").stat().st_ino == inode


def test_a_damaged_result_is_computed_again(tmp_path: Path) -> None:
    graph = grown()
    first = publish_facts(graph.facts(), tmp_path)
    damaged = first.folder / "organizers" / "results" / "overlap.arrow"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    corrected(graph, 3)
    after = publish_facts(graph.facts(run=2), tmp_path)
    assert (after.folder / "organizers" / "results" / "overlap.arrow").read_bytes() == whole


def test_a_measure_that_reads_what_it_did_not_declare_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = publishable()
    results = run_all(snapshot)
    idle = set()  # declared, and not read for these data
    for measure in MEASURES:
        for name in reads._READS[measure.id]:
            fewer = tuple(one for one in reads._READS[measure.id] if one != name)
            with monkeypatch.context() as patched:
                patched.setattr(reads, "_READS", {**reads._READS, measure.id: fewer})
                try:
                    measure(snapshot, results, {})
                    idle.add(f"{measure.id} {name}")
                except LookupError:
                    pass
    # Read where somebody named a community, and where an organization keeps partners apart.
    assert idle == {"community_summary networks.id", "partners networks.name", "partners organizations.name"}


def publishable() -> Snapshot:
    facts = grown().facts()
    return Snapshot.build(facts.tables, facts.claims)


def test_what_is_declared_is_there_to_be_read() -> None:
    assert set(reads._READS) == {measure.id for measure in MEASURES}
    names = {name for declared in reads._READS.values() for name in declared}
    for kind, what in (name.split(".", 1) for name in names if name.split(".")[0] in BY_NAME):
        assert what == "ends" or what in arrow_schema(kind).names, f"{kind}.{what}"


def test_a_view_gives_what_was_declared_and_refuses_the_rest() -> None:
    whole = publishable()
    view = View(whole, ["networks.name", "memberships.ends"])
    assert view.names("networks").equals(whole.names("networks"))
    assert (view.incidence("memberships").csr != whole.incidence("memberships").csr).nnz == 0
    assert view.count("leaders") == 10, "how many there are follows from the ends"
    for read in (
        lambda: view.ids("networks"),
        lambda: view.nodes["leaders"],
        lambda: view.edges["collaborations"],
        lambda: view.edges["memberships"].table["role"],
        lambda: view.incidence("affiliations"),
        lambda: view.count("interests"),
        lambda: view.claims,
        lambda: view.marks,
        lambda: view.decisions,
        lambda: view.at("2026-01-01"),
        lambda: view.unwilling(),
        lambda: view.decided("introduction"),
        lambda: view.with_edges({}).ids("leaders"),
    ):
        with pytest.raises(LookupError):
            read()
    with pytest.raises(Undeclared, match=r"claims is read.*reads.py"):
        view.source_ids("leaders")


def test_what_is_made_once_for_several_measures_is_for_those_that_declare_it() -> None:
    whole, calls = publishable(), []

    def sizes(snapshot: Snapshot) -> list[int]:
        calls.append(snapshot)
        with pytest.raises(LookupError):
            snapshot.ids("networks")
        return [int(size) for size in snapshot.incidence("memberships").group_sizes]

    wanted = ["memberships.ends"]
    for reads_ in (wanted, [*wanted, "networks.id"]):
        assert sum(shared(View(whole, reads_), wanted, sizes)) == whole.count("memberships")
    assert len(calls) == 1
    with pytest.raises(Undeclared, match="memberships.ends"):
        shared(View(whole, ["networks.id"]), wanted, sizes)
    assert shared(publishable(), wanted, sizes) == shared(whole, wanted, sizes)
