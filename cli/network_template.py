"""The files of a new network: commented, and valid at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wegweiser.cli.settings import UsageError
from wegweiser.engine.errors import Fault, InputError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["template", "write_template"]

_NAME = re.compile(r"[a-z0-9_]+")

_NETWORK = """\
# {about}
netz: {name}                     # {same}
name: {{de: "Beispielnetz", en: "example network"}}
ort: {{bundesland: NI, orte: [Hannover]}}     # {place}
traeger: {{de: "Trägerverein", en: "supporting association"}}
rolle: {{de: "Koordination", en: "coordination"}}      # {role}
zeitraeume:                      # {spans}
  - {{von: {year}-01-01, bis: {later}-12-31, quelle: beschreibung, sicherheit: belegt}}
zielgruppe: {{aufenthaltsstatus: {{in: [duldung, aufenthaltsgestattung]}}}}     # {group}
eingang: erstgespraech           # {entry}
nachfolge: []                    # {successor}
regelstruktur:                   # {standard}
  - {{de: "Agentur für Arbeit", en: "employment agency"}}
  - {{de: "Jobcenter", en: "job centre"}}
geprueft_am: {today}          # {checked}
"""
_ENTRY = """\
# {offer}
name: {{de: "Erstgespräch", en: "first talk"}}
kategorie: beratung              # {category}
adressat: [ratsuchend]           # ratsuchend, arbeitgeber, akteur
zugang: offen                    # {access}
leistung: {{de: "Erste Beratung.", en: "First counselling."}}
rolle: {{de: "Beratung", en: "counselling"}}
rang: 1                          # {rank}
quelle: beschreibung
"""
_PLACEMENT = """\
name: {{de: "Vermittlung unter 25", en: "placement below 25"}}
kategorie: vermittlung
adressat: [ratsuchend]
zugang: platz
alter: {{unter: 25}}               # {age}
zielgruppe: netz                 # {netz}
leistung: {{de: "Vermittlung in Ausbildung.", en: "Placement into training."}}
rolle: {{de: "Vermittlung", en: "placement"}}
bezug: [taetigkeit.ausbildung_betrieblich]     # {law}
rang: 2
quelle: beschreibung
"""
_ROUTE = """\
# {route}
hinweise:
  - id: minderjaehrig
    when: {{alter: {{below: 18}}}}
    angebote: [vermittlung_u25]
    text:
      de: "Unter 18: Die Sorgeberechtigten müssen zustimmen."
      en: "Under 18: the legal guardians have to agree."
"""
_SOURCES = """\
# {sources}
quellen:
  beschreibung:
    titel: {{de: "Beschreibung des Netzes", en: "description of the network"}}
    gelesen_am: {today}
"""
_EXAMPLES = """\
# {examples}
examples:
  - name: "under 25, with a Duldung"
    given: {{wohnort: Hannover, geburtsdatum: {born}-03-01, aufenthaltsstatus: duldung}}
    expect:
      {year}-06-01: {{erstgespraech: frei, vermittlung_u25: ermessen}}
"""
_FILES = {
    "netz.yaml": _NETWORK,
    "angebote/erstgespraech.yaml": _ENTRY,
    "angebote/vermittlung_u25.yaml": _PLACEMENT,
    "weiterleitung.yaml": _ROUTE,
    "quellen.yaml": _SOURCES,
    "beispiele.yaml": _EXAMPLES,
}
_COMMENTS = {
    "about": Text(
        "Ein Netz. Kontakte sind Rollen und Stellen, nie Personen, Telefonnummern oder Mailadressen.",
        "A network. Contacts are roles and organisations, never persons, telephone numbers or addresses.",
    ),
    "same": Text("wie der Ordner", "as the folder"),
    "place": Text("ohne orte: das ganze Land", "without orte: the whole Land"),
    "role": Text("wer koordiniert: eine Rolle", "who coordinates: a role"),
    "spans": Text(
        "beide Tage gehören dazu; sicherheit: belegt, sekundaer, abgeleitet, annahme",
        "both days belong to it; sicherheit: belegt, sekundaer, abgeleitet, annahme",
    ),
    "group": Text("Bedingung wie in den Regeln", "a condition as in the rules"),
    "entry": Text("wo alle anfangen", "where everybody begins"),
    "successor": Text("was nach dem Ende kommt", "what comes after the end"),
    "standard": Text("wer es ohne das Netz macht", "who does the job without the network"),
    "checked": Text("nach zwölf Monaten wird gewarnt", "after twelve months there is a warning"),
    "offer": Text(
        "Ein Angebot; der Name der Datei ist der letzte Teil von programm.<netz>.<angebot>.",
        "An offer; the name of the file is the last part of programm.<network>.<offer>.",
    ),
    "category": Text(
        "oder coaching, vermittlung, qualifizierung, sprache, arbeitgeber, …",
        "or coaching, vermittlung, qualifizierung, sprache, arbeitgeber, …",
    ),
    "access": Text(
        "offen, platz (Träger entscheidet), einladung", "offen, platz (provider decides), einladung"
    ),
    "rank": Text("Reihenfolge im Weg: kleine Zahl zuerst", "order of the route: small number first"),
    "age": Text("ab: …, unter: …; Stufen ohne Lücke", "ab: …, unter: …; bands without a gap"),
    "netz": Text("die von netz.yaml, oder eine eigene", "that of netz.yaml, or one of its own"),
    "law": Text("Ziele, deren Recht dazu gezeigt wird", "targets whose law is shown with it"),
    "route": Text(
        "Hinweise auf dem Weg; gezeigt, wo die Bedingung sicher gilt. Sie verstecken kein Angebot.",
        "Remarks on the route, shown where the condition surely holds. They hide no offer.",
    ),
    "sources": Text("Woher jede Aussage stammt.", "Where every statement comes from."),
    "examples": Text(
        "Beispiele mit erwarteter Antwort; wegweiser netz pruefe rechnet sie nach.",
        "Examples with the answer expected; wegweiser networks check computes them.",
    ),
}


def template(name: str, today: date, lang: str) -> dict[str, str]:
    """The text of each file of a network that begins this year."""
    words = {key: text.get(lang) for key, text in _COMMENTS.items()}
    days = {"today": today.isoformat(), "year": today.year, "later": today.year + 2, "born": today.year - 20}
    return {file: text.format(name=name, **words, **days) for file, text in _FILES.items()}


def write_template(name: str, into: Path, today: date, settings: Settings) -> Path:
    """Write a new network below a folder; an existing one is never overwritten."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            Text(f"„{name}“: nur a-z, 0-9 und _ sind erlaubt", f"“{name}”: only a-z, 0-9 and _ are allowed")
        )
    folder = into / name
    try:
        folder.mkdir(parents=True)
        for file, text in template(name, today, settings.lang).items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    except FileExistsError as error:
        said = Text("gibt es schon; nichts wurde überschrieben", "exists already; nothing was overwritten")
        raise InputError([Fault(str(folder), None, None, None, said)]) from error
    except OSError as error:
        said = Text(f"kann nicht angelegt werden ({error.strerror})", f"cannot be made ({error.strerror})")
        raise InputError([Fault(str(folder), None, None, None, said)]) from error
    return folder
