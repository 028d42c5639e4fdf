"""Help pages: what a command is for, examples first, then its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.help_entry import Help
from wegweiser.cli.help_texts import COMMON, COMPLETION, HELP, ROOT_OPTIONS, STATUS
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.parsing import Context, Parameter
from wegweiser.cli.words import command_words
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["command_help", "group_help"]

_EXAMPLES = Text("BEISPIELE", "EXAMPLES")
_USAGE = Text("AUFRUF", "USAGE")
_COMMANDS = Text("BEFEHLE", "COMMANDS")
_OPTIONS = Text("OPTIONEN", "OPTIONS")
_EVERYWHERE = Text("FÜR ALLE BEFEHLE", "FOR ALL COMMANDS")
_STATUS = Text("RÜCKGABEWERT", "EXIT STATUS")
_OPTION_WORD = Text("[OPTIONEN]", "[OPTIONS]")


class _Page:
    def __init__(self, settings: Settings) -> None:
        self.terminal = settings.terminal
        self.lang = settings.lang
        self.lines: list[str] = []

    def paragraph(self, text: Text) -> None:
        self.lines += paragraph(text.get(self.lang), self.terminal)

    def heading(self, text: Text) -> None:
        self.lines += ["", *heading(text.get(self.lang), self.terminal)]

    def entries(self, entries: list[tuple[str, Text]]) -> None:
        """Names with what they mean beside them; long names have a line of their own."""
        named = [(command_words(name, self.lang), text) for name, text in entries]
        fitting = [len(name) for name, _ in named if len(name) <= self.terminal.width // 2]
        column = max(fitting, default=4) + 4
        for name, text in named:
            self.lines += entry(name, text.get(self.lang), self.terminal, column)

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def _key(ctx: Context) -> str:
    parts: list[str] = []
    while ctx is not None and ctx.parent is not None:
        parts.insert(0, str(ctx.command.name))
        ctx = ctx.parent
    return " ".join(parts)


def _examples(page: _Page, texts: Help) -> None:
    page.heading(_EXAMPLES)
    page.entries(list(texts.examples))


def _common(page: _Page) -> None:
    page.heading(_EVERYWHERE)
    page.entries(list(COMMON))


def command_help(ctx: Context) -> str:
    """The page of one command."""
    page = _Page(ctx.obj)
    key = _key(ctx)
    texts = HELP[key]
    name = command_words(f"wegweiser {key}", page.lang)
    page.paragraph(Text(f"{name}: {texts.purpose.de}", f"{name}: {texts.purpose.en}"))
    _examples(page, texts)
    params = [param for param in ctx.command.params if not param.hidden]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    page.heading(_USAGE)
    shown = " ".join(
        [f"wegweiser {key}", _OPTION_WORD.get(page.lang), *(str(one.metavar) for one in arguments)]
    )
    page.lines += paragraph(command_words(shown, page.lang), page.terminal, "  ", "      ")
    page.entries([(str(one.metavar), texts.parameters[one.name]) for one in arguments])
    if options:
        page.heading(_OPTIONS)
        page.entries([(_spelled(one), texts.parameters[one.name]) for one in options])
    _common(page)
    if texts.status:
        page.heading(_STATUS)
        page.entries(list(STATUS))
    return page.text()


def _spelled(option: Parameter) -> str:
    """`--am, --date JJJJ-MM-TT`."""
    names = ", ".join(option.opts)
    return f"{names} {option.metavar}" if option.metavar else names


def group_help(ctx: Context) -> str:
    """The page of the program or of a group of commands."""
    page = _Page(ctx.obj)
    key = _key(ctx)
    texts = HELP[key]
    page.paragraph(texts.purpose)
    _examples(page, texts)
    page.heading(_COMMANDS)
    group = ctx.command
    prefix = f"{key} " if key else ""
    aliases = {name: alias for alias, name in group.aliases.items()}
    pairs = [(name, aliases.get(name, name)) for name in group.entries]
    if page.lang == "en":
        pairs = [(alias, name) for name, alias in pairs]
    names = [f"{one} ({other})" if one != other else one for one, other in pairs]
    entries = [
        (name, HELP[f"{prefix}{entry}"].purpose) for name, entry in zip(names, group.entries, strict=True)
    ]
    page.entries(entries)
    own = [one for one in group.params if one.name in texts.parameters]
    if not key or own:
        page.heading(_OPTIONS)
        page.entries([(_spelled(one), texts.parameters[one.name]) for one in own])
    if not key:
        page.entries([*ROOT_OPTIONS, *COMPLETION])
    _common(page)
    return page.text()
