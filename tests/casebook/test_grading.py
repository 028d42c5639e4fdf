"""Grading: usual spellings are accepted, wrong answers are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wegweiser.casebook.grading import (
    Choice,
    Grade,
    grade_day,
    grade_missing,
    grade_norm,
    grade_step,
    read_light,
)
from wegweiser.engine import Book
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts

ROMAN = dict(zip("123456789", ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"), strict=True))


@pytest.fixture(scope="module")
def acts(packaged_book: Book) -> Acts:
    return Acts.of(packaged_book)


def _mark(found: Grade | Text) -> str:
    assert isinstance(found, Grade), found
    return found.mark


PLACE = st.fixed_dictionaries(
    {
        "section": st.sampled_from(["60c", "61", "25b", "4a", "9", "16g"]),
        "abs": st.integers(1, 9),
        "satz": st.none() | st.integers(1, 9),
        "nr": st.none() | st.integers(1, 9),
        "letter": st.none() | st.sampled_from("abcde"),
    }
).map(lambda one: one if one["nr"] else one | {"letter": None})


def _full(one: dict[str, object], act: str = "AufenthG") -> str:
    parts = [f"§ {one['section']} Abs. {one['abs']}"]
    parts += [f"Satz {one['satz']}"] if one["satz"] else []
    parts += [f"Nr. {one['nr']}"] if one["nr"] else []
    parts += [f"Buchst. {one['letter']}"] if one["letter"] else []
    return " ".join([*parts, act])


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str]:
    """A citation, and the same as somebody might type it."""
    one = draw(PLACE)
    space = draw(st.sampled_from(["", " "]))
    text = draw(st.sampled_from(["", "§", "§ "])) + str(one["section"])
    if draw(st.booleans()):
        text += f" {ROMAN[str(one['abs'])]}"
    else:
        text += f" {draw(st.sampled_from(['Abs.', 'Abs', 'abs', 'Absatz']))} {one['abs']}"
    if one["satz"]:
        text += f" {draw(st.sampled_from(['S.', 'Satz', 'satz', 'S']))} {one['satz']}"
    if one["nr"]:
        text += f" {draw(st.sampled_from(['Nr.', 'Nr', 'nr', 'Nummer']))}{space or ' '}{one['nr']}"
    if one["letter"]:
        text += f" {draw(st.sampled_from(['', 'Buchst. ', 'lit. ']))}{one['letter']}"
    return _full(one), text + draw(st.sampled_from(["", " AufenthG", " aufenthg"]))


@given(case=spelled())
def test_usual_spellings_are_right(acts: Acts, case: tuple[str, str]) -> None:
    expected, typed = case
    assert _mark(grade_norm([expected], [], acts, typed)) == "right", typed


@given(expected=PLACE, given_=PLACE)
def test_another_place_is_never_right(
    acts: Acts, expected: dict[str, object], given_: dict[str, object]
) -> None:
    differs = [key for key in expected if expected[key] and given_[key] and expected[key] != given_[key]]
    assume(differs)
    assert _mark(grade_norm([_full(expected)], [], acts, _full(given_))) == "wrong"


@given(one=PLACE)
def test_another_act_is_never_right(acts: Acts, one: dict[str, object]) -> None:
    assert _mark(grade_norm([_full(one)], [], acts, _full(one, "AsylG"))) == "wrong"


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("60c II Nr 3", "partly"),
        ("§60c Abs.2 S.1 Nr. 3 c", "right"),
        ("§ 60c", "partly"),
        ("60c II Nr 3 c", "right"),
        ("60c II Nr 3 d", "wrong"),
        ("60d II Nr 3 c", "wrong"),
        ("60c II Nr 3 c und § 61", "partly"),
        ("60c II Nr 3 c aa", "partly"),
    ],
)
def test_norms_by_hand(acts: Acts, typed: str, mark: str) -> None:
    assert _mark(grade_norm(["§ 60c Abs. 2 Nr. 3 Buchst. c AufenthG"], [], acts, typed)) == mark


def test_what_is_no_norm_is_asked_again(acts: Acts) -> None:
    assert isinstance(grade_norm(["§ 60c AufenthG"], [], acts, "keine Ahnung"), Text)


@pytest.mark.parametrize(
    ("typed", "lang", "light"),
    [
        ("grün", "de", "gruen"),
        ("GRUEN", "de", "gruen"),
        ("gr", "de", "gruen"),
        ("ge", "de", "gelb"),
        ("r", "de", "rot"),
        ("g", "en", "gruen"),
        ("yellow", "de", "gelb"),
        ("4", "de", "offen"),
        ("-", "de", "nichts"),
    ],
)
def test_lights(typed: str, lang: str, light: str) -> None:
    assert read_light(typed, lang) == light


@pytest.mark.parametrize("typed", ["g", "blau", "", "9", "²"])
def test_what_is_no_light_is_asked_again(typed: str) -> None:
    assert isinstance(read_light(typed, "de"), Text)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("01.02.2027", "right"), ("2027-02-01", "right"), ("1.2.2027", "right"), ("31.01.2027", "wrong")],
)
def test_days(typed: str, mark: str) -> None:
    assert _mark(grade_day(date(2027, 2, 1), typed)) == mark


@pytest.mark.parametrize("typed", ["31.02.2027", "bald", "0.0.0000"])
def test_what_is_no_day_is_asked_again(typed: str) -> None:
    assert isinstance(grade_day(date(2027, 2, 1), typed), Text)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("duldung_seit", "right"),
        ("Duldung seit", "right"),
        ("duldung-seit", "right"),
        ("schulpflichtig", "wrong"),
    ],
)
def test_missing_facts(packaged_book: Book, typed: str, mark: str) -> None:
    assert _mark(grade_missing(packaged_book, ["duldung_seit"], typed)) == mark


def test_every_label_names_its_fact(packaged_book: Book) -> None:
    for fact in packaged_book.vocabulary:
        assert _mark(grade_missing(packaged_book, [fact.name], fact.name)) == "right"


def test_steps() -> None:
    office = Text("Ausländerbehörde", "immigration authority")
    choices = [
        Choice("a", Text("Duldung verlängern", "renew"), Text("Person", "person"), office),
        Choice("b", Text("Antrag stellen", "apply"), Text("Person", "person"), office),
        Choice("c", Text("Schule suchen", "find a school"), Text("Person", "person"), Text("Amt", "office")),
    ]
    assert _mark(grade_step("b", choices, "2")) == "right"
    assert _mark(grade_step("b", choices, "1")) == "wrong"
    assert _mark(grade_step("b", choices, "den Antrag stellen")) == "right"
    assert _mark(grade_step("b", choices, "Ausländerbehörde")) == "partly"
    assert _mark(grade_step("b", choices, "Schule")) == "wrong"
    assert isinstance(grade_step("b", choices, "9"), Text)
    assert isinstance(grade_step("b", choices, "nichts"), Text)
