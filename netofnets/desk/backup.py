"""One file with everything that a home cannot be without: the store, the accounts, the keys, kept mappings, settings.

It is a zip archive; ``manifest.json`` in it, written last, has the size and SHA-256 of every other member and the
content hash of the store. Databases are copied by SQLite's online backup, so that loads and pages go on meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import netofnets
from netofnets.accounts.database import FILE as ACCOUNTS
from netofnets.desk.checks import now
from netofnets.errors import StoreError
from netofnets.graph.withheld import FILE as WITHHELD
from netofnets.language import say
from netofnets.language.system import system_words
from netofnets.publish import write_facts
from netofnets.schema.kinds import BY_NAME
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.erasure_key import KEY_FILE
from netofnets.store.mending import copy
from netofnets.store.sqlite.backend import SqliteStore

__all__ = [
    "FORMAT",
    "KEPT",
    "MANIFEST",
    "PUBLISHED",
    "STORE",
    "Backup",
    "backup",
    "content_hash",
    "digest_of_file",
    "schema_digest",
]

FORMAT = 1
MANIFEST, STORE, PUBLISHED = "manifest.json", "netofnets.sqlite", "published"
KEPT = (STORE, ACCOUNTS, KEY_FILE, "secret", "settings.toml", "mappings", "erasures", PUBLISHED)
"""What may be in a backup: files and folders of the home. Files that wait to be loaded never are."""

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: the members with their sizes in bytes, and the content hash of the store."""

    path: Path
    sizes: dict[str, int]
    content_hash: str
    run: int


def backup(store: Store, settings: Settings, path: Path, *, published: bool = False) -> Backup:
    """Write ``path``, readable by its owner only; it is there whole, or as it was before.

    A store that is no SQLite file is copied into one (:func:`netofnets.store.mending.copy`), logs and all; it must not
    need mending. Raises :class:`StoreError` when something cannot be read or written.
    """
    path = path.absolute()
    try:
        with _beside(path) as work:
            members = work / "home"
            members.mkdir()
            _copy_store(store, members / STORE)
            _copy_home(settings, members, published=published)
            with closing(open_store(f"sqlite:{members / STORE}")) as copied:
                manifest = _manifest(members, content_hash(copied, work), copied.status().run)
            _write(members, manifest, work / "backup")
            os.replace(work / "backup", path)
    except (OSError, sqlite3.Error) as error:
        why = system_words(error) if isinstance(error, OSError) else str(error)
        raise StoreError(say("{path}: {why}; no backup was written", path=str(path), why=why)) from None
    sizes = {name: int(member["bytes"]) for name, member in manifest["members"].items()}
    return Backup(path, sizes, manifest["content_hash"], manifest["run"])


def content_hash(store: Store, work: Path) -> str:
    """The digest of all facts of a store: what publishing it would print."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        return str(write_facts(store.scan(), Path(folder) / "facts", date.today().isoformat())["content_hash"])


def schema_digest() -> str:
    """A digest of kinds and properties: a program that declares others has other content hashes for the same claims."""
    declared = [(name, [prop.name for prop in kind.properties]) for name, kind in BY_NAME.items()]
    return hashlib.sha256(repr(declared).encode()).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder of ours beside ``path``, on the same disk; those that a killed backup left are removed."""
    for leftover in path.parent.glob(f".{path.name}.writing-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.writing-", dir=path.parent) as folder:
        yield Path(folder)


def _copy_store(store: Store, target: Path) -> None:
    if isinstance(store, SqliteStore):
        _copy_database(store.path, target)
    elif store.status().run:
        with closing(open_store(f"sqlite:{target}")) as taken:
            copy(store, taken)
    else:
        raise StoreError(say("{store} is empty: there is nothing to back up", store=store.url))


def _copy_database(source: Path, target: Path) -> None:
    """The state of one moment: in one step, and so in one read transaction, while others write."""
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=30)) as given:
        with closing(sqlite3.connect(target)) as taken:
            given.backup(taken)
            taken.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    target.chmod(0o600)


def _copy_home(settings: Settings, members: Path, *, published: bool) -> None:
    home = settings.home
    secret = Path(settings["secret_file"]).expanduser() if settings["secret_file"] else home / "secret"
    for name in KEPT:
        there = secret if name == "secret" else home / name
        if name == STORE or not there.exists() or (name == PUBLISHED and not published):
            continue
        if name == ACCOUNTS:
            _copy_database(there, members / name)
        elif there.is_dir():
            _copy_folder(there, members / name)
        else:
            shutil.copyfile(there, members / name)


def _copy_folder(source: Path, target: Path) -> None:
    """What is published at one moment: the folder that CURRENT names, copied before it can be cleared away.

    Who is withheld until the next publication comes along, read first: rather too many than too few.
    """
    if source.name != PUBLISHED:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
        return
    target.mkdir(mode=0o700)
    with suppress(FileNotFoundError):
        shutil.copyfile(source / WITHHELD, target / WITHHELD)
    for _ in range(3):  # it may be switched while we copy
        try:
            name = (source / "CURRENT").read_text(encoding="utf-8").strip()
            shutil.copytree(source / name, target / name)
        except (FileNotFoundError, shutil.Error):
            for partial in target.glob("*/"):
                shutil.rmtree(partial)
            continue
        (target / "CURRENT").write_text(name + "\n", encoding="utf-8")
        return


def _manifest(members: Path, content: str, run: int) -> dict[str, Any]:
    for name in (STORE, ACCOUNTS):  # what reading a database leaves beside it
        for ending in ("-wal", "-shm"):
            (members / f"{name}{ending}").unlink(missing_ok=True)
    files = sorted(path for path in members.rglob("*") if path.is_file())
    told = {
        path.relative_to(members).as_posix(): {"bytes": path.stat().st_size, "sha256": digest_of_file(path)}
        for path in files
    }
    about = {"format": FORMAT, "made": now(), "netofnets": netofnets.__version__, "schema": schema_digest()}
    return {**about, "run": run, "content_hash": content, "members": told}


def _write(members: Path, manifest: dict[str, Any], path: Path) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in manifest["members"]:
                archive.write(members / name, name)
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
