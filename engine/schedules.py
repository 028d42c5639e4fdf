"""The timeline of one person: every later day on which an answer is another one if only time passes.

`schedule` is `check` on every later day with the same facts, told once: the answer on a day is that
of the last step on or before it. `thresholds` says on which days an answer can change; only there,
and only for the targets concerned, an answer is asked for. Two answers count as the same where they
agree in everything that `state` holds.

One thing can change on every single day: `ab`, where an unknown date of the past may be as late as the
day of the check, so that the first certain day is always equally far away (and `bis`, which is counted
from it). Such a step is `moving`: these two are as on its first day, and `ab` never comes earlier
afterwards; everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from wegweiser.engine.answers import Answer, Receipt
from wegweiser.engine.book import Book
from wegweiser.engine.causes import Cause, causes
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.gaps import Contest
from wegweiser.engine.opendates import LIMIT_DAYS, CrowdedError
from wegweiser.engine.periods import NEVER
from wegweiser.engine.profile import Profile
from wegweiser.engine.thresholds import Origin, Thresholds

__all__ = ["Change", "Course", "Document", "Schedule", "Step", "schedule", "state"]

_FAR_AHEAD = 400
"""Days after the last day of change on which it is seen whether `ab` moves."""
_PARTS = 2
"""Into so many parts a time is cut of which no list of days can be made."""


class Step(NamedTuple):
    """An answer, and the first day on which a check gives it."""

    day: date
    answer: Answer
    moving: bool
    """Whether `ab` comes later with each day on which the check is done."""


class Course(NamedTuple):
    """All answers for one target, in order of time; the first is that of the day of the profile."""

    ziel: str
    steps: tuple[Step, ...]

    def on(self, day: date) -> Step:
        """The step that holds on a day (the first one for earlier days)."""
        return next((step for step in reversed(self.steps) if step.day <= day), self.steps[0])


class Change(NamedTuple):
    """One answer becomes another one on a day."""

    day: date
    ziel: str
    before: Answer
    after: Answer
    causes: tuple[Cause, ...]


class Document(NamedTuple):
    """A day that the profile tells and that is still to come; with `expires` the last day of a document."""

    day: date
    fact: str
    expires: bool


class Schedule(NamedTuple):
    """The timeline of one person from a day on, up to `until` (None: as far as anything changes)."""

    day: date
    until: date | None
    receipt: Receipt
    courses: tuple[Course, ...]
    changes: tuple[Change, ...]
    """In order of time, targets in the order of the book."""
    documents: tuple[Document, ...]
    ends: tuple[date, tuple[Fault, ...]] | None
    """The first day on which what is told cannot all be true any more, and why; it ends there."""


def state(answer: Answer, *, moving: bool = False) -> tuple[Any, ...]:
    """What makes an answer the same or another one; without `ab` and `bis` where these move."""
    expected = answer.voraussichtlich
    if moving and expected is not None:
        expected = expected._replace(ab=None, bis=None)
    return (
        answer.ergebnis,
        answer.grund,
        None if moving else answer.ab,
        answer.dann,
        None if moving else answer.bis,
        answer.zustimmung_ba,
        answer.fehlend,
        answer.moeglich,
        answer.antrag_ab,
        answer.antrag_bis,
        expected,
    )


def schedule(
    book: Book, profile: Profile, targets: Sequence[str] | None = None, *, until: date | None = None
) -> Schedule:
    """The timeline of some targets (all by default) from the day of the profile on, `until` included.

    Raises ProfileError where facts contradict each other on the day of the profile.
    """
    wanted = [name for name in book.targets if targets is None or name in targets]
    first = Evaluation(book, profile).report([])
    run = _Run(book, profile, wanted, NEVER - 1 if until is None else until.toordinal())
    run.collect()
    steps = {name: list(run.course(name)) for name in wanted}
    changes = [change for name in wanted for change in run.changes(name, steps[name])]
    return Schedule(
        profile.day,
        until,
        first.receipt,
        tuple(Course(name, tuple(step for step, _ in steps[name])) for name in wanted),
        tuple(sorted(changes, key=lambda one: one.day)),
        tuple(_documents(book, profile, until)),
        run.ends,
    )


def _documents(book: Book, profile: Profile, until: date | None) -> Iterator[Document]:
    found = [
        Document(value, name, book.vocabulary.fact(name).expires)
        for name, value in profile.stated.items()
        if isinstance(value, date) and value >= profile.day and (until is None or value <= until)
    ]
    return iter(sorted(found, key=lambda one: one.day))


class _RefusedError(Exception):
    """From a day on the facts cannot all be true."""

    def __init__(self, day: int, reason: ProfileError) -> None:
        self.day = day
        self.reason = reason
        super().__init__()


class _Seen(NamedTuple):
    """An answer on a day of possible change, with the last day before the next one."""

    day: int
    last: int
    answer: Answer
    origins: frozenset[Origin]


class _Run:
    """One timeline while it is drawn up."""

    def __init__(self, book: Book, profile: Profile, targets: list[str], last: int) -> None:
        self.book = book
        self.profile = profile
        self.targets = targets
        self.last = last
        self.seen: dict[str, list[_Seen]] = {name: [] for name in targets}
        self.refused: _RefusedError | None = None
        self._people: dict[int, Evaluation] = {}
        self._answers: dict[tuple[int, str], Answer] = {}

    def collect(self) -> None:
        """Ask for all answers on the days on which they can change."""
        start = self.profile.day.toordinal()
        later = {stay.bis.toordinal() + 1 for stay in self.profile.stays if stay.bis is not None}
        starts = [start, *(day for day in sorted(later) if start < day <= self.last)]
        for begin, following in zip(starts, [*starts[1:], self.last + 1], strict=True):
            if self.refused is None:
                self.stretch(begin, following - 1)
        if self.refused is not None:
            end = self.refused.day
            if end == start:
                raise self.refused.reason from None
            for name, found in self.seen.items():
                self.seen[name] = [
                    one._replace(last=min(one.last, end - 1)) for one in found if one.day < end
                ]

    @property
    def ends(self) -> tuple[date, tuple[Fault, ...]] | None:
        """See `Schedule`."""
        found = self.refused
        return None if found is None else (date.fromordinal(found.day), found.reason.faults)

    def stretch(self, start: int, end: int) -> None:
        """The days from `start` to `end`: the same facts are known, but for numbers that grow by one."""
        try:
            person = self.person(start)
            grow = self.growing(start, end)
        except _RefusedError as error:
            self.refused = error
            if error.day == start:
                return
            end = error.day
            person, grow = self.person(start), {}
        thresholds = Thresholds(self.book, person.facts, start, end, grow)
        entries = person.facts.entries
        bounded = [entries[name]["only_if"] for name in person.profile.stated if entries[name].get("only_if")]
        for day in sorted(thresholds.standing(bounded)):
            try:
                self.person(day)
            except _RefusedError as error:
                self.refuse(error)
        for name in self.targets:
            try:
                self.seen[name] += self.asked(thresholds, name)
            except _RefusedError as error:
                self.refuse(error)

    def asked(self, thresholds: Thresholds, target: str) -> Iterator[_Seen]:
        """The answers for a target in a stretch, on each day on which they can change."""
        start, end = thresholds.start, thresholds.end
        coarse = {start: {Origin("stay")}, **thresholds.days(target, frozenset())}
        for day, following in zip(coarse, [*list(coarse)[1:], end + 1], strict=True):
            days = {day: coarse[day]}
            self.answer(self.person(day), target)
            delicate = self.delicate(thresholds, target, day, following - 1)
            try:
                fine = thresholds.days(target, delicate) if delicate else {}
            except CrowdedError:
                why = {Origin("open", turn[0]) for contest in delicate for turn in contest}
                fine = dict.fromkeys(self.turning(target, day, following - 1), why)
            days |= {between: why for between, why in fine.items() if day < between < following}
            for one, after in zip(days, [*list(days)[1:], following], strict=True):
                yield _Seen(one, after - 1, self.answer(self.person(one), target), frozenset(days[one]))

    def turning(self, target: str, day: int, last: int) -> Iterator[int]:
        """Days on which an answer becomes another one, found by halving.

        Only for what no list of days can be made for: an answer that becomes another one and then the
        same again between two of the days that are looked at is not seen.
        """
        last = min(last, day + LIMIT_DAYS)
        for low, high in pairwise(
            sorted({day + (last - day) * part // _PARTS for part in range(_PARTS + 1)})
        ):
            before = low
            while (held := self.held(target, before)) != self.held(target, high):
                same, other = before, high
                while other - same > 1:
                    middle = (same + other) // 2
                    same, other = (middle, other) if self.held(target, middle) == held else (same, middle)
                yield other
                before = other

    def held(self, target: str, day: int) -> tuple[Any, ...]:
        """What an answer says on a day, without days that may move."""
        return state(self.answer(self.person(day), target), moving=True)

    def delicate(self, thresholds: Thresholds, target: str, day: int, last: int) -> frozenset[Contest]:
        """The periods of which it counts between two days of change which one runs out first."""
        found = self.person(day).delicate(target)
        if day == last or not thresholds.crowded(target):
            return found
        later = self.person(min(last, day + _FAR_AHEAD))
        self.answer(later, target)
        return found | later.delicate(target)

    def refuse(self, error: _RefusedError) -> None:
        """Note the first day on which the facts cannot all be true."""
        if self.refused is None or error.day < self.refused.day:
            self.refused = error

    def growing(self, start: int, end: int) -> dict[str, int]:
        """Numbers that follow from the periods of stay and go up by one each day."""
        if not self.profile.stays or start == end:
            return {}
        today, tomorrow = (self.person(day).profile.stated for day in (start, start + 1))
        return {
            name: value
            for name, value in today.items()
            if isinstance(value, int) and not isinstance(value, bool) and tomorrow.get(name) != value
        }

    def person(self, day: int) -> Evaluation:
        """The same person on a day."""
        if day not in self._people:
            try:
                profile = self.profile.on(date.fromordinal(day), self.book.vocabulary)
                self._people[day] = Evaluation(self.book, profile)
            except ProfileError as error:
                raise _RefusedError(day, error) from None
        return self._people[day]

    def answer(self, person: Evaluation, target: str) -> Answer:
        """One answer on one day."""
        key = (person.day, target)
        try:
            found = self._answers.get(key) or self._answers.setdefault(key, person.answer(target))
        except ProfileError as error:
            raise _RefusedError(person.day, error) from None
        return found

    # --- from answers to steps ---

    def course(self, target: str) -> Iterator[tuple[Step, _Seen]]:
        """The steps for a target, each with how it came about."""
        before: Step | None = None
        for seen in self.seen[target]:
            moving = self.moves(target, seen, before)
            step = Step(date.fromordinal(seen.day), seen.answer, moving)
            if before is None or _kind(step) != _kind(before):
                yield step, seen
                before = step

    def moves(self, target: str, seen: _Seen, before: Step | None) -> bool:
        """Whether `ab` is another one at the end of an interval; between, it never comes earlier."""
        answer = seen.answer
        days = [answer.ab, answer.voraussichtlich.ab if answer.voraussichtlich is not None else None]
        if days == [None, None] or not self.undated:
            return False
        if seen.day == seen.last:
            return before is not None and before.moving
        later = self.answer(self.person(min(seen.last, seen.day + _FAR_AHEAD)), target)
        return state(later) != state(answer)

    @cached_property
    def undated(self) -> bool:
        """Whether some date of the past is unknown."""
        facts = next(iter(self._people.values())).facts
        return any(
            entry["typ"] == "datum" and not entry.get("future") and name not in facts.values
            for name, entry in facts.entries.items()
        )

    def changes(self, target: str, steps: Sequence[tuple[Step, _Seen]]) -> Iterator[Change]:
        """What the steps change, and why."""
        for (one, _), (two, seen) in pairwise(steps):
            moving = one.moving or two.moving
            if state(one.answer, moving=moving) == state(two.answer, moving=moving):
                continue  # `ab` begins or ceases to move, or is one day later
            facts = self._people[seen.day].facts
            why = causes(self.book, facts, seen.day, (one.answer, two.answer), seen.origins)
            yield Change(two.day, target, one.answer, two.answer, why)


def _kind(step: Step) -> tuple[Any, ...]:
    return (step.moving, *state(step.answer, moving=step.moving))
