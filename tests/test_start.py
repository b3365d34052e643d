"""start.py installs only when something changed, and writes the examples into a home only once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[1]
COUNTS = "import os, pathlib, sys; home = pathlib.Path(os.environ['NETOFNETS_HOME']); "
WRITES = COUNTS + "home.mkdir(exist_ok=True); open(home / 'runs', 'a').write(sys.argv[1] + ' ')"


def variables(home: Path) -> dict[str, str]:
    return dict(os.environ, NETOFNETS_HOME=str(home))


def test_help_names_both_commands() -> None:
    said = subprocess.run([sys.executable, "start.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "start.py tests" in said.stdout
    assert "--home" in said.stdout


def test_the_home_is_the_one_that_the_program_uses(tmp_path: Path) -> None:
    assert start.home_of(Path(sys.executable), variables(tmp_path / "here")) == tmp_path / "here"


def test_examples_are_written_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for _ in range(2):
        start.write_examples_once([sys.executable, "-c", WRITES], home, variables(home))
    assert (home / "runs").read_text() == "demo "


def test_a_failed_load_is_passed_on_and_tried_again(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            start.write_examples_once([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, variables(tmp_path))
        assert ended.value.code == 3


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
    hand_over = "import os, sys, start; start.hand_over([sys.executable, '-c', sys.argv[1]], dict(os.environ))"
    command = [sys.executable, "-c", hand_over]
    assert subprocess.run([*command, "raise SystemExit(7)"], cwd=ROOT, check=False).returncode == 7
    waits = "import time; print('on', flush=True); time.sleep(60)"
    with subprocess.Popen([*command, waits], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"on\n"
        begun = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == -signal.SIGINT
        assert time.monotonic() - begun < 10
