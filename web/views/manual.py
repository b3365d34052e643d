"""The manual: what do the words of these pages mean, and what can programs ask for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app

from netofnets.services.glossary import glossary
from web.openapi import openapi
from web.pages import Ask, Page

__all__ = ["API", "GLOSSARY"]


def _glossary(ask: Ask) -> Mapping[str, Any]:
    return {"glossary": glossary(ask.published, ask.viewer)}


def _api(_: Ask) -> Mapping[str, Any]:
    return {"document": openapi(current_app.extensions["netofnets-pages"].values())}


GLOSSARY = Page("glossary", "/glossary", "glossary.html", _glossary, alike=True)
API = Page("api", "/api", "api.html", _api, shape=lambda _, facts: facts["document"])
"""Its twin, ``/api.json``, is the OpenAPI document itself."""
