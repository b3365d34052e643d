"""A full disk, and folders that cannot be written: the real commands say so in a sentence, and nothing is half done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from ingest.drafts.folder import drafts
from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.cli import main, netofnets_command
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.identifiers import record_id
from netofnets.store import open_store
from tests.published import copy_of
from tests.store.statements import a_roster, load
from tests.web.test_uploads import ROSTER, form, give

PERSON = record_id("leaders", "a", "T-1")
LINES = "leader_id,name,network\n" + "".join(f"T-{i},Person Number{i},Readers\n" for i in range(2_000))
pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no limit on the size of files there")


def limited(size: int) -> Callable[[], None]:
    """In a child: writing on beyond so many bytes of a file fails, as on a full disk."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def environment() -> dict[str, str]:
    """Compiled modules are not kept: Python 3.11 keeps half a one, too, and nobody could import it again."""
    own = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | own


def refused(home: Path, *arguments: str, size: int = 0) -> str:
    """What a command says that cannot do what it should; in a process of its own where files may have no more bytes."""
    words = [*arguments, "--home", str(home)]
    code, said = limited_run(words, size) if size else run_here(words)
    assert code in (2, 4) and "Traceback" not in said, said
    [sentence] = [line for line in said.splitlines() if line.startswith("netofnets: ")]
    return sentence


def limited_run(words: list[str], size: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "netofnets.cli", *words],
        env=environment(), capture_output=True, text=True, timeout=120, check=False, preexec_fn=limited(size),
    )  # fmt: skip
    return done.returncode, done.stderr


def run_here(words: list[str]) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patch, StringIO() as said:
        patch.setattr(sys, "argv", ["netofnets", *words])
        patch.setattr(sys, "stderr", said)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), said.getvalue()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (tmp_path / "more.csv").write_text(LINES, encoding="utf-8")
    return copy_of(_three, folder)


def _three(home: Path) -> None:
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store:
        load(store, "a", a_roster("a", 3))
        publish(store, home)


def state(home: Path) -> tuple[int, str]:
    """The last run, and what is published."""
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store, Published.current(home) as current:
        current.check()
        return store.status().run, current.folder.name


def test_on_a_full_disk_loads_and_accounts_stay_as_they_were(home: Path) -> None:
    before = state(home)
    more = str(home.parent / "more.csv")
    assert "room" in refused(home, "ingest", more, "--source", "b", size=100_000)
    assert state(home) == before
    accounts = open_accounts(home)
    accounts.roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    entries = accounts.audit.entries()
    assert "room" in refused(home, "account", "add", "a@x.example", "--role", "owner", size=4_000)
    assert [one.address for one in accounts.roll.listed()] == ["owner@x.example"]
    assert accounts.audit.entries() == entries and accounts.audit.check()


def test_on_a_full_disk_an_upload_is_refused_in_a_sentence_and_the_map_goes_on(home: Path) -> None:
    command = [sys.executable, "-m", "netofnets.cli", "serve", "--port", "0", "--home", str(home)]
    with (
        open("/dev/full", "w") as full,
        subprocess.Popen(
            command, env=environment(), stdout=subprocess.PIPE, stderr=full, text=True, preexec_fn=limited(100_000)
        ) as server,
    ):
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline()).group()
            link = re.search(r"http://\S+", server.stdout.readline()).group()
            browser = build_opener(HTTPCookieProcessor())
            browser.open(link, timeout=60).close()
            padded = ROSTER + b"".join(b"Person %06d,\n" % i for i in range(20_000))
            status, page = give(address, browser, form(padded))
            assert status == 422 and "could not be kept here" in page and "make room" in page
            assert drafts(home) == () and list((home / "imports").iterdir()) == []
            assert give(address, browser, form(ROSTER))[0] == 200, "what has room is taken"
            with browser.open(address + "/networks", timeout=60) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
        assert server.wait(60) == 0


def test_a_home_that_is_no_folder_is_said_by_each_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file", encoding="utf-8")
    (tmp_path / "more.csv").write_text(LINES, encoding="utf-8")
    for command in (
        ["ingest", str(tmp_path / "more.csv"), "--source", "b"],
        ["publish"],
        ["account", "add", "a@x.example", "--role", "owner"],
        ["erase", PERSON, "--yes"],
    ):
        assert str(home) in refused(home, *command)
    assert home.read_text(encoding="utf-8") == "a file"


def test_folders_of_the_home_that_cannot_be_written_are_said_and_nothing_is_half_done(home: Path) -> None:
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store:
        [person, *_] = sorted(store.scan().tables["leaders"]["id"].to_pylist())
    before = state(home)
    (home / "published").rename(home / "aside")
    (home / "published").write_text("a file", encoding="utf-8")
    assert "nothing new was published" in refused(home, "publish")
    (home / "published").unlink()
    (home / "aside").rename(home / "published")
    (home / "erasures").write_text("a file", encoding="utf-8")
    assert "erasures" in refused(home, "erase", person, "--yes")
    (home / "erasures").unlink()
    (home / "imports").write_text("a file", encoding="utf-8")
    assert "remove the folder imports" in refused(home, "erase", person, "--yes")
    assert state(home) == before
    (home / "imports").unlink()
    (home / "published").rename(home / "aside")
    (home / "published").write_text("a file", encoding="utf-8")
    said = refused(home, "erase", person, "--yes")
    assert (
        "remove the folder published" in said and "gone from files that wait to be loaded, the store; not yet" in said
    )
    (home / "published").unlink()
    (home / "aside").rename(home / "published")  # with the person in it
    done = netofnets_command.main(["publish", "--home", str(home)], standalone_mode=False)
    assert done is None and state(home)[1] != before[1]
    with Published.current(home) as current:
        assert person not in current.edition("organizers").snapshot.nodes["leaders"]["id"].to_pylist()


def test_on_a_full_disk_no_half_copy_of_the_home_is_left_and_a_load_without_its_report_is_told(home: Path) -> None:
    begun = sorted(path.name for path in home.parent.iterdir())
    for size in (100_000, 40_000):
        assert "no backup was written" in refused(home, "backup", str(home.parent / "copy.backup"), size=size)
    assert "nothing was replaced" in refused(
        home, "export", "graphml", "-o", str(home.parent / "map.graphml"), size=500
    )
    assert sorted(path.name for path in home.parent.iterdir()) == begun
    run, _ = state(home)
    more = str(home.parent / "more.csv")
    said = refused(home, "ingest", more, "--source", "b", "--report", "/dev/full")
    assert "No space left" in said and "the load itself is done" in said
    assert state(home)[0] == run + 1
