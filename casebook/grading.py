"""Grading what somebody answers to one question of a case.

Every question is graded by itself, against values: a light, a citation, the name of a fact, a day, a step.
Reasons in free text are not graded. What cannot be read as an answer is told so and asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from wegweiser.casebook.model import Expected
from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.lights import LIGHTS, light
from wegweiser.engine.names import did_you_mean, nearest, normal
from wegweiser.engine.text import Text
from wegweiser.engine.values import iso_day
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.citations import Citation, Comparison, compare, parse, parse_loose

__all__ = [
    "LIGHT_WORDS",
    "LONGEST",
    "Choice",
    "Grade",
    "expected_day",
    "grade_day",
    "grade_light",
    "grade_missing",
    "grade_norm",
    "grade_step",
    "read_light",
]

LONGEST = 200
"""Letters of an answer."""

LIGHT_WORDS: Mapping[str, Text] = {
    "gruen": Text("grün", "green"),
    "gelb": Text("gelb", "yellow"),
    "rot": Text("rot", "red"),
    "offen": Text("offen", "open"),
    "nichts": Text("nichts", "nothing"),
}
"""What a light is called; "nichts": there is nothing to decide, because nothing is needed."""

_SHORTEST = 4
"""Letters of a word that says something about a fact or a step."""
_STEM = 6
"""Letters that two forms of a word have in common ("Verspätung", "Verspätungen")."""
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_FIRST = ("Abs. 1", "Satz 1")
"""Where a section has only one paragraph or sentence, many say so all the same."""


class Choice(NamedTuple):
    """A step to choose."""

    rule: str
    was: Text
    wer: Text
    wo: Text


class Grade(NamedTuple):
    """What an answer is worth, and what has to be said about it."""

    mark: Literal["right", "partly", "wrong"]
    comment: Text | None = None
    said: str = ""
    """The light that was named, for whoever explains the mistake."""


def read_light(typed: str, lang: str) -> str | Text:
    """The light that a word means, in either language or by its first letters; those of `lang` first."""
    word = normal(typed)
    if word.isdecimal() and word.isascii() and 1 <= int(word[:LONGEST]) <= len(LIGHTS):
        return LIGHTS[int(word[:LONGEST]) - 1]
    if typed.strip() in ("-", "–"):
        return "nichts"
    for side in (lang, "en" if lang == "de" else "de"):
        found = [
            name for name, text in LIGHT_WORDS.items() if word and normal(text.get(side)).startswith(word)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            break
    said = typed[:LONGEST]
    words = Text(
        ", ".join(text.de for text in LIGHT_WORDS.values()),
        ", ".join(text.en for text in LIGHT_WORDS.values()),
    )
    fault = Text(f"„{said}“ ist keine Ampel ({words.de})", f"“{said}” is no light ({words.en})")
    return did_you_mean(fault, said, [side for text in LIGHT_WORDS.values() for side in text])


def grade_light(answer: Answer, day: date, typed: str, lang: str) -> Grade | Text:
    """Grade a light; `day` is that of the answer."""
    said = read_light(typed, lang)
    if isinstance(said, Text):
        return said
    return Grade("right" if said == light(answer, day) else "wrong", said=said)


def grade_norm(expected: Sequence[str], also: Sequence[str], acts: Acts, typed: str) -> Grade | Text:
    """Grade citations; `expected` are those of the case, `also` all that the answer rests on.

    What is less exact than a citation that is expected is partly right, and so is a right one beside wrong
    ones: who names everything has not found it. Where no act is named, that of what is expected is meant.
    """
    wanted = _citations(expected, acts)
    known = _citations([*expected, *also], acts)
    graded: dict[int, list[tuple[Comparison, Citation]]] = {}
    for act in dict.fromkeys(one.act for one in wanted):
        reading = parse_loose(typed, acts, act)
        if reading.fault is not None:
            return reading.fault
        for place, given in enumerate(reading.citations):
            graded.setdefault(place, []).extend((_compared(given, one, known), one) for one in wanted)
    found = [min(tries, key=lambda one: _WORTH[one[0].kind]) for tries in graded.values()]
    kinds = [one[0].kind for one in found]
    if "same" in kinds:
        if "different" in kinds:
            return Grade("partly", _BESIDE)
        return Grade("right")
    for comparison, one in found:
        if comparison.kind == "coarser":
            parts = ", ".join(comparison.missing)
            lacking = Text(f"genauer: {one} (es fehlt {parts})", f"more exactly: {one} (missing: {parts})")
            return Grade("partly", lacking)
    for comparison, one in found:
        if comparison.kind == "finer":
            beyond = ", ".join(comparison.extra)
            extra = Text(f"{one} trägt es, nicht {beyond}", f"{one} carries it, not {beyond}")
            return Grade("partly", extra)
    return Grade("wrong")


_WORTH = {"same": 0, "coarser": 1, "finer": 2, "different": 3}
_BESIDE = Text(
    "die richtige ist dabei, eine andere trägt es nicht",
    "the right one is there, another one does not carry it",
)


def _citations(texts: Sequence[str], acts: Acts) -> list[Citation]:
    return [one for one in (parse(text, acts) for text in texts) if not isinstance(one, Text)]


def _compared(given: Citation, wanted: Citation, known: Sequence[Citation]) -> Comparison:
    """How a citation stands to one that is expected; "finer" counts where the answer itself is as exact."""
    found = compare(given, wanted)
    exact = any(compare(given, one).kind == "same" for one in known)
    if found.kind == "finer" and (exact or all(part in _FIRST for part in found.extra)):
        return found._replace(kind="same")
    return found


def grade_missing(book: Book, expected: Sequence[str], typed: str) -> Grade | Text:
    """Grade the fact that somebody would ask for, by its name or by words of its label, question or hint."""
    labels = {side: fact.name for fact in book.vocabulary for side in (fact.name, *fact.label)}
    near = nearest(typed, labels)
    found = (
        [labels[near]]
        if near is not None
        else _meant(
            {
                fact.name: (fact.name, *fact.label, *fact.question, *(fact.hint or ()))
                for fact in book.vocabulary
            },
            typed,
        )
    )
    if not found:
        return Text(
            f"„{typed}“ ist hier keine Angabe; bitte mit anderen Worten",
            f"“{typed}” is no fact here; please use other words",
        )
    if set(found) & set(expected):
        return Grade("right")
    label = book.vocabulary.fact(found[0]).label
    return Grade("wrong", Text(f"verstanden: „{label.de}“", f"understood: “{label.en}”"))


def _meant(texts: Mapping[str, Sequence[str]], typed: str) -> list[str]:
    """The names whose texts share the rarest words with what is typed."""
    words = _stems(typed)
    stems = {name: {stem for text in said for stem in _stems(text)} for name, said in texts.items()}
    common = {word: sum(word in said for said in stems.values()) for word in words}
    worth = {name: sum(1 / common[word] for word in words if word in said) for name, said in stems.items()}
    best = max(worth.values(), default=0.0)
    return [name for name, one in worth.items() if one == best and best > 0]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in normal(text).split("_") if len(word) >= _SHORTEST}


def expected_day(expected: Expected) -> date | None:
    """The day that a question for the day asks for."""
    day = expected.values.get("ab") or (expected.values.get("voraussichtlich") or {}).get("ab")
    return day if isinstance(day, date) else None


def grade_day(expected: date, typed: str) -> Grade | Text:
    """Grade a day, written as 22.11.2026 or 2026-11-22."""
    said = typed.strip()
    german = _GERMAN_DAY.fullmatch(said)
    found = iso_day(f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}" if german else said)
    if isinstance(found, Text):
        return Text(
            f"„{said}“ ist kein Tag wie 22.11.2026 oder 2026-11-22",
            f"“{said}” is no day like 2026-11-22 or 22.11.2026",
        )
    if found == expected:
        return Grade("right")
    if abs((found - expected).days) == 1:
        return Grade("wrong", Text("einen Tag daneben", "one day off"))
    return Grade("wrong")


def grade_step(first: str, choices: Sequence[Choice], typed: str) -> Grade | Text:
    """Grade the first step (the id of its rule), by the number of a choice or by words of it."""
    word = normal(typed)
    if word.isdecimal() and word.isascii():
        number = int(word[:LONGEST])
        if 1 <= number <= len(choices):
            return Grade("right" if choices[number - 1].rule == first else "wrong")
        return Text(f"eine Zahl von 1 bis {len(choices)}", f"a number from 1 to {len(choices)}")
    texts = {step.rule: (*step.was, *step.wo, *step.wer) for step in choices}
    found = _meant(texts, typed)
    if not found:
        return Text(
            f"„{typed}“ passt zu keinem Schritt; auch die Nummer genügt",
            f"“{typed}” fits no step; its number will do",
        )
    if first not in found:
        return Grade("wrong")
    if len(found) == 1:
        return Grade("right")
    return Grade("partly", Text("das passt zu mehreren Schritten", "this fits several steps"))
