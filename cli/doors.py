"""`wegweiser` without arguments: three doors, and what is behind each today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.words import command_words
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["doors_page"]

_INTRO = Text(
    "wegweiser sagt für eine Person in Deutschland, welche Arbeit und Ausbildung das Recht erlaubt, "
    "ab wann und warum. Offline; es speichert nichts.",
    "wegweiser tells for one person in Germany which work and training the law allows, from when and "
    "why. Offline; it stores nothing.",
)
_DOORS = (
    (
        Text("BERATUNG  Ich berate eine Person.", "ADVICE  I advise a person."),
        (
            (
                "wegweiser profil neu -o fall.yaml",
                Text("Vorlage zum Ausfüllen anlegen", "make a template to fill in"),
            ),
            (
                "wegweiser check fall.yaml",
                Text(
                    "prüfen: kurze Antwort, Ziele, Gründe, was fehlt",
                    "check: short answer, targets, reasons, what is missing",
                ),
            ),
            (
                "wegweiser bestand bestand.csv",
                Text(
                    "viele Personen auf einmal: wer hat jetzt ein Recht, wer bald",
                    "many people at once: who has a right now, who soon",
                ),
            ),
            (
                "wegweiser was-waere-wenn fall.yaml --ziel ZIEL",
                Text("welche Schritte ein Ziel öffnen", "which steps open a target"),
            ),
            (
                "wegweiser fakten",
                Text(
                    "welche Angaben es gibt und welches Papier sie belegt",
                    "which facts there are, and the papers that prove them",
                ),
            ),
        ),
    ),
    (
        Text(
            "BETRIEB  Ich möchte jemanden einstellen oder ausbilden.",
            "EMPLOYER  I want to hire or train someone.",
        ),
        (
            (
                "wegweiser arbeitgeber",
                Text(
                    "Fragen zum Papier beantworten: darf die Person anfangen, und was ist zu tun?",
                    "answer questions on the document: may the person start, and what has to be done?",
                ),
            ),
            (
                "wegweiser arbeitgeber fall.yaml --checkliste",
                Text("Pflichten und Fristen zum Ablegen", "duties and deadlines to file away"),
            ),
        ),
    ),
    (
        Text(
            "TRAINING  Ich möchte das Recht lernen oder lehren.",
            "TRAINING  I want to learn or teach the law.",
        ),
        (
            (
                "wegweiser training",
                Text(
                    "eine Übung: Ampel, Norm, erster Schritt; mit Auswertung und Varianten",
                    "an exercise: light, norm, first step; with grades and variants",
                ),
            ),
            (
                "wegweiser regeln",
                Text("alle Regeln mit Vorschrift und Zeitraum", "all rules with their norm and period"),
            ),
            (
                "wegweiser regel ID",
                Text(
                    "eine Regel mit Voraussetzungen und Beispielen",
                    "one rule with conditions and examples",
                ),
            ),
        ),
    ),
)
_HELP = Text(
    "Hilfe: wegweiser --help · in English: wegweiser --lang en",
    "Help: wegweiser --help · auf Deutsch: wegweiser --lang de",
)


def doors_page(settings: Settings) -> str:
    """What to begin with."""
    lang, terminal = settings.lang, settings.terminal
    lines = paragraph(_INTRO.get(lang), terminal)
    for door, commands in _DOORS:
        lines += ["", *heading(door.get(lang), terminal)]
        for command, purpose in commands:
            lines += entry(command_words(command, lang), purpose.get(lang), terminal, 48)
    return "\n".join([*lines, "", *paragraph(_HELP.get(lang), terminal)]) + "\n"
