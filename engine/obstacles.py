"""What keeps a target closed whatever is changed: conditions of its proof on facts that nobody can change.

An obstacle is read from one rule at a time: a prohibition that takes effect and rests on nothing that can
be changed; and, where that is so of every permission, one of which a condition fails for good. What is
unknown, and what time will bring, is no obstacle.
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
    """The obstacles of an answer: prohibitions first, then what fails for the fewest reasons."""
    rules = answer.proof.rules
    bars = [rule for rule in rules if rule.state == "wirkt" and rule.outcome == "nein"]
    permissions = [rule for rule in rules if rule.outcome in PERMISSIONS]
    barred = [_obstacle(book, rule, answer.proof.day, bars=True) for rule in bars]
    failing = [_obstacle(book, rule, answer.proof.day, bars=False) for rule in permissions]
    if not all(one.conditions for one in failing):
        failing = []
    found = [one for one in (*barred, *failing) if one.conditions]
    return tuple(sorted(found, key=lambda one: (not one.bars, len(one.conditions))))


def _obstacle(book: Book, rule: RuleReason, today: date, *, bars: bool) -> Obstacle:
    """What a rule says and why it stays so; no conditions where it need not."""
    decisive = () if rule.condition is None else _decisive(book, rule.condition, not bars, today)
    return Obstacle(rule.id, rule.because, rule.normen, bars, tuple(dict.fromkeys(decisive)))


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
