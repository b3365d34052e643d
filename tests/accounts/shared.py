"""The gate of a shared map in tests: its settings, a clock that is turned, and passwords that are quick to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from netofnets.accounts.gate import Gate, open_accounts, open_gate
from netofnets.accounts.model import AccountRole
from netofnets.accounts.passwords import Passwords
from netofnets.settings import load_settings

SECRET = bytes(range(32)).hex()  # made up; what openssl writes looks the same

SHARED = {
    "mode": "shared",
    "secret": SECRET,
    "public_url": "https://map.school.example",
    "trusted_hosts": "map.school.example",
    "sign_in": "password",
    "account_rate": "0",  # tests ask faster than people; tests/web/test_rates.py sets its own
    "client_rate": "0",
}


class Turned:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def turn(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture(scope="session")
def quick() -> Passwords:
    """Passwords with the smallest costs."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def gate(tmp_path: Path, clock: Turned, quick: Passwords) -> Gate:
    """The gate of a shared map with one owner."""
    open_accounts(tmp_path, clock, quick).roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    return open_gate(load_settings(environ={}, home=str(tmp_path), **SHARED), clock, passwords=quick)


@pytest.fixture
def rewritten(gate: Gate) -> Callable[[str], None]:
    """Runs a statement on the file, past the program and its triggers."""

    def run(statement: str) -> None:
        with gate.roll._database.writing() as opened:
            for trigger in ("audit_stays", "audit_kept"):
                opened.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            opened.execute(statement)

    return run
