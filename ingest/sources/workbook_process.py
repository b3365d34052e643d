"""A process of its own that reads a workbook: the library may run out of memory or abort, and takes nobody with it.

It needs nothing but python-calamine and is started as a script. It answers what it is asked for on standard input with
marshalled tuples on standard output, each after its length in four bytes.
"""

from __future__ import annotations

import marshal
import struct
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

__all__ = ["BATCH", "answer", "receive", "send"]

BATCH = 500
"""So many rows travel together."""

_CellValue = int | float | str | bool | time | date | datetime | timedelta


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    data = marshal.dumps(message)
    stream.write(struct.pack("<I", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one message; EOFError when the other side has gone."""
    length = stream.read(4)
    if len(length) < 4:
        raise EOFError
    data = stream.read(struct.unpack("<I", length)[0])
    try:
        return marshal.loads(data)  # noqa: S302 - written by our own process
    except ValueError:  # cut off in the middle
        raise EOFError from None


def answer(path: str, memory: int, asked: IO[bytes], out: IO[bytes]) -> None:
    """Read the workbook and serve questions until there are none: ``("rows", title)`` gives batches, then ``"end"``."""
    _limit(memory)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        send(out, ("titles", visible, [sheet.name for sheet in sheets if sheet.name not in visible]))
        while True:
            try:
                title = receive(asked)
            except EOFError:
                return
            for batch in _batches(book.get_sheet_by_name(str(title))):
                send(out, ("rows", batch))
            send(out, ("end",))
    except BrokenPipeError:
        return
    except BaseException as error:  # the library's panics are no Exceptions; all that matters here is that it failed
        send(out, ("error", f"{type(error).__name__}: {str(error)[:200]}"))


def _limit(memory: int) -> None:
    """Bound the address space where the system can: a sheet with one far-off cell asks for all there is."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _batches(sheet: CalamineSheet) -> Iterator[list[tuple[int, list[str]]]]:
    """Rows that are not blank with their numbers from 1, beginning in column A."""
    batch: list[tuple[int, list[str]]] = []
    margin = [""] * sheet.start[1] if sheet.start else []
    first = sheet.start[0] if sheet.start else 0
    width = sheet.width
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number <= first:
            continue
        # Rows begin in column A in some versions of the library and at the first used column in others.
        cells = (margin if len(row) <= width else []) + [_text(value) for value in row]
        if any(cells):
            batch.append((number, cells))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _text(value: _CellValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    answer(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
