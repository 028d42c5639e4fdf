"""Generated rule books, persons and days, small enough that every completion can be tried.

A `Case` is drawn with a `random.Random`, so hypothesis can shrink it (`st.randoms`) and a loop can make
very many. Periods are short, so that a window of some days before the day of the check holds everything
that an unknown date can do: dates before the window are like its first day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.periods import FAR, Period, reach, turn

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Conditions, Plain

DAYS = (
    date(2026, 11, 22),
    date(2026, 3, 2),
    date(2024, 3, 1),
    date(2025, 2, 28),
    date(2026, 8, 31),
    date(2026, 12, 30),
)
COARSE = ("§ 25", "§ 25 Abs. 2", "§ 25 Abs. 4")
"""Norms as coarse as profiles may tell them where rules look closer."""
LARGEST = 700
"""Completions that a generated case may have."""


class Case(NamedTuple):
    """A rule book, what is known of a person, and what the other facts can be."""

    data: dict[str, Any]
    known: dict[str, Any]
    """As a completion has them: days as ordinals, -1 for `keine`."""
    unknown: dict[str, list[Any]]
    day: int
    coarse: str | None = None
    """What the profile tells of the norm, where that covers several values."""
    silent: tuple[str, ...] = ()
    """Known facts that the profile does not tell: silence stands for their value."""
    alike: tuple[str, ...] = ()
    """Facts that the profile does not tell: silence means another fact."""

    @property
    def date(self) -> date:
        return date.fromordinal(self.day)

    @property
    def told(self) -> dict[str, Any]:
        """The entries of the profile."""
        told = {name: self.raw(name, value) for name, value in self.known.items() if name not in self.silent}
        return told if self.coarse is None else {**told, "n": self.coarse}

    def raw(self, name: str, value: Any) -> Any:
        """A value as a profile tells it."""
        if self.data["vocabulary"]["facts"][name]["typ"] != "datum":
            return value
        return date.fromordinal(value) if value > 0 else "keine"


class Maker:
    """Draws a case."""

    def __init__(self, plain: type[Plain], draw: Conditions) -> None:
        self.plain = plain
        self.draw = draw
        self.day = draw.day
        self.waiting = draw.focus == "waiting"
        """Two dates of which is known that they lie in the last days: what comes first is open."""

    def case(self) -> Case:
        draw = self.draw
        facts = self.facts()
        self.define()
        targets = {
            name: self.target(name) for name in (["z.eins"] if draw.chance(0.4) else ["z.eins", "z.zwei"])
        }
        relations = self.relations()
        rules = [
            rule
            for rule in self.rules(list(targets))
            if all(targets[name]["default"] is not None for name in rule["targets"])
        ]
        data = self.plain.data(
            rules,
            targets=targets,
            relations=relations,
            derived=draw.derived,
            lists=draw.lists,
            parameters=draw.parameters,
        )
        data["vocabulary"]["facts"] = facts
        return self.person(data)

    def facts(self) -> dict[str, Any]:
        draw, found = self.draw, self.plain.facts()
        for name in ("d1", "d2"):
            found[name]["always"] = draw.chance(0.3)
        if self.waiting:
            found["d2"]["always"] = found["d3"]["always"] = True
        if draw.focus == "future":
            found["d3"]["future"] = True
        if draw.focus == "ages":
            found["g"] = self.plain.fact("datum", always=draw.chance(0.7))
        if draw.focus == "norms" and draw.chance(0.4):
            found["n"]["parts"] = {"§ 25 Abs. 4": ["§ 25 Abs. 4 Satz 1", "§ 25 Abs. 4 Satz 2"]}
        if draw.chance(0.2):
            found["b1"]["ueblich"] = found["b2"]["ueblich"] = False
        if draw.chance(0.2):
            found["b3"]["ohne_angabe"] = False
        if draw.focus == "alike":
            found["d2"]["always"] = False
            for name, other in (("b2", "b1"), ("d2", "d1")):
                found[name]["ohne_angabe"] = {"wie": other}
                found[name].pop("ueblich", None)
        return found

    def define(self) -> None:
        """Some derived facts, in order: a later one may use earlier ones."""
        draw, derived = self.draw, self.plain.derived
        if draw.chance(0.3):
            draw.derived["frist"] = [
                derived(
                    "period",
                    **dated,
                    cases=[
                        {"when": draw.condition(1), "value": draw.period()},
                        {"when": None, "value": draw.period()},
                    ],
                )
                for dated in draw.versions()
            ]
        if draw.chance(0.3):
            draw.derived["anker"] = [derived("earliest", earliest=draw.some(["d1", "d2", "d3"], 2))]
        if draw.focus == "ages":
            draw.derived["alter"] = [derived("age", age="g")]
        if draw.chance(0.3):
            versions = draw.versions()
            draw.derived["begriff"] = [derived("bool", **dated, when=draw.condition(1)) for dated in versions]
        if draw.chance(0.2):
            cases: list[dict[str, Any]] = [
                {"when": draw.condition(1), "value": value} for value in ("eins", "zwei")
            ]
            if draw.chance(0.6):
                cases.append({"when": None, "value": "drei"})
            draw.derived["klasse"] = [derived("cases", cases=cases)]

    def target(self, name: str) -> dict[str, Any]:
        draw, entry = self.draw, self.plain.target()
        if name == "z.eins" and draw.chance(0.1):
            entry["treated"] = draw.condition(1)
        if draw.chance(0.05):
            entry["default"] = {**entry["default"], "outcome": draw.one(PERMISSIONS), "grund": None}
        if name == "z.eins" and draw.chance(0.02):
            entry["default"] = None
        return entry

    # --- rules ---

    def rules(self, targets: list[str]) -> list[dict[str, Any]]:
        draw = self.draw
        found: list[dict[str, Any]] = []
        reading: set[str] = set()
        bare = draw.chance(0.6 if self.waiting else 0.35)
        for number in range(draw.number(1, 3) if self.waiting else draw.number(2, 7)):
            name, earlier = f"r{number}", [rule["id"] for rule in found]
            on = targets if draw.chance(0.3) else [draw.one(targets)]
            lifting = bool(earlier) and draw.chance(0.15)
            parents = draw.some(earlier, 2) if earlier and not lifting and draw.chance(0.35) else []
            special = None if lifting else self.special(on)
            if special is not None or reading & set(parents):
                # what this rule reads must not depend on it: no rule on the approval, and none under one
                reading.add(name)
            prevails: list[str] = []
            if not lifting and draw.chance(0.3):
                prevails = ["all", *draw.some(earlier, 1)] if draw.chance(0.5) else draw.some(earlier, 2)
            same = {
                "targets": on,
                "exception_to": parents,
                "lifts": draw.some(earlier, 2) if lifting else [],
                "prevails_over": prevails,
            }
            when: list[Any] | None = None
            for dated in draw.versions():
                if when is None or draw.chance(0.4):
                    when = draw.condition() if draw.chance(0.9) else None
                entry = self.plain.rule(name, **dated, **same, when=when)
                entry["unless"] = draw.condition(1) if draw.chance(0.2) else None
                if special is not None:
                    entry["when"] = [draw.one(["all", "any"]), special, *([when] if when else [])]
                if not lifting or draw.chance(0.2):
                    self.conclude(entry, bare=bare, silent=name in reading)
                found.append(entry)
        if draw.chance(0.7):
            self.settle(found)
        return found

    def special(self, on: list[str]) -> list[Any] | None:
        """A condition on a conclusion."""
        draw = self.draw
        if not draw.chance(0.25 if draw.focus in ("static", "mixed") else 0.1):
            return None
        if on == ["z.zwei"] and draw.chance(0.6):
            return ["target", "z.eins", draw.some(PERMISSIONS if draw.chance(0.7) else ["nein"])]
        read = ["ba", [draw.one(["erforderlich", "nicht_erforderlich"])]]
        return ["not", read] if draw.chance(0.3) else read

    def conclude(self, entry: dict[str, Any], *, bare: bool, silent: bool) -> None:
        """Say what a rule concludes: no prohibition if `bare`, nothing on the approval if `silent`."""
        draw = self.draw
        approval = not silent and draw.chance(0.5)
        if not approval or draw.chance(0.8):
            prohibits = not bare and draw.chance(0.4)
            entry["outcome"] = (
                "nein" if prohibits else "offen" if draw.chance(0.05) else draw.one(PERMISSIONS)
            )
            entry["grund"] = "verbot" if prohibits else None
        if approval:
            entry["ba"] = draw.one(["erforderlich", "nicht_erforderlich"])

    def settle(self, rules: list[dict[str, Any]]) -> None:
        """Say of each prohibition and permission which of them goes first: the later one."""
        for place, rule in enumerate(rules):
            for other in rules[:place]:
                outcomes = [rule["outcome"], other["outcome"]]
                if rule["id"] == other["id"] or outcomes.count("nein") != 1 or None in outcomes:
                    continue
                for version in rules:
                    names = version["prevails_over"]
                    if version["id"] == rule["id"] and other["id"] not in (*names, *version["exception_to"]):
                        version["prevails_over"] = [*names, other["id"]]

    def relations(self) -> list[dict[str, Any]]:
        draw, relation = self.draw, self.plain.relation
        found = [relation(in_order=["d1", name]) for name in ("d2", "d3")] if self.waiting else []
        dates = ["d1", *draw.random.sample(["d2", "d3"], 2)]
        if not self.waiting:
            draw.random.shuffle(dates)
        for _ in range(3):
            if not draw.chance({"relations": 0.8, "waiting": 0.1}.get(draw.focus, 0.3)):
                continue
            when = draw.condition(1, timeless=draw.chance(0.7)) if draw.chance(0.4) else None
            if draw.chance(0.6):
                names = dates if draw.chance(0.3) else sorted(draw.random.sample(dates, 2), key=dates.index)
                if draw.focus == "ages" and draw.chance(0.4):
                    names = ["g", *names]
                found.append(relation(in_order=names, when=when))
            else:
                first, then = (draw.condition(1, timeless=draw.chance(0.6)) for _ in range(2))
                if draw.chance(0.4):
                    then = ["not", ["fact", draw.one(["d1", "d2", "d3"]), "is", "keine"]]
                found.append(relation(**{"when": when, "if": first, "then": then}))
        if draw.focus == "alike":  # a silent date stands in no order of its own
            return [one for one in found if "d2" not in (one["in_order"] or ())]
        return found

    # --- persons ---

    def person(self, data: dict[str, Any]) -> Case:
        draw, facts = self.draw, data["vocabulary"]["facts"]
        text = repr([data[key] for key in ("rules", "derived", "targets", "relations")])
        used = sorted((name for name in facts if f"'{name}'" in text), key=lambda _: draw.random.random())
        if draw.focus == "alike":
            used = list(dict.fromkeys([*used, "b1", "d1"]))
        known = {name: self.value(facts[name], name) for name in facts}
        wanted = self.wanted(facts, used)
        if self.waiting:
            known["d1"] = self.day - draw.number(0, 5)
            known |= {name: draw.number(known["d1"], self.day) for name in ("d2", "d3")}
        questions = {f"? {name}": [False, True] for name in self.questions(data)}
        unknown: dict[str, list[Any]] = {}
        for name in wanted:
            more = self.domains(facts, known, [*unknown, name])
            if prod(map(len, (*more.values(), *questions.values()))) <= LARGEST:
                unknown = more
        coarse = None
        if "n" not in unknown and draw.chance(0.3):
            coarse = draw.one(COARSE)
            finer = [norm for norm in self.plain.NORMS if norm.startswith(coarse + " ")]
            unknown["n"] = finer if coarse in facts["n"].get("parts", {}) else [coarse, *finer]
        silent = []
        if facts["b3"].get("ohne_angabe") is not None and draw.chance(0.7):
            known["b3"] = facts["b3"]["ohne_angabe"]
            unknown.pop("b3", None)
            silent.append("b3")
        alike = [name for name in ("b2", "d2") if draw.focus == "alike" and draw.chance(0.7)]
        for name in alike:
            unknown.pop(name, None)
        for name in facts:
            if (
                name not in (*used, *unknown, *silent, *alike)
                and "ueblich" not in facts[name]
                and draw.chance(0.5)
            ):
                unknown[name] = [known[name]]  # nothing looks at it
        known = {name: value for name, value in known.items() if name not in unknown and name not in alike}
        return Case(data, known, {**unknown, **questions}, self.day, coarse, tuple(silent), tuple(alike))

    def wanted(self, facts: dict[str, Any], used: list[str]) -> list[str]:
        """The facts that are to be unknown, if the number of completions allows."""
        draw = self.draw
        if self.waiting:
            return list(draw.one([["d2"], ["d3"], ["d2", "d3"], ["d2", "d3"]]))
        silence = [name for name in used if facts[name].get("ohne_angabe") is not None]
        dates = [name for name in used if facts[name]["typ"] == "datum" and name not in silence]
        dates = dates[: draw.number(0, 3)]
        single = [name for name in used if facts[name]["typ"] != "datum" and name not in silence]
        return [*dates, *single[: draw.number(0, 4 - len(dates))]]

    def questions(self, data: dict[str, Any]) -> list[str]:
        """What the book leaves open."""
        book = Book(data)
        days = [self.day, *(day for day in book.boundaries if day > self.day)]
        found = [name for name, day in product(data["parameters"], days) if book.parameter(name, day) is None]
        eins = data["targets"]["z.eins"]
        offen = any(rule["outcome"] == "offen" for versions in data["rules"].values() for rule in versions)
        if "'target', 'z.eins'" in repr(data["rules"]) and (eins["treated"] or not eins["default"] or offen):
            found.append("z.eins")
        return list(dict.fromkeys(found))

    def value(self, fact: dict[str, Any], name: str) -> Any:
        draw = self.draw
        if fact["typ"] == "datum":
            if not fact.get("always") and draw.chance(0.2):
                return self.plain.KEINE
            if name == "g":
                return turn("before", Period(12 * draw.number(17, 20), 0), self.day + draw.number(-3, 9))
            return self.day - draw.number(-6 if fact.get("future") else 0, 8)
        if name == "n":
            return draw.one(
                norm for norm in (*self.plain.VALUES["n"], "§ 25 Abs. 2 Satz 2") if norm not in COARSE
            )
        return draw.one(self.plain.VALUES[name])

    def domains(self, facts: dict[str, Any], known: dict[str, Any], names: list[str]) -> dict[str, list[Any]]:
        """What each of these facts can be while the others are known."""
        dates = [
            value for name, value in known.items() if name not in names and facts[name]["typ"] == "datum"
        ]
        number = sum(facts[name]["typ"] == "datum" for name in names)
        return {name: self.domain(facts[name], name, dates, number) for name in names}

    def domain(self, fact: dict[str, Any], name: str, known: list[int], number: int) -> list[Any]:
        if fact["typ"] != "datum":
            return list(self.plain.VALUES[name])
        draw = self.draw
        none = [] if fact.get("always") else [self.plain.KEINE]
        if name == "g":
            days = {self.day, self.day - 10, self.day - 40000}
            for years in {*draw.ages, *(age + 1 for age in draw.ages)}:
                birth = turn("before", Period(12 * years, 0), self.day)
                days |= set(range(birth - 4, birth + 18 + draw.longest + (35 if draw.months else 0)))
            return [*none, *sorted(days)]
        reached = [reach(kind, period, self.day) for kind, period in draw.periods]
        recent = [value - 3 for value in known if value > self.day - 300]
        first = min([self.day - 1, *draw.literals, *reached, *recent])
        first -= 1 + number * (max(draw.shifts).days + 1)
        if self.waiting:
            first = min(recent)
        if not fact.get("future"):
            return [*none, *range(first, self.day + 1)]
        last = self.day + 20 + 2 * draw.longest + (35 if draw.months else 0)
        return [*none, *range(first, last), FAR]


@pytest.fixture(scope="session")
def make_case(plain: type[Plain], conditions: type[Conditions]) -> Callable[[Random, str], Case]:
    """Draws a case with a focus."""

    def make(random: Random, focus: str) -> Case:
        return Maker(plain, conditions(random, focus, random.choice(DAYS).toordinal())).case()

    return make
