"""Publishing what is published already: known by the number of the run, without reading the store."""

import subprocess
import sys
from pathlib import Path

import pytest

from netofnets.desk.erasures import Erasure
from netofnets.desk.nothing_new import stands_already
from netofnets.graph.published import Published
from netofnets.graph.withheld import release, withheld_now, withhold
from netofnets.publish import publish
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.base import Ability
from netofnets.store.memory import MemoryStore
from tests.store.statements import a_roster, load


class Counted(MemoryStore):
    """A store that counts how often it is read whole."""

    scans = 0

    def scan(self):
        self.scans += 1
        return super().scan()


class Shared(Counted):
    """One in which others may have edited something, as in a graph that Browser is open on."""

    abilities = frozenset({Ability.SHARED})


@pytest.fixture
def store() -> Counted:
    opened = Counted()
    load(opened, "north", a_roster(people=3))
    return opened


def test_an_equal_run_is_known_by_its_number(store: Counted, tmp_path: Path) -> None:
    first = publish(store, tmp_path, {"seed": 3})
    again = publish(store, tmp_path, {"seed": 3})
    assert (again.folder, again.content_hash, again.fresh, store.scans) == (first.folder, first.content_hash, False, 1)


def test_other_settings_another_run_or_a_damaged_file_are_seen(store: Counted, tmp_path: Path) -> None:
    publish(store, tmp_path)
    assert publish(store, tmp_path, {"seed": 3}).fresh and store.scans == 2
    load(store, "north", a_roster(people=4))
    fresh = publish(store, tmp_path, {"seed": 3})
    assert fresh.fresh and store.scans == 3
    file = next(fresh.folder.rglob("leaders.arrow"))
    file.chmod(0o600)
    file.write_bytes(b"damaged")
    publish(store, tmp_path, {"seed": 3})
    assert store.scans == 4
    Published.current(tmp_path).check()


def test_a_day_on_which_something_ends_is_another(store: Counted, tmp_path: Path) -> None:
    rows = a_roster(people=3)
    ended = [claim for claim in rows if claim.kind == "memberships"]
    assert ended
    for claim in ended:
        claim.values["end"] = "2026-06-30"
    load(store, "north", rows)
    publish(store, tmp_path, as_of="2026-05-01")
    assert not publish(store, tmp_path, as_of="2026-06-30").fresh and store.scans == 1
    assert publish(store, tmp_path, as_of="2026-07-01").fresh and store.scans == 2
    assert not publish(store, tmp_path, as_of="2027-07-01").fresh and store.scans == 2


def test_after_an_erasure_and_where_hands_may_have_edited_the_store_is_read(tmp_path: Path) -> None:
    store = Shared()
    load(store, "north", a_roster(people=3))
    for _ in range(2):
        publish(store, tmp_path / "shared")
    assert store.scans == 2
    own = Counted()
    load(own, "north", a_roster(people=3))
    for _ in range(2):
        publish(own, tmp_path / "own", keep_old=False)
    assert own.scans == 2


def test_sqlite_knows_its_last_run(tmp_path: Path) -> None:
    opened = open_store(f"sqlite:{tmp_path / 'store.sqlite'}")
    load(opened, "north", a_roster(people=3))
    first = publish(opened, tmp_path)
    assert not publish(opened, tmp_path).fresh and first.run == 1
    opened.close()


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    settings = load_settings(home=str(tmp_path / "home"))
    load(open_store(settings.store), "north", a_roster(people=3))
    publish(open_store(settings.store), settings.home, {"seed": 7})
    return settings


def test_the_command_learns_that_nothing_is_new_without_reading_a_table(home: Settings) -> None:
    script = """
import sys
from netofnets.cli import netofnets_command
netofnets_command(sys.argv[1:], standalone_mode=False)
print(sorted({"numpy", "pyarrow", "scipy"} & set(sys.modules)))
"""
    words = ["publish", "--home", str(home.home), "--seed", "7"]
    done = subprocess.run([sys.executable, "-c", script, *words], check=True, text=True, capture_output=True)
    with Published.current(home.home) as current:
        told = f"run 1, content {current.content_hash[:12]}, in {current.folder}"
    assert done.stdout.splitlines() == [f"Unchanged since the last time: {told}", "[]"]


def test_what_is_not_sure_is_published_the_whole_way(home: Settings) -> None:
    asked = {"seed": 7}
    stands = stands_already(home, asked)
    assert stands is not None and stands[1] == 1
    assert stands_already(home, {"seed": 8}) is None
    assert stands_already(load_settings(home=str(home.home), store="memory:"), asked) is None
    assert stands_already(load_settings(home=str(home.home), store=f"sqlite:{home.home}/none"), asked) is None
    withhold(home.home, ["l1"])
    assert stands_already(home, asked) is None, "somebody has withdrawn since"
    release(home.home, withheld_now(home.home))
    (leftover := home.home / "published" / ".writing-1").mkdir()
    assert stands_already(home, asked) is None, "a publication was cut off"
    leftover.rmdir()
    job = Erasure.begin(home.home, "0" * 32)
    assert stands_already(home, asked) is None, "an erasure was cut off"
    job.forget()
    assert stands_already(home, asked) == stands
    file = next(stands[0].rglob("leaders.arrow"))
    file.chmod(0o600)
    file.write_bytes(b"damaged")
    assert stands_already(home, asked) is None, "a file is not what was published"


def test_a_later_run_or_a_file_of_another_program_is_not_taken_for_what_stands(home: Settings) -> None:
    load(open_store(home.store), "north", a_roster(people=4))
    assert stands_already(home, {"seed": 7}) is None
    publish(open_store(home.store), home.home, {"seed": 7})
    assert stands_already(home, {"seed": 7}) is not None
    path = Path(home.store.removeprefix("sqlite:"))
    path.write_bytes(b"no database")
    assert stands_already(home, {"seed": 7}) is None
