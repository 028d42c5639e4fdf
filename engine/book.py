"""A rule book as the engine uses it: names, versions and the wording of a day.

The plain data behind a book (`data`) is what `loading` makes of the YAML files and what the cache
keeps: JSON values only. Conditions are lists, days are ordinals:

    ["all", …]  ["any", …]  ["not", c]  ["unless", c]
    ["fact", name, operator, argument]        ["derived", name, operator, argument]
    ["target", name, [outcomes]]              ["ba", [values]]

An argument is a literal, {"list": name}, {"param": name}, {"period": [months, days]},
{"derived": name} (a derived period) or {"fact": name, "period": [months, days]}.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from wegweiser.engine.text import Text
from wegweiser.engine.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wegweiser.engine.cards import RuleCard
    from wegweiser.engine.wordings import Wordings

__all__ = [
    "APPROVALS",
    "FORMAT",
    "OUTCOMES",
    "PERMISSIONS",
    "Book",
    "Condition",
    "Meta",
    "Rule",
    "Target",
    "in_force",
    "replaces",
    "stronger",
]

FORMAT = 2
"""Which form of the plain data this is."""

Condition = list[Any]
"""A condition in the plain form described above."""

OUTCOMES = ("frei", "offen", "anspruch", "soll", "ermessen", "nein")
"""What a rule can conclude, the strongest permission first; `nein` stands alone."""

PERMISSIONS = ("frei", "anspruch", "soll", "ermessen")

APPROVALS = (None, "erforderlich", "nicht_erforderlich")
"""What can be concluded on the BA's approval; None: nothing."""


def in_force(entry: dict[str, Any], day: int) -> bool:
    """Whether a dated entry holds on `day`; both ends belong to its period."""
    start, end = entry.get("from"), entry.get("to")
    return (start is None or start <= day) and (end is None or day <= end)


class Rule:
    """One version of a rule."""

    __slots__ = (
        "all",
        "ba",
        "bars",
        "data",
        "id",
        "lifts",
        "normen",
        "outcome",
        "parents",
        "prevails",
        "reads_approval",
        "targets",
    )

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.id: str = data["id"]
        self.normen: list[str] = data["normen"]
        self.targets: list[str] = data["targets"]
        self.outcome: str | None = data.get("outcome")
        self.ba: str | None = data.get("ba")
        self.parents: list[str] = data.get("exception_to", [])
        self.lifts: list[str] = data.get("lifts", [])
        self.prevails: list[str] = data.get("prevails_over", [])
        self.all = "all" in self.prevails
        self.reads_approval = _mentions_approval(data["when"]) or _mentions_approval(data["unless"])
        """Whether the conditions read what is concluded on the BA's approval."""

    @property
    def because(self) -> Text:
        """The author's summary."""
        return Text(*self.data["because"])

    @property
    def names(self) -> set[str]:
        """The rules that this one names in any relation."""
        return {*self.parents, *self.lifts, *self.prevails}

    def concludes(self, conclusion: str) -> str | None:
        """What the rule says on `outcome` or `zustimmung_ba`, or None."""
        return self.outcome if conclusion == "outcome" else self.ba


def _mentions_approval(condition: Condition | None) -> bool:
    if condition is None or condition[0] in ("fact", "derived", "target"):
        return False
    return condition[0] == "ba" or any(_mentions_approval(part) for part in condition[1:])


class Target:
    """What is decided."""

    __slots__ = ("data", "hint", "label", "name", "zustimmung_ba")

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name = name
        self.data = data
        self.label = Text(*data["label"])
        self.hint = Text(*data["hint"]) if data.get("hint") else None
        self.zustimmung_ba: bool = data.get("ba", False)

    @property
    def treated_at_all(self) -> bool:
        """Whether the book decides the target for anybody."""
        return self.data.get("default") is not None

    @property
    def covered_from(self) -> int:
        """The first day for which the book answers, where it is later than that of the book."""
        return self.data.get("from") or 0

    @property
    def held(self) -> Mapping[str, Any]:
        """What is so of whoever holds it: values of facts and definitions."""
        return self.data.get("held") or {}

    def undecided(self, day: int) -> bool:
        """Whether the book decides the target for nobody on a day."""
        return not self.treated_at_all or day < self.covered_from


class Meta(NamedTuple):
    """What a book says of itself; `rechtsstand` is the newest text that it was checked against."""

    name: str
    hash: str
    rechtsstand: date
    coverage_from: date


class Shelf(Protocol):
    """Where a book finds what it needs only now and then."""

    def examples(self) -> list[dict[str, Any]]:
        """The worked examples of the law files."""

    def compiled(self, book: Book, epoch: int) -> Any:
        """The diagrams for the wordings from an epoch on."""

    def beside(self, digest: str) -> Shelf:
        """The shelf of a book that is made from this one."""


class Book:
    """A rule book: the wording that holds on a day, by name."""

    def __init__(self, data: dict[str, Any], digest: str = "", shelf: Shelf | None = None) -> None:
        self.data = data
        self.hash = digest
        self._shelf = shelf
        self._compiled: dict[int, Any] = {}
        self.targets = {name: Target(name, entry) for name, entry in data["targets"].items()}
        self.sections = {name: Text(*label) for name, label in data["sections"].items()}
        self.caseload: tuple[str, ...] = tuple(data["meta"].get("caseload", ()))
        """Sections of targets that a caseload is screened for; none: all."""
        self.rules: dict[str, list[Rule]] = {
            name: [Rule(version) for version in versions] for name, versions in data["rules"].items()
        }
        self._epochs: dict[int, int] = {}
        self._stronger: dict[tuple[str, int, str], dict[str, list[Rule]]] = {}
        self._rules_for: dict[tuple[str, int], dict[str, Rule]] = {}
        self._rules_on: dict[str, list[Rule]] = {}
        for versions in self.rules.values():
            for version in versions:
                for target in version.targets:
                    self._rules_on.setdefault(target, []).append(version)

    @cached_property
    def boundaries(self) -> list[int]:
        """The days on which some wording, list or parameter begins or has ended, in order."""
        days = {self.data["meta"]["coverage_from"], *(one.covered_from for one in self.targets.values())}
        for kind in ("rules", "derived", "lists", "parameters"):
            for entry in self.data[kind].values():
                for version in entry if isinstance(entry, list) else entry["versions"]:
                    if version.get("from") is not None:
                        days.add(version["from"])
                    if version.get("to") is not None:
                        days.add(version["to"] + 1)
        first = self.data["meta"]["coverage_from"]
        return sorted(day for day in days if day >= first)

    @cached_property
    def ending(self) -> tuple[str, ...]:
        """The dates that end rules (`bis`); where one is not told nothing ends."""
        found: dict[str, None] = {}
        for versions in self.rules.values():
            for version in versions:
                _endings(version.data["unless"], found)
        return tuple(found)

    def epoch(self, day: int) -> int:
        """Number of the stretch of days with one wording that `day` lies in; -1 before coverage."""
        found = self._epochs.get(day)
        if found is None:
            found = self._epochs[day] = bisect_right(self.boundaries, day) - 1
        return found

    def compiled(self, epoch: int) -> Any:
        """The diagrams (`compile.Compiled`) for the wordings from an epoch on."""
        if epoch not in self._compiled:
            if self._shelf is None:
                from wegweiser.engine.compile import compile_book

                self._compiled[epoch] = compile_book(self, epoch)
            else:
                self._compiled[epoch] = self._shelf.compiled(self, epoch)
        return self._compiled[epoch]

    @cached_property
    def workshop(self) -> Any:
        """Where its diagrams are made (`compile.Workshop`)."""
        from wegweiser.engine.compile import Workshop

        return Workshop(self)

    @property
    def examples(self) -> list[dict[str, Any]]:
        """The worked examples of the law files."""
        return [] if self._shelf is None else self._shelf.examples()

    def shelf_beside(self, digest: str) -> Shelf | None:
        """Where a book that is made from this one, with a digest of its own, keeps its diagrams."""
        return None if self._shelf is None else self._shelf.beside(digest)

    @property
    def meta(self) -> Meta:
        """Name, hash and dates of the book."""
        meta = self.data["meta"]
        return Meta(
            meta["name"],
            self.hash,
            date.fromordinal(meta["checked_until"]),
            date.fromordinal(meta["coverage_from"]),
        )

    def rule_cards(self) -> Iterator[RuleCard]:
        """Every rule, definition, list and parameter in each version, for reading."""
        from wegweiser.engine.cards import rule_cards

        return rule_cards(self)

    def rule_lines(self) -> Iterator[dict[str, Any]]:
        """The lines of `wegweiser regeln --json`."""
        from wegweiser.engine.cards import rule_lines

        return rule_lines(self)

    def rules_for(self, target: str, day: int) -> dict[str, Rule]:
        """The rules on a target that are in force on a day, by id."""
        key = (target, self.epoch(day))
        found = self._rules_for.get(key)
        if found is None:
            found = self._rules_for[key] = {
                version.id: version
                for version in self._rules_on.get(target, ())
                if in_force(version.data, day)
            }
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts that profiles can tell."""
        return Vocabulary.from_data(self.data["vocabulary"])

    @cached_property
    def wordings(self) -> Wordings:
        """What documents print about work, ready for reading."""
        from wegweiser.engine.wordings import EMPTY, Wordings

        return Wordings(self.data.get("wordings") or EMPTY)

    def silence(self, fact: str) -> Any:
        """What the absence of a fact stands for, in plain form (days as ordinals, `keine` as -1)."""
        return self._plain(fact, self.vocabulary.fact(fact).ohne_angabe)

    def usual(self, fact: str) -> Any:
        """What a fact usually is, in plain form."""
        return self._plain(fact, self.vocabulary.fact(fact).ueblich)

    def _plain(self, fact: str, value: Any) -> Any:
        if self.vocabulary.fact(fact).typ == "datum" and value == "keine":
            return -1
        return value.toordinal() if isinstance(value, date) else value

    def stronger(self, target: str, day: int, conclusion: str) -> dict[str, list[Rule]]:
        """For each rule on a target the rules that take its place for a conclusion when they fire."""
        key = (target, self.epoch(day), conclusion)
        found = self._stronger.get(key)
        if found is None:
            found = self._stronger[key] = stronger(self.rules_for(target, day), conclusion)
        return found

    def derived(self, name: str, day: int) -> dict[str, Any] | None:
        """The definition of a derived fact on a day, or None where it has none."""
        for version in self.data["derived"][name]:
            if in_force(version, day):
                found: dict[str, Any] = version
                return found
        return None

    def values(self, name: str, day: int) -> list[Any]:
        """The entries of a list on a day; empty outside its versions."""
        for version in self.data["lists"][name]["versions"]:
            if in_force(version, day):
                found: list[Any] = version["values"]
                return found
        return []

    def parameter(self, name: str, day: int) -> Any:
        """The value of a parameter on a day, or None where it has none."""
        for version in self.data["parameters"][name]["versions"]:
            if in_force(version, day):
                return version["value"]
        return None


def _endings(condition: Condition | None, found: dict[str, None]) -> None:
    if condition is None or condition[0] in ("derived", "target", "ba"):
        return
    if condition[0] == "fact":
        if condition[2] == "ended":
            found[condition[1]] = None
        return
    for part in condition[1:]:
        _endings(part, found)


def stronger(rules: dict[str, Rule], conclusion: str) -> dict[str, list[Rule]]:
    """For each of some rules the others that take its place for a conclusion when they fire."""
    stating = [rule for rule in rules.values() if rule.concludes(conclusion) is not None]
    return {
        rule.id: [other for other in stating if replaces(other, rule, conclusion, rules)] for rule in stating
    }


def replaces(one: Rule, other: Rule, conclusion: str, rules: dict[str, Rule]) -> bool:
    """Whether `one`, when it fires, takes the place of `other` for a conclusion."""
    if one.id == other.id or one.concludes(conclusion) is None or other.concludes(conclusion) is None:
        return False
    if other.id in one.parents or other.id in one.prevails:
        return True
    if not one.all or _names(other, one.id, rules):
        return False
    stands = other.all and not (one.outcome == "nein" and other.outcome in PERMISSIONS)
    return not stands


def _names(rule: Rule, wanted: str, rules: dict[str, Rule]) -> bool:
    """Whether a rule names another, directly or through rules that it names."""
    seen = set()
    stack = [rule.id]
    while stack:
        current = stack.pop()
        if current in seen or current not in rules:
            continue
        seen.add(current)
        names = rules[current].names
        if wanted in names:
            return True
        stack.extend(names - {"all"})
    return False
