"""What commands that publish say of how easily people are told apart: in words, and as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from netofnets.graph.snapshot import Snapshot

__all__ = ["tell_uniqueness", "uniqueness_option"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def uniqueness_option(command: _Command) -> _Command:
    """``--uniqueness``: the file that takes the numbers."""
    return click.option(
        "--uniqueness",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write how many people could be told apart without their names to FILE, as JSON: numbers alone.",
    )(command)


def tell_uniqueness(snapshot: Snapshot, k: int, output: Path | None) -> str:
    """A sentence on how many people of ``snapshot`` stand out in groups below ``k``; the numbers go to ``output``."""
    from netofnets.export.formats import write_file
    from netofnets.graph.uniqueness import uniqueness

    found = uniqueness(snapshot, k)
    if output is not None:
        text = json.dumps({**asdict(found), "words": found.words}, indent=1)
        write_file(output, [text.encode() + b"\n"])
    return found.words
