"""`wegweiser was-waere-wenn`: what other facts would change, and which changes open a target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import book_of, matching, parse_day, read_source
from wegweiser.cli.changes import read_changes
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.whatif_case import Case
    from wegweiser.engine.book import Book

__all__ = ["LARGEST", "command"]

LARGEST = 5
"""Steps that a search can be asked for; each takes several times as long as the one before."""
_TARGET = Text("Ziel", "target")
_SET = Text("--setze", "--set")


def what_if(
    ctx: typer.Context,
    profile: Annotated[str | None, typer.Argument(metavar="PROFIL")] = None,
    *,
    change: Annotated[list[str] | None, typer.Option("--setze", "--set", metavar="FAKT=WERT")] = None,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="ZIEL", autocompletion=target_names)
    ] = None,
    most: Annotated[str | None, typer.Option("--hoechstens", "--at-most", metavar="ZAHL")] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    everything: Annotated[bool, typer.Option("--alle", "--all")] = False,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Compare the answers with those for other facts, or search for changes that open a target."""
    settings: Settings = ctx.obj
    path = ctx.command_path
    if not profile:
        raise UsageError(
            Text("es fehlt die Datei mit dem Profil", "the file with the profile is missing"), path
        )
    if not change and not target:
        text = Text(
            "es fehlt, was anders sein soll: --setze FAKT=WERT, oder --ziel ZIEL für die Wege dorthin",
            "what is to be different is missing: --set FACT=VALUE, or --target TARGET for the ways there",
        )
        raise UsageError(text, path)
    steps = _steps(most, path)
    day = parse_day("--am", on)
    book = book_of(settings)
    changes = read_changes(change or [], _SET, book, path)
    targets = matching(target or [], list(book.targets), _TARGET)
    case = _case(book, settings, profile, changes, targets, day, steps)
    if json_output:
        from wegweiser.cli.json_out import json_lines
        from wegweiser.cli.whatif_json import what_if_json

        text_out = json_lines([what_if_json(book, case, profile, settings.lang)], settings.terminal)
    else:
        from wegweiser.cli.whatif_page import what_if_page

        text_out = what_if_page(book, case, settings, everything=everything)
    settings.terminal.write(text_out)
    return 0


def _steps(most: str | None, path: str) -> int:
    """How many steps a way may have."""
    from wegweiser.engine.whatif import MOST

    if most is None:
        return MOST
    if not most.isascii() or not most.isdigit() or not 1 <= int(most[:9]) <= LARGEST:
        text = Text(
            f"--hoechstens „{most}“: erwartet wird eine Zahl von 1 bis {LARGEST}",
            f"--at-most “{most}”: expected is a number from 1 to {LARGEST}",
        )
        raise UsageError(text, path)
    return int(most)


def _case(
    book: Book,
    settings: Settings,
    name: str,
    changes: dict[str, str],
    targets: list[str],
    day: date | None,
    steps: int,
) -> Case:
    """The answers as told and as changed, and the ways from there."""
    from wegweiser import engine
    from wegweiser.cli.whatif_case import Case

    source = read_source(name, settings)
    told = engine.read_profile(source, name, book, today=date.today(), day=day)  # noqa: DTZ011 (the user's calendar)
    before = engine.check(book, told, targets or None)
    changed, after = told, before
    if changes:
        changed = engine.change_profile(source, told, changes, _SET.get(settings.lang), book)
        after = engine.check(book, changed, targets or None)
    ways = tuple(engine.find_ways(book, changed, one, steps, usual=True) for one in targets)
    return Case(told, changed, before, after, changes, ways, steps, more=min(steps + 1, LARGEST))


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(what_if, name)
