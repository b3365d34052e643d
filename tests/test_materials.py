"""The list of materials is that of the lock, whole, and nothing in it has a licence that takes freedom from users."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / ".ci" / "materials.py"


def test_the_list_is_that_of_the_lock() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_pin_and_every_script_is_in_it_with_a_licence() -> None:
    listed = json.loads((ROOT / "docs" / "materials.cdx.json").read_text(encoding="utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    found = {(one["name"], one["version"]) for one in listed["components"]}
    lock = (ROOT / "requirements" / "locked.txt").read_text(encoding="utf-8")
    every = re.findall(r"^([a-z0-9._-]+)==(\S+)(.*)", lock, re.MULTILINE)
    pins = {(name, version) for name, version, where in every if "== 'emscripten'" not in where}
    assert len(pins) > 50 and pins <= found
    assert {"vis-network", "vis-data"} <= {name for name, _ in found}
    for one in listed["components"]:
        licence = one["licenses"][0]["license"]["name"]
        assert licence and not re.search(r"\b(?:A|L)?GPL", licence), one["name"]


def test_another_lock_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "requirements/locked.txt",
        "web/static/vendor/vendor.toml",
        "docs/materials.cdx.json",
        ".ci/materials.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    lock = tmp_path / "requirements" / "locked.txt"
    lock.write_text(re.sub(r"^flask==\S+", "flask==9.9.9", lock.read_text(), flags=re.MULTILINE))
    done = subprocess.run(
        [sys.executable, str(tmp_path / ".ci/materials.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 1 and "not that of the lock" in done.stderr
