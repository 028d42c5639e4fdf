"""Laws of the engine, on the real rule book and generated persons."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.engine import Answer, Book, Profile, ProfileError, check

DAY = date(2026, 11, 22)
DECIDED = ("frei", "anspruch", "soll", "ermessen")
TARGETS = (
    "taetigkeit.beschaeftigung",
    "taetigkeit.ausbildung_betrieblich",
    "taetigkeit.praktikum_orientierung",
    "taetigkeit.betriebliche_massnahme",
)
CHOICES: dict[str, tuple[Any, ...]] = {
    "aufenthaltsstatus": ("duldung", "duldung", "aufenthaltsgestattung", "aufenthaltsgestattung", "deutsch"),
    "staatsangehoerigkeit": ("SY", "SY", "GE", "RS", "TR", "staatenlos"),
    "wohnpflicht_aufnahmeeinrichtung": (True, False, False),
    "asylverfahren_stand": ("laufend", "abgelehnt_rechtskraeftig", "anerkannt", "zurueckgenommen"),
    "asylantrag_gestellt": (True,),
    "schulpflichtig": (False, False, True),
    "nationalpass_gueltig": (True, False),
    "einreise_zum_leistungsbezug": (False, False, True),
    "abschiebungshindernis_selbst_verschuldet": (False, False, True),
    "massnahmen_aufenthaltsbeendigung": (False, False, True),
    "beschaeftigung_im_asylverfahren_erlaubt": (False, True),
    "dublin_verfahren": (False, False, True),
    "schutz_in_anderem_eu_staat": (False, False, True),
    "beschleunigtes_verfahren": (False, False, True),
    "mitwirkung_verletzt": (False, False, True),
    "unbegleitet_minderjaehrig": (False, False, True),
    "hochschulabschluss": ("keiner", "deutsch"),
    "identitaet_geklaert": (True, False),
}


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    """The real rule book."""
    return packaged_book


def person(random: Random) -> dict[str, Any]:
    """A person of whom everything is known that the rules of the first slice ask for."""
    facts: dict[str, Any] = {name: random.choice(values) for name, values in CHOICES.items()}
    born = date(random.choice((1985, 1998, 2008, 2009, 2011)), random.randint(1, 12), random.randint(1, 28))
    came = DAY - timedelta(days=random.choice((20, 85, 91, 95, 180, 190, 700, 1460, 1500)))
    later = came + timedelta(days=random.randint(0, (DAY - came).days))
    facts |= {"geburtsdatum": born, "ununterbrochen_seit": came, "asylantrag_registriert_am": came}
    facts |= {"asylantrag_gestellt_am": later}
    if facts["aufenthaltsstatus"] == "duldung":
        facts |= {
            "duldung_seit": later,
            "duldungsart": random.choice(("allgemein", "ausbildungsduldung_60c")),
        }
    return facts


def answers(book: Book, facts: dict[str, Any], day: date = DAY) -> tuple[Answer, ...] | None:
    """The answers, or None where the facts contradict each other."""
    try:
        return check(book, Profile.from_facts(facts, book.vocabulary, day), TARGETS).answers
    except ProfileError:
        return None


def possible(answer: Answer) -> set[str]:
    """Every outcome that an answer leaves open."""
    return set(answer.moeglich) or {answer.ergebnis}


@pytest.mark.fuzz
@settings(max_examples=max(10, settings.default.max_examples // 2) if settings.default else 50)
@given(seed=st.integers(0, 10**9))
def test_a_fact_that_becomes_known_only_narrows_the_answer(book: Book, seed: int) -> None:
    random = Random(seed)
    facts = person(random)
    known = answers(book, facts)
    if known is None:
        return
    fewer = dict(facts)
    before = known
    for name in random.sample(sorted(facts), 6):
        fewer = {other: value for other, value in fewer.items() if other != name}
        now = answers(book, fewer)
        assert now is not None
        for less, more in zip(now, before, strict=True):
            assert possible(more) <= possible(less), (name, less.ziel)
            if less.ergebnis != "unklar":
                assert (more.ergebnis, more.dann) == (less.ergebnis, less.dann), (name, less.ziel)
                if less.ab is not None and more.ab is not None:
                    assert more.ab <= less.ab
        before = now


@pytest.mark.fuzz
@settings(max_examples=max(10, settings.default.max_examples // 2) if settings.default else 50)
@given(seed=st.integers(0, 10**9))
def test_the_day_told_is_the_first_day(book: Book, seed: int) -> None:
    facts = person(Random(seed))
    for answer in answers(book, facts) or ():
        if answer.ergebnis != "noch_nicht":
            continue
        assert answer.ab is not None
        days = [answer.ab, answer.ab - timedelta(days=1)]
        then, eve = (answers(book, facts, day) for day in days)
        place = TARGETS.index(answer.ziel)
        assert then is not None
        assert then[place].ergebnis == answer.dann
        if days[1] > DAY:
            assert eve is not None
            assert (eve[place].ergebnis, eve[place].ab) == ("noch_nicht", answer.ab)
        if answer.bis is not None:
            behind = answers(book, facts, answer.bis + timedelta(days=1))
            assert behind is not None
            assert behind[place].ergebnis != answer.dann


def test_the_order_in_which_facts_are_looked_at_changes_no_answer(book: Book) -> None:
    random = Random(7)
    order = list(book.data["meta"]["order"])
    for _ in range(40):  # neighbours change places: any order would do, but some take minutes to compile
        place = random.randrange(2, len(order) - 1)
        order[place : place + 2] = reversed(order[place : place + 2])
    meta = {**book.data["meta"], "order": order}
    other = Book({**book.data, "meta": meta}, book.hash)
    for _ in range(12):
        facts = person(random)
        for name in random.sample(sorted(facts), 4):
            del facts[name]
        one, two = answers(book, facts), answers(other, facts)
        assert (one is None) == (two is None)
        for left, right in zip(one or (), two or (), strict=True):
            assert left._replace(fehlend=(), proof=right.proof, zustimmung_fehlend=()) == right._replace(
                fehlend=(), zustimmung_fehlend=()
            )
            assert set(left.fehlend) == set(right.fehlend)
            assert set(left.zustimmung_fehlend) == set(right.zustimmung_fehlend)
