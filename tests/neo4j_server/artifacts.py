"""The jars of the test server: fetched by Maven once, kept in a cache folder that survives the checkout."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
LONGEST_FETCH = 900  # seconds; 342 jars, 138 MB


class NoServer(Exception):
    """Why no Neo4j server can be started here, in a sentence."""


def cache_folder() -> Path:
    """Return the folder that is kept between runs: ``NETOFNETS_TEST_CACHE``, else the user's cache folder."""
    own = os.environ.get("NETOFNETS_TEST_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) if own else Path(base) / "netofnets-tests"


def fetch() -> Path:
    """Return a folder with ``lib/`` (the server) and, when they could be had, ``plugins/`` (Graph Data Science).

    The folder's name follows from the pom, so a new version gets a new folder. Raises NoServer with the reason.
    """
    need("java")
    digest = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    kept = cache_folder() / f"neo4j-{digest}"
    if kept.is_dir():
        return kept
    need("mvn")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="fetch-") as folder:
        fetched = Path(folder) / "jars"
        if run_maven(fetched, "-Pgds").returncode != 0:  # the procedures are welcome, not needed
            shutil.rmtree(fetched, ignore_errors=True)
            plain = run_maven(fetched)
            if plain.returncode != 0:
                raise NoServer("Maven could not fetch the server: " + first_error(plain.stdout))
        if not kept.exists():  # another run may have been faster
            fetched.rename(kept)
    return kept


def need(program: str) -> None:
    """Raise NoServer when a program is not installed."""
    if shutil.which(program) is None:
        raise NoServer(f"no `{program}` on the PATH, and NETOFNETS_TEST_NEO4J_URI is not set")


def run_maven(into: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Let Maven copy the jars into a folder; a fetch that hangs counts as one that failed."""
    command = ["mvn", "-B", "-q", "-f", str(POM), *options, f"-Dinto={into}", "process-resources"]
    try:
        return subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LONGEST_FETCH, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, stdout=f"[ERROR] no end after {LONGEST_FETCH} s")


def first_error(output: str) -> str:
    """Return the first line in which Maven says what went wrong."""
    return next((line for line in output.splitlines() if "ERROR" in line), "it did not say why")[:300]
