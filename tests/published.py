"""Homes for tests to read or to go on from: each is made once for all workers, then copied.

A publication takes half a second, and a process that loads and publishes three; a copy of either takes a hundredth.
Tests of loading and of publishing themselves do it anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.graph.published import published_root
from netofnets.publish import publish_facts
from netofnets.settings import load_settings
from netofnets.store.base import Facts
from tests.sharing import KEPT

__all__ = ["copy_of", "example_copy", "publish_copy", "roster_copy"]


def publish_copy(facts: Facts, home: Path) -> Path:
    """What ``publish_facts(facts, home)`` leaves in a home where nothing was published before; the home itself."""
    assert not published_root(home).exists(), f"{home} has a publication: go on with publish_facts"
    return copy_of(_publish, home, facts)


def roster_copy(roster: str, home: Path) -> Path:
    """A home with ``roster`` (CSV) loaded by the command from the source ``alpha``, and published; the home itself."""
    return copy_of(_load, home, roster)


def example_copy(home: Path) -> Path:
    """A home with the made-up example loaded and published; the home itself."""
    return copy_of(_load_example, home)


def copy_of(make: Callable[..., object], home: Path, *arguments: Any) -> Path:
    """What ``make(home, *arguments)`` leaves in a home; equal arguments share it on one day, as of which it holds."""
    asked = (date.today(), make.__module__, make.__qualname__, arguments)
    kept = Path(os.environ[KEPT]) / hashlib.blake2b(pickle.dumps(asked), digest_size=16).hexdigest()
    if not kept.exists():
        making = Path(tempfile.mkdtemp(dir=kept.parent))
        make(making, *arguments)
        try:
            making.rename(kept)
        except OSError:  # another worker was as quick
            shutil.rmtree(making)
    shutil.copytree(kept, home, copy_function=_Copy(), dirs_exist_ok=True)
    return home


class _Copy:
    """Copies files; what is one file under two names stays one, as in what was published."""

    def __init__(self) -> None:
        self._made: dict[int, str] = {}

    def __call__(self, source: str, target: str) -> str:
        number = os.stat(source).st_ino
        if number in self._made:
            os.link(self._made[number], target)
            return target
        self._made[number] = target
        return str(shutil.copy2(source, target))


def _publish(home: Path, facts: Facts) -> None:
    publish_facts(facts, home)


def _load_example(home: Path) -> None:
    from ingest.demo import load_examples  # here, since few rooms need what it imports

    load_examples(load_settings(environ={}, home=str(home)))


def _load(home: Path, roster: str) -> None:
    file = home / "alpha.csv"
    file.write_text(roster, encoding="utf-8")
    for words in (["ingest", str(file), "--source", "alpha"], ["publish"]):
        done = CliRunner().invoke(netofnets_command, [*words, "--home", str(home)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    file.unlink()  # a home holds no roster
