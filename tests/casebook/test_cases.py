"""Every case of the casebook is a test: what it expects from the law is what the rule book answers."""

from __future__ import annotations

import pytest

from wegweiser.casebook.model import Casebook, packaged_cases
from wegweiser.casebook.replay import replay
from wegweiser.engine import Book
from wegweiser.engine.networks import Networks


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


@pytest.fixture(scope="module")
def casebook(packaged_book: Book, networks: Networks) -> Casebook:
    return packaged_cases(packaged_book, networks)


def test_every_case_holds(packaged_book: Book, networks: Networks, casebook: Casebook) -> None:
    wrong = [one for case in casebook.cases for one in replay(case, packaged_book, networks)]
    assert wrong == []


def test_there_are_enough_cases_of_every_level(casebook: Casebook) -> None:
    assert len(casebook.cases) >= 60
    assert {case.level for case in casebook.cases} == {1, 2, 3}
    assert {theme for case in casebook.cases for theme in case.themes} == set(casebook.themes)
