"""The interface for programs, as OpenAPI 3.1: every page's JSON twin, from the declarations of the pages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

from netofnets import __version__
from web.day import DAY, RUN
from web.facts import FACTS
from web.openapi_types import Schemas
from web.pages import Page
from web.params import Choice, Param, Text, Whole
from web.rules import Rule, rule_of

__all__ = ["openapi"]

_ABOUT = (
    "Each page of the map has its facts as JSON at its own address with .json. An answer is cut to whoever asks: "
    "without a session to what is public. Parameters that a page does not have are ignored, and values out of range "
    "are moved into it. Equal publications give equal answers; an answer has an ETag."
)
_ANSWERS = {
    "304": "What you have is what there is (If-None-Match).",
    "404": "There is no such thing for whoever asks: hidden and missing are the same.",
    "429": "Too often; Retry-After says how many seconds to wait.",
    "503": "Nothing is published yet, or it is being published anew.",
}


def openapi(pages: Iterable[Page]) -> dict[str, Any]:
    """The whole document; the same program gives the same."""
    schemas = Schemas()
    paths = {_path(page): {"get": _operation(page, schemas)} for page in pages if page.name in FACTS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "netofnets",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.named.items()))},
    }


def _path(page: Page) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", page.rule(".json"))


def _operation(page: Page, schemas: Schemas) -> dict[str, Any]:
    told = (sys.modules[page.answer.__module__].__doc__ or "").strip().partition("\n")[0]
    rule = rule_of(page.name)
    return {
        "operationId": page.name,
        "summary": told,
        "description": f"For {rule.value}." if rule and rule is not Rule.EVERYBODY else "",
        "parameters": [*_in_path(page), *map(_parameter, page.params), *map(_of_time, (DAY, RUN))],
        "responses": {
            "200": {"description": "The facts.", "content": {"application/json": {"schema": _facts(page, schemas)}}},
            **{code: {"description": words} for code, words in _ANSWERS.items()},
        },
    }


def _facts(page: Page, schemas: Schemas) -> dict[str, Any]:
    properties = {name: schemas.of(kind) for name, kind in FACTS[page.name].items()}
    if page.truncated is not None:
        properties["truncated"] = {"type": "boolean", "description": "Whether there is more than the answer holds."}
    # For a part (the atlas after a click) a twin holds fewer.
    required = [] if any(param.name == "part" for param in page.params) else sorted(properties)
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _in_path(page: Page) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"<(\w+)>", page.path)
    ]


def _parameter(param: Param) -> dict[str, Any]:
    if isinstance(param, Choice):
        schema: dict[str, Any] = {"enum": list(param.choices), "default": param.default}
    elif isinstance(param, Whole):
        schema = {"type": "integer", "minimum": param.low, "maximum": param.high, "default": param.start}
    else:
        schema = {"type": "string", "maxLength": param.longest, "default": param.default}
    return {"name": param.name, "in": "query", "schema": schema}


def _of_time(param: Text) -> dict[str, Any]:
    words = {
        DAY.name: "The map of this day (2024-09-01).",
        RUN.name: "For organizers: as it was known after this run.",
    }
    return {**_parameter(param), "description": words[param.name]}
