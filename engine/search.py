"""The search behind `whatif`: which changes open a target, and from which day.

All facts that can be changed are opened at once, so that one set of labels (`AnswerSets`) holds the
answer for every change. The search then starts with no change at all and asks for a person whose answer
is worst. Whatever opens the target earlier must change something on the way to that very answer, so only
such changes are tried, one more at a time: nothing is left out, and little is tried in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.periods import FAR
from wegweiser.engine.regions import Region
from wegweiser.engine.witness import GaveUpError

if TYPE_CHECKING:
    from wegweiser.engine.evaluate import Evaluation
    from wegweiser.engine.gaps import Label

__all__ = ["IMPOSSIBLE", "NEVER", "Change", "Search", "Verdict", "changed", "outcomes"]

Change = frozenset[Region]
"""At most one region for each fact."""

IMPOSSIBLE = 1 << 41
"""The first day of what no person can be."""
NEVER = 1 << 40
"""The first day of what does not open."""

_UNCLEAR = 1 << 39
"""Stands for a first day that unknown dates shift, until it is asked for."""

Kind = tuple[str, str | None, int | None]


def _kind(label: Label) -> Kind:
    return label.ergebnis, label.dann, label.ab


class Verdict(NamedTuple):
    """What comes of a change: the first day for certain, and all that the answer can then be.

    `levers` are variables with what they are: one of them at least must change for an earlier day. None:
    any may have to.
    """

    day: int
    outcomes: tuple[str, ...] = ()
    levers: Mapping[int, int] | None = None


def outcomes(kinds: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """The permissions among labels, the strongest first."""
    said = {dann or ergebnis for ergebnis, dann in kinds}
    return tuple(name for name in PERMISSIONS if name in said)


class Search:
    """Changes of one target for one person, on top of some dates that are settled already."""

    def __init__(
        self,
        evaluation: Evaluation,
        target: str,
        wanted: tuple[str, ...],
        regions: Mapping[str, list[Region]],
        dates: Change,
    ) -> None:
        self.evaluation = evaluation
        self.target = target
        self.wanted = wanted
        """The outcomes that count as open."""
        self.regions = regions
        """The regions of every fact with single values that matters."""
        self.dates = dates
        self.query = evaluation.choice(
            target, self._dated(dict.fromkeys(regions)), self._spans(), chosen=True
        )
        self.ordered = False
        variables = self.query.compiled.variables
        conditions = [order[2] for order in self.query.state.orders]
        self.bearing = 0
        """The variables on which orders of unknown dates depend."""
        for node in conditions:
            self.bearing |= self.query.compiled.reach(node)
        choices = evaluation.situation().choices
        self.now = {
            number: choices[number][0]
            for name in regions
            for number in range(variables.first_date)
            if variables.masks.get(name, 0) >> number & 1 and len(choices[number]) == 1
        }
        self.verdicts: dict[Change, Verdict] = {}

    def _dated(self, more: dict[str, Any]) -> dict[str, Any]:
        """Facts told otherwise, with the dates: `keine`, or open within their bounds."""
        days = {one.fact: one.low if one.values else None for one in self.dates}
        return {**more, **days}

    def _spans(self) -> dict[str, tuple[int, int]]:
        return {
            one.fact: (one.low or 1, FAR if one.high is None else one.high)
            for one in self.dates
            if not one.values
        }

    def run(self, most: int) -> None:
        """Judge every change of at most `most` facts that can be minimal."""
        waiting: list[Change] = [self.dates]
        seen: set[Change] = set()
        while waiting:
            change = waiting.pop()
            if change in seen:
                continue
            seen.add(change)
            verdict = self.judge(change)
            if len(change) < most and verdict.day > self.evaluation.day:
                waiting += [change | {region} for region in self._levers(change, verdict)]

    def _levers(self, change: Change, verdict: Verdict) -> Iterator[Region]:
        """The regions of further facts that may open the target earlier."""
        settled = {region.fact for region in change}
        for name, regions in self.regions.items():
            for region in regions if name not in settled else ():
                if verdict.levers is None or any(
                    self.bearing >> number & 1 or verdict.levers.get(number, place) != place
                    for number, place in region.classes
                ):
                    yield region

    def judge(self, change: Change) -> Verdict:
        """What comes of a change."""
        found = self.verdicts.get(change)
        if found is None:
            found = self._judge(change)
            if found.day < NEVER and not self._exists(change):
                found = Verdict(IMPOSSIBLE)
            self.verdicts[change] = found
        return found

    def _judge(self, change: Change) -> Verdict:
        fixed = self._fixed(change)
        witnesses = self.query.witnesses(_kind, fixed, ordered=self.ordered)
        try:
            kinds = cast("list[Kind]", witnesses.kinds())
            if not kinds:
                return Verdict(IMPOSSIBLE)
            days = {kind: self._day(kind) for kind in kinds}
            day = max(days.values())
            said = outcomes((kind[0], kind[1]) for kind in days)
            if day == self.evaluation.day:
                return Verdict(day, said)
            if day == _UNCLEAR:
                return Verdict(self._latest(change), said)
            worst = next(kind for kind in kinds if days[kind] == day)
            person = witnesses.person(worst)
        except GaveUpError:
            self.ordered = True
            return self._judge(change)
        return Verdict(day, said, person)

    def _day(self, kind: Kind) -> int:
        """From which day a label is open."""
        ergebnis, dann, ab = kind
        if ergebnis in self.wanted:
            return self.evaluation.day
        if dann not in self.wanted or self.wanted != PERMISSIONS:
            return NEVER
        return _UNCLEAR if ab is None else ab

    def _latest(self, change: Change) -> int:
        told = self._dated({region.fact: region.example for region in change - self.dates})
        query = self.evaluation.choice(self.target, told, self._spans(), chosen=False)
        latest = query.latest()
        return NEVER if latest is None else latest

    def _fixed(self, change: Change) -> dict[int, int]:
        """The branches of a change: what is known, and what is changed."""
        return {**self.now, **{number: at for region in change for number, at in region.classes}}

    def _exists(self, change: Change) -> bool:
        """Whether a check would take the changed facts for those of a person."""
        try:
            changed(self.evaluation, change)
        except ProfileError:
            return False
        return True


def changed(evaluation: Evaluation, change: Iterable[Region]) -> Evaluation:
    """The same person after a change, with one value of each region.

    Raises ProfileError where no person can have these facts together.
    """
    from wegweiser.engine.evaluate import Evaluation as Changed

    profile = evaluation.profile
    values = {region.fact: region.value for region in change}
    changed_profile = profile._replace(
        stated={**profile.stated, **values}, unknown=profile.unknown - values.keys()
    )
    return Changed(evaluation.book, changed_profile, evaluation.offers_on)
