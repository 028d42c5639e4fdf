"""The engine against the reference: generated books and persons, every completion tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from wegweiser.engine.answers import Answer, Expected
from wegweiser.engine.batch import Line, Screening
from wegweiser.engine.book import PERMISSIONS, Book
from wegweiser.engine.errors import BookError, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.periods import FAR
from wegweiser.engine.profile import Profile
from wegweiser.engine.reference import AnswerSet, Contradiction, Label, Reference, World

if TYPE_CHECKING:
    from tests.engine.exactness.generated.conftest import Case

ORDER = ("frei", "anspruch", "soll", "ermessen", "noch_nicht", "nein", "unklar")
UNBOUNDED = FAR - 100_000
"""Days from here on stand for 'however late'."""

Kind = tuple[str, str | None]


def kind(label: Label) -> Kind:
    return label.ergebnis, label.dann


def with_day(label: Label) -> tuple[str, str | None, int | None]:
    return label.ergebnis, label.dann, label.ab


class Wanted(NamedTuple):
    """What the contract asks of an answer, read from the labels of all completions."""

    ergebnis: str
    dann: str | None
    grund: str | None
    moeglich: tuple[str, ...]
    fehlend: frozenset[str]
    ab: date | None
    ab_fehlend: frozenset[str]
    zustimmung_ba: str | None
    zustimmung_fehlend: frozenset[str]


def wanted(answers: AnswerSet) -> Wanted:
    kinds = {kind(label) for label in answers.labels.values()}
    nothing = frozenset[str]()
    later = ("nein", None) in kinds and {one for one, _ in kinds} == {"nein", "noch_nicht"}
    if later and not answers.deciding(kind):  # only the book is open, about later days
        return Wanted("nein", None, None, (), nothing, None, nothing, None, nothing)
    ergebnis, dann = next(iter(kinds))
    if len(kinds) > 1 or ergebnis == "offen":
        names = {"unklar" if one == "offen" else one for one, _ in kinds}
        possible = tuple(name for name in ORDER if name in names) if len(kinds) > 1 else ()
        fehlend = frozenset(answers.deciding(kind))
        grund = "angabe_fehlt" if fehlend else "nicht_behandelt"
        return Wanted("unklar", None, grund, possible, fehlend, None, nothing, None, nothing)
    days = {label.ab for label in answers.labels.values() if label.ab is not None}
    latest = max(days, default=UNBOUNDED)
    said = {label.zustimmung for label in answers.labels.values()}
    return Wanted(
        ergebnis,
        dann,
        None,
        (),
        nothing,
        None if latest >= UNBOUNDED else date.fromordinal(latest),
        frozenset(answers.deciding(lambda label: label.ab)),
        said.pop() if len(said) == 1 else "unklar",
        frozenset(answers.deciding(lambda label: label.zustimmung)),
    )


def told(answer: Answer) -> Wanted:
    return Wanted(
        answer.ergebnis,
        answer.dann,
        answer.grund if answer.ergebnis == "unklar" else None,
        answer.moeglich,
        frozenset(answer.fehlend),
        answer.ab,
        frozenset(answer.ab_fehlend),
        answer.zustimmung_ba,
        frozenset(answer.zustimmung_fehlend),
    )


def shortly(answer: Answer) -> Line:
    """What the line of a list says without what is missing."""
    usual = answer.voraussichtlich
    dated = usual or answer
    return Line(answer.ziel, answer.ergebnis, dated.dann, dated.ab, voraussichtlich=usual and usual.ergebnis)


def evaluation(case: Case, book: Book) -> Evaluation:
    return Evaluation(book, Profile.from_facts(case.told, book.vocabulary, case.date))


def compare(case: Case) -> str:
    """Compare everything that the engine says with the reference; the result says what came of it."""
    book, reference = Book(case.data), Reference(Book(case.data))
    try:
        answers = {
            target: reference.answers(case.known, case.unknown, target, case.day) for target in book.targets
        }
    except Contradiction:
        with pytest.raises(BookError):
            book.compiled(book.epoch(case.day))
        return "refused"
    try:
        book.compiled(book.epoch(case.day))
    except BookError:
        return "refused, though no completion shows the conflict"
    if not any(one.labels for one in answers.values()):
        # refused as soon as a question comes upon it
        with suppress(ProfileError):
            evaluation(case, book).report()
        return "contradictory"
    person = evaluation(case, book)
    screening = Screening(evaluation(case, book))
    for target, one in answers.items():
        answer = person.answer(target)
        assert screening.line(target) == shortly(answer)
        expect = wanted(one)
        assert told(answer) == expect
        if book.targets[target].data["default"] is not None:
            solution = person._query(target, {}, approval=False)
            kinds = set(solution.told(lambda label: (label.ergebnis, label.dann))[0])
            assert kinds == {kind(label) for label in one.labels.values()}
            query = person._query(target, {}, approval=False)
            masks = query.compiled.variables.masks
            check_usual(case, answer, one, [name for name in one.names if masks.get(name, 0) & query.mask])
            check_silence(case, reference, answer, target)
        check_end(case, reference, answer, one, target)
        assert answer.proof is not None
    return "answered"


def restricted(answers: AnswerSet, values: dict[str, Any]) -> AnswerSet:
    """The answers of those completions in which some facts have these values."""
    places = {name: answers.names.index(name) for name in values}
    kept = {
        chosen: label
        for chosen, label in answers.labels.items()
        if all(chosen[place] == values[name] for name, place in places.items())
    }
    return AnswerSet(answers.names, kept)


def check_usual(case: Case, answer: Answer, answers: AnswerSet, names: list[str]) -> None:
    """`voraussichtlich` is the answer where everything usual that bears on it holds.

    `annahmen` is the part that carries it.
    """
    facts = case.data["vocabulary"]["facts"]
    usual = {name: facts[name]["ueblich"] for name in names if facts.get(name, {}).get("ueblich") is not None}
    left = restricted(answers, usual)
    expect = wanted(left) if usual and answer.fehlend and left.labels else None
    if expect is None or expect.ergebnis == "unklar":
        assert answer.voraussichtlich is None
        return
    found = answer.voraussichtlich
    assert isinstance(found, Expected)
    assert (found.ergebnis, found.dann, found.ab) == (*expect[:2], expect.ab)
    assert found.zustimmung_ba == expect.zustimmung_ba
    carrying = {name: usual[name] for name in usual if name in answer.annahmen}
    same = {kind(label) for label in left.labels.values()}
    assert {kind(label) for label in restricted(answers, carrying).labels.values()} == same
    for name in carrying:
        fewer = {other: value for other, value in carrying.items() if other != name}
        assert {kind(label) for label in restricted(answers, fewer).labels.values()} != same


def check_silence(case: Case, reference: Reference, answer: Answer, target: str) -> None:
    """`annahmen` lists facts whose silence stands for a value where another value changes the answer.

    Where two unknown dates stand in an order it may list one more, see `Query.assumptions`.
    """
    ordered = any(len(case.unknown.keys() & set(one["in_order"] or ())) > 1 for one in case.data["relations"])
    for name in (*case.silent, *(name for name in case.alike if name.startswith("b"))):
        known = {other: value for other, value in case.known.items() if other != name}
        free = reference.answers(known, {**case.unknown, name: [True, False]}, target, case.day)
        changes = name in free.deciding(with_day if answer.dann else kind)
        assert changes <= (name in answer.annahmen) <= (changes or ordered)


def ends(
    case: Case, reference: Reference, answers: AnswerSet, target: str, start: int
) -> Iterator[int | None]:
    """For each completion the last day of what holds on a day."""
    for chosen in answers.labels:
        values = {**case.known, **dict(zip(answers.names, chosen, strict=True))}
        held = World(reference.book, values, start).outcome(target)
        later = reference.turning_days(values, start)
        yield next(
            (day - 1 for day in later if World(reference.book, values, day).outcome(target) != held), None
        )


def check_end(case: Case, reference: Reference, answer: Answer, answers: AnswerSet, target: str) -> None:
    """`bis` is the last day of the outcome for every completion; None may also say that dates are unknown."""
    if (answer.dann or answer.ergebnis) not in PERMISSIONS or (answer.dann and answer.ab is None):
        assert answer.bis is None
        return
    facts = case.data["vocabulary"]["facts"]
    dates = any(facts[name]["typ"] == "datum" for name in answers.names if name in facts)
    if answer.bis is not None or (not dates and len(answers.labels) == 1):
        start = case.day if answer.ab is None else answer.ab.toordinal()
        lasts = ends(case, reference, answers, target, start)
        assert {None if end is None else date.fromordinal(end) for end in lasts} == {answer.bis}


def examples(share: float) -> settings:
    assert settings.default is not None
    return settings(max_examples=max(1, round(settings.default.max_examples * share)))


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("focus", "share"),
    [
        ("waiting", 1.0),
        ("mixed", 0.2),
        ("dates", 0.2),
        ("windows", 0.2),
        ("pairs", 0.2),
        ("relations", 0.2),
        ("static", 0.2),
        ("norms", 0.2),
        ("future", 0.2),
        ("ages", 0.2),
        ("alike", 0.4),
    ],
)
def test_the_engine_says_what_the_reference_says(
    make_case: Callable[[Random, str], Case], focus: str, share: float
) -> None:
    @examples(share)
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        case = make_case(random, focus)
        note(repr(case))
        compare(case)

    run()
