"""Asking at a terminal or over a pipe, one line at a time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from wegweiser.cli.layout import paragraph
from wegweiser.cli.settings import UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["Dialogue", "open_input"]


def open_input(path: str) -> None:
    """Make standard input ready for answers; UsageError for the command `path` where there is none."""
    if sys.stdin is None:
        raise UsageError(Text("es gibt keine Eingabe für Antworten", "there is no input for answers"), path)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(
            errors="replace"
        )  # a letter in another encoding is a wrong answer, no fault of the program


class Dialogue:
    """Asks on standard output of a terminal; otherwise on standard error, so that the result stands alone."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.interactive = _at_terminal()
        if self.interactive:
            _edit_lines()

    def line(self) -> str | None:
        """What is typed next; None at the end of the input."""
        mark = "> "
        if self.interactive:
            sys.stdout.flush()
        else:
            _write(sys.stderr, mark)
            mark = ""
        try:
            typed = input(mark)
        except EOFError:
            typed = None
        if typed is None or not self.interactive:
            self.say([""])
        return typed

    def tell(self, text: Text) -> None:
        """One thing."""
        self.say(paragraph(self.settings.say(text), self.settings.terminal, "  "))

    def say(self, lines: list[str]) -> None:
        """Lines for whoever is asked."""
        text = "".join(f"{line}\n" for line in lines)
        if self.interactive:
            self.settings.terminal.write(text)
        else:
            _write(sys.stderr, text)


def _at_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text)
        stream.flush()


def _edit_lines() -> None:
    """Let what is typed be edited, where the system can; nothing of it is kept."""
    try:
        import readline
    except ImportError:
        return
    readline.clear_history()
