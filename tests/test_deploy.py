"""docs/deploy.md: its systemd unit is one, and holds the program down."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.missing import missing

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "deploy.md").read_text(encoding="utf-8")
MOST_EXPOSED = 2.0  # of 10; a unit that says nothing has 9.6


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unit of the page, with a program that is there on this machine."""
    if not shutil.which("systemd-analyze"):
        missing("no systemd-analyze (Debian: apt install systemd)")
    found = re.search(r"```ini\n(.*?)```", TEXT, re.DOTALL)
    assert found
    text = found[1].replace("/opt/netofnets/bin/netofnets", sys.executable).replace("User=netofnets", "User=daemon")
    path = tmp_path_factory.mktemp("unit") / "netofnets.service"
    path.write_text(text)
    return path


def test_systemd_takes_every_line_of_the_unit(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    own = [line for line in done.stderr.splitlines() if "netofnets" in line]
    assert own == []


def test_the_unit_leaves_little_open(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    told = re.search(r"Overall exposure level.*?: ([0-9.]+)", done.stdout)
    assert told, done.stdout + done.stderr
    assert float(told[1]) <= MOST_EXPOSED
