"""Graph files in XML, read bit by bit: no document type, no depth that hurts, faults with line and column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from ingest import limits
from ingest.sources.files import InputFile
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["drop", "elements", "local", "root_of", "typed"]


def root_of(head: bytes) -> str:
    """The name of the first element in these first bytes, as far as it can be seen."""
    plain = head.replace(b"\0", b"")
    for piece in plain.split(b"<")[1:]:
        if piece[:1] not in (b"?", b"!", b"-"):
            name = piece.replace(b">", b" ").replace(b"/", b" ").split(None, 1)
            return name[0].rpartition(b":")[2].decode("ascii", "replace").lower() if name else ""
    return ""


def elements(file: InputFile, root: str) -> Iterator[tuple[str, Element, Element | None]]:
    """``start`` and ``end`` of every element with the element around it, as the file is read.

    The caller removes elements that are done with (:func:`drop`). :class:`InputError` ``dtd_forbidden``,
    ``xml_depth``, ``xml_syntax``, ``wrong_type`` (another root).
    """
    with file.path.open("rb") as stream, _as_input_errors(file):
        yield from _checked(file, stream, root)


def drop(element: Element, around: Element | None) -> None:
    """Let go of an element that has been read."""
    element.clear()
    if around is not None:
        around.remove(element)


def _checked(file: InputFile, stream: IO[bytes], root: str) -> Iterator[tuple[str, Element, Element | None]]:
    above: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "end":
            above.pop()
            yield event, element, above[-1] if above else None
            continue
        if not above and local(element.tag) != root:
            message = say(
                "{file}: this is XML, but no {root} (it begins with <{what}>)",
                file=file.name,
                root=root,
                what=local(element.tag)[:40],
            )
            raise InputError(message, code="wrong_type", file=file.name)
        yield event, element, above[-1] if above else None
        above.append(element)
        if len(above) > limits.NESTING:
            message = say(
                "{file}: elements are nested deeper than {nesting} levels; no graph is written so",
                file=file.name,
                nesting=limits.NESTING,
            )
            raise InputError(message, code="xml_depth", file=file.name)


@contextmanager
def _as_input_errors(file: InputFile) -> Iterator[None]:
    try:
        yield
    except DefusedXmlException:
        raise InputError(
            say(
                "{file}: it declares a document type or entities, which no graph needs; remove the <!DOCTYPE ...>",
                file=file.name,
            ),
            code="dtd_forbidden",
            file=file.name,
        ) from None
    except ParseError as error:
        line, column = error.position
        raise InputError(
            say(
                "{file}, line {line}, column {n}: this is no XML ({what}); export the file again, or correct "
                "that place",
                file=file.name,
                line=line,
                n=column + 1,
                what=str(error).partition(":")[0],
            ),
            code="xml_syntax",
            file=file.name,
            line=line,
        ) from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows, a name with a zero byte
        message = say(
            "{file}: this is no XML that can be read ({error}); export the file again", file=file.name, error=error
        )
        raise InputError(message, code="xml_syntax", file=file.name) from None


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


_NUMBERS = frozenset(("int", "integer", "long", "short", "byte", "bigint", "double", "float", "decimal"))
_WHOLE = _NUMBERS - {"double", "float", "decimal", "bigint"}
_TRUTH = {"true": "yes", "false": "no", "1": "yes", "0": "no"}


def typed(value: str, declared: str) -> str | BadValue:
    """A value under its declared type: text as our columns take it, or why it is not of that type."""
    text = value.strip()
    if not text or declared in ("string", "anyuri", "char"):
        return text
    if declared == "boolean":
        return _TRUTH.get(text.lower()) or _not_of(text, declared)
    if declared in _NUMBERS:
        try:
            number = float(text)
        except ValueError:
            return _not_of(text, declared)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text
    if declared.startswith("list"):
        return "\n".join(_list(text))
    return text


def _list(text: str) -> list[str]:
    inner = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
    mark = next((mark for mark in ("|", ";", ",") if mark in inner), "|")
    parts = (part.strip() for part in inner.split(mark))
    return [unquoted for part in parts if (unquoted := _unquoted(part))]


def _unquoted(part: str) -> str:
    quoted = len(part) > 1 and part[0] == part[-1] and part[0] in "'\""
    return part[1:-1].replace(f"\\{part[0]}", part[0]) if quoted else part


def _not_of(text: str, declared: str) -> BadValue:
    sentence = say("{text!r} is no {declared}, which the file says that it is.", text=text[:60], declared=declared)
    return BadValue("wrong_type", sentence, say("Correct the value, or declare the attribute as string."))
