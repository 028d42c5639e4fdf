"""`wegweiser regeln diff`: what differs between two rule books, and whose answers change."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import matching, parse_day
from wegweiser.cli.completions import target_names
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.revisions import rules_at
from wegweiser.cli.rules_profile import profile_text, write_examples
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.review.difference import Change, Comparison, Entry

__all__ = ["SCHEMA", "command"]

SCHEMA = "wegweiser.regeln_diff/1"
_PERSONS = 2000
_MOST = 100_000
_KINDS = {
    "rules": Text("Regel", "rule"),
    "derived": Text("Definition", "definition"),
    "lists": Text("Liste", "list"),
    "parameters": Text("Zahl", "number"),
    "targets": Text("Ziel", "target"),
    "relations": Text("Beziehung", "relation"),
    "facts": Text("Angabe", "fact"),
}
_WORDS = {
    "neu": Text("neu", "added"),
    "entfernt": Text("entfernt", "removed"),
    "anders": Text("anders", "changed"),
    "beispiel": Text("Beispiele", "examples"),
    "fall": Text("Fälle", "cases"),
    "bewiesen": Text("durch Beweis gefunden", "found by proof"),
    "generiert": Text("erfunden", "invented"),
}
_ENTRIES = Text("REGELN", "RULES")
_ANSWERS = Text("ANTWORTEN", "ANSWERS")
_SUMMARY = Text(
    "{} Einträge anders, {} Ziele betroffen; {} Personen gefragt, {} Arten von Änderungen.",
    "{} entries differ, {} targets concerned; {} persons asked, {} kinds of change.",
)
_BECAUSE = Text("wegen", "because of")
_SMALLEST = Text("kleinstes Profil ({}, {}): {}", "smallest profile ({}, {}): {}")


def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="ALT")],
    new: Annotated[str, typer.Argument(metavar="NEU")],
    *,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    persons: Annotated[str | None, typer.Option("--personen", "--persons", metavar="ZAHL")] = None,
    examples: Annotated[str | None, typer.Option("--beispiele", "--examples", metavar="ORDNER")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Compare two rule books."""
    import gc

    from wegweiser import engine
    from wegweiser.casebook.model import packaged_persons
    from wegweiser.engine.review.difference import compare_books
    from wegweiser.engine.review.population import Subject

    gc.enable()  # see start
    settings: Settings = ctx.obj
    day = parse_day("--am", on) or date.today()  # noqa: DTZ011 (the user's calendar)
    count = _number(persons)
    with ExitStack() as stack:
        folders = [stack.enter_context(rules_at(name)) for name in (old, new)]
        books = [engine.open_book(folder, settings.cache) for folder in folders]
        [book.examples for book in books]  # read while the folders are there
    names = list({**books[0].targets, **books[1].targets})
    wanted = matching(target, names, Text("Ziel", "target")) if target else None
    cases = [Subject("fall", *person) for person in packaged_persons()]
    found = compare_books(books[0], books[1], wanted, day=day, count=count, cases=cases)
    if examples is not None:
        profiles = [
            (f"{number:03}-{one.target}", _profile(one)) for number, one in enumerate(found.changes, 1)
        ]
        write_examples(Path(examples), profiles)
    _show(found, settings, json_output=json_output)
    return 1 if found.entries or found.changes else 0


def _number(raw: str | None) -> int:
    if raw is None:
        return _PERSONS
    if not raw.isdecimal() or int(raw) > _MOST:
        raise UsageError(
            Text(f"--personen: eine Zahl von 0 bis {_MOST}", f"--persons: a number from 0 to {_MOST}")
        )
    return int(raw)


def _show(found: Comparison, settings: Settings, *, json_output: bool) -> None:
    terminal = settings.terminal
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = [*map(_entry_json, found.entries), *map(_change_json, found.changes)]
        terminal.write(json_lines(documents, terminal))
        return
    lines: list[str] = []
    if found.entries:
        lines += heading(settings.say(_ENTRIES), terminal)
        for entry in found.entries:
            said = f"{settings.say(_WORDS[entry.change])}: {settings.say(_KINDS[entry.kind])} {entry.name}"
            lines += paragraph(said, terminal, "  ", "    ")
    if found.changes:
        lines += ["", *heading(settings.say(_ANSWERS), terminal)]
    for change in found.changes:
        counts = ", ".join(f"{settings.say(_WORDS[name])} {count}" for name, count in change.counts.items())
        lines += paragraph(f"{change.target}: {change.before} → {change.after}", terminal, "  ", "    ")
        causes = ", ".join(change.causes) or "–"
        lines += paragraph(f"{settings.say(_BECAUSE)} {causes} ({counts})", terminal, "    ", "      ")
        facts = ", ".join(f"{name}: {_said(value)}" for name, value in change.person.facts.items())
        smallest = settings.say(_SMALLEST).format(
            change.person.name, change.person.day.isoformat(), facts or "–"
        )
        lines += paragraph(smallest, terminal, "    ", "      ")
    if lines:
        lines.append("")
    numbers = (len(found.entries), len(found.targets), found.persons, len(found.changes))
    lines += paragraph(settings.say(_SUMMARY).format(*numbers), terminal)
    terminal.write("".join(line + "\n" for line in lines))


def _said(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "typ": "eintrag",
        "art": entry.kind,
        "eintrag": entry.name,
        "aenderung": entry.change,
    }


def _change_json(change: Change) -> dict[str, Any]:
    facts = {name: _plain(value) for name, value in change.person.facts.items()}
    return {
        "schema": SCHEMA,
        "typ": "antwort",
        "ziel": change.target,
        "vorher": change.before,
        "nachher": change.after,
        "wegen": list(change.causes),
        "personen": dict(change.counts),
        "beispiel": {"name": change.person.name, "stichtag": change.person.day.isoformat(), "angaben": facts},
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str | list) else str(value)


def _profile(change: Change) -> str:
    comments = [
        f"{change.target}: {change.before} → {change.after}",
        f"{', '.join(change.causes) or '–'}; {change.person.name}",
    ]
    return profile_text(comments, change.person.day, change.person.facts)


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(diff, name)
