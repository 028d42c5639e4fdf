"""What if something were different: the smallest changes that open a target.

A *change* gives some facts that can be changed (`aenderbar` in the vocabulary) another value; one that is
unknown may be given any. All else stays as it is told: what is unknown stays unknown, and a change counts
only if it opens the target whatever that turns out to be. A target is *open* on a day if a permission is
certain on that day or before (frei, anspruch, soll, ermessen). Where it is open already, a change counts
if the answer is certainly better on the day of the check. Waiting is no change: `Way.day` says how long
each change leaves to wait, and a change that opens nothing earlier than a part of it is left out, so the
ways are minimal. What contradicts itself or what cannot be changed is no change, nor is what says no more
than that the person holds the target (`held` in rules/targets.yaml).

Values that make no difference to each other are one region; of a date, regions are days from the day of
the check on, and a way holds for every day of its region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.boxes import Box, boxes_of
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.obstacles import Obstacle, find_obstacles
from wegweiser.engine.regions import Region, changeable, regions_of
from wegweiser.engine.search import NEVER, Change, Search, Verdict, changed

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["MOST", "Step", "Way", "Ways", "find_ways"]

MOST = 3
"""Facts that a change has at most, unless more are asked for."""


class Step(NamedTuple):
    """One fact of a change, and what it may be: any of `values`, or anything within a span.

    Spans are of numbers (geld: cents) or dates, both ends included; None has no end.
    """

    fact: str
    values: tuple[bool | str, ...]
    spans: tuple[tuple[int | date, int | date | None], ...]
    known: bool
    """False where nothing was known of the fact: it has to be found out, or brought about."""


class Way(NamedTuple):
    """A minimal change, for all values of its steps alike."""

    steps: tuple[Step, ...]
    day: date
    """From this day on the target is open for certain; the day of the check: at once."""
    outcomes: tuple[str, ...]
    """What the answer can be, the strongest first; more than one where unknown facts decide."""
    answer: Answer
    """What a check says of one of the values."""


class Ways(NamedTuple):
    """All minimal changes of a target."""

    answer: Answer
    """What a check says without a change."""
    expected: Answer
    """The same with the assumptions."""
    day: date | None
    """From this day on the target is open for certain without any change."""
    most: int
    """All ways of at most so many steps are there."""
    facts: tuple[str, ...]
    """The facts that can be changed and bear on the answer."""
    assumed: tuple[str, ...]
    """Unknown facts that bear on the answer and are taken to be as usual."""
    ask: tuple[str, ...]
    """Unknown facts that nobody can change and on which the answer then depends.

    Where there is no way: on which depends whether any change opens the target.
    """
    ways: tuple[Way, ...]
    """Fewest steps first, then the earliest day."""
    obstacles: tuple[Obstacle, ...]
    """Where there is no way and the target is not open: what keeps it closed whatever is changed."""

    @property
    def open(self) -> bool:
        """Whether the target is open already on the day of the check."""
        return self.day is not None and self.day <= self.answer.proof.day


def find_ways(book: Book, profile: Profile, target: str, most: int = MOST, *, usual: bool = False) -> Ways:
    """All minimal changes of at most `most` facts that open a target, or make an open one better.

    With `usual` what is unknown and usually so or so is taken to be as usual, where a person can be so:
    the ways then hold for whom it is true. Raises ProfileError where the facts contradict each other.
    """
    evaluation = Evaluation(book, profile)
    answer = evaluation.answer(target)
    if answer.grund == "vor_rechtsstand" or book.targets[target].undecided(evaluation.day):
        return Ways(answer, answer, None, most, (), (), answer.fehlend, (), ())
    if usual:
        evaluation = _as_usual(evaluation, target)
    found = _Found(evaluation, target, most)
    ways = [_way(evaluation, target, *one) for one in boxes_of(found.minimal(), found.regions)]
    expected = answer if evaluation.profile is profile else evaluation.answer(target)
    return Ways(
        answer,
        expected,
        None if found.day is None else date.fromordinal(found.day),
        most,
        tuple(found.regions),
        found.visited(evaluation.profile.stated.keys() - profile.stated.keys()),
        tuple(name for name in found.deciding(expected, any_way=bool(ways)) if name not in found.regions),
        tuple(sorted(ways, key=lambda way: (len(way.steps), way.day))),
        find_obstacles(book, expected) if expected.ergebnis == "nein" and not ways else (),
    )


class _Found:
    """The searches for one target: one for every choice of dates that can be changed, none included."""

    def __init__(self, evaluation: Evaluation, target: str, most: int) -> None:
        self.regions = _regions(evaluation, target)
        self.better = _better(evaluation, target)
        dates = {name: found for name, found in self.regions.items() if found and found[0].dated}
        single = {name: found for name, found in self.regions.items() if name not in dates}
        self.searches = {
            settled: Search(evaluation, target, self.better, single, settled)
            for settled in _settled(dates, most)
        }
        for search in self.searches.values():
            search.run(most)
        today = evaluation.day
        day = today if self.better != PERMISSIONS else self.judge(frozenset()).day
        self.day = day if day < NEVER else None
        """The day from which the target is open without a change."""

    def judge(self, change: Change) -> Verdict:
        """What comes of a change."""
        return self.searches[frozenset(region for region in change if region.dated)].judge(change)

    def minimal(self) -> dict[Change, tuple[int, tuple[str, ...]]]:
        """The changes no part of which opens the target as early: day, and what the answer can be."""
        judged = [item for search in self.searches.values() for item in search.verdicts.items()]
        return {
            change: (verdict.day, verdict.outcomes)
            for change, verdict in judged
            if change and verdict.day < NEVER and self._is_minimal(change, verdict.day)
        }

    def _is_minimal(self, change: Change, day: int) -> bool:
        parts = (part for count in range(len(change)) for part in combinations(change, count))
        return all(self.judge(frozenset(part)).day > day for part in parts)

    def visited(self, names: Collection[str]) -> tuple[str, ...]:
        """Those of some known facts that an answer looked at."""
        visited = 0
        for search in self.searches.values():
            visited |= search.query.visited
        compiled = self.searches[frozenset()].query.compiled
        masks, facts = compiled.variables.masks, self.searches[frozenset()].evaluation.facts.entries
        return tuple(name for name in facts if name in names and masks[name] & visited)

    def deciding(self, expected: Answer, *, any_way: bool) -> tuple[str, ...]:
        """Facts that decide the answer; where nothing opens the target, those that decide if anything can."""
        if any_way or self.day is not None:
            return expected.fehlend
        query = self.searches[frozenset()].query
        _, names = query.told(lambda label: (label.dann or label.ergebnis) in self.better)
        return names or expected.fehlend


def _as_usual(evaluation: Evaluation, target: str) -> Evaluation:
    """The same person with everything as usual that is unknown and bears on a target."""
    facts, book = evaluation.facts, evaluation.book
    query = evaluation.choice(target, dict.fromkeys(changeable(facts)), {}, chosen=True)
    masks = query.compiled.variables.masks
    usual = {
        name: value
        for name in facts.entries
        if name not in facts.values
        and masks.get(name, 0) & query.mask
        and (value := book.vocabulary.fact(name).ueblich) is not None
    }
    profile = evaluation.profile
    profile = profile._replace(stated={**profile.stated, **usual}, unknown=profile.unknown - usual.keys())
    try:
        assumed = Evaluation(book, profile, evaluation.offers_on)
        return assumed if assumed.query(target, {}).told(lambda label: label)[0] else evaluation
    except ProfileError:
        return evaluation


def _better(evaluation: Evaluation, target: str) -> tuple[str, ...]:
    """The outcomes that count: every permission, or those that are better than what is certain already."""
    kinds, _ = evaluation.query(target, {}).told(lambda label: label.ergebnis)
    if not all(kind in PERMISSIONS for kind in kinds):
        return PERMISSIONS
    return PERMISSIONS[: max(PERMISSIONS.index(kind) for kind in kinds)]


def _regions(evaluation: Evaluation, target: str) -> dict[str, list[Region]]:
    """The regions of every fact that can be changed and bears on the target, also through relations."""
    facts, situation = evaluation.facts, evaluation.situation()
    names = changeable(facts)
    query = evaluation.choice(target, dict.fromkeys(names), {}, chosen=True)
    masks = query.compiled.variables.masks
    held = evaluation.book.targets[target].held
    return {
        name: regions_of(facts, query, situation, name, held.get(name))
        for name in names
        if masks.get(name, 0) & query.mask
    }


def _settled(dates: Mapping[str, list[Region]], most: int) -> Iterator[Change]:
    """Every way to change some dates, none included."""
    for count in range(min(most, len(dates)) + 1):
        for names in combinations(dates, count):
            yield from map(frozenset, product(*(dates[name] for name in names)))


def _way(evaluation: Evaluation, target: str, box: Box, result: tuple[int, tuple[str, ...]]) -> Way:
    day, said = result
    answer = changed(evaluation, [regions[0] for regions in box.values()]).answer(target)
    steps = tuple(_step(evaluation, name, regions) for name, regions in box.items())
    return Way(steps, date.fromordinal(day), said, answer)


def _step(evaluation: Evaluation, name: str, regions: Sequence[Region]) -> Step:
    known = name in evaluation.facts.values
    order = evaluation.book.vocabulary.fact(name).werte
    values = [value for region in regions for value in region.values]
    if order:
        values.sort(key=lambda value: order.index(str(value)))
    spans: list[tuple[int, int | None]] = []
    for region in regions:
        if region.values or region.low is None:
            continue
        last = spans[-1][1] if spans else None
        if last is not None and last + 1 == region.low:
            spans[-1] = (spans[-1][0], region.high)
        else:
            spans.append((region.low, region.high))
    if regions[0].dated:
        days = tuple((date.fromordinal(low), high and date.fromordinal(high)) for low, high in spans)
        return Step(name, tuple(values), days, known)
    return Step(name, tuple(values), tuple(spans), known)
