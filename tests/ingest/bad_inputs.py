"""Runs the shared corpus of bad inputs through our ingest, in process, and says what came out in the corpus' terms."""

from __future__ import annotations

import resource
import time
from pathlib import Path

from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from netofnets.errors import InputError, NetOfNetsError
from netofnets.store import open_store

# The corpus calls networks "organisations" and has columns of its own; a mapping is how one says so.
PEOPLE = """
[[tables]]
file = "{file}"
{sheet}
is = "leaders"
[tables.columns]
id = "id"
name = "name"
email = {{ from = "email", optional = true }}
school = {{ from = "affiliation", optional = true }}
interests = {{ from = "interests", optional = true }}
url = {{ from = "url", optional = true }}
"""
OTHERS = """
[[tables]]
file = "organisations.csv"
is = "networks"
optional = true
[tables.columns]
id = "id"
name = "name"

[[tables]]
file = "organisations.csv"
is = "network_parts"
optional = true
where = { parent_id = "*" }
[tables.columns]
network_id = "id"
part_of_id = "parent_id"

[[tables]]
file = "memberships.*"
is = "memberships"
optional = true
[tables.columns]
leader_id = "person_id"
network_id = "network_id"
role = "role"
start = "start"
end = "end"

[[tables]]
file = "relations.csv"
is = "collaborations"
optional = true
[tables.columns]
leader_id = "source"
other_leader_id = "target"
kind = { from = "kind", values = { COLLABORATES_WITH = "collaborated" }, other = "refuse" }
"""
KINDS = {"people": "leaders", "memberships": "memberships", "relations": "collaborations", "bundle": "leaders"}


def run_case(case: dict, folder: Path) -> dict:
    """One result of the scorer's form for one case of expectations.json."""
    files = [folder] if case["code"] == "outside_folder" else [folder / name for name in case["files"]]
    if case["table"] == "memberships" and len(files) == 1:
        files += _companions(folder)
    began, memory = time.perf_counter(), _peak()
    store = open_store("memory:")
    try:
        result = _loaded(
            case,
            load(store, files, Options("corpus", _mapping(case, files), case["options"].get("encoding", ""), True)),
        )
    except InputError as refused:
        result = {"outcome": "reject_file", "code": refused.code}
    except NetOfNetsError as error:
        result = {"outcome": "reject_file", "code": f"other: {error}"}
    result["applied_when_rejected"] = any(store.status().counts.values())
    store.close()
    return result | {"seconds": time.perf_counter() - began, "rss_mib": (_peak() - memory) / 1024}


def _mapping(case: dict, files: list[Path]):
    texts = []
    for file in files:
        if file.suffix == ".xlsx" and not file.stem.startswith(("memberships", "organisations")):
            texts.append(PEOPLE.format(file=file.name, sheet='sheet = "people"'))
        elif file.stem.startswith(("people", "roster", "-rf")) or file.is_dir():
            texts.append(
                PEOPLE.format(
                    file="-rf*" if file.stem.startswith("-rf") else "*" if file.is_dir() else file.name, sheet=""
                )
            )
    if not texts:
        return None
    return parse_mapping("\n".join(texts) + OTHERS)


def _companions(folder: Path) -> list[Path]:
    """The people and networks that the corpus leaves to the imagination for a workbook of memberships."""
    others = folder.parent / f"{folder.name}-companions"
    others.mkdir(exist_ok=True)
    (others / "people.csv").write_text("id,name\nT1,Ada Obi\nT2,Li Wei\n", encoding="utf-8")
    (others / "organisations.csv").write_text("id,name,parent_id\nN1,Network One,\n", encoding="utf-8")
    return [others / "people.csv", others / "organisations.csv"]


def _loaded(case: dict, loaded) -> dict:
    report = loaded.report
    kind = KINDS.get(case["table"], "leaders")
    return {
        "outcome": "quarantine_rows" if report.quarantined or report.cells else "accept",
        # A cell that was put aside is listed with its row, though the rest of the row was taken.
        "quarantine": [{"row": p.row, "code": p.code} for p in (*report.quarantined, *report.cells)],
        "warnings": sorted({problem.code for problem in report.warnings}),
        "rows_ok": sum(table["rows_ok"] for table in report.tables if table["is"] == kind),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
