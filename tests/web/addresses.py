"""One address of every page, with ids of the hostile graph."""

from netofnets.schema.identifiers import record_id


def leader(key: str) -> str:
    return record_id("leaders", "roster", key)


def network(key: str) -> str:
    return record_id("networks", "roster", key)


def interest(key: str) -> str:
    return record_id("interests", "roster", key)


def organization(key: str) -> str:
    return record_id("organizations", "roster", key)


def credential(key: str) -> str:
    return record_id("credentials", "roster", key)


EAST, WEST = network("east 1"), network("west 1")

PAGES: dict[str, str] = {
    "front": "/",
    "atlas of networks": "/atlas",
    "atlas by region": f"/atlas?colour=region&select={EAST}",
    "atlas of people": "/atlas?level=people",
    "atlas with a bridging leader": f"/atlas?level=people&select={leader('bridge0')}",
    "bridges": "/bridges",
    "communities": "/communities",
    "community": "/communities/1",
    "comparison": "/communities/compare?with=regions",
    "bridges of a network": f"/bridges?network={EAST}",
    "overlap": "/overlap",
    "gaps": "/gaps",
    "gaps of a network": f"/gaps?network={EAST}",
    "overlap of a network": f"/overlap?network={EAST}&show=validated",
    "introductions": "/introductions",
    "bold introductions of a network": f"/introductions?mode=bold&network={EAST}",
    "introductions between two networks": f"/introductions?network={EAST}&and={WEST}",
    "map of two networks": f"/overlap/map?first={EAST}&second={WEST}",
    "search": "/search",
    "search for a word": "/search?q=person&mode=offers",
    "search for script": "/search?q=%3Cscript%3Ewindow.ran=1%3C/script%3E",
    "networks": "/networks",
    "a network": f"/networks/{EAST}",
    "a leader": f"/leaders/{leader('bridge0')}",
    "another leader": f"/leaders/{leader('east0')}",
    "map of a leader": f"/leaders/{leader('bridge0')}/map",
    "map of an interest": f"/interests/{interest('interest 0')}/map",
    "map of ways": f"/paths/map?from={leader('east0')}&to={leader('west1')}",
    "lineage of a leader": f"/leaders/{leader('bridge0')}/lineage",
    "organizations": "/organizations",
    "an organization": f"/organizations/{organization('partner')}",
    "whom to convene": "/convene?k=3&cover=pairs",
    "what if": "/what-if",
    "what if she steps back": f"/what-if?without={leader('bridge0')}",
    "what if two meet": f"/what-if?meet={leader('east0')}&with={leader('west1')}",
    "what if networks join": f"/what-if?join={EAST}&and={WEST}",
    "what if nobody": "/what-if?without=%3Cscript%3E",
    "changes": "/changes",
    "changes since a day": "/changes?since=2023-01-01&as_of=2026-01-01",
    "changes since no day": "/changes?since=%3Cscript%3E",
    "paths": "/paths",
    "paths to somebody": f"/paths?from={leader('east0')}&to={leader('west1')}",
    "paths past others": f"/paths?from={leader('east0')}&to={leader('west1')}&without={leader('bridge0')}",
    "no path": f"/paths?from={leader('east0')}&to={leader('lone1')}",
    "path of nobody": "/paths?from=%3Cscript%3E&to=x",
    "board of introductions": "/introductions/board",
    "introduction of two": f"/introductions/board?first={leader('east0')}&second={leader('west1')}",
    "introduction of nobody": "/introductions/board?first=%3Cscript%3E&second=x",
    "an interest": f"/interests/{interest('interest 0')}",
    "a credential": f"/credentials/{credential('badge')}",
    "who holds a credential": f"/search?credential={credential('badge')}",
    "nobody said who reads": "/me",
    "whom a name may mean": "/me?q=per",
    "the reader": f"/me?me={leader('east0')}",
    "front for a reader": f"/?me={leader('east0')}",
    "search for a reader": f"/search?q=person&circle=outside&me={leader('east0')}",
    "a leader for a reader": f"/leaders/{leader('west2')}?me={leader('east0')}",
    "an interest for a reader": f"/interests/{interest('interest 0')}?me={leader('east0')}",
    "review": "/review",
    "review of articles": "/review?what=articles",
    "review of interests": "/review?what=interests",
    "briefing": "/briefing",
    "briefing of a network": f"/networks/{EAST}/briefing",
    "import": "/import",
    "tables": "/tables",
    "a table": "/tables/bridges?column=bridging&how=is&value=true&sort=-strength",
    "a table that is asked nonsense": "/tables/overlap?column=%3Cscript%3E&value=x",
    "glossary": "/glossary",
    "for programs": "/api",
    "about": "/about",
}

# Pages that look like another one above, with other words in it: a browser, which is slow, need not look at these.
ALIKE = {
    "atlas by region",
    "bridges of a network",
    "overlap of a network",
    "gaps of a network",
    "bold introductions of a network",
    "introductions between two networks",
    "search for a word",
    "another leader",
    "what if she steps back",
    "what if networks join",
    "what if nobody",
    "changes since a day",
    "paths past others",
    "no path",
    "path of nobody",
    "introduction of nobody",
    "who holds a credential",
    "a table that is asked nonsense",
    "review of articles",
    "review of interests",
    "front for a reader",
    "an interest for a reader",
}
LOOKED_AT: dict[str, str] = {name: address for name, address in PAGES.items() if name not in ALIKE}


def twin(address: str) -> str:
    """The address of a page's twin."""
    path, mark, query = address.partition("?")
    return ("/index" if path == "/" else path) + ".json" + mark + query
