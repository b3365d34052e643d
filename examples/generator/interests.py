"""The interests of the example: their usual wording and the domain of teacher leadership that each belongs to."""

from __future__ import annotations

__all__ = ["DOMAINS", "INTERESTS"]

# Short names of the seven domains of the Teacher Leader Model Standards (2011).
DOMAINS: dict[str, str] = {
    "I": "Fostering a collaborative culture",
    "II": "Accessing and using research",
    "III": "Promoting professional learning",
    "IV": "Facilitating improvements in instruction",
    "V": "Promoting the use of assessments and data",
    "VI": "Improving outreach to families and community",
    "VII": "Advocating for student learning and the profession",
}

INTERESTS: dict[str, str] = {
    name: domain
    for domain, names in {
        "I": "team teaching; critical friends; peer observation; distributed leadership; online communities",
        "II": "action research; reading research together; evidence reviews; lesson study",
        "III": "mentoring new teachers; instructional coaching; micro-credentials; study groups; workshop design",
        "IV": (
            "early literacy; storytelling; read-aloud; reading volunteers; multigrade teaching; place-based learning; "
            "project-based learning; outdoor learning; hands-on science; field science; school gardens; "
            "citizen science; programming; robotics; maker spaces; bilingual education; home languages; "
            "inclusive education; universal design for learning; neurodiversity; social and emotional learning; "
            "trauma-informed teaching; restorative practice; distance learning; music in class; "
            "mathematics talk; boat schools; travelling schools"
        ),
        "V": "formative assessment; student portfolios; reading fluency checks; data teams",
        "VI": (
            "family literacy; family partnerships; home visits; libraries and schools; community schools; "
            "school transport; interfaith dialogue; global citizenship; virtual exchange"
        ),
        "VII": (
            "education policy; hybrid roles; teacher voice; small-school funding; teacher retention; "
            "writing for the public"
        ),
    }.items()
    for name in names.split("; ")
}
