"""`wegweiser fakten [NAME]`: what can be told about a person, and the paper that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of
from wegweiser.cli.completions import fact_names
from wegweiser.cli.facts_text import silence
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.vocabulary import Fact

__all__ = ["TYPES", "command"]

_COLUMN = 16

TYPES = {
    "datum": Text("Datum (JJJJ-MM-TT), keine oder unbekannt", "date (YYYY-MM-DD), keine or unbekannt"),
    "bool": Text("true (ja), false (nein) oder unbekannt", "true, false or unbekannt"),
    "zahl": Text("ganze Zahl", "whole number"),
    "geld": Text("Betrag in Euro", "amount in euros"),
    "wahl": Text("einer der Werte", "one of the values"),
    "land": Text(
        "Land mit zwei Buchstaben (SY, AF …), staatenlos oder ungeklaert",
        "country in two letters (SY, AF …), staatenlos or ungeklaert",
    ),
    "ort": Text("Name des Ortes", "name of the place"),
    "norm": Text(
        'Vorschrift in Anführungszeichen, zum Beispiel "§ 25 Abs. 2"',
        'section in quotes, for example "§ 25 Abs. 2"',
    ),
    "liste": Text("Liste", "list"),
}
_ALWAYS = Text("Datum (JJJJ-MM-TT) oder unbekannt", "date (YYYY-MM-DD) or unbekannt")


def facts(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", autocompletion=fact_names)] = None,
    *,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """List all facts, or explain one."""
    settings: Settings = ctx.obj
    book = book_of(settings)
    vocabulary = book.vocabulary
    if name is not None and name not in vocabulary:
        unknown = vocabulary.unknown_name(name)
        raise UsageError(Text(f"{name}: {unknown.de}", f"{name}: {unknown.en}"), ctx.command_path)
    chosen = [vocabulary.fact(name)] if name is not None else list(vocabulary)
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = (_document(fact, settings.lang) for fact in chosen)
        settings.terminal.write(json_lines(documents, settings.terminal))
    elif name is not None:
        settings.terminal.write(_page(book, chosen[0], settings))
    else:
        settings.terminal.write(_list(book, chosen, settings))
    return 0


def _document(fact: Fact, lang: str) -> dict[str, Any]:
    return {
        "name": fact.name,
        "thema": fact.topic,
        "typ": fact.typ,
        "text": fact.label.get(lang),
        "frage": fact.question.get(lang),
        "nachweis": fact.evidence.get(lang) if fact.evidence is not None else None,
        "hinweis": fact.hint.get(lang) if fact.hint is not None else None,
        "werte": {value: label.get(lang) for value, label in fact.value_labels.items()},
        "aenderbar": fact.aenderbar,
    }


def _list(book: Book, chosen: list[Fact], settings: Settings) -> str:
    from wegweiser.cli.tables import table

    lang, terminal = settings.lang, settings.terminal
    heads = [Text("ANGABE", "FACT"), Text("BEDEUTUNG", "MEANING"), Text("TYP", "TYPE")]
    parts = []
    for topic in dict.fromkeys(fact.topic for fact in chosen):
        title = "\n".join(heading(book.vocabulary.topic_label(topic).get(lang).upper(), terminal))
        rows = [[fact.name, fact.label.get(lang), fact.typ] for fact in chosen if fact.topic == topic]
        parts.append(title + "\n" + table([head.get(lang) for head in heads], rows, terminal))
    more = Text("Eine Angabe im Einzelnen: wegweiser fakten NAME", "One fact in detail: wegweiser facts NAME")
    return "\n".join([*parts, "\n".join(paragraph(more.get(lang), terminal)) + "\n"])


def _page(book: Book, fact: Fact, settings: Settings) -> str:
    lang, terminal = settings.lang, settings.terminal
    kind = _ALWAYS if fact.always else TYPES[fact.typ]
    unsaid = silence(book, fact)
    usual = book.vocabulary.show_value(fact, fact.ueblich) if fact.ueblich is not None else None
    entries: list[tuple[Text, Text | None]] = [
        (Text("Frage", "Question"), fact.question),
        (Text("Antwort", "Answer"), kind),
        *((Text(value, value), label) for value, label in fact.value_labels.items()),
        (Text("Nachweis", "Paper"), fact.evidence),
        (Text("Erklärung", "Explanation"), fact.hint),
        (Text("Ohne Angabe", "Untold"), unsaid),
        (Text("Üblich", "Usual"), usual),
    ]
    if fact.judged_by is not None:
        judged = Text(
            "Das beurteilt die Behörde; es wird nie vermutet.",
            "The authority judges it; it is never inferred.",
        )
        entries.append((Text("Urteil", "Judgement"), judged))
    if fact.aenderbar:
        change = Text(
            "ja: ein Schritt von Person, Beratung oder Betrieb",
            "yes: a step of the person, the adviser or the employer",
        )
        entries.append((Text("Änderbar", "Can change"), change))
    title = f"{fact.name} · {fact.label.get(lang)} · {book.vocabulary.topic_label(fact.topic).get(lang)}"
    lines = heading(title, terminal)
    for label, text in entries:
        if text is not None:
            indent = 2 if label.de in fact.value_labels else 0
            lines += entry(label.get(lang), text.get(lang), terminal, _COLUMN, indent)
    return "\n".join(lines) + "\n"


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(facts, name)
