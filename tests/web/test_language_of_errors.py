"""What goes wrong in the rooms below is said on a page in the reader's language, whole: no words beside a message."""

from __future__ import annotations

import errno
import html
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.sources.files import InputFile
from ingest.sources.registry import reader_of
from netofnets.accounts.mail import Mailer
from netofnets.accounts.model import read_address
from netofnets.desk.backup import FORMAT, MANIFEST, STORE, backup
from netofnets.desk.erase import erase
from netofnets.desk.erasures import STEPS, Erasure
from netofnets.desk.restore import restore
from netofnets.errors import NetOfNetsError
from netofnets.language.languages import tongue
from netofnets.language.messages import said_by, told
from netofnets.language.system import system_words
from netofnets.publish import publish
from netofnets.schema.tombstones import RECORD, Tombstone
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store, refuse_credentials
from netofnets.store.erasure_key import KEY_FILE, kept_marks, made_marks, refuse_other_keys
from netofnets.store.hands import checked_how, refusal
from netofnets.store.neo4j.preparing import check, checked_prefix
from netofnets.store.restoring import lock_for
from tests.published import publish_copy, roster_copy
from tests.services.graphs import four_blocks
from tests.web.test_language import IN_BRACKETS, words_outside


def _read(data: bytes, name: str) -> Callable[[Path], object]:
    def read(home: Path) -> None:
        path = home / name
        path.write_bytes(data)
        file = InputFile(path, name, len(data), 0, 0, "")
        reader_of(file).open(file)

    return read


def _archive(home: Path) -> None:
    with zipfile.ZipFile(home / "list.xlsx", "w") as archive:
        archive.writestr("vbaProject.bin", "")
    _read((home / "list.xlsx").read_bytes(), "list.xlsx")(home)


def _key_that_is_none(home: Path) -> None:
    (home / KEY_FILE).write_text("no key", encoding="ascii")
    kept_marks(home)


def _erase_under_another_key(home: Path) -> None:
    refuse_other_keys([Tombstone("0" * 64, RECORD, "person", "another key")], made_marks(home), "sqlite:book")


def _publish_into_a_file(home: Path) -> None:
    (home / "published").write_text("in the way", encoding="ascii")
    publish(open_store("memory:"), home)


def _erase_nobody(home: Path) -> None:
    erase(open_store("memory:"), home, "nobody")


def _note_in_a_file(home: Path) -> None:
    (home / "erasures").write_text("in the way", encoding="ascii")
    Erasure.begin(home, "0" * 32)


def _send(_: Path) -> None:
    Mailer("127.0.0.1", 9, "none", "map@made-up.example").send("ada@made-up.example", "hello", "hello")


def _settings(home: Path, store: str | None = None) -> Settings:
    return load_settings(environ={}, home=str(home / "home"), store=store)


def _archive_with(**members: str) -> Callable[[Path], object]:
    """Restore from an archive with these members beside its manifest, if that is among them."""

    def run(home: Path) -> None:
        with zipfile.ZipFile(home / "list.backup", "w") as archive:
            for name, text in members.items():
                archive.writestr(MANIFEST if name == "manifest" else STORE, text)
        restore(_settings(home), home / "list.backup")

    return run


def _restore_into_a_full_home(home: Path) -> None:
    (home / "home").mkdir()
    (home / "home" / "secret").write_text("made up", encoding="ascii")
    restore(_settings(home), home / "list.backup")


def _restore_while_another_does(home: Path) -> None:
    with lock_for(home), lock_for(home):
        pass


def _raise(error: Exception) -> Callable[[Path], object]:
    def run(_: Path) -> None:
        raise error

    return run


WRONG: dict[str, Callable[[Path], object]] = {
    "a PDF": _read(b"%PDF-1.7", "list.pdf"),
    "a web page": _read(b"<!doctype html><p>", "list.csv"),
    "no workbook": _read(b"name,network\n", "list.xlsx"),
    "another kind": _read(b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>', "list.csv"),
    "no list in it": _read(b"3", "list.json"),
    "macros": _archive,
    "a damaged archive": _read(b"PK\x03\x04 and no more", "list.xlsx"),
    "no store": lambda home: open_store("redis:book"),
    "no file of a store": lambda home: open_store("sqlite:"),
    "a password in an address": lambda home: refuse_credentials("neo4j://ada:word@host"),
    "no key": _key_that_is_none,
    "another key": _erase_under_another_key,
    "no room to publish": _publish_into_a_file,
    "nobody to erase": _erase_nobody,
    "no room to note it": _note_in_a_file,
    "no mail server": _send,
    "no address": lambda home: read_address("ada\u202e@made-up.example"),
    "a setting": lambda home: checked_how("guess"),
    "a label": lambda home: checked_prefix("x y"),
    "a newer graph": lambda home: check([{"format": 999, "properties": [], "prefix": ""}], "neo4j://host", ""),
    "another prefix": lambda home: check([{"format": 0, "properties": [], "prefix": "Non"}], "neo4j://host", ""),
    "nothing to back up": lambda home: backup(open_store("memory:"), _settings(home), home / "list.backup"),
    "no room for a backup": lambda home: backup(open_store("memory:"), _settings(home), home / "none" / "list.backup"),
    "a backup for another store": lambda home: restore(_settings(home, "sqlite:theirs"), home / "list.backup"),
    "a home that is full": _restore_into_a_full_home,
    "two at once": _restore_while_another_does,
    "no archive": lambda home: restore(_settings(home), home / "list.backup"),
    "no backup": _archive_with(store="x"),
    "a backup of another version": _archive_with(manifest='{"format": 0}'),
    "a backup without a store": _archive_with(manifest=f'{{"format": {FORMAT}, "members": {{}}}}'),
    "a backup that was changed": _archive_with(
        manifest=f'{{"format": {FORMAT}, "members": {{"{STORE}": {{"bytes": 1, "sha256": ""}}}}}}', store="x"
    ),
    "edited by hand": _raise(refusal("neo4j://host", 2, ["Ada"])),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_is_said_whole_in_every_language(name: str, tmp_path: Path) -> None:
    with pytest.raises(NetOfNetsError) as caught:
        WRONG[name](tmp_path)
    said = said_by(caught.value)
    assert [text for text in words_outside(told(said, IN_BRACKETS)) if not text.startswith("list.")] == []
    for code in ("es", "de"):
        assert told(said, tongue(code)) != str(caught.value)


def test_how_far_an_erasure_is_is_said_whole(tmp_path: Path) -> None:
    job = Erasure.begin(tmp_path, "0" * 32)
    assert told(job.words(), tongue("de")).startswith("Die Person ist noch nicht entfernt aus: Dateien, die aufs Laden")
    for step in STEPS:
        job.finish(step)
        assert words_outside(told(job.words(), IN_BRACKETS)) == []
    assert job.words() == (
        "The person is gone from files that wait to be loaded, the store, what is published, accounts and the audit."
    )


def unreadable(path: Path) -> None:
    path.write_bytes(b"no database at all, and long enough to be looked at as one" * 20)


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA application_id = 7; CREATE TABLE theirs (x)")


@pytest.mark.parametrize(
    ("break_it", "german"),
    [
        (lambda path: None, "ist nicht auf diesem Rechner"),
        (unreadable, "ist keine SQLite-Datenbank, oder ist beschädigt"),
        (of_another_program, "ist die Datenbank eines anderen Programms"),
    ],
    ids=["away", "unreadable", "another program's"],
)
def test_what_is_wrong_with_the_store_is_said_in_the_readers_language(break_it, german, open_client, tmp_path):
    client = open_client(publish_copy(four_blocks().facts(), tmp_path), store=f"sqlite:{tmp_path / 'broken.sqlite'}")
    break_it(tmp_path / "broken.sqlite")
    answer = client.get("/review", headers={"Accept-Language": "de"})
    assert german in html.unescape(answer.text) and answer.status_code == 200


def test_a_run_that_there_is_not_is_said_in_the_readers_language(open_client, tmp_path):
    client = open_client(
        roster_copy("id,name,network\n1,Made-up Ada,Made-up circle\n2,Made-up Bo,Made-up circle\n", tmp_path)
    )
    answer = client.get("/?as_of_run=9", headers={"Accept-Language": "de"})
    assert answer.status_code == 404 and "Es gibt keinen Lauf 9; der letzte ist 1." in answer.text


@pytest.mark.parametrize(("number", "english"), [(errno.ENOSPC, "no room is left on the disk"), (errno.EBUSY, "Busy")])
def test_what_the_system_says_is_a_sentence_or_its_own_words(number, english):
    assert system_words(OSError(number, "Busy")) == english
