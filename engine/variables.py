"""The variables of the diagrams: each fact split into the regions that the rules tell apart.

Facts with single values (enumerations, truth, countries, norms, places) become one variable whose
values are classes; numbers become one variable with cuts. A date becomes up to three kinds: its
place among the fixed days that the rules name (`abs`), how many of its periods have run out
(`rel`; it counts upwards as time goes by), and comparisons with other dates (`pair`). Dates come
last, so that everything above them is independent of the day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

from wegweiser.engine.book import Book, Condition, Rule
from wegweiser.engine.core import Core, accepted, reduce
from wegweiser.engine.norms import covers
from wegweiser.engine.periods import Period, turn

__all__ = ["OTHER", "Variable", "Variables", "find_variables", "in_order", "possible_classes"]

OTHER = "*"
"""Stands for every value that no rule names."""

Variable = dict[str, Any]
"""Plain data: `fact`, `kind` (set, num, abs, rel, pair, open), `size`, and what the kind needs."""

_SAMPLE = [
    date(year, month, 1).toordinal() + offset
    for year in (1896, 1999, 2003, 2004, 2023, 2024, 2027)
    for month in range(1, 13)
    for offset in (0, 1, 14, 26, 27, 28, 29, 30)
]
"""Days around the ends of months, in common and leap years."""


class Variables:
    """The variables in their order, and where the tests of the core find them."""

    def __init__(self, entries: list[Variable], first_date: int) -> None:
        self.entries = entries
        self.first_date = first_date
        """Number of the first variable of a date."""
        self.sizes = [entry["size"] for entry in entries]
        self.masks: dict[str, int] = {}
        """The variables of each fact, as a set of bits."""
        for number, entry in enumerate(entries):
            for name in {entry["fact"], entry.get("other", entry["fact"])}:
                self.masks[name] = self.masks.get(name, 0) | 1 << number
        self.singles = _by_fact(entries[:first_date])
        """The variables of each fact with single values."""
        self.dates: dict[str, int] = {}
        """The variables of each date, comparisons included, as a set of bits."""
        self.places: dict[str, list[int]] = {}
        """The `abs` variables of each date."""
        self.turns: dict[str, list[tuple[int, str, Period]]] = {}
        """The periods of each date, with their variable."""
        self.pairs = 0
        """The comparisons of two dates, as a set of bits."""
        self.compared = _compared(entries)
        """The comparisons of each date."""
        for number, entry in enumerate(entries[first_date:], first_date):
            for name in {entry["fact"], entry.get("other", entry["fact"])}:
                self.dates[name] = self.dates.get(name, 0) | 1 << number
                self.turns.setdefault(name, [])
            if entry["kind"] == "abs":
                self.places.setdefault(entry["fact"], []).append(number)
            elif entry["kind"] == "pair":
                self.pairs |= 1 << number
            else:
                self.turns[entry["fact"]] += [
                    (number, kind, Period(months, days)) for kind, months, days in entry["turns"]
                ]
        self.by_key: dict[tuple[Any, ...], int] = {}
        for number, entry in enumerate(entries):
            kind = entry["kind"]
            if kind == "rel":
                for place, (word, months, days) in enumerate(entry["turns"]):
                    self.by_key["turn", entry["fact"], word, months, days] = number
                    self.by_key["place", entry["fact"], word, months, days] = place
            elif kind == "pair":
                key = ("pair", entry["fact"], entry["other"], *entry["period"], entry["shift"])
                self.by_key[key] = number
            else:
                self.by_key[kind, entry["fact"]] = number


def _compared(entries: list[Variable]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for name in (entry["fact"], entry["other"]) if entry["kind"] == "pair" else ():
            found.setdefault(name, []).append(number)
    return found


def _by_fact(entries: list[Variable]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        found.setdefault(entry["fact"], []).append(number)
    return found


def find_variables(book: Book, further: Iterable[Condition] = ()) -> Variables:
    """All variables of a book: dates last, the others as the book orders them and its targets meet them.

    Whether a fact is told is a variable of its own where silence on it means another fact.

    The order costs or saves time; it changes no answer. `further` conditions get their variables too.
    """
    tests: dict[str, list[Core]] = {}
    opens: dict[str, None] = {}
    more = [reduce(book, condition, day) for condition in further for day in book.boundaries]
    for core in (*_cores(book), *more):
        _collect(core, tests, opens)
    facts = book.data["vocabulary"]["facts"]
    for name in _middles(book):
        if not facts[name].get("always"):
            _collect(("keine", name), tests, opens)
    place = {name: number for number, name in enumerate(book.data["meta"].get("order", ()))}
    met = sorted(tests, key=lambda name: place.get(name, len(place)))
    dates = [name for name in met if facts[name]["typ"] == "datum"]
    entries: list[Variable] = []
    for name in met:
        if ("told", name) in tests[name]:
            entries.append({"fact": name, "kind": "told", "size": 2})
        if name not in dates:
            asked = [test for test in tests[name] if test[0] != "told"]
            number = facts[name]["typ"] in ("zahl", "geld")
            entries.append(_cuts(name, asked) if number else _classes(name, facts[name], asked))
    entries += [{"fact": name, "kind": "open", "size": 2} for name in opens]
    first_date = len(entries)
    for name in dates:
        entries += _date_variables(name, tests[name], always=bool(facts[name].get("always")))
    for name in dates:
        pairs = dict.fromkeys(test for test in tests[name] if test[0] == "pair")
        entries += [
            {"fact": x, "other": y, "kind": "pair", "period": list(period), "shift": shift, "size": 2}
            for _, x, y, period, shift in pairs
        ]
    return Variables(entries, first_date)


def _cores(book: Book) -> list[Core]:
    """Every condition of the book on every day on which its wording changes."""
    found: list[Core] = []
    for day in book.boundaries:
        for target in book.targets.values():
            treated = target.data.get("treated")
            if treated is not None:
                found.append(reduce(book, treated, day))
            for rule in in_order(book.rules_for(target.name, day)):
                found += _read(book, rule.data, ("when", "unless"), day)
        for relation in book.data["relations"]:
            found += _read(book, relation, ("when", "if", "then"), day)
    return found


def _read(book: Book, entry: dict[str, Any], keys: tuple[str, ...], day: int) -> list[Core]:
    return [reduce(book, entry[key], day) for key in keys if entry.get(key) is not None]


def _middles(book: Book) -> list[str]:
    """Dates through which an order of two others follows that is not said of these two themselves."""
    pairs: dict[tuple[str, str], bool] = {}
    for relation in book.data["relations"]:
        for pair in combinations(relation["in_order"] or (), 2):
            pairs[pair] = pairs.get(pair, False) or relation["when"] is None
    found = [y for x, y in pairs for one, z in pairs if one == y and x != z and not pairs.get((x, z))]
    return list(dict.fromkeys(found))


def in_order(rules: dict[str, Rule]) -> list[Rule]:
    """Parents before their exceptions, otherwise by id."""
    done: dict[str, Rule] = {}

    def visit(rule: Rule) -> None:
        if rule.id in done:
            return
        for parent in sorted(rule.parents):
            if parent in rules:
                visit(rules[parent])
        done[rule.id] = rule

    for name in sorted(rules):
        visit(rules[name])
    return list(done.values())


def _collect(core: Core, tests: dict[str, list[Core]], opens: dict[str, None]) -> None:
    kind = core[0]
    if kind in ("and", "or"):
        for part in core[1]:
            _collect(part, tests, opens)
    elif kind == "not":
        _collect(core[1], tests, opens)
    elif kind in ("open", "target"):
        opens.setdefault(core[1])
    elif kind != "ba":
        known = tests.setdefault(core[1], [])
        if core not in known:
            known.append(core)
        if kind == "pair":
            tests.setdefault(core[2], [])


def _classes(name: str, fact: dict[str, Any], tests: list[Core]) -> Variable:
    """Values that no test tells apart share a class."""
    sets = [test[2] for test in tests]
    norms = fact["typ"] == "norm"
    if fact["typ"] == "bool":
        values: list[Any] = [True, False]
    elif fact["typ"] == "wahl":
        values = list(fact["werte"])
    else:
        values = [*dict.fromkeys(value for accepted_set in sets for value in sorted(accepted_set)), OTHER]
    classes: dict[tuple[bool, ...], list[Any]] = {}
    for value in values:
        key = tuple(value != OTHER and accepted(value, one, norms=norms) for one in sets)
        if norms:
            key = (*key, value)
        classes.setdefault(key, []).append(value)
    found = list(classes.values())
    return {"fact": name, "kind": "set", "size": len(found), "classes": found, "norms": norms}


def _cuts(name: str, tests: list[Core]) -> Variable:
    cuts = {test[2] for test in tests if test[2] is not None}
    cuts |= {test[3] + 1 for test in tests if test[3] is not None}
    return {"fact": name, "kind": "num", "size": len(cuts) + 1, "cuts": sorted(cuts)}


def _date_variables(name: str, tests: list[Core], *, always: bool) -> list[Variable]:
    found: list[Variable] = []
    cuts = sorted({test[2] for test in tests if test[0] == "le"})
    if cuts or any(test[0] == "keine" for test in tests):
        size = len(cuts) + (1 if always else 2)
        found.append({"fact": name, "kind": "abs", "size": size, "cuts": cuts, "always": always})
    turns = dict.fromkeys((test[2], test[3]) for test in tests if test[0] == "turn")
    found += [
        {
            "fact": name,
            "kind": "rel",
            "size": len(chain) + 1,
            "turns": [[kind, period.months, period.days] for kind, period in chain],
        }
        for chain in _chains(list(turns))
    ]
    return found


def _chains(turns: list[tuple[str, Period]]) -> list[list[tuple[str, Period]]]:
    """Split conditions on time into chains that come true in a fixed order, whatever the date."""
    days = {item: [turn(*item, day) for day in _SAMPLE] for item in turns}
    chains: list[list[tuple[str, Period]]] = []
    for item in sorted(turns, key=lambda each: (sum(days[each]), each)):
        for chain in chains:
            if all(a <= b for a, b in zip(days[chain[-1]], days[item], strict=True)):
                chain.append(item)
                break
        else:
            chains.append([item])
    return chains


def possible_classes(variable: Variable, value: Any, parts: dict[str, list[str]]) -> list[int]:
    """The classes (`set`) or cells (`num`) that a known value can mean.

    A norm that is told more coarsely than the rules need means several classes; `parts` says which
    norms consist of nothing but the parts listed.
    """
    if variable["kind"] == "num":
        return [bisect_left(variable["cuts"], value + 1)]
    classes: list[list[Any]] = variable["classes"]
    for number, members in enumerate(classes):
        if value in members and not isinstance(value, str):
            return [number]
    exact = [number for number, members in enumerate(classes) if value in members]
    if not variable["norms"]:
        return exact or [number for number, members in enumerate(classes) if OTHER in members]
    patterns = [(member, number) for number, members in enumerate(classes) for member in members]
    if value in parts:
        return [number for part in parts[value] for number in possible_classes(variable, part, parts)]
    finer = [number for member, number in patterns if member not in (value, OTHER) and covers(value, member)]
    around = [
        (len(member), number) for member, number in patterns if member != OTHER and covers(member, value)
    ]
    if around:
        return [max(around)[1], *finer]
    return [*(number for member, number in patterns if member == OTHER), *finer]
