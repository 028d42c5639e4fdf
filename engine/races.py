"""In which orders the periods of unknown dates can run out, where their cells leave that open.

An order of events is a set of relations 'one never-decreasing function of a date is not later than
another'. Dates that keep such relations are closed under taking the later of each, so there is a latest
choice, which is found by lowering each date as far as a relation asks; if a date falls out of its cell,
nobody has that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from operator import le
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
    firsts = {event.fact: event.first for chain in chains for event in chain}
    kept = [(x, y) for x, y in orders if x in firsts and y in firsts]
    found: dict[Value | None, None] = {}

    def new(reached: Steps) -> bool:
        """Whether the ways on from here can meet anything that is not found yet."""
        return None not in found or any(
            value not in found and all(map(le, reached, steps)) for steps, value in hits.items()
        )

    def follow(reached: Steps, relations: list[Relation], latest: dict[str, int]) -> None:
        if all(done == len(chain) for done, chain in zip(reached, chains, strict=True)):
            found[None] = None
            return
        for steps, together, later in _next(chains, reached):
            if hits[steps] in found if steps in hits else not new(steps):
                continue
            more = [*relations, *_same_day(together), *((together[0], event, -1) for event in later)]
            days = _narrowed(latest, firsts, more, kept)
            if days is None:
                continue
            if steps in hits:
                found[hits[steps]] = None
            else:
                follow(steps, more, days)

    follow((0,) * len(chains), [], {event.fact: event.last for chain in chains for event in chain})
    return list(found)


def _next(
    chains: Sequence[Sequence[Event]], reached: Steps
) -> Iterator[tuple[Steps, list[Event], list[Event]]]:
    """What can come next on one day, with the events of that day and the first ones after it.

    Only the days between which each event lies are looked at, whatever the others do.
    """
    heads = zip(reached, chains, strict=True)
    by = min(chain[done].high for done, chain in heads if done < len(chain))
    ranges = []
    for done, chain in zip(reached, chains, strict=True):
        end = done
        while end < len(chain) and chain[end].low <= by:
            end += 1
        ranges.append(range(done, end + 1))
    for steps in product(*ranges):
        together = [
            e for done, step, chain in zip(reached, steps, chains, strict=True) for e in chain[done:step]
        ]
        if together:
            later = [chain[step] for step, chain in zip(steps, chains, strict=True) if step < len(chain)]
            since = max(event.low for event in together)
            if all(since <= event.high for event in together) and all(since < event.high for event in later):
                yield steps, together, later


def _same_day(events: Sequence[Event]) -> Iterator[Relation]:
    for event in events[1:]:
        yield events[0], event, 0
        yield event, events[0], 0


def _narrowed(
    latest: Mapping[str, int],
    firsts: Mapping[str, int],
    relations: Sequence[Relation],
    orders: Sequence[tuple[str, str]],
) -> dict[str, int] | None:
    """The latest choice of dates, none later than `latest`, that keeps the rest; None: there is none."""
    days = dict(latest)
    changed = True
    while changed:
        changed = False
        for one, two, shift in relations:
            moment = turn(two.kind, two.period, days[two.fact]) + shift
            if turn(one.kind, one.period, days[one.fact]) > moment:
                days[one.fact] = reach(one.kind, one.period, moment)
                changed = True
                if days[one.fact] < firsts[one.fact]:
                    return None
        for x, y in orders:
            if days[x] > days[y]:
                days[x] = days[y]
                changed = True
                if days[x] < firsts[x]:
                    return None
    return days
