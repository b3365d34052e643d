"""Tables on the terminal, as CSV, JSON or Parquet."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from netofnets.errors import SettingsError

__all__ = ["FORMATS", "print_answer", "print_table"]

FORMATS = ("table", "csv", "json", "parquet")


def print_table(table: pa.Table, form: str, output: str | None = None) -> None:
    """Print ``table`` in one of :data:`FORMATS`, to ``output`` when it is given (Parquet needs it)."""
    if form == "parquet":
        if output is None:
            raise SettingsError("parquet is a binary format: say where to, with --output FILE")
        pq.write_table(table, output)
        return
    writers = {"table": _as_table, "csv": _as_csv, "json": _as_json}
    if output is None:
        writers[form](table, sys.stdout)
        return
    with Path(output).open("w", encoding="utf-8", newline="") as file:
        writers[form](table, file)


def print_answer(answer: Any, form: str) -> None:
    """Print a dataclass of a service: ``json`` as the page's twin has it, ``text`` as an indented outline."""
    facts = asdict(answer)
    if form == "json":
        json.dump(facts, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(line + "\n" for line in _outline(facts, 0))


def _outline(value: Any, depth: int) -> Iterator[str]:
    """Lines of an outline: what is empty is left out, what has a name (a person, a network) is that name."""
    for name, inner in value.items():
        if inner in (None, "", (), [], {}, False):
            continue
        label = "  " * depth + name.replace("_", " ")
        if isinstance(inner, dict) and "name" in inner:
            yield f"{label}: {_plain(inner['name'])}"
        elif isinstance(inner, dict):
            yield f"{label}:"
            yield from _outline(inner, depth + 1)
        elif isinstance(inner, list | tuple):
            yield f"{label}:"
            for item in inner:
                yield "  " * (depth + 1) + "- " + _in_line(item)
        else:
            yield f"{label}: {_plain(inner)}"


def _in_line(item: Any) -> str:
    """One item of a list in one line."""
    if isinstance(item, dict):
        told = item["name"] if "name" in item and "kind" in item else None
        parts = (_in_line(v) for v in item.values() if v not in (None, "", (), [], {}, False))
        return _plain(told) if told else "; ".join(parts)
    if isinstance(item, list | tuple):
        return ", ".join(_in_line(v) for v in item)
    return _plain(item)


def _as_table(table: pa.Table, file: Any) -> None:
    table = table.select(_telling(table.column_names))
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in table.column_names:
        number = not (pa.types.is_string(table[name].type) or pa.types.is_list(table[name].type))
        shown.add_column(name.replace("_", " "), justify="right" if number else "left", no_wrap=number)
    for row in table.to_pylist():
        shown.add_row(*[_plain(value) for value in row.values()])
    terminal = getattr(file, "isatty", lambda: False)()
    # A file or a pipe has no width: one line a row, so that grep and cut can work on it.
    Console(file=file, highlight=False, markup=False, emoji=False, width=None if terminal else 10_000).print(shown)


def _telling(names: list[str]) -> list[str]:
    """The columns that a person reads: names instead of ids, the name first; the other formats have everything."""
    left_out = {n for n in names if n.endswith("source_id") or n == "source"}
    left_out |= {n for n in names if f"{n}_name" in names}
    first = [n for n in (("name",) if "name" in names else ("first_name", "second_name")) if n in names]
    return [*first, *[n for n in names if n not in left_out and n not in first]]


def _as_csv(table: pa.Table, file: Any) -> None:
    from netofnets.export.tables import write_answer

    write_answer(table, file)


def _as_json(table: pa.Table, file: Any) -> None:
    json.dump(table.to_pylist(), file, ensure_ascii=False, indent=1, allow_nan=False)
    file.write("\n")


def _plain(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(value))
