"""A briefing is written whole or not at all, and says in a sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo import DemoResult
from netofnets.cli import netofnets_command
from netofnets.errors import NetOfNetsError, NotFound, NotPublished


def brief(*words: str) -> None:
    netofnets_command.main(["briefing", *words], standalone_mode=False)


def test_of_a_network_for_the_public_it_names_nobody(example: DemoResult, tmp_path: Path) -> None:
    home, path = str(example.folder.parent), tmp_path / "sheet.html"
    brief("Boat and Bus School Teachers", "--home", home, "--to", str(path))
    public = path.read_text(encoding="utf-8")
    assert "Boat and Bus School Teachers" in public and "Alejandra Banda" not in public
    brief("Boat and Bus School Teachers", "--home", home, "--to", str(path), "--audience", "organizers")
    assert "Alejandra Banda" in path.read_text(encoding="utf-8")


def test_it_is_written_in_the_language_that_is_asked_for(example: DemoResult, tmp_path: Path) -> None:
    home, path = str(example.folder.parent), tmp_path / "sheet.html"
    brief("--home", home, "--to", str(path), "--language", "de")
    text = path.read_text(encoding="utf-8")
    assert '<html lang="de">' in text and "Scheibe: ein Netzwerk" in text and "Disc: a network" not in text


def test_what_cannot_be_written_leaves_what_was_there(example: DemoResult, tmp_path: Path) -> None:
    home, path = str(example.folder.parent), tmp_path / "sheet.html"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(NotFound, match="No Such"):
        brief("No Such", "--home", home, "--to", str(path))
    with pytest.raises(NotPublished, match="netofnets publish"):
        brief("--home", str(tmp_path / "empty"), "--to", str(path))
    with pytest.raises(NetOfNetsError, match="nothing was replaced there"):
        brief("--home", home, "--to", str(path / "below"))
    assert path.read_text(encoding="utf-8") == "before" and [p.name for p in tmp_path.iterdir()] == ["sheet.html"]
