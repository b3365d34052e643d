"""A page of the server as a page of a static site: links lead to files, and what needs a server is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Any

from web.security import POLICY as SERVED
from web.site.addresses import Target, relative, target_of

__all__ = ["POLICY", "rewritten", "rewritten_facts"]

# A page without a server takes no form; who may frame it, no page can say of itself.
_POLICY = {name: value for name, value in SERVED.items() if name != "frame-ancestors"} | {"form-action": "'none'"}
POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
"""What every page allows itself; who may show it in a frame only a header can say."""

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_EMPTY = re.compile(r"<(li|p|ul|nav)\b[^>]*>\s*</\1>")

Has = Callable[[Target], bool]


def rewritten(page: str, text: str, has: Has) -> str:
    """The HTML ``text`` of the file ``page``; ``has`` says of a page whether the site has it."""
    writer = _Writer(page, has)
    writer.feed(text)
    writer.close()
    found, before = "".join(writer.out), ""
    while found != before:
        before, found = found, _EMPTY.sub("", found)
    return found


def rewritten_facts(value: Any, page: str, has: Has) -> Any:
    """The facts of a twin with links that lead from ``page`` to files; those that lead nowhere are empty."""
    if isinstance(value, dict):
        return {
            key: _link(page, inner, has) or ""
            if key == "href" and isinstance(inner, str)
            else rewritten_facts(inner, page, has)
            for key, inner in value.items()
        }
    return [rewritten_facts(inner, page, has) for inner in value] if isinstance(value, list) else value


def _link(page: str, href: str, has: Has) -> str | None:
    """The same link from a file of the site; None when it would lead into nothing."""
    if href.startswith("#"):
        return href
    if href.startswith("/static/"):
        return relative(href.removeprefix("/"), page)
    target = target_of(href) if href.startswith("/") else None
    if target is None or not has(target):
        return None
    query = "?" + target.query if target.query else ""
    return relative(target.file, page) + query + ("#" + target.fragment if target.fragment else "")


class _Writer(HTMLParser):
    """Hands everything on as it is written, but for links and for what is left out."""

    def __init__(self, page: str, has: Has) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._page, self._has = page, has
        self._closing: list[str] = []  # how the links that are open end
        self._dropped = ""  # the element that is left out at the moment
        self._depth = 0
        self._drawing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped:
            self._depth += tag == self._dropped
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "form" or (tag == "a" and self._leads_nowhere(given) and _for_a_server(given)):
            self._dropped, self._depth = tag, 1
        elif tag == "a":
            self._open_link(given)
        else:
            self._drawing = self._drawing or tag == "svg"
            self.out.append(self._with_links(given))
            if tag == "meta" and "charset" in given:
                self.out.append(f'\n  <meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._dropped:
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            self._dropped = self._dropped if self._depth else ""
            return
        self._drawing = self._drawing and tag != "svg"
        self.out.append(f"</{self._closing.pop() if tag == 'a' and self._closing else tag}>")

    def handle_data(self, data: str) -> None:
        self._pass(data)

    def handle_entityref(self, name: str) -> None:
        self._pass(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._pass(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._pass(f"<!{decl}>")

    def _pass(self, text: str) -> None:
        if not self._dropped:
            self.out.append(text)

    def _leads_nowhere(self, given: dict[str, str]) -> bool:
        return _link(self._page, given.get("href", ""), self._has) is None

    def _open_link(self, given: dict[str, str]) -> None:
        """A link, or where it would lead into nothing, its words alone."""
        if not self._leads_nowhere(given):
            self._closing.append("a")
            self.out.append(self._with_links(given))
            return
        self._closing.append("g" if self._drawing else "span")
        kept = {name: value for name, value in given.items() if name == "class"}
        self.out.append(f"<{self._closing[-1]}{_attributes(kept)}>")

    def _with_links(self, given: dict[str, str]) -> str:
        """The tag that is open, its addresses as those of files."""
        text = self.get_starttag_text() or ""
        if "data-twin" in given and (target := target_of(given["data-twin"].replace(".json", "", 1))):
            text = text.replace(escape(given["data-twin"]), relative(target.file.replace(".html", ".json"), self._page))
        for name in ("href", "src"):
            if name in given and (found := _link(self._page, given[name], self._has)) is not None:
                old = f'{name}="{escape(given[name])}"'
                text = text.replace(old if old in text else f'{name}="{given[name]}"', f'{name}="{escape(found)}"')
        return text


def _for_a_server(given: dict[str, str]) -> bool:
    """Whether a link is an invitation to ask for something, rather than the name of something."""
    asks = given.get("href", "").startswith("/search")
    return "data-live" in given or "button" in given.get("class", "").split() or asks


def _attributes(given: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items())
