"""Many persons under one rule book: for each only what a list shows, so that it is quick.

A line says the same as the answer of a check, without norms, reasons and what goes with a permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.evaluate import Evaluation, Verdict

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Line", "is_open", "screen"]


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


def screen(book: Book, profile: Profile, targets: Sequence[str]) -> tuple[Line, ...]:
    """The lines of one person for some targets, in their order.

    Raises ProfileError where facts contradict each other, BookError where the rules do.
    """
    evaluation = Evaluation(book, profile)
    return tuple(_line(evaluation, target) for target in targets)


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


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
