"""Variants of a case: the smallest changes that turn one of its answers.

A *variant* tells one fact of a case otherwise, or two where no single one will do. Values that the rules
do not tell apart are one: of a number the bound is taken, of a date the day next to the one told on which
the answer turns, so every change of a date asks for a boundary day.

The engine proposes changes, and none is believed: the changed person is read and checked anew like any
profile, and a variant is kept only if the new answer is another and clear. An answer is *clear* if no fact
is missing for it, the rule book covers it, no open legal question hangs on it and its beginning is sure.
Facts that an authority has to judge stay as they are told: to change them would be to answer the question.
So do facts by which other facts exist (a residence status): whoever changes them tells another case.

The day of the check is told otherwise too: the day from which a *not yet* is a yes, the day after the last
day of a permission.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, NamedTuple

from wegweiser.casebook.model import Case
from wegweiser.engine.answers import Answer
from wegweiser.engine.board import Board
from wegweiser.engine.book import Book
from wegweiser.engine.errors import EvaluationError, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile
from wegweiser.engine.regions import Region, regions_of
from wegweiser.engine.situation import KEINE
from wegweiser.engine.text import Text
from wegweiser.engine.values import Value
from wegweiser.engine.whatif import find_ways

__all__ = ["Variant", "find_variants", "is_clear", "one_variant"]

_SINGLE: Final = ("bool", "wahl", "zahl", "geld")
_PAIR: Final = 2
_CENTS: Final = 100
_SOON: Final = timedelta(days=5 * 366)
"""A day that is further away than about five years is no lesson for a consultation today."""

Shown = Callable[[Answer, date], Any]
"""What an exercise asks of an answer on a day: two answers with the same are no variant of each other."""


class Variant(NamedTuple):
    """A case with one or two facts or the day told otherwise, and what becomes of one answer."""

    case: str
    target: str
    day: date
    """The day of the check, that of the case where only facts are told otherwise."""
    changes: Mapping[str, Value]
    """The facts that are told otherwise, as a profile tells them."""
    told: Mapping[str, Value | None]
    """The same facts as the case tells them; None where it says nothing."""
    before: Answer
    after: Answer
    question: Text


def find_variants(case: Case, book: Book, target: str, shown: Shown) -> Iterator[Variant]:
    """Every smallest variant of a case for a target of the law, in the order of the facts.

    Pairs are looked for where no single fact turns the answer. There are none where the case wants none,
    its answer is not clear, or it holds only for the offers of a network.
    """
    if not case.variants or target not in book.targets:
        return
    evaluation = Evaluation(book, Profile.from_facts(case.profile, book.vocabulary, case.day, case.place))
    before = evaluation.answer(target)
    if not is_clear(before):
        return
    for day in (one for one in _turning(before) if one <= case.day + _SOON):
        later = _checked(case, book, before, {}, shown, day)
        if later is not None:
            yield later
    found: set[Hashable] = set()
    for proposed in (_single, _pairs):
        for change in [] if found else proposed(evaluation, target):
            variant = _checked(case, book, before, change, shown, case.day)
            kind = None if variant is None else _kind(evaluation, change, shown(variant.after, case.day))
            if variant is not None and kind not in found:
                found.add(kind)
                yield variant


def _kind(evaluation: Evaluation, change: Mapping[str, Value], result: Any) -> Hashable:
    """What makes a change another one than that of the same facts to values further away."""
    sides = [(name, _side(evaluation, name, value)) for name, value in change.items()]
    return tuple(sides), result


def _side(evaluation: Evaluation, name: str, value: Value) -> Hashable:
    """Whether a value lies after the one told; the value itself where there is no order."""
    away = _away(evaluation, name, value)
    return value if away is None else away > 0


def _away(evaluation: Evaluation, name: str, value: Value) -> int | None:
    """How far a value lies from the one told; None where its kind has no order or nothing is told."""
    fact, now = evaluation.book.vocabulary.fact(name), evaluation.profile.stated.get(name)
    if fact.geordnet and now in fact.werte and value in fact.werte:
        return fact.werte.index(str(value)) - fact.werte.index(str(now))
    if isinstance(value, date) and isinstance(now, date):
        return (value - now).days
    if fact.typ in ("zahl", "geld") and isinstance(value, int) and isinstance(now, int):
        return value - now
    return None


def one_variant(case: Case, book: Book, targets: list[str], shown: Shown, random: Random) -> Variant | None:
    """A variant by chance, for the first of some targets (in an order by chance) that has any."""
    for target in random.sample(targets, len(targets)):
        found = list(find_variants(case, book, target, shown))
        if found:
            return random.choice(found)
    return None


def is_clear(answer: Answer) -> bool:
    """Whether an answer can be asked for: the law alone decides it, with what is told."""
    return (
        answer.ergebnis != "unklar"
        and not answer.fehlend
        and not answer.ab_fehlend
        and answer.beginn_gesichert
        and not any(one.art == "rechtsfrage" or one.andere_lesart for one in answer.hinweise)
    )


# --- what the engine proposes ---------------------------------------------------------------


def _turning(answer: Answer) -> Iterator[date]:
    """The days after that of the check on which the answer turns by mere lapse of time."""
    if answer.ab is not None:
        yield answer.ab
    elif answer.bis is not None:
        yield answer.bis + timedelta(days=1)


def _single(evaluation: Evaluation, target: str) -> Iterator[dict[str, Value]]:
    """Every other region of every fact that is told and bears on a target."""
    for name in evaluation.profile.stated:
        if name in evaluation.profile.derived or not _may_change(evaluation, name):
            continue
        query = evaluation.choice(target, {name: None}, {}, chosen=True)
        if not query.compiled.variables.masks.get(name, 0) & query.mask:
            continue
        if evaluation.facts.entries[name]["typ"] == "datum":
            board = Board(evaluation.situation().changed({name: None}), [evaluation.day], query.mask)
            values = list(_days(evaluation, name, board))
        else:
            regions = regions_of(evaluation.facts, query, evaluation.situation(), name)
            values = [value for region in regions for value in _nearest(evaluation, region)]
        values.sort(key=lambda value, name=name: abs(_away(evaluation, name, value) or 0))  # type: ignore[misc]
        yield from ({name: value} for value in values)


def _may_change(evaluation: Evaluation, name: str) -> bool:
    entry = evaluation.facts.entries[name]
    if entry["typ"] not in (*_SINGLE, "datum") or entry.get("judged_by"):
        return False
    return not any(_mentions(other.get("only_if"), name) for other in evaluation.facts.entries.values())


def _mentions(condition: Any, name: str) -> bool:
    """Whether a condition of the vocabulary looks at a fact."""
    if not isinstance(condition, list | tuple) or not condition:
        return False
    if condition[0] == "fact":
        return bool(condition[1] == name)
    return any(_mentions(part, name) for part in condition[1:])


def _days(evaluation: Evaluation, name: str, board: Board) -> Iterator[Value]:
    """Of each stretch of days that the rules tell apart the one next to the day told."""
    now = evaluation.situation().known.get(name)
    if now is None or now == KEINE:
        return
    for low, high in board.today(name):
        if not low <= now <= high:
            yield date.fromordinal(low if now < low else high)


def _nearest(evaluation: Evaluation, region: Region) -> tuple[Value, ...]:
    """Values of a region: of a number the one next to the one told, of words that have no order any."""
    now = evaluation.facts.values.get(region.fact)
    if region.values:
        return (
            region.values[:1] if not evaluation.book.vocabulary.fact(region.fact).geordnet else region.values
        )
    if region.high is None or not isinstance(now, int) or now < (region.low or 0):
        return (region.value,)
    return (region.high,)


def _pairs(evaluation: Evaluation, target: str) -> Iterator[dict[str, Value]]:
    """The minimal changes of two facts that open a closed target."""
    for way in find_ways(evaluation.book, evaluation.profile, target, _PAIR).ways:
        names = [step.fact for step in way.steps]
        if len(names) != _PAIR or not all(_may_change(evaluation, name) for name in names):
            continue
        yield {step.fact: step.values[0] if step.values else step.spans[0][0] for step in way.steps}


# --- what is kept ---------------------------------------------------------------------------


def _checked(
    case: Case, book: Book, before: Answer, change: Mapping[str, Value], shown: Shown, day: date
) -> Variant | None:
    """A change as a variant, where a check of the changed person gives another answer, and a clear one."""
    changes = {name: _plain(book, name, value) for name, value in change.items()}
    facts = {**case.profile, **changes}
    try:
        profile = Profile.from_facts(facts, book.vocabulary, day, case.place)
        after = Evaluation(book, profile).answer(before.ziel)
    except (ProfileError, EvaluationError):  # no person can be so: no variant
        return None
    if not is_clear(after) or shown(before, case.day) == shown(after, day):
        return None
    told = {name: case.profile.get(name) for name in changes}
    said = [_change(book, name, profile.stated[name], raw) for name, raw in told.items()]
    if day != case.day:
        english = f"Day: {day.isoformat()} instead of {case.day.isoformat()}"
        said.append(Text(f"Stichtag: {day:%d.%m.%Y} statt {case.day:%d.%m.%Y}", english))
    question = _question(book, before.ziel, said)
    return Variant(case.id, before.ziel, day, changes, told, before, after, question)


def _plain(book: Book, name: str, value: Value) -> Any:
    """A value as a profile tells it: amounts in euros."""
    if book.vocabulary.fact(name).typ == "geld" and isinstance(value, int):
        return Decimal(value) / _CENTS
    return value


def _question(book: Book, target: str, said: list[Text]) -> Text:
    """The change in words, and what is asked."""
    label = book.targets[target].label
    return Text(
        f"{'; '.join(one.de for one in said)}. Was gilt jetzt: {label.de}?",
        f"{'; '.join(one.en for one in said)}. What holds now: {label.en}?",
    )


def _change(book: Book, name: str, value: Value, raw: Any) -> Text:
    fact = book.vocabulary.fact(name)
    now = book.vocabulary.show_value(fact, value)
    was = None if raw is None else book.vocabulary.parse_value(fact, raw)
    if was is None or isinstance(was, Text):
        return Text(f"{fact.label.de}: {now.de}", f"{fact.label.en}: {now.en}")
    old = book.vocabulary.show_value(fact, was)
    return Text(f"{fact.label.de}: {now.de} statt {old.de}", f"{fact.label.en}: {now.en} instead of {old.en}")
