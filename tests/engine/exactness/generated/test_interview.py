"""Interviews on generated books: at every step they say what a check says, and ask only what it misses.

Or what tells something of a fact that it misses and that is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.engine.book import Book
from wegweiser.engine.errors import BookError, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.interview import Interview
from wegweiser.engine.profile import Profile

if TYPE_CHECKING:
    from tests.engine.exactness.generated.conftest import Case

FOCUSES = ("static", "relations", "mixed", "dates", "windows", "waiting", "pairs", "norms", "ages")


def answers(case: Case, random: Random) -> dict[str, Any]:
    """What the person knows: all that the profile tells, and of the rest about two thirds."""
    facts = case.data["vocabulary"]["facts"]
    known = dict(case.told)
    for name, values in case.unknown.items():
        if name in facts and random.random() < 0.7:
            known[name] = case.raw(name, random.choice(values))
    return known


def compare(now: Interview, book: Book, case: Case) -> set[str]:
    """Hold an interview against a check of what is told; gives the facts that the check misses."""
    profile = Profile.from_facts(now.entries, book.vocabulary, case.date)
    fresh = Evaluation(book, profile)
    verdicts = {target: fresh.verdict(target) for target in now.targets}
    assert {target: now.verdict(target) for target in now.targets} == verdicts
    assert set(now.open) == {target for target, found in verdicts.items() if found.ergebnis == "unklar"}
    missing = {name for found in verdicts.values() for name in found.fehlend}
    assert set(now.missing()) == missing
    return missing


def lead(case: Case, random: Random) -> int:
    """One whole interview; gives the number of questions, -1 where there is no case."""
    book = Book(case.data)
    try:
        book.compiled(book.epoch(case.day))
    except BookError:
        return -1
    known = answers(case, random)
    start = dict(random.sample(sorted(known.items()), random.choice((0, 0, 0, len(known) // 2))))
    try:
        now = Interview(book, start, case.date)
        question = now.question
        compare(now, book, case)
    except ProfileError:
        return -1
    asked: list[str] = []
    while question is not None:
        assert question in compare(now, book, case) or (now.profile.unknown and now.depending(question))
        assert question not in asked
        asked.append(question)
        try:
            after = now.told(question, known.get(question))
            following = after.question
        except ProfileError:  # what was drawn cannot be true of one person
            after = now.told(question, None)
            following = after.question
        now, question = after, following
    left = compare(now, book, case)
    assert left <= {*now.profile.unknown, *now.profile.stated}
    return len(asked)


@pytest.mark.fuzz
@pytest.mark.parametrize("focus", FOCUSES)
def test_an_interview_says_what_a_check_says(make_case: Callable[[Random, str], Case], focus: str) -> None:
    assert settings.default is not None
    questions: list[int] = []

    @settings(max_examples=max(1, settings.default.max_examples // 5))
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        questions.append(lead(make_case(random, focus), random))

    run()
    assert any(count > 0 for count in questions)
