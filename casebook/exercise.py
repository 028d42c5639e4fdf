"""A case as an exercise: its worked answers, the steps to choose from, and a grade for each question."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from wegweiser.casebook.grading import (
    Choice,
    Grade,
    expected_day,
    grade_day,
    grade_light,
    grade_missing,
    grade_norm,
    grade_step,
)
from wegweiser.casebook.missteps import Misstep, first_misstep
from wegweiser.casebook.model import Asked, Case, Solved, solve
from wegweiser.casebook.replay import Deviation, compare
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.networks import Networks
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts

__all__ = ["Exercise", "prepare"]

_CHOICES = 4
"""Steps to choose from."""


class Exercise(NamedTuple):
    """One case, ready to be asked."""

    case: Case
    book: Book
    solved: Solved
    choices: tuple[Choice, ...]
    """Steps to choose from; empty where the case does not ask for one."""
    deviations: tuple[Deviation, ...]
    """Where the rule book answers otherwise than the case expects: such a case cannot be asked."""
    labels: Mapping[str, Text]
    """What the targets of the case are called, offers of networks included."""

    def answer(self, asked: Asked) -> Answer:
        """The answer that a question is about."""
        return self.solved.answers[asked.target]

    def grade(self, asked: Asked, typed: str, lang: str) -> Grade | Text:
        """Grade an answer; a Text says why it cannot be read as one."""
        if asked.ask == "first_step":
            return grade_step(self.case.first_step, self.choices, typed)
        expected = self.case.expectation(asked.target)
        if expected is None:  # a case is checked for this when it is read
            raise LookupError(asked.target)
        if asked.ask == "light":
            return grade_light(self.answer(asked), self.answer(asked).proof.day, typed, lang)
        if asked.ask == "norm":
            return grade_norm(expected.norms, self.answer(asked).normen, Acts.of(self.book), typed)
        if asked.ask == "missing":
            return grade_missing(self.book, expected.values["fehlend"], typed)
        day = expected_day(expected)
        if day is None:
            raise LookupError(asked.target)
        return grade_day(day, typed)

    def misstep(self, asked: Asked, said: str) -> Misstep | None:
        """What an answer passed over that named the light `said`."""
        answer = self.answer(asked)
        return first_misstep(answer, answer.proof.day, said)


def prepare(case: Case, book: Book, networks: Networks, random: Random) -> Exercise:
    """Work out a case; only what its questions need. Raises ProfileError where the facts cannot be."""
    solved = solve(case, book, networks, targets=None if case.first_step else _law(case, book))
    offers = {offer.id: Text(*offer.data["name"]) for offer in networks.offers}
    labels = {
        name: book.targets[name].label if name in book.targets else offers[name] for name in case.targets
    }
    choices = _choices(case, book, solved, random)
    return Exercise(case, book, solved, choices, tuple(compare(case, solved)), labels)


def _law(case: Case, book: Book) -> list[str] | None:
    """The targets of the law that a case asks for; None (all of them) where it asks for offers."""
    return case.targets if all(name in book.targets for name in case.targets) else None


def _choices(case: Case, book: Book, solved: Solved, random: Random) -> tuple[Choice, ...]:
    """The first step among others: those that come later, then steps of other people."""
    if not any(asked.ask == "first_step" for asked in case.questions):
        return ()
    own = [Choice(step.rule, step.was, step.wer, step.wo) for step in solved.agenda.steps]
    others = [_choice(book, rule) for rule in book.data["agenda"]["rules"] if rule["step"] is not None]
    random.shuffle(others)
    by_text = {choice.was: choice for choice in reversed([*own, *others])}
    ranked = sorted(by_text.values(), key=lambda one: (one not in own, one.rule != case.first_step))
    chosen = ranked[:_CHOICES]
    random.shuffle(chosen)
    return tuple(chosen)


def _choice(book: Book, rule: dict[str, object]) -> Choice:
    step = rule["step"]
    if not isinstance(step, dict):
        raise TypeError(rule["id"])
    where = step["wo"]
    office = book.data["agenda"]["offices"][where]["kind"] if isinstance(where, str) else where
    return Choice(str(rule["id"]), Text(*step["was"]), Text(*step["wer"]), Text(*office))
