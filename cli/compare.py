"""`wegweiser vergleich`: two ways side by side, or one with other facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of, matching, parse_day, read_source
from wegweiser.cli.changes import read_changes
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.compare_page import Column
    from wegweiser.engine.book import Book

__all__ = ["MOST", "SCHEMA", "command"]

SCHEMA = "wegweiser.vergleich/1"
MOST = 4
"""Columns of one comparison."""
_TARGET = Text("Ziel", "target")
_WITH = Text("--mit", "--with")


def compare(
    ctx: typer.Context,
    profile: Annotated[str | None, typer.Argument(metavar="PROFIL")] = None,
    *,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="ZIEL", autocompletion=target_names)
    ] = None,
    change: Annotated[list[str] | None, typer.Option("--mit", "--with", metavar="FAKT=WERT")] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Answer for two to four targets, or for one as it is and with changed facts."""
    settings: Settings = ctx.obj
    path = ctx.command_path
    if not profile:
        raise UsageError(
            Text("es fehlt die Datei mit dem Profil", "the file with the profile is missing"), path
        )
    day = parse_day("--am", on)
    book = book_of(settings)
    changes = read_changes(change or [], _WITH, book, path)
    names = list(book.targets)
    targets = list(
        dict.fromkeys(one for pattern in target or [] for one in matching([pattern], names, _TARGET))
    )
    if len(targets) < 2 and not changes:  # noqa: PLR2004 (a comparison has two sides)
        text = Text(
            "zum Vergleichen fehlt etwas: ein zweites --ziel, oder --mit FAKT=WERT",
            "something to compare with is missing: a second --target, or --with FACT=VALUE",
        )
        raise UsageError(text, path)
    count = max(len(targets), 1) * (2 if changes else 1)
    if count > MOST:
        text = Text(
            f"das wären {count} Spalten; vergleichen lassen sich {MOST} (jedes Ziel zählt mit --mit doppelt)",
            f"that would be {count} columns; {MOST} can be compared (with --with each target counts twice)",
        )
        raise UsageError(text, path)
    columns = _columns(book, settings, profile, targets, changes, day)
    if json_output:
        from wegweiser.cli.json_out import json_lines

        text_out = json_lines([_document(columns, profile, changes, settings.lang)], settings.terminal)
    else:
        from wegweiser.cli.compare_page import compare_page

        text_out = compare_page(book, columns, settings)
    settings.terminal.write(text_out)
    return 0


def _columns(
    book: Book,
    settings: Settings,
    name: str,
    targets: list[str],
    changes: dict[str, str],
    day: date | None,
) -> list[Column]:
    """Each target as it is, and beside it with the changes; the main target where none is named."""
    from wegweiser import engine
    from wegweiser.cli.answer_text import main_answer
    from wegweiser.cli.compare_page import Column

    source = read_source(name, settings)
    told = engine.read_profile(source, name, book, today=date.today(), day=day)  # noqa: DTZ011 (the user's calendar)
    reports = [(told, engine.check(book, told, targets or None), False)]
    if changes:
        other = engine.change_profile(source, told, changes, _WITH.get(settings.lang), book)
        reports.append((other, engine.check(book, other, targets or None), True))
    wanted = targets or [main_answer(reports[0][1], told).ziel]
    return [
        Column(profile, report, next(one for one in report.answers if one.ziel == ziel), changed)
        for ziel in wanted
        for profile, report, changed in reports
    ]


def _document(columns: list[Column], name: str, changes: dict[str, str], lang: str) -> dict[str, Any]:
    from wegweiser.cli.json_out import answer_json

    first = columns[0]
    receipt = first.report.receipt
    results = [answer_json(column.answer, lang) for column in columns]
    return {
        "schema": SCHEMA,
        "profil": name,
        "fall": first.profile.fall,
        "stichtag": first.report.day.isoformat(),
        "beleg": {
            "regelwerk": receipt.regelwerk,
            "hash": receipt.hash,
            "rechtsstand": receipt.rechtsstand.isoformat(),
        },
        "mit": changes,
        "spalten": [
            {"geaendert": column.changed, "fakten": column.report.receipt.fakten, "ergebnis": result}
            for column, result in zip(columns, results, strict=True)
        ],
        "unterschiede": [
            key for key in results[0] if key != "ziel" and any(one[key] != results[0][key] for one in results)
        ],
    }


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(compare, name)
