"""A process that loads one batch after another until it is killed: ``python -m tests.store.loading URL PEOPLE``."""

from __future__ import annotations

import itertools
import sys

from netofnets.schema.records import Claim
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.store.statements import a_roster, load


def batch(number: int, people: int) -> list[Claim]:
    """What the source states in its run ``number``: every run changes, adds and withdraws something."""
    size = people + 37 * (number % 5)
    return [
        claim
        if claim.kind != "networks"
        else Claim(claim.kind, claim.key, claim.source, values(claim, number), claim.local_id)
        for claim in a_roster("north", size)
    ]


def values(claim: Claim, number: int) -> dict[str, object]:
    return {**claim.values, "about": f"As of run {number}."}


def in_small_steps() -> None:
    """Let small batches take the way of large ones: many transactions for one run."""
    from netofnets.store.neo4j import steps, writer

    steps._ROWS, writer._AT_ONCE = 100, 200


def main() -> None:
    url, people = sys.argv[1], int(sys.argv[2])
    in_small_steps()
    store = open_store(url, load_settings())
    for number in itertools.count(store.status().run + 1):
        print(number, flush=True)
        load(store, "north", batch(number, people))


if __name__ == "__main__":
    main()
