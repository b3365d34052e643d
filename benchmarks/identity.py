"""Who is who: made-up rosters, Febrl, fake_1000 and institutions, each beside exact matching; and what a map gains.

    python -m benchmarks.identity --data ../shared/data [--rows 1000 10000 100000]

Run from a checkout. Pairwise precision, recall and F1 of clusters; CPU seconds of this process and its peak memory;
prints the section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import resource
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from netofnets.analysis.registry import needed
from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.block import candidates
from netofnets.resolution.cluster import cluster
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.judge import judge_by_email
from netofnets.resolution.normalise import school_key
from netofnets.resolution.recognise import recognise
from netofnets.resolution.records import RECORDS, people_of
from netofnets.resolution.score import FellegiSunter
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Judgement, Verdict
from tests.data.planted import planted
from tests.data.under_variants import under_variants
from tests.data.variants import rosters

ONE = 0.3  # probability from which on clusters are made here: what a person who answers every question would reach


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, nargs="*", default=[1000, 10_000, 100_000])
    given = parser.parse_args()
    print("\n| records | method | P | R | F1 | largest | CPU s |\n|---|---|---|---|---|---|---|")
    for rows in given.rows:
        made = rosters(rows)
        measured(f"made-up rosters, {made.records.num_rows:,} rows", made.records, made.person)
    measured("Febrl 4, name and address", *febrl(given.data / "febrl"))
    measured("fake_1000, name, town, address", *fake(given.data / "splink" / "fake_1000.csv"))
    institutions(given.data / "institutions" / "ipeds-2022-names.csv")
    bridges()
    print(f"\nPeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def measured(title: str, records: pa.Table, person: np.ndarray) -> None:
    start = time.process_time()
    people = people_of(records)
    left, right = candidates(people)
    scored = FellegiSunter()(people, left, right, Corpus.of(people))
    kept = np.flatnonzero(scored.probability >= ONE)
    pairs = zip(left[kept].tolist(), right[kept].tolist(), scored.weight[kept].tolist(), strict=True)
    sources = [frozenset(people.source.values[c : c + 1] if c >= 0 else ()) for c in people.source.codes.tolist()]
    root = np.array(cluster(pairs, sources))
    told(title, "all that is likely (p >= 0.3), greedy", root, person, time.process_time() - start)
    start = time.process_time()
    log, asked = without_asking(records)
    of = {entity: i for i, entity in enumerate(records["entity"].to_pylist())}
    joined = ((of[j.left], of[j.right], 1.0) for j in log if j.verdict is Verdict.SAME)
    told("", "joined without asking", np.array(cluster(joined, sources)), person, time.process_time() - start)
    print(f"| | *questions* | {asked:,} asked | | | | |")
    told("", "exact: address, or name and town", exact(records), person, 0.0)


def without_asking(records: pa.Table) -> tuple[list[Judgement], int]:
    """What a load joins, by address and by name and place, and how many questions are left."""
    rows = records.to_pylist()
    claims = [Claim("leaders", row["entity"], row["source"] or "", row) for row in rows]
    log = judge_by_email(claims)
    identity = Identity(log)
    canonical = pa.array([identity.canonical(row["entity"]) for row in rows], pa.string())
    found = recognise(records.set_column(0, "entity", canonical), log)
    return [*log, *found.automatic], len(found.open)


def told(title: str, method: str, root: np.ndarray, person: np.ndarray, seconds: float) -> None:
    true, made = pairs_in(person), pairs_in(root)
    right = pairs_in(root.astype(np.int64) * (int(person.max()) + 1) + person)
    p, r = right / max(made, 1), right / true
    f1 = 2 * right / max(made + true, 1)
    spent = f"{seconds:.1f}" if seconds else ""
    print(f"| {title} | {method} | {p:.4f} | {r:.3f} | {f1:.3f} | {np.bincount(root).max()} | {spent} |", flush=True)


def pairs_in(labels: np.ndarray) -> int:
    _, counts = np.unique(labels, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def exact(records: pa.Table) -> np.ndarray:
    """Connected components of rows with one address, or one name in one town."""
    names, towns = (records[c].to_pylist() for c in ("name", "place"))
    by_name = [(n or "").casefold() and t and ((n or "").casefold(), t) for n, t in zip(names, towns, strict=True)]
    pairs = [*sharing(records["email"].to_pylist()), *sharing(by_name)]
    return np.array(cluster(((a, b, 1.0) for a, b in pairs), [frozenset()] * records.num_rows))


def sharing(keys: Sequence[Hashable]) -> Iterable[tuple[int, int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        if key:
            groups[key].append(row)
    return [(group[0], other) for group in groups.values() for other in group[1:]]


def febrl(folder: Path) -> tuple[pa.Table, np.ndarray]:
    rows, person = [], []
    for source in "ab":
        with (folder / f"dataset4{source}.csv").open(encoding="utf-8") as file:
            for line in csv.DictReader(file, skipinitialspace=True):
                cell = {name: value.strip() for name, value in line.items()}
                name = ", ".join(filter(None, (cell["surname"], cell["given_name"])))
                street = f"{cell['street_number']} {cell['address_1']}".strip() if cell["address_1"] else ""
                town = cell["suburb"] or cell["postcode"]
                rows.append((cell["rec_id"], source, name, "", street, town, cell["state"], ""))
                person.append(int(cell["rec_id"].split("-")[1]))
    return table(rows), np.array(person)


def fake(path: Path) -> tuple[pa.Table, np.ndarray]:
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    rows = [(x["unique_id"], "", f"{x['first_name']} {x['surname']}", x["email"], "", x["city"], "", "") for x in lines]
    return table(rows), np.array([int(line["cluster"]) for line in lines])


def table(rows: Sequence[tuple[str, ...]]) -> pa.Table:
    return pa.table([pa.array([c or None for c in column]) for column in zip(*rows, strict=True)], schema=RECORDS)


def institutions(path: Path) -> None:
    """How many institutions share what is a school's own in its name, and in one state."""
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    same = [len(set(x)) for x in (names(lines, "name"), names(lines, "name", "state"))]
    print(f"\n{len(lines):,} institutions, {same[0]:,} names, {same[1]:,} names with state.", end=" ")
    print(f"What is their own in the name: {len({school_key(line['name']) for line in lines}):,}. No rule joins them.")


def names(lines: Sequence[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(line[column] for column in columns) for line in lines]


def bridges() -> None:
    """Planted bridges among the first, with a fifth of the people in several networks under variants."""
    print("\n| planted (1,000 people) | clean | under variants | joined without asking | and 50 answers | precision |")
    print("|---|---|---|---|---|---|")
    for seed in range(5):
        made = planted(seed)
        rows = under_variants(made, seed=seed)
        automatic = rows.automatic()
        answered = rows.answered(automatic, 50)
        of = rows.person_of()
        right = [of[j.left] == of[j.right] for j in automatic]
        shares = [first(made.snapshot(), made.is_bridge, {f"l{i:07d}": i for i in range(made.people)})]
        shares += [first(rows.snapshot(log), made.is_bridge, rows.person_of(log)) for log in ([], automatic, answered)]
        cells = " | ".join(f"{share:.2f}" for share in shares)
        print(f"| seed {seed} | {cells} | {sum(right)} of {len(right)} |", flush=True)


def first(snapshot: Snapshot, is_bridge: np.ndarray, person: dict[str, int]) -> float:
    """The share of planted bridges among as many that rank first."""
    results: dict[str, pa.Table] = {}
    for declared in needed("bridges"):
        results[declared.id] = declared(snapshot, results, {})
    leaders = results["bridges"]["leader"].to_pylist()
    distinct = list(dict.fromkeys(person[leader] for leader in leaders))
    return float(is_bridge[list(itertools.islice(distinct, int(is_bridge.sum())))].mean())


if __name__ == "__main__":
    main()
