"""`wegweiser regel ID`: the card of a rule, with everything that the rule book says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import book_of
from wegweiser.cli.completions import rule_ids
from wegweiser.cli.conditions_text import condition_rows
from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.rules import in_force, result
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.words import NOTE_KINDS, OUTCOMES, amount, cited, day
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.cards import RuleCard

__all__ = ["command"]

_COLUMN = 16
_KINDS = {
    "regel": Text("Regel", "rule"),
    "definition": Text("Definition", "definition"),
    "liste": Text("Liste", "list"),
    "parameter": Text("Zahl", "number"),
}
_EVERY = Text("allen anderen Regeln dieser Ziele", "all other rules on these targets")
_RELATIONS = (
    ("ausnahme_von", Text("Ausnahme von", "Exception to")),
    ("geht_vor", Text("Geht vor", "Prevails over")),
    ("hebt_auf", Text("Hebt auf", "Lifts")),
)


def rule(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="ID", autocompletion=rule_ids)] = None,
) -> int:
    """Print all versions of one rule, definition, list or parameter."""
    settings: Settings = ctx.obj
    if name is None:
        raise UsageError(Text("es fehlt die ID einer Regel", "the id of a rule is missing"), ctx.command_path)
    book = book_of(settings)
    every = list(book.rule_cards())
    cards = [card for card in every if card.id == name]
    if not cards:
        text = Text(f"Regel „{name}“ gibt es nicht", f"there is no rule “{name}”")
        raise UsageError(did_you_mean(text, name, dict.fromkeys(card.id for card in every)), ctx.command_path)
    pages = [_Card(book, settings, card, every).page() for card in cards]
    settings.terminal.write("\n".join(pages))
    return 0


class _Card:
    """The page of one version."""

    def __init__(self, book: Book, settings: Settings, card: RuleCard, every: list[RuleCard]) -> None:
        self.book = book
        self.terminal = settings.terminal
        self.lang = settings.lang
        self.card = card
        self.every = every
        self.lines: list[str] = []

    def page(self) -> str:
        """What it is, what it concludes, how it stands to others, what it asks for."""
        card, lang = self.card, self.lang
        self.lines += heading(
            f"{card.id} · {_KINDS[card.art].get(lang)} · {', '.join(card.normen)}", self.terminal
        )
        if card.because is not None:
            self.lines += paragraph(card.because.get(lang), self.terminal)
        self.lines.append("")
        self.entry(Text("Gilt", "In force"), in_force(card, lang))
        if card.art == "regel":
            self.entry(Text("Ergebnis", "Result"), result(card, lang))
        self.entry(
            Text("Ziele", "Targets"), ", ".join(fact_label(self.book, name, lang) for name in card.ziele)
        )
        self.relations()
        self.conditions()
        self.values()
        self.notes()
        for number, example in enumerate(card.examples):
            self.entry(Text("", "") if number else Text("Beispiele", "Examples"), example)
        if card.geprueft_am is not None:
            said = Text(
                f"am Text des Gesetzes, {day(card.geprueft_am, 'de')}",
                f"against the text of the act, {day(card.geprueft_am, 'en')}",
            )
            self.entry(Text("Geprüft", "Checked"), said.get(lang))
        self.entry(Text("Stelle", "Place"), f"{card.file}:{card.line}")
        return "\n".join(self.lines) + "\n"

    def entry(self, label: Text, text: str) -> None:
        """A line with a label, where there is anything to say."""
        if text:
            self.lines += entry(label.get(self.lang), text, self.terminal, _COLUMN, 0)

    def relations(self) -> None:
        """The rules that it names, and those that name it."""
        for attribute, label in _RELATIONS:
            names = [
                _EVERY.get(self.lang) if name == "all" else name for name in getattr(self.card, attribute)
            ]
            self.entry(label, ", ".join(names))
        back = {
            Text("Ausnahmen dazu", "Its exceptions"): "ausnahme_von",
            Text("Ihr geht vor", "Gives way to"): "geht_vor",
            Text("Aufgehoben von", "Lifted by"): "hebt_auf",
        }
        for label, attribute in back.items():
            ids = dict.fromkeys(card.id for card in self.every if self.card.id in getattr(card, attribute))
            self.entry(label, ", ".join(ids))

    def conditions(self) -> None:
        """What is asked for, as a tree."""
        rows = condition_rows(self.book, self.card.condition, self.lang, card=True)
        if rows:
            self.lines += paragraph(f"{Text('Voraussetzungen', 'Conditions').get(self.lang)}:", self.terminal)
        for row in rows:
            indent = "  " * (row.depth + 1)
            text = f"{row.label} {row.value}".strip()
            self.lines += paragraph(f"- {text}", self.terminal, indent, indent + "  ")

    def values(self) -> None:
        """Entries of a list, an amount with its source, or the cases of a definition."""
        card = self.card
        kind = self.book.data["parameters"].get(card.id, {}).get("typ")
        shown = [amount(value, self.lang) if kind == "geld" else str(value) for value in card.values]
        self.entry(Text("Werte", "Values"), ", ".join(shown))
        self.entry(Text("Quelle", "Source"), card.source or "")

    def notes(self) -> None:
        """Open questions, dangers, remarks."""
        for note in self.card.notes:
            text = cited(note.text.get(self.lang), note.norm)
            if note.andere_lesart:
                other = OUTCOMES.get(note.andere_lesart)
                reading = other.get(self.lang) if other is not None else note.andere_lesart
                text += Text(" Andere Lesart: {}.", " Other reading: {}.").get(self.lang).format(reading)
            self.entry(NOTE_KINDS[note.art], text)


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(rule, name)
