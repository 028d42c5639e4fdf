"""The days on which the answer of a target can change by mere lapse of time.

An answer reads the day in these ways only, so on no other day it can be another one:

1. *Wordings.* Which version of a rule, definition, list or parameter is in force. (`_signature`: what
   is left of the rules of a target on a day; it is compared from one wording to the next.)
2. *Periods of known dates.* "since", "after", "before": false before `turn(date)`, true from then on.
3. *Counts* that go up by one each day (days held, from the periods of stay).
4. *Unknown dates.* What has happened can have happened up to the day of the check: see `opendates`.

Conditions that other facts settle for good are left out (`_of`): what they test cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wegweiser.engine.book import Book, Condition, Rule
from wegweiser.engine.core import Core, reduce
from wegweiser.engine.facts import Facts
from wegweiser.engine.gaps import Contest
from wegweiser.engine.opendates import OpenDates, Test
from wegweiser.engine.periods import NEVER, Period, turn
from wegweiser.engine.situation import KEINE
from wegweiser.engine.truth import Truth

__all__ = ["Origin", "Thresholds"]


class Origin(NamedTuple):
    """Why something can change on a day.

    kind    turn (a period or an age of a known date), count (a number that grows), wording, open (an
            unknown date), stay (another period of stay than the day before)
    fact    the fact concerned, "" for wordings
    op      since | after | before, with `period`; else ""
    rule    id of the rule that asks; "" where it is no rule
    """

    kind: str
    fact: str = ""
    op: str = ""
    period: Period | None = None
    rule: str = ""


Tests = frozenset[Test]
Three = bool | None


class _Alive(NamedTuple):
    """A condition as far as time can change it: its truth now, and the tests on which it depends."""

    truth: Three
    tests: Tests


_NONE: Tests = frozenset()


_ALWAYS, _NEVER = _Alive(truth=True, tests=_NONE), _Alive(truth=False, tests=_NONE)


def _joined(one: _Alive | None, tests: Tests) -> _Alive:
    return _Alive(None, tests if one is None else one.tests | tests)


class Thresholds:
    """The days of change for one person, from `start` to `end` (inclusive), by target.

    `growing` are facts with numbers that go up by one each day, with their value on `start`.
    """

    def __init__(
        self, book: Book, facts: Facts, start: int, end: int, growing: Mapping[str, int] | None = None
    ) -> None:
        self.book = book
        self.facts = facts
        self.start = start
        self.end = end
        self.growing = growing or {}
        self.wordings = [start, *(day for day in book.boundaries if start < day <= end)]
        self._truth = Truth(book, facts, start)
        self._cores: dict[tuple[int, int], tuple[Core, _Alive]] = {}
        self._open: dict[str, OpenDates] = {}
        self._by_target: dict[tuple[str, int], dict[str, _Alive]] = {}

    def standing(self, conditions: Iterable[Condition]) -> set[int]:
        """The days on which conditions that hold for no single target can change."""
        tests = {test for each in conditions for test in self._condition(each, self.start).tests}
        found = {day for test in tests for day, _ in self._known(test)}
        return {day for day in found if self.start < day <= self.end}

    def days(self, target: str, delicate: frozenset[Contest]) -> dict[int, set[Origin]]:
        """Each day after `start` on which the answer of a target can change, with the possible causes.

        `delicate`: the periods of unknown dates of which it counts which one runs out first. Raises
        CrowdedError where that makes too many days.
        """
        tests: dict[Test, set[str]] = {}
        found: dict[int, set[Origin]] = {}
        before: object = None
        for day in self.wordings:
            signature = self._signature(target, day)
            if before is not None and signature != before:
                found.setdefault(day, set()).add(Origin("wording"))
            before = signature
            for name, alive in self._alive(target, day).items():
                for test in alive.tests:
                    tests.setdefault(test, set()).add(name)
        for test, names in tests.items():
            for day, origin in self._known(test):
                found.setdefault(day, set()).update(origin._replace(rule=name) for name in names)
        unknown = self._open[target] = OpenDates(self.book, self.facts, tests, (self.start, self.end))
        for day, name in unknown.days({day for day in found if day > self.start}, delicate):
            found.setdefault(day, set()).add(Origin("open", name))
        return {day: origins for day, origins in sorted(found.items()) if self.start < day <= self.end}

    def crowded(self, target: str) -> bool:
        """Whether it can come to count in which order periods run out between two days of change."""
        return self._open[target].crowded

    # --- what time can still change ---

    def _alive(self, target: str, day: int) -> dict[str, _Alive]:
        """The rules on a target that can come to fire, other targets that they read, and relations."""
        key = (target, day)
        if key in self._by_target:
            return self._by_target[key]
        found = self._by_target[key] = {}
        entry = self.book.targets[target].data
        if entry["default"] is None:
            return found
        if entry["treated"] is not None:
            found[""] = self._condition(entry["treated"], day)
        rules = self.book.rules_for(target, day)
        dead: dict[str, bool] = {}
        read: set[str] = set()
        for rule in rules.values():
            if self._dead(rule, rules, day, dead):
                continue
            parts = [self._condition(rule.data[key], day) for key in ("when", "unless") if rule.data[key]]
            found[rule.id] = _Alive(None, frozenset().union(*[part.tests for part in parts]))
            read |= {test[1] for test in found[rule.id].tests if test[0] == "target"}
        for other in sorted(read - {target}):
            for name, alive in self._alive(other, day).items():
                found[name] = _joined(found.get(name), alive.tests)
        for relation in self.book.data["relations"]:
            parts = [self._condition(relation[key], day) for key in ("when", "if", "then") if relation[key]]
            tests = frozenset().union(*[part.tests for part in parts])
            if tests and (relation["when"] is None or parts[0].truth is not False):
                found[""] = _joined(found.get(""), tests)
        return found

    def _dead(self, rule: Rule, rules: dict[str, Rule], day: int, dead: dict[str, bool]) -> bool:
        """Whether a rule cannot come to fire as long as this wording holds."""
        if rule.id not in dead:
            when, unless = rule.data["when"], rule.data["unless"]
            parents = [rules[name] for name in rule.parents if name in rules]
            dead[rule.id] = (
                (when is not None and self._condition(when, day).truth is False)
                or (unless is not None and self._condition(unless, day).truth is True)
                or (bool(rule.parents) and all(self._dead(one, rules, day, dead) for one in parents))
            )
        return dead[rule.id]

    def _signature(self, target: str, day: int) -> object:
        """Everything that the answer of a target takes from the wording of a day."""
        entry = self.book.targets[target].data
        if entry["default"] is None:
            return None
        rules = self.book.rules_for(target, day)
        dead: dict[str, bool] = {}
        found: list[object] = []
        read: set[str] = set()
        for rule in rules.values():
            if self._dead(rule, rules, day, dead):
                continue
            found.append(id(rule))
            for key in ("when", "unless"):
                if rule.data[key] is not None:
                    core, alive = self._core(rule.data[key], day)
                    found.append(core)
                    read |= {test[1] for test in alive.tests if test[0] == "target"}
        if entry["treated"] is not None:
            found.append(self._core(entry["treated"], day)[0])
        found += [self._signature(other, day) for other in sorted(read - {target})]
        for relation in self.book.data["relations"]:
            found += [self._core(relation[key], day)[0] for key in ("when", "if", "then") if relation[key]]
        return tuple(found)

    def _condition(self, condition: Condition, day: int) -> _Alive:
        return self._core(condition, day)[1]

    def _core(self, condition: Condition, day: int) -> tuple[Core, _Alive]:
        key = (id(condition), day)
        if key not in self._cores:
            core = reduce(self.book, condition, day)
            self._cores[key] = core, self._of(core)
        return self._cores[key]

    def _of(self, core: Core) -> _Alive:
        """What time can change about a condition; truth None where time or unknown facts decide."""
        kind = core[0]
        if kind in ("and", "or"):
            parts = [self._of(part) for part in core[1]]
            settling = kind == "or"
            if any(part.truth is settling for part in parts):
                return _Alive(settling, _NONE)
            left = [part for part in parts if part.truth is None]
            if not left:
                return _Alive(not settling, _NONE)
            return _Alive(None, frozenset().union(*[part.tests for part in left]))
        if kind == "not":
            inner = self._of(core[1])
            return _Alive(None if inner.truth is None else not inner.truth, inner.tests)
        if kind == "target":
            return _Alive(None, frozenset([core[:2]]))
        if kind in ("open", "ba"):
            return _Alive(None, _NONE)
        if kind in ("set", "told") or (kind == "num" and core[1] not in self.growing):
            return _Alive(self._truth.core(core), _NONE)
        return self._timed(core)

    def _timed(self, core: Core) -> _Alive:
        """A test on a date, or on a number that grows."""
        kind, name = core[:2]
        if kind == "num":
            value, (low, high) = self.growing[name], core[2:]
            if high is not None and value > high:
                return _NEVER
            if high is None and value >= low:
                return _ALWAYS
            return _Alive(None, frozenset([core]))
        names = (name, core[2]) if kind == "pair" else (name,)
        dates: list[Any] = [self.facts.values.get(each) for each in names]
        if None in dates:
            return _Alive(None, frozenset([core]))
        first = dates[0]
        if kind == "keine" or KEINE in dates:
            return _ALWAYS if kind == "keine" and first == KEINE else _NEVER
        if kind == "pair":
            return _ALWAYS if first <= turn("after", core[3], dates[1]) - 1 + core[4] else _NEVER
        if kind == "le":
            return _ALWAYS if first <= core[2] else _NEVER
        due = turn(core[2], core[3], first)
        if due <= self.start:
            return _ALWAYS
        return _Alive(None, frozenset([core])) if due < NEVER else _NEVER

    def _known(self, test: Test) -> Iterable[tuple[int, Origin]]:
        """The days on which a test on a known date, or on a number that grows, turns."""
        kind, name = test[:2]
        if kind == "num":
            cuts = [cut for cut in (test[2], None if test[3] is None else test[3] + 1) if cut is not None]
            return [(self.start + cut - self.growing[name], Origin("count", name)) for cut in cuts]
        if kind == "turn" and name in self.facts.values:
            day = turn(test[2], test[3], self.facts.values[name])
            return [(day, Origin("turn", name, test[2], test[3]))]
        return []
