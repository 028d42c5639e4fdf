"""Command classes on top of typer: quick to start, faults in both languages, help of our own.

Every parameter of the program is text or a switch, so typer's conversion (which imports pydantic,
about 80 ms) has nothing to convert and is left out. Commands are imported when they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from wegweiser.cli.settings import FLAGS, VALUES, UsageError
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text

__all__ = ["USAGE", "Command", "Context", "Group", "OptionalValue", "Parameter", "build", "build_group"]

USAGE = 2
"""Exit status of a call that cannot be understood."""


Context: TypeAlias = Any
Parameter: TypeAlias = Any
Formatter: TypeAlias = Any
Parsed: TypeAlias = Any
Node: TypeAlias = Any
"""Classes that typer keeps to itself, and what its parser hands over."""


def _plain_value(param: Parameter, ctx: Context, value: Parsed) -> Parsed:
    """What typer's own conversion gives for text, lists of text and switches."""
    if value is None and (param.multiple or param.nargs == -1):
        value = ()
    return param.callback(ctx, param, value) if param.callback is not None else value


def _quicken(param: Parameter) -> Parameter:
    """Let a parameter take its value as it is, in place of the public method of the same name."""
    if param is not None:
        param.process_value = _plain_value.__get__(param)
    return param


def _usage_fault(error: Exception) -> UsageError:
    """A fault that the parser found, in both languages."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else ""
    kind = type(error).__name__
    option = str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        names = [one for param in context.command.params for one in param.opts] if context is not None else []
        text = did_you_mean(
            Text(f"unbekannte Option {option}", f"unknown option {option}"), option, [*names, *FLAGS, *VALUES]
        )
    elif kind == "BadOptionUsage":
        text = Text(
            f"Option {option}: der Wert fehlt oder ist zu viel",
            f"option {option}: the value is missing or not wanted",
        )
    else:
        message = str(getattr(error, "message", error))
        text = Text(f"Aufruf nicht verstanden: {message}", message)
    return UsageError(text, command)


def _is_usage_error(error: BaseException) -> bool:
    """Whether the parser raised `error` (its classes have moved between versions of typer)."""
    return getattr(error, "exit_code", None) == USAGE and hasattr(error, "format_message")


class _Parsing:
    """What commands and groups have in common."""

    params: Any
    optional_value: OptionalValue | None = None

    def quicken(self) -> None:
        for param in self.params:
            _quicken(param)

    def guard(self, parse: Callable[[Any, list[str]], list[str]], ctx: Context, args: list[str]) -> list[str]:
        if self.optional_value is not None:
            args = self.optional_value.spell_out(args)
        try:
            return parse(ctx, args)
        except Exception as error:
            if not _is_usage_error(error):
                raise
            raise _usage_fault(error) from error

    def complete(
        self, complete: Callable[[Context, str], list[Parsed]], ctx: Context, incomplete: str
    ) -> list[Parsed]:
        """Add the options that are taken out before the parser sees them."""
        found = complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return found
        item = type(complete(ctx, "--help")[0])  # the class has moved between versions of typer
        return [*found, *(item(name) for name in (*FLAGS, *VALUES) if name.startswith(incomplete))]


class OptionalValue:
    """An option whose value may be left out, which the parser does not know: `--warum [ZIEL]`."""

    def __init__(self, names: Sequence[str], without: str, takes: Callable[[str], bool]) -> None:
        self.names = names
        self.without = without
        self.takes = takes

    def spell_out(self, args: list[str]) -> list[str]:
        """`args` with a value for each such option."""
        result: list[str] = []
        queue = list(args)
        while queue:
            arg = queue.pop(0)
            if arg == "--":
                return [*result, arg, *queue]
            if arg not in self.names:
                result.append(arg)
                continue
            value = queue.pop(0) if queue and self.takes(queue[0]) else self.without
            result.append(f"{arg}={value}")
        return result


class Command(TyperCommand, _Parsing):
    """One command."""

    def __init__(self, *args: Parsed, **options: Parsed) -> None:
        super().__init__(*args, **options)
        self.quicken()

    def get_help_option(self, ctx: Context) -> Parameter:
        """The option `--help`."""
        return _quicken(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; faults are `UsageError`."""
        return self.guard(super().parse_args, ctx, args)

    def format_help(self, ctx: Context, formatter: Formatter) -> None:
        """Write the help page."""
        from wegweiser.cli.help_page import command_help

        formatter.write(command_help(ctx))

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """The options of the command and the common ones."""
        return self.complete(super().shell_complete, ctx, incomplete)


class Group(TyperGroup, _Parsing):
    """Commands that are imported when they are called; aliases lead to the same command."""

    entries: ClassVar[Mapping[str, str]] = {}
    """Name of a command -> module of `wegweiser.cli` that has a function `command(name)`."""

    aliases: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Parsed, **options: Parsed) -> None:
        super().__init__(*args, **options)
        self.quicken()

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 (typer's signature)
        """The names that help and completion show."""
        return list(self.entries)

    def get_command(self, ctx: Context, cmd_name: str) -> Node:  # noqa: ARG002 (typer's signature)
        """Import a command."""
        name = self.aliases.get(cmd_name, cmd_name)
        if name not in self.entries:
            return None
        return import_module(f"wegweiser.cli.{self.entries[name]}").command(name)

    def get_help_option(self, ctx: Context) -> Parameter:
        """The option `--help`."""
        return _quicken(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options before the name of the command."""
        return self.guard(super().parse_args, ctx, args)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Node, list[str]]:
        """The command that the first argument names."""
        command = self.get_command(ctx, args[0])
        if command is None and ctx.resilient_parsing:
            return None, None, args[1:]
        if command is None:
            text = Text(f"unbekannter Befehl „{args[0]}“", f"unknown command “{args[0]}”")
            raise UsageError(did_you_mean(text, args[0], [*self.entries, *self.aliases]), ctx.command_path)
        return command.name, command, args[1:]

    def format_help(self, ctx: Context, formatter: Formatter) -> None:
        """Write the help page."""
        from wegweiser.cli.help_page import group_help

        formatter.write(group_help(ctx))

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """The commands, the options of the group and the common ones."""
        return self.complete(super().shell_complete, ctx, incomplete)


def build(
    function: Callable[..., int],
    name: str,
    optional_value: OptionalValue | None = None,
    kind: type[Command] | None = None,
) -> Command:
    """A function as a command, of a class of its own where it needs one."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command(name, cls=kind or Command)(function)
    command = typer.main.get_command(app)
    assert isinstance(command, Command)  # noqa: S101 (what typer was asked for)
    command.optional_value = optional_value
    return command


def build_group(kind: type[Group], name: str, callback: Callable[..., Any] | None = None) -> Group:
    """A group; `callback` takes the options before a command, without one a command is asked for."""
    app = typer.Typer(
        name=name,
        cls=kind,
        callback=callback or _ask_for_one,
        invoke_without_command=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    group = typer.main.get_command(app)
    assert isinstance(group, Group)  # noqa: S101 (what typer was asked for)
    return group


def _ask_for_one(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        group: Any = ctx.command
        english = {german: name for name, german in group.aliases.items()}
        names = ", ".join(group.entries)
        others = ", ".join(english.get(name, name) for name in group.entries)
        one = len(group.entries) == 1
        said = Text(
            f"es fehlt: {names}" if one else f"es fehlt eines von: {names}",
            f"missing: {others}" if one else f"missing, one of: {others}",
        )
        raise UsageError(said, ctx.command_path)
