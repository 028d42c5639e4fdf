"""The smallest changes against brute force: generated books and persons, every change tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations, product
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.errors import BookError
from wegweiser.engine.periods import FAR
from wegweiser.engine.profile import Profile
from wegweiser.engine.reference import Contradiction, Label, Reference, World
from wegweiser.engine.whatif import Ways, find_ways

if TYPE_CHECKING:
    from tests.engine.exactness.generated.conftest import Case

NEVER = FAR
MOST = 2
LARGEST = 3000
"""Completions of all changes together that are tried."""
STEPS = ("b1", "b2", "b3", "w", "z")
"""Facts that can be changed."""

Pairs = frozenset[tuple[str, Any]]
"""A change: each fact with one value."""


class Brute:
    """Every change, tried one after the other."""

    def __init__(self, case: Case, names: list[str], domains: Mapping[str, list[Any]], target: str) -> None:
        self.case = case
        self.names = names
        self.domains = domains
        self.target = target
        self.reference = Reference(Book(case.data))
        self._labels: dict[tuple[Any, ...], Label | None] = {}
        kinds = {label.ergebnis for label in self.labels(frozenset())}
        self.better: tuple[str, ...] = PERMISSIONS
        if kinds and kinds <= set(PERMISSIONS):
            self.better = PERMISSIONS[: max(PERMISSIONS.index(kind) for kind in kinds)]
        self.days: dict[Pairs, int] = {}

    def labels(self, change: Pairs) -> list[Label]:
        """The answers of every person who can exist after a change."""
        told = dict(change)
        known = {**self.case.known, **told}
        unknown = {name: values for name, values in self.case.unknown.items() if name not in told}
        found = []
        for chosen in product(*unknown.values()):
            values = {**known, **dict(zip(unknown, chosen, strict=True))}
            key = tuple(values[name] for name in sorted(values))
            if key not in self._labels:
                possible = World(self.reference.book, values, self.case.day).possible()
                self._labels[key] = (
                    self.reference.label(values, self.target, self.case.day) if possible else None
                )
            label = self._labels[key]
            if label is not None:
                found.append(label)
        return found

    def day(self, change: Pairs) -> int:
        """From which day on a change opens the target for certain."""
        if change not in self.days:
            self.days[change] = max((self._open(label) for label in self.labels(change)), default=NEVER)
        return self.days[change]

    def _open(self, label: Label) -> int:
        if label.ergebnis in self.better:
            return self.case.day
        waits = self.better == PERMISSIONS and label.ab is not None and label.ab < FAR - 100_000
        return label.ab if waits and label.ab is not None else NEVER

    def changes(self) -> Iterator[Pairs]:
        """All changes up to the size."""
        for count in range(1, MOST + 1):
            for names in combinations(self.names, count):
                for values in product(*(self.domains[name] for name in names)):
                    change = frozenset(zip(names, values, strict=True))
                    if not any(self.case.known.get(name) == value for name, value in change):
                        yield change

    def minimal(self) -> dict[Pairs, int]:
        """Those that open the target earlier than every part of them."""
        return {
            change: self.day(change)
            for change in self.changes()
            if self.day(change) < NEVER
            and all(
                self.day(frozenset(part)) > self.day(change)
                for count in range(len(change))
                for part in combinations(change, count)
            )
        }


def expanded(ways: Ways, domains: Mapping[str, list[Any]]) -> dict[Pairs, int]:
    """The ways, value by value."""
    found: dict[Pairs, int] = {}
    for way in ways.ways:
        values = [
            [value for value in domains[step.fact] if value in step.values or within(value, step.spans)]
            for step in way.steps
        ]
        for chosen in product(*values):
            change = frozenset((step.fact, value) for step, value in zip(way.steps, chosen, strict=True))
            assert change not in found
            found[change] = way.day.toordinal()
    return found


def within(value: Any, spans: tuple[tuple[Any, Any], ...]) -> bool:
    return any(low <= value and (high is None or value <= high) for low, high in spans)


def compare(case: Case, random: Random) -> str:
    facts = case.data["vocabulary"]["facts"]
    domains = {name: list(range(7)) if name == "z" else [*values] for name, values in DOMAINS.items()}
    text = repr([case.data[key] for key in ("rules", "derived", "targets", "relations")])
    names = [name for name in STEPS if f"'{name}'" in text]
    random.shuffle(names)
    rest = prod(len(values) for name, values in case.unknown.items() if name not in names)
    while names and rest * prod(len(domains[name]) for name in names) > LARGEST:
        names.pop()
    for name in names:
        facts[name]["aenderbar"] = True
    book = Book(case.data)
    brutes = {}
    try:
        book.compiled(book.epoch(case.day))
    except BookError:
        return "refused"
    came = "nothing"
    for target in book.targets:
        if book.targets[target].data["default"] is None:
            continue
        try:
            brute = Brute(case, names, domains, target)
        except Contradiction:
            return "refused"
        if not brute.labels(frozenset()):
            return "contradictory"
        wanted = brute.minimal()
        profile = Profile.from_facts(case.told, book.vocabulary, case.date)
        ways = find_ways(book, profile, target, MOST)
        assert expanded(ways, domains) == wanted
        nothing = case.day if brute.better != PERMISSIONS else brute.day(frozenset())
        assert ways.day == (None if nothing == NEVER else date.fromordinal(nothing))
        brutes[target] = brute
        if wanted:
            came = "ways"
    return came


DOMAINS: dict[str, list[Any]] = {}


@pytest.fixture(autouse=True)
def _domains(plain: Any) -> None:
    DOMAINS.update({name: plain.VALUES[name] for name in STEPS})
