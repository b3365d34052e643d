"""Templates that say everything in one language: ``{% trans %}``, ``_()``, and every message that they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment

from netofnets.language.compiled import Calls, Shows, filled, shown_in
from netofnets.language.languages import Tongue
from netofnets.language.messages import capital, joined, told

__all__ = ["speak"]


def speak(environment: Environment, reads: Callable[[], Tongue]) -> None:
    """Let the templates of ``environment`` speak the language that ``reads`` gives whenever something is shown.

    Call it before any of them is compiled. They escape everything that is no markup.
    """
    shown = shown_in(reads)
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]

    def gettext(message: str, /, **values: Any) -> Any:
        return filled(reads().gettext(message), values, shown)

    def ngettext(one: str, many: str, n: int, /, **values: Any) -> Any:
        return filled(reads().ngettext(one, many, n), {"num": n, **values}, shown)

    environment.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)
    environment.finalize = shown
    environment.code_generator_class, environment.context_class = Shows, Calls
    environment.filters["capfirst"] = lambda text: told(capital(text), reads())
    environment.filters["joined"] = lambda items, between: told(joined(list(items), between), reads())
    environment.filters["unstopped"] = lambda text: told(text, reads()).rstrip(".")
