"""One interview at a terminal or over a pipe: asks, understands, goes back, comes to an end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from wegweiser.cli.interview_answers import NOT_KNOWN, read_told, wish_of
from wegweiser.cli.interview_text import help_lines, intro_lines, question_lines, why_lines
from wegweiser.cli.layout import paragraph
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.interview import Interview
    from wegweiser.engine.vocabulary import Fact

__all__ = ["Session"]

_FIRST = Text("Das ist die erste Frage.", "This is the first question.")
_AGAIN = Text(
    "Bitte anders antworten, oder mit „zurück“ eine frühere Antwort ändern.",
    "Please answer otherwise, or change an earlier answer with “back”.",
)
_DONE = Text("Fertig: Keine weitere Frage ändert noch etwas.", "Done: no further question changes anything.")
_STOPPED = Text("Abgebrochen; das Ergebnis bis hierher:", "Stopped; the result so far:")


class Session:
    """Asks on standard output of a terminal; otherwise on standard error, so that the result stands alone."""

    def __init__(self, book: Book, settings: Settings, start: Interview) -> None:
        self.book = book
        self.settings = settings
        self.steps = [start]
        self.interactive = _at_terminal()
        if self.interactive:
            _edit_lines()

    def run(self) -> Interview:
        """Ask until nothing is left to ask or nobody answers any more."""
        self.say(intro_lines(self.settings))
        while True:
            name = self.steps[-1].question
            if name is None:
                self.tell(_DONE)
                break
            fact = self.book.vocabulary.fact(name)
            self.say(question_lines(self.book, fact, self.steps[-1], len(self.steps), self.settings))
            if not self.ask(fact):
                self.tell(_STOPPED)
                break
            self.say([""])
        self.say([""])
        return self.steps[-1]

    def ask(self, fact: Fact) -> bool:
        """One question until there is an answer or a step back; False: an end is wanted."""
        now = self.steps[-1]
        while True:
            typed = self.line()
            if typed is None:
                return False
            wish = wish_of(typed)
            if wish == "stop":
                return False
            if wish == "back":
                if len(self.steps) > 1:
                    self.steps.pop()
                    return True
                self.tell(_FIRST)
            elif wish == "help" or not typed.strip():
                self.say(help_lines(fact, self.settings))
            elif wish == "why":
                self.say(why_lines(self.book, fact, now, self.settings))
            elif self.take(fact, None if wish == NOT_KNOWN else typed):
                return True

    def take(self, fact: Fact, typed: str | None) -> bool:
        """Take an answer; False where it is not understood or contradicts what was told before."""
        now = self.steps[-1]
        raw = None
        if typed is not None:
            told = read_told(self.book, fact, typed, now.profile.day)
            if isinstance(told, Text):
                self.tell(told)
                return False
            raw = told.raw
        try:
            after = now.told(fact.name, raw)
            after.question  # noqa: B018 (what no person can have shows only here)
        except ProfileError as error:
            for fault in error.faults:
                self.tell(fault.text)
            self.tell(_AGAIN)
            return False
        self.steps.append(after)
        return True

    # --- the terminal ---

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
