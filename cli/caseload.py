"""`wegweiser bestand`: screens a caseload, one person a row; who has a right now, and who from which day."""

from __future__ import annotations

import gc
import os
import signal
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wegweiser.cli.access import book_of, matching, parse_day, read_source
from wegweiser.cli.completions import target_names
from wegweiser.cli.parsing import Command, Context, build
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.cli.terminal import write_error
from wegweiser.cli.words import number_of
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wegweiser.cli.caseload_mapping import MappingFile
    from wegweiser.cli.caseload_source import Table
    from wegweiser.cli.caseload_tally import Tally
    from wegweiser.cli.caseload_work import Done, Job
    from wegweiser.engine.book import Book

__all__ = ["command"]

_TARGET = Text("Ziel", "target")
_COLUMNS = Text("Spalte", "column"), Text("Spalten", "columns")
_LEAST, _LINES, _MOST_PROCESSES = 5, 20, 64
_MAP = ("zuordnen", "map")


def caseload(  # noqa: PLR0913 (one argument for each option)
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="DATEI")] = None,
    *,
    mapping: Annotated[str | None, typer.Option("--zuordnung", "--mapping", metavar="YAML")] = None,
    target: Annotated[
        list[str] | None, typer.Option("--ziel", "--target", metavar="GLOB", autocompletion=target_names)
    ] = None,
    on: Annotated[str | None, typer.Option("--am", "--date", metavar="JJJJ-MM-TT")] = None,
    output: Annotated[str | None, typer.Option("--ausgabe", "--output", "-o", metavar="DATEI")] = None,
    nearest: Annotated[bool, typer.Option("--naechstes", "--nearest")] = False,
    missing: Annotated[bool, typer.Option("--fehlend", "--missing")] = False,
    picture: Annotated[str | None, typer.Option("--bild", "--picture", metavar="DATEI")] = None,
    small: Annotated[str | None, typer.Option("--kleine-zellen", "--small-cells", metavar="N")] = None,
    lines: Annotated[str | None, typer.Option("--zeilen", "--lines", metavar="N")] = None,
    processes: Annotated[str | None, typer.Option("--prozesse", "--processes", metavar="N")] = None,
    json_output: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Check every row of a table; rows with faults are listed and left out."""
    settings: Settings = ctx.obj
    if not file:
        text = Text("es fehlt die Datei mit dem Bestand", "the file with the caseload is missing")
        raise UsageError(text, ctx.command_path)
    gc.enable()  # see start
    day = parse_day("--am", on)
    least = _number(Text("--kleine-zellen", "--small-cells"), small, _LEAST, 1_000_000)
    shown = _number(Text("--zeilen", "--lines"), lines, _LINES, 1_000_000)
    at_once = _number(Text("--prozesse", "--processes"), processes, _processors(), _MOST_PROCESSES)
    _check_names(output, picture)
    book = book_of(settings)
    targets = _targets(book, target)
    meant = _mapping(mapping, book, settings)
    from wegweiser.cli.caseload_plan import make_plan
    from wegweiser.cli.caseload_source import open_table
    from wegweiser.cli.caseload_tally import Tally
    from wegweiser.cli.caseload_work import Job

    today = date.today()  # noqa: DTZ011 (the user's calendar)
    with open_table(file) as table:
        count = number_of(len(table.heads), *_COLUMNS, settings.lang)
        write_error(f"{file}: {settings.say(table.read_as)}, {count}")
        plan = make_plan(table, meant, mapping or "", book)
        job = Job(plan, targets, today, day, nearest, missing, shown, settings.rulebook, settings.cache)
        run = _Run(settings, book, table, job, Tally(targets, shown), as_json=json_output)
        run.check(max(at_once, 1), output)
    run.close(least, day or today, picture)
    return 1 if run.tally.faulty else 0


def _number(option: Text, raw: str | None, usual: int, most: int) -> int:
    if raw is None:
        return usual
    if not raw.isascii() or not raw.isdecimal() or int(raw[:10]) > most:
        text = Text(
            f"{option.de} „{raw}“: erwartet wird eine Zahl", f"{option.en} “{raw}”: expected is a number"
        )
        raise UsageError(text)
    return int(raw)


def _processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, _MOST_PROCESSES)


def _check_names(output: str | None, picture: str | None) -> None:
    """What is to be written can be written: said before the work, not after it."""
    if output is not None:
        from wegweiser.cli.caseload_output import check_free, checked_name

        check_free(checked_name(output, Text("--ausgabe", "--output")))
    if picture is not None:
        from wegweiser.cli.caseload_output import check_free, checked_name
        from wegweiser.cli.caseload_picture import ENDINGS, needs_library

        check_free(checked_name(picture, Text("--bild", "--picture"), ENDINGS))
        needs_library(picture)


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """Clear up after an order to end (SIGTERM, a closed terminal) as after the interrupt key.

    What is ignored (`nohup`) stays ignored.
    """
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heeded = [one for one in signals if signal.getsignal(one) != signal.SIG_IGN]
    before = {one: signal.signal(one, signal.default_int_handler) for one in heeded}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _targets(book: Book, patterns: list[str] | None) -> tuple[str, ...]:
    """The targets asked for that the rule book treats; otherwise those that it names for a caseload."""
    names = [name for name, target in book.targets.items() if target.treated_at_all]
    if patterns:
        return tuple(matching(patterns, names, _TARGET))
    return tuple(name for name in names if name.partition(".")[0] in book.caseload) or tuple(names)


def _mapping(name: str | None, book: Book, settings: Settings) -> MappingFile | None:
    """The mapping file, where one is named."""
    if name is None:
        return None
    from wegweiser.cli.caseload_mapping import read_mapping

    return read_mapping(read_source(name, settings), name, book)


class _Run:
    """One call of the command: what it writes while rows come in, and at the end."""

    def __init__(
        self, settings: Settings, book: Book, table: Table, job: Job, tally: Tally, *, as_json: bool
    ) -> None:
        self.settings = settings
        self.book = book
        self.table = table
        self.job = job
        self.tally = tally
        self.as_json = as_json
        from wegweiser.cli.caseload_repeats import Repeats

        self.repeats = Repeats(job.plan)

    def check(self, processes: int, output: str | None) -> None:
        """Check every row, in the order of the table."""
        from wegweiser.cli.caseload_progress import progress
        from wegweiser.cli.caseload_work import check_rows

        with ExitStack() as stack:
            writers: list[Callable[[Done], None]] = [self.tally.add, self.told]
            if output is not None:
                from wegweiser.cli.caseload_output import open_output

                writers.append(stack.enter_context(open_output(output, missing=self.job.missing)).write)
            if self.as_json:
                writers.append(self.document)
            writers.append(stack.enter_context(progress(self.table, self.settings, slow=self.job.nearest)))
            stack.enter_context(_ended_like_interrupted())
            found = check_rows(self.job, self.book, self.table.rows, processes)
            for done in stack.enter_context(closing(found)):
                for write in writers:
                    write(done)

    def told(self, done: Done) -> None:
        """Tell the faults of a row, and whether its case is there already."""
        from wegweiser.cli.caseload_plan import fault_line

        repeated = self.repeats.add(done)
        for fault in done.faults if repeated is None else (repeated,):
            write_error(fault_line(self.table.name, fault, self.settings.lang))

    def document(self, done: Done) -> None:
        """Write one row as a JSON document."""
        from wegweiser.cli.caseload_json import row_json
        from wegweiser.cli.json_out import json_lines

        found = row_json(done, self.table.name, self.settings.lang, missing=self.job.missing)
        self.settings.terminal.write(json_lines([found], self.settings.terminal))

    def close(self, least: int, day: date, picture: str | None) -> None:
        """Write what is said of all: the page, or the last document, and the picture."""
        from wegweiser.cli.caseload_page import caseload_page, fault_summary

        for line in fault_summary(self.tally, self.settings.lang):
            write_error(line)
        for warning in self.repeats.summary():
            write_error(warning.get(self.settings.lang))
        if self.as_json:
            from wegweiser.cli.caseload_json import sum_json
            from wegweiser.cli.json_out import json_lines

            found = sum_json(self.tally, self.repeats, self.table.name, least, self.book.meta)
            text = json_lines([found], self.settings.terminal)
        else:
            text = caseload_page(self.book, self.tally, least, day, self.settings)
        self.settings.terminal.write(text)
        if picture is not None:
            self.drawn(picture, least, day)

    def drawn(self, picture: str, least: int, checked: date) -> None:
        """Write the picture."""
        from wegweiser.cli.caseload_page import picture_title
        from wegweiser.cli.caseload_picture import draw
        from wegweiser.cli.caseload_tally import hidden

        counts = [
            dict(zip(row, hidden(list(row.values()), least), strict=True))
            for row in self.tally.counts.values()
        ]
        lang = self.settings.lang
        labels = [self.book.targets[target].label.get(lang) for target in self.tally.counts]
        title = picture_title(self.tally, checked, self.book, lang)
        draw(picture, labels, counts, self.tally.people, title, lang)


class CaseloadCommand(Command):
    """`bestand DATEI`, and `bestand zuordnen DATEI` behind the same name."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context = None, **extra: Any
    ) -> Context:
        """Read the arguments, or hand them to the command that proposes a mapping."""
        if args and args[0] in _MAP:
            from wegweiser.cli.caseload_map import command as mapping

            return mapping(f"{self.name} {_MAP[0]}").make_context(
                f"{info_name} {args[0]}", args[1:], parent, **extra
            )
        return super().make_context(info_name, args, parent, **extra)


def command(name: str) -> Command:
    """The command, for the lazy group."""
    return build(caseload, name, kind=CaseloadCommand)
