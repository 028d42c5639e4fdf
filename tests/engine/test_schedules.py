"""The timeline on the project's own rule book, and what it says of small ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser import engine
from wegweiser.engine import Answer, Book, Profile, ProfileError, schedule
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.schedules import Schedule, state

if TYPE_CHECKING:
    from tests.engine.conftest import Books

PEOPLE = 20
RANDOM_DAYS = 200
SOME = 8
"""So many targets are compared on a random day."""
TEN_YEARS = 3653
TODAY = date(2026, 11, 23)
MOST_CHECKS = 20
"""So many single checks a timeline may cost."""
ONE = timedelta(days=1)


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


@pytest.fixture(scope="module")
def people(book: Book) -> list[Profile]:
    """People of the worked examples on one day; every third with a fact left out."""
    random = Random(20261123)
    examples = [one for one in book.examples if len(one["given"]) > 5]
    found: list[Profile] = []
    while len(found) < PEOPLE:
        facts = dict(random.choice(examples)["given"])
        if len(found) % 3 == 0:
            facts.pop(random.choice([name for name in facts if name != "aufenthaltsstatus"]))
        with suppress(ProfileError):
            profile = Profile.from_facts(facts, book.vocabulary, TODAY)
            engine.check(book, profile)
            found.append(profile)
    return found


def compare(book: Book, profile: Profile, found: Schedule, days: Mapping[date, Collection[str]]) -> None:
    """Compare the timeline with checks of some targets on each day."""
    courses = {course.ziel: course for course in found.courses}
    for day, targets in sorted(days.items()):
        ended = found.ends is not None and found.ends[0] <= day
        try:
            answers = engine.check(book, profile.on(day, book.vocabulary), list(targets)).answers
        except ProfileError:
            assert ended
            return
        assert not ended or len(targets) < len(courses)
        for answer in answers:
            course = courses[answer.ziel]
            step = course.on(day)
            said = state(step.answer, moving=step.moving)
            assert said == state(answer, moving=step.moving), f"{course.ziel} on {day}"


@pytest.mark.parametrize("number", range(PEOPLE))
def test_it_equals_a_check_on_days_of_change_their_neighbours_and_random_days(
    book: Book, people: list[Profile], number: int
) -> None:
    """On each random day some of the targets, on the others those that change too: all take minutes."""
    profile = people[number]
    found = schedule(book, profile)
    random, targets = Random(number), list(book.targets)
    drawn = random.sample(range(TEN_YEARS), RANDOM_DAYS)
    days = {profile.day + timedelta(days=one): set(random.sample(targets, SOME)) for one in drawn}
    for change in found.changes:
        for day in (change.day - ONE, change.day, change.day + ONE):
            days.setdefault(day, set()).add(change.ziel)
    compare(book, profile, found, days)


@pytest.mark.fuzz
@pytest.mark.slow
@pytest.mark.parametrize("number", range(PEOPLE))
def test_it_equals_a_check_on_every_day(
    book: Book, people: list[Profile], number: int, request: pytest.FixtureRequest
) -> None:
    if "fuzz" not in (request.config.getoption("-m") or ""):
        pytest.skip("takes minutes: make fuzz")
    profile = people[number]
    found = schedule(book, profile)
    days = {profile.day + timedelta(days=one): list(book.targets) for one in range(TEN_YEARS)}
    compare(book, profile, found, days)


def cost(book: Book, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> float:
    """How many single checks a timeline is worth: answers asked for by answers of one check."""
    asked = 0
    answer = Evaluation.answer

    def counted(self: Evaluation, target: str) -> Answer:
        nonlocal asked
        asked += book.targets[target].treated_at_all
        return answer(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Evaluation, "answer", counted)
        engine.check(book, profile)
        single, asked = asked, 0
        schedule(book, profile)
    return asked / single


@pytest.mark.parametrize("number", range(PEOPLE))
def test_it_costs_at_most_twenty_single_checks(
    book: Book, people: list[Profile], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cost(book, people[number], monkeypatch) <= MOST_CHECKS


@pytest.mark.parametrize("status", ["duldung", "aufenthaltsgestattung", "aufenthaltserlaubnis"])
def test_so_it_does_where_next_to_nothing_is_known(
    book: Book, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    profile = Profile.from_facts({"aufenthaltsstatus": status}, book.vocabulary, TODAY)
    assert cost(book, profile, monkeypatch) <= MOST_CHECKS


# --- periods of stay -------------------------------------------------------------------------

STAYS: dict[str, dict[str, Any]] = {
    "days that are counted go up": {
        "geburtsdatum": "2009-01-15",
        "aufenthaltszeiten": [
            {"status": "aufenthaltsgestattung", "von": "2026-09-01", "bis": "2026-10-31"},
            {"status": "duldung", "duldungsart": "ungeklaerte_identitaet_60b", "von": "2026-11-01"},
        ],
    },
    "a period ends, and nobody knows what follows": {
        "geburtsdatum": "2009-01-15",
        "staatsangehoerigkeit": "SY",
        "aufenthaltszeiten": [
            {"status": "duldung", "duldungsart": "allgemein", "von": "2026-10-01", "bis": "2027-02-28"}
        ],
    },
    "what is told is contradicted tomorrow": {
        "tage_duldung_60b": 23,
        "aufenthaltszeiten": [
            {"status": "duldung", "duldungsart": "ungeklaerte_identitaet_60b", "von": "2026-11-01"}
        ],
    },
}


@pytest.mark.parametrize("facts", STAYS.values(), ids=STAYS)
def test_what_follows_from_periods_of_stay_moves_with_the_day(book: Book, facts: dict[str, Any]) -> None:
    profile = Profile.from_facts(facts, book.vocabulary, TODAY)
    found = schedule(book, profile)
    days = {TODAY + timedelta(days=one) for one in (*range(3), 38, 39, 53, 97, 98, 99, 400)}
    for day in sorted(days):
        read = None
        with suppress(ProfileError):
            read = Profile.from_facts(facts, book.vocabulary, day)
        if read is None:
            assert found.ends == (day, found.ends[1] if found.ends else ())
            return
        moved = profile.on(day, book.vocabulary)
        assert (moved.stated, moved.derived, moved.day) == (read.stated, read.derived, day)
    compare(book, profile, found, {day: list(book.targets) for day in days})


# --- small books -----------------------------------------------------------------------------

DAY = date(2026, 11, 22)
RULES = """\
derived:
  - {name: alter, norm: Abs. 9, age_of: geboren, label: {de: Alter, en: age}}
rules:
  - id: wartet
    norm: Abs. 1
    targets: [arbeit.stelle]
    when: {status: gast, angekommen: {since: P3M}}
    outcome: soll
    zustimmung_ba: erforderlich
    because: {de: a, en: b}
  - id: jung
    norm: Abs. 2
    targets: [arbeit.leihe]
    when: {alter: {below: 27}}
    outcome: ermessen
    because: {de: a, en: b}
  - id: befristet
    norm: Abs. 3
    in_force: {to: 2027-06-30}
    targets: [kurs.deutsch]
    outcome: nein
    prevails_over: [all]
    because: {de: a, en: b}
"""


def timeline(book: Book, until: date | None = None, **facts: Any) -> Schedule:
    return schedule(book, Profile.from_facts(facts, book.vocabulary, DAY), until=until)


def told(found: Schedule) -> list[tuple[str, str, str, str]]:
    return [(f"{one.day}", one.ziel, one.before.ergebnis, one.after.ergebnis) for one in found.changes]


def test_periods_ages_and_wordings_with_cause_and_norm(books: Books) -> None:
    book = books.law(RULES)
    found = timeline(book, status="gast", geboren=date(2003, 2, 14), angekommen=date(2026, 10, 1))
    assert told(found) == [
        ("2027-01-01", "arbeit.stelle", "noch_nicht", "soll"),
        ("2027-07-01", "kurs.deutsch", "noch_nicht", "frei"),
        ("2030-02-14", "arbeit.leihe", "ermessen", "nein"),
    ]
    waited, wording, age = (one.causes for one in found.changes)
    assert [(one.kind, one.fact, one.op, one.period, one.since, one.normen) for one in waited] == [
        ("frist", "angekommen", "since", "P3M", date(2026, 10, 1), ("§ 1 Abs. 1 XG",))
    ]
    assert [(one.kind, one.name, one.normen) for one in wording] == [
        ("fassung_endet", "befristet", ("§ 1 Abs. 3 XG",))
    ]
    assert [(one.kind, one.period, one.normen) for one in age] == [("alter", "P27Y", ("§ 1 Abs. 2 XG",))]


def test_until_is_included(books: Books) -> None:
    book = books.law(RULES)
    facts: dict[str, Any] = {"status": "gast", "geboren": date(2003, 2, 14), "angekommen": date(2026, 10, 1)}
    assert len(told(timeline(book, date(2027, 7, 1), **facts))) == 2
    assert len(told(timeline(book, date(2027, 6, 30), **facts))) == 1


def test_a_first_day_that_moves_is_one_step(books: Books) -> None:
    relation = """\
relations:
  - {name: r, because: {de: a, en: b}, in_order: [gemeldet, angekommen]}
  - name: s
    because: {de: a, en: b}
    implies: {if: {status: gast}, then: {not: {angekommen: keine}}}
"""
    book = books.law(RULES, relations=relation)
    found = timeline(book, status="gast", geboren=date(2003, 2, 14), gemeldet=date(2026, 11, 1))
    course = next(one for one in found.courses if one.ziel == "arbeit.stelle")
    first = course.steps[0]
    assert first.moving
    assert first.answer.ab == date(2027, 2, 22)
    assert [step.answer.ergebnis for step in course.steps] == ["noch_nicht", "unklar"]
    assert course.steps[1].day == date(2027, 2, 1)
    (change,) = (one for one in found.changes if one.ziel == "arbeit.stelle")
    assert [(one.kind, one.fact) for one in change.causes] == [("offen", "angekommen")]


def test_it_ends_where_the_facts_no_longer_fit(books: Books) -> None:
    child = "zimmer: {typ: bool, only_if: {alter: {below: 25}},"
    text = books.base["facts/person.yaml"].replace("zimmer: {typ: bool,", child)
    book = books.book({"facts/person.yaml": text, "laws/xg/p1.yaml": f'act: XG\nsection: "1"\n{RULES}'})
    facts: dict[str, Any] = {"status": "gast", "geboren": date(2003, 2, 14), "angekommen": date(2026, 10, 1)}
    found = timeline(book, zimmer=True, **facts)
    assert found.ends is not None
    assert found.ends[0] == date(2028, 2, 14)
    assert "„Zimmer“ gibt es nicht" in found.ends[1][0].text.de
    assert max(change.day for change in found.changes) < found.ends[0]
    with pytest.raises(ProfileError):
        timeline(book, zimmer=True, **{**facts, "geboren": date(1990, 1, 1)})


def test_days_that_are_still_to_come(books: Books) -> None:
    text = books.base["facts/person.yaml"].replace(
        "beginn: {typ: datum, future: true,", "beginn: {typ: datum, future: true, expires: true,"
    )
    book = books.book({"facts/person.yaml": text})
    found = timeline(book, status="gast", beginn=date(2027, 3, 1))
    assert [tuple(one) for one in found.documents] == [(date(2027, 3, 1), "beginn", True)]
    assert timeline(book, date(2027, 2, 28), status="gast", beginn=date(2027, 3, 1)).documents == ()
