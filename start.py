"""Start netofnets from a fresh checkout with nothing but Python 3.11 or later (standard library only).

    python3 start.py                 set up, load the example networks, open the map
    python3 start.py --empty         set up, open the page on which rosters are imported; no example
    python3 start.py tests [ARGS]    set up with the development tools, run the whole test suite

Both make the same environment in .venv from the locked versions in requirements/. A stamp in .venv remembers what
was installed, so that a second start takes seconds. The data lives in a home folder outside the checkout; the examples
are loaded into a new one only, and what you change there is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
WAITING = 2  # processes of tests beside one for each core


def main(argv: list[str]) -> int:
    """Do what the command line asks and return the exit code."""
    if argv[:1] == ["tests"]:
        python = environment("dev")
        # The suite starts hundreds of programs of ours: what each would compile anew is compiled once.
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return hand_over([str(python), "-m", "pytest", *on_all_cores(argv[1:]), *argv[1:]], variables)
    options = parser().parse_args(argv)
    python = environment("locked")
    netofnets = [str(python.with_name("netofnets" + python.suffix))]
    variables = dict(os.environ)
    if options.home:
        variables["NETOFNETS_HOME"] = str(Path(options.home).expanduser().resolve())
    if not options.empty:
        load_examples(netofnets, variables)
    serve = [*netofnets, "serve"]
    if options.port is not None:
        serve += ["--port", str(options.port)]
    if not options.no_open:
        serve += ["--open"]
    return hand_over(serve, variables)


def on_all_cores(arguments: list[str]) -> list[str]:
    """Return what lets pytest keep every core busy, unless ``arguments`` say otherwise or somebody debugs.

    Many tests wait for servers, browsers and disks, so there are more processes than cores. Tests that share something
    expensive stay together (``tests/sharing.py``).
    """
    own = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "no:xdist")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or any(one.startswith(own) or one.endswith("no:xdist") for one in arguments):
        return []
    return ["-n", str(cores + WAITING), "--dist", "loadgroup"]


def parser() -> argparse.ArgumentParser:
    """Return the command line of ``start.py`` (``tests`` hands everything after it to pytest, so it is not here)."""
    text = argparse.RawDescriptionHelpFormatter
    found = argparse.ArgumentParser(prog="start.py", description=__doc__, formatter_class=text)
    found.add_argument(
        "--home", metavar="DIR", help="where data lives (default: NETOFNETS_HOME, else as netofnets itself)"
    )
    found.add_argument("--port", type=int, metavar="N", help="port on 127.0.0.1 (default: the program's own)")
    found.add_argument("--empty", action="store_true", help="load no example: begin with rosters of your own")
    found.add_argument("--no-open", action="store_true", help="print the address, but open no browser")
    return found


def environment(lock: str) -> Path:
    """Make .venv hold exactly what ``requirements/LOCK.txt`` says, and return its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / f"installed-{lock}.txt"
    wanted = fingerprint(lock)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    make_venv()
    count = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").count("==")
    say(f"Installing up to {count} locked packages into {VENV.name}: a minute or two, only this once.")
    pip(python, "--require-hashes", "-r", str(ROOT / "requirements" / f"{lock}.txt"))
    pip(python, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    for done in {lock, "locked"}:  # the development lock holds every pin of the runtime lock
        (VENV / f"installed-{done}.txt").write_text(fingerprint(done), encoding="ascii")
    return python


def fingerprint(lock: str) -> str:
    """Return a digest of all that decides what is installed: lock, own metadata, Python version, place."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for path in (ROOT / "requirements" / f"{lock}.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """Create .venv, or start it anew when it belongs to another Python version."""
    try:
        import ensurepip  # noqa: F401  (Debian splits it off into a package of its own)
        import venv
    except ImportError:
        name = "python{}.{}-venv".format(*sys.version_info)
        stop(f"This Python cannot make environments: install its venv module (Debian, Ubuntu: apt install {name}).")
    config = VENV / "pyvenv.cfg"
    ours = "version = {}.{}.".format(*sys.version_info)
    stale = VENV.exists() and not (config.exists() and ours in config.read_text(encoding="utf-8"))
    say(f"Preparing the environment {VENV}")
    try:
        venv.create(VENV, with_pip=True, clear=stale, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"The environment {VENV} could not be made: {error}. Delete that folder and try again.")


def pip(python: Path, *arguments: str) -> None:
    """Run ``pip install`` in the environment; stop with its exit code when it fails."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PIP_NO_INPUT": "1"}
    command = [str(python), "-m", "pip", "install", "--quiet", *arguments]
    code = subprocess.run(command, env=dict(os.environ, **quiet), check=False).returncode
    if code:
        stop("Installing failed; pip says why above. Nothing else was changed: try again when it is put right.", code)


def load_examples(netofnets: list[str], variables: dict[str, str]) -> None:
    """Load and publish the example networks; ``netofnets demo`` leaves what is there already as it is."""
    code = subprocess.run([*netofnets, "demo"], env=variables, cwd=ROOT, check=False).returncode
    if code:
        stop("The example networks could not be loaded; the program says why above.", code)


def hand_over(command: list[str], variables: dict[str, str]) -> int:
    """Become ``command``, so that Ctrl-C, signals and the exit code are its own; Windows has to wait for it."""
    sys.stdout.flush()
    os.chdir(ROOT)
    if os.name != "nt":
        os.execve(command[0], command, variables)  # noqa: S606
    child = subprocess.Popen(command, env=variables)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too, and ends in its own way


def say(sentence: str) -> None:
    """Print one line of progress."""
    print(sentence, flush=True)


def stop(sentence: str, code: int = 1) -> NoReturn:
    """End the program with a sentence on standard error."""
    print(sentence, file=sys.stderr)
    raise SystemExit(code)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        stop("netofnets needs Python {}.{} or later; this is {}.{}.".format(*OLDEST, *sys.version_info))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
