"""The made-up rosters that come with the program: where they lie, and a copy of them for somebody to edit."""

from __future__ import annotations

from pathlib import Path

from netofnets.errors import InputError

__all__ = ["FOLDERS", "example_folder", "write_examples"]

FOLDERS = ("rosters", "mappings", "own-spreadsheet")


def example_folder() -> Path:
    """The folder of the example files: beside this module in an installed program, ``examples`` in a checkout.

    Raises :class:`InputError` where neither is, such as in a copy of single packages.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "examples", here.parent / "examples"):
        if all((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise InputError(
        f"The example files are missing: there is no folder 'examples' in {here} nor beside it. "
        "Install netofnets again, or start it from a whole checkout."
    )


def write_examples(folder: Path) -> list[Path]:
    """Copy every file of the example below ``folder``; files that are the same already stay untouched."""
    origin = example_folder()
    paths = []
    for source in sorted(path for name in FOLDERS for path in (origin / name).iterdir() if path.is_file()):
        content, path = source.read_bytes(), folder / source.relative_to(origin)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        paths.append(path)
    return paths
