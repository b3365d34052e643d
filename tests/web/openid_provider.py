"""The certified OpenID provider of npm's ``oidc-provider``, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.missing import missing

__all__ = ["CLIENT", "SECRET", "OpenIdProvider", "openid_provider"]

FOLDER = Path(__file__).resolve().parents[1] / "oidc"
CLIENT, SECRET = "the-map", "made-up-secret-with-+-and-%"


@dataclass(frozen=True)
class OpenIdProvider:
    """The provider at ``issuer``; whoever signs in as NAME there is NAME@x.example."""

    issuer: str
    process: subprocess.Popen[str]

    def lead_back_to(self, address: str) -> None:
        """Let the map's address be led back to; before that the provider answers nothing."""
        self.process.stdin.write(address + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ready\n"


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """The provider on a free port of this machine."""
    node = shutil.which("node")
    if not node:
        missing("no Node.js (Debian: apt install nodejs npm)")
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        missing("no oidc-provider: npm ci in tests/oidc")
    environ = {**os.environ, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NODE_NO_WARNINGS": "1"}
    command = [node, str(FOLDER / "provider.js")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environ, text=True, **pipes) as process:
        try:
            yield OpenIdProvider(process.stdout.readline().strip(), process)
        finally:
            process.stdin.close()
            process.terminate()
