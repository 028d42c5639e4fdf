"""The rule book for reading: one line for each entry in each version, as the contract says."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from wegweiser.engine import Book

if TYPE_CHECKING:
    from tests.engine.conftest import Books

KEYS = {"id", "art", "normen", "gilt_ab", "gilt_bis", "ziele", "ergebnis", "ausnahme_von"}


def test_lines_of_the_real_book(real_book: Book) -> None:
    lines = list(real_book.rule_lines())
    assert {line["art"] for line in lines} == {"regel", "definition", "liste", "parameter"}
    for line in lines:
        assert set(line) >= KEYS
        assert json.loads(json.dumps(line)) == line
        for key in ("gilt_ab", "gilt_bis"):
            assert line[key] is None or date.fromisoformat(line[key]).isoformat() == line[key]
        assert line["normen"]
        assert set(line["ziele"]) <= set(real_book.targets)
    seen = [(line["id"], line["gilt_ab"]) for line in lines]
    assert len(set(seen)) == len(seen)


def test_there_is_a_line_for_each_version(real_book: Book) -> None:
    data = real_book.data
    versions = [len(entry) for kind in ("rules", "derived") for entry in data[kind].values()]
    versions += [len(entry["versions"]) for kind in ("lists", "parameters") for entry in data[kind].values()]
    assert len(list(real_book.rule_lines())) == sum(versions)


def test_lines_of_a_small_book(books: Books) -> None:
    rest = "norm: Abs. 1, because: {de: a, en: b}"
    yes, no = f"outcome: soll, {rest}", f"outcome: nein, {rest}"
    book = books.law(
        f"""
        derived:
          - {{name: d, norm: Abs. 2, when: {{land: {{in: staaten}}}}}}
        rules:
          - {{id: a, in_force: {{to: 2025-12-31}}, targets: [ARBEIT], when: {{d: true}}, {yes}}}
          - {{id: a, in_force: {{from: 2026-01-01, seen: true}}, targets: [ARBEIT], outcome: frei, {rest}}}
          - {{id: b, targets: [arbeit.leihe], exception_to: [a], lifts: [c], prevails_over: [all], {no}}}
          - {{id: c, targets: [arbeit.leihe], zustimmung_ba: erforderlich, {rest}}}
        """,
        **{
            "parameters/a": "lists:\n  staaten: {typ: land, norm: Anlage I XG, label: {de: a, en: b},"
            " versions: [{to: 2025-06-30, values: [GH]}, {from: 2025-07-01, values: [SN]}]}\n"
        },
    )
    lines = {(line["id"], line["gilt_ab"]): line for line in book.rule_lines()}
    assert list(lines) == [
        ("a", None),
        ("a", "2026-01-01"),
        ("b", None),
        ("c", None),
        ("d", None),
        ("staaten", None),
        ("staaten", "2025-07-01"),
    ]
    old, new = lines["a", None], lines["a", "2026-01-01"]
    assert (old["gilt_bis"], old["ergebnis"], old["beginn_gesichert"]) == ("2025-12-31", "soll", True)
    assert (new["gilt_bis"], new["ergebnis"], new["beginn_gesichert"]) == (None, "frei", False)
    assert old["ziele"] == ["arbeit.stelle", "arbeit.leihe"]
    b = lines["b", None]
    assert (b["ausnahme_von"], b["hebt_auf"], b["geht_vor"]) == (["a"], ["c"], ["all"])
    assert (lines["c", None]["ergebnis"], lines["c", None]["zustimmung_ba"]) == (None, "erforderlich")
    assert lines["d", None]["normen"] == ["§ 1 Abs. 2 XG"]
    for name in (("d", None), ("staaten", "2025-07-01")):
        assert lines[name]["ziele"] == ["arbeit.stelle", "arbeit.leihe"]


def test_cards_show_values_and_places(books: Books) -> None:
    entry = "norm: X, label: {de: a, en: b}, source: Amtsblatt"
    values = (
        "parameters:\n"
        f"  lohn_grenze: {{typ: geld, {entry}, versions: [{{value: 12.50}}]}}\n"
        f"  tag: {{typ: datum, {entry}, versions: [{{value: 2026-01-15}}]}}\n"
    )
    cards = {card.id: card for card in books.book({"parameters/a.yaml": values}).rule_cards()}
    assert (cards["lohn_grenze"].values, cards["lohn_grenze"].source) == ((12.5,), "Amtsblatt")
    assert cards["tag"].values == (date(2026, 1, 15),)
    rule = cards["xg_1_1"]
    assert (rule.file, rule.line, rule.because) == (
        "laws/xg/p1.yaml",
        4,
        ("Gäste nach drei Monaten", "guests after three months"),
    )
    assert rule.condition is not None
    assert rule.condition.truth is None
