"""`wegweiser blatt`: sheets and exams from the casebook, on paper, for learning platforms and tables."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of, networks_of
from wegweiser.cli.case import casebook_of, picked
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wegweiser.casebook.model import Case, Casebook
    from wegweiser.cli.sheet_text import Sheet
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks

__all__ = ["command", "sheet"]

_MOST = 200
"""Cases on one sheet."""
_OUTPUT = Text("-o", "-o")
_EXAM = Text("Prüfung mit {} Fällen (Startzahl {})", "Exam with {} cases (seed {})")
_SHEET = Text("Übungsblatt", "Exercise sheet")
_STATE = Text("Lösungen nach dem Regelwerk, Rechtsstand {}", "Solutions by the rule book, law as of {}")
_MADE = Text("{} angelegt ({} Fälle, {} Punkte)", "{} made ({} cases, {} points)")


def sheet(  # noqa: PLR0913 (an argument for each option)
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[FALL...]")] = None,
    *,
    theme: Annotated[str | None, typer.Option("--thema", "--theme", metavar="THEMA")] = None,
    level: Annotated[str | None, typer.Option("--niveau", "--level", metavar="1|2|3")] = None,
    count: Annotated[str | None, typer.Option("--anzahl", "--count", metavar="ZAHL")] = None,
    exam: Annotated[str | None, typer.Option("--pruefung", "--exam", metavar="ZAHL")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="ZAHL")] = None,
    solution: Annotated[bool, typer.Option("--loesung", "--solution")] = False,
    output: Annotated[str | None, typer.Option("-o", "--ausgabe", "--output", metavar="DATEI")] = None,
    folders: Annotated[list[str] | None, typer.Option("--faelle", "--cases", metavar="ORDNER")] = None,
) -> int:
    """Make one sheet of one or more cases, or an exam."""
    settings: Settings = ctx.obj
    path = ctx.command_path
    if not (names or theme or level or count or exam or folders):
        raise UsageError(
            Text(
                "es fehlt ein Fall (Nummer), --thema, --niveau, --anzahl oder --pruefung",
                "missing: a case (number), --theme, --level, --count or --exam",
            ),
            path,
        )
    if exam and count:
        raise UsageError(
            Text("--pruefung und --anzahl gehen nicht zusammen", "--exam and --count do not go together"),
            path,
        )
    render = _renderer(output)
    wanted, start = _number("--anzahl", count, 1, _MOST), _number("--seed", seed, 0, 2**31)
    size = _number("--pruefung", exam, 1, _MOST)
    book = book_of(settings)
    networks = networks_of(settings, book)
    casebook, wrong = casebook_of(settings, book, networks, folders)
    cases = _cases(picked(casebook, names, theme, level), wanted, size, start)
    if not cases:
        raise UsageError(Text("dazu gibt es keinen Fall", "there is no case for that"), path)
    if size is not None and len(cases) < size:
        few = Text(f"nur {len(cases)} Fälle passen dazu", f"only {len(cases)} cases fit")
        write_error(settings.say(few))
    title = _SHEET if size is None else _EXAM
    made = _made(
        cases,
        casebook,
        book,
        networks,
        settings,
        title.get(settings.lang).format(len(cases), start or 0),
        (size is not None, solution),
    )
    if made is None:
        return 1
    _write(made, render, output, settings)
    return 1 if wrong else 0


def _cases(cases: list[Case], count: int | None, exam: int | None, seed: int | None) -> list[Case]:
    from wegweiser.casebook.sheets import choose, draw_exam

    if exam is not None:
        return draw_exam(cases, exam, seed or 0)
    return choose(cases, count, seed)[:_MOST]


def _made(
    cases: Sequence[Case],
    casebook: Casebook,
    book: Book,
    networks: Networks,
    settings: Settings,
    title: str,
    kind: tuple[bool, bool],
) -> Sheet | None:
    """The sheet; None where the rule book answers otherwise than a case expects: no sheet teaches that."""
    from wegweiser.casebook.model import solve
    from wegweiser.casebook.replay import compare
    from wegweiser.casebook.sheets import items_of, licence
    from wegweiser.cli.sheet_text import Sheet, case_text
    from wegweiser.cli.words import day

    offers = {offer.id: offer.target.label for offer in networks.offers}
    texts, sound = [], True
    for case in cases:
        solved = solve(case, book, networks)
        for one in compare(case, solved):
            sound = False
            write_error(f"{case.place}: {settings.say(_deviates(one.target, one.key))}")
        if not sound:
            continue
        items = items_of(case, solved, book, offers, casebook)
        themes = [casebook.themes[name] for name in case.themes]
        order = Random(case.id)  # noqa: S311 (the same sheet again, with or without solution; no secret)
        texts.append(case_text(case, items, themes, settings.lang, order))
    if not sound:
        return None
    exam, solution = kind
    state = _STATE.get(settings.lang).format(day(book.meta.rechtsstand, settings.lang))
    return Sheet(settings.lang, title, exam, solution, tuple(texts), licence(), state)


def _deviates(target: str, key: str) -> Text:
    return Text(
        f"das Regelwerk antwortet anders als erwartet ({target or key}: {key}); siehe wegweiser fall lauf",
        f"the rule book answers otherwise than expected ({target or key}: {key}); see wegweiser case run",
    )


def _write(made: Sheet, render: Callable[[Sheet, str], Any], output: str | None, settings: Settings) -> None:
    """Write to a file that is not there yet, or Markdown to standard output."""
    if output is None:
        settings.terminal.write(render(made, ""))
        return
    from wegweiser.cli.caseload_output import new_file

    content = render(made, output)
    with new_file(output) as stream:
        stream.write(content if isinstance(content, bytes) else content.encode())
    write_error(_MADE.get(settings.lang).format(output, len(made.cases), made.points))


def _renderer(output: str | None) -> Callable[[Sheet, str], str | bytes]:
    """What writes the form that the ending says."""
    from wegweiser.cli.caseload_output import checked_name

    name = ".md" if output is None else checked_name(output, _OUTPUT, tuple(_FORMS))
    return _FORMS[Path(name).suffix.lower() if output else name]


def _markdown(made: Sheet, name: str) -> str:  # noqa: ARG001 (as all renderers)
    from wegweiser.cli.sheet_markdown import sheet_markdown

    return sheet_markdown(made)


def _html(made: Sheet, name: str) -> str:  # noqa: ARG001 (as all renderers)
    from wegweiser.cli.sheet_html import sheet_html

    return sheet_html(made)


def _pdf(made: Sheet, name: str) -> bytes:
    from wegweiser.cli.sheet_pdf import sheet_pdf

    return sheet_pdf(made, name)


def _moodle(made: Sheet, name: str) -> bytes:  # noqa: ARG001 (as all renderers)
    from wegweiser.cli.sheet_moodle import sheet_moodle

    return sheet_moodle(made)


def _csv(made: Sheet, name: str) -> bytes:  # noqa: ARG001 (as all renderers)
    from wegweiser.cli.sheet_csv import sheet_csv

    return sheet_csv(made)


_FORMS: dict[str, Callable[[Sheet, str], str | bytes]] = {
    ".md": _markdown,
    ".html": _html,
    ".pdf": _pdf,
    ".xml": _moodle,
    ".csv": _csv,
}


def _number(option: str, raw: str | None, least: int, most: int) -> int | None:
    """A whole number between two bounds."""
    if raw is None:
        return None
    if raw.isascii() and raw.isdigit() and len(raw) <= len(str(most)) and least <= int(raw) <= most:
        return int(raw)
    raise UsageError(
        Text(
            f"{option} {raw}: eine ganze Zahl von {least} bis {most}",
            f"{option} {raw}: a whole number from {least} to {most}",
        )
    )


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(sheet, name)
