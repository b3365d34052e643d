"""A publication is the same whichever engine computed its joins; an engine that is not there says so."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.engines import open_engine
from netofnets.errors import EngineError, SettingsError
from netofnets.publish import publish_facts
from netofnets.settings import load_settings
from tests.services.graphs import four_blocks


class Counting:
    """Hands on to an engine, and notes what was asked of it."""

    def __init__(self, engine):
        self.engine, self.asked = engine, set()

    def __getattr__(self, name):
        self.asked.add(name)
        return getattr(self.engine, name)


@pytest.fixture(scope="module")
def facts():
    return four_blocks(12).facts()


def test_the_same_bytes_whatever_engine(other, facts, tmp_path):
    counting = Counting(other)
    here = publish_facts(facts, tmp_path / "here")
    there = publish_facts(facts, tmp_path / "there", engine=counting)
    assert counting.asked == {"shared", "joined", "spread"}
    assert (there.folder / "manifest.json").read_bytes() == (here.folder / "manifest.json").read_bytes()
    for measure in ("overlap", "connectors", "bridges"):
        file = f"organizers/results/{measure}.arrow"
        assert (there.folder / file).read_bytes() == (here.folder / file).read_bytes()
    editions = json.loads((there.folder / "manifest.json").read_text(encoding="utf-8"))["editions"]
    assert all(edition["counts"]["leaders"] for edition in editions.values())


def publish(*arguments, home):
    return CliRunner().invoke(netofnets_command, ["publish", "--home", str(home), *arguments])


def test_the_command_says_what_an_engine_lacks(tmp_path):
    refused = publish("--engine", "neo4j", home=tmp_path)
    assert isinstance(refused.exception, EngineError)
    assert "the store is sqlite:" in str(refused.exception)
    assert "--engine local" in str(refused.exception)
    assert "'cuda' is not one of 'local', 'neo4j', 'spark'" in publish("--engine", "cuda", home=tmp_path).output
    with pytest.raises(SettingsError, match="no engine 'cuda'"), open_engine(load_settings(environ={}, engine="cuda")):
        pass


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed here")
def test_spark_that_is_not_installed_is_named(tmp_path):
    refused = publish("--engine", "spark", home=tmp_path)
    assert isinstance(refused.exception, EngineError)
    assert "pip install 'netofnets[spark]'" in str(refused.exception)
    assert not (tmp_path / "published").exists()


def test_the_setting_names_the_engine(example_store, tmp_path):
    settings = load_settings(environ={}, **example_store)
    with open_engine(settings) as engine:
        assert engine.name == "neo4j"


@pytest.fixture
def example_store(neo4j_url, neo4j_auth):
    user, password = neo4j_auth
    return {"engine": "neo4j", "store": neo4j_url, "neo4j_user": user, "neo4j_password": password}


def test_an_engine_is_held_against_this_process(example, tmp_path):
    asked = ["engine", "local", "--home", str(example.folder.parent)]
    done = CliRunner().invoke(netofnets_command, [*asked, "--format", "json"], catch_exceptions=False)
    told = json.loads(done.output)
    assert [row["same"] for row in told] == [True, True, True]
    assert all(row["rows"] > 50 for row in told)
    file = tmp_path / "found.csv"
    done = CliRunner().invoke(netofnets_command, [*asked, "--communities", str(file)], catch_exceptions=False)
    assert float(done.output.split()[-1]) > 0.5
    assert file.read_text(encoding="utf-8").startswith("kind,id,community\nleaders,")
