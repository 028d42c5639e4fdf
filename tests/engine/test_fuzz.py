"""Mutated rule files: a book or a list of faults, never anything else."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wegweiser.engine import Book, EvaluationError, InputError, Profile, check, open_book
from wegweiser.engine.examples import run
from wegweiser.engine.library import packaged_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.engine.conftest import Books

DAY = date(2026, 11, 22)
FILES = [
    "book.yaml",
    "facts/person.yaml",
    "targets.yaml",
    "laws/xg/p1.yaml",
    "relations.yaml",
    "parameters/a.yaml",
]
RELATIONS = """\
relations:
  - {name: a, because: {de: a, en: b}, in_order: [geboren, angekommen], when: {status: gast}}
"""
VALUES = """\
lists:
  nah: {typ: land, norm: X, label: {de: a, en: b}, versions: [{to: 2026-01-01, values: [GH, GN]}]}
parameters:
  grenze: {typ: geld, norm: X, label: {de: a, en: b}, versions: [{from: 2026-01-01, value: 2000}]}
"""
LAW = """\
derived:
  - {name: alter, norm: Abs. 1, age_of: geboren}
  - {name: anker, norm: Abs. 1, earliest: [angekommen, gemeldet]}
  - {name: frist, norm: Abs. 1, cases: [{when: {zimmer: true}, value: P1M}, {otherwise: P3M}]}
rules:
  - id: a
    norm: Abs. 1
    in_force: {from: 2024-01-01}
    targets: [ARBEIT]
    when: {status: gast, angekommen: {since: frist}, land: {in: nah}}
    unless: {any: [{gesperrt: true}, {alter: {below: 18}}]}
    outcome: ermessen
    zustimmung_ba: erforderlich
    because: {de: a, en: b}
  - id: b
    norm: [Abs. 2, § 3 YG]
    targets: [arbeit.stelle]
    exception_to: [a]
    when: {lohn: {at_least: grenze}, anker: {at_most: 2025-01-01}, kurs.deutsch: frei}
    outcome: anspruch
    because: {de: a, en: b}
    auflagen: [{de: a, en: b, when: {zimmer: true}}]
  - id: c
    norm: Abs. 3
    targets: [ARBEIT]
    prevails_over: [all]
    when: {getaeuscht: true}
    outcome: nein
    because: {de: a, en: b}
  - {id: d, norm: Abs. 4, targets: [ARBEIT], lifts: [c], bis: beginn, because: {de: a, en: b}}
examples:
  - {name: x, given: {status: gast}, expect: {2026-11-22: {arbeit.stelle: unklar}}}
"""
TOKENS = st.sampled_from(
    [
        *(
            "status",
            "gast",
            "zimmer",
            "angekommen",
            "geboren",
            "frist",
            "alter",
            "anker",
            "grenze",
            "nah",
            "lohn",
            "land",
        ),
        *(
            "arbeit.stelle",
            "kurs.deutsch",
            "self.zustimmung_ba",
            "ARBEIT",
            "all",
            "any",
            "not",
            "unless",
            "in",
            "since",
        ),
        *(
            "at_least",
            "when",
            "outcome",
            "nein",
            "offen",
            "frei",
            "true",
            "null",
            "unbekannt",
            "keine",
            "ungeklaert",
        ),
        *(
            "P3M",
            "P0D",
            "2026-01-01",
            "2026-02-30",
            "-1",
            "0",
            "99999999999",
            "1.5",
            "[]",
            "{}",
            "''",
            "~",
            "§ 1",
            "*",
            "&a",
        ),
        *("{wie: zimmer}", "{fact: angekommen, plus: P3M}", "[a, b]", "a", "b", "c", "\t", "…", "\u2028"),
    ]
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "word", "swap", "indent", "insert"]),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        TOKENS,
    ),
    min_size=1,
    max_size=4,
)


def changed(text: str, changes: list[tuple[str, int, int, str]]) -> str:
    """A text with lines and words dropped, doubled, replaced and moved."""
    lines = text.splitlines()
    for kind, first, second, token in changes:
        if not lines:
            break
        place = first % len(lines)
        if kind == "drop":
            del lines[place]
        elif kind == "double":
            lines.insert(place, lines[place])
        elif kind == "swap":
            other = second % len(lines)
            lines[place], lines[other] = lines[other], lines[place]
        elif kind == "indent":
            lines[place] = " " * (second % 7) + lines[place].lstrip()
        elif kind == "insert":
            lines.insert(place, token)
        else:
            words = lines[place].split(" ")
            words[second % len(words)] = token
            lines[place] = " ".join(words)
    return "\n".join(lines) + "\n"


def endure(folder: Path, facts: Mapping[str, object]) -> None:
    """Load, run the examples, ask: only the errors of the engine may come."""
    with contextlib.suppress(InputError, EvaluationError):
        book = open_book(folder)
        list(book.rule_lines())
        list(run(book))
        ask(book, {})
        ask(book, facts)


def ask(book: Book, facts: Mapping[str, object]) -> None:
    with contextlib.suppress(InputError):
        for answer in check(book, Profile.from_facts(facts, book.vocabulary, DAY)).answers:
            assert answer.proof.drawn


@pytest.mark.fuzz
@given(file=st.sampled_from(FILES), changes=CHANGES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_changed_rule_files(module_books: Books, file: str, changes: list[tuple[str, int, int, str]]) -> None:
    files = {
        "relations.yaml": RELATIONS,
        "parameters/a.yaml": VALUES,
        "laws/xg/p1.yaml": 'act: XG\nsection: "1"\n' + LAW,
    }
    text = {**module_books.base, **files}[file]
    folder = module_books.folder({**files, file: changed(text, changes)})
    endure(folder, {"status": "gast", "angekommen": "2026-10-01", "zimmer": True})
    shutil.rmtree(folder)


SCALARS = TOKENS | st.integers(-5, 5) | st.booleans() | st.none() | st.text(max_size=5)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TOKENS | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.fuzz
@given(
    when=TREES,
    key=st.sampled_from(["when", "unless", "in_force", "notes", "targets", "exception_to", "bis", "norm"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_anything_for_an_entry(module_books: Books, when: object, key: str) -> None:
    import json

    rule: dict[str, object] = {
        "id": "a",
        "norm": "Abs. 1",
        "targets": ["arbeit.leihe"],
        "outcome": "soll",
        "because": {"de": "a", "en": "b"},
    }
    law = json.dumps({"act": "XG", "section": "1", "rules": [{**rule, key: when}]})
    folder = module_books.folder({"laws/xg/p1.yaml": law, "parameters/a.yaml": VALUES})
    endure(folder, {"status": "gast"})
    shutil.rmtree(folder)


REAL = sorted(path.relative_to(packaged_rules()).as_posix() for path in packaged_rules().rglob("*.yaml"))


@pytest.mark.fuzz
@given(file=st.sampled_from(REAL), changes=CHANGES)
@settings(max_examples=max(5, settings().max_examples // 20))
def test_changed_files_of_the_real_book(file: str, changes: list[tuple[str, int, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "rules"
        shutil.copytree(packaged_rules(), folder, ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
        path = folder / file
        path.write_text(changed(path.read_text("utf-8"), changes), "utf-8")
        with contextlib.suppress(InputError, EvaluationError):
            book = open_book(folder)
            given_ = {
                "aufenthaltsstatus": "duldung",
                "geburtsdatum": "2000-01-01",
                "duldung_seit": "2026-01-01",
            }
            person = Profile.from_facts(given_, book.vocabulary, DAY)
            check(book, person, ["taetigkeit.selbstaendigkeit"])
