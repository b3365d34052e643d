"""A home in one file and back: the same content, accounts and choices, and nobody who was erased since."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.desk.backup import MANIFEST, backup
from netofnets.desk.choose import choose
from netofnets.desk.restore import restore
from netofnets.errors import SettingsError, StoreError
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store import restoring as moves
from netofnets.store.base import Store
from netofnets.store.erasure_key import KEY_FILE, made_marks
from netofnets.store.restoring import STAGED
from tests.store.statements import a_roster, load

PEOPLE = [claim.key for claim in a_roster(people=4) if claim.kind == "leaders"]


def settings_of(home: Path) -> Settings:
    return load_settings(environ={}, home=str(home))


def opened(home: Path) -> Store:
    return open_store(settings_of(home).store, settings_of(home))


def lived(home: Path) -> None:
    """A home with a bit of everything."""
    home.mkdir(parents=True, exist_ok=True)
    store = opened(home)
    load(store, "north", a_roster(people=4))
    choose(store, home, PEOPLE[0], Visibility.PUBLIC, who="the person")
    store.erase(PEOPLE[3], made_marks(home))
    open_accounts(home).roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    (home / "mappings").mkdir()
    (home / "mappings" / "0123456789abcdef.toml").write_text('source = "north"\n', encoding="utf-8")
    (home / "secret").write_text("ab" * 32, encoding="ascii")
    (home / "settings.toml").write_text("seed = 1\n", encoding="utf-8")
    store.close()


def made(home: Path, file: Path, **more: bool) -> str:
    with closing(opened(home)) as store:
        return backup(store, settings_of(home), file, **more).content_hash


def state(home: Path) -> tuple[object, ...]:
    """What a home says: claims, choices, tombstones, accounts."""
    with closing(opened(home)) as store:
        facts = store.scan()
        told = sorted(map(repr, facts.claims.to_pylist())), facts.choices, store.tombstones(), store.status().run
    accounts = open_accounts(home)
    return (*told, [one.address for one in accounts.roll.listed()], accounts.audit.check())


def test_backup_wipe_and_restore_give_the_same_content_accounts_and_choices(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    lived(home)
    shown = publish(opened(home), home, {"seed": 1}).content_hash
    assert made(home, file) == shown
    choose(opened(home), home, PEOPLE[1], Visibility.HIDDEN, who="the person")
    before = state(home)
    content = made(home, file, published=True)
    assert file.stat().st_mode & 0o777 == 0o600 and [p.name for p in tmp_path.glob(".home.backup*")] == []
    kept = {name: (home / name).read_bytes() for name in ("secret", "settings.toml", KEY_FILE)}
    shutil.rmtree(home)
    done = restore(settings_of(home), file)
    assert (done.content_hash, done.erased, done.published) == (content, 0, True)
    assert state(home) == before and {name: (home / name).read_bytes() for name in kept} == kept
    withheld = (home / "published" / "withheld.json").read_text()
    assert PEOPLE[1] in withheld, "who withdrew since the last publication is not shown again"
    assert (home / "mappings" / "0123456789abcdef.toml").exists() and not (home / STAGED).exists()
    with Published.current(home) as current:
        current.check()
        assert current.content_hash == shown
    assert publish(opened(home), home, {"seed": 1}).content_hash == content
    assert (home / "netofnets.sqlite").stat().st_mode & 0o777 == 0o600
    load(opened(home), "north", a_roster(people=3))  # and the store works


def test_a_home_that_holds_something_is_refused_unless_told_and_who_was_erased_since_stays_away(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    lived(home)
    (home / "published").mkdir(exist_ok=True)  # what is in it is looked at by no restore
    (home / "published" / "CURRENT").write_text("0-0\n")
    (home / "published" / "0-0").mkdir()
    made(home, file, published=True)
    before = state(home)
    with pytest.raises(SettingsError, match="holds netofnets.sqlite.*nothing was changed.*--replace"):
        restore(settings_of(home), file)
    assert state(home) == before
    with closing(opened(home)) as store:
        store.erase(PEOPLE[1], made_marks(home))
        left = store.tombstones()
    done = restore(settings_of(home), file, replace=True)
    assert done.erased == 1 and not done.published, "what was published then shows the person"
    with closing(opened(home)) as store:
        assert sorted(store.scan().tables["leaders"]["id"].to_pylist()) == sorted([PEOPLE[0], PEOPLE[2]])
        assert store.tombstones() == left
    assert not [p for p in home.rglob("*") if p.is_file() and PEOPLE[1].encode() in p.read_bytes()]
    shutil.rmtree(home)
    assert restore(settings_of(home), file).erased == 0, "an empty home cannot know; docs/deploy.md says so"


def test_a_home_with_another_key_does_not_take_the_backup(tmp_path: Path) -> None:
    home, other, file = tmp_path / "home", tmp_path / "other", tmp_path / "home.backup"
    lived(home)
    lived(other)
    made(home, file)
    before = state(other)
    with pytest.raises(StoreError, match="another key than the backup's.*nothing was changed"):
        restore(settings_of(other), file, replace=True)
    assert state(other) == before


@pytest.mark.parametrize("what", ["a byte", "a member", "the manifest", "cut off", "no zip", "another path"])
def test_a_file_that_is_not_as_it_was_written_changes_nothing(tmp_path: Path, what: str) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    lived(home)
    made(home, file)
    before = state(home)
    spoil(file, what)
    with pytest.raises(StoreError, match=r"nothing was changed|the home is as it was"):
        restore(settings_of(home), file, replace=True)
    assert state(home) == before and not (tmp_path / "outside").exists()


def spoil(file: Path, what: str) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members[MANIFEST])
    if what == "a byte":
        members["secret"] = b"cd" * 32
    elif what == "a member":
        del members["accounts.sqlite"]
    elif what == "the manifest":
        members[MANIFEST] = json.dumps({**manifest, "content_hash": "0" * 64}).encode()
    elif what == "another path":
        members["../outside"] = b""
        manifest["members"]["../outside"] = {"bytes": 0, "sha256": "0"}
        members[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    if what in ("cut off", "no zip"):
        file.write_bytes(file.read_bytes()[:-400] if what == "cut off" else b"no zip at all")


def test_a_backup_is_of_one_moment_while_loads_run(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    home.mkdir()
    load(opened(home), "north", a_roster(people=3))
    end, numbers = threading.Event(), iter(range(4, 10_000))

    def keep_loading() -> None:
        while not end.is_set():
            load(opened(home), "north", a_roster(people=next(numbers)))

    writer = threading.Thread(target=keep_loading)
    writer.start()
    try:
        for number in range(3):
            made(home, file)
            other = tmp_path / f"other{number}"
            done = restore(settings_of(other), file)
            with closing(opened(other)) as store:  # run N loaded N + 2 people
                assert store.status().counts["leaders"] == done.run + 2
    finally:
        end.set()
        writer.join()


@pytest.mark.parametrize("after", [False, True])
def test_a_restore_that_is_cut_off_at_any_move_is_brought_to_its_end_by_whoever_opens_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    lived(home)
    made(home, file)
    before = state(home)
    for number in range(1, 8):  # one folder goes, six members come
        (home / "imports").mkdir(exist_ok=True)
        with closing(opened(home)) as store:
            load(store, "south", a_roster("south", 2 + number % 3))
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(moves, "_remove", cut_off_at(number, after=after))
            restore(settings_of(home), file, replace=True)
        assert (home / STAGED / "moves.json").exists()
        assert state(home) == before and not (home / "imports").exists() and not (home / STAGED).exists(), number


def cut_off_at(number: int, *, after: bool) -> Callable[[Path], None]:
    remove, calls = moves._remove, iter(range(1, 100))

    def removed(path: Path) -> None:
        at = next(calls)
        if at == number and not after:
            raise KeyboardInterrupt
        remove(path)
        if at == number:
            raise KeyboardInterrupt

    return removed


def begun(*command: object) -> subprocess.Popen[bytes]:
    """The command line at work, on the home that is named last."""
    *words, home = map(str, command)
    given = [sys.executable, "-m", "netofnets.cli", *words, "--home", home]
    return subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_backups_and_restores_that_are_killed_leave_the_old_or_the_new(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "home.backup"
    lived(home)
    content = made(home, file)
    before, old = state(home), file.read_bytes()
    chance = random.Random(5)
    killed = 0
    start = time.monotonic()
    begun("backup", str(file), home).wait()
    took = time.monotonic() - start
    for number in range(6):
        command = ["backup", str(file)] if number % 2 else ["restore", str(file), "--replace"]
        process = begun(*command, home)
        time.sleep(chance.uniform(0.4, 0.9) * took)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert state(home) == before, command
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
    assert killed
    assert made(home, file) == content and len(file.read_bytes()) > len(old) // 2
    assert [p.name for p in tmp_path.glob(".home.backup*")] == [], "what killed ones left is gone"
