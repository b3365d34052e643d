"""What a map weighs under each way to pack an answer, and what packing costs the server.

    python -m benchmarks.packing --home HOME

Asks the real server, as the script of the map does, for the page of the map of people, the first portion and all that
follow, then packs these very answers again with gzip and Brotli at several levels: bytes in all, and CPU milliseconds
for all answers, the best of five. The server sends Brotli 5 (of less than 64 KiB 4), and gzip 4 to whoever does not
take it.
"""

from __future__ import annotations

import argparse
import gzip
import time
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import brotli

from benchmarks.pages import served

AGAIN = 5


def answers(home: Path, level: str) -> list[bytes]:
    """The page, and every portion of its marks."""
    import json

    with served(home) as (port, _):
        site = f"http://127.0.0.1:{port}"

        def asked(path: str) -> bytes:
            with urllib.request.urlopen(site + path) as answer:  # noqa: S310
                found: bytes = answer.read()
            return found

        found = [asked(f"/atlas?level={level}"), asked(f"/atlas.json?level={level}&part=map")]
        marks = json.loads(found[1])["marks"]
        step = len(marks["label"])
        portions = range(step, marks["total"], step)
        return found + [asked(f"/atlas.json?level={level}&part=marks&from={start}") for start in portions]


def ways() -> dict[str, Callable[[bytes], bytes]]:
    """Every way that can be measured here, by name."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    for level in (1, 4, 6, 9):
        found[f"gzip {level}"] = partial(gzip.compress, compresslevel=level, mtime=0)
    for quality in (1, 2, 3, 4, 5, 9, 11):
        found[f"brotli {quality}"] = partial(brotli.compress, quality=quality)
    return found


def cost(way: Callable[[bytes], bytes], bodies: Sequence[bytes]) -> tuple[float, int]:
    """CPU milliseconds and bytes of packing them all."""
    best = float("inf")
    for _ in range(AGAIN):
        begun = time.process_time()
        size = sum(len(way(body)) for body in bodies)
        best = min(best, time.process_time() - begun)
    return best * 1000, size


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    given = arguments.parse_args()
    for level in ("networks", "people"):
        bodies = answers(given.home, level)
        print(f"\nMap of {level}: {len(bodies)} answers, {sum(map(len, bodies)):,} bytes as they are\n")
        print("| | bytes | KiB for an answer | CPU ms for an answer |\n|---|---|---|---|")
        for name, way in ways().items():
            milliseconds, size = cost(way, bodies)
            each = size / 1024 / len(bodies)
            print(f"| {name} | {size:,} | {each:.1f} | {milliseconds / len(bodies):.2f} |")


if __name__ == "__main__":
    main()
