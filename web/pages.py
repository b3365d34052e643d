"""How a page is declared, and how one declaration becomes an HTML page and its JSON twin with the same facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netofnets.errors import BeingPublished, NotFound, SnapshotDamaged
from netofnets.graph.published import Published
from netofnets.services.viewer import Role, Viewer
from web.alike import standing_in
from web.compression import coding_taken, packed
from web.current import Current
from web.day import lend_again
from web.kept import Answer, Kept
from web.language import all_in_language, speaks
from web.params import Param, address, settle
from web.reader import with_reader
from web.session import session
from web.stores import store_mark
from web.tags import records_gone, stands_in, tag_of
from web.withdrawn import check_answer, gone, without

__all__ = ["Ask", "Moved", "Page", "add_page", "plain", "shown", "stands_in", "without_publication"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: what is published, who asks, the id in the path (if any), and every parameter's settled value."""

    published: Published
    viewer: Viewer
    id: str
    values: Mapping[str, str]
    twin: bool = False  # whether the JSON twin is asked for


class Moved(Exception):
    """The page asked for is now under another id; old links keep working.

    ``page``: the page that shows it to this viewer, where that is another one.
    """

    def __init__(self, node_id: str, page: str = "") -> None:
        super().__init__(node_id)
        self.node_id = node_id
        self.page = page


@dataclass(frozen=True, slots=True)
class Page:
    """A page. ``answer`` gives named facts; the template shows them and the twin at ``path`` + ``.json`` lists them."""

    name: str
    path: str  # may hold <id>
    template: str
    answer: Callable[[Ask], Mapping[str, Any]]
    params: tuple[Param, ...] = ()
    # What the twin gives instead of the facts themselves: fewer when the script asks for a part, or drawing orders.
    shape: Callable[[Ask, Mapping[str, Any]], Mapping[str, Any]] | None = None
    # Whether it also tells organizers of what is not published yet: it is then computed each time, and nobody keeps it.
    live: bool = False
    # Whether it tells organizers also what is decided in the store since: it is kept as long as the store is as it was.
    of_store: bool = False
    # Whether it is for organizers alone, about what is on its way in: there need be nothing published yet.
    desk: bool = False
    # Whether it differs between people with accounts who read the same edition, by their networks or record.
    personal: bool = False
    # Whether it is about the reader's own record: whoever withdrew sees it all the same.
    own: bool = False
    # Whether it is about what waits today, so that it stays that of today whatever past run the address names.
    of_today: bool = False
    # Whether it tells all readers the same, but for who they are in its head and its links.
    alike: bool = False
    # Whether it tells organizers how old something is, so that tomorrow's differs.
    daily: bool = False
    # Whether there is more than the answer holds, since it holds or looks into so much only; the twin then says so.
    truncated: Callable[[Mapping[str, Any]], bool] | None = None

    def rule(self, suffix: str = "") -> str:
        """The routing rule of the page, or with ``.json`` of its twin (that of the front page is ``/index.json``)."""
        return ("/index" if suffix and self.path == "/" else self.path) + suffix

    def address(self, node_id: str, values: Mapping[str, str], suffix: str = "") -> str:
        """The address for an id and parameter values."""
        return address(self.rule(suffix).replace("<id>", node_id), self.params, values)


def add_page(app: Flask, page: Page) -> None:
    """Route a page and its twin."""

    def html(id: str = "") -> ResponseReturnValue:
        return _respond(page, id, "", lambda facts: _rendered(page, facts))

    def twin(id: str = "") -> ResponseReturnValue:
        return _respond(page, id, ".json", lambda facts: _listed(page, facts))

    app.extensions.setdefault("netofnets-pages", {})[page.name] = page
    if page.desk:
        without_publication(app, page.name, page.name + ".json")
    app.add_url_rule(page.rule(), page.name, html)
    app.add_url_rule(page.rule(".json"), page.name + ".json", twin)


def without_publication(app: Flask, *endpoints: str) -> None:
    """These are answered also where nothing is published, or what is published is damaged."""
    app.extensions.setdefault("netofnets-desk", set()).update(endpoints)


def shown(page: Page, node_id: str, values: Mapping[str, str]) -> Response:
    """The page with these parameters, whatever was asked for; nobody may keep it."""
    # On the desk nothing need be published, and its pages do not look at what is.
    g.page, g.ask = page, Ask(g.get("published"), g.viewer, node_id, values)
    response = _rendered(page, page.answer(g.ask) if page.desk else _answered(page, g.ask))
    response.headers["Cache-Control"] = "no-store"
    return response


def plain(value: Any) -> Any:
    """Dataclasses and their containers as dictionaries and lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def _respond(
    page: Page, node_id: str, suffix: str, render: Callable[[Mapping[str, Any]], Response]
) -> ResponseReturnValue:
    if page.desk:
        return _at_the_desk(page, node_id, render)
    ask = Ask(g.published, g.viewer, node_id, settle(page.params, request.args), bool(suffix))
    g.page, g.ask = page, ask
    if _for_script(ask):
        speaks()
    tag = tag_of(page, ask)
    passing = _passing(page, ask)
    if request.if_none_match.contains_weak(tag) and not passing:
        response = Response(status=304)
    else:
        try:
            response = render(_answered(page, ask)) if passing else _kept(page, ask, tag, render)
        except Moved as moved:
            return _led(page, ask, moved, suffix)
    passing = passing or "kept_by_nobody" in g
    if not passing:
        response.set_etag(tag, weak=True)
    response.vary.add("Cookie")  # who is reading
    # What somebody sees by an account is not kept by browsers; what is public may be, if it is asked after each time.
    kept = ask.viewer.role is Role.ANONYMOUS and not passing
    response.headers["Cache-Control"] = "private, no-cache" if kept else "no-store"
    return response


def _passing(page: Page, ask: Ask) -> bool:
    """Whether the answer is of this moment alone, and nobody keeps it."""
    if ask.viewer.role is Role.ANONYMOUS:
        return bool(g.get("said"))
    return bool(g.get("said")) or page.live or (page.of_store and store_mark() is None)


def _led(page: Page, ask: Ask, moved: Moved, suffix: str) -> ResponseReturnValue:
    """To where it is now for good; or, for this viewer alone and for now, to another page about it."""
    if not moved.page:
        return redirect(with_reader(page.address(moved.node_id, ask.values, suffix)), 301)
    other: Page = current_app.extensions["netofnets-pages"][moved.page]
    response = redirect(other.address(moved.node_id, {}, suffix), 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _at_the_desk(page: Page, node_id: str, render: Callable[[Mapping[str, Any]], Response]) -> Response:
    g.page, g.ask = page, Ask(g.get("published"), g.viewer, node_id, settle(page.params, request.args))
    response = render(page.answer(g.ask))
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept(page: Page, ask: Ask, tag: str, render: Callable[[Mapping[str, Any]], Response]) -> Response:
    """The answer as it was given before, else computed and kept."""
    if "present" in g:
        return render(_answered(page, ask))  # of a past run; what is kept is of the present
    return _response(_found(ask, tag, lambda: _made(page, ask, render)))


def _found(ask: Ask, tag: str, make: Callable[[], Answer]) -> Answer:
    # What accounts are shown is looked through before it is sent (who read whose address), so it is compressed then.
    coding = coding_taken() if session() is None else ""
    if (before := _kept_answers().get(ask.published.folder, f"{tag} {coding}")) is not None:
        return before
    answer = packed(make(), coding) if coding else make()
    _keep(ask, f"{tag} {coding}", answer)
    return answer


def _made(page: Page, ask: Ask, render: Callable[[Mapping[str, Any]], Response]) -> Answer:
    """An answer that this reader was not given before, or from what was made for all who are told the same."""
    with standing_in(page.alike) as reader:
        if reader is None:
            return _afresh(page, ask, render)
        g.ask = of_all = replace(ask, viewer=g.viewer)
        tag = tag_of(page, of_all) + " of all"
        answer = _kept_answers().get(ask.published.folder, tag)
        if answer is None:
            answer = _afresh(page, of_all, render)
            _keep(of_all, tag, packed(answer))
        return reader.told(answer)


def _afresh(page: Page, ask: Ask, render: Callable[[Mapping[str, Any]], Response]) -> Answer:
    response = render(_answered(page, ask))
    return Answer(response.get_data(), response.mimetype or "")


def _kept_answers() -> Kept:
    found: Kept = current_app.extensions["netofnets-kept"]
    return found


def _keep(ask: Ask, tag: str, answer: Answer) -> None:
    # Else the facts are those of what replaced it, or a store did not answer that will the next time.
    if g.published is ask.published and "kept_by_nobody" not in g:
        _kept_answers().put(ask.published.folder, tag, answer)


def _response(answer: Answer) -> Response:
    response = Response(answer.body, mimetype=answer.media)
    if answer.encoding:
        response.content_encoding = answer.encoding
    return response


def _answered(page: Page, ask: Ask) -> Mapping[str, Any]:
    """The facts; once more from what replaced the publication, when it was erased while we read it."""
    records = records_gone(page, ask)
    if ask.id in records:
        if ask.id not in gone(ask.viewer):
            raise BeingPublished("what this page says of somebody is being made anew")
        raise NotFound(ask.id)
    try:
        return without(page.answer(ask), records)
    except (SnapshotDamaged, OSError):
        current: Current = current_app.extensions["netofnets-current"]
        if "present" not in g and not current.replaced(ask.published):
            if current.damage:
                raise
            current.distrust(ask.published)  # the one before it may stand in
    if "present" in g:
        lend_again()
    else:
        current.give_back(g.pop("published"))
        g.published = current.borrow()
    g.ask = replace(ask, published=g.published)
    return without(page.answer(g.ask), records)


def _rendered(page: Page, facts: Mapping[str, Any]) -> Response:
    return _checked(Response(render_template(page.template, **facts), mimetype="text/html"))


def _listed(page: Page, facts: Mapping[str, Any]) -> Response:
    told = page.shape(g.ask, facts) if page.shape else facts
    if page.truncated is not None:
        told = {**told, "truncated": page.truncated(facts)}
    return _checked(jsonify(all_in_language(plain(told)) if _for_script(g.ask) else plain(told)))


def _for_script(ask: Ask) -> bool:
    """Whether only a part of the twin is asked for, as scripts do that show it on the page; programs get English."""
    return ask.twin and ask.values.get("part", "all") != "all"


def _checked(response: Response) -> Response:
    if not g.page.own and (published := g.get("published")) is not None and (records := records_gone(g.page, g.ask)):
        check_answer(response.get_data(as_text=True), published, records)
    return response
