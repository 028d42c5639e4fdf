"""`wegweiser training`: exercises from the casebook, graded question by question."""

from __future__ import annotations

from random import Random, SystemRandom
from typing import TYPE_CHECKING, Annotated

import typer

from wegweiser.cli.access import book_of, check_new, networks_of, write_new
from wegweiser.cli.case import casebook_of, picked
from wegweiser.cli.dialogue import open_input
from wegweiser.cli.parsing import Command, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.casebook.exercise import Exercise
    from wegweiser.casebook.model import Case
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks

__all__ = ["command"]

_SEEDS = 10_000
"""Numbers that are drawn where none is given; small, so that they can be typed again."""
_LARGEST = 10**12


def training(  # noqa: PLR0913 (an argument for each option)
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="FALL")] = None,
    *,
    theme: Annotated[str | None, typer.Option("--thema", "--theme", metavar="THEMA")] = None,
    level: Annotated[str | None, typer.Option("--niveau", "--level", metavar="1|2|3")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="ZAHL")] = None,
    folders: Annotated[list[str] | None, typer.Option("--faelle", "--cases", metavar="ORDNER")] = None,
    write: Annotated[str | None, typer.Option("--ergebnis", "--result", metavar="DATEI")] = None,
    paper: Annotated[str | None, typer.Option("--blatt", "--sheet", metavar="DATEI")] = None,
    exam: Annotated[str | None, typer.Option("--pruefung", "--exam", metavar="ZAHL")] = None,
    solution: Annotated[bool, typer.Option("--loesung", "--solution")] = False,
) -> int:
    """Ask the questions of one case, grade the answers, offer variants; or put it on paper."""
    from wegweiser.cli.training_session import TrainingSession

    settings: Settings = ctx.obj
    path = ctx.command_path
    if paper is not None or exam is not None or solution:
        if write is not None:
            text = Text("--ergebnis passt nicht zu einem Blatt", "--result does not go with a sheet")
            raise UsageError(text, path)
        from wegweiser.cli.sheet import sheet

        wanted = [name] if name is not None else None
        one = None if wanted or exam else "1"
        return sheet(
            ctx,
            wanted,
            theme=theme,
            level=level,
            count=one,
            exam=exam,
            seed=seed,
            solution=solution,
            output=paper,
            folders=folders,
        )
    number = _seed(seed, path)
    if write is not None:
        check_new(write, path)
    book = book_of(settings)
    networks = networks_of(settings, book)
    random = Random(number)  # noqa: S311 (an exercise is to be repeatable)
    case = _case(settings, book, networks, folders, (name, theme, level), random)
    exercise = _exercise(case, book, networks, random)
    open_input(path)
    session = TrainingSession(exercise, settings, number, random)
    result = session.run()
    settings.terminal.write(result)
    if write is not None:
        write_new(write, result)
        session.tell(Text(f"{write} angelegt.", f"{write} made."))
    session.vary()
    return 0


def _seed(raw: str | None, path: str) -> int:
    """The number that everything random follows from."""
    if raw is None:
        return SystemRandom().randrange(_SEEDS)
    if not raw.isascii() or not raw.isdigit() or int(raw[:20]) > _LARGEST:
        text = Text(
            f"--seed „{raw}“: erwartet wird eine ganze Zahl ab 0",
            f"--seed “{raw}”: expected is a whole number from 0 up",
        )
        raise UsageError(text, path)
    return int(raw)


def _case(
    settings: Settings,
    book: Book,
    networks: Networks,
    folders: list[str] | None,
    wanted: tuple[str | None, str | None, str | None],
    random: Random,
) -> Case:
    """The case that is meant, or one of those that fit; with folders only theirs."""
    name, theme, level = wanted
    casebook, _ = casebook_of(settings, book, networks, folders)
    if folders:
        packaged, _ = casebook_of(settings, book, networks, None)
        casebook = casebook._replace(cases=casebook.cases[len(packaged.cases) :])
    cases = picked(casebook, None if name is None else [name], theme, level)
    if not cases:
        raise UsageError(Text("dazu gibt es keinen Fall", "there is no such case"))
    return random.choice(cases)


def _exercise(case: Case, book: Book, networks: Networks, random: Random) -> Exercise:
    """The case worked out; EvaluationError where the rule book answers otherwise than it expects."""
    from wegweiser.casebook.exercise import prepare

    exercise = prepare(case, book, networks, random)
    if exercise.deviations:
        one = exercise.deviations[0]
        where = " ".join(part for part in (one.target, one.key) if part)
        raise EvaluationError(
            Text(
                f"{case.place}: das Regelwerk antwortet anders als der Fall ({where}); "
                f"wegweiser fall lauf {case.id} zeigt, wie",
                f"{case.place}: the rule book answers otherwise than the case ({where}); "
                f"wegweiser case run {case.id} shows how",
            )
        )
    return exercise


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(training, name)
