"""Lines of many people say what checks of each say; single changes do open their targets."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from wegweiser import engine
from wegweiser.engine.batch import Line, screen
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.nearest import single_changes
from wegweiser.engine.profile import Profile

DAY = date(2026, 11, 22)
TITLES = ("18a", "25 Abs. 3", "104c")


def somebody(book: engine.Book, chance: Random) -> dict[str, Any]:
    """Any facts of the vocabulary, few or many, also such as contradict each other."""
    told = chance.choice((0.02, 0.1, 0.2, 0.4, 0.7))
    facts: dict[str, Any] = {}
    for fact in book.vocabulary:
        if fact.name != "aufenthaltsstatus" and chance.random() > told:
            continue
        if fact.typ == "bool":
            facts[fact.name] = chance.random() < 0.5
        elif fact.typ == "wahl":
            facts[fact.name] = chance.choice(fact.werte)
        elif fact.typ == "land":
            facts[fact.name] = chance.choice(("SY", "GE", "AF", "ungeklaert"))
        elif fact.typ in ("zahl", "geld"):
            facts[fact.name] = chance.choice((0, 1, 12, 33, 50_000))
        elif fact.typ == "norm":
            facts[fact.name] = chance.choice(TITLES)
        elif fact.typ == "datum":
            days = chance.randrange(-400, 4000) if fact.future else chance.randrange(0, 4000)
            facts[fact.name] = DAY - timedelta(days=days)
    return facts


def profiles(book: engine.Book, seed: int, count: int) -> list[Profile]:
    """People whose facts go together."""
    chance = Random(seed)
    found: list[Profile] = []
    while len(found) < count:
        facts = somebody(book, chance)
        while True:
            try:
                profile = Profile.from_facts(facts, book.vocabulary, DAY)
                engine.check(book, profile, [])
            except ProfileError as error:
                wrong = {fault.key for fault in error.faults}
                facts = {name: value for name, value in facts.items() if name not in wrong}
            else:
                found.append(profile)
                break
    return found


@pytest.fixture(scope="module")
def book(packaged_book: engine.Book) -> engine.Book:
    return packaged_book


@pytest.mark.parametrize("seed", range(3))
def test_lines_equal_checks(book: engine.Book, seed: int) -> None:
    outcomes = set()
    for profile in profiles(book, seed, 6):
        answers = []
        try:
            lines = screen(book, profile, list(book.targets))
        except ProfileError:  # facts that no person can have are found by the search alone
            with pytest.raises(ProfileError):
                engine.check(book, profile)
            continue
        for answer in engine.check(book, profile).answers:
            usual = answer.voraussichtlich
            dated = usual or answer
            answers.append(
                Line(
                    answer.ziel,
                    answer.ergebnis,
                    dated.dann,
                    dated.ab,
                    answer.fehlend,
                    answer.ab_fehlend,
                    answer.moeglich,
                    usual and usual.ergebnis,
                )
            )
        assert list(lines) == answers
        shorter = [line._replace(fehlend=(), ab_fehlend=(), moeglich=()) for line in lines]
        assert list(screen(book, profile, list(book.targets), missing=False)) == shorter
        outcomes |= {line.ergebnis for line in lines}
    assert {"nein", "unklar", "frei"} <= outcomes


def test_lines_come_in_the_order_asked_for(book: engine.Book) -> None:
    (profile,) = profiles(book, 7, 1)
    targets = list(book.targets)[:5][::-1]
    assert [line.ziel for line in screen(book, profile, targets)] == targets


def test_before_the_coverage_nothing_is_said(book: engine.Book) -> None:
    profile = Profile.from_facts({"aufenthaltsstatus": "duldung"}, book.vocabulary, date(2010, 1, 1))
    assert {line.ergebnis for line in screen(book, profile, list(book.targets))} == {"unklar"}
    assert single_changes(book, profile, list(book.targets)) == []


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("fatima", {}),
        ("fatima", {"duldungsart": "ungeklaerte_identitaet_60b"}),
        ("fatima", {"duldung_seit": date(2026, 9, 30)}),
        ("mariam", {}),
        ("samir", {}),
    ],
)
def test_single_changes_are_the_ways_of_one_step(book: engine.Book, name: str, more: dict[str, Any]) -> None:
    """The same facts and days as `find_ways`, where a check of the changed person tells the day."""
    path = Path(__file__).parents[2] / "examples" / f"{name}.yaml"
    told = engine.read_profile(path.read_bytes(), name, book, today=DAY)
    profile = told._replace(stated={**told.stated, **more}, day=DAY)
    changes = single_changes(book, profile, list(book.targets))
    found = {(change.ziel, change.fakt): change.ab or DAY for change in changes}
    expected: dict[tuple[str, str], date] = {}
    for target in book.targets:
        ways = engine.find_ways(book, profile, target, 1, usual=True)
        for way in () if ways.open else ways.ways:
            (step,) = way.steps
            dated = way.day == DAY or way.answer.ergebnis == "noch_nicht"
            if dated and book.vocabulary.fact(step.fact).typ != "datum":
                expected[target, step.fact] = min(way.day, expected.get((target, step.fact), date.max))
    assert found == expected
    assert found
