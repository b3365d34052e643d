"""What people say on My page, and what of it others see: corrected, disputed, settled, declined, blocked, reported."""

import re

import pytest

from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.desk.introduce import introduce
from netofnets.publish import publish
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.accounts.shared import SHARED
from tests.published import roster_copy
from tests.web.signing import HOST, OWN, browser
from web.app import create_app
from web.session import COOKIE

ROSTER = """id,name,email,school,network,role,interests
1,Ana Sousa,ana@one.example,Hill School,Alpha Readers,facilitator,phonics
2,Bo Jansen,bo@one.example,Hill School,Alpha Readers,member,phonics
3,Cleo Nunez,cleo@one.example,Lake School,Beta Writers,member,
1,Ana Sousa,ana@one.example,Hill School,Beta Writers,member,phonics
"""


@pytest.fixture
def world(tmp_path, gate, by_hand):
    """The application over a home with the roster."""
    home = roster_copy(ROSTER, tmp_path / "home")
    made = World(load_settings(environ={}, home=str(home), **SHARED), gate)
    yield made
    made.app.extensions["netofnets-post"].close()
    made.app.extensions["netofnets-current"].close()


class World:
    def __init__(self, settings, gate):
        self.settings, self.gate = settings, gate
        self.app = create_app(settings, gate=gate)
        store = open_store(settings.store, settings)
        tables = store.scan().tables
        self.ids = {row["name"]: row["id"] for k in ("leaders", "networks") for row in tables[k].to_pylist()}
        store.close()

    def publish(self):
        store = open_store(self.settings.store, self.settings)
        publish(store, self.settings.home)
        store.close()

    def enter(self, name, role=AccountRole.MEMBER, scope=(), accepted=True):
        opened, address = browser(self.app), f"{name.split()[0].lower()}@mail.example"
        scope = scope or ((self.ids[name],) if role is AccountRole.MEMBER else ())
        known = self.gate.roll.find(address) or self.gate.roll.add(address, role, scope, origin="test")
        if accepted:
            self.gate.terms.accept(known, current_terms().version, origin="test")
        opened.set_cookie(COOKIE, self.gate.sessions.start(known, "test"), domain=HOST, secure=True)
        return opened

    def owner(self):
        return self.enter("owner", AccountRole.OWNER)

    def organizer(self, network):
        return self.enter(f"{network} chief", AccountRole.ORGANIZER, (self.ids[network],))


def send(client, path, **data):
    return client.post(path, data=data, headers=OWN)


def said(client, answer):
    """The sentence after a form."""
    assert answer.status_code == 303, answer.text
    return re.search(r'notice said" role="status">(.*?)</p>', client.get(answer.location).text)[1]


def kept(client):
    return {f["fact"]["name"]: f for f in client.get("/mine.json").json["page"]["fields"]}


def test_what_somebody_corrects_and_confirms_stands_at_once_on_my_page_and_for_others_when_published(world):
    me, ana = world.enter("Ana Sousa"), world.ids["Ana Sousa"]
    told = send(me, "/mine/tell", school="Lake School", languages="Portuguese; English", time_zone="Europe/Lisbon")
    assert "Kept as your word: school, time zone, languages." in said(me, told)
    assert kept(me)["school"]["fact"]["value"] == "Lake School" and kept(me)["school"]["said"]["said"] == "told"
    assert {s["source"] for s in kept(me)["school"]["fact"]["sources"]} == {"told by the person"}
    assert [s["value"] for s in kept(me)["school"]["fact"]["disagreeing"]] == ["Hill School"]
    assert "alpha" in kept(me)["school"]["fact"]["disagreeing"][0]["source"]
    wrong = send(me, "/mine/tell", time_zone="Lisbon time")
    assert wrong.status_code == 422 and "no time zone" in wrong.text and 'value="Lisbon time"' in wrong.text
    assert "confirmed by you" in said(me, send(me, "/mine/say", what="email", say="confirm"))
    assert "3 interests" in said(me, send(me, "/mine/interests", offers="phonics; drama", seeks="maths", practises=""))
    world.publish()
    owner = world.owner().get(f"/leaders/{ana}.json").json["profile"]
    assert {f["name"]: f["value"] for f in owner["facts"]}["school"] == "Lake School"
    assert {(i["interest"]["name"], i["mode"]) for i in owner["interests"]} >= {("drama", "offers"), ("maths", "seeks")}
    assert "Lake School" in world.enter("Bo Jansen").get(f"/circle/{ana}").text
    assert me.get("/mine.json").json["page"]["interests_told"]["offers"] == "drama; phonics"


def test_what_somebody_disputes_is_gone_for_others_at_once_and_for_an_organizer_to_settle(world):
    me, bo, ana = world.enter("Ana Sousa"), world.enter("Bo Jansen"), world.ids["Ana Sousa"]
    chief, other = world.organizer("Alpha Readers"), world.organizer("Beta Writers")
    alpha = world.ids["Alpha Readers"]
    assert "disputed" in said(me, send(me, "/mine/say", what="school", say="dispute"))
    assert "disputed" in said(me, send(me, "/mine/say", what="memberships", end=alpha, say="dispute"))
    assert bo.get(f"/circle/{ana}").status_code == 404
    world.publish()
    assert bo.get(f"/circle/{ana}").status_code == 404, "they share no network that both agree on"
    fellow = next(s for s in me.get("/mine.json").json["page"]["seen"] if s["standing"] == "fellow")
    assert "School" not in fellow["labels"] and kept(me)["school"]["seen_by"] == "organizers of your networks"
    assert "Hill School" in kept(me)["school"]["fact"]["value"] and "disputed by you" in me.get("/mine").text
    owner = world.owner()
    profile = owner.get(f"/leaders/{ana}").text
    assert "disputed by the person" in profile and "Hill School" in profile
    members = owner.get(f"/networks/{alpha}.json").text
    assert world.ids["Bo Jansen"] in members and ana not in members, "what is in doubt counts in nothing"
    titles = {(d["title"], d["value"]) for d in owner.get("/disputes.json").json["found"]}
    assert titles == {("School", "Hill School"), ("belongs to", "Alpha Readers")}
    assert {d["what"] for d in chief.get("/disputes.json").json["found"]} == {"memberships"}
    assert {d["what"] for d in other.get("/disputes.json").json["found"]} == {"school"}
    refused = send(other, "/disputes", leader=ana, what="memberships", end=alpha, say="wrong")
    assert refused.status_code == 422
    assert "stands" in said(chief, send(chief, "/disputes", leader=ana, what="memberships", end=alpha, say="wrong"))
    assert "is right" in said(other, send(other, "/disputes", leader=ana, what="school", end="", say="right"))
    world.publish()
    shown = bo.get(f"/circle/{ana}")
    assert shown.status_code == 200 and "Hill School" not in shown.text
    assert "organizers say it is right" in me.get("/mine").text and "kept back" in me.get("/mine").text
    assert not owner.get("/disputes.json").json["found"]


def test_who_has_left_a_network_is_past_in_it_and_no_longer_of_its_circle(world):
    me, alpha = world.enter("Ana Sousa"), world.ids["Alpha Readers"]
    assert "over from today" in said(me, send(me, "/mine/say", what="memberships", end=alpha, say="leave"))
    world.publish()
    assert "over, you said" in me.get("/mine").text
    assert world.enter("Bo Jansen").get(f"/circle/{world.ids['Ana Sousa']}").status_code == 404
    assert [r["leader"]["name"] for r in me.get("/circle.json").json["page"]["rows"]] == ["Ana Sousa", "Cleo Nunez"]


@pytest.mark.parametrize(
    ("purpose", "page", "others"),
    [
        ("search", "/search.json?q=ana+sousa", "/networks.json"),
        ("suggestions", "/leaders/{bo}.json", "/search.json?q=bo"),
    ],
)
def test_a_declined_purpose_is_in_force_at_once_and_for_good(world, purpose, page, others):
    me, owner, ana = world.enter("Ana Sousa"), world.owner(), world.ids["Ana Sousa"]
    page = page.format(bo=world.ids["Bo Jansen"])

    def mentioned():
        answer = owner.get(page)
        part = answer.json["answer"]["people"] if purpose == "search" else answer.json["profile"]["suggestions"]
        return answer.status_code == 200 and ana in str(part)

    assert owner.get(page).status_code == 200 and mentioned()
    assert "in force now" in said(me, send(me, "/mine/purpose", purpose=purpose, say="no"))
    withdrawn = owner.get(page)
    assert withdrawn.status_code == 503 or not mentioned()
    assert owner.get(others).status_code == 200
    world.publish()
    assert owner.get(page).status_code == 200 and not mentioned()
    assert owner.get(f"/leaders/{ana}").status_code == 200, "still listed where shown"
    consents = {c["purpose"]["name"]: c["allowed"] for c in me.get("/mine.json").json["page"]["consents"]}
    assert consents == {name: name != purpose for name in consents}
    send(me, "/mine/purpose", purpose=purpose, say="yes")
    world.publish()
    assert mentioned()


def test_scores_are_shown_to_the_person_first_and_switched_off_by_them(world):
    me, owner, ana = world.enter("Ana Sousa"), world.owner(), world.ids["Ana Sousa"]
    scores = me.get("/mine.json").json["page"]["scores"]
    assert scores["scores"] and all(s["definition"] for s in scores["scores"]) and "organizers" in scores["seen_by"]
    assert ana in owner.get("/bridges.json").text
    send(me, "/mine/purpose", purpose="scores", say="no")
    assert ana not in owner.get("/bridges.json").text and owner.get(f"/leaders/{ana}").status_code == 503
    world.publish()
    assert ana not in owner.get("/bridges.json").text
    profile = owner.get(f"/leaders/{ana}.json").json["profile"]
    assert all(s["value"] is None for s in profile["scores"]) and len(profile["memberships"]) == 2
    assert me.get("/mine.json").json["page"]["scores"] == {"off": True, "bridging": False, "scores": [], "seen_by": ""}


def test_terms_are_asked_of_members_and_again_when_they_change(world, monkeypatch):
    me = world.enter("Ana Sousa", accepted=False)
    asked = me.get("/circle")
    assert (asked.status_code, asked.location) == (303, "/terms?next=/circle")
    assert me.get("/mine").status_code == 200 and me.get("/mine/everything.csv").status_code == 200
    old = send(me, "/terms", version="0", next="/circle")
    assert old.status_code == 422 and "read them once more" in old.text
    done = send(me, "/terms", version=current_terms().version, next="/circle")
    assert (done.status_code, done.location) == (303, "/circle") and me.get("/circle").status_code == 200
    assert me.get("/mine.json").json["agreed"][0]["version"] == current_terms().version
    newer = type(current_terms())("2", ("Other words.",))
    for place in ("netofnets.accounts.terms", "web.terms"):
        monkeypatch.setattr(f"{place}.current_terms", lambda: newer)
    assert me.get("/circle").status_code == 303 and "The terms have changed" in me.get("/terms").text
    assert browser(world.app).get("/terms").status_code == 200


def test_an_organizer_invites_leaders_of_theirs_and_withdraws_it(world):
    chief, other, ana = world.organizer("Alpha Readers"), world.organizer("Beta Writers"), world.ids["Ana Sousa"]
    cleo = world.ids["Cleo Nunez"]
    assert "ana@one.example" in chief.get(f"/circle/{ana}").text
    assert send(chief, "/invitations", leader=cleo, how="link").status_code == 422, "none of theirs"
    given = said(chief, send(chief, "/invitations", leader=ana, how="link"))
    key = re.search(r"/sign-in/link\?key=([\w-]+)", given)[1]
    assert world.gate.links.look(key).scope == (ana,)
    assert {e.what for e in world.gate.audit.entries(3)} >= {"add account", "invite"}
    (open_one,) = chief.get("/invitations.json").json["found"]
    assert open_one["invitation"]["name"] == "Ana Sousa" and len(other.get("/invitations.json").json["found"]) == 1
    assert "works no longer" in said(
        chief, send(chief, "/invitations/withdraw", account=open_one["invitation"]["account"])
    )
    assert world.gate.links.look(key) is None and world.gate.roll.find("ana@one.example") is None
    assert send(chief, "/invitations", leader=ana, how="mail").status_code == 422, "no mail server here"
    send(chief, "/invitations", leader=ana, how="link")
    taken = world.enter("Bo Jansen")
    assert taken.get("/invitations").status_code == 404
    world.gate.roll.close("ana@one.example", origin="test")
    world.gate.roll.add("ana@one.example", AccountRole.VIEWER, (), origin="test")
    assert send(chief, "/invitations", leader=ana, how="link").status_code == 422


def test_whom_somebody_blocks_is_shown_nothing_of_them(world):
    me, bo, ana = world.enter("Ana Sousa"), world.enter("Bo Jansen"), world.ids["Ana Sousa"]
    assert ana in bo.get("/circle.json").text and bo.get(f"/circle/{ana}").status_code == 200
    assert "Nobody tells them" in said(me, send(me, "/mine/block", leader=world.ids["Bo Jansen"], say="block"))
    assert ana not in bo.get("/circle.json").text and bo.get(f"/circle/{ana}").status_code == 404
    assert "Ana Sousa" not in bo.get("/circle").text and ana in world.owner().get(f"/leaders/{ana}").text
    assert "Bo Jansen" in me.get("/mine").text.split('id="blocks"')[1]
    send(me, "/mine/block", leader=world.ids["Bo Jansen"], say="unblock")
    assert bo.get(f"/circle/{ana}").status_code == 200
    assert send(me, "/mine/block", leader="l" + "a" * 16, say="block").status_code == 422


def test_what_is_reported_is_for_organizers_of_that_person_to_settle(world):
    bo, ana = world.enter("Bo Jansen"), world.ids["Ana Sousa"]
    empty = send(bo, f"/circle/{ana}/report", reason=" ")
    assert empty.status_code == 422 and "what is wrong" in empty.text
    assert "Thank you" in said(bo, send(bo, f"/circle/{ana}/report", reason="This is <b>not</b> her school"))
    assert send(bo, f"/circle/{world.ids['Cleo Nunez']}/report", reason="x").status_code in (404, 422)
    chief = world.organizer("Alpha Readers")
    (one,) = chief.get("/reports.json").json["found"]
    assert "&lt;b&gt;not" in chief.get("/reports").text and one["report"]["leader"] == ana
    assert send(chief, "/reports", number="999").status_code == 422
    assert "settled" in said(chief, send(chief, "/reports", number=str(one["report"]["number"])))
    assert not world.owner().get("/reports.json").json["found"]
    assert bo.get("/reports").status_code == 404


def test_an_introduction_is_accepted_when_both_say_yes_and_only_then_each_sees_the_others_address(world):
    ana, cleo = world.enter("Ana Sousa"), world.enter("Cleo Nunez")
    ids = [world.ids[name] for name in ("Bo Jansen", "Cleo Nunez")]
    store = open_store(world.settings.store, world.settings)
    introduce(store, *ids, "asked", who="Olga", why="Cleo and Bo both teach phonics")
    store.close()
    bo = world.enter("Bo Jansen")

    def asked(client):
        (one,) = client.get("/mine.json").json["page"]["asked"]
        return one["other"]["name"], one["state"], one["mine"], one["address"], one["why"]

    assert asked(bo) == ("", "asked", False, "", ""), "they share no network, and she has not agreed"
    assert world.ids["Cleo Nunez"] not in bo.get("/mine").text and not ana.get("/mine.json").json["page"]["asked"]
    assert "When they say yes, too" in said(cleo, send(cleo, "/mine/introduction", number=1, say="yes"))
    assert asked(bo)[0] == "" and asked(cleo)[2:4] == (True, "")
    assert "both said yes" in said(bo, send(bo, "/mine/introduction", number=1, say="yes"))
    assert asked(bo)[:4] == ("Cleo Nunez", "accepted", True, "cleo@one.example")
    assert asked(cleo)[:4] == ("Bo Jansen", "accepted", True, "bo@one.example")
    assert send(bo, "/mine/introduction", number=1, say="yes").status_code == 422
    assert send(bo, "/mine/introduction", number=7, say="yes").status_code == 422
