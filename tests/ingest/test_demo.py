"""The demo from files to published answers: the story that was planted is what the analyses find."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from examples.generator import sources
from examples.generator.interests import INTERESTS
from examples.generator.mistakes import MISTAKES
from examples.generator.networks import (
    BLOCKS,
    BRIDGE_PATHS,
    COMMONS,
    GAP,
    ISLAND,
    NETWORKS,
    PENDANT,
    PENDANT_ANCHOR,
    SENSITIVE,
    plan,
)
from examples.generator.world import World, make_world
from ingest.demo import SOURCES, DemoResult, demo, example_data, load_examples
from ingest.example_files import example_folder, write_examples
from ingest.mapping import load_mapping
from ingest.pipeline import Options, load
from netofnets.desk.review import open_questions
from netofnets.graph.published import Edition, Published
from netofnets.schema.identifiers import record_id
from netofnets.schema.identity import Identity
from netofnets.schema.records import Verdict
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store


def settings_in(home: Path) -> Settings:
    return load_settings(environ={}, home=str(home))


def id_of(network: str) -> str:
    return record_id("networks", "example-register", network)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ``done`` loads the example, and tests of this file load it again."""
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def done(home: Path) -> DemoResult:
    """What loading the example into an empty home did."""
    return load_examples(settings_in(home))


@pytest.fixture(scope="module")
def edition(home: Path, done: DemoResult) -> Iterator[Edition]:
    with Published.current(home) as published:
        yield published.edition("organizers")


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def email_of(world: World, number: int) -> str:
    return next(seen.email.lower() for (who, _), seen in world.seen.items() if who == number)


# --- what is loaded


def test_every_source_is_loaded_and_only_the_deliberate_mistakes_wait(done: DemoResult) -> None:
    assert done.loaded == SOURCES
    assert done.quarantined == len(MISTAKES)
    assert done.published


def test_the_demo_and_the_generator_name_the_same_sources_in_the_same_order() -> None:
    assert tuple(source.name for source in sources.SOURCES) == SOURCES
    for source in sources.SOURCES:
        mapping = load_mapping(example_folder() / "mappings" / source.mapping)
        assert tuple(dict.fromkeys(table.file for table in mapping.tables)) == source.files, source.name


def test_people_are_one_but_for_those_that_only_a_person_can_join(edition: Edition, world: World) -> None:
    assert edition.snapshot.count("leaders") == len(world.people) + len(world.twice) + len(world.married)
    assert edition.snapshot.count("networks") == len(NETWORKS)
    assert edition.snapshot.count("organizations") == 23  # of 26: three are tied to nothing that could be shown
    assert edition.snapshot.count("network_parts") == 3


def test_members_are_counted_once(edition: Edition, world: World) -> None:
    leaders, networks = edition.snapshot.ids("leaders"), edition.snapshot.ids("networks")
    edges = edition.snapshot.edges["memberships"]
    sizes = Counter(b for _, b in {(int(a), int(b)) for a, b in zip(edges.source, edges.target, strict=True)})
    assert len(leaders) > 0
    found = {networks[position].as_py(): size for position, size in sizes.items()}
    assert found == {id_of(network.id): len(world.members(network.id)) for network in NETWORKS}


def test_directed_ties_of_three_kinds_arrive_with_days(edition: Edition, world: World) -> None:
    table = edition.snapshot.edges["collaborations"].table
    kinds = Counter(table["kind"].to_pylist())
    assert set(kinds) == {"mentors", "co-led", "observed"}
    assert kinds["mentors"] > 200 and kinds["co-led"] > 100 and kinds["observed"] > 100
    assert table["first"].null_count == 0
    meetings = sum(tie.count for tie in world.ties if tie.kind == "mentors")
    assert sum(row["count"] for row in table.to_pylist() if row["kind"] == "mentors") == meetings


def test_spellings_of_an_interest_are_one_and_have_their_domain(edition: Edition) -> None:
    names = edition.snapshot.nodes["interests"]
    assert names.num_rows == len(INTERESTS)
    assert names["domain"].null_count == 0


def test_the_confidential_network_is_marked(edition: Edition) -> None:
    networks = edition.snapshot.nodes["networks"].to_pylist()
    assert [row["id"] for row in networks if row["sensitive"]] == [id_of(SENSITIVE)]


# --- the story


def test_overlap_is_validated_within_the_blocks_and_nowhere_else(edition: Edition) -> None:
    found = {frozenset((r["first"], r["second"])) for r in edition.table("overlap").to_pylist() if r["validated"]}
    planted = {
        frozenset((id_of(a.id), id_of(b.id)))
        for a, b in itertools.combinations(NETWORKS, 2)
        if a.block == b.block and a.block in BLOCKS and a.id != b.part_of and b.id != a.part_of
    }  # an association and its chapters are no pair
    assert found == planted


def test_the_blocks_are_found(edition: Edition) -> None:
    found: dict[int, set[str]] = {}
    for row in edition.table("blocks").to_pylist():
        if row["block"] is not None:
            found.setdefault(row["block"], set()).add(row["network"])
    planted = [{id_of(n.id) for n in NETWORKS if n.block == block} for block in BLOCKS]
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, planted))


def test_bridging_leaders_are_the_planted_ones_and_the_one_with_three_blocks_comes_first(
    edition: Edition, world: World
) -> None:
    emails = dict(zip(edition.snapshot.ids("leaders").to_pylist(), emails_in(edition), strict=True))
    rows = sorted((r for r in edition.table("bridges").to_pylist() if r["bridging"]), key=lambda row: row["rank"])
    bridging = [emails[row["leader"]] for row in rows]
    planted = [email_of(world, number) for number in range(1, len(BRIDGE_PATHS) + 1)]
    assert set(bridging) == set(planted)
    assert bridging[0] == planted[-1]
    assert rows[0]["blocks"] == 3


def emails_in(edition: Edition) -> list[str]:
    return list(edition.snapshot.nodes["leaders"]["email"].to_pylist())


def test_the_gap_the_island_and_the_network_that_hangs_on_one_person(edition: Edition) -> None:
    shared = {frozenset((r["first"], r["second"])): r["shared"] for r in edition.table("overlap").to_pylist()}
    assert frozenset(map(id_of, GAP)) not in shared
    assert not any(id_of(ISLAND) in pair for pair in shared)
    assert {pair: n for pair, n in shared.items() if id_of(PENDANT) in pair} == {
        frozenset((id_of(PENDANT), id_of(PENDANT_ANCHOR))): 1
    }
    alone = {row["network"]: row["shared_any"] for row in edition.table("islands").to_pylist()}
    assert alone == {id_of(ISLAND): False, id_of(PENDANT): True, id_of(COMMONS): True, id_of("lantern"): True}


def test_many_people_are_known_from_several_rosters(edition: Edition) -> None:
    leaders = [row for row in edition.snapshot.claims.to_pylist() if row["kind"] == "leaders"]
    by_entity: dict[str, set[str]] = {}
    for row in leaders:
        by_entity.setdefault(row["entity"], set()).add(row["source"])
    several = sum(len(names) > 1 for names in by_entity.values())
    assert several > 200


def test_the_own_spreadsheet_goes_in_whole_and_shares_nine_people(home: Path, done: DemoResult) -> None:
    folder = done.folder / "own-spreadsheet"
    settings = settings_in(home)
    store = open_store(settings.store, settings)
    options = Options("seed-and-soil", load_mapping(folder / "seed-and-soil.toml"), dry_run=True)
    report = load(store, [folder / "seed-and-soil.csv"], options).report
    store.close()
    assert (report.rows_ok, report.quarantined) == (30, [])
    assert report.by_kind["leaders"] == report.by_kind["memberships"] == 30
    assert report.judged == {"same": 9}


# --- once, again, and beside other data


def test_a_second_start_does_nothing(home: Path, done: DemoResult) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file() and "published" in path.parts}
    second = load_examples(settings_in(home))
    assert second == DemoResult(done.folder, (), 0, published=False)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_loading_again_changes_nothing_that_is_published(home: Path, done: DemoResult) -> None:
    with Published.current(home) as published:
        before = published.content_hash
    assert load_examples(settings_in(home), again=True).loaded == done.loaded
    with Published.current(home) as published:
        assert published.content_hash == before


def test_an_interrupted_demo_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    write_examples(tmp_path / "examples")
    store = open_store(settings.store, settings)
    register = SOURCES[0]
    mapping = load_mapping(tmp_path / "examples" / "mappings" / f"{register}.toml")
    files = {table.file for table in mapping.tables}
    load(store, [tmp_path / "examples" / "rosters" / file for file in sorted(files)], Options(register, mapping))
    store.close()
    done = load_examples(settings)
    assert done.loaded == SOURCES[1:]
    assert done.published


def test_data_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = open_store(settings.store, settings)
    with store.writer("our-own-roster") as writer:
        writer.finish({})
    store.close()
    assert load_examples(settings).foreign
    assert not (tmp_path / "examples").exists()
    said = CliRunner().invoke(demo, ["--home", str(tmp_path)])
    assert said.exit_code == 0
    assert "--again" in said.output


def test_the_commands_say_what_to_do_next(home: Path, done: DemoResult, tmp_path: Path) -> None:
    said = CliRunner().invoke(demo, ["--home", str(home)])
    assert said.exit_code == 0
    assert "loaded already" in said.output and "netofnets serve" in said.output
    written = CliRunner().invoke(example_data, [str(tmp_path)])
    assert written.exit_code == 0
    assert (tmp_path / "rosters" / "README.md").is_file()
    assert plan(GAP[0]).name in (tmp_path / "rosters" / "README.md").read_text(encoding="utf-8")


# --- who is known already


def test_the_example_joins_nobody_whom_its_story_keeps_apart_and_asks_about_them(home: Path, done: DemoResult) -> None:
    settings = settings_in(home)
    store = open_store(settings.store, settings)
    log = store.judgements()
    queue = open_questions(store, limit=1000)
    store.close()
    assert {j.who for j in log} == {"rule:same-email"}
    unsure = {(j.left, j.right) for j in log if j.verdict is Verdict.UNSURE}
    identity = Identity(log)
    asked = {frozenset((q.left.node.id, q.right.node.id)) for q in queue.rows}
    assert len(unsure) == 8 and queue.total >= 20
    assert all(frozenset(map(identity.canonical, pair)) in asked for pair in unsure)
