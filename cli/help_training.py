"""The help of `wegweiser training`."""

from __future__ import annotations

from collections.abc import Mapping

from wegweiser.cli.help_entry import Help
from wegweiser.engine.text import Text

__all__ = ["TRAINING_HELP"]

TRAINING_HELP: Mapping[str, Help] = {
    "training": Help(
        Text(
            "stellt eine Übung aus dem Fallbuch: Ampel, Norm, fehlende Angabe, Tag, erster Schritt. Jede "
            "Antwort wird für sich bewertet; danach gibt es Varianten. Nichts wird gespeichert.",
            "gives an exercise from the casebook: light, norm, missing fact, day, first step. Each answer is "
            "graded by itself; then there are variants. Nothing is stored.",
        ),
        (
            ("wegweiser training", Text("irgendein Fall", "any case")),
            ("wegweiser training 17", Text("dieser Fall", "this case")),
            (
                "wegweiser training --thema ausbildung --niveau 2 --seed 7",
                Text("immer derselbe dieser Auswahl", "always the same one of these"),
            ),
            (
                "wegweiser training --faelle ordner/ --ergebnis auswertung.txt",
                Text("eigene Fälle; Auswertung aufheben", "your own cases; keep the grades"),
            ),
            (
                "wegweiser training 17 --blatt blatt.pdf --loesung",
                Text(
                    "auf Papier, mit Lösung; mehr kann wegweiser blatt",
                    "on paper, with the solution; more by wegweiser sheet",
                ),
            ),
        ),
        {
            "name": Text("Nummer oder id eines Falls", "number or id of a case"),
            "theme": Text("nur dieses Thema", "only this theme"),
            "level": Text("nur dieses Niveau", "only this level"),
            "seed": Text(
                "dieselbe Zahl gibt dieselbe Übung mit denselben Varianten",
                "the same number gives the same exercise with the same variants",
            ),
            "folders": Text(
                "Ordner mit eigenen Fällen; nur daraus wird gefragt, mehrfach möglich",
                "a folder of your own cases; only they are asked, may be given several times",
            ),
            "paper": Text(
                "stattdessen ein Blatt: .md, .html, .pdf, .xml (Moodle) oder .csv; mehr: wegweiser blatt",
                "a sheet instead: .md, .html, .pdf, .xml (Moodle) or .csv; more: wegweiser sheet",
            ),
            "exam": Text("eine Prüfung mit so vielen Fällen", "an exam with so many cases"),
            "solution": Text("das Blatt mit Lösungen", "the sheet with solutions"),
            "write": Text(
                "die Auswertung auch in diese neue Datei schreiben", "write the grades into this new file too"
            ),
        },
    ),
}
