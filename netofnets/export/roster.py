"""Rows as one CSV file that a spreadsheet program opens safely, made whole before it takes its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from netofnets.export.formats import write_file
from netofnets.export.tables import cell

__all__ = ["write_rows"]


def write_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], path: Path | str) -> None:
    """Write the columns of ``rows``; raises :class:`netofnets.errors.NetOfNetsError` when the disk does not take it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    write_file(Path(path), [text.getvalue().encode("utf-8-sig")])
