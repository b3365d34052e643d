"""The register that all rosters point at: networks and their families, partners, partnerships, interests."""

from __future__ import annotations

from examples.generator.credentials import CREDENTIALS
from examples.generator.draw import Draw
from examples.generator.interests import DOMAINS, INTERESTS
from examples.generator.networks import GAP, ISLAND, NETWORKS, PENDANT, Plan
from examples.generator.places import TOWN_ENDS, TOWN_STARTS
from examples.generator.tables import Office, draw_for, encoded, rows_with_mistakes

__all__ = ["PARTNERS", "READING_FUND", "register_files"]

READING_FUND = "P01"  # supports both networks of the gap, and so stands between them already
_SHARED_PARTNERS = (
    ("Brambletree Reading Fund", "foundation", "Canada"),
    ("Larkmere University School of Education", "university", "United States"),
    ("Fallowbrook School District", "district", "United States"),
    ("Heronford City Council", "district", "United Kingdom"),
    ("Quillhollow Publishing Cooperative", "company", "Portugal"),
    ("Copperfield Point Science Museum", "museum", "United States"),
    ("Sedgewick Teacher Training College", "university", "Kenya"),
    ("Silverbank Savings Foundation", "foundation", "South Africa"),
)
_KINDS = (("School District", "district"), ("Foundation", "foundation"), ("College of Education", "university"))
_BRINGS = ("funding", "rooms", "hosting", "research", "release time", "travel grants")
_ALIASES = {
    "family literacy": "family reading; reading at home",
    "early literacy": "beginning reading",
    "social and emotional learning": "SEL",
    "universal design for learning": "UDL",
    "project-based learning": "PBL",
    "programming": "coding",
}


def _partners() -> dict[str, tuple[str, str, str]]:
    """Partner code to name, kind and country: the shared ones and 16 small ones."""
    draw = Draw(4711)
    names = list(_SHARED_PARTNERS)
    for place in range(16):
        ending, kind = _KINDS[place % 3]
        names.append((f"{TOWN_STARTS[3 * place]}{draw.pick(TOWN_ENDS)} {ending}", kind, "United States"))
    return {f"P{number:02d}": partner for number, partner in enumerate(names, start=1)}


PARTNERS: dict[str, tuple[str, str, str]] = _partners()


def register_files() -> dict[str, bytes]:
    """File name to bytes for the four tables."""
    partners = [[code, *facts, f"https://{code.lower()}.partners.example/"] for code, facts in PARTNERS.items()]
    interests = [[name, DOMAINS[domain], _ALIASES.get(name, "")] for name, domain in INTERESTS.items()]
    credentials = [[c.name, c.issuer, f"{c.about} (Made up.)"] for c in CREDENTIALS]
    headers = ("id", "name", "kind", "about", "page", "confidential", "part of", "works on")
    return {
        "networks.csv": _table("networks.csv", headers, [_network(network) for network in NETWORKS]),
        "partners.csv": _table("partners.csv", ("code", "partner", "kind", "country", "page"), partners),
        "partnerships.csv": _table("partnerships.csv", ("network", "partner", "brings", "since"), _partnerships()),
        "credentials.csv": _table("credentials.csv", ("credential", "issued by", "what it shows"), credentials),
        "interests.csv": _table("interests.csv", ("interest", "domain", "also called"), interests),
    }


def _table(file: str, headers: tuple[str, ...], rows: list[list[str]]) -> bytes:
    return encoded(rows_with_mistakes(file, headers, rows), Office())


def _network(network: Plan) -> list[str]:
    page = f"https://{network.id}.example/"
    about = f"{network.about} (A made-up network.)"
    confidential = "yes" if network.sensitive else ""
    return [
        network.id,
        network.name,
        network.kind,
        about,
        page,
        confidential,
        network.part_of,
        "; ".join(network.focus),
    ]


def _partnerships() -> list[list[str]]:
    """One to three partners for each network, none for island and pendant; the reading fund for the gap alone."""
    draw = draw_for("partnerships.csv")
    others = [code for code in PARTNERS if code != READING_FUND]
    rows: list[list[str]] = []
    for network in NETWORKS:
        if network.id in (ISLAND, PENDANT):
            continue
        chosen = draw.sample(others, draw.between(1, 3))
        chosen = [READING_FUND, *chosen[:1]] if network.id in GAP else chosen
        rows += [[network.id, code, draw.pick(_BRINGS), f"{draw.between(2014, 2024)}-09-01"] for code in chosen]
    return rows
