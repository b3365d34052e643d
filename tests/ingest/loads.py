"""A small roster, and loading it."""

from __future__ import annotations

from pathlib import Path

from ingest.mapping import parse_mapping
from ingest.pipeline import Loaded, Options, load
from netofnets.store.base import Store

ROSTER = """leader_id,name,email,school,interests,network_id,network,role,start,end
1,Ada Obi,ada@school.example,North High,literacy;assessment,n1,Rural Readers,chair,2020-09-01,
2,Li Wei,li@school.example,South High,Project-Based Learning,n1,Rural Readers,member,2021-01-01,2023-06-30
2,Li Wei,li@school.example,South High,project based learning,n2,City Coders,member,,
"""


def ingest(store: Store, folder: Path, source: str = "a", mapping: str = "", **options: object) -> Loaded:
    read = parse_mapping(mapping) if mapping else None
    return load(store, [folder], Options(source, read, **options))  # type: ignore[arg-type]


def files(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def names(store: Store, kind: str) -> list[str]:
    return sorted(store.scan().tables[kind]["name"].to_pylist())
