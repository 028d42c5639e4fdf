"""How rules stand to each other: exceptions, lifted rules, rules that go first, and conflicts."""

from __future__ import annotations

from datetime import date
from itertools import product
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Book, BookError, Fault

if TYPE_CHECKING:
    from tests.engine.conftest import Asking, Books

DAY = date(2026, 11, 22)


def rules(*lines: str) -> str:
    """Rules on arbeit.leihe, one a line; `because`, `norm` and target are added."""
    more = "norm: Abs. 1, targets: [arbeit.leihe], because: {de: ja, en: yes}"
    return "rules:\n" + "".join(f"  - {{{line}, {more}}}\n" for line in lines)


def outcome(ask: Asking, book: Book, **facts: Any) -> tuple[str, tuple[str, ...]]:
    answer = ask(
        book, "arbeit.leihe", **{**dict.fromkeys(("zimmer", "gesperrt", "getaeuscht"), False), **facts}
    )
    return answer.ergebnis, answer.regeln


# --- conflicts -------------------------------------------------------------------------------

PERMISSION = "id: erlaubt, when: {zimmer: true}, outcome: soll"
BAN = "id: verboten, when: {gesperrt: true}, outcome: nein"


def conflict(book: Book, day: date = DAY) -> tuple[Fault, ...]:
    with pytest.raises(BookError) as caught:
        book.compiled(book.epoch(day.toordinal()))
    return caught.value.faults


def test_prohibition_and_permission_together_are_refused(books: Books) -> None:
    (fault,) = conflict(books.law(rules(PERMISSION, BAN)))
    assert (fault.file, fault.line, fault.key) == ("laws/xg/p1.yaml", 4, "erlaubt")
    assert "contradicts verboten (laws/xg/p1.yaml:5) on arbeit.leihe" in fault.text.en
    assert "widerspricht verboten (laws/xg/p1.yaml:5) bei arbeit.leihe" in fault.text.de
    assert "Example: zimmer=True, gesperrt=True" in fault.text.en
    assert "Beispiel: zimmer=True, gesperrt=True" in fault.text.de


def test_asking_such_a_book_says_so_too(books: Books, ask: Asking) -> None:
    with pytest.raises(BookError):
        ask(books.law(rules(PERMISSION, BAN)), "arbeit.leihe", zimmer=True)


def test_every_conflict_of_a_target_is_told(books: Books) -> None:
    book = books.law(rules(PERMISSION, BAN, "id: auch_verboten, when: {kinder: 3}, outcome: nein"))
    assert len(conflict(book)) == 2


@pytest.mark.parametrize("outcome_", ["frei", "anspruch", "soll", "ermessen"])
def test_every_permission_can_conflict(books: Books, outcome_: str) -> None:
    assert conflict(books.law(rules(PERMISSION.replace("soll", outcome_), BAN)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PERMISSION, "id: b, when: {gesperrt: true}, outcome: ermessen"),
        (BAN, "id: b, when: {zimmer: true}, outcome: nein"),
        (BAN, "id: b, when: {zimmer: true}, outcome: offen"),
        (PERMISSION, "id: b, when: {zimmer: false}, outcome: nein"),
        (PERMISSION, "id: b, unless: {zimmer: true}, outcome: nein"),
        (
            "id: a, when: {sprache: {at_least: a2}}, outcome: soll",
            "id: b, when: {sprache: a1}, outcome: nein",
        ),
        (
            "id: a, when: {kinder: {above: 2}}, outcome: soll",
            "id: b, when: {kinder: {at_most: 2}}, outcome: nein",
        ),
        (
            "id: a, when: {angekommen: {since: P3M}}, outcome: soll",
            "id: b, when: {not: {angekommen: {since: P2M}}}, outcome: nein",
        ),
        (PERMISSION, "id: b, when: {gesperrt: true}, zustimmung_ba: erforderlich"),
        (PERMISSION + ", in_force: {to: 2025-06-30}", BAN + ", in_force: {from: 2025-07-01}"),
    ],
)
def test_what_is_no_conflict(books: Books, one: str, other: str) -> None:
    book = books.law(rules(one, other))
    for epoch in range(len(book.boundaries)):
        assert book.compiled(epoch)


def test_a_conflict_of_one_period_only(books: Books) -> None:
    book = books.law(rules(PERMISSION, BAN + ", in_force: {from: 2027-01-01}"))
    assert conflict(book), "a change that is promulgated already counts"
    over = books.law(rules(PERMISSION, BAN + ", in_force: {to: 2025-12-31}"))
    assert over.compiled(over.epoch(DAY.toordinal()))
    assert conflict(over, date(2025, 3, 1))


def test_a_relation_of_facts_can_rule_a_conflict_out(books: Books) -> None:
    relations = """\
        relations:
          - name: wer_gesperrt_ist_hat_kein_zimmer
            because: {de: so, en: so}
            implies: {if: {gesperrt: true}, then: {zimmer: false}}
    """
    book = books.law(rules(PERMISSION, BAN), relations=dedent(relations))
    assert book.compiled(book.epoch(DAY.toordinal()))


def test_the_example_of_a_conflict_is_one(books: Books) -> None:
    timed = (
        "id: b, when: {angekommen: {since: P3M}, sprache: {at_least: a2}, land: {in: [GH]}}, outcome: nein"
    )
    (fault,) = conflict(books.law(rules(PERMISSION, timed)))
    example = fault.text.en.partition("Example: ")[2]
    assert all(part in example for part in ("zimmer=True", "land=GH", "angekommen: since 3M0D"))
    assert "sprache=a2" in example or "sprache=b1" in example


# --- the three relations ---------------------------------------------------------------------

RELATIONS = ["exception_to", "prevails_over"]


@pytest.mark.parametrize(("relation", "facts"), list(product(RELATIONS, product([False, True], repeat=2))))
def test_each_relation_settles_a_conflict(
    books: Books, ask: Asking, relation: str, facts: tuple[bool, bool]
) -> None:
    book = books.law(rules(PERMISSION, f"{BAN}, {relation}: [erlaubt]"))
    zimmer, gesperrt = facts
    fires = gesperrt and (relation == "prevails_over" or zimmer)
    expected = ("nein", ("verboten",)) if fires else ("soll", ("erlaubt",)) if zimmer else ("nein", ())
    assert outcome(ask, book, zimmer=zimmer, gesperrt=gesperrt) == expected


def test_a_lifted_rule_counts_as_not_firing(books: Books, ask: Asking) -> None:
    book = books.law(rules(PERMISSION, f"{BAN}, lifts: [erlaubt]"))
    assert outcome(ask, book, zimmer=True) == ("soll", ("erlaubt",))
    assert outcome(ask, book, zimmer=True, gesperrt=True) == ("nein", ("verboten",))


def chain(relation: str) -> str:
    """A ban; a permission in its place; and a rule that bears on the permission."""
    return rules(
        "id: regel, outcome: nein",
        "id: ausnahme, exception_to: [regel], when: {zimmer: true}, outcome: soll",
        f"id: dritte, when: {{gesperrt: true}}, {relation}",
    )


@pytest.mark.parametrize(
    ("relation", "stands"),
    [
        ("exception_to: [ausnahme], outcome: nein", ("nein", ("dritte",))),
        ("prevails_over: [ausnahme], outcome: nein", ("nein", ("regel", "dritte"))),
        ("lifts: [ausnahme]", ("nein", ("regel",))),
    ],
)
def test_what_becomes_of_the_parent(
    books: Books, ask: Asking, relation: str, stands: tuple[str, tuple[str, ...]]
) -> None:
    """Only a lifted rule gives its parent the word again: a defeated one still keeps it down."""
    book = books.law(chain(relation))
    assert outcome(ask, book) == ("nein", ("regel",))
    assert outcome(ask, book, zimmer=True) == ("soll", ("ausnahme",))
    answer = ask(book, "arbeit.leihe", zimmer=True, gesperrt=True, getaeuscht=False)
    states = {reason.id: reason.state for reason in answer.proof.rules}
    assert answer.ergebnis == "nein"
    if relation.startswith("lifts"):
        assert states == {"regel": "wirkt", "ausnahme": "greift_nicht", "dritte": "wirkt"}
        assert answer.regeln == stands[1]
    else:
        assert states == {"regel": "verdraengt", "ausnahme": "verdraengt", "dritte": "wirkt"}
        assert "dritte" in answer.regeln


def test_an_exception_needs_one_of_its_parents(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: eins, when: {zimmer: true}, outcome: soll",
            "id: zwei, when: {getaeuscht: true}, outcome: ermessen",
            "id: drei, exception_to: [eins, zwei], when: {gesperrt: true}, outcome: nein",
        )
    )
    assert outcome(ask, book, gesperrt=True) == ("nein", ())
    assert outcome(ask, book, gesperrt=True, zimmer=True) == ("nein", ("drei",))
    assert outcome(ask, book, gesperrt=True, getaeuscht=True) == ("nein", ("drei",))
    assert outcome(ask, book, getaeuscht=True, zimmer=True) == ("soll", ("eins",))


def test_an_exception_to_a_lifted_rule_does_not_fire(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: regel, outcome: soll",
            "id: ausnahme, exception_to: [regel], when: {zimmer: true}, outcome: nein",
            "id: hebt, lifts: [regel], when: {gesperrt: true}",
        )
    )
    assert outcome(ask, book, zimmer=True) == ("nein", ("ausnahme",))
    assert outcome(ask, book, zimmer=True, gesperrt=True) == ("nein", ())


def test_an_exception_whose_parent_is_not_in_force(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: regel, in_force: {to: 2026-05-31}, outcome: soll",
            "id: ausnahme, exception_to: [regel], outcome: nein",
        )
    )
    assert ask(book, "arbeit.leihe", date(2026, 5, 31)).regeln == ("ausnahme",)
    assert ask(book, "arbeit.leihe", date(2026, 6, 1)).regeln == ()


def test_an_exception_names_the_version_in_force(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: regel, in_force: {to: 2026-05-31}, outcome: soll",
            "id: regel, in_force: {from: 2026-06-01}, outcome: anspruch",
            "id: ausnahme, exception_to: [regel], when: {zimmer: true}, outcome: nein",
        )
    )
    for day, expected in ((date(2026, 5, 31), "soll"), (date(2026, 6, 1), "anspruch")):
        assert ask(book, "arbeit.leihe", day, zimmer=False).ergebnis == expected
        assert ask(book, "arbeit.leihe", day, zimmer=True).regeln == ("ausnahme",)


def test_a_rule_replaces_only_for_what_it_concludes(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: regel, outcome: soll, zustimmung_ba: erforderlich",
            "id: ohne, exception_to: [regel], when: {zimmer: true}, zustimmung_ba: nicht_erforderlich",
            "id: schwach, exception_to: [regel], when: {gesperrt: true}, outcome: ermessen",
        )
    )
    found = {
        (zimmer, gesperrt): (answer.ergebnis, answer.zustimmung_ba)
        for zimmer, gesperrt in product([False, True], repeat=2)
        for answer in [ask(book, "arbeit.leihe", zimmer=zimmer, gesperrt=gesperrt)]
    }
    assert found == {
        (False, False): ("soll", "erforderlich"),
        (True, False): ("soll", "nicht_erforderlich"),
        (False, True): ("ermessen", "erforderlich"),
        (True, True): ("ermessen", "nicht_erforderlich"),
    }


def test_a_bar_needs_no_other_rule_and_names_the_reason(books: Books, ask: Asking) -> None:
    book = books.law(rules(PERMISSION, f"{BAN}, prevails_over: [all]"))
    assert outcome(ask, book) == ("nein", ())
    assert outcome(ask, book, gesperrt=True) == ("nein", ("verboten",))
    assert outcome(ask, book, zimmer=True, gesperrt=True) == ("nein", ("verboten",))
    assert outcome(ask, book, zimmer=True) == ("soll", ("erlaubt",))


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        ("id: dritte, when: {getaeuscht: true}, outcome: frei", ("nein", ("verboten",))),
        (
            "id: dritte, prevails_over: [verboten], when: {getaeuscht: true}, outcome: frei",
            ("frei", ("dritte",)),
        ),
        (
            "id: dritte, exception_to: [verboten], when: {getaeuscht: true}, outcome: frei",
            ("frei", ("dritte",)),
        ),
        ("id: dritte, lifts: [verboten], when: {getaeuscht: true}", ("soll", ("erlaubt",))),
        (
            "id: dritte, prevails_over: [all], when: {getaeuscht: true}, outcome: frei",
            ("nein", ("verboten",)),
        ),
        (
            "id: dritte, prevails_over: [all, verboten], when: {getaeuscht: true}, outcome: frei",
            ("frei", ("dritte",)),
        ),
    ],
    ids=["plain", "goes first", "exception", "lifts", "two bars", "bar that names the other"],
)
def test_what_stands_against_a_bar(
    books: Books, ask: Asking, third: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    """Between two bars the prohibition stands unless the permission names it."""
    for order in (0, 1):
        lines = [PERMISSION, f"{BAN}, prevails_over: [all]", third]
        book = books.law(rules(*(lines if order == 0 else lines[::-1])))
        assert outcome(ask, book, zimmer=True, gesperrt=True, getaeuscht=True) == expected


def test_a_bar_spares_those_that_name_it_through_others(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            f"{BAN}, prevails_over: [all]",
            "id: zwei, exception_to: [verboten], when: {zimmer: true}, outcome: soll",
            "id: drei, exception_to: [zwei], when: {getaeuscht: true}, outcome: ermessen",
        )
    )
    assert outcome(ask, book, gesperrt=True, zimmer=True) == ("soll", ("zwei",))
    assert outcome(ask, book, gesperrt=True, zimmer=True, getaeuscht=True) == ("ermessen", ("drei",))


def test_two_bars_that_forbid_are_both_reasons(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            PERMISSION,
            f"{BAN}, prevails_over: [all]",
            "id: auch, prevails_over: [all], when: {getaeuscht: true}, outcome: nein",
        )
    )
    ergebnis, regeln = outcome(ask, book, zimmer=True, gesperrt=True, getaeuscht=True)
    assert ergebnis == "nein"
    assert {"verboten", "auch"} == set(regeln)


# --- without a relation ----------------------------------------------------------------------

STRENGTH = ["frei", "anspruch", "soll", "ermessen"]


@pytest.mark.parametrize(("one", "two"), list(product(STRENGTH, STRENGTH)))
def test_the_strongest_permission_counts(books: Books, ask: Asking, one: str, two: str) -> None:
    book = books.law(rules(f"id: eins, outcome: {one}", f"id: zwei, when: {{zimmer: true}}, outcome: {two}"))
    ergebnis, regeln = outcome(ask, book, zimmer=True)
    assert ergebnis == min(one, two, key=STRENGTH.index)
    assert regeln == tuple(name for name, said in (("eins", one), ("zwei", two)) if said == ergebnis)
    assert outcome(ask, book)[0] == one


@pytest.mark.parametrize(
    ("permission", "expected"), [("frei", "frei"), ("anspruch", "unklar"), ("nein", "unklar")]
)
def test_what_the_book_leaves_open(books: Books, ask: Asking, permission: str, expected: str) -> None:
    book = books.law(
        rules("id: eins, outcome: offen", f"id: zwei, when: {{zimmer: true}}, outcome: {permission}")
    )
    answer = ask(book, "arbeit.leihe", zimmer=True)
    assert answer.ergebnis == expected
    if expected == "unklar":
        assert (answer.grund, answer.fehlend, answer.moeglich) == ("nicht_behandelt", (), ())


def test_not_needed_prevails_over_needed(books: Books, ask: Asking) -> None:
    book = books.law(
        rules(
            "id: eins, outcome: soll, zustimmung_ba: erforderlich",
            "id: zwei, when: {zimmer: true}, zustimmung_ba: nicht_erforderlich",
        )
    )
    assert ask(book, "arbeit.leihe", zimmer=True).zustimmung_ba == "nicht_erforderlich"
    assert ask(book, "arbeit.leihe", zimmer=False).zustimmung_ba == "erforderlich"


def test_a_group_stands_for_its_targets_once(books: Books) -> None:
    text = rules("id: eins, outcome: soll").replace("[arbeit.leihe]", "[arbeit.leihe, ARBEIT]")
    assert books.law(text).rules["eins"][0].targets == ["arbeit.leihe", "arbeit.stelle"]


def test_citations_are_told_in_full(books: Books) -> None:
    text = rules("id: eins, outcome: soll").replace(
        "norm: Abs. 1", "norm: [Abs. 1 Satz 2, § 4 YG, Anlage II YG]"
    )
    assert books.law(text).rules["eins"][0].normen == ["§ 1 Abs. 1 Satz 2 XG", "§ 4 YG", "Anlage II YG"]
