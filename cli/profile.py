"""`wegweiser profil neu`: a profile to fill in, with every question, value and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from wegweiser.cli.access import book_of, matching, write_new
from wegweiser.cli.completions import target_names
from wegweiser.cli.layout import wrap
from wegweiser.cli.parsing import Command, Group, build, build_group
from wegweiser.cli.settings import Settings
from wegweiser.cli.yaml_flow import flow
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wegweiser.engine.answers import Reason
    from wegweiser.engine.book import Book
    from wegweiser.engine.vocabulary import Fact

__all__ = ["command", "filled", "template"]

_WIDTH = 96
"""Texts that YAML takes for nothing else: values of facts as the vocabulary spells them."""
_INTRO = (
    Text(
        "Profil für wegweiser. Ausfüllen: vor einer Zeile das # löschen, statt „unbekannt“ die Antwort.",
        "Profile for wegweiser. To fill in: delete the # before a line, answer in place of “unbekannt”.",
    ),
    Text(
        "Was fehlt oder „unbekannt“ ist, gilt als unbekannt, nicht als nein. Nur eintragen, was bekannt ist.",
        "What is absent or “unbekannt” counts as unknown, not as no. Enter only what is known.",
    ),
    Text(
        "„keine“ sagt von einem Datum: nicht geschehen. Daten als JJJJ-MM-TT; ja ist true, nein ist false.",
        "“keine” says of a date: it has not happened. Dates as YYYY-MM-DD; yes is true, no is false.",
    ),
    Text(
        "Keine Namen, Adressen oder Aktenzeichen. Prüfen: wegweiser check DATEI",
        "No names, addresses or file references. To check: wegweiser check FILE",
    ),
)
_HEAD = (
    (
        "fall",
        Text(
            "Bezeichnung nach Wahl, um den Fall wiederzufinden (kein Name)",
            "label of your choice to find the case again (no name)",
        ),
        "beispiel-1",
    ),
    (
        "stichtag",
        Text("Tag, für den geprüft wird; ohne Angabe heute", "day of the check; today where it is left out"),
        "JJJJ-MM-TT",
    ),
    ("notiz", Text("eigene Notiz; wird nie ausgegeben", "a note of your own; never printed"), "…"),
)
_STAYS = Text(
    "Statt der Angaben mit -seit: alle Aufenthaltszeiten, Tage einschließlich, die letzte ohne „bis“.",
    "In place of the facts with -seit: all periods of stay, days included, the last one without “bis”.",
)


class ProfileGroup(Group):
    """`wegweiser profil`."""

    entries: ClassVar = {"neu": "profile"}
    aliases: ClassVar = {"new": "neu"}


def template(book: Book, lang: str, names: set[str] | None = None) -> str:
    """The text of an empty profile; with `names` only these facts."""
    lines = [f"# {line.get(lang)}" for line in _INTRO]
    lines.append("")
    for name, purpose, example in _HEAD:
        lines += [f"# {purpose.get(lang)}", f"#{name}: {example}"]
    chosen = [fact for fact in book.vocabulary if names is None or fact.name in names]
    for topic in dict.fromkeys(fact.topic for fact in chosen):
        label = book.vocabulary.topic_label(topic).get(lang)
        lines += ["", f"# ---- {label} ".ljust(_WIDTH, "-")]
        for fact in chosen:
            if fact.topic == topic:
                lines += ["", *_entry(book, fact, lang)]
    return "\n".join(lines) + "\n"


def filled(book: Book, entries: Mapping[str, Any], lang: str) -> str:
    """The text of a profile with what is told, in the order of the vocabulary, each with its question."""
    lines = [f"# {_INTRO[0].get(lang)}", f"# {_INTRO[-1].get(lang)}", ""]
    lines += [f"{name}: {flow(entries[name])}" for name, _, _ in _HEAD if name in entries]
    for fact in book.vocabulary:
        if fact.name in entries:
            lines += ["", *wrap(fact.question.get(lang), _WIDTH, "# ", "#   ")]
            lines.append(f"{fact.name}: {flow(entries[fact.name])}")
    return "\n".join(lines) + "\n"


def _entry(book: Book, fact: Fact, lang: str) -> Iterator[str]:
    """Question, values, paper, and the line to fill in."""
    from wegweiser.cli.facts_text import silence

    texts = [fact.question.get(lang)]
    if fact.typ == "liste":
        texts.append(_STAYS.get(lang))
    if fact.hint is not None:
        texts.append(fact.hint.get(lang))
    if fact.evidence is not None:
        texts.append(f"{Text('Nachweis', 'Paper').get(lang)}: {fact.evidence.get(lang)}")
    unsaid = silence(book, fact)
    if unsaid is not None:
        texts.append(f"{Text('Ohne Angabe', 'Untold').get(lang)}: {unsaid.get(lang)}")
    for text in texts:
        yield from wrap(text, _WIDTH, "# ", "#   ")
    for value, label in fact.value_labels.items():
        yield from wrap(f"{value}: {label.get(lang)}", _WIDTH, "#   ", "#       ")
    if fact.typ == "liste":
        yield f"#{fact.name}:"
        yield "#  - {status: aufenthaltsgestattung, von: 2025-03-01, bis: 2026-01-31}"
        yield "#  - {status: duldung, von: 2026-02-01}"
    else:
        yield f"#{fact.name}: unbekannt"


def _facts_for(book: Book, targets: list[str]) -> set[str]:
    """The facts that rules on targets read, those behind definitions and other targets included."""
    found: set[str] = set()
    reached: set[str] = set()
    queue = list(targets)
    cards = list(book.rule_cards())
    while queue:
        target = queue.pop()
        if target in reached:
            continue
        reached.add(target)
        for card in cards:
            if target in card.ziele and card.condition is not None:
                _gather(card.condition, found, queue)
    return found & set(book.vocabulary.names)


def _gather(reason: Reason, found: set[str], queue: list[str]) -> None:
    if reason.kind == "fact":
        found.add(reason.name)
    elif reason.kind == "conclusion" and "." in reason.name:
        queue.append(reason.name)
    for child in reason.children:
        _gather(child, found, queue)


def new(
    ctx: typer.Context,
    *,
    output: Annotated[str | None, typer.Option("--ausgabe", "--output", "-o", metavar="DATEI")] = None,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
) -> int:
    """Print or write an empty profile; an existing file is never overwritten."""
    settings: Settings = ctx.obj
    book = book_of(settings)
    names = None
    if target:
        names = _facts_for(book, matching(target, list(book.targets), Text("Ziel", "target")))
    text = template(book, settings.lang, names)
    if output is None:
        settings.terminal.write(text)
        return 0
    write_new(output, text)
    said = Text(
        f"{output} angelegt. Prüfen: wegweiser check {output}",
        f"{output} made. To check: wegweiser check {output}",
    )
    settings.terminal.write(settings.terminal.clean(settings.say(said)) + "\n")
    return 0


def command(name: str) -> Command | Group:
    """The group `profil` or its command, for the lazy groups."""
    if name == "neu":
        return build(new, name)
    return build_group(ProfileGroup, name)
