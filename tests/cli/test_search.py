"""``netofnets search`` finds whom the page finds."""

import json

import pytest

from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from web.app import create_app


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (("PBL",), "q=PBL"),
        (("new teachers", "--mode", "offers", "--release", "20"), "q=new+teachers&mode=offers&release=20"),
        (("", "--language", "Spanish", "--hours", "Europe/Madrid"), "language=Spanish&hours=Europe%2FMadrid"),
    ],
)
def test_the_command_equals_the_page(run, example_home, options, query):
    client = create_app(load_settings(home=str(example_home)), viewer=ORGANIZER).test_client()
    page = client.get(f"/search.json?{query}").get_json()["answer"]["people"]
    rows = json.loads(run("search", *options, "--format", "json"))
    assert rows and [(r["rank"], r["id"], r["why"]) for r in rows] == [
        (n, p["ref"]["id"], p["why"]) for n, p in enumerate(page, 1)
    ]


def test_a_network_is_given_by_its_name(run):
    rows = json.loads(run("search", "--network", "Lesson Study Across Borders", "--format", "json"))
    assert rows and all("Lesson Study Across Borders" in r["networks"] for r in rows)
