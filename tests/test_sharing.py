"""What is expensive is made once, also when the suite runs on several workers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import start
from netofnets.publish import publish_facts
from tests.published import publish_copy
from tests.services.graphs import ten_leaders
from tests.sharing import group_of


def test_the_suite_runs_on_all_cores_unless_the_caller_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert start.on_all_cores([]) == ["-n", "5", "--dist", "loadgroup"]
    assert start.on_all_cores(["tests/graph", "-k", "overlap"]) == ["-n", "5", "--dist", "loadgroup"]
    for said in (["-n0"], ["-n", "2"], ["--numprocesses=4"], ["-p", "no:xdist"], ["-pno:xdist"], ["--pdb"]):
        assert start.on_all_cores(said) == []
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)
    assert start.on_all_cores([]) == []


def test_what_stays_together(request: pytest.FixtureRequest) -> None:
    groups: dict[str, set[str]] = {}
    for item in request.session.items:
        groups.setdefault(item.nodeid.split("::")[0], set()).add(group_of(item))
    assert groups["tests/test_sharing.py"] == {""}
    for file, expected in {
        "tests/browser/test_pages.py": {"browser tests/browser/test_pages.py"},
        "tests/test_wheel.py": {"tests/test_wheel.py"},
        "tests/store/test_behaviour.py": {"", "neo4j_access"},
        "tests/store/test_neo4j_dying.py": {"neo4j_access"},
        "tests/store/test_neo4j_gone.py": {"neo4j_access", "mortal_neo4j"},
        "tests/engines/test_engines.py": {"", "tests/engines/test_engines.py", "neo4j_access", "spark"},
        "tests/cli/test_commands.py": {"", "example_home"},
        "tests/cli/test_show.py": {"", "example_home"},
    }.items():
        assert groups.get(file, set()) <= expected, file


def test_a_copy_is_what_publishing_gives(tmp_path: Path) -> None:
    facts = ten_leaders().facts()
    publish_facts(facts, tmp_path / "anew")
    for home in ("first", "second"):
        publish_copy(facts, tmp_path / home)
        assert files(tmp_path / home) == files(tmp_path / "anew")
    with pytest.raises(AssertionError, match="has a publication"):
        publish_copy(facts, tmp_path / "first")


def files(home: Path) -> dict[str, tuple[bytes, str]]:
    """Every file with its bytes, and the first of the names under which it is one file."""
    found = sorted(path for path in home.rglob("*") if path.is_file())
    first = {path.stat().st_ino: str(path.relative_to(home)) for path in reversed(found)}
    return {str(path.relative_to(home)): (path.read_bytes(), first[path.stat().st_ino]) for path in found}


GROUPED = """
import pytest

@pytest.mark.xdist_group("one server")
@pytest.mark.parametrize("number", range(4))
def test_it(number):
    pass
"""


def test_a_group_runs_on_one_worker(tmp_path: Path) -> None:
    """With some versions of pytest and xdist the marks do nothing, and each worker makes everything for itself."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_grouped.py").write_text(GROUPED, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist", "loadgroup", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    workers = re.findall(r"\[(gw\d)\].*PASSED", done.stdout)
    assert len(workers) == 4, done.stdout + done.stderr
    assert len(set(workers)) == 1
