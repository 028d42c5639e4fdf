"""The first wrong step: what was hoped for and fails, what bars it, what lifts a bar, what is open."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from wegweiser.casebook.exercise import Exercise, prepare
from wegweiser.casebook.missteps import leaves
from wegweiser.casebook.model import Casebook, packaged_cases
from wegweiser.engine import Book
from wegweiser.engine.answers import Reason
from wegweiser.engine.networks import Networks


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


@pytest.fixture(scope="module")
def casebook(packaged_book: Book, networks: Networks) -> Casebook:
    return packaged_cases(packaged_book, networks)


def _exercise(name: str, casebook: Casebook, book: Book, networks: Networks) -> Exercise:
    case = casebook.find(name)
    assert case is not None
    return prepare(case, book, networks, Random(1))


def test_too_little_hope_leads_to_the_condition_that_is_met(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    exercise = _exercise("fall_043", casebook, packaged_book, networks)
    step = exercise.misstep(exercise.case.questions[0], "rot")
    assert step is not None
    assert step.condition is not None
    assert step.normen == ("§ 25a Abs. 1 Satz 1 AufenthG",)
    assert (step.met, step.condition.turns) == (True, date(2021, 6, 1))


def test_too_much_hope_leads_to_the_condition_that_fails(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    exercise = _exercise("fall_078", casebook, packaged_book, networks)
    step = exercise.misstep(exercise.case.questions[0], "gruen")
    assert step is not None
    assert step.condition is not None
    assert step.met is False


def test_what_is_open_leads_to_the_fact_that_is_missing(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    exercise = _exercise("fall_099", casebook, packaged_book, networks)
    step = exercise.misstep(exercise.case.questions[0], "rot")
    assert step is not None
    assert step.condition is not None
    assert step.met is None


def test_conditions_count_as_they_stand() -> None:
    told = Reason("fact", truth=True, name="a")
    unknown = Reason("fact", truth=None, name="b")
    negated = Reason("all", None, (Reason("not", truth=False, children=(told,)), unknown))
    assert [(leaf.name, met) for leaf, met in leaves(negated)] == [("a", False), ("b", None)]
    assert [met for _, met in leaves(Reason("unless", truth=True, children=(negated,)))] == [True, None]
    assert list(leaves(None)) == []


def test_the_choices_hold_the_first_step(packaged_book: Book, networks: Networks, casebook: Casebook) -> None:
    exercise = _exercise("fall_001", casebook, packaged_book, networks)
    rules = [one.rule for one in exercise.choices]
    assert exercise.case.first_step in rules
    assert len(rules) == len(set(rules)) == 4
    assert exercise.deviations == ()
