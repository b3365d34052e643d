"""JSON text to values, more strictly than the standard library: no NaN, no key twice, no depth that hurts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest import limits
from ingest.sources.files import InputFile
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["HugeNumber", "TwiceNamed", "decoded", "document", "items_of_list", "line_of"]

_BLANK = re.compile(r"[ \t\n\r]*")
_DIGITS = 16  # more cannot be told from their neighbours by many programs (2**53)


class HugeNumber(str):
    """A number with more digits than programs agree on; the text as it stands."""

    __slots__ = ()


class TwiceNamed(dict[str, Any]):
    """An object in which a key stands twice; the first such key is ``twice``."""

    twice = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = TwiceNamed(found)
    keys = [key for key, _ in pairs]
    marked.twice = next(key for i, key in enumerate(keys) if key in keys[:i])
    return marked


def _integer(text: str) -> int | HugeNumber:
    return int(text) if len(text) <= _DIGITS else HugeNumber(text[:300])


def _not_a_number(text: str) -> float:
    raise json.JSONDecodeError(f"{text} is no JSON value", text, 0)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_not_a_number)


def document(file: InputFile) -> str:
    """The text of a whole document; :class:`InputError` ``too_large`` or ``encoding``."""
    if file.size > limits.JSON_BYTES:
        raise InputError(
            say(
                "{file}: a JSON document of more than {n} MiB is not read as a whole; save it as JSON Lines "
                "(.jsonl), one object in each line",
                file=file.name,
                n=limits.JSON_BYTES >> 20,
            ),
            code="too_large",
            file=file.name,
        )
    data = file.path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            say(
                "{file}, line {line} (byte {error}): this is not UTF-8 text; JSON is always UTF-8",
                file=file.name,
                line=line,
                error=error.start,
            ),
            code="encoding",
            file=file.name,
            line=line,
        ) from None


def decoded(file: InputFile, text: str) -> Any:
    """The value of a whole document."""
    start = _BLANK.match(text)
    assert start is not None  # it matches nothing, too
    value, end = _decode(file, text, start.end())
    _nothing_after(file, text, end)
    return value


def items_of_list(file: InputFile, text: str) -> Iterator[tuple[int, int, Any]]:
    """The items of a document that is a list, one after the other: (number from 1, line, value)."""
    position = _skip(text, text.index("[") + 1)
    number, line, counted = 0, 1, 0
    if text[position : position + 1] == "]":
        _nothing_after(file, text, position + 1)
        return
    while True:
        number += 1
        line, counted = line + text.count("\n", counted, position), position
        value, end = _decode(file, text, position)
        yield number, line, value
        end = _skip(text, end)
        mark = text[end : end + 1]
        if mark == "]":
            _nothing_after(file, text, end + 1)
            return
        if mark != ",":
            raise _syntax(file, json.JSONDecodeError("Expecting ',' or ']'", text, min(end, len(text))))
        position = _skip(text, end + 1)


def line_of(file: InputFile, data: bytes, line: int) -> Any:
    """The value of one line of JSON Lines, or why it is none."""
    try:
        text = data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError:
        return BadValue("encoding", say("This is not UTF-8 text."), say("Save the file as UTF-8."))
    try:
        return _DECODER.decode(text)
    except RecursionError:
        return BadValue("json_depth", say("It is nested too deep."), say("Write one flat object in each line."))
    except ValueError as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "not JSON"
        return BadValue(
            "json_syntax", say("The line is no JSON object ({what}).", what=what), say("Write one object in each line.")
        )


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _nothing_after(file: InputFile, text: str, end: int) -> None:
    end = _skip(text, end)
    if end < len(text):
        raise _syntax(file, json.JSONDecodeError("There is more after the end", text, end))


def _decode(file: InputFile, text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except RecursionError:
        message = say(
            "{file}: brackets are nested deeper than {nesting} levels; no table is written so",
            file=file.name,
            nesting=limits.NESTING,
        )
        raise InputError(message, code="json_depth", file=file.name) from None
    except json.JSONDecodeError as error:
        raise _syntax(file, error) from None


def _syntax(file: InputFile, error: json.JSONDecodeError) -> InputError:
    return InputError(
        say(
            "{file}, line {lineno}, column {colno}: this is no JSON ({why}); correct that place",
            file=file.name,
            lineno=error.lineno,
            colno=error.colno,
            why=error.msg,
        ),
        code="json_syntax",
        file=file.name,
        line=error.lineno,
    )
