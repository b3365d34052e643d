"""What templates may call: addresses of pages, drawings of scenes, numbers in words."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, get_template_attribute
from jinja2.bccache import Bucket, BytecodeCache

from netofnets import __version__
from netofnets.language import say
from netofnets.language.languages import LANGUAGES
from netofnets.language.templates import speak
from netofnets.services.viewer import ANONYMOUS, Viewer
from web.actions import Action, Refusal
from web.cell_words import cell, explained
from web.code_words import word
from web.day import shown_run
from web.downloads import graph_file_of, map_file_of, table_file_of
from web.drawing import draw, palette_class
from web.embedding import frame_code, framed
from web.language import PATH as LANGUAGE_PATH
from web.language import in_language, reads
from web.pages import Page, stands_in
from web.paging import STATIC_SITE
from web.params import address
from web.picture import add_pictures, matrix_rows, picture_of
from web.reader import kept, kept_in_address, with_reader
from web.session import gate_of, session
from web.views.invitations import inviting

__all__ = ["add_helpers"]

_NAVIGATION = (
    ("atlas", say("Atlas")),
    ("bridges", say("Bridges")),
    ("overlap", say("Overlap")),
    ("gaps", say("Gaps")),
    ("introductions", say("Introductions")),
    ("communities", say("Communities")),
    ("networks", say("Networks")),
)


class _Compiled(BytecodeCache):
    """What templates were compiled to, in memory: a second application of this process need not do it again.

    To compile those of one page takes longer than to answer it. A template that has changed since is compiled anew.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template with this text, when there is one."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; threads that do so at once keep the same."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def add_helpers(app: Flask) -> None:
    """Make the helpers known to all templates."""
    add_pictures(app)
    speak(app.jinja_env, reads)
    app.jinja_env.bytecode_cache = _COMPILED
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        draw=draw,
        frame_code=frame_code,
        here=_here,
        inviting=inviting,
        graph_file=graph_file_of,
        map_file=map_file_of,
        table_file=table_file_of,
        kept_fields=_kept_fields,
        linked=with_reader,
        matrix_rows=matrix_rows,
        palette_class=palette_class,
        picture_of=picture_of,
        refused=_refused,
        sent_to=_sent_to,
        static=_static,
        today=_today,
        twin=_twin,
        url=_url,
        navigation=_NAVIGATION,
        languages=LANGUAGES,
        language_path=LANGUAGE_PATH,
        reads=reads,
    )
    app.jinja_env.filters.update(count=_count, decimal=_decimal, number=_number)
    app.jinja_env.filters.update(word=word, cell=cell, explained=explained)
    app.context_processor(_shared)


def _shared() -> dict[str, Any]:
    viewer: Viewer = g.get("viewer", ANONYMOUS)
    page: Page | None = g.get("page")
    published = g.get("published")
    version = viewer.edition(published).content_hash if published is not None else ""
    name = page.name if page else ""
    chosen = {p.name: g.ask.values[p.name] for p in page.params if g.ask.values[p.name] != p.default} if page else {}
    told_of: dict[str, Any] = {"no_day": g.get("no_day", ""), "asked": chosen}
    told_of |= {"shown_run": shown_run(), "stands_in": stands_in(viewer)}
    told_of |= {"reader": g.get("reader"), "reader_kept": kept_in_address() if "viewer" in g else ""}
    facts = {"viewer": viewer, "page_name": name, "edition_version": version, "program": __version__}
    facts["of_today"] = bool(page and (page.desk or page.of_today))
    told = {"said": g.get("said", ""), "refusal": g.get("refused")}
    told |= {"is_site": STATIC_SITE in current_app.extensions, "framed": framed()}
    shared = {"has_gate": gate_of() is not None, "account": found.account if (found := session()) else None}
    return facts | told | told_of | shared | {"has_door": "netofnets-door" in current_app.extensions}


def _kept_fields(*own: str) -> str:
    """The hidden fields of a form that asks for a page: what links keep, but for the ``own`` fields of the form."""
    macro = get_template_attribute("macros.html", "hidden_fields")
    fields: str = macro({name: value for name, value in kept().items() if name not in own})
    return fields


def _url(name: str, id: str = "", **values: object) -> str:
    """Address of a page by its name, id and parameters; values that are None count as not given."""
    page: Page = current_app.extensions["netofnets-pages"][name]
    if not values:
        return with_reader(_bare(page.rule(), id))
    return with_reader(page.address(id, {key: str(value) for key, value in values.items() if value is not None}))


@lru_cache(4_096)
def _bare(rule: str, id: str) -> str:
    """The address of a page for an id, without parameters."""
    return address(rule.replace("<id>", id), (), {})


def _sent_to(name: str, id: str = "") -> str:
    """Address that the form of an action is sent to."""
    action: Action = current_app.extensions["netofnets-actions"][name]
    return with_reader(quote(action.address(id)))


def _refused(name: str, **fields: str) -> Refusal | None:
    """The form of this action that was just refused, if these of its fields say this (several may be on a page)."""
    found: Refusal | None = g.get("refused")
    same = found is not None and found.action == name and all(found.values[k] == v for k, v in fields.items())
    return found if same else None


def _here(**changes: object) -> str:
    """Address of this very page with some parameters changed (None: back to the default); of a list the first page."""
    values = {name: value for name, value in g.ask.values.items() if name != "page"}
    for key, value in changes.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = str(value)
    return with_reader(g.page.address(g.ask.id, values))


def _twin(name: str = "", id: str = "") -> str:
    """Address of the JSON twin of this page, or of another by its name and id."""
    page: Page = current_app.extensions["netofnets-pages"][name] if name else g.page
    return with_reader(page.address(id if name else g.ask.id, {} if name else g.ask.values, ".json"))


def _today() -> str:
    """Address of this very page as it is published, on no other day and after no other run."""
    address: str = g.page.address(g.ask.id, g.ask.values) if "page" in g else "/"
    return address


def _static(name: str) -> str:
    """Address of a file of the program."""
    return "/static/" + name


def _count(value: int) -> str:
    """A whole number with a mark between thousands."""
    return reads().number(f"{value:,}")


def _decimal(value: float, digits: int) -> str:
    """A number with a fixed count of digits, however small it is."""
    return reads().number(f"{value:,.{digits}f}")


def _number(value: float | None, digits: int = 2) -> str:
    """A number with a fixed count of digits, or in words that it is not defined."""
    if value is None:
        return in_language(say("not defined"))
    if value != 0 and abs(value) < 10**-digits:
        return reads().number(f"< {10**-digits:.{digits}f}" if value > 0 else f"{value:.1e}")
    return reads().number(f"{value:,.{digits}f}")
