"""Every file that the generator writes, as bytes: the rosters, their README, and the sheet of a newcomer."""

from __future__ import annotations

from pathlib import Path

from examples.generator.lantern import lantern_files
from examples.generator.linked_rosters import linked_files
from examples.generator.own_spreadsheet import OWN_SHEET, own_spreadsheet
from examples.generator.readme import readme
from examples.generator.register import register_files
from examples.generator.rosters import roster_files
from examples.generator.world import make_world

__all__ = ["example_files", "write_examples"]


def example_files() -> dict[str, bytes]:
    """Path below the examples folder (with ``/``) to bytes; the same on every call and every machine.

    The mapping files are written by hand and lie beside them.
    """
    world = make_world()
    rosters = register_files() | roster_files(world) | linked_files(world) | lantern_files(world)
    found = {f"rosters/{name}": content for name, content in sorted(rosters.items())}
    found["rosters/README.md"] = readme(world).encode()
    found[f"own-spreadsheet/{OWN_SHEET}"] = own_spreadsheet(world)
    return found


def write_examples(folder: Path) -> list[Path]:
    """Write every file below ``folder``; files that are the same already stay untouched."""
    paths = []
    for name, content in example_files().items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        paths.append(path)
    return paths
