"""Lines of many people say what checks of each say; single changes do open their targets."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from wegweiser import engine
from wegweiser.engine.batch import Line, is_open, screen
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


def test_single_changes_open_their_targets_and_none_is_left_out(book: engine.Book) -> None:
    """Against every value of every fact that can be changed, one after the other."""
    some = 0
    for name in ("fatima", "samir"):
        path = Path(__file__).parents[2] / "examples" / f"{name}.yaml"
        told = engine.read_profile(path.read_bytes(), name, book, today=DAY)
        barred = {**told.stated, "duldungsart": "ungeklaerte_identitaet_60b", "aufenthaltsstatus": "duldung"}
        profile = told._replace(stated=barred, day=DAY)
        closed = [line.ziel for line in screen(book, profile, list(book.targets)) if not is_open(line)]
        found = {(change.ziel, change.fakt) for change in single_changes(book, profile, closed)}
        expected = set()
        for fact in book.vocabulary:
            if not fact.aenderbar or fact.typ not in ("bool", "wahl") or fact.name in profile.derived:
                continue
            for value in (True, False) if fact.typ == "bool" else fact.werte:
                other = profile._replace(
                    stated={**profile.stated, fact.name: value}, unknown=profile.unknown - {fact.name}
                )
                try:
                    lines = screen(book, other, closed)
                except ProfileError:
                    continue
                expected |= {(line.ziel, fact.name) for line in lines if is_open(line)}
        kinds = {fact.name for fact in book.vocabulary if fact.typ in ("bool", "wahl")}
        assert {pair for pair in found if pair[1] in kinds} == expected
        some += len(expected)
    assert some
