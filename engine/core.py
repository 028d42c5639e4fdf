"""The core that every condition reduces to on a day: single facts lie in certain regions.

    ("and", parts)  ("or", parts)  ("not", part)
    ("set", fact, accepted values)              a value, one of a list, a class of norms
    ("num", fact, lowest | None, highest | None)
    ("le", fact, day)                           a date is not later than a day
    ("keine", fact)                             the event has not happened
    ("turn", fact, kind, period)                since / after / before, see `periods`
    ("pair", fact, other, period, shift)        a date is not later than another plus a period
    ("told", fact)                              the fact is told: silence means another fact, or no end
    ("open", name)                              the book does not say (an outcome `offen`, a
                                                parameter without a value on this day)
    ("ba", values)  ("target", name, outcomes)  conclusions, resolved by the caller

Derived facts, lists and parameters are resolved here, for one day.
"""

from __future__ import annotations

from typing import Any

from wegweiser.engine.book import Book, Condition
from wegweiser.engine.norms import covers
from wegweiser.engine.periods import Period

__all__ = ["FALSE", "TRUE", "Core", "accepted", "reduce"]

Core = tuple[Any, ...]

TRUE: Core = ("and", ())
FALSE: Core = ("or", ())

_EARLIER = {"at_least": "below", "above": "at_most", "is": "below"}
"""What the other dates must not be where the earliest one passes a test."""


def reduce(book: Book, condition: Condition, day: int) -> Core:
    """The core of a condition with the wording of `day`."""
    kind = condition[0]
    if kind in ("all", "any"):
        return ("and" if kind == "all" else "or", tuple(reduce(book, part, day) for part in condition[1:]))
    if kind in ("not", "unless"):
        return ("not", reduce(book, condition[1], day))
    if kind == "fact":
        return _fact(book, condition[1], condition[2], condition[3], day)
    if kind == "derived":
        return _derived(book, condition[1], condition[2], condition[3], day)
    if kind == "ba":
        return ("ba", tuple(condition[1]))
    return ("target", condition[1], tuple(condition[2]))


def _fact(book: Book, name: str, operator: str, argument: Any, day: int) -> Core:
    """A test of a fact; of one whose silence means another fact, a test of whichever counts."""
    if operator == "ended":
        return ("and", (("told", name), ("turn", name, "after", Period(0, 0))))
    like = _like(book, name)
    own = _own(book, name, operator, argument, day)
    if like is None:
        return own
    return _whichever(name, own, _fact(book, like, operator, argument, day))


def _like(book: Book, name: str) -> str | None:
    """The fact whose value silence on this one stands for."""
    silence = book.data["vocabulary"]["facts"][name].get("ohne_angabe")
    return silence["wie"] if isinstance(silence, dict) else None


def _whichever(name: str, own: Core, other: Core) -> Core:
    told: Core = ("told", name)
    return ("or", (("and", (told, own)), ("and", (("not", told), other))))


def _own(book: Book, name: str, operator: str, argument: Any, day: int) -> Core:
    kind = book.data["vocabulary"]["facts"][name]["typ"]
    if operator in ("since", "after", "before"):
        return _turning(book, name, operator, argument, day)
    if kind == "datum":
        return _date(book, name, operator, argument, day)
    if kind in ("zahl", "geld"):
        if operator == "in":
            return ("or", tuple(_own(book, name, "is", value, day) for value in argument))
        value = _argument(book, argument, day)
        if value is None:
            return ("open", argument["param"])
        low = {"is": value, "at_least": value, "above": value + 1}.get(operator)
        high = {"is": value, "at_most": value, "below": value - 1}.get(operator)
        return _number(name, low, high)
    return ("set", name, frozenset(_accepts(book, name, operator, argument, day)))


def _number(name: str, low: int | None, high: int | None) -> Core:
    """A number within bounds; no number is below zero."""
    if high is not None and high < max(low or 0, 0):
        return FALSE
    if low is not None and low <= 0:
        low = None
    return TRUE if low is None and high is None else ("num", name, low, high)


def _accepts(book: Book, name: str, operator: str, argument: Any, day: int) -> list[Any]:
    """The values that a test on a fact with single values accepts, as the book writes them."""
    if operator == "in":
        return list(book.values(argument["list"], day)) if isinstance(argument, dict) else list(argument)
    if operator == "is":
        return [argument]
    order = list(book.data["vocabulary"]["facts"][name]["werte"])
    place = order.index(argument)
    if operator == "at_least":
        return order[place:]
    if operator == "above":
        return order[place + 1 :]
    return order[: place + 1] if operator == "at_most" else order[:place]


def _argument(book: Book, argument: Any, day: int) -> Any:
    return book.parameter(argument["param"], day) if isinstance(argument, dict) else argument


def _turning(book: Book, name: str, operator: str, argument: Any, day: int) -> Core:
    """A condition on time; a derived period becomes one case after the other."""
    if "period" in argument:
        return ("turn", name, operator, Period(*argument["period"]))
    if "param" in argument:
        value = book.parameter(argument["param"], day)
        return ("open", argument["param"]) if value is None else ("turn", name, operator, Period(*value))
    definition = book.derived(argument["derived"], day)
    if definition is None:
        return FALSE
    return _cases(book, definition, day, lambda value: ("turn", name, operator, Period(*value)))


def _cases(book: Book, definition: dict[str, Any], day: int, conclude: Any) -> Core:
    """The first case that holds decides; `conclude` gives the core for its value."""
    ways: list[Core] = []
    earlier: list[Core] = []
    for case in definition["cases"]:
        here = TRUE if case["when"] is None else reduce(book, case["when"], day)
        ways.append(("and", (*(("not", other) for other in earlier), here, conclude(case["value"]))))
        earlier.append(here)
    return ("or", tuple(ways))


def _date(book: Book, name: str, operator: str, argument: Any, day: int) -> Core:
    if isinstance(argument, dict) and "fact" in argument:
        other, like = argument["fact"], _like(book, argument["fact"])
        pair = _pair(name, operator, argument)
        return (
            pair
            if like is None
            else _whichever(other, pair, _pair(name, operator, {**argument, "fact": like}))
        )
    if operator == "in":
        return ("or", tuple(_date(book, name, "is", value, day) for value in argument))
    value = _argument(book, argument, day)
    if value == "keine":
        return ("keine", name)
    if value is None:
        return ("open", argument["param"])
    happened: Core = ("not", ("keine", name))
    if operator == "at_most":
        return ("le", name, value)
    if operator == "below":
        return ("le", name, value - 1)
    if operator == "at_least":
        return ("and", (happened, ("not", ("le", name, value - 1))))
    if operator == "above":
        return ("and", (happened, ("not", ("le", name, value))))
    return ("and", (("le", name, value), ("not", ("le", name, value - 1))))


def _pair(name: str, operator: str, argument: dict[str, Any]) -> Core:
    other, period = argument["fact"], Period(*argument["period"])
    shift = -1 if operator in ("below", "at_least") else 0
    test: Core = ("pair", name, other, period, shift)
    if operator in ("at_most", "below"):
        return test
    return ("and", (("not", ("keine", name)), ("not", ("keine", other)), ("not", test)))


def _derived(book: Book, name: str, operator: str, argument: Any, day: int) -> Core:
    definition = book.derived(name, day)
    if definition is None:
        return FALSE
    kind = definition["kind"]
    if kind == "bool":
        here = reduce(book, definition["when"], day)
        return here if argument is True else ("not", here)
    if kind == "cases":
        wanted = argument if operator == "in" else [argument]
        return _cases(book, definition, day, lambda value: TRUE if value in wanted else FALSE)
    if kind == "earliest":
        return _earliest(book, definition["earliest"], operator, argument, day)
    return _age(book, definition["age"], operator, argument, day)


def _earliest(book: Book, facts: list[str], operator: str, argument: Any, day: int) -> Core:
    """The earliest of several dates: some date passes the test, and none is earlier than it allows."""
    if operator == "in":
        return ("or", tuple(_earliest(book, facts, "is", one, day) for one in argument))
    if argument == "keine":
        return ("and", tuple(_fact(book, fact, "is", "keine", day) for fact in facts))
    some: Core = ("or", tuple(_fact(book, fact, operator, argument, day) for fact in facts))
    if operator not in _EARLIER or _undefined(book, argument, day):
        return some
    early = _EARLIER[operator]
    return ("and", (some, *(("not", _fact(book, fact, early, argument, day)) for fact in facts)))


def _undefined(book: Book, argument: Any, day: int) -> bool:
    return (
        isinstance(argument, dict) and "param" in argument and book.parameter(argument["param"], day) is None
    )


def _age(book: Book, fact: str, operator: str, argument: Any, day: int) -> Core:
    """An age in completed years: reached on the birthday itself."""
    value = _argument(book, argument, day)
    if value is None:
        return ("open", argument["param"])

    low = {"is": value, "at_least": value, "above": value + 1}.get(operator)
    over = {"is": value + 1, "at_most": value + 1, "below": value}.get(operator)
    parts: list[Core] = []
    if not book.data["vocabulary"]["facts"][fact].get("always"):
        parts.append(("not", ("keine", fact)))
    if low is not None:
        parts.append(("turn", fact, "since", Period(12 * low, 0)))
    if over is not None:
        parts.append(("not", ("turn", fact, "since", Period(12 * over, 0))))
    return ("and", tuple(parts))


def accepted(value: Any, values: frozenset[Any], *, norms: bool) -> bool:
    """Whether a value is among the accepted ones; a norm also where it lies within one of them."""
    if value in values:
        return True
    return norms and any(covers(pattern, value) for pattern in values)
