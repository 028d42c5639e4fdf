"""The days on which an application can be made: while the condition `antrag` of a rule holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.core import Core, reduce
from wegweiser.engine.periods import NEVER, turn
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.book import Condition, Rule
    from wegweiser.engine.truth import Truth

__all__ = ["Stretch", "days_to_apply"]


class Stretch(NamedTuple):
    """First and last day (ordinals); None where it has no beginning or no end."""

    first: int | None
    last: int | None


def days_to_apply(
    rules: Iterable[Rule], truth: Callable[[int], Truth], target: str, day: int
) -> Stretch | None:
    """The stretch of days to apply that `day` lies in or that comes next; None where there is none.

    Of several rules the longest stretch counts. A condition that is open on the day gives none.
    """
    found = [
        stretch
        for rule in rules
        if rule.data.get("antrag") is not None
        and (stretch := _stretch(rule.data["antrag"], truth, target, day)) is not None
    ]
    if not found:
        return None
    firsts = [one.first for one in found]
    lasts = [one.last for one in found]
    return Stretch(
        None if None in firsts else min(one for one in firsts if one is not None),
        None if None in lasts else max(one for one in lasts if one is not None),
    )


def _stretch(condition: Condition, truth: Callable[[int], Truth], target: str, day: int) -> Stretch | None:
    days = sorted(_turning(condition, truth(day), day))
    holds = {one: truth(one).reason(condition, target).truth for one in (*days, day)}
    if holds[day] is None:
        return None
    # from one day of change to the next the truth stays; before the first it is looked at a day earlier
    edges = [(days[0] - 1 if days else day), *days]
    holds[edges[0]] = truth(edges[0]).reason(condition, target).truth
    first: int | None = None
    for place, edge in enumerate(edges):
        if holds[edge] is not True:
            first = None
            continue
        if first is None:
            first = edge
        end = edges[place + 1] if place + 1 < len(edges) else None
        if end is None or (end > day and holds[end] is not True):
            return Stretch(None if first == edges[0] else first, None if end is None else end - 1)
    return None


def _turning(condition: Condition, truth: Truth, day: int) -> set[int]:
    """The days on which the truth of a condition can change, by known dates and by the wording."""
    book, facts = truth.book, truth.facts
    later = [edge for edge in book.boundaries if edge > day]
    days = set(later)
    for start in (day, *later):
        for _, name, kind, period in _turns(reduce(book, condition, start)):
            value = facts.values.get(name)
            if value is not None and value != KEINE:
                days.add(turn(kind, period, value))
    return {one for one in days if one < NEVER}


def _turns(core: Core) -> Iterator[Core]:
    if core[0] in ("and", "or"):
        for part in core[1]:
            yield from _turns(part)
    elif core[0] == "not":
        yield from _turns(core[1])
    elif core[0] == "turn":
        yield core
