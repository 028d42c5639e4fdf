"""`wegweiser frage`: led to an answer by questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import (
    book_of,
    check_new,
    matching,
    networks_of,
    parse_day,
    read_source,
    write_new,
)
from wegweiser.cli.completions import target_names
from wegweiser.cli.dialogue import open_input
from wegweiser.cli.layout import paragraph
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.interview_session import Session
    from wegweiser.engine.book import Book
    from wegweiser.engine.interview import Interview
    from wegweiser.engine.networks import Networks

__all__ = ["command"]

_TARGET = Text("Ziel", "target")
_SAVE = Text(
    "Als Profil aufheben? Name der neuen Datei, oder nur Eingabetaste: nichts wird gespeichert.",
    "Keep it as a profile? Name of the new file, or just the return key: nothing is stored.",
)

_UNKNOWN = Text(
    "Eine Angabe steht im Profil als „unbekannt“ und wird nicht gefragt; --unbekannte fragt sie.",
    "One fact stands in the profile as “unknown” and is not asked; --unknown asks it.",
)
_UNKNOWNS = Text(
    "{} Angaben stehen im Profil als „unbekannt“ und werden nicht gefragt; --unbekannte fragt sie.",
    "{} facts stand in the profile as “unknown” and are not asked; --unknown asks them.",
)


def interview(
    ctx: typer.Context,
    profile: Annotated[str | None, typer.Argument(metavar="PROFIL")] = None,
    *,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    write: Annotated[str | None, typer.Option("--schreibe", "--write", metavar="DATEI")] = None,
    unknown: Annotated[bool, typer.Option("--unbekannte", "--unknown")] = False,
) -> int:
    """Ask until nothing open depends on further facts; then the page of a check."""
    from wegweiser.cli.interview_session import Session

    settings: Settings = ctx.obj
    path = ctx.command_path
    if profile == "-":
        text = Text(
            "die Standardeingabe ist für die Antworten da; das Profil muss eine Datei sein",
            "standard input is for the answers; the profile has to be a file",
        )
        raise UsageError(text, path)
    day = parse_day("--am", on)
    if write is not None:
        check_new(write, path)
    book = book_of(settings)
    targets = matching(target, list(book.targets), _TARGET) if target else None
    start = _start(book, settings, profile, targets, day, again=unknown)
    open_input(path)
    session = Session(book, settings, start)
    if start.profile.unknown:
        count = len(start.profile.unknown)
        session.tell(_UNKNOWN if count == 1 else Text(*(text.format(count) for text in _UNKNOWNS)))
    end = session.run()
    settings.terminal.write(_page(networks_of(settings, book), end, settings, targets))
    _keep(book, end, settings, write, session)
    return 0


def _start(
    book: Book,
    settings: Settings,
    name: str | None,
    targets: list[str] | None,
    day: date | None,
    *,
    again: bool,
) -> Interview:
    """The interview with what a profile tells, or nothing; `again` asks also what is not known there."""
    from wegweiser import engine
    from wegweiser.engine import yamlio
    from wegweiser.engine.values import UNBEKANNT

    today = date.today()  # noqa: DTZ011 (the user's calendar)
    told: dict[str, Any] = {}
    if name is not None:
        source = read_source(name, settings)
        profile = engine.read_profile(source, name, book, today=today, day=day)
        engine.check(book, profile, [])  # contradictions are told with their lines
        document, _ = yamlio.read(source, name)
        told = dict(document.value) if document is not None and isinstance(document.value, dict) else {}
        if again:
            told = {fact: value for fact, value in told.items() if value != UNBEKANNT}
        today = profile.day
    if day is not None:
        told["stichtag"] = day  # what is kept shall give the same answers
    return engine.Interview(book, told, day or today, targets, name or "-")


def _page(networks: Networks, end: Interview, settings: Settings, targets: list[str] | None) -> str:
    """The page that `check` prints for the profile of the interview."""
    from wegweiser import engine
    from wegweiser.cli.result import Found, agenda_for, result_page

    report = engine.check(networks.law, end.profile, targets)
    companions = networks.answers(end.profile, report.answers, report.angebote_am, targets)
    agenda = agenda_for(networks.law, end.profile, report, None, settings)
    return result_page(networks, Found(end.profile, report, agenda, companions), settings, None, "ratsuchend")


def _keep(book: Book, end: Interview, settings: Settings, write: str | None, session: Session) -> None:
    """Write the profile where that was asked for; at a terminal ask whether to."""
    from wegweiser.cli.profile import filled

    text = filled(book, end.entries, settings.lang)
    while write is None and session.interactive and len(session.steps) > 1:
        session.say(["", *paragraph(settings.say(_SAVE), settings.terminal)])
        name = (session.line() or "").strip()
        if not name:
            return
        try:
            write_new(name, text)
        except ProfileError as error:
            for fault in error.faults:
                session.tell(Text(f"{name}: {fault.text.de}", f"{name}: {fault.text.en}"))
        else:
            session.tell(_kept(name))
            return
    if write is not None:
        write_new(write, text)
        write_error(settings.say(_kept(write)))


def _kept(name: str) -> Text:
    return Text(
        f"{name} angelegt. Prüfen: wegweiser check {name}", f"{name} made. To check: wegweiser check {name}"
    )


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(interview, name)
