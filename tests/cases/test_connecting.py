"""Who connects networks, in the smallest cases: facts at every size, and chance claimed only where it can be told."""

from __future__ import annotations

import pytest

FORBIDDEN = (
    "No bridging structure",
    "as chance would",
    "look like chance",
    "no more than chance",
    "no more members than chance",
    "0 of them share",
    "above chance",
)


def people(prefix, count):
    return [f"{prefix} Person{i:02d}" for i in range(count)]


def honest(site, *paths):
    """No page says that there is nothing, or that chance explains it, where the data have no power to say so."""
    for path in ("/", "/bridges", "/atlas", "/atlas?level=people", *paths):
        words = site.words(path)
        assert [said for said in FORBIDDEN if said in words] == [], path


def test_three_rosters_that_share_three_name_the_three(publish):
    site = publish(
        {
            "Rural Hub": [*people("Rural", 17), "Zoe Green", "Ida Moss"],
            "Science Leads": [*people("Science", 29), "Zoe Green", "Ida Moss", "Tom Reed"],
            "Book Circle": [*people("Book", 42), "Tom Reed"],
        }
    )
    report = site.twin("/bridges")["report"]
    assert [b["leader"]["name"] for b in report["leaders"]] == ["Tom Reed", "Ida Moss", "Zoe Green"]
    words = site.words("/bridges")
    assert "Without Tom Reed nothing would lead from Book Circle to Science Leads and 1 more." in words
    assert "Zoe Green is one of 2 people in both Rural Hub and Science Leads." in words
    assert "3 people join networks" in words
    front = site.words("/")
    assert "Tom Reed" in front and "Zoe Green" in front
    nodes = site.twin("/atlas?level=people")["atlas"]["scene"]["nodes"]
    assert {n["label"] for n in nodes if n["connecting"]} == {"Tom Reed", "Ida Moss", "Zoe Green"}
    honest(site)


def test_two_networks_that_share_nearly_everybody(publish):
    both = people("Both", 38)
    site = publish(
        {"Morning Group": [*both, "Ann Early", "Ben Early"], "Evening Group": [*both, "Cat Late", "Dee Late"]}
    )
    report = site.twin("/bridges")["report"]
    assert report["total"] == 38 and all("38 people in both" in b["joins"] for b in report["leaders"])
    assert "1 pair of networks shares members; none of it can be told apart from chance" in site.words("/atlas")
    assert "no overlap told from chance" in site.words("/networks")
    assert "share 38 people" in site.words("/")
    honest(site)


def test_two_camps_of_six_networks_joined_by_one_person(publish):
    rosters = {}
    for camp in ("North", "South"):
        members = people(camp, 30)
        for i in range(6):
            rosters[f"{camp} {i + 1}"] = [p for k, p in enumerate(members) if i in (k % 6, (k + 1) % 6)]
    rosters["North 1"].append("Joan Ferry")
    rosters["South 4"].append("Joan Ferry")
    site = publish(rosters)
    first = site.twin("/bridges")["report"]["leaders"][0]
    assert first["leader"]["name"] == "Joan Ferry" and first["cut_off"] == 6
    drawn = [n["label"] for n in site.twin("/atlas?level=people")["atlas"]["scene"]["nodes"] if n["connecting"]]
    assert drawn == ["Joan Ferry"] and "the one on whom most hangs is drawn" in site.words("/atlas?level=people")
    assert first["joins"] == "Without Joan Ferry nothing would lead from South 4 and 5 more to North 1 and 5 more."
    assert "Without one of them the map of networks would come apart" in site.words("/bridges")
    assert "Joan Ferry" in site.words("/")
    honest(site)


def test_twelve_networks_in_a_ring_with_five_members_shared_with_each_neighbour(publish):
    rosters = {f"Ring {i:02d}": people(f"R{i:02d}", 10) for i in range(12)}
    for i in range(12):
        shared = [f"Link{i:02d} Person{k}" for k in range(5)]
        rosters[f"Ring {i:02d}"] += shared
        rosters[f"Ring {(i + 1) % 12:02d}"] += shared
    site = publish(rosters)
    report = site.twin("/bridges?limit=100")["report"]
    assert report["total"] == 60
    assert all("one of 5 people in both Ring" in b["joins"] or b["bridging"] for b in report["leaders"])
    drawn = [n for n in site.twin("/atlas?level=people")["atlas"]["scene"]["nodes"] if n["connecting"]]
    assert drawn and "thin ring" in site.words("/atlas?level=people")
    honest(site)


def test_what_has_ended_joins_nothing(publish):
    ended = [{"Name": "Lea Gone", "From": "2019-01-01", "Until": "2020-06-30"}]
    site = publish({"Now": [*people("Now", 8), "Lea Gone"], "Then": [*people("Then", 8), *ended]})
    assert site.twin("/bridges")["report"]["leaders"] == []
    assert "nobody is in two of them" in site.words("/bridges")
    honest(site)


@pytest.mark.parametrize(
    ("rosters", "said"),
    [
        ({}, "There are no people to show."),
        ({"Only One": people("One", 6)}, "There are not two networks with members"),
        ({"First": people("First", 5), "Second": people("Second", 5)}, "nobody is in two of them"),
        ({f"Five {i}": people(f"F{i}", 5) for i in range(10)}, "There are 10 networks; nobody is in two of them"),
    ],
)
def test_with_nothing_to_join_the_page_says_what_there_is(publish, rosters, said):
    site = publish(rosters)
    assert said in site.words("/bridges")
    honest(site, "/overlap", "/networks")
    apart = sum(1 for members in rosters.values() if members)
    told = f"No division into communities; {apart} parts that nothing joins"
    assert (told in site.words("/")) == (apart > 1) and "communities," not in site.words("/")


def test_a_role_can_be_left_out(publish):
    staff = [{"Name": "Sam Staff", "Role": "facilitator"}]
    plain = [{"Name": "Ann Both", "Role": "member"}]
    site = publish({"First": [*people("First", 9), *staff, *plain], "Second": [*people("Second", 9), *staff, *plain]})
    assert site.twin("/bridges")["report"]["total"] == 2
    report = site.twin("/bridges?without=facilitator")["report"]
    assert [b["leader"]["name"] for b in report["leaders"]] == ["Ann Both"]
    assert report["leaders"][0]["joins"].startswith("Without Ann Both nothing would lead from")
    assert "people who are not facilitator" in site.words("/bridges?without=facilitator")


def test_the_public_is_told_what_is_not_shown_and_no_falsehood(public):
    site = public({"First": ["Ann Both", *people("First", 4)], "Second": ["Ann Both", *people("Second", 4)]})
    words = site.words("/bridges")
    assert "Ann Both" not in words and "You see only what is public" in words
