"""What is met while events come one after the other: after how many of each chain there is which permission.

Which permission that is depends on the wording and on what holds before, not on the days of the events;
so the same meetings come again and again and are worth keeping.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

__all__ = ["Meeting", "Steps", "Value", "meeting"]

Steps = tuple[int, ...]
"""How many events of each chain have come."""
Value = tuple[int, int]
"""An outcome and an approval."""


class Meeting(NamedTuple):
    """What is met; `hits` counts only the events in `kept` (for each chain their places)."""

    hits: Mapping[Steps, Value]
    kept: tuple[tuple[int, ...], ...]
    steady: bool
    """Whether there is one permission, which stays once it is there, and comes at the latest in the end."""


def meeting(ends: Steps, met: Callable[[Steps], Value | None]) -> Meeting:
    """What is met on the way to `ends`; `met` says it for one place on the way."""
    found = ((steps, met(steps)) for steps in product(*(range(end + 1) for end in ends)) if any(steps))
    hits = {steps: value for steps, value in found if value is not None}
    if not hits or (ends in hits and len(set(hits.values())) == 1 and _stays(hits, ends)):
        return Meeting(hits, tuple(tuple(range(end)) for end in ends), steady=True)
    return _telling(hits, ends)


def _stays(hits: Mapping[Steps, Value], ends: Steps) -> bool:
    """Whether a permission, once there, stays while further events come."""
    for steps in hits:
        for place, step in enumerate(steps):
            if step < ends[place] and (*steps[:place], step + 1, *steps[place + 1 :]) not in hits:
                return False
    return True


def _telling(hits: Mapping[Steps, Value], ends: Steps) -> Meeting:
    """The same, counting only events that somewhere make a difference."""
    kept = tuple(
        tuple(step for step in range(end) if _differs(hits, ends, place, step))
        for place, end in enumerate(ends)
    )
    fewer = {
        tuple(_passed(events, step) for events, step in zip(kept, steps, strict=True)): value
        for steps, value in hits.items()
    }
    return Meeting(fewer, kept, steady=False)


def _differs(hits: Mapping[Steps, Value], ends: Steps, place: int, step: int) -> bool:
    """Whether one event of a chain makes a difference, wherever the other chains are."""
    return any(
        hits.get((*before, step, *after)) != hits.get((*before, step + 1, *after))
        for before in product(*(range(end + 1) for end in ends[:place]))
        for after in product(*(range(end + 1) for end in ends[place + 1 :]))
    )


def _passed(events: Sequence[int], step: int) -> int:
    """How many of some events of a chain are among the first ones."""
    return sum(event < step for event in events)
