"""What `wegweiser frage` says at a question: the question, what can be answered, and why it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.conditions_text import leaves
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.interview import Interview
    from wegweiser.engine.vocabulary import Fact

__all__ = ["help_lines", "intro_lines", "question_lines", "why_lines"]

_COLUMN = 6
_INTRO = Text(
    "Fragen zu einer Person; keine Namen, nichts wird gespeichert. Jederzeit: „w“ weiß nicht · „warum?“ · "
    "„hilfe“ · „zurück“ · „stopp“ zeigt das Ergebnis bis dahin.",
    "Questions about a person; no names, nothing is stored. At any time: “w” not known · “why?” · “help” · "
    "“back” · “stop” shows the result so far.",
)
_COUNT = Text("Frage {} · offen: {} von {}", "Question {} · open: {} of {}")
_JUDGED = Text(
    "Das beurteilt die Behörde. Nur antworten, wenn ihre Entscheidung bekannt ist; sonst „w“.",
    "The authority judges it. Answer only if its decision is known; otherwise “w”.",
)
_KINDS = {
    "bool": Text("ja · nein", "yes · no"),
    "wahl": Text("Nummer oder Wort", "number or word"),
    "zahl": Text("ganze Zahl", "whole number"),
    "geld": Text("Betrag in Euro, zum Beispiel 2.500,50", "amount in euros, for example 2,500.50"),
    "land": Text(
        "Land mit zwei Buchstaben (SY, AF …), staatenlos oder ungeklärt",
        "country in two letters (SY, AF …), stateless or undetermined",
    ),
    "ort": Text("Name des Ortes (ohne Straße)", "name of the place (no street)"),
    "norm": Text(
        "Vorschrift wie im Papier, zum Beispiel 25 Abs. 2", "section as in the paper, for example 25 Abs. 2"
    ),
}
_DAY = Text("TT.MM.JJJJ", "YYYY-MM-DD or DD.MM.YYYY")
_DAY_OR_NONE = Text("TT.MM.JJJJ, oder „keine“: nicht geschehen", "YYYY-MM-DD, or “none”: it has not happened")
_HELP = Text(
    "Antworten: {}. „w“ oder „?“: weiß nicht. „warum?“: wofür es gebraucht wird. „zurück“: die vorige Frage "
    "noch einmal, beliebig oft. „stopp“ oder Strg+D: Ergebnis bis hierher.",
    "Answers: {}. “w” or “?”: not known. “why?”: what it is needed for. “back”: the question before once "
    "more, as often as you like. “stop” or Ctrl+D: the result so far.",
)


def intro_lines(settings: Settings) -> list[str]:
    """What somebody has to know before the first question."""
    return [*paragraph(settings.say(_INTRO), settings.terminal), ""]


def _kind(fact: Fact) -> Text:
    if fact.typ == "datum":
        return _DAY if fact.always else _DAY_OR_NONE
    return _KINDS[fact.typ]


def question_lines(book: Book, fact: Fact, now: Interview, number: int, settings: Settings) -> list[str]:
    """A question with what can be answered."""
    lang, terminal = settings.lang, settings.terminal
    count = _COUNT.get(lang).format(number, len(now.open), len(now.targets))
    topic = book.vocabulary.topic_label(fact.topic).get(lang)
    lines = heading(f"{count} · {topic}", terminal)
    lines += paragraph(fact.question.get(lang), terminal)
    if fact.judged_by is not None:
        lines += paragraph(_JUDGED.get(lang), terminal)
    for place, label in enumerate(fact.value_labels.values(), 1):
        lines += entry(f"{place:2}", label.get(lang), terminal, _COLUMN)
    return [*lines, *paragraph(f"({_kind(fact).get(lang)})", terminal)]


def help_lines(fact: Fact, settings: Settings) -> list[str]:
    """What the fact means, and what can be typed."""
    lang, terminal = settings.lang, settings.terminal
    lines = [] if fact.hint is None else paragraph(fact.hint.get(lang), terminal, "  ")
    if fact.evidence is not None:
        paper = f"{Text('Steht in', 'Found in').get(lang)}: {fact.evidence.get(lang)}"
        lines += paragraph(paper, terminal, "  ", "    ")
    return lines + paragraph(_HELP.get(lang).format(_kind(fact).get(lang)), terminal, "  ")


def why_lines(book: Book, fact: Fact, now: Interview, settings: Settings) -> list[str]:
    """The open targets that depend on a fact, by which norms, and the paper that it stands on."""
    from wegweiser import engine

    lang, terminal = settings.lang, settings.terminal
    targets = now.depending(fact.name)
    lines = paragraph(Text("Davon hängt noch ab:", "On this still depends:").get(lang), terminal, "  ")
    for answer in engine.check(book, now.profile, targets).answers:
        reading = [
            norm
            for rule in answer.proof.rules
            if any(leaf.name == fact.name and leaf.truth is None for leaf in leaves(rule.condition))
            for norm in rule.normen
        ]
        norms = ", ".join(dict.fromkeys(reading))
        label = book.targets[answer.ziel].label.get(lang)
        lines += paragraph(f"{label} ({norms})" if norms else label, terminal, "  - ", "    ")
    if fact.evidence is not None:
        paper = f"{Text('Steht in', 'Found in').get(lang)}: {fact.evidence.get(lang)}"
        lines += paragraph(paper, terminal, "  ", "    ")
    return lines
