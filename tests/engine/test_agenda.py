"""The agenda: atoms that hold for certain, rules that chain, steps in their order, days and offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, check, open_book
from wegweiser.engine.agenda import Agenda, agenda_of, fire
from wegweiser.engine.agendalimits import ATOMS_A_RULE, RULES_ON_AN_ATOM, fnv, too_large

DAY = date(2026, 11, 22)
OFFICES = """\
offices:
  amt:
    kind: {de: Amt, en: office}
    places: {Bremen: {de: Amt Bremen, en: Bremen office}}
    lands: {HB: {de: Landesamt, en: office of the Land}}
"""
PLACES = """\
fact: ort
land: land_de
places: {Bremen: HB, Bremerhaven: HB, Berlin: BE}
"""
WHERE = """\
topic: wo
label: {de: Wo, en: where}
facts:
  ort: {typ: ort, label: {de: Ort, en: place}, question: {de: Wo?, en: Where?}}
  frist:
    typ: datum
    future: true
    ohne_angabe: keine
    label: {de: Frist, en: term}
    question: {de: Wann?, en: When?}
  land_de:
    typ: wahl
    werte: {HB: {de: Bremen, en: Bremen}, BE: {de: Berlin, en: Berlin}}
    label: {de: Land, en: Land}
    question: {de: Welches?, en: Which?}
"""
STEP = "step: {was: {de: tun, en: do}, wer: {de: wer, en: who}, wo: amt}"


def written(rules: str, atoms: str = "") -> dict[str, str | bytes | None]:
    """The files of a small book with an agenda."""
    guest = "  status:gast: {when: {status: gast}}\n"
    return {
        "facts/wo.yaml": WHERE,
        "places.yaml": PLACES,
        "offices.yaml": OFFICES,
        "agenda/probe.yaml": f"topic: probe\natoms:\n{guest}{atoms}rules:\n{rules}",
        "book.yaml": None,
    }


@pytest.fixture
def made(books: Any) -> Any:
    """Makes a book with an agenda."""

    def make(rules: str, atoms: str = "") -> Book:
        files = written(rules, atoms)
        files["book.yaml"] = books.base["book.yaml"].replace("[person]", "[person, wo]")
        found: Book = books.book(files)
        return found

    return make


@pytest.fixture
def asked(ask: Any) -> Any:
    """The agenda of a book for a person."""

    def asked(book: Book, **facts: Any) -> Agenda:
        person = ask.person(book, DAY, **facts)
        return agenda_of(book, person, check(book, person).answers)

    return asked


def rule(name: str, atoms: str, more: str = STEP) -> str:
    return f"  - {{id: {name}, all: [{atoms}], {more}}}\n"


def test_rules_chain_until_nothing_new_follows() -> None:
    rules = [
        {"id": "c", "all": ["x:b"], "adds": ["x:c"]},
        {"id": "a", "all": ["x:a"], "adds": ["x:b"]},
        {"id": "both", "all": ["x:a", "x:c"], "adds": []},
        {"id": "idle", "all": ["x:a", "x:d"], "adds": []},
        {"id": "round", "all": ["x:c"], "adds": ["x:a"]},
    ]
    assert fire(rules, ["x:a"]) == {"a", "c", "both", "round"}
    assert fire(rules, ["x:c"]) == {"a", "c", "both", "round"}
    assert fire(rules, []) == frozenset()


def test_an_atom_holds_only_for_certain(made: Any, asked: Any) -> None:
    book = made(
        rule("r", '"status:gast"') + rule("s", '"status:kein_gast"'),
        "  status:kein_gast: {when: {not: {status: gast}}}\n",
    )
    assert asked(book, status="gast").fired == ("r",)
    assert asked(book, status="buerger").fired == ("s",)
    assert asked(book).fired == ()


def test_what_is_not_known_does_not_hinder(made: Any, asked: Any) -> None:
    book = made(rule("r", '"frist:offen"'), "  frist:offen: {when: {status: gast}, unless: {ort: Bremen}}\n")
    assert asked(book, status="gast").fired == ("r",)
    assert asked(book, status="gast", ort="Berlin").fired == ("r",)
    assert asked(book, status="gast", ort="Bremen").fired == ()
    assert asked(book, ort="Berlin").fired == ()


@pytest.mark.parametrize(
    ("test", "came", "holds"),
    [
        ("in: [ermessen]", "2026-08-22", True),
        ("in: [ermessen]", "2026-08-23", False),
        ("in: [noch_nicht]", "2026-08-23", True),
        ("then: [ermessen]", "2026-08-23", True),
        ("then: [ermessen]", "2026-08-22", False),
        ("then: [soll]", "2026-08-23", False),
        ("in: [ermessen]", None, False),
        ("in: [unklar]", None, True),
        ("possible: [ermessen]", None, True),
        ("possible: [anspruch]", None, False),
        ("possible: [ermessen]", "2026-08-22", True),
        ("then: [ermessen], within: {day: ab, period: P30D}", "2026-09-22", True),  # from 22 December on
        ("then: [ermessen], within: {day: ab, period: P30D}", "2026-09-23", False),
        ("in: [ermessen], within: {day: ab, period: P30D}", "2026-08-22", False),
    ],
)
def test_atoms_on_answers(made: Any, asked: Any, test: str, came: str | None, *, holds: bool) -> None:
    book = made(
        rule("r", '"recht:stelle"'), f"  recht:stelle: {{answer: {{target: arbeit.stelle, {test}}}}}\n"
    )
    facts = {} if came is None else {"angekommen": date.fromisoformat(came)}
    assert (asked(book, status="gast", **facts).fired == ("r",)) is holds


def test_of_several_targets_one_is_enough_and_a_missing_answer_is_no_atom(made: Any, ask: Any) -> None:
    book = made(
        rule("r", '"recht:arbeit"') + rule("s", '"recht:deutsch"'),
        "  recht:arbeit: {answer: {target: [ARBEIT, kurs.deutsch], in: [frei]}}\n"
        "  recht:deutsch: {answer: {target: kurs.deutsch, in: [frei]}}\n",
    )
    person = ask.person(book, DAY, status="gast")
    assert agenda_of(book, person, check(book, person).answers).fired == ("r", "s")
    assert agenda_of(book, person, check(book, person, ["arbeit.stelle"]).answers).fired == ()


def test_the_order_follows_dependencies_then_days_then_ranks(made: Any, asked: Any) -> None:
    def step(more: str) -> str:
        return STEP.removesuffix("}") + f", {more}}}"

    rules = (
        rule("last", '"status:gast"', step("rank: 1, nach: [middle]"))
        + rule("late", '"status:gast"', step("rank: 1, frist: {from: [{fact: frist}]}"))
        + rule("second", '"status:gast"', step("rank: 9"))
        + rule("absent", '"status:buerger"', step("nach: [second]"))
        + rule("middle", '"status:buerger"', step("nach: [absent]"))
        + rule("first", '"status:gast"', step("rank: 5"))
    )
    book = made(rules, "  status:buerger: {when: {status: buerger}}\n")
    # `last` waits for `second` although the two steps between them are not on the agenda
    steps = asked(book, status="gast", frist=date(2027, 1, 1)).steps
    assert [one.rule for one in steps] == ["first", "second", "last", "late"]
    assert steps[3].first == date(2027, 1, 1)
    past = asked(book, status="gast", frist=date(2026, 11, 1)).steps
    assert [one.rule for one in past] == ["late", "first", "second", "last"]


def test_days_come_from_the_first_source_that_has_one(made: Any, asked: Any) -> None:
    term = (
        "frist: {from: [{answer: arbeit.stelle, day: ab}, {fact: beginn, before: P7M}],"
        " until: [{fact: frist}, {fact: beginn, after: P2W}]}"
    )
    book = made(rule("r", '"status:gast"', STEP.removesuffix("}") + f", {term}}}"))

    def days(**facts: Any) -> tuple[date | None, date | None]:
        (step,) = asked(book, status="gast", **facts).steps
        return step.first, step.last

    assert days() == (None, None)
    assert days(beginn=date(2027, 9, 30)) == (date(2027, 2, 28), date(2027, 10, 14))
    assert days(beginn=date(2027, 9, 30), frist=date(2027, 5, 1))[1] == date(2027, 5, 1)
    assert days(beginn=date(2027, 9, 30), angekommen=date(2026, 11, 1))[0] == date(2027, 2, 1)


def test_an_alert_says_its_day(made: Any, asked: Any) -> None:
    alerts = "alert: {text: {de: 'am {tag}', en: 'on {tag}'}, norm: § 1 XG, rank: 20, day: [{fact: frist}]}"
    early = "alert: {text: {de: sofort, en: now}, rank: 10}"
    book = made(rule("a", '"status:gast"', alerts) + rule("b", '"status:gast"', early))
    found = asked(book, status="gast", frist=date(2026, 12, 1)).alerts
    assert [(one.rule, one.day, one.normen) for one in found] == [
        ("b", None, ()),
        ("a", date(2026, 12, 1), ("§ 1 XG",)),
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ort": "Bremen"}, "Amt Bremen"),
        ({"ort": "Bremerhaven"}, "Landesamt"),
        ({"land_de": "HB"}, "Landesamt"),
        ({"ort": "Berlin"}, "Amt"),
        ({}, "Amt"),
    ],
)
def test_the_office_of_the_place_or_its_kind(made: Any, asked: Any, facts: dict[str, str], said: str) -> None:
    (step,) = asked(made(rule("r", '"status:gast"')), status="gast", **facts).steps
    assert step.wo.de == said


# --- faults ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "atoms", "key", "says"),
    [
        (rule("r", '"status:gats"'), "", "rules[1].all[1]", "did you mean “status:gast”"),
        (rule("r", '"status gast"'), "", "rules[1].all[1]", "spelling"),
        (rule("r", '"status:gast", "status:gast"'), "", "rules[1].all", "stands twice"),
        (rule("r", '"status:gast"') * 2, "", "rules[1].id", "stands in agenda/probe.yaml"),
        (rule("r", '"status:gast"', "adds: []"), "", "rules[1]", "does nothing"),
        (rule("r", '"status:gast"', 'adds: ["status:gast"]'), "", "rules[1].adds[1]", "has a condition"),
        (
            rule("r", '"status:gast"', STEP.replace("amt", "amtt")),
            "",
            "rules[1].step.wo",
            "did you mean “amt”",
        ),
        (
            rule("r", '"status:gast"', STEP.replace("wo:", "ort: x, wo:")),
            "",
            "rules[1].step.ort",
            "belong here",
        ),
        (
            rule("rr", '"status:gast"', STEP.replace("amt}", "amt, nach: [ra]}")),
            "",
            "rules[1].step.nach[1]",
            "no rule with",
        ),
        (
            rule("r", '"status:gast"', STEP.replace("amt}", "amt, nach: [r]}")),
            "",
            "rules[1].step.nach",
            "in a circle: r → r",
        ),
        (
            rule("r", '"status:gast"', STEP.replace("amt}", "amt, norm: Abs. 1}")),
            "",
            "rules[1].step.norm",
            "in full",
        ),
        (
            rule("r", '"status:gast"', STEP.replace("amt}", "amt, frist: {de: bald}}")),
            "",
            "rules[1].step.frist",
            "together",
        ),
        (
            rule("r", '"status:gast"', STEP.replace("amt}", "amt, frist: {from: [{fact: bginn}]}}")),
            "",
            "rules[1].step.frist.from[1].fact",
            "did you mean “beginn”",
        ),
        (
            rule(
                "r", '"status:gast"', STEP.replace("amt}", "amt, frist: {from: [{fact: beginn, day: ab}]}}")
            ),
            "",
            "rules[1].step.frist.from[1]",
            "expected is",
        ),
        (
            rule(
                "r",
                '"status:gast"',
                STEP.replace("amt}", "amt, frist: {from: [{answer: arbeit.stele, day: ab}]}}"),
            ),
            "",
            "rules[1].step.frist.from[1].answer",
            "did you mean “arbeit.stelle”",
        ),
        (
            rule("r", '"status:gast"', "alert: {text: {de: 'am {tag}', en: on}}"),
            "",
            "rules[1].alert",
            "belong together",
        ),
        ("", "  x:y: {}\n", "atoms.x:y", "is missing"),
        ("", "  x:y: {when: {arbeit.stelle: frei}}\n", "atoms.x:y.when", "for “answer”"),
        ("", "  x:y: {unless: {status: gast}}\n", "atoms.x:y", "is missing"),
        (
            "",
            "  x:y: {when: {status: gast}, unless: {arbeit.stelle: frei}}\n",
            "atoms.x:y.unless",
            "not for “unless”",
        ),
        ("", "  x:y: {answer: {target: arbeit.stelle}}\n", "atoms.x:y.answer", "what the answer has to be"),
        (
            "",
            "  x:y: {answer: {target: arbeit.stele, in: [frei]}}\n",
            "atoms.x:y.answer.target",
            "did you mean “arbeit.stelle”",
        ),
        (
            "",
            "  x:y: {answer: {target: arbeit.stelle, in: [gut]}}\n",
            "atoms.x:y.answer.in[1]",
            "expected is one of",
        ),
        ("", "  x:y: {when: {stadus: gast}}\n", "atoms.x:y.when.stadus", "did you mean “status”"),
    ],
)
def test_faults_name_place_and_nearest_name(books: Any, rules: str, atoms: str, key: str, says: str) -> None:
    files = written(rules or "  []\n", atoms)
    files["book.yaml"] = books.base["book.yaml"].replace("[person]", "[person, wo]")
    faults = books.faults(files)
    assert {fault.file for fault in faults} == {"agenda/probe.yaml"}
    assert key in [fault.key for fault in faults]
    assert any(says in fault.text.en for fault in faults if fault.key == key)
    assert all(fault.line is not None for fault in faults)


def test_a_place_that_is_not_known_is_a_fault(books: Any) -> None:
    files = written("  []\n")
    files["book.yaml"] = books.base["book.yaml"].replace("[person]", "[person, wo]")
    files["offices.yaml"] = OFFICES.replace("Bremen: {de: Amt", "Bremn: {de: Amt")
    (fault,) = books.faults(files)
    assert (fault.file, fault.line, fault.key) == ("offices.yaml", 4, "offices.amt.places.Bremn")
    assert "did you mean “Bremen”" in fault.text.en


def made_rules(count: int, atoms: Any) -> list[dict[str, Any]]:
    return [{"id": f"r{place}", "all": atoms(place), "adds": []} for place in range(count)]


@pytest.mark.parametrize(
    ("fits", "too_many", "says"),
    [
        (
            made_rules(1, lambda _: [f"g:a{n}" for n in range(ATOMS_A_RULE)]),
            made_rules(1, lambda _: [f"g:a{n}" for n in range(ATOMS_A_RULE + 1)]),
            "12 atoms in a rule",
        ),
        (
            made_rules(RULES_ON_AN_ATOM, lambda _: ["g:a"]),
            made_rules(RULES_ON_AN_ATOM + 1, lambda _: ["g:a"]),
            "200 rules on",
        ),
        (made_rules(400, lambda n: [f"g{n}:a"]), made_rules(401, lambda n: [f"g{n}:a"]), "400 groups"),
        (
            made_rules(400, lambda n: [f"g:a{n}"]),
            made_rules(401, lambda n: [f"g:a{n}"]),
            "400 atoms in a group",
        ),
    ],
)
def test_limits_are_enforced_when_a_book_is_loaded(fits: Any, too_many: Any, says: str) -> None:
    assert too_large(fits) == []
    assert [says in text.en for _, text in too_large(too_many)] == [True]


def test_atoms_with_one_hash_are_refused() -> None:
    assert fnv("a") == 0xE40C292C  # the test vector of the hash
    one, other = "altarage", "zinke"
    assert fnv(one) == fnv(other)
    ((place, text),) = too_large(made_rules(1, lambda _: [f"g:{one}", f"g:{other}"]))
    assert place == 0
    assert "equal hash" in text.en


def test_the_rule_book_of_the_project_is_within_the_limits() -> None:
    assert too_large(open_book().data["agenda"]["rules"]) == []
