"""The one-file map beside pyvis's own page, of the same marks and lines: bytes, CPU time, addresses of other hosts.

    python -m benchmarks.one_file HOME

HOME is a folder in which something is published. Both write HTML from the same Scene of at most 300 marks, places
fixed. What a browser does with either is in tests/browser/test_one_file.py (requests) and in docs/benchmarks.md.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from pyvis.network import Network

from netofnets.export.one_file import one_file
from netofnets.graph.published import Published
from netofnets.services.map.carried import CarriedMap, carried_map
from netofnets.services.viewer import ORGANIZER

TIMES = 5
ELSEWHERE = re.compile(r"""(?:src|href)=["'](https?:)?//([^/"']+)""")


def ours(carried: CarriedMap) -> str:
    return "".join(one_file(asdict(carried)))


def pyvis_page(carried: CarriedMap) -> str:
    """What pyvis itself writes, with its scripts inside as far as it puts them there."""
    net = Network(cdn_resources="in_line")
    net.nodes, net.edges = [dict(n) for n in carried.vis["nodes"]], [dict(e) for e in carried.vis["edges"]]
    return str(net.generate_html())


def measured(write: Callable[[CarriedMap], str], carried: CarriedMap) -> tuple[float, str]:
    best, text = float("inf"), write(carried)  # once before, for what is built once
    for _ in range(TIMES):
        start = time.process_time()
        text = write(carried)
        best = min(best, time.process_time() - start)
    return best, text


def main() -> None:
    with Published.current(Path(sys.argv[1])) as published:
        carried = carried_map(published, ORGANIZER)
        print(f"{len(carried.scene.nodes)} marks, {len(carried.scene.edges)} lines")
        found = {name: measured(write, carried) for name, write in (("one file", ours), ("pyvis", pyvis_page))}
        for name, (seconds, text) in found.items():
            hosts = sorted({host for _, host in ELSEWHERE.findall(text)})
            print(f"{name:9} {1000 * seconds:7.1f} ms CPU {len(text.encode()) / 1000:7.0f} KB, loads from {len(hosts)}")
        print(f"ratio of CPU {found['one file'][0] / found['pyvis'][0]:.2f}")


if __name__ == "__main__":
    main()
