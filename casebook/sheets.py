"""Which cases go on a sheet or into an exam, and what their questions ask, as plain values.

No words here but those of the cases: renderers put codes into words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple, TypeVar

from wegweiser.casebook.model import Case, Casebook, Solved
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import read

__all__ = ["POINTS", "Item", "Licence", "choose", "draw_exam", "items_of", "licence"]

POINTS: Mapping[str, int] = {"light": 1, "norm": 2, "missing": 2, "day": 2, "first_step": 1}
"""What a right answer counts, by the kind of the question."""
_One = TypeVar("_One")
_CHOICES = 4
"""Answers offered where one of several has to be picked, the right one among them."""


class Licence(NamedTuple):
    """Under what the material may be used."""

    id: str
    """SPDX."""
    url: str
    line: Text
    """One line for a sheet."""


class Item(NamedTuple):
    """One question with its answer."""

    ask: str
    """A key of `POINTS`."""
    target: str
    label: Text
    """What the target or offer is called; empty for the first step."""
    day: date
    """The day that the question asks for."""
    answer: Answer | None
    """What the rule book answers, as the case expects it; None for the first step."""
    norms: tuple[str, ...]
    """For `norm` what is accepted, otherwise what carries the answer."""
    right: tuple[Text, ...]
    """For `missing` the facts, for `first_step` the step."""
    wrong: tuple[Text, ...]
    """Beside what is right, things that are not, to choose from."""
    office: Text | None
    """For `first_step` the office by its name, where the place has one."""

    @property
    def points(self) -> int:
        """What a right answer counts."""
        return POINTS[self.ask]

    @property
    def first_day(self) -> date | None:
        """The day from which: for certain, or where everything usual holds."""
        if self.answer is None:
            return None
        expected = self.answer.voraussichtlich
        return self.answer.ab or (None if expected is None else expected.ab)


def licence() -> Licence:
    """The licence of the packaged cases."""
    document, faults = read((files("wegweiser.casebook") / "licence.yaml").read_bytes(), "licence.yaml")
    if document is None or faults:
        raise ValueError("licence.yaml")
    value: Any = document.value
    return Licence(value["id"], value["url"], Text(value["line"]["de"], value["line"]["en"]))


def choose(cases: Sequence[Case], count: int | None, seed: int | None) -> list[Case]:
    """The cases in their order, mixed where there is a seed; the first `count` of them."""
    found = list(cases)
    if seed is not None:
        Random(seed).shuffle(found)  # noqa: S311 (a sheet that comes out the same again, no secret)
    return found[:count]


def draw_exam(cases: Sequence[Case], count: int, seed: int) -> list[Case]:
    """An exam of `count` cases, the levels in turn, the easy ones first; fewer where there are no more."""
    mixed = choose(cases, None, seed)
    levels = [[case for case in mixed if case.level == level] for level in sorted({c.level for c in mixed})]
    longest = max(map(len, levels), default=0)
    turns = [level[place] for place in range(longest) for level in levels if place < len(level)]
    return sorted(turns[:count], key=lambda case: case.level)


def items_of(
    case: Case, solved: Solved, book: Book, offers: Mapping[str, Text], casebook: Casebook
) -> list[Item]:
    """The questions of a case; `offers` are the names of the networks' offers by their ids."""
    return [
        _first_step(case, solved, book, casebook)
        if one.ask == "first_step"
        else _item(case, one.ask, one.target, solved, book, offers)
        for one in case.questions
    ]


def _item(case: Case, ask: str, target: str, solved: Solved, book: Book, offers: Mapping[str, Text]) -> Item:
    answer = solved.answers[target]
    expected = case.expectation(target)
    told = expected.norms if expected is not None else ()
    law = target in book.targets
    label = book.targets[target].label if law else offers[target]
    facts = answer.fehlend if ask == "missing" else ()
    return Item(
        ask,
        target,
        label,
        case.day if law else case.offers_day,
        answer,
        told if ask == "norm" else told or answer.normen,
        tuple(book.vocabulary.fact(name).label for name in facts),
        _other_facts(case, facts, book) if facts else (),
        None,
    )


def _other_facts(case: Case, facts: Sequence[str], book: Book) -> tuple[Text, ...]:
    """Labels of facts that the case tells: they are not missing."""
    told = [name for name in case.profile if name not in facts and name in book.vocabulary]
    names = _some(told, case.id)
    return tuple(book.vocabulary.fact(name).label for name in names)


def _first_step(case: Case, solved: Solved, book: Book, casebook: Casebook) -> Item:
    """The step with its office; the others to choose from are no steps of this person."""
    step = next(one for one in solved.agenda.steps if one.rule == case.first_step)
    rules = [rule for rule in book.data["agenda"]["rules"] if rule["step"] is not None]
    texts = {rule["id"]: _what_and_where(rule["step"], book) for rule in rules}
    own = {texts[one.rule] for one in solved.agenda.steps}
    elsewhere = [one.first_step for one in casebook.cases if one.first_step]
    other = list(dict.fromkeys(texts[name] for name in [*elsewhere, *texts] if texts[name] not in own))
    return Item(
        ask="first_step",
        target="",
        label=Text("", ""),
        day=case.day,
        answer=None,
        norms=step.normen,
        right=(texts[step.rule],),
        wrong=tuple(_some(other, case.id)),
        office=step.wo if case.office and step.wo != _kind(case.office, book) else None,
    )


def _what_and_where(step: Mapping[str, Any], book: Book) -> Text:
    """A step with its kind of office: the name of an office would tell which step is the right one."""
    where = _kind(step["wo"], book) if isinstance(step["wo"], str) else Text(*step["wo"])
    return Text(f"{step['was'][0]} – {where.de}", f"{step['was'][1]} – {where.en}")


def _kind(office: str, book: Book) -> Text:
    return Text(*book.data["agenda"]["offices"][office]["kind"])


def _some(values: Sequence[_One], seed: str) -> list[_One]:
    """So many as are offered beside the right one, the same for the same case."""
    mixed = Random(seed)  # noqa: S311 (repeatable, no secret)
    return mixed.sample(list(values), min(_CHOICES - 1, len(values)))
