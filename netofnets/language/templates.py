"""Templates that say everything in one language: ``{% trans %}``, ``_()``, and every message that they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from netofnets.language.compiled import Calls, Shows, shown_in
from netofnets.language.languages import Tongue
from netofnets.language.messages import Message, capital, joined, told

__all__ = ["speak"]


def speak(environment: Environment, reads: Callable[[], Tongue]) -> None:
    """Let the templates of ``environment`` speak the language that ``reads`` gives whenever something is shown.

    Call it before any of them is compiled. They escape everything that is no markup.
    """
    shown = shown_in(reads)
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: reads().gettext(message), lambda one, many, n: reads().ngettext(one, many, n), newstyle=True
    )
    plain: dict[str, Callable[..., Any]] = {name: environment.globals[name] for name in ("gettext", "ngettext")}  # type: ignore[misc]

    def all_told(values: dict[str, Any]) -> dict[str, Any]:
        return {name: told(value, reads()) if type(value) is Message else value for name, value in values.items()}

    @pass_context
    def gettext(context: Context, message: str, /, **values: Any) -> Any:
        return context.call(plain["gettext"], message, **all_told(values))

    @pass_context
    def ngettext(context: Context, one: str, many: str, n: int, /, **values: Any) -> Any:
        return context.call(plain["ngettext"], one, many, n, **all_told(values))

    environment.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)
    environment.finalize = shown
    environment.code_generator_class, environment.context_class = Shows, Calls
    environment.filters["capfirst"] = lambda text: told(capital(text), reads())
    environment.filters["joined"] = lambda items, between: told(joined(list(items), between), reads())
    environment.filters["unstopped"] = lambda text: told(text, reads()).rstrip(".")
