"""Every file of the example, as bytes: rosters, mapping files, README."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ingest.example_data.lantern import lantern_files
from ingest.example_data.linked_rosters import linked_files
from ingest.example_data.own_spreadsheet import OWN_SHEET, own_spreadsheet
from ingest.example_data.readme import readme
from ingest.example_data.register import register_files
from ingest.example_data.rosters import roster_files
from ingest.example_data.sources import SOURCES
from ingest.example_data.world import make_world

__all__ = ["example_files", "write_examples"]


def example_files() -> dict[str, bytes]:
    """Path below the examples folder (with ``/``) to bytes; the same on every call and every machine."""
    world = make_world()
    rosters = register_files() | roster_files(world) | linked_files(world) | lantern_files(world)
    found = {f"rosters/{name}": content for name, content in sorted(rosters.items())}
    found["rosters/README.md"] = readme(world).encode()
    for source in SOURCES:
        found[f"mappings/{source.mapping}"] = _text(f"mappings/{source.mapping}")
    found[f"own-spreadsheet/{OWN_SHEET}"] = own_spreadsheet(world)
    found["own-spreadsheet/seed-and-soil.toml"] = _text("mappings/seed-and-soil.toml")
    found["own-spreadsheet/README.md"] = _text("own-spreadsheet-readme.md")
    return found


def _text(name: str) -> bytes:
    # Read as text: a checkout on Windows may have changed the line ends.
    path = files("ingest.example_data").joinpath(*name.split("/"))
    return path.read_text(encoding="utf-8").encode()


def write_examples(folder: Path) -> list[Path]:
    """Write every file of the example below ``folder``; files that are the same already stay untouched."""
    paths = []
    for name, content in example_files().items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        paths.append(path)
    return paths
