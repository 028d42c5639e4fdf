"""`wegweiser arbeitgeber`: whether a company may hire a person, and what the law asks of it."""

from __future__ import annotations

import gc
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import attempt, book_of, matching, networks_of, parse_day, read_source
from wegweiser.cli.completions import target_names
from wegweiser.cli.employer_paper import Paper, ask, paper_of
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.employer import Hiring
    from wegweiser.engine.networks import Asker
    from wegweiser.engine.profile import Profile

__all__ = ["command"]

_AREA = "taetigkeit."
_USUAL = "taetigkeit.beschaeftigung"
_TARGET = Text("Vorhaben", "activity")
_DAY = "JJJJ-MM-TT"
_ASKS: Asker = "arbeitgeber"


def employer(  # noqa: PLR0913 (an argument for each option)
    ctx: typer.Context,
    profile: Annotated[list[str] | None, typer.Argument(metavar="[PROFIL...]")] = None,
    *,
    paper: Annotated[str | None, typer.Option("--papier", "--paper", metavar="ART")] = None,
    title: Annotated[str | None, typer.Option("--titel", "--title", metavar="NORM")] = None,
    valid_until: Annotated[str | None, typer.Option("--gueltig-bis", "--valid-until", metavar=_DAY)] = None,
    wording: Annotated[str | None, typer.Option("--nebenbestimmung", "--wording", metavar="TEXT")] = None,
    born: Annotated[str | None, typer.Option("--geburtsdatum", "--birth-date", metavar=_DAY)] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--ziel",
            "--target",
            "--vorhaben",
            "--activity",
            metavar="NAME",
            autocompletion=target_names,
        ),
    ] = None,
    occupation: Annotated[str | None, typer.Option("--beruf", "--occupation", metavar="TEXT")] = None,
    start: Annotated[str | None, typer.Option("--beginn", "--start", metavar=_DAY)] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar=_DAY)] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
    checklist: Annotated[bool, typer.Option("--checkliste", "--checklist")] = False,
) -> int:
    """Answer for profiles one after another, or for what stands on one paper."""
    settings: Settings = ctx.obj
    if json_output and checklist:
        raise UsageError(
            Text("--json und --checkliste gehen nicht zusammen", "--json and --checklist exclude each other"),
            ctx.command_path,
        )
    given = Paper(paper, title, valid_until, wording, born, start, occupation)
    if profile and given.on_paper:
        both = Text(
            f"entweder ein Profil oder {given.on_paper[0]}",
            f"either a profile or {given.on_paper[0]}",
        )
        raise UsageError(both, ctx.command_path)
    if profile and profile.count("-") > 1:
        raise UsageError(Text("„-“ geht nur einmal", "“-” can be given once only"), ctx.command_path)
    day = parse_day("--am", on)
    parse_day("--beginn", start)
    book = book_of(settings)
    if not profile and not any((*given, target)):
        if not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
            missing = Text(
                "es fehlt: eine Datei mit einem Profil, oder --papier mit der Art des Papiers",
                "missing: a file with a profile, or --paper with the kind of document",
            )
            raise UsageError(missing, ctx.command_path)
        given, target = ask(book, settings, lambda raw: _target_of(raw, book))
    run = _Run(settings, book, _target_of(target, book), given, "json" if json_output else "")
    if checklist:
        run.form = "checklist"
    if not profile:
        run.paper(day or date.today())  # noqa: DTZ011 (the user's calendar)
        return run.status
    if len(profile) > 1:
        gc.enable()  # see start
    for name in profile:
        run.one(name, day, several=len(profile) > 1)
    return run.status


def _target_of(raw: str | None, book: Book) -> str:
    """The activity that a name means: in full, without its area, or its beginning."""
    names = [name for name in book.targets if name.startswith(_AREA)]
    if not raw:
        return _USUAL
    short = raw.strip().casefold().removeprefix(_AREA)
    if _AREA + short in names:
        return _AREA + short
    beginning = [name for name in names if short and name.removeprefix(_AREA).startswith(short)]
    found = [name for name in beginning if book.targets[name].zustimmung_ba] or beginning
    if not found:
        found = matching([short], names, _TARGET)
    if len(found) > 1:
        listed = ", ".join(name.removeprefix(_AREA) for name in found)
        raise UsageError(Text(f"„{raw}“ ist nicht eindeutig: {listed}", f"“{raw}” can be several: {listed}"))
    return found[0]


class _Run:
    """One call of the command: what it writes, and its exit status."""

    def __init__(self, settings: Settings, book: Book, target: str, given: Paper, form: str) -> None:
        self.settings = settings
        self.book = book
        self.networks = networks_of(settings, book)
        self.target = target
        self.given = given
        self.form = form
        self.status = 0
        self.written = 0

    def paper(self, day: date) -> None:
        """The answer for what the options say of one paper."""
        from wegweiser.engine.employer import hiring, read_paper

        facts = paper_of(self.given, self.book)
        try:
            told, profile, assumed = read_paper(self.book, facts, day)
            found = hiring(self.book, profile, self.target, told=told, assumed=assumed)
        except ProfileError as error:
            said = [(f"{fault.key}: " if fault.key else "", fault.text) for fault in error.faults]
            german = "; ".join(key + text.de for key, text in said)
            english = "; ".join(key + text.en for key, text in said)
            raise UsageError(Text(german, english)) from error
        self.write(found, told, None, None, several=False)

    def one(self, name: str, day: date | None, *, several: bool) -> None:
        """The answer for one profile; its faults go to standard error."""
        answer = attempt(name, self.settings, lambda: self.hired(name, day))
        if answer is None:
            self.status = 1
            return
        profile, found = answer
        self.write(found, profile, name, profile.fall, several=several)

    def hired(self, name: str, day: date | None) -> tuple[Profile, Hiring]:
        """One profile and what an employer may do."""
        from wegweiser import engine
        from wegweiser.engine.employer import hiring

        source = read_source(name, self.settings)
        profile = engine.read_profile(source, name, self.book, today=date.today(), day=day)  # noqa: DTZ011
        return profile, hiring(self.book, profile, self.target)

    def local(self, profile: Profile, day: date) -> tuple[Text, ...]:
        """Offers of networks for employers: those that run where the person lives.

        Where the company is nobody has told; most people work near where they live.
        """
        names = [offer.id for offer in self.networks.offers if offer.for_whom(_ASKS)]
        told = self.networks.answers(profile, (), day, names, _ASKS) if names else ()
        return tuple(
            Text(
                f"{one.offer.name.de}: {one.offer.provider.de}, {one.offer.role.de}",
                f"{one.offer.name.en}: {one.offer.provider.en}, {one.offer.role.en}",
            )
            for one in told
            if one.answer.ergebnis in ("frei", "ermessen")
        )

    def write(
        self, found: Hiring, profile: Profile, name: str | None, fall: str | None, *, several: bool
    ) -> None:
        """One answer in the form that was asked for."""
        from wegweiser.cli.employer_content import Case, content
        from wegweiser.cli.employer_page import checklist, page

        settings = self.settings
        terminal = settings.terminal
        if self.form == "json":
            from wegweiser.cli.json_out import hiring_json, json_lines

            document = hiring_json(found, name, fall, settings.lang)
            terminal.write(json_lines([document], terminal))
            return
        start = parse_day("--beginn", self.given.start)
        occupation = " ".join((self.given.occupation or "").split())
        ends = profile.stated.get("titel_gueltig_bis")
        local = self.local(profile, found.day)
        case = Case(fall, self.given.label(self.book), ends, start, occupation, local)
        made = content(self.book, found, case, settings)
        text = checklist(made, settings) if self.form == "checklist" else page(made, settings)
        if several and self.form != "checklist":
            title = terminal.clean(str(name) if terminal.linear else f"=== {name} ===")
            text = terminal.style(title, "head") + "\n\n" + text
        terminal.write(("\n" if self.written else "") + text)
        self.written += 1


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(employer, name)
