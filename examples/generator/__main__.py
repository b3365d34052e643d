"""Write the made-up rosters: ``python -m examples.generator [FOLDER]`` in a checkout (default: where they are kept)."""

from __future__ import annotations

import sys
from pathlib import Path

from examples.generator.files import write_examples

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    print(f"{len(write_examples(folder))} files of made-up example data in {folder}")
