"""`wegweiser recht bestaetige`: write into rules which text they were checked against."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from wegweiser.cli.access import parse_day
from wegweiser.cli.completions import rule_ids
from wegweiser.cli.law import chosen, newest_day, nothing_there, rules_of, store_of
from wegweiser.cli.layout import paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.text import Text

__all__ = ["command"]


def confirm_rules(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="REGEL...", autocompletion=rule_ids)] = None,
    *,
    every: Annotated[bool, typer.Option("--alle", "--all")] = False,
    state: Annotated[str | None, typer.Option("--stand", "--state", metavar="JJJJ-MM-TT")] = None,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
) -> int:
    """Write the fingerprints of today's texts into rules; status 1 where one has no text."""
    from wegweiser.statutes.confirm import confirm

    settings: Settings = ctx.obj
    if every == bool(names):
        text = Text("bitte Regeln nennen oder --alle", "please name rules, or --all")
        raise UsageError(text, ctx.command_path)
    wanted = parse_day("--stand", state)
    rules = rules_of(settings)
    entries = chosen(rules.entries, names)
    store = store_of(folder)
    newest = newest_day(store)
    if newest is None:
        raise nothing_there(store)
    today = date.today()  # noqa: DTZ011 (the user's calendar)
    done = confirm(rules.folder, entries, store, wanted or newest, today)
    for entry, norm in done.missing:
        said = Text(f"kein Text für {norm}", f"no text for {norm}")
        write_error(f"{rules.folder / entry.file}:{entry.line}: {entry.id}: {settings.say(said)}")
    text = Text(
        f"{len(done.written)} eingetragen, {len(done.same)} unverändert, {len(done.missing)} ohne Text.",
        f"{len(done.written)} written, {len(done.same)} as before, {len(done.missing)} without text.",
    )
    settings.terminal.write("".join(f"{line}\n" for line in paragraph(settings.say(text), settings.terminal)))
    return int(bool(done.missing))


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(confirm_rules, name)
