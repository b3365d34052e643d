"""The catalogs of the interface's languages: every message of the program, in the order of the alphabet.

    python .ci/words.py            # take new messages into netofnets/language/*.po, leave out those that are gone
    python .ci/words.py --check    # write nothing; fail when a catalog would change, or lacks words for a message

What lies beside a catalog under a longer name (es.mine.po) is taken as further words, so that branches can be joined.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGS = ROOT / "netofnets" / "language"
CODES = ("es", "de")
_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS: dict[str, Any] = {"say": None, "say_count": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
_KEYWORDS |= {"say_each": None, "say_count_each": (1, 2)}
_PLURALS = "nplurals=2; plural=(n != 1);"  # of both languages; newer rules have a third form for millions in Spanish
_FIELD = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)s")
_TAG = re.compile(r"<[^<>]*>")
Id = str | tuple[str, ...]


def messages() -> set[Id]:
    """Every message of the program: text, or the texts for one and for many."""
    found: set[Id] = set()
    for room in ("netofnets", "ingest", "web"):
        for _, _, message, _, _ in extract_from_dir(ROOT / room, _METHODS, _OPTIONS, _KEYWORDS):
            found.add(message if isinstance(message, str) else tuple(message))
    return found


def catalog(code: str, wanted: set[Id]) -> Catalog:
    """The catalog of a language with just these messages, and the words that it has for them."""
    made, known = Catalog(locale=code), dict(_known(code))
    made.mime_headers = [("Plural-Forms", _PLURALS)]
    for message in sorted(wanted, key=lambda one: (one,) if isinstance(one, str) else one):
        made.add(message, known.get(message, "" if isinstance(message, str) else ("", "")))
    return made


def faults(made: Catalog) -> Iterator[str]:
    """What is wrong with the words of a catalog: there are none, or other fields and tags than in the message."""
    for message in made:
        if not message.id:
            continue
        texts, words = _texts(message.id), _texts(message.string)
        if not all(words):
            yield f"no words for {texts[0]!r}"
        for text in words:
            if text and not any(_marks(text) == _marks(one) for one in texts):
                yield f"other fields or tags than in {texts[-1]!r}: {text!r}"


def written(made: Catalog) -> bytes:
    """The catalog as it is kept."""
    file = BytesIO()
    head = {"Language": str(made.locale), "Content-Type": "text/plain; charset=utf-8", "Plural-Forms": _PLURALS}
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in head.items())
    file.write(f'msgid ""\nmsgstr ""\n{lines}\n'.encode())
    write_po(file, made, width=0, no_location=True, omit_header=True)
    return file.getvalue()


def _known(code: str) -> Iterator[tuple[Id, Any]]:
    for path in (*sorted(CATALOGS.glob(f"{code}.*.po")), CATALOGS / f"{code}.po"):
        if path.exists():
            with path.open("rb") as file:
                yield from ((m.id, m.string) for m in read_po(file, locale=code) if m.id and all(_texts(m.string)))


def _texts(what: Any) -> tuple[str, ...]:
    return (what,) if isinstance(what, str) else tuple(what)


def _marks(text: str) -> tuple[list[str], list[str]]:
    return sorted(set(_FIELD.findall(text))), sorted(_TAG.findall(text))


def main(arguments: list[str]) -> int:
    """Write or check the catalogs; the exit code."""
    wanted, said = messages(), 0
    for code in CODES:
        path, made = CATALOGS / f"{code}.po", catalog(code, wanted)
        if "--check" not in arguments:
            path.write_bytes(written(made))
        elif not path.exists() or path.read_bytes() != written(made):
            print(f"{path.name} is not that of the program: run python .ci/words.py")
            said += 1
        for fault in faults(made):
            print(f"{path.name}: {fault}")
            said += 1
    return min(said, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
