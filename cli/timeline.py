"""`wegweiser zeitplan`: on which days which answer changes if only time passes, and why."""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import attempt, book_of, matching, parse_day, read_source, write_new
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.schedules import Schedule

__all__ = ["command"]

_TARGET = Text("Ziel", "target")


def timeline(
    ctx: typer.Context,
    profile: Annotated[str | None, typer.Argument(metavar="PROFIL")] = None,
    *,
    until: Annotated[str | None, typer.Option("--bis", "--until", metavar="JJJJ-MM-TT")] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    calendar: Annotated[str | None, typer.Option("--ics", metavar="DATEI")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Show the timeline of one profile, or write it as JSON or as a calendar."""
    settings: Settings = ctx.obj
    path = ctx.command_path
    if not profile:
        raise UsageError(
            Text("es fehlt die Datei mit dem Profil", "the file with the profile is missing"), path
        )
    if json_output and calendar == "-":
        raise UsageError(
            Text("--json und „--ics -“ gehen nicht zusammen", "--json and “--ics -” do not go together"), path
        )
    last, day = parse_day("--bis", until), parse_day("--am", on)
    book = book_of(settings)
    targets = matching(target, list(book.targets), _TARGET) if target else None
    if calendar is not None:
        from wegweiser.cli.timeline_calendar import require_library

        require_library(path)
    gc.enable()  # see start
    found = attempt(profile, settings, lambda: _scheduled(book, settings, profile, targets, day, last))
    if found is None:
        return 1
    told, schedule = found
    if last is not None and last < schedule.day:
        text = Text(
            f"--bis {last}: liegt vor dem ersten Tag {schedule.day}",
            f"--until {last}: lies before the first day {schedule.day}",
        )
        raise UsageError(text, path)
    if calendar is not None:
        _write_calendar(book, schedule, calendar, settings)
    if json_output:
        from wegweiser.cli.json_out import json_lines
        from wegweiser.cli.timeline_json import schedule_json

        document = schedule_json(schedule, profile, told.fall, settings.lang)
        settings.terminal.write(json_lines([document], settings.terminal))
    elif calendar != "-":
        from wegweiser.cli.timeline_page import timeline_page

        chart = sys.stdout is not None and sys.stdout.isatty()
        settings.terminal.write(timeline_page(book, told, schedule, settings, chart=chart))
    return 0


def _scheduled(
    book: Book,
    settings: Settings,
    name: str,
    targets: list[str] | None,
    day: date | None,
    last: date | None,
) -> tuple[Profile, Schedule]:
    from wegweiser import engine

    source = read_source(name, settings)
    told = engine.read_profile(source, name, book, today=date.today(), day=day)  # noqa: DTZ011 (the user's calendar)
    return told, engine.schedule(book, told, targets, until=last)


def _write_calendar(book: Book, schedule: Schedule, name: str, settings: Settings) -> None:
    """Write the calendar to standard output, or to a file that is not there yet."""
    from wegweiser.cli.timeline_calendar import calendar_text

    text = calendar_text(book, schedule, settings.lang, datetime.now(UTC))
    if name == "-":
        _write_bytes(text, settings)
        return
    write_new(name, text)
    said = Text(f"{name} angelegt (Kalender)", f"{name} made (calendar)")
    write_error(settings.say(said))


def _write_bytes(text: str, settings: Settings) -> None:
    """A calendar is UTF-8 with its own line ends, whatever the terminal is."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        settings.terminal.write(text)
        return
    from wegweiser.cli.terminal import OutputClosedError

    try:
        sys.stdout.flush()
        stream.write(text.encode())
        stream.flush()
    except BrokenPipeError as error:
        raise OutputClosedError from error


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(timeline, name)
