"""What keeps a target closed whatever is changed: conditions of its proof on facts that nobody can change.

An obstacle is read from one rule at a time: a prohibition that takes effect and rests on nothing that can
be changed; and, where that is so of every permission, one of which a condition fails for good. An exception
is out of reach with the rules that it departs from. What is unknown, and what time will bring, is no
obstacle; to hold the target already is nothing that can be brought about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import PERMISSIONS

if TYPE_CHECKING:
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
    look = _Look(book, answer)
    barred = [look.at(rule, bars=True) for rule in rules if rule.state == "wirkt" and rule.outcome == "nein"]
    failing = {rule.id: look.at(rule, bars=False) for rule in rules}
    out_of_reach = {name for name, one in failing.items() if one.conditions}
    while True:
        more = {rule.id for rule in rules if rule.parents and out_of_reach.issuperset(rule.parents)}
        if more <= out_of_reach:
            break
        out_of_reach |= more
    permissions = {rule.id: rule for rule in rules if rule.outcome in PERMISSIONS}
    closed = [failing[name] for name, rule in permissions.items() if not look.holders(rule)]
    if not out_of_reach.issuperset(permissions):
        closed = []
    found = [one for one in (*barred, *closed) if one.conditions]
    return tuple(sorted(found, key=lambda one: (not one.bars, len(one.conditions))))


class _Look:
    """Looks at the rules of one answer."""

    def __init__(self, book: Book, answer: Answer) -> None:
        self.book = book
        self.today = answer.proof.day
        self.held = book.targets[answer.ziel].held

    def at(self, rule: RuleReason, *, bars: bool) -> Obstacle:
        """What a rule says and why it stays so; no conditions where it need not."""
        decisive = () if rule.condition is None else self._decisive(rule.condition, not bars)
        return Obstacle(rule.id, rule.because, rule.normen, bars, tuple(dict.fromkeys(decisive)))

    def _decisive(self, reason: Reason, wanted: bool) -> Iterator[tuple[Reason, bool]]:  # noqa: FBT001 (a truth)
        """The conditions because of which a reason cannot become what is wanted; none where it can."""
        if self._possible(reason, wanted):
            return
        if reason.kind in ("not", "unless"):
            for child in reason.children:
                yield from self._decisive(child, not wanted)
        elif reason.kind in ("all", "any"):
            for child in reason.children:
                yield from self._decisive(child, wanted)
        elif reason.kind == "derived" and isinstance(reason.arg, bool) and reason.children:
            yield from self._decisive(reason.children[0], wanted is reason.arg)
        else:
            yield reason, wanted

    def _possible(self, reason: Reason, wanted: bool) -> bool:  # noqa: FBT001 (a truth)
        """Whether a reason is what is wanted, or can become it."""
        if reason.truth is wanted or reason.truth is None:
            return True
        if reason.kind in ("not", "unless"):
            return all(self._possible(child, not wanted) for child in reason.children)
        if reason.kind in ("all", "any"):
            every = (reason.kind == "all") is wanted
            parts = (self._possible(child, wanted) for child in reason.children)
            return all(parts) if every else any(parts)
        if reason.kind == "derived" and isinstance(reason.arg, bool) and reason.children:
            return self._possible(reason.children[0], wanted is reason.arg)
        if reason.kind == "conclusion" or (reason.turns is not None and reason.turns > self.today and wanted):
            return True
        return any(self._changeable(one) for one in _facts(reason))

    def _changeable(self, reason: Reason) -> bool:
        if reason.truth is None:
            return True
        fact = self.book.vocabulary.fact(reason.name)
        return fact.aenderbar and not self._says_held(reason)

    def holders(self, rule: RuleReason) -> bool:
        """Whether a rule speaks only of those who hold the target."""
        return rule.condition is not None and self._asks_held(rule.condition)

    def _asks_held(self, reason: Reason) -> bool:
        joined = reason.kind in ("all", "derived")
        return self._says_held(reason) or (joined and any(map(self._asks_held, reason.children)))

    def _says_held(self, reason: Reason) -> bool:
        """Whether a test asks for no more than that the person holds the target."""
        return reason.op == "is" and reason.name in self.held and reason.arg == self.held[reason.name]


def _facts(reason: Reason) -> Iterator[Reason]:
    """The tests of facts behind a condition."""
    if reason.kind == "fact":
        yield reason
    for child in reason.children:
        yield from _facts(child)
