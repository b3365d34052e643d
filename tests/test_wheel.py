"""The wheel holds the three packages, everything that lies in them, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "netofnets", "web")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return zipfile.Path(made)


def test_top_level_names(wheel: zipfile.Path) -> None:
    names = {path.name for path in wheel.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == set(PACKAGES)
    assert len(names) == len(PACKAGES) + 1


def test_it_holds_all_that_git_keeps_of_the_packages(wheel: zipfile.Path) -> None:
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so what belongs to the packages is not known")
    kept = {path for path in listed.stdout.splitlines() if (ROOT / path).exists()}
    assert kept <= set(wheel.root.namelist())
    assert {path.suffix for path in map(Path, kept)} >= {".html", ".css", ".js", ".toml"}


def test_it_names_its_commands_and_licence(wheel: zipfile.Path) -> None:
    (facts,) = [path for path in wheel.iterdir() if path.name.endswith(".dist-info")]
    points = ConfigParser()
    points.read_string((facts / "entry_points.txt").read_text(encoding="utf-8"))
    assert points["console_scripts"]["netofnets"] == "netofnets.cli:main"
    assert {"ingest", "serve"} <= set(points["netofnets.commands"])
    metadata = (facts / "METADATA").read_text(encoding="utf-8")
    assert "License-Expression: Apache-2.0" in metadata
    assert (facts / "licenses" / "LICENSE").exists()
