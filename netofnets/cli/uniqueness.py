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
        help="Write how many people could be told apart without names to FILE, as JSON; under pseudonyms, also who.",
    )(command)


def tell_uniqueness(snapshot: Snapshot, k: int, output: Path | None, *, named: bool = False) -> str:
    """A sentence on how many people of ``snapshot`` stand out in groups below ``k``; the numbers go to ``output``.

    ``named``: with the ids of those who do, which are pseudonyms.
    """
    from netofnets.export.formats import write_file
    from netofnets.graph.uniqueness import standing_out, uniqueness

    found = uniqueness(snapshot, k)
    if output is not None:
        flagged = {"standing_out": standing_out(snapshot, k)} if named else {}
        text = json.dumps({**asdict(found), "words": found.words, **flagged}, indent=1)
        write_file(output, [text.encode() + b"\n"])
    return found.words
