"""start.py installs only when something changed, and loads the examples into a new home only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import start
from ingest.demo import DemoResult

ROOT = Path(__file__).resolve().parents[1]


def test_help_names_both_commands() -> None:
    said = subprocess.run([sys.executable, "start.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "start.py tests" in said.stdout
    assert "--home" in said.stdout


@pytest.mark.parametrize(("options", "loaded"), [([], True), (["--empty"], False)])
def test_the_example_is_loaded_unless_an_empty_map_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, options: list[str], loaded: bool
) -> None:
    done: list[str] = []
    monkeypatch.setattr(start, "environment", lambda lock: Path("python"))
    monkeypatch.setattr(start, "load_examples", lambda netofnets, variables: done.append("examples"))
    monkeypatch.setattr(start, "hand_over", lambda command, variables: done.append(command[1]) or 0)
    assert start.main([*options, "--no-open"]) == 0
    assert done == (["examples", "serve"] if loaded else ["serve"])


def test_the_suite_keeps_what_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(start, "environment", lambda lock: Path("python"))
    monkeypatch.setattr(start, "hand_over", lambda command, variables: given.append(variables) or 0)
    assert start.main(["tests", "-n0"]) == 0
    assert "PYTHONDONTWRITEBYTECODE" not in given[0] and given[0]["PATH"] == os.environ["PATH"]


def test_a_failed_load_is_passed_on() -> None:
    with pytest.raises(SystemExit) as ended:
        start.load_examples([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    assert ended.value.code == 3


def test_a_second_start_keeps_what_was_changed(example: DemoResult, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "netofnets.cli"]
    variables = dict(os.environ, NETOFNETS_HOME=str(tmp_path), NETOFNETS_STORE="")
    shutil.copytree(example.folder.parent, tmp_path, dirs_exist_ok=True)
    status = [*program, "status", "--format", "json"]
    first = json.loads(subprocess.run(status, env=variables, capture_output=True, check=True).stdout)
    edited = next((tmp_path / "examples" / "rosters").glob("*.csv"))
    edited.write_text("changed by hand", encoding="utf-8")
    start.load_examples(program, variables)
    assert json.loads(subprocess.run(status, env=variables, capture_output=True, check=True).stdout) == first
    assert edited.read_text(encoding="utf-8") == "changed by hand"


def test_the_fingerprint_follows_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    lock = tmp_path / "requirements" / "locked.txt"
    monkeypatch.setattr(start, "ROOT", tmp_path)
    lock.write_text("one==1")
    first = start.fingerprint("locked")
    assert first == start.fingerprint("locked")
    lock.write_text("one==2")
    assert first != start.fingerprint("locked")


@pytest.mark.skipif(os.name == "nt", reason="signals are a matter of POSIX; Windows waits for its child instead")
def test_signals_and_exit_codes_are_those_of_the_program() -> None:
    # Tests that are started in the background may have been told to ignore Ctrl-C, which is passed on.
    heard = "import os, signal, sys, start; signal.signal(signal.SIGINT, signal.SIG_DFL)"
    hand_over = f"{heard}; start.hand_over([sys.executable, '-c', sys.argv[1]], dict(os.environ))"
    command = [sys.executable, "-c", hand_over]
    assert subprocess.run([*command, "raise SystemExit(7)"], cwd=ROOT, check=False).returncode == 7
    waits = "import time; print('on', flush=True); time.sleep(3600)"
    with subprocess.Popen([*command, waits], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"on\n"
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == -signal.SIGINT
