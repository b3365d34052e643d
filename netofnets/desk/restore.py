"""Put a backup into a home: checked whole beside it first, then switched in, so that a cut leaves the old or the new.

The switch is a list of moves that is written down before the first of them. Whoever opens the home next (a store is
opened through :func:`netofnets.store.open_store`) brings a switch that was cut off to its end.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import netofnets
from netofnets.accounts.database import FILE as ACCOUNTS
from netofnets.accounts.gate import open_accounts
from netofnets.desk.backup import FORMAT, KEPT, MANIFEST, PUBLISHED, STORE, content_hash, digest_of_file, schema_digest
from netofnets.desk.erasures import open_erasures
from netofnets.errors import NotFound, SettingsError, StoreBusy, StoreError
from netofnets.language import joined, said_by, say, unstopped
from netofnets.language.system import system_words
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS
from netofnets.schema.tombstones import ADDRESS, RECORD, Marks, Tombstone
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.erasure_key import KEY_FILE, kept_marks
from netofnets.store.operations import bury
from netofnets.store.restoring import STAGED, commit, finish_restore, lock_for

__all__ = ["Restored", "restore"]

_OWN = ("secret", "settings.toml", KEY_FILE)  # of the home, kept where the backup has none
_LOOSE = ("imports",)  # what is no part of a backup and goes with the home that it was made in


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place; ``erased`` people of the backup had been erased since, and are not in the home."""

    members: int
    run: int
    content_hash: str  # of the store as it is now
    erased: int
    published: bool


def restore(settings: Settings, path: Path, *, replace: bool = False) -> Restored:
    """Put what :func:`netofnets.desk.backup.backup` wrote into the home of the settings.

    A home that holds anything is refused unless ``replace`` is said; then everything in it that a backup could hold is
    replaced, and who was erased in it stays erased. :class:`StoreError` (and nothing is changed) for a file that is no
    backup or not as it was written.
    """
    home = settings.home
    if settings.store.startswith("sqlite:") and settings.store != f"sqlite:{home / STORE}":
        raise SettingsError(
            say(
                "a backup is put into the home, and the setting store names {store}; restore without that setting, "
                "then move the file, or copy it with netofnets store copy",
                store=settings.store,
            )
        )
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with lock_for(home):
            finish_restore(home)
            there = _replaced(home, replace)
            if open_erasures(home):
                raise StoreError(
                    say("an erasure in {home} was cut off; finish it first: netofnets publish", home=str(home))
                )
            shutil.rmtree(home / STAGED, ignore_errors=True)
            (home / STAGED).mkdir(mode=0o700)
            return _restored(settings, path, home / STAGED / "home", there)
    except (OSError, zipfile.BadZipFile) as error:
        why = system_words(error) if isinstance(error, OSError) else str(error)
        raise StoreError(
            say("{path} cannot be restored ({why}); the home is as it was", path=str(path), why=why)
        ) from None


def _replaced(home: Path, replace: bool) -> list[str]:
    """What is in the home that would be replaced; :class:`SettingsError` where that was not said."""
    there = [name for name in (*KEPT, *_LOOSE) if (home / name).exists()]
    if there and not replace:
        raise SettingsError(
            say(
                "{home} holds {names}: nothing was changed. Restore into an empty folder (--home), or say "
                "--replace to lose what it holds",
                home=str(home),
                names=joined(there, ", "),
            )
        )
    return there


def _restored(settings: Settings, path: Path, staged: Path, there: Iterable[str]) -> Restored:
    home = settings.home
    manifest = _unpacked(path, staged)
    before, left = _known_in(settings)
    with closing(open_store(f"sqlite:{staged / STORE}")) as store:
        found = content_hash(store, staged.parent)
        ours = (manifest["netofnets"], manifest["schema"]) == (netofnets.__version__, schema_digest())
        if ours and found != manifest["content_hash"]:  # of another version's program the checksums have to do
            raise _unlike(say("{path}: the store in it has another content than its manifest says", path=str(path)))
        erased = _without_erased(store, left, home, staged)
        if erased:
            shutil.rmtree(staged / PUBLISHED, ignore_errors=True)
            found = content_hash(store, staged.parent)
        run = store.status().run
    if (staged / ACCOUNTS).exists():
        open_accounts(staged).audit.check()
    _one_file_each(staged)
    if _known_in(settings) != (before, left):
        raise StoreBusy(
            say(
                "{store} was written meanwhile; nothing was changed. End loads and serve, then try again",
                store=settings.store,
            )
        )
    members = sorted(one.name for one in staged.iterdir())
    commit(home, members, sorted({*there, *_LOOSE} - {*members, *_OWN}))
    finish_restore(home)
    return Restored(len(manifest["members"]), run, found, erased, (home / PUBLISHED).exists())


def _unpacked(path: Path, staged: Path) -> dict[str, Any]:
    """The members below ``staged``, each as its checksum says; the manifest."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if MANIFEST not in names:
            raise _unlike(say("{path} is no backup: it has no {file}", path=str(path), file=MANIFEST))
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if manifest.get("format") != FORMAT:
            raise _unlike(say("{path} was written by another version of netofnets", path=str(path)))
        members = manifest["members"]
        if STORE not in members or {*names} != {MANIFEST, *members} or not all(map(_is_ours, members)):
            raise _unlike(say("{path} does not hold what its {file} lists", path=str(path), file=MANIFEST))
        for name, told in members.items():
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with archive.open(name) as member, os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(member, file)
                file.flush()
                os.fsync(file.fileno())
            if target.stat().st_size != told["bytes"] or digest_of_file(target) != told["sha256"]:
                raise _unlike(say("{path}: {name} in it is not what was written", path=str(path), name=name))
    return manifest


def _unlike(what: str) -> StoreError:
    """The error for a file that is not as a backup is written; the home is as it was."""
    return StoreError(joined([what, say("nothing was changed")], "; "))


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and parts[0] in KEPT and ".." not in parts


def _without_erased(store: Store, left: Iterable[Tombstone], home: Path, staged: Path) -> int:
    """Erase from the backup's store who was erased in the home since, and take the tombstones over; how many people."""
    fresh = {*left} - {*store.tombstones()}
    if not fresh:
        return 0
    marks, own = kept_marks(home), kept_marks(staged)
    if own is None and not store.tombstones():
        own = marks  # nobody had been erased when the backup was made: the home's key stays
    if marks is None or own is None or own.key != marks.key:
        raise StoreError(
            say(
                "people were erased in {home} under another key than the backup's, so that nobody can tell whether "
                "they are in it; nothing was changed. Restore into another folder (--home), and erase them there",
                home=str(home),
            )
        )
    erased = 0
    for record in _who(store, fresh, marks):
        try:
            store.erase(record, marks)
            erased += 1
        except NotFound:
            continue  # another record of somebody who is gone by now
    bury(store, fresh)
    return erased


def _known_in(settings: Settings) -> tuple[int, tuple[Tombstone, ...]]:
    """The last run and the tombstones of the home that is restored into."""
    try:
        with closing(open_store(settings.store, settings, reading=True)) as store:
            return store.status().run, store.tombstones()
    except StoreError as error:
        raise StoreError(
            say(
                "{why}. So it cannot be told who was erased in this home; nothing was changed. Restore into an empty "
                "folder (--home), and erase there whom you know of",
                why=unstopped(said_by(error)),
            )
        ) from error


def _who(store: Store, erased: set[Tombstone], marks: Marks) -> list[str]:
    """Records of people, now or in the past, whose id or address was that of somebody erased."""
    book = store.book()
    identity = Identity(book.judgements)
    wanted = {one.mark for one in erased if one.kind in (RECORD, ADDRESS)}
    claims = [claim for kept in book.kept for claim in kept.claims] + [one.claim for one in book.past]
    found = set()
    for claim in claims:
        if claim.kind == LEADERS.name:
            email = str(claim.values.get("email") or "")
            if marks.record(claim.key) in wanted or (email and marks.address(email) in wanted):
                found.add(identity.canonical(claim.key))
    return sorted(found)


def _one_file_each(staged: Path) -> None:
    """Databases without a log beside them: what is moved is whole."""
    for name in (STORE, ACCOUNTS):
        if (staged / name).exists():
            with closing(sqlite3.connect(staged / name)) as opened:
                if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise _unlike(say("{name} in the backup is damaged", name=name))
                opened.execute("PRAGMA journal_mode = WAL")  # closing it leaves no log
