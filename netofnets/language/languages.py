"""The languages of the interface, and their catalogs: gettext's PO files beside this one, read when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

__all__ = ["ENGLISH", "LANGUAGES", "Tongue", "tongue"]

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "es": "Español", "de": "Deutsch"}  # by ISO 639, each named in itself


class Tongue:
    """A language (:class:`netofnets.language.messages.Language`): its ``code`` and its ``catalog``."""

    def __init__(self, code: str, catalog: NullTranslations) -> None:
        from babel import Locale  # here, since commands that say nothing in a language need not wait for it

        self.code, self.is_source = code, code == ENGLISH
        self._catalog = catalog
        self._locale = Locale.parse(code)
        symbols = self._locale.number_symbols["latn"]
        percent = self._locale.percent_formats[None].pattern.removeprefix("#,##0")  # with a blank before it, or not
        self._marks = str.maketrans({",": symbols["group"], ".": symbols["decimal"], "%": percent})

    def gettext(self, message: str) -> str:
        """The message in this language; in English when the catalog lacks it."""
        return str(self._catalog.gettext(message))

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The message in this language for a count."""
        return str(self._catalog.ngettext(one, many, n))

    def number(self, english: str) -> str:
        """``1,203.5`` as this language writes it: ``1.203,5``."""
        return english.translate(self._marks)

    def listed(self, items: Sequence[str]) -> str:
        """``A, B and C``."""
        if self.code == ENGLISH:
            return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)


@cache
def tongue(code: str) -> Tongue:
    """One of :data:`LANGUAGES` by its code."""
    if code == ENGLISH:
        return Tongue(code, NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with Path(__file__).with_name(f"{code}.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Tongue(code, GNUTranslations(compiled))
