"""Known vulnerabilities of the locked packages, asked of the registries that they come from.

Ends with 1 when there is one, or when a registry that answers does not know a package that is locked: nothing is known
of that one then. A registry that is away, or tells of no vulnerabilities, fails nothing: it says what was not asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Verdict", "of_npm", "of_pip"]

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / ".venv-audit"
LOCKS = ("requirements/locked.txt", "requirements/dev.txt", "requirements/spark.txt")
FOLDERS = ("tests/js", "tests/oidc")
SECONDS = 600


@dataclass(frozen=True, slots=True)
class Verdict:
    """``is_red``: somebody has to act; ``words`` say why, or what was asked, or why nothing was."""

    is_red: bool
    words: str


def main() -> int:
    """Ask for all, say what was found, one line each."""
    found = {name: _pip(name) for name in LOCKS} | {name: _npm(ROOT / name) for name in FOLDERS}
    for name, verdict in found.items():
        print(f"{name}: {verdict.words}")
    return int(any(verdict.is_red for verdict in found.values()))


def of_pip(answer: str, said: str) -> Verdict:
    """The verdict on what pip-audit wrote (JSON) and said (its last line is why it wrote nothing)."""
    told = _read(answer)
    if "dependencies" not in told:
        return _skipped(said)
    every = told["dependencies"]
    unknown = [one["name"] for one in every if "skip_reason" in one]
    if every and len(unknown) == len(every):
        return _skipped(f"the index tells nothing of any of the {len(every)} packages")
    known = {f"{one['name']} {one['version']}": one["vulns"] for one in every if one.get("vulns")}
    faults = [f"{name}: {', '.join(v['id'] for v in vulns)}" for name, vulns in known.items()]
    faults += [f"{name}: the index does not know it" for name in unknown]
    return Verdict(bool(faults), "; ".join(faults) or f"{len(every)} packages, no known vulnerability")


def of_npm(answer: str, said: str) -> Verdict:
    """The verdict on what npm audit wrote (JSON) and said."""
    told = _read(answer)
    if "vulnerabilities" not in told:
        return _skipped(str(told.get("message") or said))
    faults = [f"{name}: {one['severity']}" for name, one in told["vulnerabilities"].items()]
    count = told["metadata"]["dependencies"]["total"]
    return Verdict(bool(faults), "; ".join(faults) or f"{count} packages, no known vulnerability")


def _skipped(why: str) -> Verdict:
    last = (why.strip().splitlines() or ["no answer"])[-1]
    return Verdict(False, f"SKIPPED, nothing is known: {last}")


def _read(answer: str) -> Mapping[str, Any]:
    try:
        told = json.loads(answer)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _pip(lock: str) -> Verdict:
    scripts = TOOL / ("Scripts" if os.name == "nt" else "bin")
    wanted = ROOT / "requirements" / "audit.txt"
    mark = TOOL / "installed.txt"
    if not mark.is_file() or mark.read_bytes() != wanted.read_bytes():
        venv.create(TOOL, clear=True, with_pip=True)
        install = [scripts / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", wanted]
        done = subprocess.run([str(word) for word in install], capture_output=True, text=True)
        if done.returncode:
            return _skipped(f"pip-audit cannot be installed: {done.stderr.strip()}")
        mark.write_bytes(wanted.read_bytes())
    options = [
        "--requirement",
        lock,
        "--disable-pip",
        "--require-hashes",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    return of_pip(*_run([str(scripts / "pip-audit"), *options], ROOT))


def _npm(folder: Path) -> Verdict:
    return of_npm(*_run(["npm", "audit", "--json"], folder))


def _run(command: list[str], folder: Path) -> tuple[str, str]:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", f"{command[0]}: {type(error).__name__}"
    return done.stdout, done.stderr


if __name__ == "__main__":
    sys.exit(main())
