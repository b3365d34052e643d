"""The public map as files: what is in it, that every link leads somewhere, and what it refuses to replace."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from netofnets.errors import BeingPublished, SettingsError
from netofnets.graph.withheld import withhold
from netofnets.publish import publish_facts
from netofnets.schema.model import Visibility
from tests.published import publish_copy
from tests.services.graphs import Graph, four_blocks, leader_id
from web.site.folder import MARK, check_folder, put_in_place
from web.site.writing import host_files, site_files
from web.site_cli import site


def map_of_groups(beta: int = 26) -> Graph:
    """Two networks with a dozen people in both, an island, and one person who is public."""
    graph = Graph()
    for key, region in (("alpha", "North"), ("beta", "North"), ("gamma", "South")):
        graph.node("networks", key, f"{key.title()} <i>Network</i>", region=region)
    graph.node("networks", "secret", "Private Circle", sensitive=True)
    graph.node("organizations", "uni", "Hill & University")
    graph.tie("partnerships", "alpha", "uni", role="rooms")
    for key in ("literacy", "robotics", "rare art"):
        graph.node("interests", key)
    graph.tie("network_focuses", "gamma", "robotics")
    for at in range(40):
        graph.node("leaders", f"p{at}", f"Unshown Person {at}", region="North")
        graph.join(f"p{at}", *(["alpha"] if at < 26 else []), *(["beta"] if 14 <= at < 14 + beta else []))
        graph.tie("leader_interests", f"p{at}", "literacy" if at < 30 else "rare art", mode="offers")
    for at in range(3):
        graph.node("leaders", f"few{at}", f"Unshown Few {at}")
        graph.join(f"few{at}", "gamma")
    graph.node("leaders", "ana", "Ana Sousa", school="Hill School")
    graph.join("ana", "alpha", "gamma")
    graph.tie("leader_interests", "ana", "literacy", mode="offers")
    graph.show("ana", Visibility.PUBLIC)
    return graph


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    home: Path = tmp_path_factory.mktemp("published")
    publish_copy(map_of_groups().facts(), home)
    return home


@pytest.fixture(scope="module")
def files(published) -> dict[str, bytes]:
    return site_files(published, 5)


class Links(HTMLParser):
    """Every address that a page names, every id on it, and the elements that could not work."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found, self.ids, self.tags = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.found += [given[name] for name in ("href", "src", "data-twin", "action") if given.get(name)]
        if given.get("id"):
            self.ids.add(given["id"])


def leads_to(page: str, link: str) -> tuple[str, str]:
    parts = urlsplit(link)
    assert not parts.scheme and not parts.netloc and not link.startswith("/"), f"{page}: {link}"
    folder = page.split("/")[:-1]
    for step in unquote(parts.path).split("/") if parts.path else []:
        folder = folder[:-1] if step == ".." else [*folder, step]
    return ("/".join(folder) if parts.path else page), parts.fragment


def pages(files):
    return {name: Links(content.decode()) for name, content in files.items() if name.endswith(".html")}


def test_every_link_of_every_page_leads_to_a_file_and_to_a_place_in_it(files):
    told, linked = pages(files), set()
    for name, page in told.items():
        for link in page.found:
            target, fragment = leads_to(name, link)
            assert target in files, f"{name}: {link}"
            assert not fragment or fragment in told[target].ids, f"{name}: {link}"
            linked.add(target)
    assert {name for name in told if name != "404.html"} <= linked, "nothing is written that nothing leads to"


def test_communities_are_chosen_beside_the_map_by_links_to_their_pages(tmp_path):
    publish_copy(four_blocks(8).facts(), tmp_path)
    made = site_files(tmp_path, 5, language="es")
    pages = {name for name in made if name.startswith("communities/")}
    assert len(pages) >= 4
    for name in ("atlas.html", "atlas-people.html"):
        panel = made[name].decode().partition(">Por dónde empezar</h2>")[2].partition(">Redes más grandes</h3>")[0]
        linked = set(re.findall(r'href="(communities/[0-9]+[.]html)"', panel))
        assert ">Comunidades</h3>" in panel and len(linked) >= 4 and linked <= pages, name


def test_every_address_in_the_facts_of_a_map_leads_to_a_file(files):
    maps = [name for name in files if name.startswith("atlas") and name.endswith(".json")]
    assert len(maps) > 10
    for name in maps:
        for href in re.findall(r'"href":"([^"]*)"', files[name].decode()):
            assert href == "" or (href in files and not href.startswith("/")), f"{name}: {href}"
    scene = json.loads(files["atlas.json"])["atlas"]["scene"]
    for node in scene["nodes"]:
        part = json.loads(files[f"atlas/{node['id']}.json"])
        assert part["selection"]["ref"]["id"] == node["id"]
    assert "at least 10 leaders in both, not shown to you" in [edge["label"] for edge in scene["edges"]]


def test_nothing_on_it_needs_a_server_or_a_script_of_its_own(files):
    for name, page in pages(files).items():
        assert not {"form", "input", "button", "style", "iframe", "base"} & set(page.tags) or name.startswith("atlas")
        assert "form" not in page.tags and "input" not in page.tags, name
        text = files[name].decode()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy and "unsafe" not in policy[1] and "form-action &#x27;none&#x27;" in policy[1], name
        assert text.index("Content-Security-Policy") < text.index("<title>"), "before anything is loaded"
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=", text), name


def test_it_holds_who_is_public_and_groups_and_nobody_else(files):
    text = b"".join(files.values()).decode()
    assert "Ana Sousa" in text and f"leaders/{leader_id('ana')}.html" in files
    for secret in ("Unshown", "Private Circle", leader_id("p3"), "roster.csv"):
        assert secret not in text, secret
    graph = map_of_groups()
    alpha = files[f"networks/{graph.names['networks', 'alpha']}.html"].decode()
    assert "at least 25 leaders, who are not shown to you" in alpha
    gamma = files[f"networks/{graph.names['networks', 'gamma']}.html"].decode()
    assert "not shown to you" not in gamma and "Ana Sousa" in gamma, "of three nothing is said"
    assert f"interests/{graph.names['interests', 'rare art']}.html" in files
    assert "Alpha &lt;i&gt;Network&lt;/i&gt;" in alpha and "<i>" not in alpha


def test_its_pages_are_in_the_language_that_is_asked_for(tmp_path):
    graph = Graph()
    graph.node("leaders", "ana", "Ana Sousa")
    graph.show("ana", Visibility.PUBLIC)
    publish_facts(graph.facts(), tmp_path)
    german = site_files(tmp_path, 5, root="/", language="de")
    pages = {name: data.decode() for name, data in german.items() if name.endswith(".html")}
    assert "index.html" in pages and all('<html lang="de">' in text for text in pages.values())
    assert "Diese Seite gibt es nicht" in pages["404.html"] and "Auf dieser Seite" in pages["about.html"]


def test_larger_groups_only(published):
    strict, graph = site_files(published, 11), map_of_groups()
    told = {int(n) for n in re.findall(r"at least (\d+) leaders, who", b"".join(strict.values()).decode())}
    assert told and all(n % 11 == 0 for n in told)
    assert f"interests/{graph.names['interests', 'rare art']}.html" not in strict, "ten name it"
    assert b"rare art" not in b"".join(strict.values())
    with pytest.raises(SettingsError, match="at least 5, not 4"):
        site_files(published, 4)


def test_equal_facts_give_equal_bytes_wherever_they_were_published(published, files, tmp_path):
    publish_facts(map_of_groups().facts(run=9), tmp_path)
    assert site_files(tmp_path, 5) == files


def test_who_withdrew_since_is_on_no_new_site(published, tmp_path):
    home = shutil.copytree(published, tmp_path / "home")
    withhold(home, [leader_id("ana")], Visibility.HIDDEN)
    with pytest.raises(BeingPublished, match="netofnets publish"):
        site_files(home, 5)


def test_headers_for_web_hosts_say_who_may_frame_it(files):
    assert b"frame-ancestors 'none'" in files["_headers"] and b"X-Frame-Options: DENY" in files["_headers"]
    embedded = host_files(["https://www.school.example", "https://b.example:8443/"], "/map/")
    for name in ("_headers", ".htaccess"):
        assert b"frame-ancestors https://www.school.example https://b.example:8443" in embedded[name]
        assert b"X-Frame-Options" not in embedded[name] and b"nosniff" in embedded[name]
    assert (
        b'href="/map/index.html"' in embedded["404.html"]
        and b"ErrorDocument 404 /map/404.html" in embedded[".htaccess"]
    )
    for wrong in (
        "school.example",
        "https://x.example/path",
        "https://x.example; script-src *",
        "http://x.example",
        "*",
    ):
        with pytest.raises(SettingsError, match="embed takes origins"):
            host_files([wrong])


def there(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_how_people_stand_out_is_told_beside_the_site_and_never_in_it(published, files, tmp_path):
    folder, told = tmp_path / "www", tmp_path / "told.json"
    arguments = [str(folder), "--home", str(published), "--uniqueness"]
    refused = CliRunner().invoke(site, [*arguments, str(folder / "told.json")])
    assert isinstance(refused.exception, SettingsError) and not folder.exists()
    CliRunner().invoke(site, [*arguments, str(told)], catch_exceptions=False)
    twin = json.loads(told.read_text())
    assert (twin["k"], twin["people"], twin["rare_degrees"], twin["rare_networks"]) == (5, 1, 1, 1)
    assert there(folder).keys() == files.keys() | {MARK} and "Ana" not in told.read_text()


def test_the_command_replaces_a_site_of_ours_whole_and_nothing_else(published, files, tmp_path):
    folder = tmp_path / "www"
    for _ in range(2):
        done = CliRunner().invoke(site, [str(folder), "--home", str(published)], catch_exceptions=False)
        assert done.exit_code == 0 and "what is public, no more" in done.output
        assert there(folder) == {**files, MARK: (folder / MARK).read_bytes()}
    assert "1 of 1 person by which networks" in done.output, "Ana alone is on it"
    (folder / "old.html").write_text("of an older site")
    (folder / MARK).write_text(json.dumps({"files": [*files, "old.html"]}))
    put_in_place(folder, files)
    assert "old.html" not in there(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["www"], "nothing is left beside it"
    (folder / "CNAME").write_text("mine")
    with pytest.raises(SettingsError, match="CNAME: is no file of the site"):
        put_in_place(folder, {})
    assert there(folder).keys() == files.keys() | {MARK, "CNAME"}


@pytest.mark.parametrize("content", [{"notes.txt": "mine"}, {MARK: "[]"}, {MARK: '{"files": []}', "x/y": "mine"}])
def test_a_folder_of_something_else_is_refused(tmp_path, content):
    for name, text in content.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    before = there(tmp_path)
    with pytest.raises(SettingsError, match="would be lost"):
        put_in_place(tmp_path, {"index.html": b"x"})
    assert there(tmp_path) == before


def test_a_link_or_a_file_is_no_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    for name in ("link", "file"):
        with pytest.raises(SettingsError, match="is no folder"):
            check_folder(tmp_path / name)


def test_what_cannot_be_written_leaves_the_site_that_stood(tmp_path, files):
    folder = tmp_path / "www"
    put_in_place(folder, {"index.html": b"one"})
    with pytest.raises(SettingsError, match="is as it was"):
        put_in_place(folder, {"index.html": b"two", "index.html/x": b"cannot be"})
    assert (folder / "index.html").read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["www"]


def test_the_map_of_the_server_is_framed_by_the_named_only_and_only_as_strangers_see_it(open_client, published):
    def policy(client, address, **headers):
        answer = client.get(address, headers=headers)
        return re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])[1], answer

    stranger = open_client(published, viewer="anonymous", embed="https://www.school.example, https://b.example")
    allowed, answer = policy(stranger, "/atlas")
    assert allowed == "https://www.school.example https://b.example" and "X-Frame-Options" not in answer.headers
    assert "<base" not in answer.text
    _, in_frame = policy(stranger, "/atlas", **{"Sec-Fetch-Dest": "iframe"})
    assert '<base target="_top">' in in_frame.text and "Sec-Fetch-Dest" in in_frame.headers["Vary"]
    assert in_frame.headers["ETag"] != answer.headers["ETag"]
    for address in ("/", "/atlas.json", "/networks", "/atlas/nope", "/me"):
        assert policy(stranger, address)[0] == "'none'"
        assert stranger.get(address).headers["X-Frame-Options"] == "DENY"
    organizer = open_client(published, viewer="organizer", embed="https://www.school.example")
    assert policy(organizer, "/atlas")[0] == "'none'" and "<base" not in organizer.get("/atlas").text
    assert policy(open_client(published, viewer="anonymous"), "/atlas")[0] == "'none'"
    with pytest.raises(SettingsError, match="embed takes origins"):
        open_client(published, embed="*")
