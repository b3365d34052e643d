"""The same facts, published from any store, are the same to the byte."""

from __future__ import annotations

import json
from pathlib import Path

from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import Judgement, Verdict, VisibilityChoice
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.store.statements import a_roster, load


def filled(store: Store) -> Store:
    people = [claim.key for claim in a_roster("north", 12) + a_roster("south", 9) if claim.kind == "leaders"]
    load(store, "north", a_roster("north", 12))
    load(store, "south", a_roster("south", 9))
    left, right = sorted((people[0], people[-1]))
    store.judge([Judgement(left, right, Verdict.SAME, "Ada", "they told me", at="2024-01-01T00:00:00+00:00")])
    store.choose([VisibilityChoice(people[3], Visibility.PUBLIC, "Ada", "asked for it")])
    load(store, "north", a_roster("north", 11))
    return store


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_published_does_not_depend_on_the_store(
    tmp_path: Path, empty_neo4j: str, neo4j_settings: Settings
) -> None:
    published = {}
    for name, url in (("memory", "memory:"), ("sqlite", f"sqlite:{tmp_path / 'book.sqlite'}"), ("neo4j", empty_neo4j)):
        store = filled(open_store(url, neo4j_settings))
        published[name] = publish(store, tmp_path / name)
        store.close()
    assert len({(done.content_hash, done.run) for done in published.values()}) == 1
    contents = [files(done.folder) for done in published.values()]
    assert contents[0] == contents[1] == contents[2]
    assert json.loads(contents[0]["manifest.json"])["content_hash"] == published["neo4j"].content_hash
