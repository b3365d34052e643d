"""Templates that say everything in one language: ``{% trans %}``, ``_()``, and every message that they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from netofnets.language.compiled import SAYS, Calls, Shows, calls_in, shown_in
from netofnets.language.languages import Tongue
from netofnets.language.messages import Message, capital, joined, told

__all__ = ["speak"]

_BARE = 16_384  # more than the catalogs have


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
    bare: dict[tuple[Tongue, str], Any] = {}  # messages without a value, which say the same every time

    def all_told(values: dict[str, Any]) -> dict[str, Any]:
        return {name: told(value, reads()) if type(value) is Message else value for name, value in values.items()}

    @pass_context
    def gettext(context: Context, message: str, /, **values: Any) -> Any:
        if values:
            return plain["gettext"](context, message, **all_told(values))
        key = reads(), message
        if (said := bare.get(key)) is None:
            said = plain["gettext"](context, message)
            if len(bare) < _BARE:
                bare[key] = said
        return said

    @pass_context
    def ngettext(context: Context, one: str, many: str, n: int, /, **values: Any) -> Any:
        return plain["ngettext"](context, one, many, n, **all_told(values))

    for told_by in (gettext, ngettext):
        setattr(told_by, SAYS, True)
    environment.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)
    environment.finalize = shown
    environment.shows, environment.says = calls_in(shown), says_in(reads, shown)  # type: ignore[attr-defined]
    environment.code_generator_class, environment.context_class = Shows, Calls
    _set_filters(environment.filters, reads)


def says_in(reads: Callable[[], Tongue], shown: Callable[[Any], str]) -> Callable[..., str]:
    """What writes a text of a template into the page, in the language that ``reads`` gives, with values ``shown``."""
    alone: dict[tuple[Tongue, str], str] = {}  # texts without a value, which say the same every time

    def says(text: str, *counted: Any, values: dict[str, Any]) -> str:
        """``counted``: the text for several, and how many there are."""
        language = reads()
        if counted:
            said, values = language.ngettext(text, *counted), {"num": counted[1], **values}
        elif values:
            said = language.gettext(text)
        else:
            if (found := alone.get((language, text))) is None:
                found = alone[language, text] = language.gettext(text) % {}
            return found
        return said % {name: shown(value) for name, value in values.items()}

    return says


def _set_filters(filters: dict[str, Callable[..., Any]], reads: Callable[[], Tongue]) -> None:
    """Those that say something; Jinja's own ask each time whether they have to wait, which nothing here has."""
    for name, filtered in filters.items():
        if getattr(filtered, "jinja_async_variant", False):
            filters[name] = filtered.__wrapped__  # type: ignore[attr-defined]
    filters["capfirst"] = lambda text: told(capital(text), reads())
    filters["joined"] = lambda items, between: told(joined(list(items), between), reads())
    filters["unstopped"] = lambda text: told(text, reads()).rstrip(".")
