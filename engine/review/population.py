"""Invented persons, the same ones for the same seed, who stand on both sides of what rules tell apart.

Every value is drawn from the regions of the facts: both sides of each limit, the last day before and the
first day after each period, every class of a list. All values of the status get the same number of persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.periods import Period, reach
from wegweiser.engine.profile import Profile
from wegweiser.engine.review.values import region_values
from wegweiser.engine.variables import find_variables

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["Subject", "fitting", "invented"]

_TOLD = (0.95, 0.8, 0.5)
"""Shares of the facts that are told: nearly all, most, half."""
_REPAIRS = 30
"""So many facts at most are taken back where they contradict others."""
_YEARS = 40 * 365


class Subject(NamedTuple):
    """A person who is asked about: the source, the day, the facts as a profile tells them."""

    source: str
    name: str
    day: date
    facts: Mapping[str, Any]


def invented(books: Sequence[Book], count: int, day: date, seed: int = 0) -> Iterator[Subject]:
    """Persons whom every one of some books takes for possible.

    The books are parts (`slices.part_of`) of those that are compared. Persons whose facts still contradict
    each other after a few were taken back are left out.
    """
    pools = _pools(books, day)
    status = books[-1].data["review"]["status"]
    strata = pools.get(status, [None])
    for number in range(count):
        random = Random(f"{seed} {number}")  # noqa: S311 (repeatable persons, no secrets)
        told = _TOLD[number % len(_TOLD)]
        facts = {name: random.choice(values) for name, values in pools.items() if random.random() < told}
        if status is not None and strata[0] is not None:
            facts[status] = strata[number % len(strata)]
        found = facts
        for book in books:
            found = fitting(book, day, found) or {}
        if found:
            yield Subject("generiert", f"{seed}-{number}", day, found)


def fitting(book: Book, day: date, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """Facts without those that contradict others or do not exist for the person; None where that fails."""
    left = {name: value for name, value in facts.items() if name in book.vocabulary}
    for _ in range(_REPAIRS):
        try:
            Evaluation(book, Profile.from_facts(left, book.vocabulary, day))
        except ProfileError as error:
            wrong = [fault.key for fault in error.faults if fault.key in left]
            if not wrong:
                return None
            left = {name: value for name, value in left.items() if name != wrong[-1]}
        else:
            return left
    return None


def _pools(books: Sequence[Book], day: date) -> dict[str, list[Any]]:
    """For each fact that some book reads values of all its regions."""
    pools: dict[str, dict[Any, None]] = {}
    for book in books:
        variables = find_variables(book)
        for entry in variables.entries:
            if entry["kind"] in ("set", "num"):
                pools.setdefault(entry["fact"], {}).update(dict.fromkeys(region_values(book, entry)))
        for name in variables.dates:
            pools.setdefault(name, {}).update(dict.fromkeys(_days(book, variables, name, day)))
    order = books[-1].data["vocabulary"]["facts"]
    return {name: list(pools[name]) for name in order if name in pools}


def _days(book: Book, variables: Any, name: str, day: date) -> Iterator[Any]:
    """Days on both sides of every limit of a date, some between, and `keine`."""
    today, fact = day.toordinal(), book.data["vocabulary"]["facts"][name]
    found = {today, *(today - step for step in (20, 100, 200, 500, 1000, 2000, 4000, 8000, 12000))}
    if fact.get("future"):
        found |= {today + step for step in (1, 100, 250, 800)}
    for number in variables.places.get(name, ()):
        found |= {limit + step for limit in variables.entries[number]["cuts"] for step in (0, 1)}
    for _, kind, period in variables.turns.get(name, ()):
        last = reach(kind, Period(*period), today)
        found |= {last, last + 1}
    latest = today + (_YEARS if fact.get("future") else 0)
    yield from (date.fromordinal(one) for one in sorted(found) if today - 2 * _YEARS <= one <= latest)
    if not fact.get("always"):
        yield "keine"
