"""A map as one HTML file that opens from the disk and asks for nothing: picture, legend, list, date and source."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from netofnets import __version__
from netofnets.language import say
from netofnets.language.languages import ENGLISH, Tongue, tongue
from netofnets.language.messages import told
from netofnets.language.templates import speak

__all__ = ["one_file"]

# The scripts and colours are those of the pages: there is one copy of them in the wheel.
_SCRIPTS = (
    ("web", "static/vendor/vis-data.min.js"),
    ("web", "static/vendor/vis-network.min.js"),
    ("netofnets.export", "one_file.js"),
)
_STYLES = (("web", "static/css/tokens.css"), ("netofnets.export", "one_file.css"))
_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
# What the script says; it puts numbers into the fields.
_WORDS = {
    "nameless": say("without a name"),
    "tie": say("{ties} tie.", ties="{ties}"),
    "ties": say("{ties} ties.", ties="{ties}"),
    "marks": say("{shown} of {all} marks.", shown="{shown}", all="{all}"),
}
# Places in the template. They are no text of anybody's: there, every < is escaped.
_HEAD, _FOOT = "<!--styles-->", "<!--scripts-->"


def one_file(carried: Mapping[str, Any], language: Tongue | None = None) -> Iterator[str]:
    """The document piece by piece, of the fields of :class:`~netofnets.services.map.carried.CarriedMap` as plain data.

    In ``language``, English when none is given. Equal facts give equal bytes. All that sources say is text, escaped in
    the page and in the data of its script; the policy in the page lets these very scripts and styles run, by their
    digests, and nothing else.
    """
    styles, scripts = (tuple(map(_read, parts)) for parts in (_STYLES, _SCRIPTS))
    said = language or tongue(ENGLISH)
    page = _template(said).render(**carried, policy=_policy(styles, scripts), program=__version__, language=said)
    head, rest = page.split(_HEAD)
    body, foot = rest.split(_FOOT)
    yield head
    yield from (f"<style>{style}</style>\n" for style in styles)
    yield body
    yield f'<script type="application/json" id="facts">{_data(carried, said)}</script>\n'
    yield from (f"<script>{script}</script>\n" for script in scripts)
    yield foot


def _data(carried: Mapping[str, Any], language: Tongue) -> str:
    """What the script reads, as JSON in which nothing can end the element that it stands in."""
    scene = carried["scene"]
    facts = {
        "vis": _said(carried["vis"], language),
        "ties": _said(carried["ties"], language),
        "slots": {entry["key"]: entry["slot"] for entry in scene["legend"]},
        "marks": [[n["id"], n["label"], n["kind"], n["group"], n["weight"]] for n in scene["nodes"]],
        "words": {name: told(words, language) for name, words in _WORDS.items()},
        "rings": [[n["id"], n["bridging"]] for n in scene["nodes"] if n["bridging"] or n["connecting"]],
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _said(value: Any, language: Tongue) -> Any:
    """The same data with every message in it said."""
    if isinstance(value, Mapping):
        return {name: _said(inner, language) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_said(inner, language) for inner in value]
    return told(value, language) if isinstance(value, str) else value


def _policy(styles: tuple[str, ...], scripts: tuple[str, ...]) -> str:
    allowed = {"style-src": styles, "script-src": scripts}
    sources = (f"{name} {' '.join(map(_digest, texts))}" for name, texts in allowed.items())
    return "; ".join([_POLICY, *sources, "require-trusted-types-for 'script'", "trusted-types 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(part: tuple[str, str]) -> str:
    package, name = part
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def _template(language: Tongue) -> Any:
    made = Environment(
        loader=PackageLoader("netofnets.export", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speak(made, lambda: language)
    return made.get_template("one_file.html")
