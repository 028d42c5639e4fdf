"""The ways to the targets of the real book, for the persons in `examples/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wegweiser.engine import (
    Answer,
    Book,
    Profile,
    ProfileError,
    Ways,
    check,
    find_ways,
    read_profile,
)
from wegweiser.engine.book import PERMISSIONS

DAY = date(2026, 11, 23)
NEVER = date.max
PERSONS = ("fatima", "mariam", "samir")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
AMOUNTS = (0, 1, 6, 12, 24, 36, 60, 1_000_000, 4_800_000, 5_200_000, 9_000_000)
"""Numbers, and amounts in cents."""


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def person(book: Book, name: str) -> Profile:
    source = (EXAMPLES / f"{name}.yaml").read_bytes()
    return read_profile(source, name, book, today=DAY, day=DAY)


def values(book: Book, name: str) -> list[Any]:
    fact = book.vocabulary.fact(name)
    kinds: dict[str, list[Any]] = {"bool": [True, False], "wahl": [*fact.werte]}
    return kinds.get(fact.typ, [*AMOUNTS])


def opens(answer: Answer, better: tuple[str, ...]) -> date:
    """The day from which an answer is open, as `check` says it."""
    said = answer.moeglich if answer.ergebnis == "unklar" else (answer.ergebnis,)
    if said and all(one in better for one in said):
        return DAY
    if answer.ergebnis == "noch_nicht" and better == PERMISSIONS and answer.ab is not None:
        return answer.ab
    return NEVER


def undated(answer: Answer) -> bool:
    """Whether it is open for certain, now or later, but a check does not tell from which day on."""
    said = set(answer.moeglich)
    return "noch_nicht" in said and said <= {*PERMISSIONS, "noch_nicht"}


def stronger(answer: Answer) -> tuple[str, ...]:
    """What is better than an answer."""
    said = answer.moeglich if answer.ergebnis == "unklar" else (answer.ergebnis,)
    if not said or not all(one in PERMISSIONS for one in said):
        return PERMISSIONS
    return PERMISSIONS[: max(PERMISSIONS.index(one) for one in said)]


def allowed(ways: Ways, fact: str, value: Any) -> date:
    """The first day that a way of one step gives a value."""
    days = [NEVER]
    for way in ways.ways:
        (step,) = way.steps
        spans = [span for span in step.spans if not isinstance(span[0], date)]
        within = any(low <= value and (high is None or value <= high) for low, high in spans)
        if step.fact == fact and (value in step.values or within):
            days.append(way.day)
    return min(days)


@pytest.mark.slow
@pytest.mark.parametrize("name", PERSONS)
def test_no_single_change_is_left_out(book: Book, name: str) -> None:
    """Every value of every fact that can be changed, against a check of the changed person."""
    profile = person(book, name)
    before = {answer.ziel: answer for answer in check(book, profile).answers}
    found = {target: find_ways(book, profile, target, 1) for target in before}
    single = ("bool", "wahl", "zahl", "geld")
    for fact in (fact for fact in book.vocabulary if fact.aenderbar and fact.typ in single):
        for value in values(book, fact.name):
            told = {**profile.stated, fact.name: value}
            changed = profile._replace(stated=told, unknown=profile.unknown - {fact.name})
            try:
                after = check(book, changed).answers
            except ProfileError:
                continue
            for answer in after:
                old = before[answer.ziel]
                if undated(answer) or undated(old) or book.targets[answer.ziel].held.get(fact.name) == value:
                    continue
                better = stronger(old)
                day = opens(answer, better)
                earlier = day if day < opens(old, better) else NEVER
                assert allowed(found[answer.ziel], fact.name, value) == earlier, (
                    answer.ziel,
                    fact.name,
                    value,
                )


@pytest.mark.parametrize("name", PERSONS)
def test_what_a_way_promises_a_check_keeps(book: Book, name: str) -> None:
    profile = person(book, name)
    for target in book.targets:
        ways = find_ways(book, profile, target, usual=True)
        better = stronger(ways.expected)
        for way in ways.ways:
            if undated(way.answer):
                assert way.day > DAY
                continue
            if any(isinstance(span[0], date) for step in way.steps for span in step.spans):
                assert opens(way.answer, better) <= way.day  # of one of the days; the way holds for all
            else:
                assert opens(way.answer, better) == way.day
            assert way.outcomes == (way.answer.moeglich or (way.answer.dann or way.answer.ergebnis,))
        assert not (ways.ways and ways.obstacles)


def test_a_toleration_for_training_makes_a_right_of_it(book: Book) -> None:
    ways = find_ways(book, person(book, "fatima"), "taetigkeit.ausbildung_betrieblich")
    assert ways.open
    assert [(step.fact, step.values) for step in ways.ways[0].steps] == [
        ("duldungsart", ("ausbildungsduldung_60c",))
    ]
    assert (ways.ways[0].day, ways.ways[0].outcomes) == (DAY, ("anspruch",))


@pytest.mark.parametrize("target", ["ausbildungsduldung_60c", "beschaeftigungsduldung_60d"])
def test_to_hold_a_toleration_is_no_way_to_it(book: Book, target: str) -> None:
    ways = find_ways(book, person(book, "fatima"), f"aufenthalt.{target}", usual=True).ways
    assert bool(ways) is (target == "ausbildungsduldung_60c")  # with a contract that is registered
    assert not any(target in step.values for way in ways for step in way.steps)


def test_who_entered_too_late_is_told_so(book: Book) -> None:
    ways = find_ways(book, person(book, "fatima"), "aufenthalt.beschaeftigungsduldung_60d", usual=True)
    assert [one.rule for one in ways.obstacles] == ["aufenthg_60d_1"]  # not the rule for those who hold it
    names = {reason.name for reason, _ in ways.obstacles[0].conditions}
    assert "einreise" in names
    assert "duldungsart" not in names


def test_conditions_within_definitions_are_told(book: Book) -> None:
    ways = find_ways(book, person(book, "fatima"), "aufenthalt.niederlassung_18c")
    assert {one.rule for one in ways.obstacles} >= {"aufenthg_18c_1_s1"}
    assert all(
        any(reason.name == "aufenthaltsstatus" for reason, _ in one.conditions) for one in ways.obstacles
    )


def test_who_has_to_live_in_a_reception_centre_cannot_change_that(book: Book) -> None:
    ways = find_ways(book, person(book, "samir"), "taetigkeit.selbstaendigkeit")
    assert (ways.ways, ways.day) == ((), None)
    names = {reason.name for one in ways.obstacles if one.bars for reason, _ in one.conditions}
    assert "wohnpflicht_aufnahmeeinrichtung" in names
