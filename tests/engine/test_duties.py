"""Duties of employers, papers and what an employer sees: strict reading, and exact verdicts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, Profile
from wegweiser.engine.employer import hiring, read_paper

DAY = date(2026, 11, 22)
LAW = """\
act: XG
section: "1"
rules:
  - id: xg_1_1
    norm: Abs. 1
    targets: [arbeit.stelle]
    when: {status: gast, angekommen: {since: P3M}}
    outcome: ermessen
    zustimmung_ba: erforderlich
    because: {de: Gäste nach drei Monaten, en: guests after three months}
duties:
"""
DUTY = """\
  - id: xg_1_2
    norm: Abs. 2
    targets: [arbeit.stelle]
    phase: ende
    when: {status: gast}
    falls: {de: die Person Gast ist, en: the person is a guest}
    was: {de: melden, en: report}
    frist: {de: bald, en: soon}
"""


@pytest.fixture
def book(books: Any) -> Book:
    facts = books.base["facts/person.yaml"]
    seen = facts.replace("  status:\n    typ: wahl\n", "  status:\n    typ: wahl\n    employer: paper\n")
    found: Book = books.book({"laws/xg/p1.yaml": LAW + DUTY, "facts/person.yaml": seen})
    return found


def test_a_duty_holds_may_hold_or_does_not(book: Book) -> None:
    def conditions(**facts: object) -> list[int]:
        person = Profile.from_facts(facts, book.vocabulary, DAY)
        return [len(duty.falls) for duty in hiring(book, person, "arbeit.stelle").duties]

    assert conditions(status="gast") == [0]
    assert conditions() == [1]
    assert conditions(status="buerger") == []


def test_what_is_hidden_leaves_it_to_the_authority(book: Book) -> None:
    person = Profile.from_facts({"status": "gast"}, book.vocabulary, DAY)
    found = hiring(book, person, "arbeit.stelle")
    assert (found.verdict, found.fehlend, found.by_authority) == ("nach_erlaubnis", (), True)
    assert found.zustimmung_ba == "erforderlich"


def test_what_is_on_the_paper_is_missing(book: Book) -> None:
    found = hiring(book, Profile.from_facts({}, book.vocabulary, DAY), "arbeit.stelle")
    assert (found.verdict, found.fehlend) == ("unklar", ("status",))


def test_a_day_to_come_is_told(book: Book) -> None:
    person = Profile.from_facts({"status": "gast", "angekommen": date(2026, 11, 1)}, book.vocabulary, DAY)
    found = hiring(book, person, "arbeit.stelle")
    assert (found.verdict, found.ab, found.effect) == ("noch_nicht", date(2027, 2, 1), "ermessen")


@pytest.mark.parametrize(
    ("old", "new", "key", "word"),
    [
        ("phase: ende", "phase: spaeter", "phase", "vor_vertrag"),
        ("phase: ende", "phas: ende", "phas", "phase"),
        ("[arbeit.stelle]", "[arbeit.stele]", None, "arbeit.stelle"),
        ("{status: gast}", "{statu: gast}", "statu", "status"),
        ("    falls: {de: die Person Gast ist, en: the person is a guest}\n", "", None, "together"),
        ("    when: {status: gast}\n", "", None, "together"),
        ("was: {de: melden, en: report}", "was: {de: melden}", "en", "missing"),
        ("id: xg_1_2", "id: xg_1_1", "id", "already"),
    ],
    ids=["phase", "key", "target", "fact", "no words", "no condition", "language", "id of a rule"],
)
def test_faults_name_file_line_and_key(books: Any, old: str, new: str, key: str | None, word: str) -> None:
    faults = books.faults({"laws/xg/p1.yaml": LAW + DUTY.replace(old, new)})
    fault = next(each for each in faults if word in each.text.en)
    assert fault.file == "laws/xg/p1.yaml"
    assert fault.line is not None
    assert fault.line > LAW.count("\n")
    assert key is None or fault.key == key or (fault.key or "").endswith(key)


def test_versions_of_a_duty_do_not_overlap(books: Any) -> None:
    assert any("overlaps" in fault.text.en for fault in books.faults({"laws/xg/p1.yaml": LAW + DUTY + DUTY}))


PAPERS = """\
papers:
  karte:
    label: {de: Karte, en: card}
    names: [Ausweis]
    facts: {status: gast}
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("status: gast", "statu: gast", "no such fact"),
        ("status: gast", "status: hase", "hase"),
        ("status: gast", "zimmer: true", "on no paper"),
        (
            "[Ausweis]",
            "[karte, x]\n    facts: {status: gast}\n  andere:\n    label: {de: A, en: A}\n    names: [X]",
            "already",
        ),
    ],
    ids=["fact", "value", "hidden", "name twice"],
)
def test_papers_are_read_strictly(books: Any, old: str, new: str, word: str) -> None:
    facts = books.base["facts/person.yaml"]
    seen = facts.replace("  status:\n    typ: wahl\n", "  status:\n    typ: wahl\n    employer: paper\n")
    faults = books.faults({"papers.yaml": PAPERS.replace(old, new), "facts/person.yaml": seen})
    assert any(fault.file == "papers.yaml" and word in fault.text.en for fault in faults)


def test_unsaid_belongs_to_the_paper(books: Any) -> None:
    facts = books.base["facts/person.yaml"]
    for line in ("unsaid: gast", "employer: paper\n    unsaid: hase"):
        wrong = facts.replace("  status:\n    typ: wahl\n", f"  status:\n    typ: wahl\n    {line}\n")
        assert any("unsaid" in (fault.key or "") for fault in books.faults({"facts/person.yaml": wrong}))


def test_silence_of_a_paper_means_the_ordinary_case(real_book: Book) -> None:
    told, profile, assumed = read_paper(real_book, {"aufenthaltsstatus": "duldung"}, DAY)
    assert set(assumed) == {"geburtsdatum", "duldungsart"}
    assert profile.stated["geburtsdatum"] == date(2008, 11, 22)
    assert "geburtsdatum" not in told.stated
    assert read_paper(real_book, {"aufenthaltsstatus": "deutsch"}, DAY)[2] == ("geburtsdatum",)


def test_health_asylum_and_passport_are_no_business_of_an_employer(real_book: Book) -> None:
    seen = {fact.name for fact in real_book.vocabulary if fact.employer}
    topics = {fact.name: fact.topic for fact in real_book.vocabulary}
    assert not {name for name in seen if topics[name] in ("asylverfahren", "sicherheit")}
    assert not seen & {
        "identitaet_geklaert",
        "nationalpass_gueltig",
        "passpflicht_erfuellt",
        "schwerbehindert",
    }
