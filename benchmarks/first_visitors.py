"""What the first visitors after a start wait, against those who come later, through the real server.

    python -m benchmarks.first_visitors --home HOME [--workers 2] [--clients 16]

16 clients at once ask for one page each, the moment that the server says where it is: fronts, searches, profiles,
networks, bridges, all different; then as many ask for others. Prints the 95th percentile of the waits, and the memory
of all processes (what they have in common counted once).
"""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

import numpy as np
import psutil

from benchmarks.pages import asked, cpu_of, pages, served

KINDS = ("front for a reader", "search", "profile with collaborators", "network for a reader", "bridges for a reader")


def visit(at: tuple[int, int], addresses: list[str]) -> tuple[float, float]:
    """95th percentile of the wait, and CPU of the server for each, of as many clients as there are addresses."""
    waits: list[float] = []
    before = cpu_of(at[1])
    clients = [threading.Thread(target=asked, args=(at[0], [one], waits, [])) for one in addresses]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert len(waits) == len(addresses), "somebody was not answered"
    return float(np.percentile(waits, 95)), (cpu_of(at[1]) - before) / len(waits)


def memory(process: int) -> tuple[float, float]:
    """MiB of a process and its children, and of files that they have mapped; what several share is counted once."""
    found = dict.fromkeys(("Pss_Anon", "Pss_File"), 0)
    for one in (process, *(child.pid for child in psutil.Process(process).children())):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(":")
            if name in found:
                found[name] += int(value.split()[0])
    return found["Pss_Anon"] / 1024, found["Pss_File"] / 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--clients", type=int, default=16)
    given = arguments.parse_args()
    every = pages(given.home)
    rounds = [
        [every[KINDS[n % len(KINDS)]][n + turn * given.clients] for n in range(given.clients)] for turn in range(4)
    ]
    with served(given.home, given.workers) as at:
        start = cpu_of(at[1])
        found = [visit(at, addresses) for addresses in rounds]
        own, mapped = memory(at[1])
        print(f"CPU until it answers: {start:.1f} s; memory after these visits: {own:.0f} MiB, {mapped:.0f} of files")
    later = min(wait for wait, _ in found[1:])
    print("| visitors | p95 of the wait, by that of the quickest later ones | CPU ms a page |\n|---|---|---|")
    for name, (wait, cpu) in zip(("the first 16", "the next", "the next", "the next"), found, strict=True):
        print(f"| {name} | {wait / later:.1f}x | {1000 * cpu:.1f} |")


if __name__ == "__main__":
    main()
