"""Graphs for the pages: four blocks of networks, where names are as hostile as names can be; all made up."""

from netofnets.schema.model import Visibility
from tests.services.graphs import Graph, four_blocks

# Each sets window.ran when a browser runs it; "href" arms a fault of pyvis's own page.
PAYLOADS = (
    "<script>window.ran=1</script>",
    '<img src=x onerror="window.ran=1">',
    '"><svg onload=window.ran=1>',
    '<a href="javascript:window.ran=1">href</a>',
    "' onmouseover='window.ran=1' x='",
    "</title></script><script>window.ran=1</script>",
    "javascript:window.ran=1",
    "{{ 7*7 }}{% raw %}${window.ran=1}",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "\N{RIGHT-TO-LEFT OVERRIDE}desrever",
    '=HYPERLINK("http://evil.example","x")',
    "عائشة بنت محمد",
)


def hostile() -> Graph:
    """Four blocks of networks with a payload as the name of people, networks, interests, organizations and regions.

    One person is public; one is hidden; the others are as an import leaves them.
    """
    graph = four_blocks()
    graph.choices.clear()
    for kind in ("leaders", "networks", "interests"):
        rows = graph.rows[kind]
        for at, payload in enumerate(PAYLOADS[: len(rows)]):
            rows[at]["name"] = payload
    for at, row in enumerate(graph.rows["leaders"]):
        row.update(
            school=PAYLOADS[at % 9], about=PAYLOADS[(at + 1) % 9], region=PAYLOADS[at % 5], email=f"p{at}@x.example"
        )
    for at, payload in enumerate(PAYLOADS):
        graph.node("interests", f"interest {at}", payload)
        for person in ("east0", "east1", "west2", "north3", "bridge0"):
            graph.tie("leader_interests", person, f"interest {at}", mode="offers")
    graph.node("organizations", "partner", PAYLOADS[0], kind=PAYLOADS[1])
    graph.tie("partnerships", "east 1", "partner", role=PAYLOADS[2])
    graph.node("credentials", "badge", PAYLOADS[1], kind=PAYLOADS[0], about=PAYLOADS[2], url="https://x.example/")
    graph.tie("credential_issuers", "badge", "partner")
    graph.tie("leader_credentials", "east0", "badge", start="2021-01-01", end="2022-01-01")
    graph.tie("leader_credentials", "bridge0", "badge", start="2021-01-01")
    graph.tie("collaborations", "east0", "west2", kind=PAYLOADS[0], count=2)
    graph.tie("collaborations", "bridge0", "east0", kind="mentors")
    graph.show("west5", Visibility.PUBLIC)
    graph.show("west6", Visibility.HIDDEN)
    return graph
