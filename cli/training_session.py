"""One exercise at a terminal or over a pipe: asks, understands, gives hints, grades, offers variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wegweiser.casebook.grading import LONGEST, Grade, read_light
from wegweiser.casebook.missteps import first_misstep
from wegweiser.casebook.variants import askable, question, variants
from wegweiser.cli.dialogue import Dialogue
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.training_text import case_lines, misstep_text, question_lines, result_page, solution_text
from wegweiser.cli.words import LIGHTS, day
from wegweiser.engine.names import normal
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from random import Random

    from wegweiser.casebook.exercise import Exercise
    from wegweiser.casebook.model import Asked
    from wegweiser.casebook.variants import Variant
    from wegweiser.cli.settings import Settings

__all__ = ["Reply", "TrainingSession"]

_HINT = ("hinweis", "hilfe", "hint", "help")
_SKIP = ("w", "weiss_nicht", "weiß_nicht", "dk", "not_known", "weiter", "skip")
_STOP = ("stopp", "stop", "ende", "end", "quit", "exit")
_NO = ("n", "nein", "no", *_STOP)
_NO_HINT = Text("Weitere Hinweise gibt es nicht.", "There are no further hints.")
_LONG = Text("die Antwort ist zu lang", "the answer is too long")
_MORE = Text(
    "Variante? Eingabetaste: ja, „n“: nein.",
    "A variant? Return key: yes, “n”: no.",
)
_NONE = Text("Zu diesem Fall gibt es keine weitere Variante.", "There is no further variant of this case.")
_RIGHT = Text("richtig: {}", "right: {}")
_WRONG = Text("nicht ganz: {}", "not quite: {}")
_BESIDE = Text(
    "Einen Tag daneben, mit {}, bleibt es bei {}.",
    "One day beside it, with {}, it stays {}.",
)


class Reply(NamedTuple):
    """What became of one question; no grade where nothing was answered."""

    asked: Asked
    grade: Grade | None


class TrainingSession(Dialogue):
    """Asks the questions of one case."""

    def __init__(self, exercise: Exercise, settings: Settings, seed: int, random: Random) -> None:
        super().__init__(settings)
        self.exercise = exercise
        self.seed = seed
        self.random = random
        self.hints = list(exercise.case.hints)
        self.ended = False

    def run(self) -> str:
        """Ask every question, or until nobody answers any more; the page with the grades."""
        self.say(case_lines(self.exercise.case, self.seed, self.settings))
        replies = []
        for number, asked in enumerate(self.exercise.case.questions, 1):
            grade = None
            if not self.ended:
                self.say(["", *question_lines(self.exercise, asked, number, self.settings)])
                grade = self.ask(asked)
            replies.append(Reply(asked, grade))
        self.say([""])
        return result_page(self.exercise, replies, self.seed, self.settings)

    def ask(self, asked: Asked) -> Grade | None:
        """One question until there is an answer; None where there is none."""
        while True:
            typed = self.line()
            word = "" if typed is None else normal(typed)
            if typed is None or word in _STOP:
                self.ended = True
                return None
            if word in _SKIP:
                return None
            if word in _HINT or (not word and typed.strip() not in ("-", "–")):
                self.tell(self.hints.pop(0) if self.hints else _NO_HINT)
            elif len(typed) > LONGEST:
                self.tell(_LONG)
            else:
                grade = self.exercise.grade(asked, typed, self.settings.lang)
                if isinstance(grade, Grade):
                    return grade
                self.tell(grade)

    def vary(self) -> None:
        """Offer variants until nobody wants one any more or there is none."""
        if not askable(self.exercise.case, self.exercise.book):
            return
        found = variants(self.exercise.case, self.exercise.book, self.random)
        while not self.ended:
            self.say(["", *paragraph(self.settings.say(_MORE), self.settings.terminal)])
            typed = self.line()
            if typed is None or normal(typed) in _NO:
                return
            variant = next(found, None)
            if variant is None:
                self.tell(_NONE)
                return
            self.variant(variant)

    def variant(self, variant: Variant) -> None:
        """Ask one variant and say what is right."""
        lang, terminal = self.settings.lang, self.settings.terminal
        title = Text("VARIANTE", "VARIANT").get(lang)
        self.say(
            [*heading(title, terminal), *paragraph(question(variant, self.exercise.book).get(lang), terminal)]
        )
        said = self.light()
        answer, book = variant.answer, self.exercise.book
        solution = solution_text(answer, variant.day, lang)
        lines = paragraph(
            (_RIGHT if said == variant.light else _WRONG).get(lang).format(solution), terminal, "  "
        )
        if variant.boundary is not None:
            beside = _BESIDE.get(lang).format(
                day(variant.boundary, lang), LIGHTS[variant.light_before].get(lang)
            )
            lines += paragraph(beside, terminal, "  ")
        if said is not None and said != variant.light:
            step = first_misstep(answer, variant.day, said)
            if step is not None:
                lines += paragraph(misstep_text(book, step, lang), terminal, "  ")
        self.say(lines)

    def light(self) -> str | None:
        """The light that is answered; None where none is."""
        while True:
            typed = self.line()
            if typed is None or normal(typed) in _STOP:
                self.ended = True
                return None
            if normal(typed) in _SKIP:
                return None
            read = read_light(typed[:LONGEST], self.settings.lang)
            if not isinstance(read, Text):
                return read
            self.tell(read)
