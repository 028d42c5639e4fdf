"""Entry point: which commands there are, and what every run has in common.

Only typer is imported here; each command is imported when it is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, ClassVar

import typer

from wegweiser.cli.parsing import USAGE, Group
from wegweiser.cli.settings import Settings, UsageError, read_settings
from wegweiser.cli.terminal import OutputClosedError, prepare_streams, write_error
from wegweiser.engine.text import Text

__all__ = ["Root", "main"]

OK, FAULT, INTERRUPTED, CLOSED = 0, 1, 130, 141
"""Exit status; the last two are those of a program that a signal ended."""


class Root(Group):
    """`wegweiser`."""

    entries: ClassVar = {
        "check": "check",
        "zeitplan": "timeline",
        "vergleich": "compare",
        "was-waere-wenn": "whatif",
        "frage": "interview",
        "nebenbestimmung": "wording",
        "arbeitgeber": "employer",
        "bestand": "caseload",
        "regel": "rule",
        "regeln": "rules",
        "blatt": "sheet",
        "recht": "law",
        "fakten": "facts",
        "ziele": "targets",
        "netz": "network",
        "fall": "case",
        "training": "training",
        "profil": "profile",
    }
    aliases: ClassVar = {
        "timeline": "zeitplan",
        "compare": "vergleich",
        "what-if": "was-waere-wenn",
        "interview": "frage",
        "entry": "nebenbestimmung",
        "employer": "arbeitgeber",
        "caseload": "bestand",
        "rule": "regel",
        "rules": "regeln",
        "sheet": "blatt",
        "law": "recht",
        "facts": "fakten",
        "targets": "ziele",
        "networks": "netz",
        "case": "fall",
        "profile": "profil",
    }


def _start(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", "-V")] = False,
) -> None:
    """Without a command: version, or the three doors."""
    settings: Settings = ctx.obj
    if version:
        from wegweiser.cli.version import version_page

        settings.terminal.write(version_page(settings))
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from wegweiser.cli.doors import doors_page

        settings.terminal.write(doors_page(settings))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    prepare_streams()
    settings, args, fault = read_settings(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(settings, args) if fault is None else _failed(fault, settings)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001 (the last resort: nobody shall see a traceback)
        status = _failed(error, settings)
    return status


def _run(settings: Settings, args: list[str]) -> int:
    completing = "_WEGWEISER_COMPLETE" in os.environ or any(arg.endswith("-completion") for arg in args)
    app = typer.Typer(
        cls=Root,
        invoke_without_command=True,
        callback=_start,
        add_completion=completing,  # its two options cost every start 80 ms
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    try:
        result = typer.main.get_command(app).main(
            args,
            prog_name="wegweiser",
            standalone_mode=False,
            obj=settings,
            windows_expand_args=False,
        )
    except typer.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else OK


def _failed(error: Exception, settings: Settings) -> int:
    """Say in one line what went wrong."""
    from wegweiser.engine.errors import EvaluationError, InputError

    if isinstance(error, UsageError):
        write_error(f"wegweiser: {settings.say(error.text)}")
        more = f"{error.command or 'wegweiser'} --help"
        write_error(settings.say(Text(f"Hilfe: {more}", f"Help: {more}")))
        return USAGE
    if isinstance(error, InputError):
        for one in error.faults:
            write_error(one.message(settings.lang))
    elif isinstance(error, EvaluationError):
        write_error(f"wegweiser: {settings.say(error.text)}")
    elif isinstance(error, OutputClosedError):
        _stop_writing()
        return CLOSED
    elif isinstance(error, OSError):
        _stop_writing()
        reason = error.strerror or type(error).__name__
        write_error(
            f"wegweiser: {settings.say(Text('Ausgabe nicht möglich', 'cannot write output'))}: {reason}"
        )
    else:
        if os.environ.get("WEGWEISER_DEBUG"):
            raise error
        name = type(error).__name__
        text = Text(
            f"Interner Fehler ({name}). Bitte melden; WEGWEISER_DEBUG=1 zeigt, wo er entstand.",
            f"Internal error ({name}). Please report it; WEGWEISER_DEBUG=1 shows where it arose.",
        )
        write_error(f"wegweiser: {settings.say(text)}")
    return FAULT


def _stop_writing() -> None:
    """Nobody reads standard output any more: what is still buffered goes nowhere."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
