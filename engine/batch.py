"""Many persons under one rule book: for each only what a list shows, so that it is quick.

A line says the same as the answer of a check, without norms, reasons and what goes with a permission. What is
missing costs most, so it is said only where it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import OUTCOMES, PERMISSIONS
from wegweiser.engine.evaluate import Evaluation, Verdict
from wegweiser.engine.possible import People, Reach

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Line", "Screening", "is_open", "screen"]

_NO = 1 << OUTCOMES.index("nein")


class Line(NamedTuple):
    """What is said of one target; the names are those of an answer.

    Where everything usual gives an answer (`voraussichtlich`), `ab` and `dann` belong to it.
    """

    ziel: str
    ergebnis: str
    dann: str | None = None
    ab: date | None = None
    fehlend: tuple[str, ...] = ()
    ab_fehlend: tuple[str, ...] = ()
    moeglich: tuple[str, ...] = ()
    voraussichtlich: str | None = None


def screen(book: Book, profile: Profile, targets: Sequence[str], *, missing: bool = True) -> tuple[Line, ...]:
    """The lines of one person for some targets, in their order.

    Without `missing` they leave out `fehlend`, `ab_fehlend` and `moeglich`, which takes a tenth of the time.
    Raises ProfileError where facts contradict each other, BookError where the rules do.
    """
    evaluation = Evaluation(book, profile)
    if missing:
        return tuple(_line(evaluation, target) for target in targets)
    screening = Screening(evaluation)
    return tuple(screening.line(target) for target in targets)


def is_open(found: Line | Verdict) -> bool:
    """Whether a permission is certain today, though perhaps not how binding it is."""
    return found.ergebnis in PERMISSIONS or (
        bool(found.moeglich) and all(outcome in PERMISSIONS for outcome in found.moeglich)
    )


def _line(evaluation: Evaluation, target: str) -> Line:
    if evaluation.uncovered(target) is not None:
        return Line(target, "unklar")
    found = evaluation.verdict(target)
    if found.ergebnis != "unklar":
        ab, ab_fehlend = evaluation.first_day(target, {}) if found.dann else (None, ())
        return Line(target, found.ergebnis, found.dann, _date(ab), (), ab_fehlend)
    open_line = Line(target, "unklar", fehlend=found.fehlend, moeglich=found.moeglich)
    usual = evaluation.usually(target) if found.fehlend and evaluation.usual else None
    if usual is None:
        return open_line
    ergebnis, dann = usual
    ab, _ = evaluation.first_day(target, evaluation.usual) if dann else (None, ())
    return open_line._replace(dann=dann, ab=_date(ab), voraussichtlich=ergebnis)


class Screening:
    """The lines of one person without what is missing."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    def line(self, target: str) -> Line:
        """The line for a target."""
        if self.evaluation.uncovered(target) is not None:
            return Line(target, "unklar")
        settled = self._told.settled(target)
        if settled == "unklar":
            return self._open(target)
        if settled is None:
            return _line(self.evaluation, target)._replace(fehlend=(), ab_fehlend=(), moeglich=())
        return Line(target, settled)

    def _open(self, target: str) -> Line:
        """The line where the answer is open, with what is usual."""
        evaluation = self.evaluation
        settled = self._usual.settled(target) if evaluation.usual else "unklar"
        if settled == "unklar":
            return Line(target, "unklar")
        usual = evaluation.usually(target) if settled is None else (settled, None)
        if usual is None:
            return Line(target, "unklar")
        ergebnis, dann = usual
        ab, _ = evaluation.first_day(target, evaluation.usual) if dann else (None, ())
        return Line(target, "unklar", dann, _date(ab), voraussichtlich=ergebnis)

    @cached_property
    def _told(self) -> _Side:
        return _Side(self.evaluation, self.evaluation.situation().choices)

    @cached_property
    def _usual(self) -> _Side:
        situation = self.evaluation.situation()
        choices = list(situation.choices)
        for variable, value in situation.settled(self.evaluation.usual).items():
            choices[variable] = (value,)
        return _Side(self.evaluation, choices)


class _Side:
    """What is seen at once of the answers of one person, with some values of facts."""

    def __init__(self, evaluation: Evaluation, choices: Sequence[tuple[int, ...]]) -> None:
        situation, board = evaluation.situation(), evaluation.board()
        self.outcomes = evaluation.outcomes
        self.people = People(situation, board, choices)
        self.later = Reach(situation, choices, board.known[0], later=True)

    def settled(self, target: str) -> str | None:
        """The outcome where it is certain, `unklar` where it is open for certain; else None."""
        roots = self.outcomes(target)
        leaves = self.people.reach.leaves(roots[0])
        if not self.people.found:
            return None
        if leaves & (leaves - 1):
            return "unklar" if self.people.differ(roots[0]) else None
        outcome = OUTCOMES[leaves.bit_length() - 1]
        if outcome in PERMISSIONS:
            return outcome
        return outcome if all(self.later.leaves(root) == _NO == leaves for root in roots) else None


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
