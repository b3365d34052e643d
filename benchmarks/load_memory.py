"""Memory and CPU time of ``netofnets ingest`` by the rows of a roster, from the file to the commit into SQLite.

    python -m benchmarks.load_memory --synth ../shared/tools/synth_networks.py --people 43000 128000 428000

These are about 100,000, 300,000 and 1,000,000 rows. Memory is the highest resident set of the command that a user types
beyond that of ``netofnets template``, which loads nothing. ``changed`` is a second load, with three rows less.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.roster_load import compiled_once, write_roster

# What Linux says about the process itself: the peak that wait4 gives has that of its parent in it.
_RUN = """import resource, sys
from netofnets.cli import main
try:
    main()
finally:
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(peak, used.ru_utime + used.ru_stime, file=sys.stderr)
"""


def command(*words: str) -> tuple[float, float]:
    """Highest resident set in MiB and CPU seconds of ``netofnets`` with these words."""
    whole = [sys.executable, "-c", _RUN, *words]
    done = subprocess.run(whole, check=True, text=True, capture_output=True, env=compiled_once())
    peak, cpu = done.stderr.split()[-2:]
    return int(peak) / 1024, float(cpu)


def measure(synth: Path, people: int, seed: int) -> dict[str, object]:
    """One size."""
    with tempfile.TemporaryDirectory() as folder:
        roster, home = Path(folder) / "roster.csv", Path(folder) / "home"
        rows = write_roster(synth, people, seed, roster)
        words = ["ingest", str(roster), "--source", "bench", "--home", str(home)]
        start = command("template", "roster")[0]
        runs = {"dry_run": command(*words, "--dry-run"), "load": command(*words)}
        lines = roster.read_bytes().splitlines(keepends=True)
        roster.write_bytes(b"".join(lines[:50] + lines[53:]))
        runs["changed"] = command(*words)
    memory = {f"{name}_mib": round(peak - start) for name, (peak, _) in runs.items()}
    times = {f"{name}_cpu_s": round(cpu, 1) for name, (_, cpu) in runs.items()}
    return {"people": people, "rows": rows, **memory, **times}


def main() -> None:
    """Run and print one line of JSON for each size."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--synth", type=Path, required=True, help="path of synth_networks.py")
    arguments.add_argument("--people", type=int, nargs="+", default=[43_000, 128_000, 428_000])
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    for people in given.people:
        print(json.dumps(measure(given.synth, people, given.seed)), flush=True)


if __name__ == "__main__":
    main()
