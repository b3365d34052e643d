"""The command that starts the server: compiled once, its classes kept as the JVM maps them into memory.

To read, check and compile ten thousand classes is most of what a start costs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.neo4j_server.artifacts import NoServer, need

SOURCE = Path(__file__).with_name("Server.java")
# A server that lives for minutes never earns back the better compiler, nor a collector that works beside the program.
FLAGS = ["-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms512m", "-Xmn256m"]


def command(jars: Path, rehearse: Callable[[list[str]], None]) -> list[str]:
    """Return the words that start a server, to be followed by its home and its port.

    The first time, ``rehearse`` is handed the words for a server that writes down, when it is ended properly, which
    classes it has used (class data sharing). A JVM that cannot use these starts without them.
    """
    made = jars / f"program-{fingerprint()}"
    program, classes = made / "server.jar", made / "classes.jsa"
    made.mkdir(exist_ok=True)
    if not program.is_file():
        whole(program, lambda path: compile_into(path, jars))
    start = [*FLAGS, "-cp", os.pathsep.join([str(program), f"{jars / 'lib'}{os.sep}*"]), "Server"]
    if not classes.is_file():
        with suppress(NoServer):  # a JVM without class data sharing does not know the option
            whole(classes, lambda path: rehearse(["java", f"-XX:ArchiveClassesAtExit={path}", *start]))
    return ["java", *([f"-XX:SharedArchiveFile={classes}"] if classes.is_file() else []), *start]


def fingerprint() -> str:
    """A digest of what the kept files follow from, besides the jars: the source, the JVM and its flags."""
    version = subprocess.run(["java", "-version"], capture_output=True, check=True).stderr
    return hashlib.sha256(b"\n".join([SOURCE.read_bytes(), version, " ".join(FLAGS).encode()])).hexdigest()[:12]


def whole(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file so that another run sees all of it or nothing; what another run has made meanwhile stays."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="making-") as folder:
        make(made := Path(folder) / path.name)
        if made.is_file():
            with suppress(FileExistsError):  # classes are good for the very program that they were kept from
                os.link(made, path)


def compile_into(program: Path, jars: Path) -> None:
    """Compile the server into a jar; raise NoServer with what the compiler says."""
    need("javac")
    classes = program.parent / "classes"
    for words in (
        ["javac", "-d", str(classes), "-cp", f"{jars / 'lib'}{os.sep}*", str(SOURCE)],
        ["jar", "--create", f"--file={program}", "-C", str(classes), "."],
    ):
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise NoServer(f"`{words[0]}` failed on the test server: {done.stdout[:300]}")
