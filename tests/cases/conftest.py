"""Rosters written by hand, loaded and published as a user would; then the pages, as an organizer gets them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from netofnets.cli import netofnets_command
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer
from netofnets.settings import load_settings
from web.app import create_app


class _Words(HTMLParser):
    """The text of a page, without its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._skip += tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words.append(data)


@dataclass(frozen=True)
class Site:
    """What is published in a home, as its pages say it."""

    home: Path
    client: FlaskClient

    def twin(self, path: str) -> Any:
        """The JSON of a page."""
        name, _, query = path.partition("?")
        answer = self.client.get(("/index" if name == "/" else name) + ".json" + (f"?{query}" if query else ""))
        assert answer.status_code == 200, path
        return answer.get_json()

    def words(self, path: str) -> str:
        """The text of a page, blanks folded."""
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        reader = _Words()
        reader.feed(answer.text)
        return " ".join(" ".join(reader.words).split())

    def run(self, *arguments: str) -> str:
        """What a command prints."""
        return command(*arguments, "--home", str(self.home))


def command(*arguments: str) -> str:
    done = CliRunner().invoke(netofnets_command, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


Rosters = Mapping[str, Sequence[str] | Sequence[Mapping[str, str]]]

MAPPING = """
[[tables]]
file = "{file}"
is = "roster"

[tables.columns]
name = "Name"
email = "Email"
school = "School"
start = "From"
end = "Until"
role = "Role"
connect = "Connect"
network = "Network"
interests = {{ from = "Topics", split = ";" }}
"""


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Site]:
    """``publish({network: people})``: a roster for each network; people are names, or rows of the roster's columns.

    ``together``: one roster for all, where there are so many that loading each by itself would take long.
    """

    def made(rosters: Rosters, *, viewer: Viewer = ORGANIZER, together: bool = False) -> Site:
        home = tmp_path / "home"
        each = [[(network, row_of(p)) for p in people] for network, people in rosters.items()]
        for number, rows in enumerate([list(chain.from_iterable(each))] if together else each):
            load(home, tmp_path, f"roster-{number}", rows)
        command("publish", "--home", str(home))
        return Site(home, create_app(load_settings(home=str(home)), viewer=viewer).test_client())

    return made


def row_of(person: str | Mapping[str, str]) -> dict[str, str]:
    return {"Name": person} if isinstance(person, str) else dict(person)


def load(home: Path, folder: Path, source: str, rows: Sequence[tuple[str, Mapping[str, str]]]) -> None:
    """One roster of networks and their people, as a file of its own with a mapping of its own."""
    columns = ["Name", "Email", "School", "From", "Until", "Role", "Connect", "Network", "Topics"]
    file = folder / f"{source}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        for network, row in rows:
            address = "".join(c for c in row["Name"].lower() if c.isalnum()) + "@made-up.example"
            writer.writerow({"Email": address, "Network": network, **row})
    mapping = folder / f"{source}.toml"
    mapping.write_text(MAPPING.format(file=file.name), encoding="utf-8")
    command("ingest", str(file), "--source", source, "--mapping", str(mapping), "--home", str(home))


@pytest.fixture
def public(publish: Callable[..., Site]) -> Callable[..., Site]:
    """Like ``publish``, as a stranger sees it."""
    return lambda rosters: publish(rosters, viewer=ANONYMOUS)
