"""Words for what the engine answers: outcomes, reasons, lights, dates, in both languages."""

from __future__ import annotations

from datetime import date

from wegweiser.engine.text import Text

__all__ = [
    "APPROVAL",
    "GRUND",
    "LIGHTS",
    "NOTE_KINDS",
    "OUTCOMES",
    "amount",
    "cited",
    "command_words",
    "day",
    "enumerate_words",
    "number_of",
    "numbered",
    "period",
]

OUTCOMES = {
    "frei": Text("frei", "free"),
    "anspruch": Text("Anspruch", "entitled"),
    "soll": Text("Soll", "as a rule"),
    "ermessen": Text("Ermessen", "discretion"),
    "noch_nicht": Text("noch nicht", "not yet"),
    "nein": Text("nein", "no"),
    "unklar": Text("offen", "open"),
    "offen": Text("offen", "open"),
}
"""How binding an answer is, short enough for a column."""

GRUND = {
    "verbot": Text("verboten", "forbidden"),
    "voraussetzung_fehlt": Text("Voraussetzung fehlt", "condition not met"),
    "nicht_noetig": Text("nicht nötig", "not needed"),
    "beendet": Text("beendet", "ended"),
    "adressat": Text("nicht für diese Person", "not for this person"),
    "ort": Text("nicht an diesem Ort", "not at this place"),
    "alter": Text("Alter passt nicht", "age does not fit"),
    "angabe_fehlt": Text("Angaben fehlen", "facts are missing"),
    "nicht_behandelt": Text("noch nicht im Regelwerk", "not in the rule book yet"),
    "vor_rechtsstand": Text("vor dem Rechtsstand des Regelwerks", "before the coverage of the rule book"),
}

LIGHTS = {
    "gruen": Text("GRÜN", "GREEN"),
    "gelb": Text("GELB", "YELLOW"),
    "rot": Text("ROT", "RED"),
    "offen": Text("OFFEN", "OPEN"),
    "nichts": Text("–", "–"),
}

APPROVAL = {
    "erforderlich": Text("mit Zustimmung der BA", "with approval of the BA"),
    "nicht_erforderlich": Text("ohne Zustimmung der BA", "without approval of the BA"),
    "unklar": Text("Zustimmung der BA offen", "approval of the BA open"),
}
"""BA: Bundesagentur für Arbeit."""

NOTE_KINDS = {
    "rechtsfrage": Text("Offene Rechtsfrage", "Open legal question"),
    "gefahr": Text("ACHTUNG", "WARNING"),
    "hinweis": Text("Hinweis", "Note"),
}

_UNITS = {
    "Y": (Text("Jahr", "year"), Text("Jahre", "years")),
    "M": (Text("Monat", "month"), Text("Monate", "months")),
    "W": (Text("Woche", "week"), Text("Wochen", "weeks")),
    "D": (Text("Tag", "day"), Text("Tage", "days")),
}


def day(value: date, lang: str) -> str:
    """A date as the language writes it."""
    return value.isoformat() if lang == "en" else f"{value.day:02}.{value.month:02}.{value.year:04}"


def period(text: str, lang: str) -> str:
    """An ISO 8601 duration in words: `P3M` is "3 Monate"."""
    parts, number = [], ""
    for letter in text.removeprefix("P"):
        if letter.isdigit():
            number += letter
        elif letter in _UNITS and number:
            one, many = _UNITS[letter]
            parts.append(f"{int(number)} {(one if int(number) == 1 else many).get(lang)}")
            number = ""
        else:
            return text
    return " ".join(parts) if parts and not number else text


def amount(value: float, lang: str) -> str:
    """An amount in euros."""
    shown = f"{value:,.2f}".removesuffix(".00")
    return f"EUR {shown}" if lang == "en" else f"{shown.translate(str.maketrans(',.', '.,'))} Euro"


def number_of(count: int, one: Text, many: Text, lang: str) -> str:
    """A number with its noun."""
    return f"{count} {(one if count == 1 else many).get(lang)}"


def enumerate_words(words: list[str], lang: str, last: Text | None = None) -> str:
    """`a, b und c`."""
    joint = (last or Text("und", "and")).get(lang)
    *most, final = words or [""]
    return f"{', '.join(most)} {joint} {final}" if most else final


def numbered(numbers: list[int], lang: str) -> str:
    """Numbers of targets with runs drawn together: `Nr. 1, 3–5`."""
    parts: list[str] = []
    start = 0
    for index in range(1, len(numbers) + 1):
        if index < len(numbers) and numbers[index] == numbers[index - 1] + 1:
            continue
        first, *middle, last = [numbers[start], *numbers[start + 1 : index - 1], numbers[index - 1]]
        parts += [f"{first}–{last}"] if middle else [str(number) for number in dict.fromkeys((first, last))]
        start = index
    return f"{Text('Nr.', 'no.').get(lang)} {', '.join(parts)}"


def cited(text: str, *norms: str) -> str:
    """A sentence with its norms in brackets, those left out that it names itself."""
    missing = [norm for norm in norms if norm and norm not in text]
    if not missing:
        return text
    start = text.rstrip(".")
    joint = "; " if start.endswith(")") else " ("
    return f"{start.removesuffix(')')}{joint}{', '.join(missing)})."


_ENGLISH = {
    "nebenbestimmung": "entry",
    "zeitplan": "timeline",
    "--bis": "--until",
    "vergleich": "compare",
    "bestand": "caseload",
    "zuordnen": "map",
    "bestand.csv": "caseload.csv",
    "bestand.xlsx": "caseload.xlsx",
    "zuordnung.yaml": "mapping.yaml",
    "antworten.csv": "answers.csv",
    "antworten.parquet": "answers.parquet",
    "zahlen.svg": "counts.svg",
    "--zuordnung": "--mapping",
    "--ausgabe": "--output",
    "--naechstes": "--nearest",
    "--bild": "--picture",
    "--zeilen": "--lines",
    "frage": "interview",
    "--schreibe": "--write",
    "was-waere-wenn": "what-if",
    "--setze": "--set",
    "--hoechstens": "--at-most",
    "--mit": "--with",
    '"FAKT=WERT"': '"FACT=VALUE"',
    "FAKT=WERT": "FACT=VALUE",
    "PROFIL": "PROFILE",
    "ZIEL": "TARGET",
    "regel": "rule",
    "regeln": "rules",
    "fakten": "facts",
    "ziele": "targets",
    "profil": "profile",
    "netz": "networks",
    "fall": "case",
    "blatt": "sheet",
    "blatt.pdf": "sheet.pdf",
    "blatt.html": "sheet.html",
    "loesung.pdf": "solution.pdf",
    "--loesung": "--solution",
    "--niveau": "--level",
    "--anzahl": "--count",
    "--pruefung": "--exam",
    "liste": "list",
    "lauf": "run",
    "abdeckung": "coverage",
    "--faelle": "--cases",
    "--thema": "--theme",
    "FALL...": "CASE...",
    "[FALL...]": "[CASE...]",
    "THEMA": "THEME",
    "zeige": "show",
    "pruefe": "check",
    "--netze": "--networks",
    "--fuer": "--for",
    "--nach": "--to",
    "ROLLE": "ROLE",
    "neu": "new",
    "fall.yaml": "case.yaml",
    "--warum": "--why",
    "--warum=2": "--why=2",
    "--ziel": "--target",
    "--am": "--date",
    "PROFIL...": "PROFILE...",
    "DATEI": "FILE",
    "ORDNER": "FOLDER",
    "JJJJ-MM-TT": "YYYY-MM-DD",
    "[ZIEL|NR]": "[TARGET|NO]",
    "NR": "NO",
    "ZAHL": "NUMBER",
    "--alle": "--all",
    "recht": "law",
    "FALL": "CASE",
    "ordner/": "folder/",
    "auswertung.txt": "grades.txt",
    "--ergebnis": "--result",
    "--blatt": "--sheet",
    "stand": "state",
    "aenderungen": "changes",
    "bestaetige": "confirm",
    "--ablage": "--store",
    "--stand": "--state",
    "DATEI...": "FILE...",
    "REGEL...": "RULE...",
    "ALT": "OLD",
    "NEU": "NEW",
    "alt.zip": "old.zip",
    "neu.zip": "new.zip",
    "texte/": "texts/",
    "--beispiele": "--examples",
    "--personen": "--persons",
    "[REGELWERK...]": "[RULEBOOK...]",
    "neue_regeln": "new_rules",
    "faelle": "cases",
}


def command_words(command: str, lang: str) -> str:
    """A command line as somebody of the language would type it."""
    if lang != "en":
        return command
    return " ".join(_ENGLISH.get(word, word) for word in command.split(" "))
