"""The files of a static site: every page of the public edition that answers without a server, and what it needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from netofnets.errors import BeingPublished, NetOfNetsError, SettingsError
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.group_counts import LEAST
from netofnets.graph.withheld import WithheldList, declined_since, kept_from
from netofnets.language import say
from netofnets.language.languages import ENGLISH, Tongue, tongue
from netofnets.language.messages import told
from netofnets.schema.purposes import MAP, SCORES, SEARCH, SUGGESTIONS, WHEREABOUTS
from netofnets.services.viewer import ANONYMOUS
from netofnets.settings import load_settings
from web.app import create_app
from web.embedding import embedders
from web.paging import STATIC_SITE
from web.security import HEADERS
from web.site.addresses import FRONT, Target, target_of
from web.site.rewriting import POLICY, rewritten, rewritten_facts

__all__ = ["host_files", "site_files"]

_STATIC = ("icon.svg", "css/briefing.css", "built", "js/page")
_NOT_HERE = ("X-Frame-Options", "Content-Security-Policy")


def site_files(
    home: Path, k: int, embed: Sequence[str] = (), root: str = "", language: str = ENGLISH
) -> dict[str, bytes]:
    """Every file by its path: equal publications, programs and arguments give equal bytes.

    ``k``: no group of fewer people is told of. ``embed``: the origins that may show it in a frame. ``root``: the path
    below which it will lie at its host, which only the page for what is missing needs. ``language``: that of its pages.
    """
    least = LEAST["public"]
    if k < least:
        raise SettingsError(f"k is the size of the smallest group that is told of: at least {least}, not {k}")
    since = WithheldList(home).entries()
    if kept_from(since, AUDIENCES["public"]) or declined_since(since, {MAP, SEARCH, SUGGESTIONS, SCORES, WHEREABOUTS}):
        raise BeingPublished("somebody has withdrawn since the last publication; run: netofnets publish")
    beside = host_files(embed, root, language)
    app = create_app(load_settings(environ={}, home=str(home)), viewer=replace(ANONYMOUS, k=k if k > least else 0))
    app.extensions[STATIC_SITE] = True
    try:
        pages = _Pages(app.test_client(), language)
        files = pages.files()
    finally:
        app.extensions["netofnets-current"].close()
    return files | dict(_static(app)) | beside


def host_files(embed: Sequence[str] = (), root: str = "", language: str = ENGLISH) -> dict[str, bytes]:
    """What is for the web host: headers that pages cannot give themselves, in two forms, and the page for a 404.

    :class:`SettingsError` for an origin that is none.
    """
    origins = embedders(",".join(embed))
    files = {
        "404.html": _missing(root, tongue(language)),
        "_headers": _headers(origins),
        ".htaccess": _htaccess(origins, root),
    }
    return {name: text.encode() for name, text in files.items()}


class _Pages:
    """The pages that links lead to from the front page, and the files of the map."""

    def __init__(self, client: FlaskClient, language: str) -> None:
        self._client = client
        self._headers = {"Accept-Language": language}
        self._found: dict[str, str] = {}  # HTML by file
        self._missing: set[str] = set()

    def files(self) -> dict[str, bytes]:
        front = target_of(FRONT)
        assert front is not None
        waiting = [front]
        self._fetch(front)
        while waiting:
            page = waiting.pop()
            rewritten(page.file, self._found[page.file], lambda target: self._known(target, waiting))
        made = {name: rewritten(name, text, self._has).encode() for name, text in self._found.items()}
        for name in sorted(self._found):
            if name.startswith("atlas"):
                made |= dict(self._map(name))
        return made

    def _known(self, target: Target, waiting: list[Target]) -> bool:
        if target.file not in self._found and target.file not in self._missing and self._fetch(target):
            waiting.append(target)
        return target.file in self._found

    def _has(self, target: Target) -> bool:
        return target.file in self._found

    def _fetch(self, target: Target) -> bool:
        answer = self._client.get(target.address, headers=self._headers)
        if answer.status_code == 200:
            self._found[target.file] = answer.text
        elif answer.status_code in (301, 303, 404):
            self._missing.add(target.file)
        else:
            raise NetOfNetsError(f"{target.address}: answers {answer.status_code}; the site was not written")
        return target.file in self._found

    def _map(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The facts that the script of a map reads: all marks, and what a click on each changes."""
        address = next(t for t in _atlases() if t.file == name).address
        twin = address.replace("/atlas", "/atlas.json", 1)
        mark = "&" if "?" in twin else "?"
        told = self._facts(f"{twin}{mark}part=map", name)
        facts = {key: fact for key, fact in told.items() if key != "limited"}  # filters need a server
        yield name.replace(".html", ".json"), _json(facts)
        for node in facts["atlas"]["scene"]["nodes"]:
            part = self._facts(f"{twin}{mark}select={node['id']}&part=selection", name)
            yield f"{name.removesuffix('.html')}/{node['id']}.json", _json(part)

    def _facts(self, address: str, page: str) -> Any:
        return rewritten_facts(self._client.get(address, headers=self._headers).json, page, self._has)


def _atlases() -> Iterator[Target]:
    """Every map that a link can lead to."""
    for level in ("networks", "people"):
        for colour in ("community", "region"):
            for layer in ("members", "ties", "partners", "schools", "interests"):
                if found := target_of(f"/atlas?level={level}&colour={colour}&layer={layer}"):
                    yield found


def _json(facts: Any) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _static(app: Flask) -> Iterator[tuple[str, bytes]]:
    folder = Path(str(app.static_folder))
    for pattern in _STATIC:
        for found in sorted(folder.glob(pattern)):
            for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
                if path.is_file():
                    yield f"static/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _missing(root: str, language: Tongue) -> str:
    """The page for what is missing. It may be shown at any depth: it has links only when the root is known."""
    title = told(say("There is no such page"), language)
    why = told(say("The address may be mistyped, or what it was about is no longer public."), language)
    to_map, back = told(say("To the map"), language), told(say("Go back to where you came from."), language)
    start = f'<p><a href="{root}index.html">{to_map}</a></p>' if root else f"<p>{back}</p>"
    style = f'<link rel="stylesheet" href="{root}static/built/site.css">' if root else ""
    return (
        "<!doctype html>\n"
        f'<html lang="{language.code}">\n<head>\n  <meta charset="utf-8">\n'
        f'  <meta http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#x27;")}">\n'
        '  <meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'  <meta name="color-scheme" content="light dark">\n  <title>{title}</title>\n  {style}\n'
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>{why}</p>\n{start}\n</main>\n</body>\n"
        "</html>\n"
    )


def _said(origins: Sequence[str]) -> dict[str, str]:
    """The headers that a web host should send along."""
    ancestors = " ".join(origins) or "'none'"
    said = {"Content-Security-Policy": f"{POLICY}; frame-ancestors {ancestors}"}
    said |= {name: value for name, value in HEADERS.items() if name not in _NOT_HERE}
    return said if origins else said | {"X-Frame-Options": HEADERS["X-Frame-Options"]}


def _headers(origins: Sequence[str]) -> str:
    """In the form of Netlify and Cloudflare Pages."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in _said(origins).items())


def _htaccess(origins: Sequence[str], root: str) -> str:
    """In the form of Apache."""
    lines = [f'  Header always set {name} "{value}"' for name, value in _said(origins).items()]
    missing = [f"ErrorDocument 404 {root}404.html"] if root else []
    return "\n".join(["Options -Indexes", *missing, "<IfModule mod_headers.c>", *lines, "</IfModule>"]) + "\n"
