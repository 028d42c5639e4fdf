"""What each condition of the rule language means: in answers and in their reasons alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine import Answer, Book

if TYPE_CHECKING:
    from tests.engine.conftest import Asking, Books

DAY = date(2026, 11, 22)
DEFINITIONS = """\
derived:
  - {name: alter, norm: Abs. 1, age_of: geboren}
  - {name: aufenthalt, norm: Abs. 1, age_of: angekommen}
  - {name: familie, norm: Abs. 1, when: {kinder: {at_least: 1}}}
  - {name: anker, norm: Abs. 1, earliest: [angekommen, gemeldet]}
  - name: frist
    norm: Abs. 1
    cases: [{when: {familie: true}, value: P1M}, {when: {zimmer: true}, value: P2M}, {otherwise: P3M}]
  - name: klasse
    norm: Abs. 1
    cases: [{when: {land: GH}, value: nah}, {when: {sprache: b1}, value: gut}, {otherwise: rest}]
  - {name: neu, norm: Abs. 1, in_force: {from: 2026-11-01}, when: {zimmer: true}}
  - {name: alt, norm: Abs. 1, in_force: {to: 2026-11-21}, when: {zimmer: true}}
  - {name: neue_frist, norm: Abs. 1, in_force: {from: 2027-01-01}, cases: [{otherwise: P1M}]}
"""
VALUES = """\
lists:
  nah:
    typ: land
    norm: X
    label: {de: a, en: b}
    versions: [{to: 2026-11-21, values: [SN]}, {from: 2026-11-22, values: [GH, GN]}]
  einst: {typ: land, norm: X, label: {de: a, en: b}, versions: [{to: 2026-11-21, values: [GH]}]}
  leer: {typ: land, norm: X, label: {de: a, en: b}, versions: [{values: []}]}
  titel_a: {typ: norm, norm: X, label: {de: a, en: b}, versions: [{values: [§ 25 Abs. 2, § 18]}]}
  gute: {typ: sprache, norm: X, label: {de: a, en: b}, versions: [{values: [a2, b1]}]}
parameters:
  grenze: {typ: geld, norm: X, label: {de: a, en: b}, versions: [{value: 2000.50}]}
  viele: {typ: zahl, norm: X, label: {de: a, en: b}, versions: [{value: 3}]}
  stichtag: {typ: datum, norm: X, label: {de: a, en: b}, versions: [{value: 2026-01-15}]}
  dauer: {typ: period, norm: X, label: {de: a, en: b}, versions: [{value: P14D}]}
  einmal: {typ: zahl, norm: X, label: {de: a, en: b}, versions: [{to: 2025-12-31, value: 2}]}
"""


RULE = """\
rules:
  - {{id: x, norm: Abs. 1, targets: [arbeit.leihe], outcome: frei, because: {{de: a, en: b}}, when: {{{}}}}}
"""


@pytest.fixture(scope="module")
def asked(module_books: Books, ask: Asking) -> Any:
    """Ask a book with one rule: it takes effect exactly where the condition holds."""
    made: dict[str, Book] = {}

    def answer(condition: str, day: date = DAY, **facts: object) -> Answer:
        if condition not in made:
            law = DEFINITIONS + RULE.format(condition)
            made[condition] = module_books.law(law, **{"parameters/a": VALUES})
        found = ask(made[condition], "arbeit.leihe", day, **facts)
        (reason,) = found.proof.rules
        states = {"frei": {"wirkt"}, "unklar": {"offen"}}.get(found.ergebnis, {"greift_nicht"})
        # reasons are three-valued: without any fact they leave open what no fact could change
        assert reason.state in (states if facts else {*states, "offen"})
        return found

    return answer


YES: list[tuple[str, dict[str, object]]] = [
    ("status: gast", {"status": "gast"}),
    ("status: {in: [gast, reise]}", {"status": "reise"}),
    ("zimmer: false", {"zimmer": False}),
    ("not: {zimmer: true}", {"zimmer": False}),
    ("unless: {zimmer: true}", {"zimmer": False}),
    ("all: [{zimmer: true}, {kinder: 2}]", {"zimmer": True, "kinder": 2}),
    ("any: [{zimmer: true}, {kinder: 2}]", {"zimmer": False, "kinder": 2}),
    ("any: [{zimmer: true}, {zimmer: false}]", {"zimmer": True}),
    ("zimmer: true, kinder: 2", {"zimmer": True, "kinder": 2}),
    ("sprache: {at_least: a2}", {"sprache": "a2"}),
    ("sprache: {above: a1}", {"sprache": "a2"}),
    ("sprache: {at_most: a2}", {"sprache": "a1"}),
    ("sprache: {below: b1}", {"sprache": "a2"}),
    ("sprache: {at_least: a2, below: b1}", {"sprache": "a2"}),
    ("sprache: {in: gute}", {"sprache": "b1"}),
    ("kinder: {at_least: 2}", {"kinder": 2}),
    ("kinder: {at_most: 2}", {"kinder": 2}),
    ("kinder: {above: 2}", {"kinder": 3}),
    ("kinder: {below: 2}", {"kinder": 1}),
    ("kinder: {in: [1, 4]}", {"kinder": 4}),
    ("kinder: {at_least: viele}", {"kinder": 3}),
    ("lohn: {at_least: grenze}", {"lohn": 2001}),
    ("lohn: {at_most: 2000}", {"lohn": 2000}),
    ("land: {in: nah}", {"land": "GN"}),
    ("land: {in: [GH, SN]}", {"land": "SN"}),
    ("titel: § 25", {"titel": "§ 25 Abs. 3"}),
    ("titel: {in: titel_a}", {"titel": "§ 25 Abs. 2 Satz 1"}),
    ("titel: {in: titel_a}", {"titel": "§ 18"}),
    ("angekommen: {at_most: 2026-01-15}", {"angekommen": "2026-01-15"}),
    ("angekommen: {below: stichtag}", {"angekommen": "2026-01-14"}),
    ("angekommen: {at_least: 2026-01-15}", {"angekommen": "2026-01-15"}),
    ("angekommen: {above: 2026-01-15}", {"angekommen": "2026-01-16"}),
    ("angekommen: 2026-01-15", {"angekommen": "2026-01-15"}),
    ("angekommen: keine", {"angekommen": "keine"}),
    ("angekommen: {in: [2026-01-15, keine]}", {"angekommen": "keine"}),
    ("not: {angekommen: keine}", {"angekommen": "2026-01-15"}),
    ("not: {angekommen: {at_least: 2026-01-15}}", {"angekommen": "keine"}),
    ("angekommen: {since: P3M}", {"angekommen": "2026-08-22"}),
    ("angekommen: {after: P3M}", {"angekommen": "2026-08-21"}),
    ("angekommen: {since: dauer}", {"angekommen": "2026-11-08"}),
    ("beginn: {before: P6M}", {"beginn": "2027-05-22"}),
    ("beginn: {before: P6M}", {"beginn": "2026-01-01"}),
    ("angekommen: {since: frist}", {"angekommen": "2026-10-22", "kinder": 1, "zimmer": False}),
    ("angekommen: {since: frist}", {"angekommen": "2026-09-22", "kinder": 0, "zimmer": True}),
    ("angekommen: {since: frist}", {"angekommen": "2026-08-22", "kinder": 0, "zimmer": False}),
    ("gemeldet: {at_most: {fact: angekommen, plus: P6M}}",
     {"angekommen": "2026-01-31", "gemeldet": "2026-07-31"}),
    ("gemeldet: {above: {fact: angekommen, plus: P6M}}",
     {"angekommen": "2026-01-31", "gemeldet": "2026-08-01"}),
    ("gemeldet: {at_least: {fact: angekommen}}", {"angekommen": "2026-01-31", "gemeldet": "2026-01-31"}),
    ("gemeldet: {below: {fact: angekommen}}", {"angekommen": "2026-01-31", "gemeldet": "2026-01-30"}),
    ("alter: {below: 18}", {"geboren": "2008-11-23"}),
    ("alter: {at_least: 18}", {"geboren": "2008-11-22"}),
    ("alter: {above: 17}", {"geboren": "2008-11-22"}),
    ("alter: {at_most: 17}", {"geboren": "2008-11-23"}),
    ("alter: 18", {"geboren": "2008-11-22"}),
    ("alter: {at_least: viele}", {"geboren": "2023-11-22"}),
    ("familie: true", {"kinder": 1}),
    ("familie: false", {"kinder": 0}),
    ("klasse: nah", {"land": "GH"}),
    ("klasse: gut", {"land": "SN", "sprache": "b1"}),
    ("klasse: {in: [nah, rest]}", {"land": "SN", "sprache": "a1"}),
    ("anker: {since: P3M}", {"angekommen": "2026-11-01", "gemeldet": "2026-08-22"}),
    ("anker: {at_least: 2026-08-22}", {"angekommen": "2026-11-01", "gemeldet": "2026-08-22"}),
    ("anker: {at_most: 2026-08-22}", {"angekommen": "keine", "gemeldet": "2026-08-22"}),
    ("anker: keine", {"angekommen": "keine", "gemeldet": "keine"}),
    ("neu: true", {"zimmer": True}),
    ("kurs.deutsch: frei", {}),
    ("kurs.deutsch: {in: [frei, soll]}", {}),
]  # fmt: skip

NO: list[tuple[str, dict[str, object]]] = [
    ("status: gast", {"status": "buerger"}),
    ("all: [{zimmer: true}, {kinder: 2}]", {"zimmer": False}),
    ("any: [{zimmer: true}, {kinder: 2}]", {"zimmer": False, "kinder": 3}),
    ("all: [{zimmer: true}, {zimmer: false}]", {}),
    ("kinder: {above: 2, below: 3}", {}),
    ("sprache: {at_least: a2}", {"sprache": "a1"}),
    ("sprache: {above: a2}", {"sprache": "a2"}),
    ("kinder: {at_least: viele}", {"kinder": 2}),
    ("kinder: {below: 0}", {}),
    ("lohn: {at_least: grenze}", {"lohn": 2000}),
    ("land: {in: nah}", {"land": "SN"}),
    ("land: {in: einst}", {"land": "GH"}),
    ("land: {in: leer}", {}),
    ("land: {in: leer}", {"land": "ungeklaert"}),
    ("land: {in: [GH, SN]}", {"land": "staatenlos"}),
    ("titel: § 25 Abs. 2", {"titel": "§ 25 Abs. 3"}),
    ("titel: {in: titel_a}", {"titel": "§ 18a"}),
    ("angekommen: {above: 2026-01-15}", {"angekommen": "keine"}),
    ("angekommen: {at_most: 2026-01-15}", {"angekommen": "keine"}),
    ("angekommen: {since: P3M}", {"angekommen": "keine"}),
    ("gemeldet: {at_most: {fact: angekommen}}", {"angekommen": "keine", "gemeldet": "2026-01-30"}),
    ("gemeldet: {at_most: {fact: angekommen}}", {"angekommen": "2026-01-30", "gemeldet": "keine"}),
    ("gemeldet: {above: {fact: angekommen}}", {"angekommen": "2026-01-30", "gemeldet": "keine"}),
    ("beginn: {before: P6M}", {"beginn": "keine"}),
    ("aufenthalt: {below: 3}", {"angekommen": "keine"}),
    ("not: {klasse: {in: [nah, gut, rest]}}", {}),
    ("klasse: nah", {"land": "SN"}),
    ("anker: {at_least: 2026-08-23}", {"angekommen": "2026-11-01", "gemeldet": "2026-08-22"}),
    ("alt: true", {"zimmer": True}),
    ("kurs.deutsch: nein", {}),
]  # fmt: skip

OPEN: list[tuple[str, dict[str, object], tuple[str, ...]]] = [
    ("status: gast", {}, ("status",)),
    ("all: [{zimmer: true}, {kinder: 2}]", {"zimmer": True}, ("kinder",)),
    ("zimmer: true, kinder: 2", {}, ("zimmer", "kinder")),
    ("land: {in: nah}", {"land": "ungeklaert"}, ("land",)),
    ("titel: § 25 Abs. 2", {"titel": "§ 25"}, ("titel",)),
    ("lohn: {at_least: grenze}", {}, ("lohn",)),
    ("angekommen: {since: frist}", {"angekommen": "2026-10-22", "zimmer": False}, ("kinder",)),
    ("alter: {below: 18}", {}, ("geboren",)),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "facts"), YES)
def test_holds(asked: Any, condition: str, facts: dict[str, object]) -> None:
    assert asked(condition, **facts).ergebnis == "frei"


@pytest.mark.parametrize(("condition", "facts"), NO)
def test_does_not_hold(asked: Any, condition: str, facts: dict[str, object]) -> None:
    assert asked(condition, **facts).ergebnis == "nein"


@pytest.mark.parametrize(("condition", "facts", "missing"), OPEN)
def test_is_open(asked: Any, condition: str, facts: dict[str, object], missing: tuple[str, ...]) -> None:
    found = asked(condition, **facts)
    assert (found.ergebnis, found.grund) == ("unklar", "angabe_fehlt")
    assert sorted(found.fehlend) == sorted(missing)


def test_tautologies_and_contradictions_need_no_fact(asked: Any) -> None:
    assert asked("any: [{zimmer: true}, {zimmer: false}]").ergebnis == "frei"
    assert asked("any: [{kinder: {below: 3}}, {kinder: {at_least: 3}}]").ergebnis == "frei"
    assert asked("all: [{sprache: {at_least: b1}}, {sprache: {below: b1}}]").ergebnis == "nein"
    assert asked("all: [{land: GH}, {land: GN}]").ergebnis == "nein"


@pytest.mark.parametrize(
    ("condition", "facts", "ab"),
    [
        ("angekommen: {since: P3M}", {"angekommen": "2026-08-31"}, date(2026, 12, 1)),
        ("angekommen: {since: P3M}", {"angekommen": "2026-08-23"}, date(2026, 11, 23)),
        ("angekommen: {after: P3M}", {"angekommen": "2026-08-22"}, date(2026, 11, 23)),
        ("angekommen: {after: P3M}", {"angekommen": "2026-11-22"}, date(2027, 2, 23)),
        ("beginn: {before: P7M}", {"beginn": "2027-09-30"}, date(2027, 2, 28)),
        ("alter: {at_least: 18}", {"geboren": "2008-11-23"}, date(2026, 11, 23)),
        ("alter: {at_least: 18}", {"geboren": "2012-02-29"}, date(2030, 3, 1)),
        (
            "angekommen: {since: frist}",
            {"angekommen": "2026-10-23", "kinder": 1, "zimmer": False},
            date(2026, 11, 23),
        ),
        ("anker: {since: P3M}", {"angekommen": "2026-11-01", "gemeldet": "2026-10-01"}, date(2027, 1, 1)),
        ("angekommen: {since: neue_frist}", {"angekommen": "2026-01-01"}, date(2027, 1, 1)),
    ],
)
def test_holds_from_a_day_on(asked: Any, condition: str, facts: dict[str, object], ab: date) -> None:
    found = asked(condition, **facts)
    assert (found.ergebnis, found.dann, found.ab) == ("noch_nicht", "frei", ab)
    later = asked(condition, ab, **facts)
    assert later.ergebnis == "frei"
    before = asked(condition, date.fromordinal(ab.toordinal() - 1), **facts)
    assert before.ergebnis == "noch_nicht"


@pytest.mark.parametrize(
    ("condition", "facts", "bis"),
    [
        ("alter: {below: 18}", {"geboren": "2008-12-02"}, date(2026, 12, 1)),
        ("not: {angekommen: {since: P3M}}", {"angekommen": "2026-10-31"}, date(2027, 1, 30)),
        ("unless: {angekommen: {after: P3M}}", {"angekommen": "2026-10-31"}, date(2027, 1, 31)),
    ],
)
def test_holds_up_to_a_day(asked: Any, condition: str, facts: dict[str, object], bis: date) -> None:
    found = asked(condition, **facts)
    assert (found.ergebnis, found.bis) == ("frei", bis)
    assert asked(condition, bis, **facts).ergebnis == "frei"
    assert asked(condition, date.fromordinal(bis.toordinal() + 1), **facts).ergebnis == "nein"


def test_versions_of_definitions_and_lists_count_by_the_day(asked: Any) -> None:
    assert asked("alt: true", date(2026, 11, 21), zimmer=True).ergebnis == "frei"
    assert asked("neu: true", date(2026, 10, 31), zimmer=True).ergebnis == "noch_nicht"
    assert asked("land: {in: nah}", date(2026, 11, 21), land="SN").ergebnis == "frei"
    assert asked("land: {in: nah}", date(2026, 11, 21), land="GH").ab == DAY
    assert asked("land: {in: einst}", date(2026, 11, 21), land="GH").bis == date(2026, 11, 21)


def test_a_parameter_without_a_value_leaves_the_answer_open(asked: Any) -> None:
    found = asked("kinder: {at_least: einmal}", kinder=5)
    assert (found.ergebnis, found.grund, found.fehlend) == ("unklar", "nicht_behandelt", ())
    assert asked("kinder: {at_least: einmal}", date(2025, 12, 31), kinder=5).ergebnis == "frei"
    assert asked("kinder: {at_least: einmal}, zimmer: true", kinder=5, zimmer=False).ergebnis == "nein"
    open_too = asked("kinder: {at_least: einmal}, zimmer: true", kinder=5)
    assert (open_too.ergebnis, open_too.fehlend) == ("unklar", ("zimmer",))


def test_a_rule_ends_after_the_last_day_that_a_fact_names(books: Books, ask: Asking) -> None:
    book = books.law(
        """
        rules:
        - {id: x, norm: Abs. 1, targets: [arbeit.leihe], outcome: frei, bis: beginn, because: {de: a, en: a}}
        """
    )
    found = ask(book, "arbeit.leihe", beginn="2026-12-24")
    assert (found.ergebnis, found.bis) == ("frei", date(2026, 12, 24))
    assert ask(book, "arbeit.leihe", date(2026, 12, 24), beginn="2026-12-24").ergebnis == "frei"
    assert ask(book, "arbeit.leihe", date(2026, 12, 25), beginn="2026-12-24").ergebnis == "nein"
    assert ask(book, "arbeit.leihe", beginn="keine").bis is None


def test_several_ends_the_earliest_counts(books: Books, ask: Asking) -> None:
    rule = "targets: [arbeit.leihe], outcome: frei, because: {de: a, en: b}"
    book = books.law(
        "rules:\n"
        f"  - {{id: x, norm: Abs. 1, bis: beginn, when: {{zimmer: true}}, {rule}}}\n"
        f"  - {{id: y, norm: Abs. 2, bis: beginn, unless: {{geboren: {{since: P20Y}}}}, {rule}}}\n"
    )
    found = ask(book, "arbeit.leihe", zimmer=False, geboren="2006-12-02", beginn="2026-12-24")
    assert found.bis == date(2026, 12, 1)
