"""An erasure that is cut off, wherever that is, is finished by the same command, a publication or the next start."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.pipeline import Options
from ingest.pipeline import load as load_files
from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.cli import netofnets_command
from netofnets.desk import erase as erasing
from netofnets.desk.erase import erase, finish_erasures
from netofnets.desk.erasures import open_erasures
from netofnets.desk.imports import imports_folder
from netofnets.errors import NotFound, NotPublished, StoreBusy, StoreError
from netofnets.graph.published import Published
from netofnets.graph.withheld import WithheldList
from netofnets.publish import Publication, publish
from netofnets.schema.identifiers import record_id
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.erasure_key import kept_marks, made_marks
from netofnets.store.sqlite.backend import SqliteStore
from web.cli import _finish_what_was_cut_off

ROSTER = """leader_id,name,email,school,network
T-77421,Zuzanna Quixley,zuzanna.quixley@x.example,Marrow High,Readers
T-77422,Li Wei,li@x.example,South High,Readers
"""
PERSON = record_id("leaders", "north", "T-77421")
SECRETS = ("Quixley", "quixley", "T-77421", PERSON)


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


@pytest.fixture(scope="module")
def as_it_was(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with everything in it that could hold a person, made once."""
    folder = tmp_path_factory.mktemp("erased") / "home"
    folder.mkdir()
    (folder.parent / "roster.csv").write_text(ROSTER, encoding="utf-8")
    with closing(opened(folder)) as store:
        loaded(store, folder)
        publish(store, folder, {"seed": 1})
    accounts = open_accounts(folder)
    accounts.roll.add("zuzanna.quixley@x.example", AccountRole.MEMBER, [PERSON], origin="test")
    accounts.audit.note("choose", whom=PERSON, origin="test")
    (imports_folder(folder) / "one").mkdir(parents=True)
    (imports_folder(folder) / "one" / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return folder


@pytest.fixture
def home(as_it_was: Path, tmp_path: Path) -> Path:
    return shutil.copytree(as_it_was.parent, tmp_path / "copy") / "home"


def opened(home: Path) -> Store:
    return open_store(f"sqlite:{home / 'netofnets.sqlite'}")


def loaded(store: Store, home: Path) -> int:
    told = load_files(store, [home.parent / "roster.csv"], Options("north", marks=kept_marks(home))).report
    return len(told.left_out.erased)


def held(home: Path) -> list[str]:
    """Files in which, or in whose names, the person is."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(p) for p in files for text in SECRETS if text.encode() in p.name.encode() + p.read_bytes()]


def killed(*_: object, **__: object) -> None:
    raise Killed


def then_killed(do: Callable[..., object]) -> Callable[..., object]:
    def done(*given: object, **named: object) -> object:
        do(*given, **named)
        raise Killed

    return done


POINTS = {
    "before anything": ("forget_imports", killed),
    "after the files": ("forget_imports", then_killed(erasing.forget_imports)),
    "before publishing": ("publish", killed),
    "after publishing": ("publish", then_killed(erasing.publish)),
    "before the accounts": ("_forget_accounts", killed),
    "after the accounts": ("_forget_accounts", then_killed(erasing._forget_accounts)),
}


CUTS = [*POINTS, "in the store", "before the file was rewritten"]


@pytest.mark.parametrize(("point", "again"), list(zip(CUTS, ["publish", "erase", "serve", "publish"] * 2, strict=True)))
def test_what_was_killed_is_finished_and_nothing_is_left(
    home: Path, monkeypatch: pytest.MonkeyPatch, point: str, again: str
) -> None:
    with closing(opened(home)) as store, monkeypatch.context() as patched, pytest.raises(Killed):
        if point in POINTS:
            name, do = POINTS[point]
            patched.setattr(erasing, name, do)
        elif point == "in the store":
            patched.setattr("netofnets.store.operations.plan_erasure", killed)
        else:
            patched.setattr(SqliteStore, "scrub", killed)
        erase(store, home, PERSON, {"seed": 1})
    [job] = open_erasures(home)
    noted = (home / "erasures" / f"{job.mark[:32]}.json").read_text()
    assert not [text for text in SECRETS if text in noted] and "yet from" in job.words()
    run = CliRunner().invoke
    if again == "publish":
        told = run(netofnets_command, ["publish", "--home", str(home)], catch_exceptions=False).output
        assert "Finished 1 erasure that had been cut off." in told
    elif again == "serve":
        _finish_what_was_cut_off(load_settings(environ={}, home=str(home)))
    else:
        run(netofnets_command, ["erase", PERSON, "--yes", "--home", str(home)])
    assert held(home) == [] and open_erasures(home) == []
    accounts = open_accounts(home)
    assert accounts.roll.listed() == [] and accounts.audit.check()
    with closing(opened(home)) as store:
        assert loaded(store, home) == 1 and store.status().counts["leaders"] == 1
        assert finish_erasures(store, home) == 0
        with pytest.raises(NotFound, match="any more.*The person is gone from"):
            erase(store, home, PERSON, {"seed": 1})
    assert held(home) == []


def test_on_a_full_disk_the_truth_is_said_and_a_second_try_finishes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    with closing(opened(home)) as store:
        with monkeypatch.context() as disk:
            disk.setattr("netofnets.desk.erasures.os.fsync", full)
            with pytest.raises(StoreError, match="cannot write .*erasure.key: no room is left.*nothing was changed"):
                erase(store, home, PERSON, {"seed": 1})
        made_marks(home)
        with monkeypatch.context() as disk:
            disk.setattr("netofnets.desk.erasures.os.fsync", full)
            with pytest.raises(StoreError, match="no room is left.*The person is not gone yet from files that wait"):
                erase(store, home, PERSON, {"seed": 1})
        assert store.status().counts["leaders"] == 2
        with monkeypatch.context() as disk:
            disk.setattr("netofnets.graph.facts_files.write_table", full)
            with pytest.raises(StoreError, match="gone from .*the store.*accounts.*no room is left.*publish"):
                erase(store, home, PERSON, {"seed": 1})
        with pytest.raises(NotPublished):
            Published.current(home)
        assert held(home) == []
        with pytest.raises(NotFound):
            erase(store, home, PERSON, {"seed": 1})
        with Published.current(home) as current:
            assert current.edition("organizers").snapshot.count("leaders") == 1
    assert held(home) == []


def test_an_owner_is_not_shut_out_and_the_command_says_so(home: Path) -> None:
    accounts = open_accounts(home)
    accounts.roll.close("zuzanna.quixley@x.example", forget=True, origin="test")
    accounts.roll.add("ZUZANNA.quixley@x.example", AccountRole.OWNER, origin="test")
    told = CliRunner().invoke(
        netofnets_command, ["erase", PERSON, "--yes", "--home", str(home)], catch_exceptions=False
    )
    assert "stays, since it is an owner's: netofnets account close --forget" in told.output
    assert [one.address for one in accounts.roll.listed()] == ["zuzanna.quixley@x.example"]


def test_while_a_load_runs_the_erasure_waits_its_turn_and_says_what_is_gone(home: Path) -> None:
    with closing(opened(home)) as store:
        with store.writer("north"), pytest.raises(StoreBusy, match="gone from files that wait.*not yet from the store"):
            erase(store, home, PERSON, {"seed": 1})
        assert finish_erasures(store, home, {"seed": 1}) == 1
    assert held(home) == []


def test_an_erasure_killed_at_random_moments_leaves_nothing_once_it_is_published(home: Path) -> None:
    chance, settings = random.Random(11), load_settings(environ={}, home=str(home))
    command = [sys.executable, "-m", "netofnets.cli"]
    for _ in range(4):
        process = subprocess.Popen(
            [*command, "erase", PERSON, "--yes", "--home", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.2, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    with closing(open_store(settings.store, settings)) as store:
        finish_erasures(store, home, {"seed": 1})
        if store.status().counts["leaders"] == 2:  # each was killed before it began
            erase(store, home, PERSON, {"seed": 1})
    assert held(home) == []


def test_no_page_shows_them_while_publishing_takes_its_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noting(*given: Any, **named: Any) -> Publication:
        seen.extend(one.record for one in WithheldList(home).entries())
        return publish(*given, **named)

    monkeypatch.setattr(erasing, "publish", noting)
    with closing(opened(home)) as store:
        erase(store, home, PERSON)
    assert seen == [PERSON] and WithheldList(home).entries() == ()
    assert held(home) == []
