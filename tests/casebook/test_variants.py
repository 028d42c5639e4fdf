"""Variants: each is evaluated anew, flips the light, and is neither open nor disputed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest
from hypothesis import settings

from wegweiser.casebook.model import Case, Casebook, packaged_cases
from wegweiser.casebook.variants import Change, Variant, question, variants, verify
from wegweiser.engine import Book
from wegweiser.engine.networks import Networks

CHEAP = ("fall_016", "fall_028", "fall_034", "fall_039", "fall_052", "fall_058")
"""Cases of different themes whose variants take the engine little time."""


@pytest.fixture(scope="module")
def casebook(packaged_book: Book) -> Casebook:
    return packaged_cases(packaged_book, Networks(packaged_book))


def _good(variant: Variant, book: Book) -> None:
    """Check what a variant must hold, without the code that made it where that is possible."""
    assert verify(variant, book)
    assert 1 <= len(variant.changes) <= 2
    assert variant.light in ("gruen", "gelb", "rot")
    assert variant.light != variant.light_before
    assert variant.answer.ergebnis != "unklar"
    assert all(note.art != "rechtsfrage" for note in variant.answer.hinweise)
    changed = {name for name, value in variant.facts.items() if variant.case.profile.get(name) != value}
    assert changed == {change.fact for change in variant.changes if change.fact}
    text = question(variant, book)
    assert text.de != text.en
    for change in variant.changes:
        assert str(change.value) not in ("None", "")
        if isinstance(change.value, date):
            assert change.value.isoformat() in text.en
            assert f"{change.value:%d.%m.%Y}" in text.de


def _many(case: Case, book: Book, random: Random, depth: int) -> Iterator[Variant]:
    """Variants of a case, then variants of these as cases of their own."""
    found = []
    for one in variants(case, book, random):
        found.append(one)
        yield one
    if depth > 1:
        for one in found:
            other = case._replace(profile=one.facts, day=one.day)
            yield from _many(other, book, random, depth - 1)


@pytest.mark.fuzz
def test_variants_are_sound(packaged_book: Book, casebook: Casebook) -> None:
    """20 of cheap cases in `make test`, 1,000 of all cases in `make fuzz`."""
    count = max(20, settings().max_examples // 5)
    random = Random(1)
    cases = sorted(casebook.cases, key=lambda case: (case.id not in CHEAP, random.random()))
    depth = 1 if count < 100 else 2
    found = list(islice((one for case in cases for one in _many(case, packaged_book, random, depth)), count))
    assert len(found) == count
    for variant in found:
        _good(variant, packaged_book)


def test_a_boundary_is_one_day_wide(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("fall_048")
    assert case is not None
    found = [one for one in islice(variants(case, packaged_book, Random(1)), 3) if one.boundary is not None]
    assert found
    for variant in found:
        (change,) = variant.changes
        assert variant.boundary is not None
        assert abs(change.value - variant.boundary) == timedelta(days=1)
        beside = variant._replace(
            facts={**variant.facts, change.fact: variant.boundary} if change.fact else variant.facts,
            day=variant.day if change.fact else variant.boundary,
        )
        assert not verify(beside, packaged_book)
        _good(variant, packaged_book)


def test_the_same_number_gives_the_same_variants(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("fall_028")
    assert case is not None
    twice = [[one.changes for one in islice(variants(case, packaged_book, Random(3)), 3)] for _ in range(2)]
    assert twice[0] == twice[1]


def test_a_false_variant_is_noticed(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("fall_034")
    assert case is not None
    variant = next(variants(case, packaged_book, Random(1)))
    assert not verify(variant._replace(facts=case.profile, day=case.day), packaged_book)


def test_a_case_can_refuse_variants(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.cases[0]._replace(variants=False)
    assert list(variants(case, packaged_book, Random(1))) == []


def test_a_question_says_what_is_new(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("fall_034")
    assert case is not None
    variant = next(variants(case, packaged_book, Random(1)))
    told = variant._replace(changes=(Change("duldung_seit", date(2026, 8, 22), date(2026, 8, 21)),))
    assert "22.08.2026 (statt 21.08.2026)" in question(told, packaged_book).de
    assert "2026-08-22 (not 2026-08-21)" in question(told, packaged_book).en
    unknown = variant._replace(changes=(Change("duldung_seit", date(2026, 8, 22), None),))
    assert "this is known now" in question(unknown, packaged_book).en
