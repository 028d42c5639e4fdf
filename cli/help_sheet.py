"""The help of `wegweiser blatt`."""

from __future__ import annotations

from collections.abc import Mapping

from wegweiser.cli.help_entry import Help
from wegweiser.engine.text import Text

__all__ = ["SHEET_HELP"]

SHEET_HELP: Mapping[str, Help] = {
    "blatt": Help(
        Text(
            "macht aus Fällen ein Blatt zum Ausdrucken oder eine Prüfung: Markdown, HTML, PDF, Moodle-XML "
            "oder CSV, je nach dem Namen der Datei. PDF braucht das Zusatzpaket pdf.",
            "makes a sheet to print or an exam from cases: Markdown, HTML, PDF, Moodle XML or CSV, "
            "by the name of the file. PDF needs the extra pdf.",
        ),
        (
            ("wegweiser blatt 14", Text("ein Fall, als Markdown", "one case, as Markdown")),
            (
                "wegweiser blatt 14 17 -o blatt.pdf",
                Text("für Teilnehmende, zum Drucken", "for participants, to print"),
            ),
            (
                "wegweiser blatt 14 17 --loesung -o loesung.pdf",
                Text("dazu die Lösung", "and the solution"),
            ),
            (
                "wegweiser blatt --pruefung 6 --seed 7 -o blatt.html",
                Text("Prüfung mit 6 Fällen", "an exam with 6 cases"),
            ),
            (
                "wegweiser blatt --thema ausbildung -o moodle.xml",
                Text("Fragen für Moodle", "questions for Moodle"),
            ),
        ),
        {
            "names": Text("Fälle, mit Nummer oder id", "cases, by number or id"),
            "theme": Text("nur Fälle zu diesem Thema", "only cases of this theme"),
            "level": Text("nur Fälle dieses Niveaus", "only cases of this level"),
            "count": Text("höchstens so viele Fälle", "at most so many cases"),
            "exam": Text(
                "eine Prüfung mit so vielen Fällen, gemischt und mit Punkten, leichte zuerst",
                "an exam with so many cases, mixed and with points, the easy ones first",
            ),
            "seed": Text(
                "mischt die Fälle; dieselbe Zahl gibt dasselbe Blatt",
                "mixes the cases; the same number gives the same sheet",
            ),
            "solution": Text(
                "das Blatt für Trainerinnen und Trainer: Antwort, Norm, typischer Fehler",
                "the trainer's sheet: answer, norm, typical mistake",
            ),
            "output": Text(
                "Datei, die es noch nicht gibt: .md, .html, .pdf, .xml (Moodle) oder .csv",
                "a file that is not there yet: .md, .html, .pdf, .xml (Moodle) or .csv",
            ),
            "folders": Text("dazu die Fälle eines eigenen Ordners", "also the cases of a folder of your own"),
        },
    ),
}
