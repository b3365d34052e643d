"""The scripts of others are the ones that vendor.toml says they are, with their licences beside them."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "web" / "static" / "vendor"
SCRIPTS = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["script"]
LOCKED = json.loads((ROOT / "tests" / "js" / "package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_script_is_what_was_published(script: dict[str, str]) -> None:
    content = (VENDOR / script["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == script["sha256"]
    assert b"sourceMappingURL" not in content
    locked = LOCKED[f"node_modules/{script['name']}"]
    assert (locked["version"], locked["integrity"]) == (script["version"], script["integrity"])
    assert "Permission is hereby granted" in (VENDOR / script["licence_file"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_script_equals_the_installed_package(script: dict[str, str]) -> None:
    package = ROOT / "tests" / "js" / "node_modules" / script["name"]
    if not package.is_dir():
        pytest.skip("tests/js/node_modules is not installed (npm ci)")
    published = (package / script["source"]).read_bytes()
    kept = (VENDOR / script["file"]).read_bytes().rstrip()
    assert published.startswith(kept)
    assert published[len(kept) :].strip().startswith(b"//# sourceMappingURL=") or not published[len(kept) :].strip()


def test_every_script_is_listed() -> None:
    assert {path.name for path in VENDOR.glob("*.js")} == {script["file"] for script in SCRIPTS}
