"""A credential: who issues it, and who holds it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.find.credentials import credential_page
from netofnets.services.refs import path_of
from web.pages import Ask, Page

__all__ = ["CREDENTIAL"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {"page": credential_page(ask.published, ask.viewer, ask.id)}


CREDENTIAL = Page("credential", path_of("credentials", "<id>"), "credential.html", _answer)
