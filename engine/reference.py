"""What a rule book means, in the plainest way: one completion of the facts, one day, no diagrams.

This is the definition that everything faster is tested against; it is slow and used by tests only. It
follows docs/rule-language.md, sections 3 to 8, and shares no code with the compiler: of the engine it
takes the counting of time (`periods`), the hierarchy of norms, which wording holds on a day, and which
rule replaces which (`book.replaces`).

A completion gives every fact a plain value: days are ordinals, `keine` of a date is -1. What the book
itself leaves open (a parameter without a value, another target that is `offen`) is a yes or no under the
name that `question` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

from wegweiser.engine.book import OUTCOMES, PERMISSIONS, Book, Condition, Rule, replaces
from wegweiser.engine.norms import covers
from wegweiser.engine.periods import KINDS, NEVER, Period, turn

__all__ = ["AnswerSet", "Contradiction", "Label", "Reference", "World", "question"]

KEINE = -1
Values = Mapping[str, Any]


class Contradiction(Exception):  # noqa: N818 (the book contradicts itself; nothing went wrong here)
    """A prohibition and a permission take effect together."""


class Label(NamedTuple):
    """The answer of one completion; `zustimmung` is the BA's approval on the day of the permission."""

    ergebnis: str
    dann: str | None = None
    ab: int | None = None
    zustimmung: str | None = None


def question(name: str) -> str:
    """Under which name a completion says how an open question of the book is decided."""
    return f"? {name}"


class World:
    """One person, of whom everything is known, on one day."""

    def __init__(self, book: Book, values: Values, day: int) -> None:
        self.book, self.values, self.day = book, values, day
        self.facts: dict[str, Any] = book.data["vocabulary"]["facts"]

    # --- conditions (sections 3 and 5) ---

    def holds(self, condition: Condition | None, target: str = "") -> bool:
        """Whether a condition is true; `target` is the one that `self` stands for."""
        if condition is None:
            return True
        kind, *rest = condition
        if kind == "all":
            return all(self.holds(part, target) for part in rest)
        if kind == "any":
            return any(self.holds(part, target) for part in rest)
        if kind in ("not", "unless"):
            return not self.holds(rest[0], target)
        if kind == "ba":
            return self.approval(target) in rest[0]
        if kind == "target":
            outcome = self.outcome(rest[0])
            return bool(self.values[question(rest[0])]) if outcome == "offen" else outcome in rest[1]
        if kind == "derived":
            return self._derived(*rest)
        if rest[1] == "ended":
            return rest[0] in self.values and self._test(
                self.facts[rest[0]], self.values[rest[0]], "after", {"period": [0, 0]}
            )
        return self._test(self.facts[rest[0]], self.value(rest[0]), *rest[1:])

    def value(self, name: str) -> Any:
        """The value of a fact; one that is left out has that of the fact which its silence means."""
        return (
            self.values[name] if name in self.values else self.value(self.facts[name]["ohne_angabe"]["wie"])
        )

    def _test(self, fact: Mapping[str, Any], value: Any, operator: str, argument: Any) -> bool:
        """Whether a value stands a test."""
        if isinstance(argument, dict) and "param" in argument:
            name, argument = argument["param"], self.book.parameter(argument["param"], self.day)
            if argument is None:
                return bool(self.values[question(name)])
        elif isinstance(argument, dict) and "list" in argument:
            argument = self.book.values(argument["list"], self.day)
        elif isinstance(argument, dict):
            argument = self._period(argument) if operator in KINDS else self._other_date(argument)
        if operator == "in":
            return any(self._equal(fact, value, one) for one in argument)
        if operator == "is":
            return self._equal(fact, value, argument)
        if fact["typ"] == "datum" and (value == KEINE or argument is None):
            return False
        if operator in KINDS:
            return turn(operator, Period(*argument), value) <= self.day
        if fact["typ"] == "wahl":
            order = list(fact["werte"])
            value, argument = order.index(value), order.index(argument)
        tests = {"at_least": value >= argument, "at_most": value <= argument}
        return bool({**tests, "above": value > argument, "below": value < argument}[operator])

    def _equal(self, fact: Mapping[str, Any], value: Any, wanted: Any) -> bool:
        if fact["typ"] == "norm":
            return covers(wanted, value)
        return bool(value == (KEINE if fact["typ"] == "datum" and wanted == "keine" else wanted))

    def _period(self, argument: dict[str, Any]) -> Any:
        """A period as written, or as the first case of a derived period gives it; None for none."""
        return argument["period"] if "period" in argument else self._case(argument["derived"])

    def _other_date(self, argument: dict[str, Any]) -> int | None:
        """The last day of a period after another date; None where that has not happened."""
        other = self.value(argument["fact"])
        return None if other == KEINE else turn("after", Period(*argument["period"]), other) - 1

    def _case(self, name: str) -> Any:
        definition = self.book.derived(name, self.day) or {"cases": []}
        return next((case["value"] for case in definition["cases"] if self.holds(case["when"])), None)

    def _derived(self, name: str, operator: str, argument: Any) -> bool:
        """A test of a derived fact; where it has no wording on the day, none holds."""
        definition = self.book.derived(name, self.day)
        if definition is None:
            return False
        if definition["kind"] == "bool":
            return bool(self.holds(definition["when"]) == argument)
        if definition["kind"] == "cases":
            return self._case(name) in (argument if operator == "in" else [argument])
        if definition["kind"] == "earliest":
            days = [day for fact in definition["earliest"] if (day := self.value(fact)) != KEINE]
            return self._test({"typ": "datum"}, min(days, default=KEINE), operator, argument)
        born, age = self.value(definition["age"]), -1
        if born == KEINE:
            return self._test({"typ": "datum"}, KEINE, operator, argument)
        while turn("since", Period(12 * (age + 1), 0), born) <= self.day:
            age += 1
        return self._test({"typ": "zahl"}, age, operator, argument)

    # --- relations of rules (section 6) ---

    def fires(self, rule: Rule, target: str) -> bool:
        """In force, `when` and not `unless`, under a parent that fires, lifted by none."""
        rules = self.book.rules_for(target, self.day)
        return (
            self.holds(rule.data["when"], target)
            and not (rule.data["unless"] is not None and self.holds(rule.data["unless"], target))
            and (not rule.parents or any(self.fires(rules[p], target) for p in rule.parents if p in rules))
            and not any(rule.id in other.lifts and self.fires(other, target) for other in rules.values())
        )

    def effective(self, target: str, conclusion: str) -> list[str]:
        """What the rules conclude that fire and are replaced by none that fires."""
        rules = self.book.rules_for(target, self.day)
        speaking = [
            (rule, said) for rule in rules.values() if (said := rule.concludes(conclusion)) is not None
        ]
        firing = [(rule, said) for rule, said in speaking if self.fires(rule, target)]
        return [
            said
            for rule, said in firing
            if not any(replaces(other, rule, conclusion, rules) for other, _ in firing)
        ]

    def outcome(self, target: str) -> str:
        """The strongest effective permission, the prohibition, or the default."""
        entry = self.book.targets[target].data
        if self.book.targets[target].undecided(self.day):
            return "offen"
        said = self.effective(target, "outcome")
        if "nein" in said and set(said) & set(PERMISSIONS):
            raise Contradiction(target, self.day, dict(self.values))
        if not self.holds(entry["treated"], target):
            return "offen"
        default: str = entry["default"]["outcome"]
        return min(said, key=OUTCOMES.index, default=default)

    def approval(self, target: str) -> str | None:
        """The BA's approval: one rule that does without it is enough; None where none speaks of it."""
        said = self.effective(target, "zustimmung_ba")
        return "nicht_erforderlich" if "nicht_erforderlich" in said else "erforderlich" if said else None

    # --- relations of facts (section 4) ---

    def possible(self) -> bool:
        """Whether the facts satisfy the relations of the vocabulary."""
        return all(
            self._in_order(relation["in_order"] or ())
            and (relation["if"] is None or not self.holds(relation["if"]) or self.holds(relation["then"]))
            for relation in self.book.data["relations"]
            if self.holds(relation["when"])
        )

    def _in_order(self, names: Sequence[str]) -> bool:
        days = [day for name in names if (day := self.value(name)) != KEINE]
        return all(one <= two for one, two in combinations(days, 2))


class Reference:
    """The answers of a rule book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.periods = _periods(book)

    def turning_days(self, values: Values, day: int) -> list[int]:
        """The later days on which anything can change: a wording begins or ends, a period has run out."""
        facts = self.book.data["vocabulary"]["facts"]
        dates = {values[name] for name, fact in facts.items() if fact["typ"] == "datum" and name in values}
        days = {
            turn(kind, period, one)
            for kind, period in product(KINDS, self.periods)
            for one in dates - {KEINE}
        }
        return sorted(one for one in days.union(self.book.boundaries) if day < one < NEVER)

    def label(self, values: Values, target: str, day: int) -> Label:
        """The answer for one completion on a day (section 7)."""
        today = World(self.book, values, day)
        outcome = today.outcome(target)
        if outcome != "nein":
            return Label(outcome, zustimmung=_approval(today, target, outcome))
        for later in self.turning_days(values, day):
            world = World(self.book, values, later)
            outcome = world.outcome(target)
            if outcome in PERMISSIONS:
                return Label("noch_nicht", outcome, later, _approval(world, target, outcome))
        return Label("nein")

    def answers(
        self, known: Values, unknown: Mapping[str, Sequence[Any]], target: str, day: int
    ) -> AnswerSet:
        """The answers over every combination of the given values of the unknown facts (section 8)."""
        labels = {}
        for chosen in product(*unknown.values()):
            values = {**known, **dict(zip(unknown, chosen, strict=True))}
            if World(self.book, values, day).possible():
                labels[chosen] = self.label(values, target, day)
        return AnswerSet(tuple(unknown), labels)


def _approval(world: World, target: str, outcome: str) -> str | None:
    if not world.book.targets[target].zustimmung_ba or outcome not in PERMISSIONS:
        return None
    return "nicht_erforderlich" if outcome == "frei" else world.approval(target)


def _periods(book: Book) -> set[Period]:
    """Every period that a book writes down, and every age."""
    found = set()

    def look(part: Any) -> None:
        if isinstance(part, dict):
            dated = [entry["value"] for key in ("cases", "versions") for entry in part.get(key) or ()]
            for value in [part.get("period"), *dated]:
                note(value)
            part = list(part.values())
        if isinstance(part, list):
            if part[:1] == ["derived"]:
                note(part[3])
            for each in part:
                look(each)

    def note(value: Any) -> None:
        match value:
            case [int(months), int(days)]:
                found.add(Period(months, days))
            case int(age):
                found.update((Period(12 * age, 0), Period(12 * age + 12, 0)))

    look([book.data[key] for key in ("targets", "rules", "derived", "parameters")])
    return found


class AnswerSet(NamedTuple):
    """The answers of all possible completions: the values of the unknown facts in order, and the label."""

    names: tuple[str, ...]
    labels: dict[tuple[Any, ...], Label]

    def deciding(self, key: Callable[[Label], Hashable]) -> set[str]:
        """The facts in which alone two completions differ that differ in `key`."""
        found = set()
        for place, name in enumerate(self.names):
            seen: dict[tuple[Any, ...], Hashable] = {}
            for values, one in self.labels.items():
                rest = (*values[:place], *values[place + 1 :])
                if seen.setdefault(rest, key(one)) != key(one):
                    found.add(name)
                    break
        return {name for name in found if not name.startswith(question(""))}
