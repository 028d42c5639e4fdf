"""Which cases go on sheets and into exams, and what their questions ask."""

import pytest

from wegweiser.casebook.model import Casebook, packaged_cases, solve
from wegweiser.casebook.sheets import POINTS, choose, draw_exam, items_of, licence
from wegweiser.engine import Book
from wegweiser.engine.networks import Networks


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


@pytest.fixture(scope="module")
def casebook(packaged_book: Book, networks: Networks) -> Casebook:
    return packaged_cases(packaged_book, networks)


def test_a_seed_gives_the_same_cases_and_another_seed_others(casebook: Casebook) -> None:
    cases = casebook.cases
    assert choose(cases, 10, 7) == choose(cases, 10, 7)
    assert choose(cases, 10, 7) != choose(cases, 10, 8)
    assert choose(cases, 3, None) == list(cases[:3])


def test_an_exam_mixes_the_levels_and_begins_with_the_easy_ones(casebook: Casebook) -> None:
    drawn = draw_exam(casebook.cases, 7, 1)
    assert [case.level for case in drawn] == [1, 1, 1, 2, 2, 3, 3]
    assert len({case.id for case in drawn}) == 7
    assert len(draw_exam(casebook.cases[:4], 9, 1)) == 4
    assert draw_exam([], 3, 1) == []


def test_a_sheet_names_its_licence() -> None:
    told = licence()
    assert told.id == "CC-BY-4.0"
    assert "CC BY 4.0" in told.line.de
    assert "CC BY 4.0" in told.line.en


def test_the_first_step_is_offered_among_steps_that_are_none_here(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    case = casebook.find("14")
    assert case is not None
    solved = solve(case, packaged_book, networks)
    items = items_of(case, solved, packaged_book, {}, casebook)
    assert [item.ask for item in items] == [asked.ask for asked in case.questions]
    step = items[-1]
    assert "Erlaubnis für die Ausbildung beantragen" in step.right[0].de
    assert len(step.wrong) == 3
    own = {one.was.de for one in solved.agenda.steps}
    assert not any(wrong.de.startswith(was) for wrong in step.wrong for was in own)
    assert sum(item.points for item in items) == sum(POINTS[asked.ask] for asked in case.questions)


def test_a_missing_fact_is_offered_among_facts_that_are_told(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    case = casebook.find("66")
    assert case is not None
    items = items_of(case, solve(case, packaged_book, networks), packaged_book, {}, casebook)
    missing = next(item for item in items if item.ask == "missing")
    assert missing.right == (packaged_book.vocabulary.fact("duldung_seit").label,)
    told = {packaged_book.vocabulary.fact(name).label for name in case.profile}
    assert set(missing.wrong) <= told
