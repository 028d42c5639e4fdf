"""Answers: what each key says, on small books of invented law and on the real one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Book, Profile, ProfileError, check

if TYPE_CHECKING:
    from tests.engine.conftest import Asking, Books

DAY = date(2026, 11, 22)
KNOWN: dict[str, Any] = {"zimmer": True, "gesperrt": False, "getaeuscht": False}


def rules(*lines: str) -> str:
    """Rules on arbeit.leihe, one a line; `because`, `norm` and target are added where missing."""
    text = "rules:\n"
    for number, line in enumerate(lines):
        needed = {
            "id": f"r{number}",
            "norm": "Abs. 1",
            "targets": "[arbeit.leihe]",
            "because": "{de: a, en: b}",
        }
        more = ", ".join(
            f"{key}: {value}"
            for key, value in needed.items()
            if not re.search(rf"(^|, ){key}: ", line.partition("{")[0])
        )
        text += f"  - {{{line}, {more}}}\n"
    return text


# --- what the book does not decide -----------------------------------------------------------


def test_before_coverage(books: Books, ask: Asking, real_book: Book) -> None:
    found = ask(books.book(), day=date(2024, 12, 31), status="buerger")
    assert (found.ergebnis, found.grund, found.fehlend, found.moeglich) == (
        "unklar",
        "vor_rechtsstand",
        (),
        (),
    )
    assert found.proof.rules == ()
    assert ask(books.book(), day=date(2025, 1, 1), status="buerger").ergebnis == "nein"
    profile = Profile.from_facts({"aufenthaltsstatus": "duldung"}, real_book.vocabulary, date(2021, 4, 29))
    assert {answer.grund for answer in check(real_book, profile).answers} == {"vor_rechtsstand"}


def test_what_is_not_treated(books: Books, ask: Asking, real_book: Book) -> None:
    book = books.book()
    cases: list[tuple[str, dict[str, Any]]] = [("kurs.spaeter", {}), ("arbeit.stelle", {"status": "reise"})]
    for target, facts in cases:
        found = ask(book, target, **facts)
        told = (found.ergebnis, found.grund, found.fehlend, found.moeglich, found.regeln)
        assert told == ("unklar", "nicht_behandelt", (), (), ())
    assert all(target.treated_at_all for target in real_book.targets.values())


def test_partly_treated_names_what_decides(books: Books, ask: Asking) -> None:
    found = ask(books.book(), angekommen="2026-01-01")
    assert (found.ergebnis, found.grund, found.fehlend) == ("unklar", "angabe_fehlt", ("status",))
    assert found.moeglich == ("ermessen", "nein", "unklar")


def test_what_a_rule_leaves_open(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {zimmer: true}, outcome: offen"))
    found = ask(book, "arbeit.leihe", zimmer=True)
    assert (found.ergebnis, found.grund, found.fehlend, found.regeln) == (
        "unklar",
        "nicht_behandelt",
        (),
        ("r0",),
    )
    found = ask(book, "arbeit.leihe")
    assert (found.fehlend, found.moeglich) == (("zimmer",), ("nein", "unklar"))


def test_a_default_that_permits(books: Books, ask: Asking) -> None:
    found = ask(books.book(), "kurs.deutsch")
    assert (found.ergebnis, found.grund, found.normen, found.regeln) == ("frei", None, ("§ 5 XG",), ())


@pytest.mark.parametrize(
    "grund", ["verbot", "voraussetzung_fehlt", "nicht_noetig", "beendet", "adressat", "ort", "alter"]
)
def test_the_ground_of_a_no(books: Books, ask: Asking, grund: str) -> None:
    found = ask(books.law(rules(f"outcome: nein, grund: {grund}")), "arbeit.leihe")
    assert (found.ergebnis, found.grund) == ("nein", grund)


def test_the_ground_without_a_rule_or_a_word(books: Books, ask: Asking) -> None:
    assert ask(books.book(), "arbeit.leihe", status="buerger").grund == "voraussetzung_fehlt"
    assert ask(books.law(rules("outcome: nein")), "arbeit.leihe").grund == "verbot"
    assert ask(books.law(rules("outcome: soll")), "arbeit.leihe").grund is None


# --- what is missing -------------------------------------------------------------------------


def test_only_what_can_change_the_answer_is_missing(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "when: {zimmer: true, any: [{kinder: 1}, {not: {kinder: 1}}]}, outcome: soll",
            "id: b, when: {gesperrt: true}, outcome: nein, prevails_over: [all]",
        )
    )
    assert ask(book, "arbeit.leihe", zimmer=False).fehlend == ()
    assert ask(book, "arbeit.leihe", gesperrt=True).fehlend == ()
    assert ask(book, "arbeit.leihe", zimmer=True).fehlend == ("gesperrt",)
    found = ask(book, "arbeit.leihe")
    assert (set(found.fehlend), found.moeglich) == ({"zimmer", "gesperrt"}, ("soll", "nein"))


def test_possible_outcomes_stand_in_their_order(books: Books, ask: Asking) -> None:
    lines = [
        f"when: {{kinder: {n}}}, outcome: {said}"
        for n, said in enumerate(["nein", "ermessen", "frei", "soll"])
    ]
    found = ask(
        books.law(rules(*lines, "when: {kinder: 7, beginn: {before: P1M}}, outcome: soll")),
        "arbeit.leihe",
        beginn="2027-08-01",
    )
    assert found.moeglich == ("frei", "soll", "ermessen", "noch_nicht", "nein")


def test_an_unknown_nationality_is_any(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {land: GH}, outcome: soll"))
    told: list[dict[str, Any]] = [{"land": "ungeklaert"}, {}]
    for said in told:
        assert ask(book, "arbeit.leihe", **said).fehlend == ("land",)
    assert ask(book, "arbeit.leihe", land="staatenlos").ergebnis == "nein"


def test_a_coarse_section_is_several(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {titel: § 25 Abs. 2}, outcome: soll"))
    assert ask(book, "arbeit.leihe", titel="§ 25").fehlend == ("titel",)
    assert ask(book, "arbeit.leihe", titel="§ 25 Abs. 2 Satz 1").ergebnis == "soll"
    assert ask(book, "arbeit.leihe", titel="§ 25a").ergebnis == "nein"


# --- usual facts, and what silence means -----------------------------------------------------

USUAL = rules(
    "when: {zimmer: true}, outcome: soll, zustimmung_ba: erforderlich",
    "id: a, exception_to: [r0], when: {gesperrt: true}, outcome: nein",
    "id: b, exception_to: [r0], when: {getaeuscht: true}, outcome: ermessen",
)


def test_the_usual_answer_and_what_carries_it(books: Books, ask: Asking) -> None:
    book = books.law(
        USUAL.replace("id: b, exception_to: [r0]", "id: b, exception_to: [r0], prevails_over: [a]")
    )
    found = ask(book, "arbeit.leihe", zimmer=True)
    assert (found.ergebnis, found.fehlend) == ("unklar", ("gesperrt", "getaeuscht"))
    assert found.voraussichtlich == ("soll", None, None, None, "erforderlich")
    assert found.annahmen == ("gesperrt", "getaeuscht")
    assert ask(book, "arbeit.leihe", zimmer=True, gesperrt=False).annahmen == ("getaeuscht",)


def test_only_usual_facts_that_carry_the_answer_are_assumed(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "when: {zimmer: true}, unless: {gesperrt: true}, outcome: soll",
            "id: b, when: {kinder: 1, getaeuscht: true}, outcome: soll",
        )
    )
    found = ask(book, "arbeit.leihe", zimmer=True, kinder=1)
    assert found.voraussichtlich is not None
    assert (found.voraussichtlich.ergebnis, found.annahmen) == ("soll", ("gesperrt",))


def test_no_usual_answer_where_more_is_open(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {zimmer: true}, unless: {gesperrt: true}, outcome: soll"))
    found = ask(book, "arbeit.leihe")
    assert (found.voraussichtlich, found.annahmen) == (None, ())
    assert found.fehlend == ("zimmer", "gesperrt")


def test_the_usual_answer_can_come_later(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {angekommen: {since: P3M}}, unless: {gesperrt: true}, outcome: soll"))
    found = ask(book, "arbeit.leihe", angekommen="2026-10-01")
    assert found.voraussichtlich is not None
    assert found.voraussichtlich[:4] == ("noch_nicht", date(2027, 1, 1), "soll", None)
    assert (found.ab, found.dann) == (None, None)


def test_silence_with_a_meaning_is_an_assumption(books: Books, ask: Asking) -> None:
    book = books.law(rules("when: {zimmer: true}, unless: {ehrenamt: true}, outcome: soll"))
    assert (
        ask(book, "arbeit.leihe", zimmer=True).ergebnis,
        ask(book, "arbeit.leihe", zimmer=True).annahmen,
    ) == ("soll", ("ehrenamt",))
    assert ask(book, "arbeit.leihe", zimmer=True, ehrenamt=False).annahmen == ()
    assert ask(book, "arbeit.leihe", zimmer=False).annahmen == ()


def test_what_is_told_to_be_unknown_is_listed_first(books: Books, ask: Asking) -> None:
    facts = books.base["facts/person.yaml"] + (
        "  zweites: {typ: bool, ohne_angabe: false, label: {de: Z, en: Z}, question: {de: Z, en: Z}}\n"
    )
    law = 'act: XG\nsection: "1"\n' + rules(
        "when: {zimmer: true}, unless: {any: [{ehrenamt: true}, {zweites: true}]}, outcome: soll"
    )
    book = books.book({"facts/person.yaml": facts, "laws/xg/p1.yaml": law})
    assert ask(book, "arbeit.leihe", zimmer=True).annahmen == ("ehrenamt", "zweites")
    assert ask(book, "arbeit.leihe", zimmer=True, zweites="unbekannt").annahmen == ("zweites", "ehrenamt")


@pytest.mark.parametrize(
    ("fact", "condition"),
    [
        ("typ: wahl, werte: {a: {de: a, en: a}, b: {de: b, en: b}}, ueblich: a", "neu: a"),
        ("typ: bool, ueblich: true", "neu: true"),
        ("typ: geld, ueblich: 2000", "neu: {at_least: 2000}"),
        ("typ: geld, ueblich: 12.5", "neu: {above: 12}"),
        ("typ: zahl, ueblich: 3", "neu: {at_least: 3}"),
        ("typ: land, ueblich: GH", "neu: GH"),
    ],
)
@pytest.mark.parametrize("word", ["ueblich", "ohne_angabe"])
def test_usual_and_silent_values_of_every_type(
    books: Books, ask: Asking, fact: str, condition: str, word: str
) -> None:
    entry = fact.replace("ueblich", word)
    facts = (
        books.base["facts/person.yaml"]
        + f"  neu: {{{entry}, label: {{de: N, en: N}}, question: {{de: N, en: N}}}}\n"
    )
    law = 'act: XG\nsection: "1"\n' + rules(f"when: {{{condition}}}, outcome: soll")
    found = ask(books.book({"facts/person.yaml": facts, "laws/xg/p1.yaml": law}), "arbeit.leihe")
    said = (
        found.ergebnis if word == "ohne_angabe" else found.voraussichtlich and found.voraussichtlich.ergebnis
    )
    assert said == "soll"
    assert found.annahmen == ("neu",)


@pytest.mark.parametrize(
    ("said", "condition"), [("keine", "neu: keine"), ("2026-01-01", "neu: {since: P3M}")]
)
def test_silence_can_stand_for_a_day(books: Books, ask: Asking, said: str, condition: str) -> None:
    entry = (
        f"  neu: {{typ: datum, ohne_angabe: {said}, label: {{de: N, en: N}}, question: {{de: N, en: N}}}}\n"
    )
    law = 'act: XG\nsection: "1"\n' + rules(f"when: {{{condition}}}, outcome: soll")
    files = {"facts/person.yaml": books.base["facts/person.yaml"] + entry, "laws/xg/p1.yaml": law}
    found = ask(books.book(files), "arbeit.leihe")
    assert (found.ergebnis, found.annahmen) == ("soll", ("neu",))


# --- time ------------------------------------------------------------------------------------


def test_from_then_and_up_to(books: Books, ask: Asking) -> None:
    book = books.law(
        "derived:\n  - {name: alter, norm: Abs. 1, age_of: geboren}\n"
        + rules("when: {angekommen: {since: P3M}, alter: {below: 18}}, outcome: soll")
    )
    facts: dict[str, Any] = {"angekommen": "2026-10-01", "geboren": "2009-05-01"}
    found = ask(book, "arbeit.leihe", **facts)
    assert (found.ergebnis, found.dann, found.ab, found.bis) == (
        "noch_nicht",
        "soll",
        date(2027, 1, 1),
        date(2027, 4, 30),
    )
    assert found.regeln == ("r0",)
    found = ask(book, "arbeit.leihe", date(2027, 4, 30), **facts)
    assert (found.ergebnis, found.ab, found.bis) == ("soll", None, date(2027, 4, 30))
    assert ask(book, "arbeit.leihe", date(2027, 5, 1), **facts).ergebnis == "nein"


def test_only_the_day_is_open(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "when: {angekommen: {since: P3M}}, outcome: soll",
            "when: {not: {angekommen: keine}, geboren: {since: P1Y}}, outcome: soll",
        )
    )
    found = ask(book, "arbeit.leihe", geboren="2026-10-01", angekommen="2026-10-01")
    assert (found.ergebnis, found.ab) == ("noch_nicht", date(2027, 1, 1))


def test_a_promulgated_change_counts(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: a, in_force: {to: 2026-12-31}, outcome: nein",
            "id: a, in_force: {from: 2027-01-01}, outcome: anspruch",
        )
    )
    found = ask(book, "arbeit.leihe")
    assert (found.ergebnis, found.dann, found.ab, found.regeln) == (
        "noch_nicht",
        "anspruch",
        date(2027, 1, 1),
        ("a",),
    )
    assert ask(book, "arbeit.leihe", date(2027, 1, 1)).ergebnis == "anspruch"


@pytest.mark.parametrize(("order", "lasting"), [("at_most", "2026-10-01"), ("above", "2026-10-03")])
def test_the_end_hangs_on_the_order_of_two_open_days(
    books: Books, ask: Asking, order: str, lasting: str
) -> None:
    """The first wording ends for everybody; whether the later one goes on depends on the order."""
    book = books.law(
        rules(
            "in_force: {to: 2026-12-31}, outcome: soll",
            "in_force: {from: 2027-01-01}, outcome: soll, "
            f"when: {{beginn: {{{order}: {{fact: angekommen}}}}}}",
        )
    )
    assert ask(book, "arbeit.leihe").bis is None
    for beginn in ("2026-10-01", "2026-10-03"):
        found = ask(book, "arbeit.leihe", beginn=beginn, angekommen="2026-10-02")
        assert (found.ergebnis, found.bis) == ("soll", None if beginn == lasting else date(2026, 12, 31))


@pytest.mark.parametrize(
    ("law", "secured"),
    [
        (rules("in_force: {from: 2026-01-01, seen: true}, outcome: soll"), False),
        (rules("in_force: {from: 2026-01-01}, outcome: soll"), True),
        (rules("when: {land: {in: gesehen}}, outcome: soll"), False),
        (rules("when: {land: {in: sicher}}, outcome: soll"), True),
        (rules("when: {any: [{land: {in: sicher}}, {zimmer: true}]}, outcome: soll"), True),
        (
            "derived:\n  - {name: d, norm: Abs. 1, when: {land: {in: gesehen}}}\n"
            + rules("when: {d: true}, outcome: soll"),
            False,
        ),
        (
            "derived:\n  - {name: d, norm: Abs. 1, in_force: {seen: true}, when: {land: GH}}\n"
            + rules("when: {d: true}, outcome: soll"),
            False,
        ),
        (rules("outcome: soll", "in_force: {seen: true}, when: {zimmer: false}, outcome: frei"), True),
    ],
)
def test_a_first_day_that_is_known_from_a_crawl_only(
    books: Books, ask: Asking, law: str, *, secured: bool
) -> None:
    entry = "{typ: land, norm: X, label: {de: a, en: b}, versions: [{values: [GH], seen: %s}]}\n"
    lists = "lists:\n  gesehen: " + entry % "true" + "  sicher: " + entry % "false"
    found = ask(books.law(law, **{"parameters/a": lists}), "arbeit.leihe", land="GH", zimmer=True)
    assert (found.ergebnis, found.beginn_gesichert) == ("soll", secured)


# --- what goes with an answer ----------------------------------------------------------------


def test_duties_and_remarks(books: Books, ask: Asking) -> None:
    text = "{de: D, en: E}"
    book = books.law(
        rules(
            "outcome: ermessen, zustimmung_ba: erforderlich, atypical: true,"
            " auflagen: [{de: A, en: A}, {de: B, en: B, norm: § 7 YG, when: {zimmer: true}},"
            " {de: C, en: C, when: {self.zustimmung_ba: erforderlich}},"
            " {de: F, en: F, when: {self.zustimmung_ba: nicht_erforderlich}}],"
            f" open_terms: [{{term: Treue, note: {text}}}],"
            f" notes: [{{art: gefahr, text: {text}, norm: Abs. 9, when: {{gesperrt: true}}}},"
            f" {{art: rechtsfrage, text: {text}, andere_lesart: soll}}]"
        )
    )
    found = ask(book, "arbeit.leihe", zimmer=False, gesperrt=True)
    assert [(one.text.de, one.norm) for one in found.auflagen] == [
        ("A", "§ 1 Abs. 1 XG"),
        ("C", "§ 1 Abs. 1 XG"),
    ]
    assert [(one.art, one.norm, one.andere_lesart) for one in found.hinweise] == [
        ("hinweis", "§ 1 Abs. 1 XG", None),
        ("hinweis", "§ 1 Abs. 1 XG", None),
        ("gefahr", "§ 1 Abs. 9 XG", None),
        ("rechtsfrage", "§ 1 Abs. 1 XG", "soll"),
    ]
    assert found.hinweise[1].text == ("„Treue“: D", "“Treue”: E")
    other = ask(book, "arbeit.leihe", zimmer=True, gesperrt=False)
    assert [(one.text.de, one.norm) for one in other.auflagen][1] == ("B", "§ 7 YG")
    assert "gefahr" not in {one.art for one in other.hinweise}


def test_receipt(books: Books, ask: Asking) -> None:
    book = books.book()

    def receipt(day: date = DAY, **facts: object) -> Any:
        return check(book, ask.person(book, day, **facts)).receipt

    one = receipt(status="gast", zimmer=True)
    assert one == receipt(zimmer=True, status="gast")
    assert (one.regelwerk, one.hash, one.rechtsstand) == ("klein", book.hash, date(2026, 8, 19))
    assert receipt(date(2026, 11, 23), status="gast", zimmer=True).fakten != one.fakten
    assert receipt(status="gast", zimmer=False).fakten != one.fakten
    assert receipt(status="gast").fakten != one.fakten
    assert receipt(status="gast", zimmer=True, ehrenamt="unbekannt").fakten != one.fakten


def test_targets_that_are_asked_for(books: Books, ask: Asking) -> None:
    book = books.book()
    person = ask.person(book)
    assert [a.ziel for a in check(book, person).answers] == list(book.targets)
    assert [a.ziel for a in check(book, person, ["kurs.deutsch", "arbeit.stelle"]).answers] == [
        "arbeit.stelle",
        "kurs.deutsch",
    ]
    assert check(book, person).angebote_am == DAY
    assert check(book, person, offers_on=date(2026, 1, 1)).angebote_am == date(2026, 1, 1)


# --- conclusions on other targets ------------------------------------------------------------


def test_one_target_reads_another(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "when: {zimmer: true}, outcome: soll",
            "id: k, targets: [kurs.deutsch], when: {arbeit.leihe: {in: [frei, soll]}}, outcome: nein",
            "id: s, targets: [arbeit.stelle], when: {kurs.deutsch: nein}, outcome: anspruch",
        )
    )
    assert ask(book, "kurs.deutsch", zimmer=True).ergebnis == "nein"
    assert ask(book, "kurs.deutsch", zimmer=False).ergebnis == "frei"
    found = ask(book, "kurs.deutsch")
    assert (found.ergebnis, found.fehlend, found.moeglich) == ("unklar", ("zimmer",), ("frei", "nein"))
    assert ask(book, "arbeit.stelle", status="gast", zimmer=True).ergebnis == "anspruch"


def test_reading_a_target_that_is_not_decided(books: Books, ask: Asking) -> None:
    book = books.law(rules("id: k, targets: [kurs.deutsch], when: {arbeit.stelle: nein}, outcome: nein"))
    found = ask(book, "kurs.deutsch", status="reise")
    assert (found.ergebnis, found.grund, found.fehlend) == ("unklar", "nicht_behandelt", ())
    assert ask(book, "kurs.deutsch", status="gast").ergebnis == "nein"
    not_treated = books.law(
        rules("id: k, targets: [kurs.deutsch], when: {kurs.spaeter: nein}, outcome: nein")
    )
    assert ask(not_treated, "kurs.deutsch").grund == "nicht_behandelt"


# --- facts that contradict each other --------------------------------------------------------


def test_a_contradiction_that_only_the_search_finds(books: Books, ask: Asking) -> None:
    relations = """\
relations:
  - {name: a, because: {de: a, en: a}, implies: {if: {zimmer: true}, then: {kinder: 1}}}
  - {name: b, because: {de: b, en: b}, implies: {if: {status: gast}, then: {not: {kinder: 1}}}}
"""
    book = books.law(rules("when: {kinder: 1}, outcome: soll"), relations=relations)
    assert ask(book, "arbeit.leihe", zimmer=True).ergebnis == "soll"
    with pytest.raises(ProfileError) as caught:
        ask(book, "arbeit.leihe", zimmer=True, status="gast")
    (fault,) = caught.value.faults
    assert "no person can have these facts together" in fault.text.en
