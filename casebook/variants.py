"""Variants of a case: the smallest change of one or two facts, or of the day, that flips a light.

Every variant that is given has been evaluated. None is ambiguous: neither the answer of the case nor that of
the variant is open or needless, rests on a disputed reading, or on a legal term that an authority fills.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any, NamedTuple

from wegweiser.casebook.missteps import leaves
from wegweiser.casebook.model import Case
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.lights import is_treated, light
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text
from wegweiser.engine.whatif import find_ways

__all__ = ["Change", "Variant", "askable", "question", "variants", "verify"]

_AROUND = 3
"""Days before and after a guess among which a boundary is looked for; months differ by so many."""
_FAR = timedelta(days=3 * 366)
"""How far from its day a case is asked about; later it would be another story."""
_TYPES = ("bool", "zahl", "geld", "wahl", "datum")
"""Types of facts whose values a question can change; places and papers would be another story."""


class Change(NamedTuple):
    """One thing that is otherwise; `fact` is empty for the day of the check."""

    fact: str
    value: Any
    before: Any
    """What the case tells; None where it tells nothing."""


class Variant(NamedTuple):
    """A case with something changed that flips the light of one target."""

    case: Case
    target: str
    changes: tuple[Change, ...]
    facts: Mapping[str, Any]
    """The whole profile."""
    day: date
    light_before: str
    answer: Answer
    light: str
    boundary: date | None
    """The neighbouring day on which the light is still that of the case; None: no day decides."""


class _Base(NamedTuple):
    """The answer of a case that its variants depart from."""

    book: Book
    case: Case
    target: str
    light: str


def askable(case: Case, book: Book) -> bool:
    """Whether variants of a case are looked for at all: only of answers on the law, and not if it refuses."""
    return case.variants and any(name in book.targets for name in case.targets)


def variants(case: Case, book: Book, random: Random) -> Iterator[Variant]:
    """Every variant of a case that can be asked, the smallest changes first; of equals at random.

    Two facts are changed only where no single one flips the light.
    """
    if not askable(case, book):
        return
    targets = [name for name in case.targets if name in book.targets]
    random.shuffle(targets)
    for target in targets:
        answer = _answer(book, case.profile, case.day, target, case.place)
        if answer is None or not _clear(book, answer, case.day):
            continue
        base = _Base(book, case, target, light(answer, case.day))
        single = False
        for variant in _singles(base, answer, random):
            single = True
            yield variant
        if not single:
            yield from _pairs(base)


def verify(variant: Variant, book: Book) -> bool:
    """Evaluate a variant anew: the same light, another one than that of the case, nothing open about it."""
    answer = _answer(book, variant.facts, variant.day, variant.target, variant.case.place)
    if answer is None or not _clear(book, answer, variant.day):
        return False
    return light(answer, variant.day) == variant.light != variant.light_before


def question(variant: Variant, book: Book) -> Text:
    """The question that a variant asks, in words made from labels."""
    changes = [_said(change, book) for change in variant.changes]
    label = book.targets[variant.target].label
    german = " und ".join(change.de for change in changes)
    english = " and ".join(change.en for change in changes)
    return Text(
        f"Wie „{variant.case.title.de}“, aber {german}. Alles andere bleibt. Ampel für „{label.de}“?",
        f"As “{variant.case.title.en}”, but {english}. All else stays. Light for “{label.en}”?",
    )


def _said(change: Change, book: Book) -> Text:
    if not change.fact:
        now, then = change.value, change.before
        return Text(
            f"geprüft wird am {now:%d.%m.%Y} (statt {then:%d.%m.%Y})",
            f"the day of the check is {now.isoformat()} (not {then.isoformat()})",
        )
    label = book.vocabulary.fact(change.fact).label
    now = book.vocabulary.show_value(change.fact, _parsed(book, change.fact, change.value))
    if change.before is None:
        return Text(f"jetzt ist bekannt: {label.de}: {now.de}", f"this is known now: {label.en}: {now.en}")
    then = book.vocabulary.show_value(change.fact, _parsed(book, change.fact, change.before))
    return Text(f"{label.de}: {now.de} (statt {then.de})", f"{label.en}: {now.en} (not {then.en})")


def _parsed(book: Book, name: str, raw: Any) -> Any:
    value = book.vocabulary.parse_value(name, raw)
    if isinstance(value, Text):  # it has been evaluated before
        raise TypeError(f"{name}: {value.en}")
    return value


# --- finding them ---


def _singles(base: _Base, answer: Answer, random: Random) -> Iterator[Variant]:
    """Variants with one change: boundaries in time first, then other values, each fact at random."""
    timed = [leaf for rule in answer.proof.rules for leaf, _ in leaves(rule.condition) if leaf.turns]
    days = {(leaf.name, leaf.turns) for leaf in timed if leaf.turns is not None}
    for name, turns in sorted(days, key=lambda one: (random.random(), one)):
        told = base.case.profile.get(name)
        if isinstance(told, date):
            yield from _boundary(base, name, told + (base.case.day - turns))
    later = {turns for _, turns in days} | {day for day in (answer.ab, answer.bis) if day}
    for day in sorted(day for day in later if abs(day - base.case.day) <= _FAR):
        yield from _boundary(base, "", day)
    others = []
    for name in sorted(_names(base, answer), key=lambda one: (_size(base, one), random.random())):
        found = _of_fact(base, name)
        one = next(found, None)
        if one is not None:
            yield one
            others.append(found)
    yield from chain.from_iterable(others)  # further values only after every other fact


def _of_fact(base: _Base, name: str) -> Iterator[Variant]:
    """Variants with another value of one fact."""
    for value in _values(base, name):
        variant = _variant(base, [(name, value)])
        if variant is not None:
            yield variant


def _names(base: _Base, answer: Answer) -> set[str]:
    """The facts that the answer looks at, but those that others told hang on: they are no small change."""
    asked = {
        leaf.name
        for rule in answer.proof.rules
        for leaf, _ in leaves(rule.condition)
        if leaf.name in base.book.vocabulary
    }
    conditions = [base.book.vocabulary.fact(name).only_if for name in base.case.profile]
    return {name for name in asked if not any(_mentions(condition, name) for condition in conditions)}


def _mentions(condition: Any, name: str) -> bool:
    if isinstance(condition, list | tuple):
        return any(_mentions(part, name) for part in condition)
    return bool(condition == name)


def _size(base: _Base, name: str) -> int:
    """How much a question asks one to imagine: yes or no, a number, one of several."""
    typ = base.book.vocabulary.fact(name).typ
    return _TYPES.index(typ) if typ in _TYPES else len(_TYPES)


def _boundary(base: _Base, name: str, guess: date) -> Iterator[Variant]:
    """The day on which a light flips, with the day beside it on which it does not."""
    before: tuple[date, str | None] | None = None
    for offset in range(-_AROUND, _AROUND + 1):
        day = guess + timedelta(days=offset)
        found = _light(base, [(name, day)])
        if before is not None and base.light in (found, before[1]) and found != before[1]:
            flipped, beside = (day, before[0]) if before[1] == base.light else (before[0], day)
            variant = _variant(base, [(name, flipped)])
            if variant is not None:
                yield variant._replace(boundary=beside)
            return
        before = (day, found)


def _values(base: _Base, name: str) -> list[Any]:
    """Other values of a fact that a question can be about; for dates the days at which rules cut."""
    fact = base.book.vocabulary.fact(name)
    told = base.case.profile.get(name)
    if fact.typ not in _TYPES or isinstance(told, dict | list):
        return []
    if fact.typ == "bool":
        return [value for value in (True, False) if value is not told]
    if fact.typ == "wahl":
        return [value for value in fact.werte if value != told]
    if fact.typ == "datum":
        return [] if told is None else [other for other in ("keine",) if told != other and not fact.always]
    numbers = {0, 1}
    if isinstance(told, int):
        numbers |= {told - 1, told + 1, told // 2, told * 2}
    return sorted(number for number in numbers if number >= 0 and number != told)


def _pairs(base: _Base) -> Iterator[Variant]:
    """Variants with two changes that open a target, for a case that no single one flips."""
    try:
        profile = Profile.from_facts(base.case.profile, base.book.vocabulary, base.case.day, base.case.place)
        ways = find_ways(base.book, profile, base.target, 2).ways
    except ProfileError:
        return
    for way in ways:
        chosen = [(step.fact, _one(base.book, step.fact, step.values, step.spans)) for step in way.steps]
        if all(base.case.profile.get(name) != value and value is not None for name, value in chosen):
            variant = _variant(base, chosen)
            if variant is not None:
                yield variant


def _one(book: Book, name: str, values: tuple[Any, ...], spans: tuple[tuple[Any, Any], ...]) -> Any:
    """One value of a step as a profile would tell it; None for what a question cannot tell."""
    typ = book.vocabulary.fact(name).typ
    if typ not in _TYPES:
        return None
    if values:
        return values[0]
    low = spans[0][0]
    return -(-low // 100) if typ == "geld" else low


# --- evaluating them ---


def _variant(base: _Base, changed: Iterable[tuple[str, Any]]) -> Variant | None:
    """A variant that is clear and flips the light; None where it is no such."""
    changed = list(changed)
    facts, day = _changed(base.case, changed)
    answer = _answer(base.book, facts, day, base.target, base.case.place)
    if answer is None or not _clear(base.book, answer, day) or light(answer, day) == base.light:
        return None
    changes = tuple(
        Change(name, value, base.case.profile.get(name) if name else base.case.day) for name, value in changed
    )
    return Variant(base.case, base.target, changes, facts, day, base.light, answer, light(answer, day), None)


def _changed(case: Case, changed: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], date]:
    facts, day = dict(case.profile), case.day
    for name, value in changed:
        if name:
            facts[name] = value
        else:
            day = value
    return facts, day


def _light(base: _Base, changed: Iterable[tuple[str, Any]]) -> str | None:
    facts, day = _changed(base.case, changed)
    answer = _answer(base.book, facts, day, base.target, base.case.place)
    return None if answer is None else light(answer, day)


def _answer(book: Book, facts: Mapping[str, Any], day: date, target: str, place: str) -> Answer | None:
    """The answer; None where nobody can be so."""
    try:
        return Evaluation(book, Profile.from_facts(facts, book.vocabulary, day, place)).answer(target)
    except ProfileError:
        return None


def _clear(book: Book, answer: Answer, day: date) -> bool:
    """Whether an answer is certain, undisputed, and rests on no legal term that only an authority fills."""
    if not is_treated(answer) or light(answer, day) in ("offen", "nichts"):
        return False
    if any(note.art == "rechtsfrage" for note in answer.hinweise):
        return False
    rules = book.rules_for(answer.ziel, (answer.ab or day).toordinal())
    return not any(rules[name].data["open_terms"] for name in answer.regeln if name in rules)
