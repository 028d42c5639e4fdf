"""The days on which an application can be made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile

if TYPE_CHECKING:
    from tests.engine.exactness.conftest import Plain

DAY = date(2026, 1, 10)
Days = tuple[date | None, date | None]


def _answer(
    plain: type[Plain], antrag: list[Any], told: dict[str, Any], when: list[Any] | None = None
) -> Days:
    book = plain.book([plain.rule("r", when=when, outcome="soll", antrag=antrag)])
    (answer,) = Evaluation(book, Profile.from_facts(told, book.vocabulary, DAY)).report(["z.eins"]).answers
    return answer.antrag_ab, answer.antrag_bis


def _since(fact: str, days: int) -> list[Any]:
    return ["fact", fact, "since", {"period": [0, days]}]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"d1": date(2026, 1, 3), "d2": date(2026, 1, 9)}, (date(2026, 1, 8), date(2026, 1, 18))),
        ({"d1": date(2026, 1, 3), "d2": "keine"}, (date(2026, 1, 8), None)),
        ({"d1": date(2026, 1, 9), "d2": date(2026, 1, 9)}, (date(2026, 1, 14), date(2026, 1, 18))),
        ({"d1": date(2026, 1, 3), "d2": date(2026, 1, 1)}, (date(2026, 1, 8), date(2026, 1, 10))),
        ({"d1": date(2026, 1, 3), "d2": date(2025, 12, 31)}, (None, None)),
        ({"d1": date(2026, 1, 3)}, (None, None)),
    ],
    ids=["now", "no end", "next", "last day", "over", "unknown"],
)
def test_the_stretch_of_today_or_the_next(plain: type[Plain], told: dict[str, Any], expected: Days) -> None:
    assert _answer(plain, ["all", _since("d1", 5), ["not", _since("d2", 10)]], told) == expected


def test_the_days_belong_to_the_rules_that_carry_the_answer(plain: type[Plain]) -> None:
    late = ["fact", "d1", "since", {"period": [0, 9]}]
    assert _answer(plain, _since("d1", 5), {"d1": date(2026, 1, 9)}, late) == (date(2026, 1, 14), None)
    assert _answer(plain, _since("d1", 5), {"d1": "keine"}, late) == (None, None)
