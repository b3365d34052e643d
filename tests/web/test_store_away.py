"""The server of the store is away, slow or silent: pages go on from what is published, forms say so and come back."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase

from netofnets.publish import publish
from netofnets.schema.topics import INTRODUCTION
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.neo4j import pulse
from tests.store.statements import a_roster, load
from tests.toxics import CLEAN, Proxy, Toxic
from tests.web.test_introductions import ASKED, BOARD, OWN

PAGES = ("/", "/networks.json", "/search.json?q=person", "/bridges", "/atlas.json", "/readyz", "/livez")


def test_pages_ask_nothing_of_it_and_forms_say_that_it_is_away_until_it_is_there(
    open_client, tmp_path: Path, neo4j_url: str, neo4j_auth: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in {"_EVERY": 0.2, "_SILENT": 1.0, "_PING": 0.5}.items():
        monkeypatch.setattr(pulse, name, seconds)
    given = {"neo4j_user": neo4j_auth[0], "neo4j_password": neo4j_auth[1]}
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with closing(open_store(neo4j_url, load_settings(environ={}, **given))) as store:
        load(store, "north", a_roster(people=3))
        publish(store, tmp_path)
    with Proxy.before(urlsplit(neo4j_url).port or 7687) as proxy:
        client = open_client(tmp_path, store=f"bolt://127.0.0.1:{proxy.port}", **given)
        for toxic in (Toxic(reset_peer=True), Toxic(timeout=True)):
            proxy.set(toxic)
            before = proxy.taken
            assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)
            assert proxy.taken == before
            begun = time.monotonic()
            sent = client.post(BOARD, data=ASKED, headers=OWN)
            assert sent.status_code == 503 and "no Neo4j answers" in sent.text and ASKED["who"][:3] in sent.text
            assert time.monotonic() - begun < 30
            board = client.get(BOARD)
            assert board.status_code == 200 and "Shown is what was published" in board.text
        proxy.set(CLEAN)
        assert client.post(BOARD, data=ASKED, headers=OWN).status_code == 303
        assert proxy.taken > before
    with closing(open_store(neo4j_url, load_settings(environ={}, **given))) as store:
        [written] = store.decisions(INTRODUCTION)
        assert written.value == "asked"
