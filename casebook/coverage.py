"""What no case decides: targets without a yes or a no, rules that fire in no case and no example."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from wegweiser.casebook.model import Case, solve
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.examples import person
from wegweiser.engine.networks import Networks

__all__ = ["Coverage", "coverage", "fired_for"]

_NO = ("nein", "noch_nicht")


class Coverage(NamedTuple):
    """What is left open."""

    cases: int
    targets: int
    rules: int
    without_yes: tuple[str, ...]
    """Targets that no case decides with a permission."""
    without_no: tuple[str, ...]
    """Targets that no case decides with a no, or a no until a day."""
    silent: tuple[str, ...]
    """Ids of rules that fire in no case and in no example of the rule book."""

    @property
    def complete(self) -> bool:
        """Whether nothing is left open."""
        return not (self.without_yes or self.without_no or self.silent)


def coverage(cases: Iterable[Case], book: Book, networks: Networks) -> Coverage:
    """What some cases leave open, beside the examples of the rule book."""
    yes: set[str] = set()
    no: set[str] = set()
    fired: set[str] = set()
    count = 0
    for case in cases:
        count += 1
        solved = solve(case, book, networks)
        for answer in solved.report.answers:
            fired |= fired_for(answer)
        yes |= {one.target for one in case.expected if one.values["ergebnis"] in PERMISSIONS}
        no |= {one.target for one in case.expected if one.values["ergebnis"] in _NO}
    rules = set(book.rules)
    for example in book.examples:
        for day, targets in example["expect"].items():
            evaluation: Evaluation | None = None
            for target in targets:
                if fired.issuperset(book.rules_for(target, date.fromisoformat(day).toordinal())):
                    continue  # nothing new can fire here
                evaluation = evaluation or Evaluation(book, person(book, example, day))
                fired |= fired_for(evaluation.plain_answer(target))
    return Coverage(
        count,
        len(book.targets),
        len(rules),
        tuple(name for name in book.targets if name not in yes),
        tuple(name for name in book.targets if name not in no),
        tuple(sorted(rules - fired)),
    )


def fired_for(answer: Answer) -> set[str]:
    """The rules that fire for an answer; one that only lifts others fires where it has an effect."""
    found = set()
    for reason in answer.proof.rules:
        lifting = reason.outcome is None and reason.zustimmung_ba is None
        if reason.state == "wirkt" or (reason.state == "verdraengt" and not lifting):
            found.add(reason.id)
    return found
