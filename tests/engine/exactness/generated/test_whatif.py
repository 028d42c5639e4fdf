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
from wegweiser.engine.whatif import Step, Ways, find_ways

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Plain
    from tests.engine.exactness.generated.conftest import Case

NEVER = FAR
MOST = 2
LARGEST = 3000
"""Completions of all changes together that are tried."""
STEPS = ("b1", "b2", "b3", "w", "z")
"""Facts that can be changed."""

AHEAD = 12
"""Days of the future that are tried."""

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
        values = [[value for value in domains[step.fact] if fits(value, step)] for step in way.steps]
        for chosen in product(*values):
            change = frozenset((step.fact, value) for step, value in zip(way.steps, chosen, strict=True))
            assert change not in found
            found[change] = way.day.toordinal()
    return found


def fits(value: Any, step: Step) -> bool:
    """Whether a step allows a value."""
    if "keine" in step.values and value == -1:
        return True
    ends = [tuple(end.toordinal() if isinstance(end, date) else end for end in span) for span in step.spans]
    return value in step.values or any(low <= value and (high is None or value <= high) for low, high in ends)


def drawn(case: Case, random: Random, domains: Mapping[str, list[Any]], wanted: str) -> list[str]:
    """Facts that can be changed, so few that every change of two of them can be tried."""
    text = repr([case.data[key] for key in ("rules", "derived", "targets", "relations")])
    names = [name for name in STEPS if f"'{name}'" in text]
    random.shuffle(names)
    if wanted:
        names.insert(0, wanted)
    rest = prod(len(values) for name, values in case.unknown.items() if name not in names)
    while names and rest * prod(len(domains[name]) for name in names) > LARGEST:
        names.pop()
    for name in names:
        case.data["vocabulary"]["facts"][name]["aenderbar"] = True
    return names


def as_usual(case: Case) -> Case:
    """The same person with everything as usual that is unknown."""
    facts = case.data["vocabulary"]["facts"]
    usual = {
        name: facts[name]["ueblich"]
        for name in case.unknown
        if name in facts and facts[name].get("ueblich") is not None
    }
    unknown = {name: values for name, values in case.unknown.items() if name not in usual}
    return case._replace(known={**case.known, **usual}, unknown=unknown)


def compare(
    case: Case, names: list[str], domains: Mapping[str, list[Any]], *, usual: bool = False
) -> Iterator[tuple[Brute, Ways]]:
    """Both answers on every target of a case that has any."""
    book = Book(case.data)
    try:
        book.compiled(book.epoch(case.day))
    except BookError:
        return
    for target in book.targets:
        if book.targets[target].undecided(case.day):
            continue
        try:
            brute = Brute(as_usual(case) if usual else case, names, domains, target)
        except Contradiction:
            return
        if brute.labels(frozenset()):
            profile = Profile.from_facts(case.told, book.vocabulary, case.date)
            yield brute, find_ways(book, profile, target, MOST, usual=usual)


def examples(share: float) -> settings:
    assert settings.default is not None
    return settings(max_examples=max(1, round(settings.default.max_examples * share)))


@pytest.mark.fuzz
@pytest.mark.parametrize("usual", [False, True])
@pytest.mark.parametrize(
    ("focus", "share"),
    [
        ("static", 0.4),
        ("relations", 0.3),
        *((focus, 0.1) for focus in ("mixed", "dates", "windows", "waiting", "pairs", "norms", "ages")),
    ],
)
def test_the_ways_are_minimal_and_complete(
    make_case: Callable[[Random, str], Case],
    plain: type[Plain],
    focus: str,
    share: float,
    usual: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    domains = {**plain.VALUES, "z": list(range(7))}

    @examples(share)
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        case = make_case(random, focus)
        names = drawn(case, random, domains, "")
        for brute, ways in compare(case, names, domains, usual=usual):
            assert expanded(ways, domains) == brute.minimal()
            nothing = brute.case.day if brute.better != PERMISSIONS else brute.day(frozenset())
            assert ways.day == (None if nothing == NEVER else date.fromordinal(nothing))

    run()


@pytest.mark.fuzz
def test_a_way_holds_for_every_day_of_a_date(
    make_case: Callable[[Random, str], Case], plain: type[Plain]
) -> None:
    """And what opens a target at once is left out for no day, where no other date is unknown."""

    @examples(0.3)
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        case = make_case(random, "future")
        days = [-1, *range(case.day, case.day + AHEAD)]
        domains = {**plain.VALUES, "z": list(range(7)), "d3": days}
        names = drawn(case, random, domains, "d3")
        facts = case.data["vocabulary"]["facts"]
        others = [name for name in case.unknown if name in facts and facts[name]["typ"] == "datum"]
        for brute, ways in compare(case, names, domains):
            found = expanded(ways, domains)
            assert all(brute.day(change) <= day for change, day in found.items())
            if others in ([], ["d3"]):
                for change, day in brute.minimal().items():
                    dated = any(name == "d3" for name, _ in change)
                    if not dated or (day == case.day and not impossible(case, change)):
                        assert found[change] == day

    run()


def impossible(case: Case, change: Pairs) -> bool:
    """Whether a change undoes what has happened, or takes away a date."""
    now = case.known.get("d3")
    return ("d3", -1) in change and now is not None and now != -1 and now < case.day
