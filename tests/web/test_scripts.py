"""The scripts of the map under node: sizes equal to the server's, places of names, what a click means, the camera."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from dataclasses import asdict
from itertools import product
from pathlib import Path

from netofnets.services.map.sizes import SIZES
from tests.missing import missing

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "web" / "static" / "built"
MOST = 60 * 1024  # bytes of script that the first picture of the atlas may load, compressed


def test_the_scripts_of_the_map(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        missing("no node: install it (Debian: apt install nodejs)")
    rules = tmp_path / "sizes.json"
    cases = [
        {"kind": kind, "radius": radius, "scale": scale, "rings": rings, "width": width}
        for kind, radius, scale, rings, width in product(
            ("disc", "ring", "dot"), (0.3, 2.0, 40.0), (0.4, 3.0, 60.0), (20, 400), (320, 1280)
        )
    ]
    for case in cases:
        ring = SIZES.ring(case["rings"], case["width"])  # type: ignore[arg-type]
        case["drawn"] = SIZES.radius(case["radius"], case["scale"], kind=case["kind"], least_ring=ring)  # type: ignore[arg-type]
    rules.write_text(json.dumps({"sizes": asdict(SIZES), "cases": cases}), encoding="utf-8")
    done = subprocess.run(
        [node, "--test", str(ROOT / "tests" / "js" / "unit")],
        capture_output=True,
        text=True,
        env={**os.environ, "SIZES": str(rules)},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_atlas_loads_stays_small() -> None:
    script, sheets = ((BUILT / name).read_bytes() for name in ("atlas.js", "site.css"))
    assert 10_000 < len(gzip.compress(script, 6)) <= MOST
    assert 5_000 < len(gzip.compress(sheets, 6)) <= 20 * 1024


def test_what_is_built_is_that_of_its_sources() -> None:
    folder = ROOT / "tests" / "js"
    node = shutil.which("node")
    if node is None or not (folder / "node_modules" / "esbuild").is_dir():
        missing("no esbuild: install node, then npm ci in tests/js")
    done = subprocess.run([node, "build.mjs", "--check"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
