"""From rules to diagrams: for every target one for the outcome and one for the BA's approval.

A diagram holds for a stretch of days with one wording (`Book.epoch`). It knows no day: conditions on
time are variables that `solve` sets for the day asked. So it is compiled once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from wegweiser.engine.book import APPROVALS, OUTCOMES, Book, Condition, Rule, stronger
from wegweiser.engine.compiled import Compiled
from wegweiser.engine.core import Core, accepted, reduce
from wegweiser.engine.diagram import FALSE, TRUE, Diagrams, leaf
from wegweiser.engine.errors import BookError, Fault
from wegweiser.engine.text import Text
from wegweiser.engine.variables import OTHER, Variables, find_variables

__all__ = ["LIMIT", "Stretch", "Workshop", "compile_book"]

LIMIT = 400_000
"""Nodes at which a book counts as outgrown."""

_NONE = leaf(0)


def compile_book(book: Book, epoch: int) -> Compiled:
    """Compile all targets for the wordings from `epoch` on.

    Raises BookError where a prohibition and a permission take effect together without a stated
    relation, EvaluationError where the book has outgrown `LIMIT`.
    """
    shop: Workshop = book.workshop
    store = shop.store
    stretches = [shop.stretch(day) for day in book.boundaries[epoch:]]
    outcomes = {name: [stretch.outcome(name) for stretch in stretches] for name in book.targets}
    approvals = {
        name: [stretch.approval(name) for stretch in stretches]
        for name, target in book.targets.items()
        if target.zustimmung_ba
    }
    relations, orders = stretches[0].relations()
    names = list(outcomes)
    roots = [
        *(root for name in names for root in outcomes[name]),
        *(root for name in approvals for root in approvals[name]),
        *relations,
        *(order[2] for order in orders),
    ]
    flat, placed = store.flat(roots)
    rest = iter(placed)
    return Compiled(
        shop.variables,
        flat,
        epoch,
        {name: [next(rest) for _ in stretches] for name in names},
        {name: [next(rest) for _ in stretches] for name in approvals},
        [next(rest) for _ in relations],
        [(x, y, next(rest)) for x, y, _ in orders],
    )


class Workshop:
    """Where the diagrams of a book are made: what was made for one wording serves the next."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.variables = find_variables(book)
        self.store = Diagrams(self.variables.sizes, LIMIT)
        self._stretches: dict[int, Stretch] = {}

    def stretch(self, day: int) -> Stretch:
        """The diagrams of the wording that begins on a day."""
        if day not in self._stretches:
            self._stretches[day] = Stretch(self.book, self.variables, self.store, day)
        return self._stretches[day]


class Stretch:
    """The diagrams of one stretch of days, of all rules or of all but one (`omitted`, an id)."""

    def __init__(
        self, book: Book, variables: Variables, store: Diagrams, day: int, omitted: str | None = None
    ) -> None:
        self.book = book
        self.variables = variables
        self.store = store
        self.day = day
        self.omitted = omitted
        self._conditions: dict[int, int] = {}
        self._cores: dict[tuple[Core, str | None], int] = {}
        self._fires: dict[tuple[str, str], int] = {}
        self._outcomes: dict[str, int] = {}
        self._approvals: dict[str, int] = {}
        self._rules: dict[str, dict[str, Rule]] = {}
        self._relations: tuple[list[int], list[tuple[str, str, int]]] | None = None

    def rules(self, target: str) -> dict[str, Rule]:
        """The rules on a target, in the order in which their variables were found."""
        if target not in self._rules:
            rules = self.book.rules_for(target, self.day)
            self._rules[target] = {name: rule for name, rule in rules.items() if name != self.omitted}
        return self._rules[target]

    def stronger(self, target: str, conclusion: str) -> dict[str, list[Rule]]:
        """For each rule on a target the rules that take its place for a conclusion when they fire."""
        if self.omitted is None:
            return self.book.stronger(target, self.day, conclusion)
        return stronger(self.rules(target), conclusion)

    def without(self, rule: str) -> Stretch:
        """The same stretch as if the book had no rule of this id."""
        other = Stretch(self.book, self.variables, self.store, self.day, rule)
        other._cores = {key: made for key, made in self._cores.items() if not _reads_conclusions(key[0])}
        return other

    def condition(self, condition: Condition | None, target: str | None) -> int:
        """The diagram of a condition; TRUE where there is none."""
        if condition is None:
            return TRUE
        return self._core(reduce(self.book, condition, self.day), target)

    def _core(self, core: Core, target: str | None) -> int:
        key = (core, target if _reads_approval(core) else None)
        if key not in self._cores:
            self._cores[key] = self._make(core, target)
        return self._cores[key]

    def _make(self, core: Core, target: str | None) -> int:
        kind, store = core[0], self.store
        if kind == "and":
            return store.all_of([self._core(part, target) for part in core[1]])
        if kind == "or":
            return store.any_of([self._core(part, target) for part in core[1]])
        if kind == "not":
            return store.negated(self._core(core[1], target))
        if kind == "ba" and target is not None:
            wanted = frozenset(APPROVALS.index(value) for value in core[1])
            return store.where(self.approval(target), wanted)
        if kind == "target":
            return self._read(core[1], core[2])
        return self._test(core)

    def _read(self, target: str, outcomes: tuple[str, ...]) -> int:
        """Truth of another target's outcome; where that is `offen` the reader is open too."""
        store, diagram = self.store, self.outcome(target)
        yes = store.where(diagram, frozenset(OUTCOMES.index(outcome) for outcome in outcomes))
        undecided = store.where(diagram, frozenset([OUTCOMES.index("offen")]))
        return store.either(yes, store.both(undecided, self._test(("open", target))))

    def _test(self, core: Core) -> int:
        kind, variables = core[0], self.variables
        if kind == "turn":
            key = (core[1], core[2], core[3].months, core[3].days)
            number, place = variables.by_key["turn", *key], variables.by_key["place", *key]
            return self.store.test(number, [passed > place for passed in range(variables.sizes[number])])
        if kind == "pair":
            number = variables.by_key["pair", core[1], core[2], *core[3], core[4]]
            return self.store.test(number, [False, True])
        number = variables.by_key[{"le": "abs", "keine": "abs"}.get(kind, kind), core[1]]
        entry = variables.entries[number]
        if kind in ("open", "told"):
            return self.store.test(number, [False, True])
        if kind == "set":
            norms = self.book.data["vocabulary"]["facts"][core[1]]["typ"] == "norm"
            tell = [
                any(v != OTHER and accepted(v, core[2], norms=norms) for v in members)
                for members in entry["classes"]
            ]
            return self.store.test(number, tell)
        size, cuts = entry["size"], entry["cuts"]
        if kind == "num":
            low = 0 if core[2] is None else cuts.index(core[2]) + 1
            high = size if core[3] is None else cuts.index(core[3] + 1) + 1
            return self.store.test(number, [low <= cell < high for cell in range(size)])
        if kind == "keine":
            return self.store.test(number, [cell == len(cuts) + 1 for cell in range(size)])
        return self.store.test(number, [cell <= cuts.index(core[2]) for cell in range(size)])

    def fires(self, rule: Rule, target: str) -> int:
        """Truth of: the rule's conditions hold, a parent fires if it has any, nothing lifts it."""
        key = (rule.id, target)
        if key in self._fires:
            return self._fires[key]
        store, rules = self.store, self.rules(target)
        result = store.both(
            self.condition(rule.data.get("when"), target),
            TRUE
            if rule.data.get("unless") is None
            else store.negated(self.condition(rule.data["unless"], target)),
        )
        if rule.parents:
            parents = [self.fires(rules[name], target) for name in rule.parents if name in rules]
            result = store.both(result, store.any_of(parents))
        lifting = [self.fires(other, target) for other in rules.values() if rule.id in other.lifts]
        result = store.both(result, store.negated(store.any_of(lifting)))
        self._fires[key] = result
        return result

    def effective(self, rule: Rule, target: str, conclusion: str) -> int:
        """Truth of: the rule fires and no firing rule takes its place for the conclusion."""
        replacing = self.stronger(target, conclusion)[rule.id]
        firing = self.store.any_of([self.fires(other, target) for other in replacing])
        return self.store.both(self.fires(rule, target), self.store.negated(firing))

    def approval(self, target: str) -> int:
        """The BA's approval: not needed prevails where independent rules say both."""
        if target not in self._approvals:
            result = _NONE
            for value in ("erforderlich", "nicht_erforderlich"):
                ways = [
                    self.effective(rule, target, "zustimmung_ba")
                    for rule in self.rules(target).values()
                    if rule.ba == value
                ]
                result = self.store.choose(self.store.any_of(ways), leaf(APPROVALS.index(value)), result)
            self._approvals[target] = result
        return self._approvals[target]

    def outcome(self, name: str) -> int:
        """The outcome: the strongest effective permission, a prohibition, or the default."""
        if name in self._outcomes:
            return self._outcomes[name]
        store, entry = self.store, self.book.targets[name].data
        undecided = leaf(OUTCOMES.index("offen"))
        if self.book.targets[name].undecided(self.day):
            self._outcomes[name] = undecided
            return undecided
        effective = self._effective(name)
        faults = [self._conflict(name, *found) for found in self.conflicts(name)]
        if faults:
            raise BookError(faults)
        result = leaf(OUTCOMES.index(entry["default"]["outcome"]))
        for outcome in reversed(OUTCOMES):
            ways = [diagram for rule, diagram in effective.items() if rule.outcome == outcome]
            result = store.choose(store.any_of(ways), leaf(OUTCOMES.index(outcome)), result)
        result = store.choose(self.condition(entry.get("treated"), name), result, undecided)
        self._outcomes[name] = result
        return result

    def _effective(self, target: str) -> dict[Rule, int]:
        """For every rule that concludes an outcome the truth of: it takes effect."""
        return {
            rule: self.effective(rule, target, "outcome")
            for rule in self.rules(target).values()
            if rule.outcome
        }

    def conflicts(self, target: str) -> Iterator[tuple[Rule, Rule, int]]:
        """Prohibitions and permissions that take effect together, and the truth of when they do."""
        effective = self._effective(target)
        for one, two in combinations(effective, 2):
            kinds = {one.outcome == "nein", two.outcome == "nein"}
            if len(kinds) == 1 or "offen" in (one.outcome, two.outcome):
                continue
            together = self.store.both(effective[one], effective[two])
            for relation in self.relations()[0] if together != FALSE else []:
                together = self.store.both(together, relation)
            if together != FALSE:
                yield one, two, together

    def _conflict(self, target: str, one: Rule, two: Rule, together: int) -> Fault:
        entries, witness = self.variables.entries, self.store.witness(together)
        case = ", ".join(_describe(entries[number], value) for number, value in sorted(witness.items()))
        other = f"{two.id} ({two.data['file']}:{two.data['line']})"
        return Fault(
            one.data["file"],
            one.data["line"],
            None,
            one.id,
            Text(
                f"widerspricht {other} bei {target}: Verbot und Erlaubnis gelten zugleich, ohne dass eine"
                f" Beziehung gesagt ist. Beispiel: {case}",
                f"contradicts {other} on {target}: a prohibition and a permission take effect together"
                f" without a stated relation. Example: {case}",
            ),
        )

    def relations(self) -> tuple[list[int], list[tuple[str, str, int]]]:
        """The relations of the vocabulary: truths, and orders of dates with their condition."""
        if self._relations is None:
            self._relations = self._make_relations()
        return self._relations

    def _make_relations(self) -> tuple[list[int], list[tuple[str, str, int]]]:
        store = self.store
        truths: list[int] = []
        orders: list[tuple[str, str, int]] = []
        for relation in self.book.data["relations"]:
            when = self.condition(relation.get("when"), None)
            if relation.get("in_order"):
                orders += [(x, y, when) for x, y in combinations(relation["in_order"], 2)]
                continue
            holds = store.either(
                store.negated(self.condition(relation["if"], None)), self.condition(relation["then"], None)
            )
            truths.append(store.either(store.negated(when), holds))
        return truths, self._closed(orders)

    def _closed(self, orders: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        """Orders follow from orders: x before y before z, with both conditions, unless y is `keine`."""
        store = self.store
        found: dict[tuple[str, str], int] = {}
        for x, y, when in orders:
            found[x, y] = store.either(found.get((x, y), FALSE), when)
        names = sorted({name for pair in found for name in pair})
        for y in names:
            happened = self._happened(y)
            for x in names:
                for z in names:
                    if x != z and (x, y) in found and (y, z) in found:
                        through = store.both(happened, store.both(found[x, y], found[y, z]))
                        found[x, z] = store.either(found.get((x, z), FALSE), through)
        return [(x, y, when) for (x, y), when in found.items() if when != FALSE]

    def _happened(self, name: str) -> int:
        """Truth of 'the date is not `keine`'; FALSE where no order follows through the date alone."""
        if self.book.data["vocabulary"]["facts"][name].get("always"):
            return TRUE
        known = ("abs", name) in self.variables.by_key
        return self.store.negated(self._test(("keine", name))) if known else FALSE


def _reads_conclusions(core: Core) -> bool:
    kind = core[0]
    if kind in ("and", "or"):
        return any(_reads_conclusions(part) for part in core[1])
    return kind in ("ba", "target") or (kind == "not" and _reads_conclusions(core[1]))


def _reads_approval(core: Core) -> bool:
    kind = core[0]
    if kind in ("and", "or"):
        return any(_reads_approval(part) for part in core[1])
    return kind == "ba" or (kind == "not" and _reads_approval(core[1]))


def _describe(entry: dict[str, Any], value: int) -> str:
    """A value of a variable in a few words, for the message on a conflict."""
    name = str(entry["fact"])
    if entry["kind"] == "set":
        return f"{name}={entry['classes'][value][0]}"
    if entry["kind"] == "rel":
        word, months, days = entry["turns"][max(0, value - 1)]
        period = f"{word} {months}M{days}D"
        return f"{name}: {'' if value else 'nicht/not '}{period}"
    return f"{name}={entry['kind']}:{value}"
