"""Rule books as plain data, and generated conditions.

What `linking` makes of the files of a rule book, built directly: only what a test is about has to be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any, ClassVar

import pytest

from wegweiser.engine.book import Book
from wegweiser.engine.periods import Period

KEINE = -1
NORMS = (
    "§ 16a",
    "§ 25 Abs. 1",
    "§ 25 Abs. 2",
    "§ 25 Abs. 2 Satz 1",
    "§ 25 Abs. 4 Satz 1",
    "§ 25 Abs. 4 Satz 2",
)
VALUES: dict[str, list[Any]] = {
    "b1": [True, False],
    "b2": [True, False],
    "b3": [True, False],
    "w": ["a", "b", "c"],
    "z": [0, 1, 2, 3, 4, 5],
    "l": ["SY", "AF", "GE", "US"],
    "n": [*NORMS, "§ 99"],
}
"""All values of the generated facts that no rule can tell from others; dates are `d1`, `d2`, `d3`, `g`."""


class Plain:
    """The parts of a rule book."""

    KEINE = KEINE
    NORMS = NORMS
    VALUES = VALUES

    @staticmethod
    def fact(typ: str, **more: Any) -> dict[str, Any]:
        return {"typ": typ, "topic": "alles", "label": {"de": typ, "en": typ}, **more}

    @classmethod
    def facts(cls) -> dict[str, Any]:
        """Three truths, an enumeration, a number, a state, a norm and three dates."""
        labels = {value: {"de": value, "en": value} for value in VALUES["w"]}
        single = {"w": cls.fact("wahl", werte=labels, geordnet=True), "z": cls.fact("zahl")}
        dates = {name: cls.fact("datum") for name in ("d1", "d2", "d3")}
        truths = {name: cls.fact("bool") for name in ("b1", "b2", "b3")}
        return {**truths, **single, "l": cls.fact("land"), "n": cls.fact("norm"), **dates}

    @staticmethod
    def target(**more: Any) -> dict[str, Any]:
        default = {"outcome": "nein", "grund": "voraussetzung_fehlt", "norm": "§ 1 G", "because": ["a", "b"]}
        label = ["Ziel", "target"]
        return {"label": label, "hint": None, "ba": True, "treated": None, "default": default, **more}

    @staticmethod
    def rule(name: str, **more: Any) -> dict[str, Any]:
        lists = ("auflagen", "schritte", "open_terms", "notes", "exception_to", "lifts", "prevails_over")
        nothing = ("when", "unless", "antrag", "outcome", "grund", "ba", "checked", "from", "to")
        return {
            "id": name,
            "targets": ["z.eins"],
            "normen": ["§ 2 G"],
            "because": ["weil", "because"],
            **{key: [] for key in lists},
            **dict.fromkeys(nothing),
            "atypical": False,
            "seen": False,
            "file": "laws/g/p2.yaml",
            "line": 1,
            **more,
        }

    @staticmethod
    def derived(kind: str, **more: Any) -> dict[str, Any]:
        nothing = dict.fromkeys(("when", "cases", "earliest", "age", "label", "from", "to"))
        place = {"file": "laws/g/p3.yaml", "line": 1}
        return {"kind": kind, "normen": ["§ 3 G"], "seen": False, **nothing, **place, **more}

    @staticmethod
    def relation(**more: Any) -> dict[str, Any]:
        nothing = dict.fromkeys(("in_order", "when", "if", "then", "because"))
        return {"name": "zusammenhang", "normen": ["§ 4 G"], **nothing, **more}

    @staticmethod
    def values(typ: str, versions: list[dict[str, Any]]) -> dict[str, Any]:
        """A list or a parameter."""
        return {"typ": typ, "norm": "§ 5 G", "label": ["Liste", "list"], "source": None, "versions": versions}

    @classmethod
    def data(cls, rules: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
        """The data of a rule book."""
        by_name: dict[str, list[dict[str, Any]]] = {}
        for rule in rules:
            by_name.setdefault(rule["id"], []).append(rule)
        return {
            "format": 1,
            "meta": {
                "name": "probe",
                "title": ["Probe", "sample"],
                "coverage_from": date(2020, 1, 1).toordinal(),
                "checked_until": date(2026, 1, 1).toordinal(),
            },
            "vocabulary": {"facts": cls.facts(), "topics": {"alles": {"de": "alles", "en": "all"}}},
            "sections": {"z": ["Ziele", "targets"]},
            "targets": {"z.eins": cls.target(), "z.zwei": cls.target()},
            "rules": by_name,
            "lists": {},
            "parameters": {},
            "derived": {},
            "relations": [],
            **more,
        }

    @classmethod
    def book(cls, rules: Iterable[dict[str, Any]], **more: Any) -> Book:
        return Book(cls.data(rules, **more))


class Conditions:
    """Draws conditions, and keeps what they compare dates with."""

    SHARES: ClassVar[dict[str, dict[str, float]]] = {
        "dates": {"static": 0.2, "norms": 0.2, "mixed": 0.6, "waiting": 0.93},
        "pairs": {"pairs": 0.5, "waiting": 0.03},
        "windows": {"windows": 0.4, "waiting": 0.35},
        "fixed": {"waiting": 0.03},
    }
    """How often conditions are on dates, compare two of them, are windows, name a day: for each focus."""

    def __init__(self, random: Random, focus: str, day: int) -> None:
        self.random = random
        self.focus = focus
        self.day = day
        self.months = self.chance(0.06)
        self.longest: int = {"pairs": 3, "waiting": 9}.get(focus) or self.one([3, 4, 6])
        """Days of the longest period."""
        self.starts = sorted({day + self.number(-3, 7) for _ in range(self.number(0, 2))})
        """Days on which wordings begin."""
        self.periods: set[tuple[str, Period]] = set()
        self.literals: set[int] = set()
        self.shifts: set[Period] = {Period(0, 0)}
        self.ages: set[int] = set()
        self.derived: dict[str, list[dict[str, Any]]] = {}
        self.parameters: dict[str, dict[str, Any]] = {}
        self.lists: dict[str, dict[str, Any]] = {}

    # --- chance ---

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def likely(self, what: str, otherwise: float) -> bool:
        return self.chance(self.SHARES[what].get(self.focus, otherwise))

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def one(self, things: Iterable[Any]) -> Any:
        return self.random.choice(list(things))

    def some(self, things: Iterable[Any], most: int = 3) -> list[Any]:
        things = list(things)
        return self.random.sample(things, self.number(min(1, len(things)), min(most, len(things))))

    # --- conditions ---

    def condition(self, depth: int = 2, *, timeless: bool = False) -> list[Any]:
        if depth == 0 or self.chance(0.45):
            return self.leaf(timeless=timeless)
        kind = self.one(["all", "any", "not", "all", "any"])
        count = 1 if kind == "not" else self.number(2, 3)
        return [kind, *(self.condition(depth - 1, timeless=timeless) for _ in range(count))]

    def leaf(self, *, timeless: bool = False) -> list[Any]:
        if self.derived and self.chance(0.25):
            return self.on_derived()
        if self.focus == "norms" and self.chance(0.5):
            return ["fact", "n", *self.on_values("n")]
        if self.likely("dates", 0.8):
            return self.on_date(self.one(["d1", "d2", "d3", "d1", "d2"]), timeless=timeless)
        name = self.one(VALUES)
        return ["fact", name, *(self.on_values(name) if name in ("l", "n") else self.on_single(name))]

    def on_single(self, name: str) -> list[Any]:
        if name.startswith("b"):
            return ["is", self.chance(0.6)]
        operator = self.one(["is", "in", "at_least", "at_most", "above", "below"])
        if operator == "in":
            return [operator, self.some(VALUES[name][:4], 2)]
        if name == "z" and self.parameter("p_zahl"):
            return [operator, {"param": "p_zahl"}]
        return [operator, self.one(VALUES[name][:4])]

    def on_values(self, name: str) -> list[Any]:
        values = VALUES[name][:-1]
        if self.chance(0.4):
            listed = f"liste_{name}"
            if listed not in self.lists:
                versions = [{**dated, "values": self.some(values, 2)} for dated in self.versions()]
                self.lists[listed] = Plain.values({"l": "land", "n": "norm"}[name], versions)
            return ["in", {"list": listed}]
        return ["in", self.some(values, 2)] if self.chance(0.5) else ["is", self.one(values)]

    def on_date(self, name: str, *, timeless: bool = False) -> list[Any]:
        comparing = ["at_most", "at_least", "above", "below"]
        if name != "frist" and self.likely("pairs", 0.08):
            other = self.one(date for date in ("d1", "d2", "d3") if date != name)
            return ["fact", name, self.one(comparing), {"fact": other, "period": self.shift()}]
        if timeless or self.likely("fixed", 0.15):
            operator = self.one([*comparing, "is", "in"])
            if operator == "in":
                return ["fact", name, "in", [self.literal(), self.one(["keine", self.literal()])]]
            if operator == "is" and self.chance(0.7):
                return ["fact", name, "is", "keine"]
            return [
                "fact",
                name,
                operator,
                {"param": "p_datum"} if self.parameter("p_datum") else self.literal(),
            ]
        if self.likely("windows", 0):
            kind = self.one(["since", "after"])
            first, last = sorted(self.number(0, self.longest) for _ in range(2))
            opens, closes = (
                ["fact", name, kind, {"period": self.used(kind, [0, d])}] for d in (first, last + 1)
            )
            return ["all", opens, ["not", closes]]
        kind = self.one(["since", "since", "after", "before"])
        return ["fact", name, kind, self.time(kind)]

    def on_derived(self) -> list[Any]:
        name = self.one(self.derived)
        kind = self.derived[name][0]["kind"]
        if kind == "bool":
            return ["derived", name, "is", self.chance(0.7)]
        if kind == "cases":
            return ["derived", name, "in", self.some(["eins", "zwei", "drei"], 2)]
        if kind == "age":
            if not self.ages or self.chance(0.3):
                self.ages.add(self.number(17, 20))
            operator = self.one(["at_least", "below", "above", "at_most", "is"])
            return ["derived", name, operator, self.one(sorted(self.ages))]
        leaf = self.on_date(name)
        while leaf[0] != "fact":
            leaf = self.on_date(name)
        return ["derived", name, *leaf[2:]] if kind == "earliest" else ["fact", "d1", *leaf[2:]]

    # --- what dates are compared with ---

    def literal(self) -> int:
        day = self.day - self.number(-1, self.longest + 1)
        self.literals.add(day)
        return day

    def shift(self) -> list[int]:
        shift = [0, self.number(0, 2)]
        self.shifts.add(Period(*shift))
        return shift

    def period(self) -> list[int]:
        if self.months and self.chance(0.4):
            return [1, self.number(0, 2)]
        return [0, self.number(0, self.longest)]

    def used(self, kind: str, period: list[int]) -> list[int]:
        self.periods.add((kind, Period(*period)))
        return period

    def time(self, kind: str) -> dict[str, Any]:
        if self.parameter("p_frist"):
            for version in self.parameters["p_frist"]["versions"]:
                self.used(kind, version["value"])
            return {"param": "p_frist"}
        if "frist" in self.derived and self.chance(0.4):
            for case in (case for version in self.derived["frist"] for case in version["cases"]):
                self.used(kind, case["value"])
            return {"derived": "frist"}
        return {"period": self.used(kind, self.period())}

    def parameter(self, name: str) -> bool:
        """Whether to use a parameter here; it is made when first used."""
        if not self.chance(0.3):
            return False
        if name not in self.parameters:
            draw = {"p_zahl": lambda: self.number(1, 4), "p_datum": self.literal, "p_frist": self.period}[
                name
            ]
            versions = [{**dated, "value": draw()} for dated in self.versions()]
            self.parameters[name] = Plain.values(name, versions)
        return True

    def versions(self) -> list[dict[str, Any]]:
        """The periods of one to three wordings, with or without a gap."""
        cuts = [day for day in self.starts if self.chance(0.6)]
        ends = [*(day - 1 for day in cuts), None]
        found = [
            {"from": start, "to": end, "seen": False} for start, end in zip([None, *cuts], ends, strict=True)
        ]
        if len(found) > 1 and self.chance(0.3):
            found.pop(self.number(0, len(found) - 1))
        return found


@pytest.fixture(scope="session")
def plain() -> type[Plain]:
    """The parts of a rule book as plain data."""
    return Plain


@pytest.fixture(scope="session")
def conditions() -> type[Conditions]:
    """Draws conditions."""
    return Conditions
