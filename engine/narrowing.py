"""The same question after one more fact was told: as far as it can be, answered from the set before.

Where a question looks at the same diagrams as before and nothing but facts with single values have
become known, its answers are the branch of the set of answers before. Relations are left out of a walk
where something open can satisfy them; so a fact that a relation looks at is a reason to walk anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wegweiser.engine.solve import Query

__all__ = ["Seen", "narrow"]


class Seen(NamedTuple):
    """Everything that the verdict of a question depends on; the day and the book apart."""

    question: tuple[object, ...]
    """The nodes of the diagrams, and what is known of dates."""
    choices: tuple[tuple[int, ...], ...]
    """What each fact with single values can be."""

    @classmethod
    def of(cls, query: Query) -> Seen:
        """What a question depends on."""
        situation, variables = query.situation, query.compiled.variables
        ordered = {name for x, y, _ in query.state.orders for name in (x, y)}
        days = tuple(
            (name, situation.dates.get(name), situation.earliest(name), situation.latest(name))
            for name, mask in variables.dates.items()
            if mask & query.mask or name in ordered
        )
        choices = tuple([situation.choices[number] for number in _singles(query)])
        return cls((query.target, query.state, query.mask, days), choices)


def _singles(query: Query) -> list[int]:
    """The variables of facts with single values that a question looks at."""
    bits = query.mask & ((1 << query.first_date) - 1)
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def narrow(query: Query, seen: Seen, before: Query, seen_before: Seen) -> bool:
    """Let a question take its answers from the one before; False where they have to be found anew."""
    if seen.question != seen_before.question:
        return False
    fixed: dict[int, int] = {}
    for number, now, then in zip(_singles(query), seen.choices, seen_before.choices, strict=True):
        if now != then:
            if len(now) != 1 or now[0] not in then or len(then) == 1:
                return False
            fixed[number] = then.index(now[0])
    state, reach = query.state, query.compiled.reach
    conditions = [*state.relations, *state.forbidden, *(order[2] for order in state.orders)]
    if any(reach(node) >> number & 1 for node in conditions for number in fixed):
        return False
    solution = before.solution
    root = solution.root
    for number, place in fixed.items():
        root = solution.sets.within(root, number, place)
    query.take(solution._replace(root=root), before.delicate)
    return True
