"""What is made of the answers of pip-audit and npm audit: red for what is known, never for a registry that is away."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".ci" / "advisories.py"


@pytest.fixture(scope="module")
def advisories() -> ModuleType:
    spec = importlib.util.spec_from_file_location("advisories", SCRIPT)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made  # dataclasses look their module up
    spec.loader.exec_module(made)
    return made


CLEAN = {"name": "click", "version": "8.3.0", "vulns": []}
KNOWN = {"name": "flask", "version": "2.0.0", "vulns": [{"id": "PYSEC-2023-62", "fix_versions": ["2.2.5"]}]}
UNKNOWN = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI and could not be audited: jinja2 (2.10)"}


@pytest.mark.parametrize(
    ("dependencies", "is_red", "words"),
    [
        ([CLEAN], False, "1 packages, no known vulnerability"),
        ([CLEAN, KNOWN], True, "flask 2.0.0: PYSEC-2023-62"),
        ([CLEAN, UNKNOWN], True, "jinja2: the index does not know it"),
        ([UNKNOWN, UNKNOWN], False, "SKIPPED, nothing is known: the index tells nothing of any of the 2 packages"),
    ],
)
def test_what_pip_audit_found(advisories, dependencies, is_red, words):
    found = advisories.of_pip(json.dumps({"dependencies": dependencies, "fixes": []}), "")
    assert (found.is_red, found.words) == (is_red, words)


def test_a_registry_that_is_away_is_said_and_fails_nothing(advisories):
    for found in (
        advisories.of_pip("", "WARNING\nERROR: cannot connect"),
        advisories.of_npm('{"message": "405 Method Not Allowed", "error": {}}', ""),
        advisories.of_npm("", "npm: FileNotFoundError"),
    ):
        assert not found.is_red and found.words.startswith("SKIPPED, nothing is known: ")
    assert advisories.of_pip("", "WARNING\nERROR: cannot connect").words.endswith(": ERROR: cannot connect")


def test_what_npm_audit_found(advisories):
    whole = {"metadata": {"dependencies": {"total": 41}}}
    clean = advisories.of_npm(json.dumps({"vulnerabilities": {}, **whole}), "")
    assert not clean.is_red and clean.words == "41 packages, no known vulnerability"
    known = advisories.of_npm(json.dumps({"vulnerabilities": {"koa": {"severity": "high"}}, **whole}), "")
    assert known.is_red and known.words == "koa: high"
