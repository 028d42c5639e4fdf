"""The help of `wegweiser fall`."""

from __future__ import annotations

from collections.abc import Mapping

from wegweiser.cli.help_entry import Help
from wegweiser.engine.text import Text

__all__ = ["CASE_HELP"]

_FOLDERS = Text(
    "Ordner mit eigenen Fällen; mehrfach möglich", "a folder of your own cases; may be given several times"
)
_THEME = Text("nur dieses Thema", "only this theme")
_LEVEL = Text("nur dieses Niveau", "only this level")
_JSON = Text("ein JSON-Dokument je Zeile, für Programme", "one JSON document a line, for programs")
_DAY = Text(
    "dazu: was an diesem Tag anders wäre als am Tag des Falls",
    "in addition: what would differ on this day from the day of the case",
)

CASE_HELP: Mapping[str, Help] = {
    "fall": Help(
        Text(
            "das Fallbuch: Fälle, die zugleich Test, Übung und Prüfung sind. Die erwarteten Antworten "
            "sind aus dem Gesetz geschrieben.",
            "the casebook: cases that are test, lesson and exam in one. The expected answers are "
            "written from the law.",
        ),
        (
            ("wegweiser fall liste", Text("alle Fälle", "all cases")),
            ("wegweiser fall zeige 17", Text("ein Fall mit Lösung", "a case with its solution")),
            ("wegweiser fall neu fatima.yaml -o neu.yaml", Text("einen Fall beginnen", "begin a case")),
        ),
    ),
    "fall liste": Help(
        Text("zählt die Fälle auf, nach Themen.", "lists the cases, by theme."),
        (
            ("wegweiser fall liste", Text("alle", "all")),
            ("wegweiser fall liste --thema ausbildung --niveau 1", Text("eine Auswahl", "some of them")),
        ),
        {"theme": _THEME, "level": _LEVEL, "folders": _FOLDERS, "json_output": _JSON},
    ),
    "fall zeige": Help(
        Text(
            "zeigt einen Fall: Geschichte, Angaben, erwartete Antworten mit Norm, Hinweise, Irrtum.",
            "shows a case: story, facts, expected answers with their norm, hints, typical mistake.",
        ),
        (("wegweiser fall zeige 17", Text("nach der Nummer", "by its number")),),
        {
            "names": Text("Nummer oder id eines Falls", "number or id of a case"),
            "folders": _FOLDERS,
            "json_output": _JSON,
        },
    ),
    "fall lauf": Help(
        Text(
            "lässt Fälle laufen: stimmt, was sie erwarten? Rückgabewert 1, wenn nicht.",
            "runs cases: does what they expect hold? Exit status 1 if not.",
        ),
        (
            ("wegweiser fall lauf", Text("alle", "all")),
            (
                "wegweiser fall lauf 17 --am 2027-07-01",
                Text("und an einem anderen Tag", "and on another day"),
            ),
        ),
        {
            "names": Text("Nummer oder id eines Falls; sonst alle", "number or id of a case; otherwise all"),
            "theme": _THEME,
            "level": _LEVEL,
            "on": _DAY,
            "folders": _FOLDERS,
        },
    ),
    "fall neu": Help(
        Text(
            "legt aus einem Profil einen Fall an. Die Antworten bleiben leer: sie kommen aus dem Gesetz, "
            "nicht aus dem Programm.",
            "makes a case of a profile. The answers are left blank: they come from the law, not from "
            "the program.",
        ),
        (
            (
                "wegweiser fall neu fatima.yaml -o mein_fall.yaml --ziel 'aufenthalt.ausbildungs*'",
                Text("mit Fragen zu einem Ziel", "with questions on one target"),
            ),
            ("wegweiser fall pruefe mein_fall.yaml", Text("nennt, was noch fehlt", "names what is missing")),
        ),
        {
            "profile": Text(
                "Datei mit dem Profil; - für die Standardeingabe",
                "file with the profile; - for standard input",
            ),
            "output": Text(
                "die neue Datei; eine vorhandene bleibt, wie sie ist",
                "the new file; an existing one is left alone",
            ),
            "target": Text("nach welchen Zielen gefragt wird", "which targets are asked for"),
            "on": Text(
                "Tag des Falls; sonst der des Profils, sonst heute",
                "day of the case; otherwise that of the profile, otherwise today",
            ),
        },
    ),
    "fall pruefe": Help(
        Text(
            "prüft Fälle: jede Datei, jeden Namen, jede Antwort. Rückgabewert 1, wenn etwas falsch ist.",
            "checks cases: every file, every name, every answer. Exit status 1 where anything is wrong.",
        ),
        (
            ("wegweiser fall pruefe", Text("das Fallbuch", "the casebook")),
            ("wegweiser fall pruefe mein_ordner", Text("eigene Fälle", "your own cases")),
            (
                "wegweiser fall pruefe --am 2027-07-01",
                Text(
                    "welche Fälle eine Änderung des Rechts trifft",
                    "which cases a change of the law makes wrong",
                ),
            ),
        ),
        {
            "folder": Text(
                "Ordner oder Datei mit Fällen; sonst das Fallbuch",
                "folder or file of cases; otherwise the casebook",
            ),
            "on": _DAY,
        },
    ),
    "fall abdeckung": Help(
        Text(
            "sagt, welche Ziele kein Fall mit Ja oder Nein entscheidet und welche Regeln nirgends greifen. "
            "Rückgabewert 1, wenn etwas fehlt.",
            "says which targets no case decides yes or no and which rules fire nowhere. Exit status 1 where "
            "anything is missing.",
        ),
        (("wegweiser fall abdeckung", Text("das Fallbuch", "the casebook")),),
        {"folders": _FOLDERS, "json_output": _JSON},
    ),
}
