"""The log, on standard error: one thing after the other, each with its time in UTC, its weight and where it comes from.

What somebody sends cannot forge an entry: signs that are no text become blanks, and further lines of an entry begin
with a tab. Who did what on a shared map is in the audit, not here.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from flask import request

from web.session import session

__all__ = ["refused", "write_log"]

_log = logging.getLogger(__name__)


class _Entry(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines()
        return "\n\t".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)


def write_log(stream: TextIO | None = None) -> logging.Handler:
    """Write what the program and its libraries log from now on: warnings, and what is worse."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Entry("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler


def refused(why: str) -> None:
    """Note that this request was refused: its route, never its address, and the id of the account if there is one."""
    found = session()
    who = f"account {found.account.id}" if found else "nobody known"
    _log.warning("refused %s %s of %s: %s", request.method, request.url_rule or "(no such page)", who, why)
