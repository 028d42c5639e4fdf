"""Each code of the review: a little book with the fault, and the clean one without."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Profile
from wegweiser.engine.cache import Cache
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.review.checking import review
from wegweiser.engine.review.difference import compare_books

if TYPE_CHECKING:
    from pathlib import Path

    from wegweiser.engine import Book

RULE = """\
rules:
  - id: xg_1_1
    norm: Abs. 1
    targets: [arbeit.leihe]
    when: {status: gast, zimmer: true}
    outcome: ermessen
    zustimmung_ba: erforderlich
    because: {de: Gäste, en: guests}
"""


def exception(more: str, key: str = "exception_to: [xg_1_1]") -> str:
    return (
        RULE
        + f"""\
  - id: xg_1_2
    norm: Abs. 2
    targets: [arbeit.leihe]
    {key}
    {more}
    because: {{de: Ausnahme, en: exception}}
"""
    )


CLEAN = exception("when: {gesperrt: true}\n    outcome: nein")
FAULTY = {
    "W101": RULE.replace("Abs. 1", "'§ viel Text'"),
    "W103": RULE.replace("zimmer: true", "zimmer: true, all: [{sprache: b1}, {sprache: a1}]"),
    "W104": RULE.replace("{status: gast, zimmer: true}", "{any: [{zimmer: true}, {not: {zimmer: true}}]}"),
    "W105": exception(
        "prevails_over: [all]\n    when: {status: gast}\n    outcome: nein", "lifts: []"
    ).replace("    zustimmung_ba: erforderlich\n", ""),
    "W107": RULE + "derived:\n  - {name: nie, norm: Abs. 3, when: {zimmer: true}}\n",
    "W109": RULE.replace("    targets", "    in_force: {to: 2025-06-30}\n    targets")
    + RULE.removeprefix("rules:\n").replace("    targets", "    in_force: {from: 2025-08-01}\n    targets"),
    "W112": RULE.replace("{de: Gäste, en: guests}", "{de: ein zwei drei vier, en: ein zwei drei vier}"),
    "P202": None,
    "P203": exception("when: {gesperrt: true}\n    outcome: ermessen"),
    "P204": RULE.replace("    targets", "    in_force: {from: 2026-01-01}\n    targets")
    + CLEAN.removeprefix(RULE),
}
STATUS = "status: status\n"


def book_of(books: Any, law: str | None, **files: str) -> Book:
    made: Book = books.law(law or RULE, review=STATUS, **files)
    return made


def codes(book: Book, target: str = "arbeit.leihe") -> set[str]:
    """What is found on one target and on the entries of the law file."""
    found = review(book).findings
    return {one.code for one in found if one.target in (None, target) and one.place.kind != "facts"}


@pytest.mark.parametrize("code", [code for code in FAULTY if code != "P202"])
def test_a_faulty_book_is_found(books: Any, code: str) -> None:
    assert code in codes(book_of(books, FAULTY[code]))


def test_a_clean_book_has_none_of_them(books: Any) -> None:
    assert codes(book_of(books, CLEAN)) == set()


def test_a_status_without_an_answer_shows_a_person(books: Any) -> None:
    found = [one for one in review(book_of(books, CLEAN)).findings if one.code == "P202"]
    by_key = {(one.target, one.key): one for one in found}
    assert by_key.keys() == {("arbeit.stelle", "reise"), ("kurs.spaeter", "*")}
    person = by_key["arbeit.stelle", "reise"].person
    assert person is not None
    assert person.facts == {"status": "reise"}


def test_a_value_that_no_rule_names_is_a_gap_of_its_own(books: Any) -> None:
    targets = books.base["targets.yaml"].replace(
        "treated: {status: {in: [gast, buerger]}}",
        "treated: {any: [{status: {in: [buerger, reise]}}, {status: gast, titel: {in: [§ 7, § 8]}}]}",
    )
    law = RULE.replace("arbeit.leihe", "ARBEIT")
    other, forgotten = {"status": "gast", "titel": "§ 1"}, {"status": "gast", "titel": "§ 9"}
    for section, wanted in {"§ 7": {"gast *": other}, "§ 9": {"gast": forgotten, "gast *": other}}.items():
        found = review(
            book_of(books, law.replace("zimmer: true", f"titel: {section}"), targets=targets)
        ).findings
        gaps = [one for one in found if (one.code, one.target) == ("P202", "arbeit.stelle")]
        assert {one.key: one.person and one.person.facts for one in gaps} == wanted
        assert [one.text.en.endswith("with a value that no rule names") for one in gaps] == [
            one.key == "gast *" for one in gaps
        ]


def said(book: Book, code: str, name: str) -> list[str]:
    """What is found under a code on an entry, in English."""
    return [one.text.en for one in review(book).findings if (one.code, one.place.name) == (code, name)]


def test_an_act_that_the_book_does_not_list_is_found(books: Any) -> None:
    own = "acts:\n  XG: {title: Gesetz, xml: 'https://example.org/xg/xml.zip'}\n"
    other = own + "  YGneu: {title: Neues Gesetz, xml: 'https://example.org/yg/xml.zip', names: [YG]}\n"
    foreign = RULE.replace("norm: Abs. 1", "norm: § 3 Abs. 2 YG")
    for acts, wanted in {own: ["the rule book does not know this act: YG"], other: []}.items():
        assert said(book_of(books, foreign, acts=acts), "W102", "xg_1_1") == wanted


def test_a_fact_that_nothing_reads_is_found(books: Any) -> None:
    reading = RULE.replace("zimmer: true", "zimmer: true, kinder: {at_least: 1}")
    assert said(book_of(books, RULE), "W106", "kinder") == ["nothing reads this fact"]
    assert said(book_of(books, reading), "W106", "kinder") == []


def test_an_amount_without_a_source_is_found(books: Any) -> None:
    missing = ["the amount has no source (`source`)"]
    law = RULE.replace("zimmer: true", "lohn: {at_least: grenze}")
    entry = "parameters:\n  grenze: {{label: {{de: Lohn, en: pay}}, norm: § 9 XG, typ: geld, {}}}\n"
    for more, wanted in {
        "versions: [{value: 2}]": missing,
        "versions: [{to: 2025-12-31, value: 1, source: S}, {from: 2026-01-01, value: 2}]": missing,
        "source: S, versions: [{value: 2}]": [],
        "versions: [{value: 2, source: S}]": [],
    }.items():
        book = book_of(books, law, **{"parameters/geld": entry.format(more)})
        assert said(book, "W108", "grenze") == wanted, more


def test_a_section_told_more_exactly_that_opens_what_the_coarser_one_rules_out_is_found(books: Any) -> None:
    person = books.base["facts/person.yaml"]
    facts = {"facts/person": person.replace("typ: norm,", "typ: norm, parts: {§ 7: [§ 7 Abs. 1]},")}
    assert facts["facts/person"] != person
    for section, wanted in {
        "§ 7 Abs. 2": ["said more exactly the answer widens: § 7 → § 7 Abs. 2"],
        "§ 7 Abs. 1 Satz 2": [],
    }.items():
        law = RULE.replace("zimmer: true", f"titel: '{section}'")
        assert said(book_of(books, law, **facts), "P205", "titel") == wanted


def test_silence_that_contradicts_a_relation_is_found(books: Any) -> None:
    relation = """\
relations:
  - name: zimmer_vom_amt
    because: {{de: Zimmer vergibt das Amt., en: Rooms are given by the office.}}
    implies: {{if: {{zimmer: true}}, then: {{ehrenamt: {}}}}}
"""
    for value, wanted in {
        "true": ["what silence means contradicts the relation zimmer_vom_amt"],
        "false": [],
    }.items():
        book = book_of(books, RULE, relations=relation.format(value))
        assert said(book, "P206", "ehrenamt") == wanted


def test_a_contradiction_is_found_with_a_person_for_whom_both_hold(books: Any) -> None:
    law = exception("when: {gesperrt: true}\n    outcome: nein", "lifts: []")
    found = [one for one in review(book_of(books, law)).findings if one.code == "P201"]
    assert [(one.place.name, one.detail) for one in found] == [("xg_1_1", ("xg_1_2",))]
    assert found[0].person is not None
    assert found[0].person.facts == {"status": "gast", "zimmer": True, "gesperrt": True}


def test_an_exemption_covers_what_it_names_and_is_a_finding_once_it_covers_nothing(books: Any) -> None:
    exempt = STATUS + "exempt:\n  - {code: P202, entries: ['arbeit.*'], because: {de: so, en: so}}\n"
    book = books.law(
        CLEAN, review=exempt + "  - {code: W103, entries: [xg_1_1], because: {de: so, en: so}}\n"
    )
    found = review(book).findings
    assert not [one for one in found if one.code == "P202" and one.target == "arbeit.stelle"]
    assert [one.detail for one in found if one.code == "W113"] == [("W103 xg_1_1",)]


def test_dates_that_nobody_can_have_are_no_witness(books: Any) -> None:
    never = RULE.replace("zimmer: true", "geboren: {at_least: 2020-01-01}, all: [{alter: {at_least: 40}}]")
    ages = "derived:\n  - {name: alter, norm: Abs. 4, age_of: geboren}\n"
    later = never.replace("2020-01-01", "1980-01-01")
    closed = "    in_force: {to: 2030-12-31}\n    targets"
    assert "W103" in codes(book_of(books, never.replace("    targets", closed) + ages))
    assert "W103" not in codes(book_of(books, later.replace("    targets", closed) + ages))


def test_unchecked_rules_are_told_for_a_day(books: Any) -> None:
    checked = f"    checked: {{against: 'sha256:{'0' * 64}', on: 2025-01-02}}\n    outcome"
    old = book_of(books, RULE.replace("    outcome", checked))
    days = {date(2026, 1, 2): set(), date(2026, 1, 3): {"W110"}}
    for day, wanted in days.items():
        assert {one.code for one in review(old, on=day).findings} & {"W110", "W111"} == wanted
    assert "W111" in {one.code for one in review(book_of(books, RULE), on=date(2026, 1, 2)).findings}


def test_only_what_a_change_touches_is_proved_again(books: Any, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept", "proofs")
    first, same, other = (
        book_of(books, law) for law in (CLEAN, CLEAN, CLEAN.replace("gesperrt", "getaeuscht"))
    )
    assert review(first, cache=cache).proved == 4
    again = review(same, cache=cache)
    assert (again.proved, again.findings) == (0, review(first).findings)
    assert review(other, cache=cache).proved == 1


def test_persons_of_the_real_book_are_those_for_whom_the_rule_fires(real_book: Book) -> None:
    from wegweiser.engine.review.proofs import persons_of
    from wegweiser.engine.review.slices import part_of

    target = "aufenthalt.ausbildungsduldung_60c"
    part = part_of(real_book.data, [target])
    book = type(real_book)(part)
    for name in book.rules:
        for person in persons_of(part, target, [name]):
            profile = Profile.from_facts(person.facts, book.vocabulary, person.day)
            states = {
                rule.id: rule.state for rule in Evaluation(book, profile).plain_answer(target).proof.rules
            }
            assert states[name] in ("wirkt", "verdraengt", "offen"), (name, person)


def test_a_comparison_names_rules_answers_cause_and_the_smallest_person(books: Any) -> None:
    old = book_of(books, CLEAN)
    new = book_of(books, CLEAN.replace("outcome: ermessen", "outcome: soll"))
    found = compare_books(old, new, day=date(2026, 11, 22), count=30)
    assert [(one.kind, one.name, one.change) for one in found.entries] == [("rules", "xg_1_1", "anders")]
    assert found.targets == ("arbeit.leihe",)
    certain = [one for one in found.changes if (one.before, one.after) == ("ermessen", "soll")]
    assert [one.causes for one in certain] == [("xg_1_1",)]
    assert set(certain[0].person.facts) == {"status", "zimmer", "gesperrt"}
    assert compare_books(old, old, day=date(2026, 11, 22), count=5).changes == ()
