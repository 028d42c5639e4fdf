"""`wegweiser recht import`: official files, or folders of sections, into the user's store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import parse_day, unreadable
from wegweiser.cli.law import rules_of, store_of
from wegweiser.cli.layout import paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.words import day
from wegweiser.engine.errors import Fault, InputError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.statutes.acts import Acts
    from wegweiser.statutes.texts import Snapshot

__all__ = ["command", "read_texts"]


def read_texts(name: str, acts: Acts, until: date | None = None) -> list[Snapshot]:
    """The states of acts in a file or folder; raises InputError with every fault.

    `until` is the day on which a folder was last brought up to date.
    """
    path = Path(name)
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(name, error, (".xml", ".zip")) from error
    if path.is_dir():
        from wegweiser.statutes.folders import read_folder

        return read_folder(path, acts, until)
    from wegweiser.statutes.xmlfiles import read_xml

    return read_xml(path, acts)


def import_texts(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="DATEI...")] = None,
    *,
    state: Annotated[str | None, typer.Option("--stand", "--state", metavar="JJJJ-MM-TT")] = None,
    folder: Annotated[str | None, typer.Option("--ablage", "--store", metavar="ORDNER")] = None,
) -> int:
    """Read everything that is named, then keep it; a fault anywhere keeps nothing."""
    settings: Settings = ctx.obj
    if not names:
        raise UsageError(Text("es fehlt eine Datei", "a file is missing"), ctx.command_path)
    until = parse_day("--stand", state)
    acts = rules_of(settings).acts
    faults: list[Fault] = []
    found: list[tuple[Snapshot, str]] = []
    for name in names:
        try:
            found += [(one, Path(name).name or name) for one in read_texts(name, acts, until)]
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    store = store_of(folder)
    store.add(found, datetime.now(UTC))
    settings.terminal.write("".join(f"{line}\n" for line in _lines(found, acts, settings)))
    return 0


def _lines(found: list[tuple[Snapshot, str]], acts: Acts, settings: Settings) -> list[str]:
    """One line for each act: its states, and whether any rule can cite it."""
    lines: list[str] = []
    by_act: dict[str, list[Snapshot]] = {}
    for one, _ in found:
        by_act.setdefault(one.act, []).append(one)
    for act, states in sorted(by_act.items()):
        first, last = min(one.day for one in states), max(one.day for one in states)
        newest = next(one for one in states if one.day == last)
        text = Text(
            f"{act}: Stand {day(last, 'de')}, {len(newest.sections)} Vorschriften",
            f"{act}: state of {day(last, 'en')}, {len(newest.sections)} sections",
        )
        if len(states) > 1:
            text = Text(
                f"{text.de}; {len(states)} Stände ab {day(first, 'de')}",
                f"{text.en}; {len(states)} states from {day(first, 'en')}",
            )
        if act not in acts:
            text = Text(
                f"{text.de}; in acts.yaml des Regelwerks unbekannt",
                f"{text.en}; not in the rule book's acts.yaml",
            )
        lines += paragraph(settings.say(text), settings.terminal, "", "  ")
    return lines


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(import_texts, name)
