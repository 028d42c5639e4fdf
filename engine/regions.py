"""The regions of a fact that can be changed: values that the rules do not tell apart for one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.board import Board
from wegweiser.engine.situation import KEINE
from wegweiser.engine.variables import possible_classes

if TYPE_CHECKING:
    from wegweiser.engine.facts import Facts
    from wegweiser.engine.situation import Situation
    from wegweiser.engine.solve import Query
    from wegweiser.engine.values import Value

__all__ = ["Region", "changeable", "regions_of"]

_SINGLE = ("bool", "wahl", "zahl", "geld")


class Region(NamedTuple):
    """Values of one fact that make no difference to each other.

    Truths and enumerations have `values`; numbers (geld: cents) and dates (ordinals) a lowest and a
    highest value, None where there is no highest. A date that is to be `keine` has that as its only value.
    """

    fact: str
    values: tuple[bool | str, ...]
    low: int | None
    high: int | None
    classes: tuple[tuple[int, int], ...] = ()
    """What the variables of the diagrams are."""

    dated: bool = False
    """A region of a date."""

    @property
    def example(self) -> Any:
        """One value in plain form (see `Situation`)."""
        return self.values[0] if self.low is None else self.low

    @property
    def value(self) -> Value:
        """The same value as a profile tells it."""
        found: Value = self.values[0] if self.values else self.example
        return date.fromordinal(self.example) if self.dated and not self.values else found


def changeable(facts: Facts) -> list[str]:
    """Facts that are steps and of a kind that has regions; what follows from other entries is no step."""
    return [
        name
        for name, entry in facts.entries.items()
        if entry.get("aenderbar")
        and name not in facts.derived
        and (entry["typ"] in _SINGLE or (entry["typ"] == "datum" and entry.get("future")))
    ]


def regions_of(
    facts: Facts, query: Query, situation: Situation, name: str, held: str | None = None
) -> list[Region]:
    """The regions of a fact that is open in the question, without the one in which it is now.

    `situation` is the person as told. Of dates only days from the day of the check on are regions, and
    `keine` unless the event has happened: nobody changes the past. `held` is a value that says no more than
    that the person holds what is asked for; it belongs to no region.
    """
    if facts.entries[name]["typ"] == "datum":
        return list(_days(facts, query, situation, name))
    variables = query.compiled.variables
    entries = {
        number: entry
        for number, entry in enumerate(variables.entries[: variables.first_date])
        if entry["fact"] == name and query.mask >> number & 1
    }
    now = facts.values.get(name)
    found = list(_single(facts.entries[name], entries, name, held))
    return [region for region in found if now is None or not _holds(region, now)]


def _holds(region: Region, value: Any) -> bool:
    if region.values:
        return value in region.values
    return (region.low or 0) <= value and (region.high is None or value <= region.high)


def _single(
    fact: Mapping[str, Any], entries: Mapping[int, dict[str, Any]], name: str, held: str | None
) -> Iterator[Region]:
    def classes(value: Any) -> tuple[tuple[int, int], ...]:
        return tuple(
            (number, 1 if entry["kind"] == "told" else possible_classes(entry, value, {})[0])
            for number, entry in entries.items()
        )

    if fact["typ"] in ("zahl", "geld"):
        cuts = [cut for entry in entries.values() for cut in entry.get("cuts", ())]
        lows = sorted({0, *(cut for cut in cuts if cut > 0)})
        highs: Iterable[int | None] = [*(low - 1 for low in lows[1:]), None]
        for low, high in zip(lows, highs, strict=True):
            yield Region(name, (), low, high, classes(low))
        return
    alike: dict[tuple[tuple[int, int], ...], list[Any]] = {}
    for value in (True, False) if fact["typ"] == "bool" else fact["werte"]:
        if value != held:
            alike.setdefault(classes(value), []).append(value)
    for where, values in alike.items():
        yield Region(name, tuple(values), None, None, where)


def _days(facts: Facts, query: Query, situation: Situation, name: str) -> Iterator[Region]:
    day, now = situation.day, situation.known.get(name)
    board = Board(situation.changed({name: None}), [day], query.mask)
    for low, high in board.today(name):
        if high >= day and not (now is not None and max(low, day) <= now <= high):
            yield Region(
                name, (), max(low, day), None if high >= situation.latest(name) else high, (), dated=True
            )
    happened = now is not None and now != KEINE and now < day
    if not happened and now != KEINE and not facts.entries[name].get("always"):
        yield Region(name, ("keine",), KEINE, KEINE, (), dated=True)
