"""How many planted bridges are found when people stand under variants, after the automatic tier and after some answers.

    python -m benchmarks.recognised_bridges --synth ../shared/tools/synth_networks.py --people 10000 --seeds 1 3 7

A fifth of the people in several networks stand in each under a variant of name and school, without an address. The
share of planted bridges among as many that rank first, on the clean data, as loaded, joined without asking, and after
the first 50 questions of the queue are answered by who is who. Prints rows of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.analysis import generated
from benchmarks.identity import first
from tests.data.planted import Planted
from tests.data.under_variants import under_variants

ANSWERS = 50


def planted(synth: Path, people: int, seed: int) -> Planted:
    """The networks of ``synth_networks.py``, its direct ties left out."""
    made = generated(synth, people, seed)
    members, truth = made["memberships"], made["people"]
    networks = len(made["networks"]["network"])
    return Planted(members["person"], members["network"], people, networks, truth["is_bridge"], truth["community"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 3, 7])
    given = parser.parse_args()
    print("| world | clean | as loaded | joined without asking | and 50 answers | right of those joined | CPU s |")
    print("|---|---|---|---|---|---|---|")
    for seed in given.seeds:
        start = time.process_time()
        made = planted(given.synth, given.people, seed)
        rows = under_variants(made, seed=seed)
        automatic = rows.automatic()
        answered = rows.answered(automatic, ANSWERS)
        of = rows.person_of()
        right = sum(of[j.left] == of[j.right] for j in automatic)
        shares = [first(made.snapshot(), made.is_bridge, {f"l{i:07d}": i for i in range(made.people)})]
        shares += [first(rows.snapshot(log), made.is_bridge, rows.person_of(log)) for log in ([], automatic, answered)]
        cells = " | ".join(f"{share:.2f}" for share in shares)
        seconds = time.process_time() - start
        name = f"{given.people:,}, seed {seed}"
        print(f"| {name} | {cells} | {right} of {len(automatic)} | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
