"""Built-in mappings for files that say themselves what is in them; they are mapping files like anybody's, to copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ingest.mapping import MappingFile, load_mapping

__all__ = ["MEANINGS", "meaning"]

MEANINGS = Path(__file__).with_name("meanings")
"""One mapping file for each."""


@cache
def meaning(name: str) -> MappingFile:
    """The built-in mapping called ``name``."""
    return load_mapping(MEANINGS / f"{name}.toml")
