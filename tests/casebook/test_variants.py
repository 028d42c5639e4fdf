"""Variants are smallest changes, other and clear answers, and no case gets one that cannot be solved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import settings

from wegweiser.casebook.model import Case, Casebook, packaged_cases
from wegweiser.casebook.variants import Variant, find_variants, is_clear, one_variant
from wegweiser.cli.light import light
from wegweiser.engine import Book, ProfileError
from wegweiser.engine.answers import Answer, Hinweis
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.networks import Networks
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text

DULDUNG = "aufenthalt.ausbildungsduldung_60c"


@pytest.fixture(scope="module")
def casebook(packaged_book: Book) -> Casebook:
    return packaged_cases(packaged_book, Networks(packaged_book))


@pytest.fixture(scope="module")
def training(casebook: Casebook) -> Case:
    found = casebook.find("15")
    assert found is not None
    return found


def answer(case: Case, book: Book, variant: Variant, **more: object) -> Answer:
    facts = {**case.profile, **variant.changes, **more}
    profile = Profile.from_facts(facts, book.vocabulary, variant.day)
    return Evaluation(book, profile).answer(variant.target)


def test_each_variant_turns_the_light_and_is_clear(packaged_book: Book, training: Case) -> None:
    found = list(find_variants(training, packaged_book, DULDUNG, light))
    assert found
    for variant in found:
        again = answer(training, packaged_book, variant)
        assert again._replace(proof=variant.after.proof) == variant.after
        assert light(variant.after, variant.day) != light(variant.before, training.day)
        assert is_clear(variant.before)
        assert is_clear(variant.after)


def test_a_changed_date_is_the_day_on_which_the_answer_turns(packaged_book: Book, training: Case) -> None:
    dated = [
        (variant, name, value)
        for variant in find_variants(training, packaged_book, "foerderung.bab", light)
        for name, value in variant.changes.items()
        if isinstance(value, date)
    ]
    assert dated
    for variant, name, value in dated:
        told = variant.told[name]
        assert isinstance(told, date)
        nearer = value + timedelta(days=1 if told > value else -1)
        before = answer(training, packaged_book, variant, **{name: nearer})
        assert light(before, training.day) != light(variant.after, variant.day)


def test_no_part_of_a_pair_is_enough(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("70")
    assert case is not None
    target = "aufenthalt.ae_qualifiziert_geduldet_19d"
    pairs = [one for one in find_variants(case, packaged_book, target, light) if len(one.changes) > 1]
    assert [set(one.changes.values()) for one in pairs] == [{"b1"}]
    for variant in pairs:
        for name in variant.changes:
            part = variant._replace(changes={name: variant.changes[name]})
            assert _light_of_part(case, packaged_book, part) in (None, light(variant.before, case.day))


def _light_of_part(case: Case, book: Book, part: Variant) -> str | None:
    """The light of one of two changes; None where no person can be so."""
    try:
        return light(answer(case, book, part), case.day)
    except ProfileError:
        return None


def test_the_question_names_the_change_and_not_the_answer(packaged_book: Book, training: Case) -> None:
    found = find_variants(training, packaged_book, DULDUNG, light)
    variant = next(one for one in found if one.changes)
    fact = packaged_book.vocabulary.fact(next(iter(variant.changes)))
    label = packaged_book.targets[DULDUNG].label
    for lang in ("de", "en"):
        assert fact.label.get(lang) in variant.question.get(lang)
        assert label.get(lang) in variant.question.get(lang)


def test_facts_that_an_authority_judges_stay(packaged_book: Book, casebook: Casebook) -> None:
    judged = {fact.name for fact in packaged_book.vocabulary if fact.judged_by}
    assert judged
    assert not [one for one in _all(casebook, packaged_book, 1) if judged & one.changes.keys()]


def test_a_case_can_refuse_variants(packaged_book: Book, training: Case) -> None:
    refused = training._replace(variants=False)
    assert not list(find_variants(refused, packaged_book, DULDUNG, light))


def test_an_open_answer_is_not_clear(packaged_book: Book, training: Case) -> None:
    profile = Profile.from_facts(training.profile, packaged_book.vocabulary, training.day)
    sure = Evaluation(packaged_book, profile).answer(DULDUNG)
    disputed = Hinweis("rechtsfrage", Text("strittig", "disputed"), sure.normen[0], None)
    assert is_clear(sure)
    assert not is_clear(sure._replace(hinweise=(disputed,)))
    assert not is_clear(sure._replace(ergebnis="unklar"))
    assert not is_clear(sure._replace(fehlend=("einreise",)))
    assert not is_clear(sure._replace(beginn_gesichert=False))


def test_a_seed_gives_the_same_variant_again(packaged_book: Book, training: Case) -> None:
    first = one_variant(training, packaged_book, training.targets, light, Random(7))
    again = one_variant(training, packaged_book, training.targets, light, Random(7))
    assert first is not None
    assert again is not None
    assert (first.target, first.changes) == (again.target, again.changes)


def test_the_day_from_which_a_permission_holds_is_a_variant(packaged_book: Book, casebook: Casebook) -> None:
    case = casebook.find("1")
    assert case is not None
    first = next(find_variants(case, packaged_book, DULDUNG, light))
    assert not first.changes
    assert first.day == first.before.ab
    assert first.after.ergebnis == first.before.dann


@pytest.mark.fuzz
@pytest.mark.slow
def test_no_variant_is_unsolvable_or_ambiguous(packaged_book: Book, casebook: Casebook) -> None:
    """Variants of the persons of the rule book's examples, each worked out once more."""
    wanted = min(1000, settings().max_examples // 5)
    examples = list(packaged_book.examples)
    Random(6).shuffle(examples)
    variants = (one for example in examples for one in _of_example(example, casebook.cases[0], packaged_book))
    count = 0
    for case, variant in islice(variants, wanted):
        count += 1
        again = answer(case, packaged_book, variant)
        assert is_clear(again), variant.question
        assert light(again, variant.day) in ("gruen", "gelb", "rot", "nichts"), variant.question
        assert light(again, variant.day) != light(variant.before, case.day), variant.question
    assert count == wanted


def _of_example(example: dict[str, Any], like: Case, book: Book) -> Iterator[tuple[Case, Variant]]:
    for day, targets in example["expect"].items():
        case = like._replace(profile=_told(example), day=date.fromisoformat(day))
        for target in targets:
            yield from ((case, one) for one in find_variants(case, book, target, light))


def _told(example: dict[str, Any]) -> dict[str, Any]:
    given = example["given"].items()
    return {fact: Decimal(str(value)) if isinstance(value, float) else value for fact, value in given}


def _all(casebook: Casebook, book: Book, most: int | None) -> Iterator[Variant]:
    for case in casebook.cases[:most]:
        for target in case.targets:
            yield from find_variants(case, book, target, light)
