"""The example data: deterministic, made-up, untidy in the ways it says, and holding the story its README tells."""

from __future__ import annotations

import csv
import io
import itertools
import math
import os
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from scipy.stats import hypergeom

from examples.generator.files import example_files, write_examples
from examples.generator.interests import DOMAINS, INTERESTS
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
    plan,
)
from examples.generator.sources import SOURCES, source_of
from examples.generator.tables import MADE_UP
from examples.generator.world import World, make_world
from netofnets.resolution.normalise import compatible, is_role_mailbox

EXAMPLES = Path(__file__).parents[2] / "examples"
ENCODINGS = {"rural-schools.csv": "cp1252"}
DELIMITERS = {"city-schools.csv": ";", "many-minds.csv": "\t"}


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return example_files()


def rows_of(name: str, content: bytes) -> list[dict[str, str]]:
    text = content.decode(ENCODINGS.get(name, "utf-8-sig"))
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=DELIMITERS.get(name, ",")))


# --- files


def test_the_committed_examples_are_what_the_generator_writes(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert (EXAMPLES / name).read_bytes() == content, f"{name} differs; run: python -m examples.generator"
    committed = {f"rosters/{path.name}" for path in (EXAMPLES / "rosters").iterdir()}
    assert committed == {name for name in files if name.startswith("rosters/")}


def test_another_process_with_another_hash_seed_writes_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4321"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-m", "examples.generator", str(tmp_path)], check=True, env=environment, cwd=root)
    for name, content in files.items():
        assert (tmp_path / name).read_bytes() == content


def test_writing_again_leaves_files_alone(tmp_path: Path) -> None:
    first = {path: path.stat().st_mtime_ns for path in write_examples(tmp_path)}
    assert {path: path.stat().st_mtime_ns for path in write_examples(tmp_path)} == first


def test_everything_is_small_and_says_that_it_is_made_up(files: dict[str, bytes]) -> None:
    assert sum(map(len, files.values())) < 1_000_000
    for name, content in files.items():
        if name.endswith(".xlsx"):
            sheets = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if n.startswith("xl/worksheets/")]
            assert len(sheets) == 2
            assert content.count(MADE_UP.encode()) == 2
        elif name.endswith(".csv"):
            header = content.decode(ENCODINGS.get(name.split("/")[1], "utf-8-sig")).splitlines()[0]
            assert header.endswith(MADE_UP)
        else:
            assert b"made up" in content.lower(), name
    for path in (*(EXAMPLES / "mappings").iterdir(), *(EXAMPLES / "own-spreadsheet").glob("*.[mt]*")):
        text = path.read_text(encoding="utf-8").lower()
        assert "made up" in text or "made-up" in text or path.name == "mooc-ed-dlt1.toml", path.name


def test_every_address_is_in_the_domain_that_nobody_can_own(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.startswith("rosters/") and name.endswith(".csv"):
            for row in rows_of(name.split("/")[1], content):
                for cell in row.values():
                    if "@" in cell or cell.startswith("http"):
                        assert cell.lower().rstrip("/").endswith(".example"), (name, cell)


def test_the_files_are_written_in_different_ways(files: dict[str, bytes]) -> None:
    with pytest.raises(UnicodeDecodeError):
        files["rosters/rural-schools.csv"].decode("utf-8")
    assert b"\r\n" in files["rosters/city-schools.csv"] and b";" in files["rosters/city-schools.csv"].splitlines()[0]
    assert files["rosters/commons-members.csv"].startswith(b"\xef\xbb\xbf")
    assert b"\t" in files["rosters/many-minds.csv"]
    assert rows_of("metro-mentors.csv", files["rosters/metro-mentors.csv"])[0]["Mentor"].count(", ") == 1
    headers = {content.splitlines()[0] for name, content in files.items() if name.endswith(".csv")}
    assert len(headers) == sum(name.endswith(".csv") for name in files)


def test_each_source_has_a_mapping_that_names_exactly_its_files(files: dict[str, bytes]) -> None:
    for source in SOURCES:
        mapping = tomllib.loads((EXAMPLES / "mappings" / source.mapping).read_text(encoding="utf-8"))
        assert mapping["source"] == source.name
        assert mapping["namespaces"]["networks"] == "example-register"
        assert {table["file"] for table in mapping["tables"]} == set(source.files)
    named = {f"rosters/{file}" for source in SOURCES for file in source.files} | {"rosters/README.md"}
    assert named == {name for name in files if name.startswith("rosters/")}


def test_a_mapping_ignores_or_maps_every_header_of_its_file(files: dict[str, bytes]) -> None:
    for source in SOURCES:
        text = (EXAMPLES / "mappings" / source.mapping).read_text(encoding="utf-8")
        for file in source.files:
            if file.endswith(".csv"):
                for header in rows_of(file, files[f"rosters/{file}"])[0]:
                    assert f'"{header}"' in text, (file, header)


# --- the truth behind the files


def test_counts(world: World) -> None:
    assert len(world.people) == 1200
    assert len(NETWORKS) == 24
    with_email = {number for (number, _), seen in world.seen.items() if seen.email}
    assert 0.60 <= len(with_email) / 1200 <= 0.70
    assert len({person.region.country for person in world.people}) >= 8
    assert len({person.region.time_zone for person in world.people}) >= 10
    assert any(len(person.memberships) > len(person.networks) for person in world.people)  # some came back


def test_addresses_are_unique_to_a_person(world: World) -> None:
    holders: dict[str, set[int]] = {}
    for (number, _), seen in world.seen.items():
        if seen.email:
            holders.setdefault(seen.email.casefold(), set()).add(number)
    assert all(len(people) == 1 for people in holders.values())


def test_names_and_schools_tell_people_without_an_address_apart(world: World) -> None:
    by_number = {person.number: person for person in world.people}
    nameless = [
        (source, f"{seen.given} {seen.family}", by_number[number].school)
        for (number, source), seen in world.seen.items()
        if not seen.email
    ]
    assert len(nameless) == len(set(nameless))


def test_whoever_is_in_several_rosters_has_one_address_in_all_but_for_the_planted_ones(world: World) -> None:
    views: dict[int, list[str]] = {}
    for (number, _), seen in world.seen.items():
        views.setdefault(number, []).append(seen.email.casefold())
    for number, emails in views.items():
        if len(emails) > 1:
            assert (len(set(emails)) == 1 and emails[0] != "") is (number not in world.twice)


def test_the_spellings_of_a_person_fit_each_other_but_for_the_planted_ones(world: World) -> None:
    names: dict[int, list[str]] = {}
    for (number, _), seen in world.seen.items():
        names.setdefault(number, []).append(f"{seen.given} {seen.family}")
        assert not is_role_mailbox(seen.email)
    for number, spellings in names.items():
        fit = all(compatible(a, b) for a, b in itertools.combinations(spellings, 2))
        assert fit is (number not in world.married), spellings
    assert sum(len(set(spellings)) > 1 for spellings in names.values()) > 100


def test_interests_and_their_domains() -> None:
    assert set(INTERESTS.values()) == set(DOMAINS)
    for network in NETWORKS:
        assert set(network.focus) <= set(INTERESTS), network.id


# --- the story


def shared(world: World, one: str, other: str) -> int:
    return len(world.members(one) & world.members(other))


def test_nobody_is_in_both_networks_that_should_meet(world: World) -> None:
    sizes = [len(world.members(network)) for network in GAP]
    assert shared(world, *GAP) == 0
    assert math.prod(sizes) / len(world.people) > 6  # chance would give that many


def test_the_two_that_should_meet_are_closest_in_interests_of_all_pairs_without_a_shared_member(world: World) -> None:
    profiles = {
        network.id: Counter(i for p in world.people if network.id in p.networks for i in p.interests)
        for network in NETWORKS
    }
    apart = [
        (cosine(profiles[a.id], profiles[b.id]), {a.id, b.id})
        for a, b in itertools.combinations(NETWORKS, 2)
        if shared(world, a.id, b.id) == 0
    ]
    apart.sort(key=lambda pair: -pair[0])
    assert apart[0][1] == set(GAP)
    assert apart[0][0] > 0.85
    assert apart[1][0] < 0.75


def cosine(one: Counter[str], other: Counter[str]) -> float:
    dot = sum(one[key] * other[key] for key in one)
    return dot / math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))


def test_only_the_planted_people_join_blocks(world: World) -> None:
    joining = {}
    for person in world.people:
        blocks = {plan(network).block for network in person.networks} - {""}
        if len(blocks) > 1:
            joining[person.number] = blocks
    assert set(joining) == set(range(1, len(BRIDGE_PATHS) + 1))
    assert sum(len(blocks) == 3 for blocks in joining.values()) == 1
    pairs = Counter(pair for blocks in joining.values() for pair in itertools.combinations(sorted(blocks), 2))
    assert ("city", "rural") not in pairs
    assert pairs["inclusion", "rural"] == pairs["leading", "rural"] == 1
    assert max(pairs.values()) <= 3


def test_the_island_and_the_network_that_hangs_on_one_person(world: World) -> None:
    assert all(person.networks == (ISLAND,) for person in world.people if ISLAND in person.networks)
    outside = [person for person in world.people if PENDANT in person.networks and len(person.networks) > 1]
    assert [person.networks for person in outside] == [(PENDANT, PENDANT_ANCHOR)]


def test_overlaps_within_blocks_are_more_than_chance_and_the_big_one_is_not(world: World) -> None:
    total = len(world.people)
    for one, other in itertools.combinations(NETWORKS, 2):
        a, b, both = (len(world.members(one.id)), len(world.members(other.id)), shared(world, one.id, other.id))
        tail = float(hypergeom.sf(both - 1, total, a, b))
        if one.block == other.block and one.block in BLOCKS:
            assert tail < 1e-4, (one.id, other.id, both, tail)
        else:
            assert tail > 0.01, (one.id, other.id, both, tail)


def test_plain_counts_mislead(world: World) -> None:
    commons = [shared(world, COMMONS, network.id) for network in NETWORKS if network.block]
    others = [shared(world, a.id, b.id) for a, b in itertools.combinations(NETWORKS, 2) if a.block and b.block]
    usual = sorted(commons)[len(commons) // 2]
    assert min(commons) > 0
    assert sum(count < usual for count in others) > 0.8 * len(others)
    most = sorted(world.people, key=lambda person: -len(person.networks))[:10]
    assert sum(person.bridging for person in most) <= 3


def test_each_network_is_kept_by_one_source() -> None:
    assert {network.id for network in NETWORKS} == {n for source in SOURCES for n in source.networks}
    assert source_of("lantern-coast") == "lantern"


def test_the_readme_tells_the_story_by_name(files: dict[str, bytes], world: World) -> None:
    text = files["rosters/README.md"].decode()
    for network in (*GAP, ISLAND, PENDANT, COMMONS):
        assert plan(network).name in text
    for person in world.people:
        if person.bridging:
            assert f"{person.given} {person.family}" in text
    for mistake in MISTAKES:
        assert mistake.wrong in text
