"""The notebook runs from top to bottom, prints what is committed, and its figures are those of the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from ingest.demo import DemoResult

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook" / "figures.ipynb"


def printed(notebook: Any) -> list[str]:
    """What each cell of code prints, pictures aside."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found.append("".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout"))
    return found


@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries; the notebook's cells run in another process
def test_it_runs_and_prints_what_is_committed(example: DemoResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETOFNETS_HOME", str(example.folder.parent))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    committed = nbformat.read(NOTEBOOK, as_version=4)
    again = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(again, timeout=300, kernel_name="python3").execute(cwd=str(ROOT))
    assert printed(again) == printed(committed), "run the notebook anew and commit it"
    pictures = [o for c in again.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert len(pictures) == 1


def test_the_figures_of_the_readme_are_those_it_prints() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    lines = [line for text in printed(nbformat.read(NOTEBOOK, as_version=4)) for line in text.splitlines()]
    for opening in ("leaders in", "people join networks", "pairs of networks share people", "communities"):
        (said,) = [line for line in lines if opening in line]
        assert said.removesuffix(":") in readme, said
