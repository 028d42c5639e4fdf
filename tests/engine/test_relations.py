"""Facts that contradict each other are told with both entries and their lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from wegweiser.engine import Book, ProfileError, check, read_profile

if TYPE_CHECKING:
    from tests.engine.conftest import Books

DAY = date(2026, 11, 22)
RELATIONS = """\
relations:
  - {name: a, because: {de: So ist es., en: That is so.}, in_order: [geboren, angekommen, gemeldet]}
  - {name: b, norm: § 3 YG, implies: {if: {zimmer: true}, then: {kinder: {at_least: 1}}}}
  - {name: c, because: {de: c, en: c}, in_order: [angekommen, beginn], when: {status: gast}}
"""


@pytest.fixture
def book(books: Books) -> Book:
    return books.book({"relations.yaml": RELATIONS})


def faults(book: Book, text: str) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        check(book, read_profile(text, "fall.yaml", book, today=DAY))
    assert all(fault.text.de != fault.text.en for fault in caught.value.faults)
    return [fault.message() for fault in caught.value.faults]


def test_dates_out_of_order(book: Book) -> None:
    (said,) = faults(book, "status: gast\nangekommen: 2000-01-01\ngeboren: 2000-01-02\n")
    assert said.startswith("fall.yaml:3:1: geboren: geboren 2000-01-02 lies after angekommen 2000-01-01")
    assert "That is so." in said
    assert "geboren: line 3, angekommen: line 2" in said


def test_every_pair_that_is_out_of_order(book: Book) -> None:
    assert len(faults(book, "geboren: 2003-01-01\nangekommen: 2002-01-01\ngemeldet: 2001-01-01\n")) == 3


def test_an_implication(book: Book) -> None:
    (said,) = faults(book, "kinder: 0\nzimmer: true\n")
    assert "this does not go together: zimmer: true, kinder: 0 (§ 3 YG)" in said
    assert "zimmer: line 2, kinder: line 1" in said


def test_a_fact_that_does_not_exist_for_this_person(book: Book) -> None:
    (said,) = faults(book, "karte: rot\nstatus: buerger\n")
    assert "there is no “card” together with status: buerger" in said
    assert "karte: line 1, status: line 2" in said


@pytest.mark.parametrize(
    "text",
    [
        "geboren: 2000-01-01\nangekommen: 2000-01-01\n",
        "geboren: 2000-01-01\nangekommen: keine\ngemeldet: 2001-01-01\n",
        "zimmer: true\n",
        "zimmer: false\nkinder: 0\n",
        "karte: rot\n",
        "karte: rot\nstatus: gast\n",
        "karte: unbekannt\nstatus: buerger\n",
        "angekommen: 2026-01-02\nbeginn: 2026-01-01\nstatus: buerger\n",
        "angekommen: 2026-01-02\nbeginn: 2026-01-01\n",
    ],
)
def test_what_goes_together(book: Book, text: str) -> None:
    assert check(book, read_profile(text, "fall.yaml", book, today=DAY)).answers


def test_an_order_under_a_condition(book: Book) -> None:
    (said,) = faults(book, "angekommen: 2026-01-02\nbeginn: 2026-01-01\nstatus: gast\n")
    assert "angekommen 2026-01-02 lies after beginn 2026-01-01" in said


def test_silence_is_no_contradiction(books: Books) -> None:
    relation = (
        "relations:\n"
        "  - {name: a, because: {de: a, en: b}, implies: {if: {zimmer: true}, then: {ehrenamt: true}}}\n"
    )
    made = books.book({"relations.yaml": relation})
    with pytest.raises(ProfileError) as caught:
        check(made, read_profile("zimmer: true\n", "fall.yaml", made, today=DAY))
    assert "ehrenamt" in caught.value.faults[0].text.en or "zimmer" in caught.value.faults[0].text.en
