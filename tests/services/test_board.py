"""The board of introductions: it counts what the ledger counts, drafts what is true, and says what became of it."""

from dataclasses import asdict, replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from netofnets.graph.published import Published
from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION
from netofnets.services.introduced.board import introductions_board
from netofnets.services.introduced.pair import pair_of
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import Graph, another_hidden, leader_id, ten_leaders


def step(one: str, other: str, state: str, day: str = "2025-03-01", why: str = "robotics") -> Decision:
    pair = sorted((leader_id(one), leader_id(other)))
    return Decision(INTRODUCTION, tuple(pair), state, "Ada", why, f"{day}T09:00:00+00:00")


def two_worlds() -> Graph:
    """Alpha with Ana, Beta with Dan; Eva of Alpha joins Beta in April, and Gamma stays apart. All made up."""
    graph = Graph()
    for network in ("alpha", "beta", "gamma"):
        graph.node("networks", network, network.title())
    for key, network in (("ana", "alpha"), ("eva", "alpha"), ("dan", "beta"), ("bo", "beta"), ("gil", "gamma")):
        graph.node("leaders", key, key.title(), email=f"{key}@x.example" if key != "gil" else None)
        graph.join(key, network)
    graph.join("eva", "beta", start="2025-04-01")
    graph.tie("collaborations", "dan", "ana", kind="co-led", first="2025-05-02")
    return graph


@pytest.fixture
def open_published(tmp_path):
    opened = []

    def publish(graph: Graph, *decisions: Decision) -> Published:
        publish_copy(replace(graph.facts(), decisions=decisions), tmp_path / str(len(opened)))
        opened.append(Published.current(tmp_path / str(len(opened))))
        return opened[-1]

    yield publish
    for published in opened:
        published.close()


def cards(board):
    return {c.state: [(d.first.name, d.second.name) for d in c.cards] for c in board.columns if c.total}


LOG = (
    step("ana", "dan", "asked"),
    step("ana", "eva", "suggested"),
    step("ana", "dan", "accepted", "2025-03-09"),
    step("gil", "hana", "asked"),
    step("gil", "hana", "declined", "2025-03-10", "no time"),
    step("bo", "dan", "suggested", "2025-03-11"),
)


def test_the_board_counts_what_the_ledger_counts(small):
    board = introductions_board(small, ORGANIZER, LOG)
    assert {c.state: c.total for c in board.columns} == {
        "suggested": 2,
        "asked": 0,
        "accepted": 1,
        "declined": 1,
        "met": 0,
        "dismissed": 0,
    }
    assert board.summary == "4 introductions on record: 2 suggested, 1 accepted and 1 declined."
    assert [set(pair) for pair in cards(board)["suggested"]] == [
        {"Bo Jansen", "Dan Okafor"},  # the last that moved first
        {"Ana Sousa", "Eva Lindqvist"},
    ]
    (one,) = next(c for c in board.columns if c.state == "accepted").cards
    assert [(s.state, s.who, s.at[:10]) for s in one.steps] == [
        ("asked", "Ada", "2025-03-01"),
        ("accepted", "Ada", "2025-03-09"),
    ]
    assert one.next == ("met", "declined")
    few = introductions_board(small, ORGANIZER, LOG, limit=1)
    assert [(len(c.cards), c.total) for c in few.columns][0] == (1, 2)


def test_what_was_published_is_shown_where_the_log_is_not_at_hand(open_published):
    board = introductions_board(open_published(ten_leaders(), *LOG), ORGANIZER)
    assert sum(c.total for c in board.columns) == 4
    assert introductions_board(open_published(ten_leaders()), ORGANIZER).summary == "No introduction is recorded yet."


def test_a_record_of_a_merged_person_is_that_person(small):
    from netofnets.schema.identifiers import record_id

    other = replace(LOG[0], subjects=tuple(sorted((record_id("leaders", "sheet", "7"), leader_id("dan")))))
    board = introductions_board(small, ORGANIZER, (LOG[0], replace(other, value="accepted")))
    assert {k: [set(p) for p in v] for k, v in cards(board).items()} == {"accepted": [{"Ana Sousa", "Dan Okafor"}]}


def test_the_message_says_what_is_true_of_both_and_goes_to_known_addresses(small, open_published):
    card = introductions_board(small, ORGANIZER, (), first="Ana Sousa", second="Bo Jansen").chosen
    text = card.draft.text
    assert card.state == "" and card.next == ("suggested", "asked", "dismissed")
    assert "Ana Sousa is in Alpha Readers and Beta Writers." in text
    assert "- Bo Jansen offers what Ana Sousa looks for: literacy" in text
    assert "you both name" not in text  # literacy is the only interest of both, and said already
    for reason in ("you are both in Alpha Readers", "you both work in English", "you have 9 working hours a day"):
        assert f"- {reason}" in text
    assert card.draft.to == () and card.draft.mailto == ""  # Bo's address is not known
    card = introductions_board(open_published(two_worlds()), ORGANIZER, (), first="ana", second="dan").chosen
    link = urlsplit(card.draft.mailto)
    assert set(link.path.split(",")) == {"ana@x.example", "dan@x.example"}
    said = parse_qs(link.query)
    assert said["subject"] == [card.draft.subject]
    assert said["body"] == [card.draft.text.replace("\n", "\r\n")]
    assert "reason" not in unquote(card.draft.mailto).casefold()


def test_an_address_cannot_add_to_a_mail(open_published):
    graph = two_worlds()
    graph.rows["leaders"][0]["email"] = "ana@x.example?bcc=all@x.example&body=x,y@x.example"
    card = introductions_board(open_published(graph), ORGANIZER, (), first="ana", second="dan").chosen
    link = urlsplit(card.draft.mailto)
    assert set(parse_qs(link.query)) == {"subject", "body"} and link.path.count(",") == 1


def test_the_outcome_is_the_distance_before_and_now(open_published):
    log = (step("ana", "dan", "asked"), step("ana", "dan", "accepted"), step("ana", "dan", "met", "2025-03-20"))
    far = (step("ana", "gil", "asked"), step("ana", "gil", "accepted"), step("ana", "gil", "met"))
    same = (step("dan", "bo", "asked"), step("dan", "bo", "accepted"), step("dan", "bo", "met"))
    board = introductions_board(open_published(two_worlds(), *log, *far, *same), ORGANIZER)
    met = next(c for c in board.columns if c.state == "met")
    found = {frozenset((c.first.name, c.second.name)): c.outcome for c in met.cards}
    first = found[frozenset(("Ana", "Dan"))]
    assert (first.day, first.steps_before, first.steps_now) == ("2025-03-01", None, 1)
    assert (first.people_before, first.people_now) == (0, 1)  # Eva
    assert first.tie == "A direct tie is on record since then: co-led, from 2025-05-02."
    assert first.words.startswith("Their networks were not joined at all and are directly joined now. 1 person")
    second = found[frozenset(("Ana", "Gil"))]
    assert (second.steps_before, second.steps_now, second.people_now) == (None, None, 0)
    assert "not joined at all, and still are" in second.words and "No direct tie" in second.tie
    third = found[frozenset(("Dan", "Bo"))]
    assert third.steps_before == 0 and "in one network already" in third.words


def test_a_tie_from_before_is_said_to_be_from_before(open_published):
    later = tuple(step("ana", "dan", s, "2025-06-01") for s in ("asked", "accepted", "met"))
    board = introductions_board(open_published(two_worlds(), *later), ORGANIZER)
    (card,) = next(c for c in board.columns if c.state == "met").cards
    assert card.outcome.steps_before == card.outcome.steps_now == 1
    assert card.outcome.tie == "A direct tie is on record from before."


def test_names_that_decide_nothing_are_said_to(small, open_published):
    board = introductions_board(small, ORGANIZER, (), first="Nobody", second="Ana Sousa")
    assert board.chosen is None and [(c.field, c.text, c.meant) for c in board.unclear] == [("first", "Nobody", ())]
    assert introductions_board(small, ORGANIZER, (), first="Ana Sousa", second="Ana Sousa").chosen is None
    graph = two_worlds()
    graph.rows["leaders"][0]["connect"] = False
    pair = pair_of(open_published(graph), ORGANIZER, "dan", "ANA")
    assert (pair.first.name, pair.second.name) == ("Dan", "Ana") and pair.unwilling == {leader_id("ana")}


def test_the_public_is_shown_nothing_whatever_is_recorded(small, open_published):
    shown = [asdict(introductions_board(p, ANONYMOUS)) for p in (small, open_published(ten_leaders(), *LOG))]
    assert shown[0] == shown[1] and shown[0]["columns"] == () and not shown[0]["shown"]
    assert asdict(introductions_board(small, ANONYMOUS, LOG, first="Ana Sousa", second="Bo Jansen")) == shown[0]


def test_a_decision_about_a_hidden_person_changes_nothing_for_anybody(open_published):
    with_her = another_hidden(ten_leaders(), "zoe")
    log = (*LOG, step("zoe", "ana", "asked"), step("zoe", "dan", "suggested"))
    for viewer in (ORGANIZER, ANONYMOUS):
        boards = []
        for published in (open_published(ten_leaders(), *LOG), open_published(with_her, *log)):
            boards.append([asdict(introductions_board(published, viewer, known)) for known in (None, log)])
        assert boards[0] == boards[1]
    graph = ten_leaders()
    graph.show("dan", Visibility.HIDDEN)
    board = introductions_board(open_published(graph, *LOG), ORGANIZER)
    assert sum(c.total for c in board.columns) == 2 and "Dan" not in str(asdict(board))
