"""What-if, lineage, convening, partners and parts on the command line, on the example."""

import json

import pytest

import netofnets
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from web.app import create_app

LANTERN = "Lantern Science Teachers"


@pytest.fixture(scope="module")
def ask(example_home):
    with netofnets.answers(str(example_home)) as answers:
        yield answers


@pytest.fixture(scope="module")
def twin(example_home):
    client = create_app(load_settings(home=str(example_home)), viewer=ORGANIZER).test_client()
    return lambda path: client.get(path).get_json()


def test_an_association_is_counted_with_its_chapters_nobody_twice(run, example_home):
    with Published.current(example_home) as published:
        present = published.edition("organizers").present
        names = present.names("networks").to_pylist()
        members = {n: set(present.incidence("memberships").actors_of(at).tolist()) for at, n in enumerate(names)}
    family = {n: who for n, who in members.items() if n.startswith(LANTERN)}
    assert len(family) == 4
    everybody = set().union(*family.values())
    rows = {r["name"]: r for r in json.loads(run("dependence", "--format", "json"))}
    assert rows[LANTERN]["members"] == len(family[LANTERN])
    assert rows[LANTERN]["with_parts"] == len(everybody) < sum(map(len, family.values()))
    assert all(rows[n]["with_parts"] == rows[n]["members"] for n in names if n != LANTERN)


def test_people_in_several_networks_have_fractional_roles(run):
    rows = json.loads(run("roles", "--by", "networks", "--format", "json"))
    assert any(row["total"] and row["coordinator"] % 1 for row in rows)
    for row in rows:
        parts = [row[name] for name in ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")]
        assert row["total"] is None or sum(parts) == pytest.approx(row["total"], abs=1e-6) == round(row["total"])


def test_constraint_on_memberships_is_refused(run):
    with pytest.raises(SettingsError, match=r"Spearman\) with the number of fellow members is -0\.9"):
        run("ties", "--on", "memberships")


def test_a_set_covers_most_networks(run):
    rows = json.loads(run("convene", "-k", "6", "--format", "json"))
    assert [row["place"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[-1]["reached"] == sum(row["adds"] for row in rows) >= 22 and rows[-1]["of"] == 24
    again = json.loads(run("convene", "-k", "3", "--format", "json"))
    assert [row["id"] for row in again] == [row["id"] for row in rows[:3]]


def test_partners_between_networks_that_nobody_joins(run):
    rows = json.loads(run("partners", "--format", "json"))
    assert rows[0]["apart"] >= rows[-1]["apart"] == 0
    told = rows[0]["reason"]
    assert told.startswith(rows[0]["name"]) and rows[0]["first_network_name"] in told


def test_the_pages_say_the_same(run, ask, twin, tmp_path):
    pete = ask.profile("Pete López").leader
    first, second = (ask.network(name).network for name in (LANTERN, "Boat and Bus School Teachers"))
    for options, page in (
        (("--without", "pete lopez"), f"/what-if.json?without={pete.id}"),
        (("--join", first.name, second.name), f"/what-if.json?join={first.id}&and={second.id}"),
    ):
        answer = twin(page)["answer"]
        sorts = {"distance": "distances", "hangs on one": "hanging", "reaches others by": "dependence"}
        run("what-if", *options, "--format", "json", "--output", str(tmp_path / "rows.json"))
        rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
        for what, key in sorts.items():
            told = [r for r in rows if r["what"] == what]
            assert len(told) == answer[f"{key}_total"]
            assert [(r["first"], r["second_name"], r["before"], r["after"]) for r in told[:30]] == [
                (c["first"]["id"], c["second"] and c["second"]["name"], c["before"], c["after"]) for c in answer[key]
            ]
        assert answer["summary"] in run("what-if", *options)
        assert bool(rows) is not answer["summary"].startswith("Nothing would change")
    lineage = json.loads(run("lineage", "Pete López", "--format", "json"))
    assert lineage == twin(f"/leaders/{pete.id}/lineage.json")["page"] and lineage["total"] > 0
    assert run("what-if", "--meet", "Pete López", "Alejandra Banda").startswith("What if Pete López and Alejandra")
    organization = json.loads(run("show", "organization", "Heronford City Council", "--format", "json"))
    assert organization == twin(organization["organization"]["href"] + ".json")["page"]


def test_a_question_that_decides_nothing_is_an_error(ask):
    from netofnets.services.networks.what_if import required

    with pytest.raises(SettingsError, match="means nobody and nothing here"):
        required(ask.what_if(without="Nobody Such"))
