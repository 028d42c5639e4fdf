"""What a case expects against what a rule book answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from wegweiser.casebook.model import Case, Solved, solve
from wegweiser.engine.book import Book
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.examples import agrees, said
from wegweiser.engine.networks import Networks
from wegweiser.engine.plain import jsonable

__all__ = ["Deviation", "compare", "replay"]


class Deviation(NamedTuple):
    """Something that a case expects and that is not so."""

    case: str
    target: str
    """The target, or empty for the facts and the first step."""
    key: str
    expected: Any
    found: Any


def replay(case: Case, book: Book, networks: Networks, day: date | None = None) -> list[Deviation]:
    """Every deviation on the day of the case, or on another."""
    # the agenda looks at every answer; without a first step those that are compared are enough
    targets = None if case.first_step else [name for name in case.targets if name in book.targets]
    try:
        solved = solve(case, book, networks, day, targets)
    except ProfileError as problem:
        return [Deviation(case.id, "", "profile", "", "; ".join(one.text.de for one in problem.faults))]
    return list(compare(case, solved))


def compare(case: Case, solved: Solved) -> Iterator[Deviation]:
    """What a worked-out case gives otherwise than expected."""
    for one in case.expected:
        answer = solved.answers[one.target]
        for key, wanted in one.values.items():
            found = said(answer, key)
            if not agrees(key, jsonable(wanted), found):
                yield Deviation(case.id, one.target, key, jsonable(wanted), found)
        lacking = [norm for norm in one.norms if norm not in answer.normen]
        if lacking:
            yield Deviation(case.id, one.target, "norms", lacking, list(answer.normen))
    if case.first_step:
        first = solved.agenda.steps[:1]
        rules, offices = [step.rule for step in first], [step.office for step in first]
        if case.first_step not in rules:
            yield Deviation(case.id, "", "first_step", case.first_step, rules)
        elif case.office and case.office not in offices:
            yield Deviation(case.id, "", "office", case.office, offices)
