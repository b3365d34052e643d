"""The example, analysed again with its rows shuffled and with another number of threads: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ingest.demo import DemoResult

# Run apart, because libraries settle on their number of threads when they are first loaded.
PUBLISH = """
import sys
from dataclasses import replace
from pathlib import Path
import numpy as np
import pyarrow as pa
from netofnets.publish import publish_facts
from netofnets.settings import load_settings
from netofnets.store import open_store

home, out, shuffled = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
settings = load_settings(home=str(home))
store = open_store(settings.store, settings)
facts = store.scan()
store.close()
if shuffled:
    order = np.random.default_rng(shuffled)
    facts = replace(
        facts,
        tables={name: t.take(pa.array(order.permutation(t.num_rows))) for name, t in facts.tables.items()},
        stated=facts.claims.take(pa.array(order.permutation(facts.claims.num_rows))),
    )
publish_facts(facts, out, {"seed": 7}, as_of="2026-01-01")
"""


def published(home: Path, out: Path, *, threads: int, shuffled: int) -> dict[str, bytes]:
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [sys.executable, "-c", PUBLISH, str(home), str(out), str(shuffled)]
    done = subprocess.run(command, env={**os.environ, **limits}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder,) = (path.parent for path in (out / "published").glob("*/manifest.json"))
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_shuffled_rows_and_two_threads_give_the_bytes_of_one_thread(example: DemoResult, tmp_path: Path) -> None:
    loaded = example.folder.parent
    first = published(loaded, tmp_path / "one", threads=1, shuffled=0)
    second = published(loaded, tmp_path / "two", threads=2, shuffled=41)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
