"""What must hold of the rules of one target, on every day that the book answers for.

Each proof is a question whether a person exists; nobody is the proof, a person the counterexample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from wegweiser.engine.book import OUTCOMES, Book, Rule
from wegweiser.engine.compile import LIMIT, Stretch
from wegweiser.engine.core import Core, accepted, reduce
from wegweiser.engine.diagram import FALSE, TRUE, Diagrams
from wegweiser.engine.errors import BookError
from wegweiser.engine.review.findings import Finding, Place
from wegweiser.engine.review.persons import Person, Persons
from wegweiser.engine.text import Text
from wegweiser.engine.variables import OTHER, find_variables

__all__ = ["persons_of", "prove"]

_CONCLUSIONS = ("outcome", "zustimmung_ba")
_OWN = ("auflagen", "notes", "schritte", "open_terms", "atypical", "antrag")
"""What a rule can add to an answer beside its conclusion."""

_PARTS = (
    ("", Text("", "")),
    (f" {OTHER}", Text(" mit einem Wert, den keine Regel nennt", " with a value that no rule names")),
)
"""Of whom a status can go without an answer: what the key and the words of the finding say of them.

Rules name every value that is told of a person, or one is told of which nobody has thought.
"""


def prove(data: dict[str, Any], target: str) -> list[Finding]:
    """Every finding about one target; `data` is the part of the book that decides it.

    Raises EvaluationError where the target has outgrown what can be proved.
    """
    book = Book(data)
    if not book.targets[target].treated_at_all:
        return [Finding("P202", Place("targets", target), target, ("alle", "everybody"), "*")]
    return list(_Proofs(book, target).findings())


class _Proofs:
    def __init__(self, book: Book, target: str) -> None:
        self.book = book
        self.target = target
        facts = book.data["vocabulary"]["facts"].values()
        variables = find_variables(book, [one["only_if"] for one in facts if one.get("only_if") is not None])
        store = Diagrams(variables.sizes, LIMIT)
        first = book.targets[target].covered_from
        ends = [day - 1 for day in book.boundaries[1:]]
        periods = zip(book.boundaries, [*ends, None], strict=True)
        self.stretches = [
            (Stretch(book, variables, store, start), end)
            for start, end in periods
            if end is None or end >= first
        ]
        """The stretches of days that the target is answered for, the newest last."""
        self.store = store
        self.persons = {stretch.day: Persons(stretch, end) for stretch, end in self.stretches}

    def findings(self) -> Iterator[Finding]:
        """All findings."""
        found = list(self._conflicts())
        yield from found
        if found:
            return  # where rules contradict each other there is no outcome to ask about
        try:
            yield from self._gaps()
            for versions in self.book.rules.values():
                for number, rule in enumerate(versions):
                    if self.target in rule.targets:
                        yield from self._rule(rule, number)
        except BookError:
            return  # a target that is read contradicts itself: found where that one is proved

    def _find(self, stretch: Stretch, condition: int) -> Person | None:
        return None if condition == FALSE else self.persons[stretch.day].find(condition)

    def _any(self, stretches: list[Stretch], condition: Any) -> Person | None:
        """A person on any stretch, the newest first, for whom what `condition` makes of it holds."""
        for stretch in reversed(stretches):
            found = self._find(stretch, condition(stretch))
            if found is not None:
                return found
        return None

    def examples(self, rule: Rule) -> Iterator[Person]:
        """A person for whom a rule fires, and for each of its conclusions one for whom it takes effect."""
        own = [stretch for stretch, _ in self.stretches if stretch.rules(self.target).get(rule.id) is rule]
        stated = [one for one in _CONCLUSIONS if rule.concludes(one) is not None]
        ways: list[Callable[[Stretch], int]] = [lambda one: one.fires(rule, self.target)]
        ways += [partial(self._effective, rule, conclusion) for conclusion in stated]
        found = (self._any(own, way) for way in ways)
        yield from (person for person in found if person is not None)

    def _effective(self, rule: Rule, conclusion: str, stretch: Stretch) -> int:
        return stretch.effective(rule, self.target, conclusion)

    # --- what holds of the target ---

    def _conflicts(self) -> Iterator[Finding]:
        """A prohibition and a permission that take effect together: once for each pair."""
        seen = set()
        for stretch, _ in self.stretches:
            for one, two, together in stretch.conflicts(self.target):
                if (one.id, two.id) not in seen:
                    seen.add((one.id, two.id))
                    person = self._find(stretch, together)
                    yield Finding("P201", self._place(one), self.target, (two.id,), two.id, person)

    def _gaps(self) -> Iterator[Finding]:
        """Statuses for whom the target is not treated, on the newest such day."""
        review = self.book.data["review"]
        fact, first = review["status"], review["answered_from"] or 0
        if fact is None or self.book.targets[self.target].data["treated"] is None:
            return
        owed = [stretch for stretch, end in self.stretches if end is None or end >= first]
        for value, label in self.book.vocabulary.fact(fact).value_labels.items():
            for part, (mark, words) in enumerate(_PARTS):
                person = self._any(owed, partial(self._untreated, fact, value, part))
                if person is not None:
                    shown = person._replace(
                        facts={**person.facts, fact: value}
                    )  # not one that rules treat alike
                    said = (f"{label.de}{words.de}", f"{label.en}{words.en}")
                    place = Place("targets", self.target)
                    yield Finding("P202", place, self.target, said, f"{value}{mark}", shown)

    def _untreated(self, fact: str, value: str, part: int, stretch: Stretch) -> int:
        """Truth of: the target is not treated for a status, and the person belongs to one of `_PARTS`."""
        status = stretch.condition(["fact", fact, "is", value], None)
        treated = stretch.condition(self.book.targets[self.target].data["treated"], self.target)
        untreated = self.store.both(status, self.store.negated(treated))
        named = self._named(stretch, self.store.support(untreated))
        return self.store.both(untreated, self.store.negated(named) if part else named)

    def _named(self, stretch: Stretch, variables: Iterable[int]) -> int:
        """Truth of: conditions on the target name the values of some facts on these days.

        Facts that can be anything (a section, a country) have values that nobody has thought of.
        """
        target = self.book.targets[self.target].data
        rules = [rule.data[key] for rule in stretch.rules(self.target).values() for key in ("when", "unless")]
        conditions = [one for one in (target["treated"], *rules) if one is not None]
        asked: dict[str, list[frozenset[Any]]] = {}
        for condition in conditions:
            for name, values in _asked(reduce(self.book, condition, stretch.day)):
                asked.setdefault(name, []).append(values)
        named = TRUE
        for number in variables:
            entry = stretch.variables.entries[number]
            if entry["kind"] == "set" and any(OTHER in members for members in entry["classes"]):
                sets = asked.get(entry["fact"], [])
                tell = [
                    any(
                        value != OTHER and accepted(value, one, norms=entry["norms"])
                        for value in members
                        for one in sets
                    )
                    for members in entry["classes"]
                ]
                named = self.store.both(named, self.store.test(number, tell))
        return named

    # --- what holds of a rule ---

    def _rule(self, rule: Rule, number: int) -> Iterator[Finding]:
        """The findings about one version of a rule."""
        place = Place("rules", rule.id, number)
        own = [stretch for stretch, _ in self.stretches if stretch.rules(self.target).get(rule.id) is rule]
        live = [one for one in own if not rule.parents or set(rule.parents) & one.rules(self.target).keys()]
        if not live:
            return  # an exception without anything that it departs from: `lint` says so
        if self._any(live, lambda one: one.fires(rule, self.target)) is None:
            yield Finding("W103", place, self.target)
            return
        if rule.data["when"] or rule.data["unless"]:
            missed = self._any(live, lambda one: self._not_met(one, rule))
            if missed is None:
                yield Finding("W104", place, self.target)
        yield from self._effect(rule, place, live)

    def _not_met(self, stretch: Stretch, rule: Rule) -> int:
        """Truth of: the target is treated, and the conditions of the rule do not hold."""
        store = self.store
        holds = stretch.condition(rule.data["when"], self.target)
        if rule.data["unless"] is not None:
            holds = store.both(holds, store.negated(stretch.condition(rule.data["unless"], self.target)))
        treated = stretch.condition(self.book.targets[self.target].data["treated"], self.target)
        return store.both(treated, store.negated(holds))

    def _effect(self, rule: Rule, place: Place, live: list[Stretch]) -> Iterator[Finding]:
        """A rule that fires takes effect for somebody, and an exception changes some answer."""
        stated = [one for one in _CONCLUSIONS if rule.concludes(one) is not None]
        effective = any(self._any(live, lambda one, c=c: one.effective(rule, self.target, c)) for c in stated)
        if stated and not effective:
            fires = self._any(live, lambda one: one.fires(rule, self.target))
            yield Finding("W105", place, self.target, person=fires)
        elif (rule.parents or rule.lifts) and not self._matters(rule, live):
            fires = self._any(live, lambda one: one.fires(rule, self.target))
            yield Finding("P203", place, self.target, person=fires)

    def _matters(self, rule: Rule, live: list[Stretch]) -> bool:
        """Whether an answer would be another without a rule: outcome, approval, ground, what goes with it."""
        if any(rule.data[key] for key in _OWN):
            return True
        for stretch in reversed(live):
            other = stretch.without(rule.id)
            changed = [self.store.differ(stretch.outcome(self.target), other.outcome(self.target))]
            if self.book.targets[self.target].zustimmung_ba:
                changed.append(self.store.differ(stretch.approval(self.target), other.approval(self.target)))
            changed.append(self._other_ground(stretch, other, rule))
            if any(self._find(stretch, one) is not None for one in changed):
                return True
        return False

    def _other_ground(self, stretch: Stretch, other: Stretch, rule: Rule) -> int:
        """Truth of: with and without the rule it is a no, but for another ground."""
        store = self.store
        if rule.outcome != "nein":
            return FALSE
        no = store.where(stretch.outcome(self.target), frozenset([OUTCOMES.index("nein")]))
        same = FALSE
        for each in other.rules(self.target).values():
            if each.outcome == "nein" and each.data["grund"] == rule.data["grund"]:
                same = store.either(same, other.effective(each, self.target, "outcome"))
        default = self.book.targets[self.target].data["default"]
        if default["outcome"] == "nein" and default["grund"] == rule.data["grund"]:
            nothing = TRUE
            for each in other.rules(self.target).values():
                if each.outcome:
                    nothing = store.both(
                        nothing, store.negated(other.effective(each, self.target, "outcome"))
                    )
            same = store.either(same, nothing)
        effective = stretch.effective(rule, self.target, "outcome")
        return store.both(store.both(effective, no), store.negated(same))

    def _place(self, rule: Rule) -> Place:
        return Place("rules", rule.id, self.book.rules[rule.id].index(rule))


def _asked(core: Core) -> Iterator[tuple[str, frozenset[Any]]]:
    """The facts with single values that a condition tests, each with the values that it asks for."""
    if core[0] in ("and", "or"):
        for part in core[1]:
            yield from _asked(part)
    elif core[0] == "not":
        yield from _asked(core[1])
    elif core[0] == "set":
        yield core[1], core[2]


def persons_of(data: dict[str, Any], target: str, rules: Iterable[str]) -> Iterator[Person]:
    """For each version of some rules a person for whom it fires and one for whom it takes effect."""
    proofs = _Proofs(Book(data), target)
    try:
        for name in rules:
            for rule in proofs.book.rules.get(name, ()):
                yield from proofs.examples(rule)
    except BookError:
        return  # the book contradicts itself here; whoever compares it says so
