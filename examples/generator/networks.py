"""The 24 invented networks: five blocks that share people, and the ones that the story is about."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BLOCKS",
    "BRIDGE_PATHS",
    "COMMONS",
    "GAP",
    "ISLAND",
    "NETWORKS",
    "PENDANT",
    "PENDANT_ANCHOR",
    "SENSITIVE",
    "Plan",
    "plan",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the generator is told about a network; ``weight`` is how many people of its block have it as their first."""

    id: str
    name: str
    block: str
    weight: int
    focus: tuple[str, ...]
    about: str
    kind: str = "association"
    part_of: str = ""
    sensitive: bool = False
    country: str = ""


def _plan(block: str, weight: int, text: str, **more: str | bool) -> Plan:
    """A plan from ``id | name | what it is for | interest; interest``."""
    identifier, name, about, focus = (part.strip() for part in text.split("|"))
    return Plan(identifier, name, block, weight, tuple(focus.split("; ")), about, **more)  # type: ignore[arg-type]


_READING = "family literacy; early literacy; read-aloud; home languages; reading volunteers; storytelling"

NETWORKS: tuple[Plan, ...] = (
    _plan(
        "rural",
        64,
        f"hearthlight | Hearthlight Rural Literacy Circle | Reading where the library is far. | {_READING}",
    ),
    _plan(
        "rural",
        46,
        "small-schools | Small Schools Compact | Schools with fewer than 60 children speak with one voice. | "
        "small-school funding; multigrade teaching; distributed leadership; teacher retention",
        kind="coalition",
    ),
    _plan(
        "rural",
        40,
        "multigrade | Multigrade Exchange | Several ages in one room, and plans that work there. | "
        "multigrade teaching; peer observation; formative assessment; team teaching",
    ),
    _plan(
        "rural",
        52,
        "prairie | Prairie and Plateau Place-Based Learning | The land around the school as the textbook. | "
        "place-based learning; outdoor learning; school gardens; citizen science",
    ),
    _plan(
        "city",
        66,
        f"storyline | Storyline City Family Reading Network | Family reading in city neighbourhoods. | {_READING}",
    ),
    _plan(
        "city",
        44,
        "open-door | Open Door Family Partnership | Schools and families plan together. | "
        "family partnerships; home visits; community schools; restorative practice",
        kind="coalition",
    ),
    _plan(
        "city",
        42,
        "metro-mentors | Metro Mentors for New Teachers | Experienced teachers stand beside new ones. | "
        "mentoring new teachers; instructional coaching; teacher retention; peer observation",
        kind="programme",
    ),
    _plan(
        "city",
        34,
        "every-block | Every Block a Library | Teachers and librarians of city quarters. | "
        "libraries and schools; reading fluency checks; community schools; music in class",
    ),
    _plan(
        "city",
        30,
        "two-tongues | Two Tongues Classroom Group | Teaching in two languages in big schools. | "
        "bilingual education; formative assessment; family partnerships; student portfolios",
        kind="working group",
    ),
    _plan(
        "science",
        18,
        "lantern | Lantern Science Teachers | Hands-on science, kept going by three chapters. | "
        "hands-on science; workshop design; lesson study; field science",
    ),
    _plan(
        "science",
        66,
        "lantern-coast | Lantern Science Teachers, Coast Chapter | The coast chapter. | "
        "hands-on science; field science; citizen science; maker spaces",
        kind="chapter",
        part_of="lantern",
    ),
    _plan(
        "science",
        56,
        "lantern-highlands | Lantern Science Teachers, Highlands Chapter | The highlands chapter. | "
        "hands-on science; outdoor learning; robotics; mathematics talk",
        kind="chapter",
        part_of="lantern",
    ),
    _plan(
        "science",
        54,
        "lantern-rivers | Lantern Science Teachers, Rivers Chapter | The rivers chapter. | "
        "hands-on science; programming; project-based learning; school gardens",
        kind="chapter",
        part_of="lantern",
    ),
    _plan(
        "inclusion",
        74,
        "inclusive-practice | Inclusive Practice Collective | Lessons that nobody is left out of. | "
        "inclusive education; universal design for learning; neurodiversity; team teaching",
    ),
    _plan(
        "inclusion",
        60,
        "calm-classrooms | Calm Classrooms Network | Well-being first, then learning. | "
        "social and emotional learning; trauma-informed teaching; restorative practice; music in class",
    ),
    _plan(
        "inclusion",
        32,
        "quiet-bell | Quiet Bell Interfaith Educators | Teachers of several faiths support each other. | "
        "interfaith dialogue; social and emotional learning; global citizenship",
        kind="fellowship",
        sensitive=True,
    ),
    _plan(
        "inclusion",
        42,
        "many-minds | Many Minds Study Group | Reading research on how children differ. | "
        "neurodiversity; reading research together; action research; study groups",
        kind="working group",
    ),
    _plan(
        "leading",
        62,
        "policy-forum | Teacher-Led Policy Forum | Classroom teachers write policy papers. | "
        "education policy; teacher voice; writing for the public; evidence reviews",
    ),
    _plan(
        "leading",
        40,
        "hybrid-roles | Hybrid Roles Fellowship | Part of the week in class, part of it leading. | "
        "hybrid roles; distributed leadership; teacher retention; micro-credentials",
        kind="fellowship",
    ),
    _plan(
        "leading",
        54,
        "lesson-study | Lesson Study Across Borders | Plan one lesson together, watch it, talk about it. | "
        "lesson study; peer observation; action research; virtual exchange",
    ),
    _plan(
        "leading",
        48,
        "global-classrooms | Global Classrooms Alliance | Classes that work with classes far away. | "
        "global citizenship; virtual exchange; online communities; home languages",
        kind="coalition",
    ),
    _plan(
        "",
        96,
        "commons | Teachers' Commons Association | The big one: a newsletter, a yearly meeting, a card. | "
        "online communities; teacher voice; workshop design; micro-credentials",
    ),
    _plan(
        "",
        38,
        "saltmarsh | Saltmarsh Outdoor Schools | Schools between the tides, with nobody elsewhere yet. | "
        "outdoor learning; field science; place-based learning; school gardens",
    ),
    _plan(
        "",
        27,
        "boat-and-bus | Boat and Bus School Teachers | Schools that travel with the families they teach. | "
        "travelling schools; boat schools; school transport; distance learning",
    ),
)

BLOCKS: tuple[str, ...] = ("rural", "city", "science", "inclusion", "leading")

COMMONS = "commons"  # joined by so many that plain counts of shared members mislead
ISLAND = "saltmarsh"  # no member of it is in any other network
PENDANT = "boat-and-bus"  # one member of it is elsewhere
PENDANT_ANCHOR = "global-classrooms"  # and this is where
GAP = ("hearthlight", "storyline")  # the same interests, and nobody in both
SENSITIVE = "quiet-bell"

# Who joins blocks that otherwise share nobody: one person for each line, with all networks of that person. Nobody joins
# the rural block and the city block; one person alone joins rural and inclusion, and rural and leading.
BRIDGE_PATHS: tuple[tuple[str, ...], ...] = (
    ("small-schools", "multigrade", "lantern", "lantern-coast"),
    ("prairie", "small-schools", "lantern-highlands"),
    ("multigrade", "lantern-rivers", "lantern"),
    ("lantern-coast", "lantern", "policy-forum", "lesson-study"),
    ("lantern-rivers", "hybrid-roles", "lesson-study"),
    ("lantern-highlands", "global-classrooms"),
    ("metro-mentors", "open-door", "hybrid-roles", "policy-forum"),
    ("every-block", "global-classrooms", "policy-forum"),
    ("two-tongues", "global-classrooms"),
    ("open-door", "every-block", "calm-classrooms", "inclusive-practice"),
    ("metro-mentors", "inclusive-practice"),
    ("two-tongues", "many-minds", "calm-classrooms"),
    ("policy-forum", "inclusive-practice", "many-minds"),
    ("prairie", "small-schools", "inclusive-practice", "calm-classrooms", "hybrid-roles"),
)


def plan(identifier: str) -> Plan:
    """The plan of a network; :class:`KeyError` when there is none."""
    return {network.id: network for network in NETWORKS}[identifier]
