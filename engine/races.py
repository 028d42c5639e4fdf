"""In which orders the periods of unknown dates can run out, where their cells leave that open.

An order of events is a set of relations 'one never-decreasing function of a date is not later than
another'. Dates that keep such relations are closed under taking the later of each, so there is a latest
choice, which is found by lowering each date as far as a relation asks; if a date falls out of its cell,
nobody has that order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

from wegweiser.engine.gaps import Event
from wegweiser.engine.periods import reach, turn

__all__ = ["outcomes"]

Value = TypeVar("Value")
Steps = tuple[int, ...]
Relation = tuple[Event, Event, int]
"""The first event comes at most so many days after the second."""


def outcomes(
    chains: Sequence[Sequence[Event]],
    hits: Mapping[Steps, Value],
    orders: Iterable[tuple[str, str]],
) -> list[Value | None]:
    """What is met first on the ways that somebody can take; None where somebody meets nothing.

    `chains` are events that follow one another, `hits` what is met once so many of each have come,
    `orders` pairs of dates of which the first is not later than the second.
    """
    kept = list(orders)
    found: dict[Value | None, None] = {}

    def follow(reached: Steps, relations: list[Relation]) -> None:
        if all(done == len(chain) for done, chain in zip(reached, chains, strict=True)):
            found[None] = None
            return
        for steps in product(
            *(range(done, len(chain) + 1) for done, chain in zip(reached, chains, strict=True))
        ):
            together = [
                e for done, step, chain in zip(reached, steps, chains, strict=True) for e in chain[done:step]
            ]
            if not together:
                continue
            later = [chain[step] for step, chain in zip(steps, chains, strict=True) if step < len(chain)]
            more = [*relations, *_same_day(together), *((together[0], event, -1) for event in later)]
            if not _feasible(more, kept):
                continue
            if steps in hits:
                found[hits[steps]] = None
            else:
                follow(steps, more)

    follow((0,) * len(chains), [])
    return list(found)


def _same_day(events: Sequence[Event]) -> Iterable[Relation]:
    for event in events[1:]:
        yield events[0], event, 0
        yield event, events[0], 0


def _feasible(relations: Collection[Relation], orders: Collection[tuple[str, str]]) -> bool:
    """Whether dates in their cells keep all relations and orders."""
    events = {event.fact: event for one, two, _ in relations for event in (one, two)}
    day = {fact: event.last for fact, event in events.items()}

    def lower(fact: str, most: int) -> bool:
        if day[fact] <= most:
            return False
        day[fact] = most
        return True

    changed = True
    while changed:
        changed = False
        for one, two, shift in relations:
            moment = turn(two.kind, two.period, day[two.fact]) + shift
            if turn(one.kind, one.period, day[one.fact]) > moment:
                changed |= lower(one.fact, reach(one.kind, one.period, moment))
        for x, y in orders:
            if x in day and y in day:
                changed |= lower(x, day[y])
        if any(day[fact] < event.first for fact, event in events.items()):
            return False
    return True
