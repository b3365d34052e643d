"""The table of limits in docs/SECURITY.md is that of the program."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "SECURITY.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| ([0-9][^|]*) \| `([a-z_.]+)\.([A-Z_]+)` \|$", TEXT, re.MULTILINE)
UNITS = {"": 1, "KiB": 1024, "MiB": 1024 * 1024}


@pytest.mark.parametrize(
    ("what", "limit", "module", "name"), ROWS, ids=[f"{module}.{name}" for *_, module, name in ROWS]
)
def test_each_limit_is_that_of_the_program(what: str, limit: str, module: str, name: str) -> None:
    number, _, unit = limit.partition(" ")
    assert getattr(importlib.import_module(module), name) == int(number.replace(",", "")) * UNITS[unit], what


def test_there_is_a_table() -> None:
    assert len(ROWS) > 20
