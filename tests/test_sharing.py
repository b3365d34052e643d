"""What is expensive is made once, also when the suite runs on several workers."""

from __future__ import annotations

import pytest

import start
from tests.sharing import group_of


def test_the_suite_runs_on_all_cores_unless_the_caller_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert start.on_all_cores([]) == ["-n", "3", "--dist", "loadgroup"]
    assert start.on_all_cores(["tests/graph", "-k", "overlap"]) == ["-n", "3", "--dist", "loadgroup"]
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
        "tests/browser/test_pages.py": {"browser"},
        "tests/test_wheel.py": {"tests/test_wheel.py"},
        "tests/store/test_behaviour.py": {"", "neo4j_access"},
        "tests/store/test_neo4j_dying.py": {"neo4j_access"},
        "tests/store/test_neo4j_gone.py": {"neo4j_access", "mortal_neo4j"},
        "tests/cli/test_commands.py": {"", "example"},
        "tests/cli/test_show.py": {"", "example"},
    }.items():
        assert groups.get(file, set()) <= expected, file
