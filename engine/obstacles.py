"""What keeps a target closed whatever is changed: conditions of its proof on facts that nobody can change.

An obstacle is read from one rule at a time: a prohibition that takes effect and rests on nothing that can
be changed, or a way to a permission of which a condition fails for good. What is unknown, and what time
will bring, is no obstacle.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import PERMISSIONS

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.engine.answers import Answer, Reason, RuleReason
    from wegweiser.engine.book import Book
    from wegweiser.engine.text import Text

__all__ = ["Obstacle", "find_obstacles"]


class Obstacle(NamedTuple):
    """One rule that stands in the way."""

    rule: str
    because: Text
    normen: tuple[str, ...]
    bars: bool
    """A prohibition; otherwise a permission that is out of reach."""
    conditions: tuple[tuple[Reason, bool], ...]
    """The conditions that decide it, each with what it would have to be."""


def find_obstacles(book: Book, answer: Answer) -> tuple[Obstacle, ...]:
    """The obstacles of an answer: prohibitions first, then the permissions that fail for the fewest reasons."""
    found = []
    for rule in answer.proof.rules:
        bars = rule.state == "wirkt" and rule.outcome == "nein"
        fails = rule.state == "greift_nicht" and rule.outcome in PERMISSIONS
        if (bars or fails) and rule.condition is not None:
            decisive = tuple(dict.fromkeys(_decisive(book, rule.condition, fails, answer.proof.day)))
            if decisive:
                found.append(_obstacle(rule, decisive, bars=bars))
    return tuple(sorted(found, key=lambda one: (not one.bars, len(one.conditions))))


def _obstacle(rule: RuleReason, decisive: tuple[tuple[Reason, bool], ...], *, bars: bool) -> Obstacle:
    return Obstacle(rule.id, rule.because, rule.normen, bars, decisive)


def _decisive(book: Book, reason: Reason, wanted: bool, today: date) -> Iterator[tuple[Reason, bool]]:  # noqa: FBT001 (a truth)
    """The conditions because of which a reason cannot become what is wanted; none where it can."""
    if _possible(book, reason, wanted, today):
        return
    if reason.kind in ("not", "unless"):
        for child in reason.children:
            yield from _decisive(book, child, not wanted, today)
    elif reason.kind in ("all", "any"):
        for child in reason.children:
            yield from _decisive(book, child, wanted, today)
    else:
        yield reason, wanted


def _possible(book: Book, reason: Reason, wanted: bool, today: date) -> bool:  # noqa: FBT001 (a truth)
    """Whether a reason is what is wanted, or can become it."""
    if reason.truth is wanted or reason.truth is None:
        return True
    if reason.kind in ("not", "unless"):
        return all(_possible(book, child, not wanted, today) for child in reason.children)
    if reason.kind in ("all", "any"):
        every = (reason.kind == "all") is wanted
        parts = (_possible(book, child, wanted, today) for child in reason.children)
        return all(parts) if every else any(parts)
    if reason.kind == "conclusion" or (reason.turns is not None and reason.turns > today and wanted):
        return True
    return any(_changeable(book, one) for one in _facts(reason))


def _facts(reason: Reason) -> Iterator[Reason]:
    """The tests of facts behind a condition."""
    if reason.kind == "fact":
        yield reason
    for child in reason.children:
        yield from _facts(child)


def _changeable(book: Book, reason: Reason) -> bool:
    return reason.truth is None or book.vocabulary.fact(reason.name).aenderbar
