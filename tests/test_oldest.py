"""The oldest versions that pyproject.toml allows are those that CI tests: requirements/oldest.txt has not drifted."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
TOOLS = {"aiosmtpd", "hatchling", "hypothesis", "igraph", "pytest", "pytest-xdist"}


def pinned(lock: str) -> dict[str, list[Version]]:
    """The versions of each package in a lock; several where they hang on the system or on Python."""
    found: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / lock).read_text("utf-8"), re.M):
        found.setdefault(name, []).append(Version(version))
    return found


def allowed() -> dict[str, Version]:
    """The lower bound of every direct dependency."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    bounds = {}
    for requirement in map(Requirement, declared):
        (lowest,) = (s.version for s in requirement.specifier if s.operator == ">=")  # each has exactly one
        bounds[requirement.name] = Version(lowest)
    return bounds


@pytest.mark.parametrize(("name", "lowest"), allowed().items())
def test_a_dependency_is_pinned_to_the_oldest_version_that_is_allowed(name: str, lowest: Version) -> None:
    assert [Version(version.base_version) for version in pinned("oldest.txt")[name]] == [lowest]


def test_the_tools_are_those_of_everyday() -> None:
    oldest, dev = pinned("oldest.txt"), pinned("dev.txt")
    assert {name: oldest[name] for name in TOOLS} == {name: dev[name] for name in TOOLS}


def test_the_oldest_versions_are_older_somewhere_and_nowhere_newer() -> None:
    oldest, locked = pinned("oldest.txt"), pinned("locked.txt")
    assert all(max(oldest[name]) <= max(locked[name]) for name in allowed())
    assert sum(max(oldest[name]) < max(locked[name]) for name in allowed()) >= len(allowed()) / 2
