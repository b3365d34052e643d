"""Every store goes into a backup, and out of it comes a SQLite store that says and publishes the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from netofnets.desk.backup import backup, content_hash
from netofnets.desk.restore import restore
from netofnets.errors import StoreError
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.erasure_key import KEY_FILE, made_marks
from tests.store.statements import a_roster, facts_of, load

PEOPLE = [claim.key for claim in a_roster(people=4) if claim.kind == "leaders"]


def test_a_store_comes_back_with_its_facts_logs_runs_past_and_tombstones(store: Store, tmp_path: Path) -> None:
    home, other, file = tmp_path / "folder", tmp_path / "other", tmp_path / "map.netofnets"
    home.mkdir(exist_ok=True)
    load(store, "north", a_roster(people=4))
    load(store, "north", a_roster(people=3))
    store.choose(
        [VisibilityChoice(PEOPLE[0], Visibility.PUBLIC, "the person", "asked", "", "2026-11-27T00:00:00+00:00")]
    )
    store.erase(PEOPLE[1], made_marks(home))
    done = backup(store, load_settings(environ={}, home=str(home)), file)
    assert done.content_hash == content_hash(store, tmp_path)
    settings = load_settings(environ={}, home=str(other))
    assert restore(settings, file).content_hash == done.content_hash
    assert (other / KEY_FILE).read_bytes() == (home / KEY_FILE).read_bytes()
    with closing(open_store(settings.store, settings)) as back:
        assert facts_of(back) == facts_of(store)
        book, before = back.book(), store.book()
        assert book.tombstones == before.tombstones != ()
        assert sorted(map(repr, book.past)) == sorted(map(repr, before.past)) != []
        assert book.runs[: len(before.runs)] == before.runs


def test_an_empty_store_is_no_backup(store: Store, tmp_path: Path) -> None:
    if store.url.startswith("sqlite:"):
        pytest.skip("an empty file is one that can be copied")
    with pytest.raises(StoreError, match="is empty: there is nothing to back up"):
        backup(store, load_settings(environ={}, home=str(tmp_path / "home")), tmp_path / "map.netofnets")
    assert not (tmp_path / "map.netofnets").exists()
