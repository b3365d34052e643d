"""From a JSON object to cells: objects inside become columns ``outer.inner``, lists become several values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest import limits
from ingest.sources.json_parse import HugeNumber, TwiceNamed
from ingest.sources.raw import WHOLE_ROW, Fault
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["Item", "flat", "header_of", "row_of"]

Item = Mapping[str, Any]

_REMEDY = say("Write it as a text in quotes.")
_NUMBER = frozenset(("id", "text", "several", "number", "flag", "date"))
_FLAG, _LIST, _NOTHING = frozenset(("flag",)), frozenset(("several", "text")), frozenset(("empty",))
_DEEP = BadValue(
    "json_depth", say("It is nested deeper than {nesting} levels.", nesting=limits.NESTING), say("Write flat objects.")
)


def header_of(items: Iterable[Any]) -> list[str]:
    """All columns of these items, in the order in which they are first met; of what is no object, none."""
    found: dict[str, None] = {}
    for item in items:
        if isinstance(item, dict):
            found.update(dict.fromkeys(name for name, _ in flat(item)))
            if len(found) > limits.COLUMNS * 2:
                break
    return list(found)


def flat(item: Item, above: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    """Column and value of everything in an object; a list of objects is one column for each of their keys."""
    if depth > limits.NESTING:
        yield above.rstrip("."), _DEEP
        return
    for key, value in item.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            if not value:
                yield name, None
            yield from flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list) and value and all(isinstance(inner, dict) for inner in value):
            columns: dict[str, list[Any]] = {}
            for inner in value:
                for column, one in flat(inner, f"{name}.", depth + 1):
                    columns.setdefault(column, []).extend(one if isinstance(one, list) else [one])
            yield from columns.items()
        else:
            yield name, value


def row_of(item: Item, at: Mapping[str, int]) -> tuple[list[str], tuple[Fault, ...]]:
    """The cells of an object under the columns ``at``, and what is wrong with them as JSON."""
    cells = [""] * len(at)
    faults: list[Fault] = []
    if isinstance(item, TwiceNamed):
        sentence = say("The key {twice!r} stands twice in one object.", twice=item.twice[:60])
        faults.append(Fault(WHOLE_ROW, BadValue("duplicate_key", sentence, say("Keep one of them."))))
    for name, value in flat(item):
        text, fault = _cell(value)
        index = at[name]
        cells[index] = text
        if fault is not None:
            faults.append(Fault(index, *fault))
    for name, value in item.items():
        if isinstance(value, dict) and name in at:  # elsewhere in the table a plain value stands here
            faults.append(
                Fault(at[name], BadValue("wrong_type", say("An object stands where a value is due."), _REMEDY))
            )
    return cells, tuple(faults)


def _cell(value: Any) -> tuple[str, tuple[BadValue, frozenset[str]] | None]:
    """The text of a value, and for what sorts of columns it will do when not for all."""
    if isinstance(value, BadValue):
        return "", (value, frozenset())
    if isinstance(value, HugeNumber):
        sentence = say("The number has so many digits that programs round it.")
        return str(value), (BadValue("wrong_type", sentence, _REMEDY), frozenset())
    if isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            sentence = say("The text holds half a character (a lone surrogate).")
            return "", (BadValue("encoding", sentence, say("Type the text anew.")), frozenset())
        return value, None
    if value is None:
        return "", (
            BadValue("wrong_type", say("null stands where a value is due."), say("Fill in the value.")),
            _NOTHING,
        )
    if isinstance(value, bool):
        return ("yes" if value else "no"), (_wrong("A truth value"), _FLAG)
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return (str(int(value)) if whole else str(value)), (_wrong("A number"), _NUMBER)
    return _list(value)


def _list(values: list[Any]) -> tuple[str, tuple[BadValue, frozenset[str]] | None]:
    texts = []
    for value in values:
        if isinstance(value, dict | list):
            return "", (_wrong("A list of lists or objects"), frozenset())
        text, fault = _cell(value)
        if fault is not None and not fault[1]:
            return "", fault
        texts.append(text)
    return "\n".join(text for text in texts if text), (_wrong("A list"), _LIST)


def _wrong(what: str) -> BadValue:
    return BadValue("wrong_type", say("{what} stands where a text is due.", what=what), _REMEDY)
