"""Open questions of law on settlement and naturalisation show exactly where they matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, check
from wegweiser.engine.examples import person

Facts = dict[str, Any]
DAY = "2026-11-22"
SUBSIDIARY = "Subsidiary protection at discretion, the day before and the day"
FIVE_YEARS = "Five years, the last day before and the day itself"
NATURALISATION = "Five years, the day before and the day"
LATE_PERMIT: Facts = {"titel_norm": "§ 25b", "aufenthaltserlaubnis_seit": date(2023, 5, 1)}
REJECTED: Facts = {"asylverfahren_stand": "abgelehnt_rechtskraeftig"}
LONG_PERMIT: Facts = {"aufenthaltserlaubnis_seit": date(2021, 11, 22)}
ACHIEVEMENTS: Facts = {"deutschniveau": "c1", "besondere_integrationsleistung": True}
SHORT: Facts = {"aufenthaltserlaubnis_seit": date(2022, 10, 29), "ununterbrochen_seit": date(2021, 1, 1)}
SHORTER: Facts = SHORT | {"aufenthaltserlaubnis_seit": date(2022, 10, 30)}
FAMILY: Facts = {"titel_norm": "§ 25 Abs. 2 Satz 1 Alt. 2"}
OLD_PERMIT: Facts = {
    "aufenthaltserlaubnis_seit": date(2016, 11, 22),
    "ununterbrochen_seit": date(2016, 11, 22),
}
OLD_STAY: Facts = {"asylantrag_gestellt_am": date(2021, 1, 1), "ununterbrochen_seit": date(2021, 1, 1)}

# target, example, words, other reading, day, who sees the note, who does not
SHOWN: list[tuple[str, str, str, str | None, str, Facts, Facts]] = [
    (
        "niederlassung_26",
        SUBSIDIARY,
        "vom Asylantrag an",
        "nein",
        DAY,
        LATE_PERMIT | REJECTED,
        LATE_PERMIT,
    ),
    (
        "niederlassung_26",
        SUBSIDIARY,
        "vom Asylantrag an",
        "nein",
        DAY,
        LATE_PERMIT | REJECTED,
        REJECTED | LONG_PERMIT,
    ),
    ("niederlassung_26", SUBSIDIARY, "vorübergehenden Schutz", "nein", DAY, {"titel_norm": "§ 24"}, {}),
    (
        "niederlassung_26",
        SUBSIDIARY,
        "Angehörige eines",
        "anspruch",
        "2026-06-12",
        FAMILY | OLD_STAY,
        OLD_STAY,
    ),
    ("niederlassung_26", SUBSIDIARY, "verzichten", None, DAY, {"passpflicht_erfuellt": False}, {}),
    (
        "niederlassung_26",
        SUBSIDIARY,
        "Alter allein",
        None,
        DAY,
        {"krankheit_hindert_integration": True},
        {},
    ),
    (
        "niederlassung_9",
        FIVE_YEARS,
        "Alter allein",
        None,
        DAY,
        {"krankheit_hindert_integration": True},
        {},
    ),
    ("niederlassung_9", FIVE_YEARS, "zur Hälfte", None, DAY, {"hochschulabschluss": "deutsch"}, {}),
    (
        "niederlassung_9",
        FIVE_YEARS,
        "zur Hälfte",
        None,
        DAY,
        {"berufsabschluss": "deutsch_helfer"},
        {"hochschulabschluss": "deutsch"} | OLD_PERMIT,
    ),
    (
        "niederlassung_9",
        FIVE_YEARS,
        "§ 18c, genügen drei Jahre",
        None,
        "2025-11-22",
        {"familienstand": "verheiratet", "ehegatte_status": "aufenthaltstitel"},
        {"familienstand": "verheiratet", "ehegatte_status": "duldung"},
    ),
    (
        "einbuergerung_10",
        NATURALISATION,
        "endete am 29.10.2025",
        "ermessen",
        "2025-10-30",
        ACHIEVEMENTS | SHORT,
        ACHIEVEMENTS | SHORTER,
    ),
    ("einbuergerung_10", NATURALISATION, "mit eingebürgert", None, DAY, {"kinder_unter_18": 1}, {}),
]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def shows(book: Book, target: str, name: str, words: str, other: str | None, facts: Facts, day: str) -> bool:
    example = next(
        one for one in book.examples if one["name"] == name and f"aufenthalt.{target}" in str(one["expect"])
    )
    who = person(book, example | {"given": example["given"] | facts}, day)
    answer = check(book, who, [f"aufenthalt.{target}"]).answers[0]
    return any(words in note.text.de and note.andere_lesart == other for note in answer.hinweise)


@pytest.mark.parametrize(("target", "name", "words", "other", "day", "who", "others"), SHOWN)
def test_notes_show_where_they_matter(
    book: Book,
    target: str,
    name: str,
    words: str,
    other: str | None,
    day: str,
    who: Facts,
    others: Facts,
) -> None:
    assert shows(book, target, name, words, other, who, day)
    assert not shows(book, target, name, words, other, others, day)


def test_the_other_family_of_the_sentence_begins_with_its_day(book: Book) -> None:
    facts = FAMILY | OLD_STAY
    assert not shows(
        book, "niederlassung_26", SUBSIDIARY, "Angehörige eines", "anspruch", facts, "2026-06-11"
    )
    assert shows(book, "niederlassung_26", SUBSIDIARY, "Angehörige eines", "anspruch", facts, "2026-06-12")
