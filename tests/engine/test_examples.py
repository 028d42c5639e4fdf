"""The worked examples beside the rules: what does not hold is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wegweiser.engine.examples import run

if TYPE_CHECKING:
    from tests.engine.conftest import Books

LAW = """\
profiles:
  gast: {status: gast, angekommen: 2026-10-01, lohn: 12.50}
rules:
  - id: a
    norm: Abs. 1
    targets: [arbeit.stelle]
    when: {angekommen: {since: P3M}, lohn: {at_least: 12}}
    unless: {gesperrt: true}
    outcome: soll
    because: {de: a, en: b}
examples:
"""


def differences(
    books: Books, expected: str, given: str = "{gesperrt: false}", profile: str = "gast"
) -> list[str]:
    expect = f"{{2026-11-22: {{arbeit.stelle: {expected}}}}}"
    example = f"  - {{name: n, profile: {profile}, given: {given}, expect: {expect}}}\n"
    return [str(one) for one in run(books.law(LAW + example))]


@pytest.mark.parametrize(
    "expected",
    [
        "noch_nicht",
        "{ergebnis: noch_nicht, ab: 2027-01-01, dann: soll, bis: null}",
        "{regeln: [a], normen: [§ 1 Abs. 1 XG], fehlend: []}",
    ],
)
def test_what_holds(books: Books, expected: str) -> None:
    assert differences(books, expected) == []


def test_what_is_open_holds_in_any_order(books: Books) -> None:
    expected = "voraussichtlich: {ergebnis: noch_nicht, dann: soll}"
    said = f"{{fehlend: [gesperrt], moeglich: [nein, noch_nicht], {expected}}}"
    assert differences(books, said, "{}") == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("soll", "arbeit.stelle ergebnis: expected 'soll', found 'noch_nicht'"),
        ("{ab: 2027-01-02}", "ab: expected '2027-01-02', found '2027-01-01'"),
        ("{regeln: []}", "regeln: expected [], found ['a']"),
        ("{voraussichtlich: {ergebnis: soll}}", "voraussichtlich: expected {'ergebnis': 'soll'}, found None"),
        ("{ergebniss: soll}", "found 'no key ergebniss'"),
    ],
)
def test_what_does_not_hold(books: Books, expected: str, said: str) -> None:
    (found,) = differences(books, expected)
    assert found.startswith("laws/xg/p1.yaml:14: n: 2026-11-22 arbeit.stelle")
    assert said in found


def test_a_person_that_cannot_be(books: Books) -> None:
    (found,) = differences(books, "soll", "{zimmer: vielleicht}")
    assert "input: expected 'a valid profile'" in found
