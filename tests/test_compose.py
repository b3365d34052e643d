"""docker-compose.yml is valid for Compose itself, starts nothing without a password, and stays on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from netofnets.settings import SETTINGS
from tests.missing import missing

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> list[str]:
    """The command that this machine has for Compose; ``config`` needs no Docker engine."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            return command
    missing("no Compose command (Debian: apt install docker-compose)")


def config(compose: list[str], password: str | None) -> subprocess.CompletedProcess[str]:
    variables = {key: value for key, value in os.environ.items() if key != "NEO4J_PASSWORD"}
    if password is not None:
        variables["NEO4J_PASSWORD"] = password
    command = [*compose, "-f", str(ROOT / "docker-compose.yml"), "config"]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)


def test_compose_accepts_it(compose: list[str]) -> None:
    answer = config(compose, "a made-up one")
    assert answer.returncode == 0, answer.stderr
    assert "neo4j:5.26-community" in answer.stdout
    assert "service_healthy" in answer.stdout
    assert answer.stdout.count("a made-up one") == 2  # the server and the app are given the same


@pytest.mark.parametrize("password", [None, ""])
def test_it_refuses_to_start_without_a_password(compose: list[str], password: str | None) -> None:
    answer = config(compose, password)
    assert answer.returncode != 0
    assert "set NEO4J_PASSWORD" in answer.stderr


def test_ports_are_published_on_loopback_only() -> None:
    published = re.findall(r'^ +- "(\S+:\d+)"', TEXT, re.MULTILINE)
    assert len(published) == 3
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_every_variable_is_a_setting_of_the_program() -> None:
    used = set(re.findall(r"^ +(NETOFNETS_\w+):", TEXT, re.MULTILINE))
    assert used <= {setting.variable for setting in SETTINGS}
    assert {"NETOFNETS_STORE", "NETOFNETS_NEO4J_USER", "NETOFNETS_NEO4J_PASSWORD"} <= used


def test_nobody_is_the_organizer_for_reaching_the_port() -> None:
    assert app_variables()["NETOFNETS_VIEWER"] == "link"


def app_variables() -> dict[str, str]:
    """The environment that docker-compose.yml gives the app, defaults filled in."""
    given = dict(re.findall(r"^ +(NETOFNETS_\w+): (.+)$", TEXT, re.MULTILINE))
    return {name: re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value).strip('"') for name, value in given.items()}


def test_the_app_runs_on_neo4j_by_these_variables_alone(
    clean_neo4j: str, neo4j_auth: tuple[str, str], tmp_path: Path
) -> None:
    here = {
        "NETOFNETS_STORE": clean_neo4j,
        "NETOFNETS_NEO4J_USER": neo4j_auth[0],
        "NETOFNETS_NEO4J_PASSWORD": neo4j_auth[1],
        "NETOFNETS_HOME": str(tmp_path),
        "NETOFNETS_HOST": "127.0.0.1",  # only a container may listen on all of its addresses
        "NETOFNETS_PORT": "0",
    }
    variables = {**os.environ, **app_variables(), **here}
    program = [sys.executable, "-m", "netofnets.cli"]
    subprocess.run([*program, "demo"], env=variables, check=True, capture_output=True, timeout=900)
    served = subprocess.Popen([*program, "serve"], env=variables, stdout=subprocess.PIPE, text=True)
    try:
        assert served.stdout is not None
        address, link = (re.search(r"http://\S+", served.stdout.readline()) for _ in range(2))
        assert address is not None and link is not None
        stranger, organizer = (build_opener(HTTPCookieProcessor()) for _ in range(2))
        organizer.open(link[0], timeout=30).close()
        for opener, networks, anybody in ((stranger, 23, False), (organizer, 24, True)):  # one of them is sensitive
            with opener.open(address[0] + "networks.json", timeout=30) as answer:
                rows = json.loads(answer.read())["list"]["rows"]
            assert len(rows) == networks and any(row["members"] for row in rows) is anybody
    finally:
        served.terminate()
        served.wait(20)
        assert served.stdout is not None
        served.stdout.close()
