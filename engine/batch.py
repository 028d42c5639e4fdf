"""Many persons under one rule book: for each only what a list shows, so that it is quick.

A line says the same as the answer of a check, without norms, reasons and what goes with a permission. What is
missing costs most, so it is said only where it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.book import OUTCOMES, PERMISSIONS
from wegweiser.engine.evaluate import Evaluation, Verdict
from wegweiser.engine.possible import People, Reach

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Line", "Screening", "screen"]

_NO = 1 << OUTCOMES.index("nein")
_OPEN = sum(1 << OUTCOMES.index(outcome) for outcome in PERMISSIONS)


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
        evaluation = self.evaluation
        if evaluation.uncovered(target) is not None:
            return Line(target, "unklar")
        found = self._told.verdict(target)
        if found is not None and found.ergebnis == "unklar":
            return self._open(target)
        if found is None:
            found = evaluation.verdict(target)
            if found.ergebnis == "unklar":
                return self._open(target) if found.fehlend else Line(target, "unklar")
        ab, _ = evaluation.first_day(target, {}) if found.dann else (None, ())
        return Line(target, found.ergebnis, found.dann, _date(ab))

    def opens(self, target: str) -> date | None:
        """The first day from which a permission is certain where unknown facts are as usual; None: never."""
        evaluation = self.evaluation
        usual, side = (evaluation.usual, self._usual) if evaluation.usual else ({}, self._told)
        if evaluation.uncovered(target) is not None or side.closed(target):
            return None
        found = side.verdict(target)
        settled = found is not None and found.ergebnis != "unklar"
        kinds = [(found.ergebnis, found.dann)] if found and settled else evaluation.expected(target, usual)
        if not kinds and usual:  # nobody is so: what is told alone counts
            usual, kinds = {}, evaluation.expected(target, {})
        if kinds and all(ergebnis in PERMISSIONS for ergebnis, _ in kinds):
            return evaluation.profile.day
        later = len(kinds) == 1 and kinds[0][1] in PERMISSIONS
        return _date(evaluation.first_day(target, usual)[0]) if later else None

    def _open(self, target: str) -> Line:
        """The line where facts are missing, with what is usual."""
        evaluation, line = self.evaluation, Line(target, "unklar")
        if not evaluation.usual:
            return line
        found = self._usual.verdict(target)
        usual = evaluation.usually(target) if found is None else (found.ergebnis, found.dann)
        if usual is None or usual[0] == "unklar":
            return line
        ergebnis, dann = usual
        ab, _ = evaluation.first_day(target, evaluation.usual) if dann else (None, ())
        return line._replace(dann=dann, ab=_date(ab), voraussichtlich=ergebnis)

    @cached_property
    def _told(self) -> _Side:
        return _Side(self.evaluation, {})

    @cached_property
    def _usual(self) -> _Side:
        return _Side(self.evaluation, self.evaluation.usual)


class _Side:
    """What is quickly seen of the answers of one person where further facts are as usual."""

    def __init__(self, evaluation: Evaluation, usual: dict[str, Any]) -> None:
        self.evaluation = evaluation
        self.usual = usual
        situation, board = evaluation.situation(), evaluation.board()
        choices = list(situation.choices)
        for variable, value in situation.settled(usual).items():
            choices[variable] = (value,)
        self.people = People(situation, board, choices)
        self.later = Reach(situation, choices, board.known[0], later=True)

    def verdict(self, target: str) -> Verdict | None:
        """The verdict without what is missing; None where it is not found quickly."""
        roots = self.evaluation.outcomes(target)
        leaves = self.people.reach.leaves(roots[0])
        if self.people.found:
            if leaves & (leaves - 1):
                if self.people.differ(roots[0]):
                    return Verdict("unklar")
            elif self._stays(leaves, roots):
                return Verdict(OUTCOMES[leaves.bit_length() - 1])
        return self.evaluation.roughly(target, self.usual)

    def closed(self, target: str) -> bool:
        """Whether it is quickly seen that some have no permission, and that not all are told to wait."""
        root = self.evaluation.outcomes(target)[0]
        people = self.people
        return bool(people.found) and people.come_to(root, ~_OPEN) and people.differ(root)

    def _stays(self, leaves: int, roots: Sequence[int]) -> bool:
        """Whether the only outcome of today is a permission, or a no for all time."""
        return bool(leaves & _OPEN) or all(self.later.leaves(root) == _NO == leaves for root in roots)


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
