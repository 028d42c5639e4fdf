"""One interview at a terminal or over a pipe: asks, understands, goes back, comes to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.dialogue import Dialogue
from wegweiser.cli.interview_answers import NOT_KNOWN, read_told, wish_of
from wegweiser.cli.interview_text import help_lines, intro_lines, question_lines, why_lines
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


class Session(Dialogue):
    """Asks what an interview wants to know."""

    def __init__(self, book: Book, settings: Settings, start: Interview) -> None:
        super().__init__(settings)
        self.book = book
        self.steps = [start]

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
