"""`wegweiser fall`: the casebook; list, show, run, begin, check, and what it does not cover."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from wegweiser.cli.access import book_of, matching, networks_of, parse_day, read_source, write_new
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, Group, build, build_group
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wegweiser.casebook.model import Case, Casebook
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks

__all__ = ["casebook_of", "command", "picked"]

_TARGET = Text("Ziel", "target")
_FOLDERS = typer.Option("--faelle", "--cases", metavar="ORDNER")
_THEME = typer.Option("--thema", "--theme", metavar="THEMA")
_LEVEL = typer.Option("--niveau", "--level", metavar="1|2|3")
_JSON = typer.Option("--json")


class CaseGroup(Group):
    """`wegweiser fall`."""

    entries: ClassVar = dict.fromkeys(("liste", "zeige", "lauf", "neu", "pruefe", "abdeckung"), "case")
    aliases: ClassVar = {
        "list": "liste",
        "show": "zeige",
        "run": "lauf",
        "new": "neu",
        "check": "pruefe",
        "coverage": "abdeckung",
    }


def casebook_of(
    settings: Settings, book: Book, networks: Networks, folders: Sequence[str] | None
) -> tuple[Casebook, int]:
    """The casebook of the project with the cases of further folders, and how many faults these have.

    What is wrong with a further case goes to standard error; it is left out.
    """
    from wegweiser.casebook.model import load_cases, packaged_cases

    found = packaged_cases(book, networks)
    wrong = 0
    for folder in folders or ():
        taken = [one.id for one in found.cases]
        cases, faults = load_cases(Path(folder), folder, book, networks, found.themes, taken)
        for fault in faults:
            write_error(fault.message(settings.lang))
        wrong += len(faults)
        found = found._replace(cases=(*found.cases, *cases))
    return found, wrong


def picked(
    casebook: Casebook, names: Sequence[str] | None, theme: str | None, level: str | None
) -> list[Case]:
    """The cases of some ids or numbers, of a theme, of a level; all without any."""
    if theme is not None and theme not in casebook.themes:
        unknown = Text(f"ein Thema „{theme}“ gibt es nicht", f"there is no theme “{theme}”")
        raise UsageError(did_you_mean(unknown, theme, casebook.themes))
    if level is not None and level not in ("1", "2", "3"):
        raise UsageError(
            Text(f"--niveau {level}: möglich sind 1, 2, 3", f"--level {level}: choose from 1, 2, 3")
        )
    found = list(casebook.cases)
    if names:
        found = []
        for name in names:
            case = casebook.find(name)
            if case is None:
                unknown = Text(f"einen Fall „{name}“ gibt es nicht", f"there is no case “{name}”")
                raise UsageError(did_you_mean(unknown, name, [one.id for one in casebook.cases]))
            found.append(case)
    return [
        one for one in found if (theme is None or theme in one.themes) and level in (None, str(one.level))
    ]


def listing(
    ctx: typer.Context,
    *,
    theme: Annotated[str | None, _THEME] = None,
    level: Annotated[str | None, _LEVEL] = None,
    folders: Annotated[list[str] | None, _FOLDERS] = None,
    json_output: Annotated[bool, _JSON] = False,
) -> int:
    """List cases, by theme or level."""
    from wegweiser.cli.case_pages import case_json, list_page

    settings: Settings = ctx.obj
    book = book_of(settings)
    casebook, wrong = casebook_of(settings, book, networks_of(settings, book), folders)
    cases = picked(casebook, None, theme, level)
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = [case_json(one, settings.lang) for one in cases]
        settings.terminal.write(json_lines(documents, settings.terminal))
    else:
        settings.terminal.write(list_page(cases, casebook, settings))
    return 1 if wrong else 0


def show(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="FALL...")],
    *,
    folders: Annotated[list[str] | None, _FOLDERS] = None,
    json_output: Annotated[bool, _JSON] = False,
) -> int:
    """Show cases with what is expected."""
    from wegweiser.cli.case_pages import case_json, case_page

    settings: Settings = ctx.obj
    book = book_of(settings)
    casebook, _ = casebook_of(settings, book, networks_of(settings, book), folders)
    cases = picked(casebook, names, None, None)
    if json_output:
        from wegweiser.cli.json_out import json_lines

        documents = [case_json(one, settings.lang) for one in cases]
        settings.terminal.write(json_lines(documents, settings.terminal))
    else:
        pages = [case_page(one, casebook, book, settings) for one in cases]
        settings.terminal.write("\n".join(pages))
    return 0


def run(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[FALL...]")] = None,
    *,
    theme: Annotated[str | None, _THEME] = None,
    level: Annotated[str | None, _LEVEL] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    folders: Annotated[list[str] | None, _FOLDERS] = None,
) -> int:
    """Run cases: on their own day the answers have to hold; on another day what differs is told."""
    from wegweiser.cli.case_pages import run_page

    settings: Settings = ctx.obj
    day = parse_day("--am", on)
    book = book_of(settings)
    networks = networks_of(settings, book)
    casebook, faults = casebook_of(settings, book, networks, folders)
    page, wrong = run_page(picked(casebook, names, theme, level), book, networks, day, settings)
    settings.terminal.write(page)
    return 1 if wrong or faults else 0


def new(
    ctx: typer.Context,
    profile: Annotated[str, typer.Argument(metavar="PROFIL")],
    *,
    output: Annotated[str, typer.Option("--ausgabe", "--output", "-o", metavar="DATEI")],
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
) -> int:
    """Begin a case with the facts of a profile; the answers are left for the author to fill in."""
    from wegweiser import engine
    from wegweiser.cli.case_begin import begun

    settings: Settings = ctx.obj
    book = book_of(settings)
    targets = matching(target, list(book.targets), _TARGET) if target else []
    source = read_source(profile, settings)
    today = date.today()  # noqa: DTZ011 (the user's calendar)
    person = engine.read_profile(source, profile, book, today=today, day=parse_day("--am", on))
    write_new(output, begun(source, profile, book, person, targets))
    text = Text(
        "{} angelegt. Ausfüllen, was ??? ist; prüfen: wegweiser fall pruefe {}",
        "{} made. Fill in what is ???; check: wegweiser case check {}",
    )
    write_error(settings.say(text).format(output, output))
    return 0


def inspect(
    ctx: typer.Context,
    folder: Annotated[list[str] | None, typer.Argument(metavar="[ORDNER...]")] = None,
    *,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
) -> int:
    """Check cases: every file, every name, every answer; and what another day makes wrong."""
    from wegweiser.casebook.model import load_cases, packaged_cases
    from wegweiser.cli.case_pages import run_page

    settings: Settings = ctx.obj
    book = book_of(settings)
    networks = networks_of(settings, book)
    packaged = packaged_cases(book, networks)
    cases, lines = list(packaged.cases), []
    if folder:
        cases = []
        for one in folder:
            taken = [case.id for case in (*packaged.cases, *cases)]
            found, faults = load_cases(Path(one), one, book, networks, packaged.themes, taken)
            cases += found
            lines += [fault.message(settings.lang) for fault in faults]
    page, wrong = run_page(cases, book, networks, parse_day("--am", on), settings, len(lines))
    told = "".join(settings.terminal.clean(line) + "\n" for line in lines)
    settings.terminal.write(told + page)
    return 1 if wrong or lines else 0


def report(
    ctx: typer.Context,
    *,
    folders: Annotated[list[str] | None, _FOLDERS] = None,
    json_output: Annotated[bool, _JSON] = False,
) -> int:
    """Say which targets no case decides, and which rules fire in no case or example."""
    from wegweiser.casebook.coverage import coverage
    from wegweiser.cli.case_pages import coverage_page

    settings: Settings = ctx.obj
    book = book_of(settings)
    networks = networks_of(settings, book)
    casebook, _ = casebook_of(settings, book, networks, folders)
    found = coverage(casebook.cases, book, networks)
    if json_output:
        document = {"schema": "wegweiser.abdeckung/1", "faelle": found.cases, "ziele": found.targets}
        document |= {"regeln": found.rules, "ohne_ja": [*found.without_yes], "ohne_nein": [*found.without_no]}
        from wegweiser.cli.json_out import json_lines

        documents = [{**document, "nie": [*found.silent]}]
        settings.terminal.write(json_lines(documents, settings.terminal))
    else:
        settings.terminal.write(coverage_page(found, settings))
    return 0 if found.complete else 1


_COMMANDS: dict[str, Callable[..., int]] = {
    "liste": listing,
    "zeige": show,
    "lauf": run,
    "neu": new,
    "pruefe": inspect,
    "abdeckung": report,
}


def command(name: str) -> Command | Group:
    """The group `fall` or one of its commands, for the lazy groups."""
    if name in _COMMANDS:
        return build(_COMMANDS[name], name)
    return build_group(CaseGroup, name)
