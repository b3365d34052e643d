"""Two made-up rosters as organizers have them: the export of a web form, and a semicolon file in cp1252."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.workbooks import xlsx

__all__ = ["IN_BOTH", "write_form", "write_list"]

QUESTIONS = (
    "Timestamp",
    "What is your full name?",
    "Email address",
    "Name of your school",
    "City",
    "Which topics are you interested in? (Tick all that apply)",
    "What can you offer to others?",
    "What would you like to learn?",
    "When did you join?",
    "May we share your answers?",
)
HEADERS = ("Vorname", "Nachname", "E-Mail", "Schule", "Ort", "Themen", "Beitrittsdatum")

# As the form says it, and as the list does: short forms, accents, a title, an initial, a hyphen, a slip, a marriage.
IN_BOTH = (
    ("Katharina Weiß", "Kathi", "Weiß", "Gymnasium am Berg", "Linz"),
    ("Robert Müller", "Bob", "Müller", "Neue Schule", "Graz"),
    ("Dr. María Gómez", "Maria", "Gomez", "Volksschule Süd", "Wien"),
    ("Anna-Lena Schmidt", "Anna Lena", "Schmidt", "Gesamtschule Nord", "Bremen"),
    ("Johannes Gruber", "J.", "Gruber", "Mittelschule Hall", "Hall"),
    ("Elisabeth Huber", "Elisabeth", "Huber", "Gymnasium am See", "Bregenz"),
    ("Christina Lindner", "Christina", "Lindnr", "Realschule West", "Passau"),
    ("Sabine Koch", "Sabine", "Koch-Berger", "Grundschule Ost", "Jena"),
)
FORM_ONLY = (("Nora Brandt", "Neue Schule", "Graz"), ("Tom Fuchs", "Kolleg Mitte", "Salzburg"))
LIST_ONLY = (("Jürgen", "Groß", "Lyzeum Alt", "Krems"), ("Petra", "Ziegler", "Schule am Park", "Ulm"))


def write_form(folder: Path) -> Path:
    """The export of a web form: questions as headers, several answers in a cell."""
    people = [(name, school, place) for name, _, _, school, place in IN_BOTH] + list(FORM_ONLY)
    rows = [
        (
            f"2026-10-{day:02} 09:30:00",
            name,
            f"teacher{day}@form.example",
            school,
            place,
            "Inclusion;Reading aloud" if day % 2 else "Coding;Maths;Reading aloud",
            "Reading mentors" if day % 3 else "",
            "Coding",
            f"2024-02-{day:02}",
            "Yes",
        )
        for day, (name, school, place) in enumerate(people, start=1)
    ]
    path = folder / "Reading Circle (Responses).xlsx"
    path.write_bytes(xlsx({"Form Responses 1": [QUESTIONS, *rows]}))
    return path


def write_list(folder: Path) -> Path:
    """A list that an older program wrote: semicolons, cp1252, days as in Germany."""
    people = [*((first, last, school, place) for _, first, last, school, place in IN_BOTH), *LIST_ONLY]
    lines = [";".join(HEADERS)]
    for day, (first, last, school, place) in enumerate(people, start=11):
        lines.append(f"{first};{last};member{day}@list.example;{school};{place};Inklusion, Lesen;{day}.09.2023")
    path = folder / "Lesenetz_Mitglieder_2026.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path
