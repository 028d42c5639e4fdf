"""The timeline of generated persons equals a check on every single day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.engine.book import Book
from wegweiser.engine.errors import BookError, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile
from wegweiser.engine.schedules import Schedule, schedule, state

if TYPE_CHECKING:
    from tests.engine.exactness.generated.conftest import Case

TEN_YEARS = 3653
FOCUSES = (
    "waiting", "mixed", "dates", "windows", "pairs", "relations", "static", "norms", "future", "ages",
)  # fmt: skip


def compare(case: Case, days: Iterable[int]) -> None:
    """Compare the timeline of a case with the checks so many days after its first."""
    book = Book(case.data)
    try:
        book.compiled(book.epoch(case.day))
    except BookError:
        return
    profile = Profile.from_facts(case.told, book.vocabulary, case.date)
    try:
        found = schedule(book, profile)
    except ProfileError:
        with pytest.raises(ProfileError):
            Evaluation(book, profile).report()
        return
    for later in days:
        if not agree(book, profile, found, date.fromordinal(case.day + later)):
            return


def agree(book: Book, profile: Profile, found: Schedule, day: date) -> bool:
    """Compare one day; False from the day on that refuses the facts."""
    ended = found.ends is not None and found.ends[0] <= day
    try:
        person = Evaluation(book, profile.on(day, book.vocabulary))
        answers = {name: person.answer(name) for name in book.targets}
    except ProfileError:
        assert ended, f"{day}: refused, and the timeline goes on"
        return False
    assert not ended, f"{day}: the timeline has ended"
    for course in found.courses:
        step = course.on(day)
        said, answer = state(step.answer, moving=step.moving), answers[course.ziel]
        assert said == state(answer, moving=step.moving), f"{course.ziel} on {day}"
        if step.moving and step.answer.ab is not None:
            assert answer.ab is not None
            assert answer.ab >= step.answer.ab
    return True


def examples(share: float) -> settings:
    assert settings.default is not None
    return settings(max_examples=max(1, round(settings.default.max_examples * share)))


@pytest.mark.fuzz
@pytest.mark.parametrize("focus", FOCUSES)
def test_on_the_days_in_which_most_happens(make_case: Callable[[Random, str], Case], focus: str) -> None:
    @examples(0.1)
    @given(st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        case = make_case(random, focus)
        compare(case, [*range(45), *sorted(random.sample(range(45, TEN_YEARS), 5))])

    run()


@pytest.mark.fuzz
def test_on_every_single_day_of_ten_years(make_case: Callable[[Random, str], Case]) -> None:
    @examples(0.02)
    @given(st.randoms(use_true_random=False), st.sampled_from(FOCUSES))
    def run(random: Random, focus: str) -> None:
        compare(make_case(random, focus), range(TEN_YEARS))

    run()
