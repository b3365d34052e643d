"""Made-up rosters in which people stand under variants of their names, places and addresses, with who is who.

Nicknames, initials, titles, "Last, First", accents, transliterations, slips of the pen, another name after a wedding,
another school, a school that is abbreviated or missing. Names are as unevenly common as in life: a few of the family
names are very common, most are rare. Everything follows from the seed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from examples.generator.names import FAMILY, GIVEN, SHORT_FORMS
from netofnets.resolution.records import RECORDS

NETWORKS = 12
_SYLLABLES = """
ba be bo bra da del do fa fer ga gra ha hol ka kel ko la lin lo ma mer mo na no pa per ra ro sa sel sto ta tor va ver wa
wil za
""".split()
_ENDS = "berg den er es feld ham ic ini kin ley man mann more nen ov ova sen ski son stad ton vic well wood".split()
_KINDS = ("Elementary School", "Middle School", "High School", "Academy", "Primary School")
_SHORT_KINDS = {
    "Elementary School": "Elem.",
    "Middle School": "MS",
    "High School": "HS",
    "Academy": "Acad.",
    "Primary School": "Primary",
}
_TITLES = ("Dr. ", "Ms ", "Mr. ", "Prof. ", "Mrs. ")


@dataclass(frozen=True)
class Rosters:
    """Rows of all rosters and, row by row, the number of the person."""

    records: pa.Table
    person: np.ndarray

    def pairs(self) -> int:
        """How many pairs of rows are of one person."""
        counts = np.bincount(self.person)
        return int((counts * (counts - 1) // 2).sum())


def rosters(rows: int, seed: int = 1) -> Rosters:
    """About ``rows`` rows of 12 networks; somebody in two of them has a row in each."""
    random = np.random.default_rng(seed)
    makers = _World(random, rows)
    table: list[tuple[str, ...]] = []
    person: list[int] = []
    number = 0
    while len(table) < rows:
        who = makers.person()
        several = 1 + int(random.choice(4, p=(0.55, 0.25, 0.14, 0.06)))
        for network in random.choice(NETWORKS, several, replace=False):
            table.append((f"row{len(table):07d}", f"network{network}", *makers.row(who), ""))
            person.append(number)
        number += 1
    columns = [pa.array(list(column), pa.string()) for column in zip(*table, strict=True)]
    return Rosters(pa.table(columns, schema=RECORDS), np.array(person))


@dataclass
class _Person:
    given: str
    middle: str
    family: str
    married: str
    school: str
    town: str
    region: str
    other_school: str
    other_town: str
    address: str
    private: str


class _World:
    """Names, towns and schools to draw people from."""

    def __init__(self, random: np.random.Generator, rows: int) -> None:
        self.random = random
        self.families = [*FAMILY, *sorted({self._surname() for _ in range(6000)})]
        self.givens = [*GIVEN, *SHORT_FORMS, *sorted({self._syllables(2).capitalize() for _ in range(300)})]
        self.family_share = _uneven(len(self.families), 15, random)
        self.given_share = _uneven(len(self.givens), 12, random)
        self.regions = [
            f"{self._syllables(2).capitalize()} {kind}" for kind in ("State", "Province") for _ in range(25)
        ]
        self.towns = [
            (self._syllables(3).capitalize(), str(random.choice(self.regions))) for _ in range(max(rows // 60, 30))
        ]
        self.schools = [self._school() for _ in range(max(rows // 12, 60))]

    def _syllables(self, count: int) -> str:
        return "".join(self.random.choice(_SYLLABLES, count))

    def _surname(self) -> str:
        return (self._syllables(int(self.random.integers(1, 3))) + str(self.random.choice(_ENDS))).capitalize()

    def _school(self) -> tuple[str, str, str]:
        town, region = self.towns[int(self.random.integers(len(self.towns)))]
        own = town if self.random.random() < 0.4 else self.families[int(self.random.integers(len(self.families)))]
        return f"{own} {self.random.choice(_KINDS)}", town, region

    def _given(self) -> str:
        return str(self.givens[int(self.random.choice(len(self.givens), p=self.given_share))])

    def _family(self) -> str:
        name = str(self.families[int(self.random.choice(len(self.families), p=self.family_share))])
        return name if self.random.random() > 0.04 else f"{name}-{self.random.choice(self.families)}"

    def person(self) -> _Person:
        random = self.random
        school, town, region = self.schools[int(random.integers(len(self.schools)))]
        other, there, _ = self.schools[int(random.integers(len(self.schools)))]
        if random.random() < 0.5:  # who changes schools often stays in town
            there, other = town, next((s for s, t, _ in self.schools[:400] if t == town and s != school), other)
        given, family = self._given(), self._family()
        married = self._family() if random.random() < 0.05 else ""
        plain = _ascii(f"{given}.{family}").lower().replace(" ", "")
        address = f"{plain}@{_ascii(school).lower().replace(' ', '-')}.example"
        private = f"{_ascii(given)[0].lower()}{_ascii(family).lower()}{random.integers(100)}@webmail.example"
        moved = random.random() < 0.10
        return _Person(
            given, self._given(), family, married, school, town, region, other if moved else "", there, address, private
        )

    def row(self, who: _Person) -> tuple[str, ...]:
        """Name, address, school, town and region as one roster has them."""
        random = self.random
        away = bool(who.other_school) and random.random() < 0.4
        school, town = (who.other_school, who.other_town) if away else (who.school, who.town)
        address = who.private if away or random.random() < 0.2 else who.address
        if random.random() < 0.01:
            address = _slip(random, address.partition("@")[0]) + "@" + address.partition("@")[2]
        return (
            self._written(who),
            address if random.random() < 0.62 else "",
            self._shortened(school) if random.random() > 0.12 else "",
            town if random.random() > 0.10 else "",
            who.region if random.random() > 0.05 else "",
        )

    def _written(self, who: _Person) -> str:
        random, given, family = self.random, who.given, who.family
        if who.married and random.random() < 0.5:
            family = who.married
        if given in SHORT_FORMS and random.random() < 0.3:
            given = SHORT_FORMS[given]
        elif random.random() < 0.07:
            given = given[0] + "."
        if random.random() < 0.05:
            given, family = (_slip(random, given), family) if random.random() < 0.4 else (given, _slip(random, family))
        if random.random() < 0.10:
            given += f" {who.middle[0]}." if random.random() < 0.7 else f" {who.middle}"
        if random.random() < 0.3:
            given, family = _ascii(given), _ascii(family)
        elif random.random() < 0.2:
            family = family.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
        if random.random() < 0.10:
            return f"{family}, {given}"
        name = f"{given} {family}"
        if random.random() < 0.06:
            name = str(random.choice(_TITLES)) + name
        return name.upper() if random.random() < 0.03 else name

    def _shortened(self, school: str) -> str:
        own, _, kind = school.partition(" ")
        drawn = self.random.random()
        if drawn < 0.12:
            return f"{own} {_SHORT_KINDS.get(kind, kind)}"
        if drawn < 0.18:
            return own
        return _slip(self.random, school) if drawn < 0.21 else school


def _uneven(count: int, shift: int, random: np.random.Generator) -> np.ndarray:
    """Shares that fall as 1 / (rank + shift), the ranks in random order."""
    share = 1.0 / (np.arange(count) + shift)
    share /= share.sum()
    return np.asarray(random.permutation(share))


def _slip(random: np.random.Generator, text: str) -> str:
    """One slip of the pen: a letter left out, doubled, replaced, or two that changed places."""
    if len(text) < 4:
        return text
    at = int(random.integers(1, len(text) - 1))
    kind = int(random.integers(4))
    letter = "aeinrst"[int(random.integers(7))]
    return (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )[kind]


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("ø", "o"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
