"""From a condition as a rule file writes it to the plain form that a Book keeps.

The grammar is that of docs/rule-language.md: a mapping is all of its entries; `all`, `any`, `not`,
`unless` combine; every other key is a fact, a derived fact, or (with a dot) a conclusion, and its
value a literal or a mapping of operators. Every name and type is checked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wegweiser.engine.book import APPROVALS, OUTCOMES, Condition
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.periods import KINDS, Period
from wegweiser.engine.plain import plain_value
from wegweiser.engine.text import Text
from wegweiser.engine.values import is_no_value
from wegweiser.engine.vocabulary import Fact, Vocabulary

__all__ = ["COMBINING", "ORDERING", "Reader", "Scope"]

OLDEST = 150
"""Years; no rule asks for a higher age."""
COMBINING = ("all", "any", "not", "unless")
ORDERING = ("at_least", "at_most", "above", "below")
OPERATORS = ("in", *ORDERING, *KINDS)

Path = tuple[str | int, ...]
Report = Callable[[Path, Text], None]


class Scope:
    """The names that conditions of a book can use."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        derived: Mapping[str, tuple[str, tuple[str, ...]]],
        lists: Mapping[str, str],
        parameters: Mapping[str, str],
        targets: Mapping[str, bool],
    ) -> None:
        self.vocabulary = vocabulary
        self.derived = derived
        """Kind (bool, period, cases, earliest, age) and values, or the dates of `earliest`."""
        self.lists = lists
        self.parameters = parameters
        self.targets = targets


class Reader:
    """Reads the conditions of one file; faults go to `report` and leave None behind."""

    def __init__(self, scope: Scope, report: Report) -> None:
        self.scope = scope
        self.report = report

    def condition(self, raw: Any, path: Path) -> Any:
        """A condition in plain form."""
        if not isinstance(raw, Mapping):
            return self._fault(
                path,
                "eine Bedingung ist eine Zuordnung `angabe: wert`",
                "a condition is a mapping `fact: value`",
            )
        if not raw:
            return self._fault(path, "die Bedingung ist leer", "the condition is empty")
        parts = [self._entry(key, value, (*path, key)) for key, value in raw.items()]
        if None in parts:
            return None
        return parts[0] if len(parts) == 1 else ["all", *parts]

    def _entry(self, key: str, value: Any, path: Path) -> Any:
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                return self._fault(
                    path,
                    "hier wird eine Liste von Bedingungen erwartet",
                    "a list of conditions is expected here",
                )
            parts = [self.condition(item, (*path, number)) for number, item in enumerate(value)]
            return None if None in parts else [key, *parts]
        if key in ("not", "unless"):
            part = self.condition(value, path)
            return None if part is None else [key, part]
        if "." in key:
            return self._conclusion(key, value, path)
        if key in self.scope.derived:
            return self._matchers(key, value, path, self._derived_test)
        if key in self.scope.vocabulary:
            return self._matchers(key, value, path, self._fact_test)
        names = [*self.scope.vocabulary.names, *self.scope.derived, *COMBINING]
        unknown = Text(f"„{key}“ gibt es nicht", f"there is no “{key}”")
        self.report(path, did_you_mean(unknown, key, names))
        return None

    def _matchers(self, name: str, value: Any, path: Path, test: Callable[[str, str, Any, Path], Any]) -> Any:
        if not isinstance(value, Mapping):
            return test(name, "is", value, path)
        if not value:
            return self._fault(path, "der Vergleich fehlt", "the comparison is missing")
        parts: list[Condition] = []
        for operator, argument in value.items():
            if operator not in OPERATORS:
                unknown = Text(f"„{operator}“ ist kein Vergleich", f"“{operator}” is no comparison")
                self.report((*path, operator), did_you_mean(unknown, operator, OPERATORS))
                continue
            part = test(name, operator, argument, (*path, operator))
            if part is not None:
                parts.append(part)
        if len(parts) < len(value):
            return None
        return parts[0] if len(parts) == 1 else ["all", *parts]

    def _fact_test(self, name: str, operator: str, argument: Any, path: Path) -> Any:
        fact = self.scope.vocabulary.fact(name)
        if fact.typ == "liste":
            return self._fault(
                path, "diese Liste kann keine Bedingung sein", "this list cannot be a condition"
            )
        if operator in KINDS:
            if fact.typ != "datum":
                return self._misfit(path, operator, name, fact.typ)
            plain = self._period(argument, path)
        elif operator in ORDERING:
            if fact.typ not in ("datum", "zahl", "geld") and not fact.geordnet:
                return self._misfit(path, operator, name, fact.typ)
            plain = self._bound(fact, argument, path)
        elif operator == "in":
            plain = self._list(fact, argument, path)
        else:
            plain = self._literal(fact, argument, path)
        return None if plain is None else ["fact", name, operator, plain]

    def _derived_test(self, name: str, operator: str, argument: Any, path: Path) -> Any:
        kind, values = self.scope.derived[name]
        if kind == "bool":
            if operator != "is" or not isinstance(argument, bool):
                return self._fault(
                    path, "hier wird true oder false erwartet", "true or false is expected here"
                )
            return ["derived", name, "is", argument]
        if kind == "cases":
            wanted = argument if operator == "in" and isinstance(argument, list) else [argument]
            if operator not in ("is", "in"):
                return self._misfit(path, operator, name, kind)
            for value in wanted:
                if value not in values:
                    unknown = Text(f"„{value}“ ist kein Wert von {name}", f"“{value}” is no value of {name}")
                    self.report(path, did_you_mean(unknown, str(value), values))
                    return None
            return ["derived", name, "in", list(wanted)]
        if kind == "earliest":
            if not values:  # none of its dates exists, which is told there
                return None
            test = self._fact_test(values[0], operator, argument, path)
            return None if test is None else ["derived", name, *test[2:]]
        if kind == "age":
            return self._age_test(name, operator, argument, path)
        return self._fault(
            path, f"{name} ist eine Frist, keine Bedingung", f"{name} is a period, not a condition"
        )

    def _age_test(self, name: str, operator: str, argument: Any, path: Path) -> Any:
        if operator in KINDS or operator == "in":
            return self._misfit(path, operator, name, "age")
        if isinstance(argument, str) and self.scope.parameters.get(argument) == "zahl":
            return ["derived", name, operator, {"param": argument}]
        if isinstance(argument, bool) or not isinstance(argument, int) or not 0 <= argument <= OLDEST:
            return self._fault(
                path, "hier wird ein Alter in Jahren erwartet", "an age in years is expected here"
            )
        return ["derived", name, operator, argument]

    def _conclusion(self, key: str, value: Any, path: Path) -> Any:
        wanted = value.get("in") if isinstance(value, Mapping) and set(value) == {"in"} else value
        wanted = wanted if isinstance(wanted, list) else [wanted]
        if key == "self.zustimmung_ba":
            allowed: tuple[Any, ...] = APPROVALS[1:]
        elif key in self.scope.targets:
            allowed = tuple(outcome for outcome in OUTCOMES if outcome != "offen")
        else:
            unknown = Text(f"das Ziel „{key}“ gibt es nicht", f"there is no target “{key}”")
            self.report(path, did_you_mean(unknown, key, ["self.zustimmung_ba", *self.scope.targets]))
            return None
        for outcome in wanted:
            if outcome not in allowed:
                listed = ", ".join(allowed)
                return self._fault(
                    path,
                    f"„{outcome}“ geht hier nicht: {listed}",
                    f"“{outcome}” is impossible here: {listed}",
                )
        return ["ba", wanted] if key == "self.zustimmung_ba" else ["target", key, wanted]

    def _period(self, argument: Any, path: Path) -> Any:
        if isinstance(argument, str):
            period = Period.parse(argument)
            if period is not None:
                return {"period": list(period)}
            if self.scope.derived.get(argument, ("", ()))[0] == "period":
                return {"derived": argument}
            if self.scope.parameters.get(argument) == "period":
                return {"param": argument}
        periods = [name for name, (kind, _) in self.scope.derived.items() if kind == "period"]
        unknown = Text(
            f"„{argument}“ ist keine Frist (zum Beispiel P3M)", f"“{argument}” is no period (for example P3M)"
        )
        self.report(path, did_you_mean(unknown, str(argument), periods))
        return None

    def _bound(self, fact: Fact, argument: Any, path: Path) -> Any:
        if isinstance(argument, Mapping):
            return self._other_date(fact, argument, path)
        if isinstance(argument, str) and argument in self.scope.parameters:
            if self.scope.parameters[argument] != fact.typ:
                return self._misfit(path, argument, fact.name, fact.typ)
            return {"param": argument}
        if isinstance(argument, str) and argument.isidentifier() and fact.typ in ("zahl", "geld"):
            unknown = Text(f"den Parameter „{argument}“ gibt es nicht", f"there is no parameter “{argument}”")
            self.report(path, did_you_mean(unknown, argument, self.scope.parameters))
            return None
        plain = self._literal(fact, argument, path)
        if plain == "keine":
            return self._fault(
                path, "mit „keine“ lässt sich nicht vergleichen", "“keine” cannot be compared with"
            )
        return plain

    def _other_date(self, fact: Fact, argument: Mapping[str, Any], path: Path) -> Any:
        other, plus = argument.get("fact"), argument.get("plus", "P0D")
        period = Period.parse(plus) if isinstance(plus, str) else None
        vocabulary = self.scope.vocabulary
        known = isinstance(other, str) and other in vocabulary and vocabulary.fact(other).typ == "datum"
        if fact.typ != "datum" or not known or period is None or set(argument) - {"fact", "plus"}:
            return self._fault(
                path, "erwartet wird {fact: datum, plus: frist}", "{fact: date, plus: period} is expected"
            )
        return {"fact": other, "period": list(period)}

    def _list(self, fact: Fact, argument: Any, path: Path) -> Any:
        if isinstance(argument, str):
            if self.scope.lists.get(argument) in (fact.typ, fact.name):
                return {"list": argument}
            unknown = Text(f"die Liste „{argument}“ gibt es nicht", f"there is no list “{argument}”")
            self.report(path, did_you_mean(unknown, argument, self.scope.lists))
            return None
        if not isinstance(argument, list) or not argument:
            return self._fault(path, "hier wird eine Liste erwartet", "a list is expected here")
        plain = [self._literal(fact, item, (*path, number)) for number, item in enumerate(argument)]
        return None if None in plain else plain

    def _literal(self, fact: Fact, argument: Any, path: Path) -> Any:
        value = self.scope.vocabulary.parse_value(fact, argument)
        if is_no_value(value):
            return self._fault(
                path,
                "eine Regel fragt nicht, ob eine Angabe bekannt ist",
                "a rule does not ask whether a fact is known",
            )
        if isinstance(value, Text):
            self.report(path, value)
            return None
        return plain_value(value)

    def _misfit(self, path: Path, operator: str, name: str, kind: str) -> Any:
        return self._fault(
            path, f"„{operator}“ passt nicht zu {name} ({kind})", f"“{operator}” does not fit {name} ({kind})"
        )

    def _fault(self, path: Path, german: str, english: str) -> Any:
        """Report a fault and give None, which stands for what could not be read."""
        self.report(path, Text(german, english))
        return None
