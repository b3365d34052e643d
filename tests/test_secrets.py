"""No secret was ever committed: every line that the history added is looked through."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.missing import missing

ROOT = Path(__file__).resolve().parents[1]

# What a secret looks like; those of well-known services by their shape, others by what they are called.
PATTERNS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a key of Google": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of PyPI": r"\bpypi-[A-Za-z0-9_-]{50,}",
    "a key of an AI service": r"\bsk-[A-Za-z0-9_-]{32,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}",
    "a password in an address": r"\b[a-z][a-z0-9+]{2,}://[^\s/:@\"'{}$<>]+:[^\s/@\"'{}$<>]{3,}@[^\s/\"']",
    "a secret by its name": r"(?i)\b(?:secret|api_?key|access_?token|passw(?:or)?d)\w*[\"']?\s*[:=]"
    r"\s*[\"'][A-Za-z0-9+/=_-]{24,}[\"']",
}
# Made up, in tests and examples: said by the file that they stand in.
MADE_UP = re.compile(r"^(?:tests/|docs/decisions/)")


@pytest.fixture(scope="module")
def added() -> list[tuple[str, str]]:
    """(file, line) of every line that a commit added."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        missing("no git, or no history: this is no checkout")
    command = ["git", "log", "--all", "-p", "--no-color", "--no-ext-diff", "--unified=0", "--format="]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    found, file = [], ""
    for line in told.splitlines():
        if line.startswith("+++ "):
            file = line.removeprefix("+++ ").removeprefix("b/")
        elif line.startswith("+"):
            found.append((file, line[1:]))
    return found


def suspicious(line: str) -> list[str]:
    return [what for what, pattern in PATTERNS.items() if re.search(pattern, line)]


def test_the_patterns_know_a_secret_when_they_see_one() -> None:
    key = "ABCDEFGHIJKLMNOP"
    shown = (
        "-----BEGIN " + "RSA PRIVATE KEY-----", "AKIA" + key, "ghp_" + "a1" * 18, "glpat-" + "a1" * 10,
        "xoxb-" + "123456789012", "AIza" + "a" * 35, "pypi-" + "a" * 50, "sk-" + "a" * 32,
        "eyJ" + "a" * 16 + ".eyJ" + "b" * 16 + "." + "c" * 16, "postgres://me:hunter2" + "@host",
        "SECRET_KEY = '" + "a1" * 16 + "'",
    )  # fmt: skip
    assert [suspicious(line)[:1] for line in shown] == [[what] for what in PATTERNS]
    assert suspicious("password = getpass()") == suspicious("neo4j://host:7687") == []


def test_no_commit_added_a_secret(added: list[tuple[str, str]]) -> None:
    assert len(added) > 10_000
    kept = ((file, line) for file, line in added if not MADE_UP.match(file))
    assert [(file, what, line[:80]) for file, line in kept for what in suspicious(line)] == []


def test_keys_of_services_stand_nowhere_not_even_made_up(added: list[tuple[str, str]]) -> None:
    by_name = {"a password in an address", "a secret by its name", "a private key"}
    found = [(file, what) for file, line in added for what in suspicious(line) if what not in by_name]
    assert found == []
