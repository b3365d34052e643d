"""``netofnets show`` and ``netofnets.answers`` say what the pages say."""

import json
from dataclasses import asdict

import pytest

import netofnets
from netofnets.errors import NotFound
from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from web.app import create_app


@pytest.fixture(scope="module")
def ask(example_home):
    with netofnets.answers(str(example_home)) as answers:
        yield answers


@pytest.fixture(scope="module")
def twin(example_home):
    """The JSON twin of a page, as an organizer gets it."""
    client = create_app(load_settings(home=str(example_home)), viewer=ORGANIZER).test_client()

    def get(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.get_json()

    return get


def plain(answer):
    return json.loads(json.dumps(asdict(answer)))


def test_an_answer_in_python_is_the_twin_of_the_page(ask, twin):
    pete = ask.profile("Pete López")
    assert plain(pete) == twin(pete.leader.href + ".json")["profile"]
    network = ask.network("Lesson Study Across Borders")
    assert plain(network) == twin(network.network.href + ".json")["page"]
    interest = ask.interest("citizen science")
    assert plain(interest) == twin(interest.interest.href + ".json")["page"]
    assert plain(ask.search("citizen science")) == twin("/search.json?q=citizen+science")["answer"]
    assert plain(ask.networks()) == twin("/networks.json")["list"]
    assert plain(ask.front()) == twin("/index.json")["welcome"]
    assert plain(ask.bridges()) == twin("/bridges.json")["report"]
    assert plain(ask.overlap(limit=50)) == twin("/overlap.json")["report"]


def test_show_prints_the_same_as_json_and_an_outline_for_people(run, ask):
    assert json.loads(run("show", "leader", "pete lopez", "--format", "json")) == plain(ask.profile("Pete López"))
    lines = run("show", "network", "Boat and Bus School Teachers").splitlines()
    assert "network: Boat and Bus School Teachers" in lines
    assert any("Alejandra Banda" in line for line in lines)


def test_a_name_that_nobody_or_several_have_is_an_error_that_says_what_to_do(ask):
    with pytest.raises(NotFound, match="netofnets search"):
        ask.profile("Nobody At All")
    names = ask.published.edition("organizers").present.names("leaders").to_pylist()
    twice = next(name for name in names if names.count(name) > 1)
    with pytest.raises(NotFound, match="say which by id"):
        ask.profile(twice)


def test_every_command_that_reads_answers_for_a_day(tmp_path):
    from click.testing import CliRunner

    from netofnets.cli import netofnets_command
    from tests.published import publish_copy
    from tests.web.test_day import spells

    publish_copy(spells().facts(), tmp_path)

    def run(*words, day):
        chosen = [*words, *(["--as-of", day] if day else []), "--home", str(tmp_path)]
        if words[0] in ("show", "lineage"):
            return CliRunner().invoke(netofnets_command, chosen, catch_exceptions=False).output
        CliRunner().invoke(netofnets_command, [*chosen, "--output", str(tmp_path / "out")], catch_exceptions=False)
        return (tmp_path / "out").read_text(encoding="utf-8")

    june, july = "2024-06-30", "2024-07-01"
    for words, told in (
        (("show", "leader", "Ana", "--format", "json"), lambda said: len(json.loads(said)["suggestions"]["inside"])),
        (("search", "--network", "Beta", "--format", "json"), lambda said: len(json.loads(said))),
        (("paths", "Bo", "Cid", "--format", "json"), lambda said: len(json.loads(said))),
        (("what-if", "--without", "Ana", "--format", "json"), lambda said: len(json.loads(said))),
        (("lineage", "Ana", "--format", "json"), lambda said: json.loads(said)["leader"]["name"] == "Ana"),
    ):
        before, after, now = (told(run(*words, day=day)) for day in (june, july, ""))
        assert after == now, words
        if words[0] in ("search", "paths", "what-if"):
            assert before > after, words
