"""docker-compose.yml is valid for Compose itself, starts nothing without a password, and stays on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
import yaml  # type: ignore[import-untyped]

from netofnets.accounts import checks
from netofnets.settings import SETTINGS, load_settings
from tests.missing import missing

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


SHARED_TEXT = (ROOT / "docker-compose.shared.yml").read_text(encoding="utf-8")
FILES = ("docker-compose.yml", "docker-compose.shared.yml")
GIVEN = {"NEO4J_PASSWORD": "a made-up one", "NETOFNETS_HOST_NAME": "map.school.example", "NETOFNETS_TLS": "/etc/tls"}
TWO_NETWORKS = {
    "networks.csv": "id,name,sensitive\na,Readers,no\nb,Quiet Circle,yes\n",
    "people.csv": "leader_id,name,network_id\n" + "".join(f"{n},Person Number{n},{'ab'[n % 2]}\n" for n in range(12)),
    "map.toml": """
[[tables]]
file = "networks.csv"
is = "networks"
columns = {id = "id", name = "name", sensitive = "sensitive"}
[[tables]]
file = "people.csv"
is = "roster"
columns = {leader_id = "leader_id", name = "name", network_id = "network_id"}
""",
}


@pytest.fixture(scope="module")
def compose() -> list[str]:
    """The command that this machine has for Compose; ``config`` needs no Docker engine."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            return command
    missing("no Compose command (Debian: apt install docker-compose)")


def config(compose: list[str], files: Sequence[str] = FILES[:1], **given: str) -> subprocess.CompletedProcess[str]:
    variables = {key: value for key, value in os.environ.items() if key not in GIVEN}
    named = [word for file in files for word in ("-f", str(ROOT / file))]
    command = [*compose, *named, "config"]
    return subprocess.run(command, env=variables | given, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def services(compose: list[str]) -> dict[str, dict[str, Any]]:
    """All services of a shared map, as Compose understands both files together."""
    answer = config(compose, FILES, **GIVEN)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, dict[str, Any]] = yaml.safe_load(answer.stdout)["services"]
    return found


def test_compose_accepts_it(compose: list[str]) -> None:
    answer = config(compose, NEO4J_PASSWORD="a made-up one")
    assert answer.returncode == 0, answer.stderr
    assert "service_healthy" in answer.stdout and "service_completed_successfully" in answer.stdout
    assert answer.stdout.count("a made-up one") == 3  # the check, the server and the app are given the same


@pytest.mark.parametrize("left_out", [*GIVEN, "NEO4J_PASSWORD"])
@pytest.mark.parametrize("empty", [False, True])
def test_it_refuses_to_start_without_what_it_needs(compose: list[str], left_out: str, empty: bool) -> None:
    given = {**GIVEN, left_out: ""} if empty else {k: v for k, v in GIVEN.items() if k != left_out}
    answer = config(compose, FILES, **given)
    assert answer.returncode != 0
    assert f"set {left_out}" in answer.stderr


@pytest.mark.parametrize(("password", "code"), [("short", 64), ("seven77", 64), ("eight888", 0), ("$(id) \"' x", 0)])
def test_a_password_that_the_server_would_refuse_is_refused_at_once(
    services: dict[str, dict[str, Any]], password: str, code: int
) -> None:
    check = services["check"]
    command = [*check["entrypoint"], *(part.replace("$$", "$") for part in check["command"])]
    done = subprocess.run(command, env={"GIVEN": password, "PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert done.returncode == code and ("8 characters" in done.stderr) is bool(code)
    assert services["neo4j"]["depends_on"]["check"]["condition"] == "service_completed_successfully"


def test_every_service_is_held_down(services: dict[str, dict[str, Any]]) -> None:
    assert services.keys() == {"check", "neo4j", "app", "proxy"}
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"] and service["cap_drop"] == ["ALL"], name
        assert service["mem_limit"] and service["pids_limit"] and not service.get("privileged"), name
        # The server writes its configuration beside its program when it starts, so its root cannot be read-only.
        assert service.get("read_only") is (None if name == "neo4j" else True), name
        assert name == "check" or (service["cpus"] and service["healthcheck"]["test"]), name
        assert service.get("user", "netofnets of the Dockerfile") not in ("root", "0", "0:0"), name
    assert "USER netofnets" in (ROOT / "Dockerfile").read_text()


def test_images_are_held_to_a_digest_and_others_may_be_given(compose: list[str]) -> None:
    plain = config(compose, FILES, **GIVEN).stdout
    images = re.findall(r"(?:image|PYTHON_IMAGE): (\S+)", plain)
    assert len(images) == 4
    for image in images:
        assert re.fullmatch(r"[a-z0-9]+:\d+\.\d+\.\d+-[a-z-]+@sha256:[0-9a-f]{64}", image), image
    [built_on] = re.findall(r"^ARG PYTHON_IMAGE=(\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert built_on in images  # without Compose the image is the same
    digest = "sha256:" + "ab" * 32
    names = {
        name: f"registry.example/{name.lower()}@{digest}" for name in ("NEO4J_IMAGE", "NGINX_IMAGE", "PYTHON_IMAGE")
    }
    held = config(compose, FILES, **GIVEN, **names).stdout
    assert held.count(digest) == 4 and not re.findall(r"image: \w+:\d", held)


def test_health_checks_ask_the_application_and_know_no_password(services: dict[str, dict[str, Any]]) -> None:
    assert services["app"]["healthcheck"]["test"] == ["CMD", "netofnets", "ready"]
    assert '"netofnets", "ready"' in (ROOT / "Dockerfile").read_text()
    for name, service in services.items():
        told = json.dumps(service.get("healthcheck", {}))
        assert "PASS" not in told and "AUTH" not in told and "a made-up one" not in told, name


def test_rosters_come_in_by_a_folder_that_nothing_is_written_into(services: dict[str, dict[str, Any]]) -> None:
    assert any(re.fullmatch(r".+/rosters:/rosters:ro", str(one)) for one in services["app"]["volumes"])


def test_ports_are_published_on_loopback_but_for_the_proxy(services: dict[str, dict[str, Any]]) -> None:
    published = re.findall(r'^ +- "(\S+:\d+)"', TEXT, re.MULTILINE)
    assert len(published) == 3
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert {port["target"] for port in services["proxy"]["ports"]} == {8080, 8443}


def test_the_app_believes_the_address_of_the_proxy_alone(services: dict[str, dict[str, Any]]) -> None:
    believed = services["app"]["environment"]["NETOFNETS_TRUSTED_PROXIES"]
    assert services["proxy"]["networks"]["front"]["ipv4_address"] == believed


def test_the_settings_of_a_shared_map_lack_only_what_lies_in_the_home(services: dict[str, dict[str, Any]]) -> None:
    environ = {name: str(value) for name, value in services["app"]["environment"].items()}
    faults = checks.faults(load_settings(environ=environ))
    assert len(faults) == 1 and faults[0].startswith("no secret: set NETOFNETS_SECRET, or write one into /data/secret")


def test_nginx_takes_the_configuration_of_the_proxy(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin") or missing("no nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("/etc/nginx/tls", str(tmp_path)),
        ("http://app:", "http://127.0.0.1:"),
        ("/tmp/", f"{tmp_path}/"),
    ):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "nginx.conf").write_text(text)
    done = subprocess.run(
        [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_variable_is_a_setting_of_the_program() -> None:
    used = set(re.findall(r"^ +(NETOFNETS_\w+):", TEXT + SHARED_TEXT, re.MULTILINE))
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
    for name, text in TWO_NETWORKS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    tables = [str(tmp_path / name) for name in TWO_NETWORKS if name.endswith(".csv")]
    for words in (["ingest", *tables, "--source", "made-up", "--mapping", str(tmp_path / "map.toml")], ["publish"]):
        subprocess.run([*program, *words], env=variables, check=True, capture_output=True, timeout=900)
    served = subprocess.Popen([*program, "serve"], env=variables, stdout=subprocess.PIPE, text=True)
    try:
        assert served.stdout is not None
        address, link = (re.search(r"http://\S+", served.stdout.readline()) for _ in range(2))
        assert address is not None and link is not None
        stranger, organizer = (build_opener(HTTPCookieProcessor()) for _ in range(2))
        organizer.open(link[0], timeout=60).close()
        for opener, networks, anybody in ((stranger, 1, False), (organizer, 2, True)):  # one of them is sensitive
            with opener.open(address[0] + "networks.json", timeout=60) as answer:
                rows = json.loads(answer.read())["list"]["rows"]
            assert len(rows) == networks and any(row["members"] for row in rows) is anybody
    finally:
        served.terminate()
        served.wait(60)
        assert served.stdout is not None
        served.stdout.close()
