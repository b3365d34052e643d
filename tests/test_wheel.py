"""The wheel holds the three packages, everything that lies in them, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from ingest.example_files import FOLDERS

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


def test_it_holds_the_example_rosters_byte_for_byte_and_not_their_generator(wheel: zipfile.Path) -> None:
    inside = {name for name in wheel.root.namelist() if name.startswith("ingest/examples/") and not name.endswith("/")}
    kept = [path for name in FOLDERS for path in (ROOT / "examples" / name).iterdir()]
    assert inside == {f"ingest/examples/{path.relative_to(ROOT / 'examples').as_posix()}" for path in kept}
    for path in kept:
        name = f"ingest/examples/{path.relative_to(ROOT / 'examples').as_posix()}"
        assert wheel.root.read(name) == path.read_bytes()
    assert not [name for name in wheel.root.namelist() if "generator" in name]


def test_the_demo_finds_its_rosters_where_the_wheel_is_installed(wheel: zipfile.Path, tmp_path: Path) -> None:
    wheel.root.extractall(tmp_path / "installed")
    code = "import sys, ingest.demo as d; d.example_data(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    command = [sys.executable, "-P", "-c", code, str(tmp_path / "copy")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    copied = {path.relative_to(tmp_path / "copy"): path.read_bytes() for path in (tmp_path / "copy").rglob("*.csv")}
    assert copied == {
        path.relative_to(ROOT / "examples"): path.read_bytes() for path in (ROOT / "examples").rglob("*.csv")
    }


def test_it_names_its_commands_and_licence(wheel: zipfile.Path) -> None:
    (facts,) = [path for path in wheel.iterdir() if path.name.endswith(".dist-info")]
    points = ConfigParser()
    points.read_string((facts / "entry_points.txt").read_text(encoding="utf-8"))
    assert points["console_scripts"]["netofnets"] == "netofnets.cli:main"
    assert {"ingest", "serve"} <= set(points["netofnets.commands"])
    metadata = (facts / "METADATA").read_text(encoding="utf-8")
    assert "License-Expression: Apache-2.0" in metadata
    assert (facts / "licenses" / "LICENSE").exists()
