"""The tree of reasons: what became of each rule, and which facts carry it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from wegweiser.engine.answers import Reason, RuleReason

if TYPE_CHECKING:
    from tests.engine.conftest import Asking, Books

DAY = date(2026, 11, 22)
MORE = "norm: Abs. 1, targets: [arbeit.leihe], because: {de: a, en: b}"
TREE = f"""\
rules:
  - {{id: regel, when: {{zimmer: true}}, outcome: soll, {MORE}}}
  - {{id: ausnahme, exception_to: [regel], when: {{gesperrt: true}}, outcome: nein, {MORE}}}
  - {{id: hebt, lifts: [ausnahme], when: {{kinder: 1}}, {MORE}}}
"""


def reasons(books: Books, ask: Asking, law: str, **facts: Any) -> dict[str, RuleReason]:
    proof = ask(books.law(law), "arbeit.leihe", **facts).proof
    return {reason.id: reason for reason in proof.rules}


@pytest.mark.parametrize(
    ("facts", "states", "by"),
    [
        ((True, False, 0), ("wirkt", "greift_nicht", "greift_nicht"), ()),
        ((True, True, 0), ("verdraengt", "wirkt", "greift_nicht"), ("ausnahme",)),
        ((True, True, 1), ("wirkt", "greift_nicht", "wirkt"), ()),
        ((False, True, 0), ("greift_nicht", "greift_nicht", "greift_nicht"), ()),
        ((True, "unbekannt", 0), ("offen", "offen", "greift_nicht"), ()),
        (("unbekannt", False, 0), ("offen", "greift_nicht", "greift_nicht"), ()),
        ((True, True, "unbekannt"), ("offen", "offen", "offen"), ()),
    ],
)
def test_states(
    books: Books, ask: Asking, facts: tuple[object, ...], states: tuple[str, ...], by: tuple[str, ...]
) -> None:
    found = reasons(books, ask, TREE, **dict(zip(("zimmer", "gesperrt", "kinder"), facts, strict=True)))
    assert tuple(reason.state for reason in found.values()) == states
    assert found["regel"].by == by
    assert found["ausnahme"].parents == ("regel",)


def test_what_lifts_a_rule_is_named(books: Books, ask: Asking) -> None:
    found = reasons(books, ask, TREE, zimmer=True, gesperrt=True, kinder=1)
    assert found["ausnahme"].by == ("hebt",)


def test_whether_the_default_applies(books: Books, ask: Asking) -> None:
    book = books.law(TREE)
    told: list[tuple[dict[str, Any], bool | None]] = [
        ({"zimmer": True, "gesperrt": False}, False),
        ({"zimmer": False}, True),
        ({}, None),
    ]
    for facts, applies in told:
        default = ask(book, "arbeit.leihe", **facts).proof.default
        assert default is not None
        assert (default.outcome, default.norm, default.applies) == ("nein", "§ 1 XG", applies)


def test_whether_a_target_is_treated(books: Books, ask: Asking) -> None:
    book = books.book()
    told: list[tuple[dict[str, Any], bool | None]] = [
        ({"status": "gast"}, True),
        ({"status": "reise"}, False),
        ({}, None),
    ]
    for facts, truth in told:
        treated = ask(book, **facts).proof.treated
        assert treated is not None
        assert treated.truth is truth


def reason(
    books: Books, ask: Asking, condition: str, *, law: str = "", relations: str | None = None, **facts: Any
) -> Reason:
    text = f"{law}rules:\n  - {{id: x, when: {{{condition}}}, outcome: soll, {MORE}}}\n"
    files: dict[str, Any] = {} if relations is None else {"relations": relations}
    found = ask(books.law(text, **files), "arbeit.leihe", **facts).proof.rules[0].condition
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("condition", "facts", "turns"),
    [
        ("angekommen: {since: P3M}", {"angekommen": "2026-08-31"}, date(2026, 12, 1)),
        ("angekommen: {after: P3M}", {"angekommen": "2026-08-15"}, date(2026, 11, 16)),
        ("beginn: {before: P7M}", {"beginn": "2027-09-30"}, date(2027, 2, 28)),
        ("angekommen: {since: P3M}", {"angekommen": "keine"}, None),
        ("angekommen: {since: P3M}", {}, None),
    ],
)
def test_the_day_on_which_a_condition_turns(
    books: Books, ask: Asking, condition: str, facts: dict[str, Any], turns: date | None
) -> None:
    assert reason(books, ask, condition, **facts).turns == turns


ORDER = """\
relations:
  - {name: a, because: {de: a, en: b}, in_order: [angekommen, gemeldet]}
  - {name: b, because: {de: a, en: b}, implies: {if: {status: gast}, then: {not: {angekommen: keine}}}}
"""


def test_a_bound_that_follows_from_a_relation(books: Books, ask: Asking) -> None:
    facts: dict[str, Any] = {"gemeldet": "2026-08-01", "status": "gast"}
    found = reason(books, ask, "angekommen: {since: P3M}", relations=ORDER, **facts)
    assert (found.truth, found.origin, found.value) == (True, "grenze", (None, date(2026, 8, 1)))
    assert found.turns == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("condition", "facts", "origin", "value", "truth"),
    [
        ("zimmer: true", {"zimmer": True}, "angabe", True, True),
        ("ehrenamt: true", {}, "annahme", False, False),
        ("zimmer: true", {}, None, None, None),
        ("land: {in: [GH, GN]}", {"land": "GN"}, "angabe", "GN", True),
        ("angekommen: keine", {"angekommen": "keine"}, "angabe", "keine", True),
    ],
)
def test_where_a_value_comes_from(
    books: Books,
    ask: Asking,
    condition: str,
    facts: dict[str, Any],
    origin: str | None,
    value: object,
    *,
    truth: bool | None,
) -> None:
    found = reason(books, ask, condition, **facts)
    assert (found.origin, found.value, found.truth) == (origin, value, truth)


DEFINED = """\
derived:
  - {name: alter, norm: Abs. 7, label: {de: Alter, en: age}, age_of: geboren}
  - {name: anker, norm: Abs. 8, earliest: [angekommen, gemeldet]}
  - {name: familie, norm: Abs. 9, when: {kinder: {at_least: 1}}}
  - {name: frist, norm: Abs. 1, cases: [{when: {zimmer: true}, value: P1M}, {otherwise: P3M}]}
"""


def test_definitions_explain_themselves(books: Books, ask: Asking) -> None:
    found = reason(books, ask, "familie: true", law=DEFINED, kinder=2)
    assert (found.kind, found.name, found.norm, found.truth) == ("derived", "familie", "§ 1 Abs. 9 XG", True)
    assert found.children[0].value == 2
    found = reason(books, ask, "alter: {at_least: 18}", law=DEFINED, geboren="2008-11-23")
    assert (found.value, found.arg, found.turns) == (17, 18, date(2026, 11, 23))
    assert found.because == ("Alter", "age")


def test_a_period_of_a_definition_is_told_where_only_one_is_possible(books: Books, ask: Asking) -> None:
    told: list[tuple[dict[str, Any], str | None]] = [
        ({"zimmer": True}, "P1M"),
        ({"zimmer": False}, "P3M"),
        ({}, None),
    ]
    for facts, period in told:
        found = reason(
            books, ask, "angekommen: {since: frist}", law=DEFINED, angekommen="2026-11-01", **facts
        )
        assert (found.arg, found.source) == (period, "frist")


def test_what_is_asked_of_a_definition_is_told_as_of_a_fact(books: Books, ask: Asking) -> None:
    found = reason(books, ask, "anker: {since: P3M}", law=DEFINED, gemeldet="2026-01-01")
    assert found.arg == "P3M"
    assert [child.name for child in found.children] == ["angekommen", "gemeldet"]
    found = reason(books, ask, "anker: {at_least: 2026-01-01}", law=DEFINED)
    assert found.arg == date(2026, 1, 1)


def test_unless_is_a_reason_of_its_own(books: Books, ask: Asking) -> None:
    law = (
        f"rules:\n  - {{id: x, when: {{zimmer: true}}, unless: {{gesperrt: true}}, outcome: soll, {MORE}}}\n"
    )
    found = reasons(books, ask, law, zimmer=True, gesperrt=True)["x"].condition
    assert found is not None
    assert (found.kind, found.truth, [child.kind for child in found.children]) == (
        "all",
        False,
        ["fact", "unless"],
    )
    assert (found.children[1].truth, found.children[1].children[0].truth) == (False, True)
