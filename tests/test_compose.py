"""docker-compose.yml is valid for Compose itself, starts nothing without a password, and stays on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

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
