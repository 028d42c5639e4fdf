"""Conditions as rows to read: what is asked, what is known, whether it is met.

Negations are pushed inwards, so that `[x]` always means: met. The same rows serve the page of a
check (with truth) and the card of a rule (without).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wegweiser.cli.facts_text import UNKNOWN, demand, fact_label, known, value_text
from wegweiser.cli.words import day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.answers import Reason
    from wegweiser.engine.book import Book

__all__ = ["MARKS", "SPOKEN", "ConditionRow", "condition_rows", "failing", "leaves"]

Truth: TypeAlias = bool | None

MARKS = {True: "[x]", False: "[ ]", None: "[?]"}
SPOKEN = {
    True: Text("Erfüllt", "Met"),
    False: Text("Nicht erfüllt", "Not met"),
    None: Text("Offen", "Open"),
}
"""The marks for screen readers."""

_ONE_OF = Text("eines davon:", "one of these:")
_ALL_OF = Text("alles davon:", "all of these:")
_REACHED = Text("{}, erreicht am {}", "{}, reached on {}")
_APPROVAL = Text("Zustimmung der BA", "approval of the BA")


class ConditionRow(NamedTuple):
    """One row: `label` says what is asked, `value` what is known, `needed` what would be enough."""

    depth: int
    truth: Truth
    label: str
    value: str
    needed: str = ""


class _Reader(NamedTuple):
    book: Book
    lang: str
    full: bool
    """With everything that a derived fact rests on."""
    card: bool
    """Only what is asked, nothing of a person."""

    def rows(self, reason: Reason, depth: int, *, negated: bool) -> Iterator[ConditionRow]:
        if reason.kind in ("not", "unless"):
            for child in reason.children:
                yield from self.rows(child, depth, negated=not negated)
        elif reason.kind in ("all", "any"):
            yield from self.branch(reason, depth, negated=negated)
        else:
            yield from self.leaf(reason, depth, negated=negated)

    def branch(self, reason: Reason, depth: int, *, negated: bool) -> Iterator[ConditionRow]:
        every = (reason.kind == "all") is not negated
        truth = _flip(reason.truth, negated=negated)
        children = reason.children
        if len(children) == 1 or (every and depth == 0):
            for child in children:
                yield from self.rows(child, depth, negated=negated)
            return
        if not every and truth is True and not self.full:
            met = next(child for child in children if _flip(child.truth, negated=negated) is True)
            yield from self.rows(met, depth, negated=negated)
            return
        yield ConditionRow(depth, truth, (_ALL_OF if every else _ONE_OF).get(self.lang), "")
        for child in children:
            if truth is None and not self.full and _flip(child.truth, negated=negated) is every:
                continue
            yield from self.rows(child, depth + 1, negated=negated)

    def leaf(self, reason: Reason, depth: int, *, negated: bool) -> Iterator[ConditionRow]:
        truth = _flip(reason.truth, negated=negated)
        asked = demand(self.book, reason, self.lang, negated=negated)
        label = self.label(reason)
        value, needed = "" if self.card else self.value(reason), ""
        if self.card or reason.kind == "conclusion" or reason.op not in ("", "is", "in"):
            label = f"{label}: {asked}"
        elif truth is not True and asked and value:
            needed = asked
        if reason.norm:
            value = f"{value} ({reason.norm})" if value else f"({reason.norm})"
        yield ConditionRow(depth, truth, label, value, needed)
        if reason.kind == "derived" and (self.full or truth is not True):
            for child in reason.children:
                yield from self.rows(child, depth + 1, negated=negated)

    def label(self, reason: Reason) -> str:
        if reason.because is not None:
            return reason.because.get(self.lang)
        if reason.kind == "conclusion" and reason.name not in self.book.targets:
            return _APPROVAL.get(self.lang)
        return fact_label(self.book, reason.name, self.lang)

    def value(self, reason: Reason) -> str:
        """What is known, and the day on which a period is or was over."""
        if reason.kind == "fact":
            shown = known(self.book, reason, self.lang)
        elif reason.value is not None:
            shown = value_text(self.book, reason.name, reason.value, self.lang)
        elif reason.truth is None:
            shown = UNKNOWN.get(self.lang)
        elif isinstance(reason.arg, bool):
            shown = value_text(self.book, "", reason.arg is reason.truth, self.lang)
        else:
            return ""
        return (
            shown
            if reason.turns is None
            else _REACHED.get(self.lang).format(shown, day(reason.turns, self.lang))
        )


def _flip(truth: Truth, *, negated: bool) -> Truth:
    return truth if truth is None else truth is not negated


def condition_rows(
    book: Book, reason: Reason | None, lang: str, *, full: bool = False, card: bool = False
) -> list[ConditionRow]:
    """The rows of a condition. `card`: what is asked only, nothing of a person."""
    if reason is None:
        return []
    return list(_Reader(book, lang, full or card, card).rows(reason, 0, negated=False))


def failing(rows: list[ConditionRow]) -> list[ConditionRow]:
    """The rows that stand in the way, without those that are met."""
    return [row for row in rows if row.truth is not True]


def leaves(reason: Reason | None) -> Iterator[Reason]:
    """All tests of facts in a condition, those behind derived facts included."""
    if reason is None:
        return
    if reason.kind == "fact":
        yield reason
    for child in reason.children:
        yield from leaves(child)
