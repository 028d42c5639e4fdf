"""Three-valued truth with its reasons: what a condition says on a day, and which facts carry it.

True and False are certain, None is open. This is a bound (a or not a stays open here when a is
open); what is possible exactly is the business of `solve`. It explains answers; it decides none.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from wegweiser.engine.answers import Reason
from wegweiser.engine.book import OUTCOMES, Book, Condition, Rule
from wegweiser.engine.core import Core, accepted, reduce
from wegweiser.engine.facts import Facts
from wegweiser.engine.norms import covers
from wegweiser.engine.periods import FAR, KINDS, NEVER, Period, turn
from wegweiser.engine.situation import KEINE
from wegweiser.engine.text import Text

__all__ = ["Truth"]

Three = bool | None


def _all(parts: list[Three]) -> Three:
    return False if False in parts else None if None in parts else True


def _any(parts: list[Three]) -> Three:
    return True if True in parts else None if None in parts else False


def _not(one: Three) -> Three:
    return None if one is None else not one


class Truth:
    """Truth of conditions and rules for one person on one day."""

    def __init__(self, book: Book, facts: Facts, day: int) -> None:
        self.book = book
        self.facts = facts
        self.day = day
        self._reasons: dict[tuple[int, str | None], Reason] = {}
        self._fires: dict[tuple[str, str], Three] = {}
        self._rules: dict[str, dict[str, Rule]] = {}

    # --- conditions ---

    def reason(self, condition: Condition, target: str | None = None) -> Reason:
        """A condition as a tree with truth at every node."""
        key = (id(condition), target)
        found = self._reasons.get(key)
        if found is None:
            found = self._reasons[key] = self._reason(condition, target)
        return found

    def _reason(self, condition: Condition, target: str | None) -> Reason:
        kind = condition[0]
        if kind in ("all", "any", "not", "unless"):
            children = tuple(self.reason(part, target) for part in condition[1:])
            truths = [child.truth for child in children]
            truth = _all(truths) if kind == "all" else _any(truths) if kind == "any" else _not(truths[0])
            return Reason(kind, truth, children)
        if kind == "fact":
            return self._fact(condition)
        if kind == "derived":
            return self._derived(condition, target)
        if kind == "ba":
            wanted = tuple(condition[1])
            truths = [self.approves(target or "", value) for value in wanted]
            return Reason("conclusion", _any(truths), name="zustimmung_ba", op="in", arg=wanted)
        wanted = tuple(condition[2])
        return Reason(
            "conclusion", self.decides(condition[1], wanted), name=condition[1], op="in", arg=wanted
        )

    def _fact(self, condition: Condition) -> Reason:
        _, name, operator, argument = condition
        core = reduce(self.book, condition, self.day)
        if operator == "ended":
            truth, turns = self.core(core), self._turns(core[1][1])
            value, origin = self.facts.shown(name), self.facts.origin(name)
            period = str(Period(0, 0))
            return Reason("fact", truth, (), name, "after", period, "", value, origin, turns)
        source = ""
        if isinstance(argument, dict):
            source = next((argument[key] for key in ("list", "param", "derived") if key in argument), "")
        return Reason(
            "fact",
            self.core(core),
            name=name,
            op=operator,
            arg=self._argument(name, operator, argument, core),
            source=source,
            value=self.facts.shown(name),
            origin=self.facts.origin(name),
            turns=self._turns(core) if operator in KINDS else None,
        )

    def _argument(self, name: str, operator: str, argument: Any, core: Core) -> Any:
        if isinstance(argument, dict) and "fact" in argument:
            return (argument["fact"], str(Period(*argument["period"])))
        if operator in KINDS:
            period = self._period(core)
            return None if period is None else str(period)
        if isinstance(argument, dict) and "list" in argument:
            return tuple(self.book.values(argument["list"], self.day))
        if isinstance(argument, dict):
            argument = self.book.parameter(argument["param"], self.day)
        dates = self.facts.entries[name]["typ"] == "datum"
        if isinstance(argument, list):
            return tuple(date.fromordinal(one) if dates and isinstance(one, int) else one for one in argument)
        return date.fromordinal(argument) if dates and isinstance(argument, int) else argument

    def _applying(self, core: Core) -> Core | None:
        """The condition on time that applies: the only case that is not ruled out."""
        if core[0] == "turn":
            return core
        if core[0] != "or":
            return None
        left = [part for part in core[1] if self._guard(part) is not False]
        turning = {part[1][-1] for part in left}
        return self._applying(turning.pop()) if len(turning) == 1 else None

    def _guard(self, part: Core) -> Three:
        return _all([self.core(each) for each in part[1][:-1]])

    def _period(self, core: Core) -> Period | None:
        applying = self._applying(core)
        return None if applying is None else applying[3]

    def _turns(self, core: Core) -> date | None:
        applying = self._applying(core)
        if applying is None or applying[0] != "turn":
            return None
        _, name, kind, period = applying
        value = self.facts.values.get(name)
        if value is None:
            _, value, maybe = self.facts.bound(name)
            if value >= FAR or maybe or self.facts.origin(name) is None:
                return None
        if value == KEINE:
            return None
        day = turn(kind, period, value)
        return None if day >= NEVER else date.fromordinal(day)

    def _derived(self, condition: Condition, target: str | None) -> Reason:
        _, name, operator, argument = condition
        definition = self.book.derived(name, self.day)
        truth = self.core(reduce(self.book, condition, self.day))
        if definition is None:
            return Reason("derived", truth, name=name, op=operator, arg=argument)
        children: list[Reason] = []
        if definition["kind"] == "bool":
            children = [self.reason(definition["when"], target)]
        elif definition["kind"] == "cases":
            children = [self.reason(case["when"], target) for case in definition["cases"] if case["when"]]
        elif definition["kind"] == "earliest":
            children = [self._fact(["fact", fact, operator, argument]) for fact in definition["earliest"]]
        arg: Any = tuple(argument) if isinstance(argument, list) else argument
        source = ""
        if definition["kind"] == "earliest":
            arg, source = children[0].arg, children[0].source
        elif isinstance(argument, dict):
            arg, source = self.book.parameter(argument["param"], self.day), argument["param"]
        return Reason(
            "derived",
            truth,
            tuple(children),
            name=name,
            op=operator,
            arg=arg,
            source=source,
            value=self._age(definition),
            turns=self._age_turns(condition, definition),
            norm=definition["normen"][0],
            because=Text(*definition["label"]) if definition["label"] else None,
        )

    def _age(self, definition: dict[str, Any]) -> int | None:
        born = self.facts.values.get(definition["age"]) if definition["kind"] == "age" else None
        if born is None or born == KEINE:
            return None
        age = date.fromordinal(self.day).year - date.fromordinal(born).year
        return age if turn("since", Period(12 * age, 0), born) <= self.day else age - 1

    def _age_turns(self, condition: Condition, definition: dict[str, Any]) -> date | None:
        if definition["kind"] != "age":
            return None
        core = reduce(self.book, condition, self.day)
        parts = [part[1] if part[0] == "not" else part for part in core[1]] if core[0] == "and" else []
        turning = [part for part in parts if part[0] == "turn"]
        return self._turns(turning[0]) if len(turning) == 1 else None

    def core(self, core: Core) -> Three:
        """Truth of a condition in its core form."""
        kind = core[0]
        if kind == "and":
            return _all([self.core(part) for part in core[1]])
        if kind == "or":
            return _any([self.core(part) for part in core[1]])
        if kind == "not":
            return _not(self.core(core[1]))
        if kind == "target":
            return self.decides(core[1], core[2])
        if kind == "told":
            return core[1] not in self.facts.like
        if kind in ("open", "ba"):
            return None
        value = self.facts.values.get(core[1])
        if kind == "set":
            return self._among(core[1], value, core[2])
        return self._within(value, *core[2:]) if kind == "num" else self._dated(core)

    @staticmethod
    def _within(value: int | None, low: int | None, high: int | None) -> Three:
        if value is None:
            return None
        return (low is None or value >= low) and (high is None or value <= high)

    def _among(self, name: str, value: Any, values: frozenset[Any]) -> Three:
        if not values:
            return False
        if value is None or value == "ungeklaert":
            return None
        norms = self.facts.entries[name]["typ"] == "norm"
        if accepted(value, values, norms=norms):
            return True
        if norms and any(covers(value, pattern) for pattern in values):
            parts = (self.facts.entries[name].get("parts") or {}).get(value)
            whole = parts is not None and all(accepted(part, values, norms=norms) for part in parts)
            return True if whole else None
        return False

    def _dated(self, core: Core) -> Three:
        low, high, maybe_none = self._span(core[1])
        if low == KEINE:
            return bool(core[0] == "keine")
        if core[0] == "keine":
            return None if maybe_none else False
        if core[0] == "pair":
            other_low, other_high, other_none = self._span(core[2])
            if other_low == KEINE:
                return False
            first, last = (turn("after", core[3], day) - 1 + core[4] for day in (other_low, other_high))
            sure, possible = high <= first and not other_none, low <= last
        elif core[0] == "le":
            sure, possible = high <= core[2], low <= core[2]
        else:
            sure = turn(core[2], core[3], high) <= self.day
            possible = turn(core[2], core[3], low) <= self.day
        if not possible:
            return False
        return True if sure and not maybe_none else None

    def _span(self, name: str) -> tuple[int, int, bool]:
        value = self.facts.values.get(name)
        return self.facts.bound(name) if value is None else (value, value, False)

    # --- rules ---

    def rules(self, target: str) -> dict[str, Rule]:
        """The rules on a target that are in force."""
        found = self._rules.get(target)
        if found is None:
            found = self._rules[target] = self.book.rules_for(target, self.day)
        return found

    def fires(self, rule: Rule, target: str) -> Three:
        """Whether a rule fires: its conditions hold, a parent fires, nothing lifts it."""
        key = (rule.id, target)
        if key not in self._fires:
            self._fires[key] = self._fired(rule, target)
        return self._fires[key]

    def _fired(self, rule: Rule, target: str) -> Three:
        rules = self.rules(target)
        reader = target if rule.reads_approval else None  # other conditions are shared by all targets
        holds: Three = True
        if rule.data["when"] is not None:
            holds = self.reason(rule.data["when"], reader).truth
        if holds is not False and rule.data["unless"] is not None:
            holds = _all([holds, _not(self.reason(rule.data["unless"], reader).truth)])
        if holds is not False and rule.parents:
            parents = [self.fires(rules[name], target) for name in rule.parents if name in rules]
            holds = _all([holds, _any(parents)])
        if holds is not False:
            lifting = [self.fires(other, target) for other in rules.values() if rule.id in other.lifts]
            holds = _all([holds, _not(_any(lifting))])
        return holds

    def effective(self, rule: Rule, target: str, conclusion: str) -> Three:
        """Whether a rule takes effect for a conclusion."""
        fires = self.fires(rule, target)
        if fires is False:
            return False
        stronger = self.book.stronger(target, self.day, conclusion)[rule.id]
        return _all([fires, _not(_any([self.fires(other, target) for other in stronger]))])

    def _stated(self, target: str, conclusion: str, value: str) -> Three:
        """Whether some rule that takes effect states a value."""
        rules = self.rules(target).values()
        stating = [rule for rule in rules if rule.concludes(conclusion) == value]
        return _any([self.effective(rule, target, conclusion) for rule in stating])

    def approves(self, target: str, value: str) -> Three:
        """Whether a value is concluded on the BA's approval; not needed prevails."""
        stated = self._stated(target, "zustimmung_ba", value)
        if value == "nicht_erforderlich":
            return stated
        return _all([stated, _not(self._stated(target, "zustimmung_ba", "nicht_erforderlich"))])

    def decides(self, target: str, outcomes: tuple[str, ...]) -> Three:
        """Whether the outcome of a target is one of these; open where the book does not treat it."""
        entry = self.book.targets[target].data
        default = entry["default"]
        treated = entry["treated"]
        if self.book.targets[target].undecided(self.day):
            return None
        if treated is not None and self.reason(treated).truth is not True:
            return None
        found: list[Three] = []
        stronger: list[Three] = []
        for outcome in OUTCOMES:
            stated = self._stated(target, "outcome", outcome)
            if outcome in outcomes:
                found.append(_all([stated, _not(_any(stronger))]))
            stronger.append(stated)
        if default["outcome"] in outcomes:
            found.append(_not(_any(stronger)))
        return _any(found)
