"""What if something were different: the smallest changes that open a target.

A *change* gives some facts that can be changed (`aenderbar` in the vocabulary) another value; one that is
unknown may be given any. All else stays as it is told: what is unknown stays unknown, and a change counts
only if it opens the target whatever that turns out to be. A target is *open* on a day if a permission is
certain on that day or before (frei, anspruch, soll, ermessen). Where it is open already, a change counts
if the answer is certainly better on the day of the check. Waiting is no change: `Way.day` says how long
each change leaves to wait, and a change that opens nothing earlier than a part of it is left out, so the
ways are minimal. What contradicts itself or what cannot be changed is no change.

Values that make no difference to each other are one region; of a date, regions are days from the day of
the check on, and a way holds for every day of its region.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.obstacles import Obstacle, find_obstacles
from wegweiser.engine.regions import Region, changeable, regions_of
from wegweiser.engine.search import NEVER, Change, Search, Verdict, changed

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile
    from wegweiser.engine.values import Value

__all__ = ["MOST", "Step", "Way", "Ways", "find_ways"]

MOST = 2
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
    day: date | None
    """From this day on the target is open for certain without any change."""
    most: int
    """All ways of at most so many steps are there."""
    facts: tuple[str, ...]
    """The facts that can be changed and bear on the answer."""
    assumed: tuple[str, ...]
    """Unknown facts that bear on the answer and are taken to be as usual."""
    ask: tuple[str, ...]
    """Unknown facts that nobody can change and on which the answer then depends."""
    ways: tuple[Way, ...]
    """Fewest steps first, then the earliest day."""
    obstacles: tuple[Obstacle, ...]
    """Where there is no way and the target is not open: what keeps it closed whatever is changed."""

    @property
    def open(self) -> bool:
        """Whether the target is open already on the day of the check."""
        return self.day is not None and self.day <= self.answer.proof.day


def find_ways(
    book: Book, profile: Profile, target: str, most: int = MOST, *, usual: bool = False
) -> Ways:
    """All minimal changes of at most `most` facts that open a target, or make an open one better.

    With `usual` what is unknown and usually so or so is taken to be as usual, where a person can be so:
    the ways then hold for whom it is true. Raises ProfileError where the facts contradict each other.
    """
    evaluation = Evaluation(book, profile)
    answer = evaluation.answer(target)
    if answer.grund == "vor_rechtsstand" or book.targets[target].undecided(evaluation.day):
        return Ways(answer, None, most, (), (), answer.fehlend, (), ())
    if usual:
        evaluation = _as_usual(evaluation, target)
    regions = _regions(evaluation, target)
    dates = {name: found for name, found in regions.items() if found and found[0].dated}
    single = {name: found for name, found in regions.items() if name not in dates}
    better = _better(evaluation, target)
    searches = {
        settled: Search(evaluation, target, better, single, settled) for settled in _settled(dates, most)
    }
    for search in searches.values():
        search.run(most)

    def judge(change: Change) -> Verdict:
        return searches[frozenset(region for region in change if region.dated)].judge(change)

    verdicts = {change: verdict for search in searches.values() for change, verdict in search.verdicts.items()}
    opening = [change for change, verdict in verdicts.items() if change and verdict.day < NEVER]
    minimal = {change: verdicts[change] for change in opening if _minimal(change, judge)}
    boxes = _boxes(minimal, list(regions))
    ways = [_way(evaluation, target, box, verdict) for box, verdict in boxes]
    day = evaluation.day if better != PERMISSIONS else judge(frozenset()).day
    expected = answer if evaluation.profile is profile else evaluation.answer(target)
    visited = 0
    for search in searches.values():
        visited |= search.query.visited
    masks = evaluation.situation().compiled.variables.masks
    assumed = evaluation.profile.stated.keys() - profile.stated.keys()
    return Ways(
        answer,
        date.fromordinal(day) if day < NEVER else None,
        most,
        tuple(regions),
        tuple(name for name in evaluation.facts.entries if name in assumed and masks[name] & visited),
        tuple(name for name in expected.fehlend if name not in regions),
        tuple(sorted(ways, key=lambda way: (len(way.steps), way.day))),
        find_obstacles(book, expected) if expected.ergebnis == "nein" and not ways else (),
    )


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
    profile = profile._replace(
        stated={**profile.stated, **usual}, unknown=profile.unknown - usual.keys()
    )
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
    return {
        name: regions_of(facts, query, situation, name) for name in names if masks.get(name, 0) & query.mask
    }


def _settled(dates: Mapping[str, list[Region]], most: int) -> Iterator[Change]:
    """Every way to change some dates, none included."""
    for count in range(min(most, len(dates)) + 1):
        for names in combinations(dates, count):
            yield from map(frozenset, product(*(dates[name] for name in names)))


def _minimal(change: Change, judge: Callable[[Change], Verdict]) -> bool:
    """Whether every part of a change opens the target later, or never."""
    day = judge(change).day
    return all(
        judge(frozenset(part)).day > day
        for count in range(len(change))
        for part in combinations(change, count)
    )


Box = dict[str, tuple[Region, ...]]
"""For each fact regions that can be combined freely."""


def _boxes(changes: Mapping[Change, Verdict], names: Sequence[str]) -> list[tuple[Box, Verdict]]:
    """Changes of the same facts with the same result, put together where each value goes with each other."""
    groups: dict[tuple[tuple[str, ...], int, tuple[str, ...]], list[Box]] = {}
    for change, verdict in changes.items():
        by_name = {region.fact: region for region in change}
        facts = tuple(name for name in names if name in by_name)
        box = {name: (by_name[name],) for name in facts}
        groups.setdefault((facts, verdict.day, verdict.outcomes), []).append(box)
    found = []
    for (facts, day, said), boxes in groups.items():
        for name in facts:
            boxes = list(_joined(boxes, name))
        found += [(box, Verdict(day, said)) for box in boxes]
    place = {name: number for number, name in enumerate(names)}
    return sorted(found, key=lambda item: [(place[name], [_place(one) for one in box]) for name, box in item[0].items()])


def _place(region: Region) -> tuple[int, str]:
    return (region.low or 0, str(region.values))


def _joined(boxes: Iterable[Box], name: str) -> Iterator[Box]:
    """Boxes that differ in one fact only, as one."""
    alike: dict[tuple[tuple[str, tuple[Region, ...]], ...], list[Region]] = {}
    for box in boxes:
        rest = tuple((other, regions) for other, regions in box.items() if other != name)
        alike.setdefault(rest, []).extend(box[name])
    for rest, regions in alike.items():
        others = dict(rest)
        order = list(next(iter(boxes)))
        yield {one: tuple(sorted(regions, key=_place)) if one == name else others[one] for one in order}


def _way(evaluation: Evaluation, target: str, box: Box, verdict: Verdict) -> Way:
    answer = changed(evaluation, [regions[0] for regions in box.values()]).answer(target)
    steps = tuple(_step(name, regions, known=name in evaluation.facts.values) for name, regions in box.items())
    return Way(steps, date.fromordinal(verdict.day), verdict.outcomes, answer)


def _step(name: str, regions: Sequence[Region], *, known: bool) -> Step:
    spans: list[tuple[int, int | None]] = []
    for region in regions:
        if region.values or region.low is None:
            continue
        last = spans[-1][1] if spans else None
        if last is not None and last + 1 == region.low:
            spans[-1] = (spans[-1][0], region.high)
        else:
            spans.append((region.low, region.high))
    values = tuple(value for region in regions for value in region.values)
    if regions[0].dated:
        days = ((date.fromordinal(low), None if high is None else date.fromordinal(high)) for low, high in spans)
        return Step(name, values, tuple(days), known)
    return Step(name, values, tuple(spans), known)
