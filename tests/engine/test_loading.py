"""Rule files: each kind of fault is told once, in both languages, with its place and the nearest name."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml

from wegweiser.engine import BookError, Fault, open_book
from wegweiser.engine.loading import load_data

if TYPE_CHECKING:
    from tests.engine.conftest import Books

LAW = "laws/xg/p1.yaml"
HEAD = 'act: XG\nsection: "1"\n'
NEEDED = {
    "id": "x_1",
    "norm": "Abs. 1",
    "targets": "[arbeit.stelle]",
    "outcome": "soll",
    "because": "{de: ja, en: yes}",
}
CASES: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
ORDER = "relations:\n  - {{name: a, because: {{de: a, en: b}}, in_order: [{}]}}\n"
BESIDE = {
    "parameters/all.yaml": """\
lists:
  sichere: {typ: land, norm: Anlage II XG, label: {de: sicher, en: safe}, versions: [{values: [GH]}]}
parameters:
  mindestlohn: {typ: geld, norm: § 9 XG, label: {de: Lohn, en: pay}, versions: [{value: 2000}]}
"""
}


def rule(lines: str) -> str:
    """One rule with these lines, and with what it needs besides."""
    given = dedent(lines).strip().splitlines()
    said = {line.split(":")[0] for line in given}
    given += [f"{key}: {value}" for key, value in NEEDED.items() if key not in said]
    return "- " + "\n  ".join(given) + "\n"


def rules(*several: str) -> str:
    """A law file with some rules."""
    return HEAD + "rules:\n" + "".join(rule(lines) for lines in several)


def derived(text: str) -> str:
    """A law file with some definitions."""
    return HEAD + "derived:\n" + dedent(text).lstrip("\n")


def told(fault: Fault) -> str:
    """The English message; the German one is there and is another one."""
    assert fault.text.de
    assert fault.text.en
    assert fault.text.de != fault.text.en
    return fault.text.en


def file_of(case: dict[str, str]) -> tuple[str, str]:
    """Name and text of the file with the fault."""
    if "text" in case:
        return case["file"], case["text"]
    one = "rules:\n" + rule(case["rule"]) if "rule" in case else ""
    return LAW, HEAD + one + case.get("law", "")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_one_fault_is_told_once(books: Books, case: dict[str, str]) -> None:
    file, text = file_of(case)
    law = {LAW: None} if file == "targets.yaml" else {}
    faults = books.faults({**BESIDE, **law, file: text})
    assert len(faults) == 1, [fault.message() for fault in faults]
    fault = faults[0]
    assert case["says"] in told(fault)
    assert fault.file == file
    for line, content in enumerate(text.splitlines(), 1):
        if content.endswith("# <-"):
            assert (fault.line, fault.key) == (line, case.get("key"))
    if "near" in case:
        assert fault.text.en.endswith(f"did you mean “{case['near']}”?")
        assert fault.text.de.endswith(f"gemeint „{case['near']}“?")


def test_faults_of_all_files_are_told_together(books: Books) -> None:
    faults = books.faults(
        {
            **BESIDE,
            LAW: rules(
                "when: {stadus: gast}", "id: x_2\noutcome: nein\ntargets: [arbeit.x]\nexception_to: [y]"
            ),
            "laws/xg/p2.yaml": rules("id: xg_2\nwhen: {zimmer: {since: P3M}}"),
            "relations.yaml": ORDER.format("geboren, land"),
        }
    )
    assert [(fault.file, fault.key) for fault in faults] == [
        (LAW, "rules[1].when.stadus"),
        (LAW, "rules[2].targets[1]"),
        (LAW, "rules[2].exception_to[1]"),
        ("laws/xg/p2.yaml", "rules[1].when.zimmer.since"),
        ("relations.yaml", "relations[1].in_order[2]"),
    ]


def test_faults_of_form_in_several_files_are_told_together(books: Books) -> None:
    faults = books.faults(
        {
            LAW: rules("outcome: vielleicht", "grund: 7"),
            "relations.yaml": "relations: [\n",
            "stray.yaml": "a: 1\n",
            "targets.yaml": None,
        }
    )
    assert [(fault.file, fault.key) for fault in faults] == [
        (LAW, "rules[1].outcome"),
        (LAW, "rules[2].grund"),
        ("relations.yaml", None),
        ("stray.yaml", None),
        ("targets.yaml", None),
    ]


@pytest.mark.parametrize("name", ["book.yaml", "targets.yaml"])
def test_a_file_that_every_book_needs(books: Books, name: str) -> None:
    (fault,) = books.faults({name: None, LAW: None})
    assert (fault.file, fault.line) == (name, None)
    assert told(fault) == "this file is missing"


def test_same_id_in_two_files(books: Books) -> None:
    (fault,) = books.faults({LAW: rules("id: x_1"), "laws/xg/p2.yaml": rules("norm: Abs. 2\nid: x_1")})
    assert (fault.file, fault.key, fault.line) == ("laws/xg/p2.yaml", "rules[1].id", 5)
    assert f"stands in {LAW} already" in told(fault)


def test_same_definition_in_two_files(books: Books) -> None:
    one = derived("- {name: a, norm: Abs. 1, when: {zimmer: true}}\n")
    (fault,) = books.faults({LAW: one, "laws/xg/p2.yaml": one})
    assert (fault.file, fault.key, fault.line) == ("laws/xg/p2.yaml", "derived[1].name", 4)
    assert f"stands in {LAW} already" in told(fault)


def test_definition_named_as_a_list(books: Books) -> None:
    (fault,) = books.faults(
        {**BESIDE, LAW: derived("- {name: sichere, norm: Abs. 1, when: {zimmer: true}}\n")}
    )
    assert (fault.file, fault.key) == (LAW, "derived[1].name")
    assert told(fault) == "this name is taken"


def test_three_versions_of_which_two_overlap(books: Books) -> None:
    text = rules(
        "in_force: {to: 2025-12-31}",
        "in_force: {from: 2025-12-31, to: 2026-05-31}",
        "in_force: {from: 2026-06-01}",
    )
    (fault,) = books.faults({LAW: text})
    assert (fault.key, fault.line) == ("rules[2]", 10)
    assert "overlaps" in told(fault)


def test_versions_that_meet_or_leave_a_gap_are_fine(books: Books) -> None:
    text = rules(
        "in_force: {to: 2025-12-31}",
        "in_force: {from: 2026-01-01, to: 2026-05-31}",
        "in_force: {from: 2026-07-01}",
    )
    assert len(books.book({LAW: text}).rules["x_1"]) == 3


RELATION = """\
relations:
  - name: a
    because: {{de: a, en: b}}
    implies: {{if: {{{}}}, then: {{zimmer: true}}}}
"""
DATED = """\
lists:
  staaten: {typ: land, norm: X, label: {de: a, en: b}, versions: [{from: 2026-01-01, values: [GH]}]}
parameters:
  grenze: {typ: geld, norm: X, label: {de: a, en: b}, versions: [{to: 2026-01-01, value: 3}]}
"""


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("alter: {below: 18}", "alter"),
        ("wartet: true", "since"),
        ("wartet_auch: true", "since"),
        ("neu: true", "neu"),
        ("land: {in: staaten}", "staaten"),
        ("lohn: {at_least: grenze}", "grenze"),
    ],
)
def test_a_relation_that_looks_at_the_day_by_way_of_a_name(books: Books, condition: str, word: str) -> None:
    law = derived("""
        - {name: alter, norm: Abs. 1, age_of: geboren}
        - {name: wartet, norm: Abs. 1, when: {angekommen: {since: P3M}}}
        - {name: wartet_auch, norm: Abs. 1, when: {not: {wartet: true}}}
        - {name: neu, norm: Abs. 1, in_force: {from: 2026-01-01}, when: {kinder: 1}}
    """)
    (fault,) = books.faults(
        {LAW: law, "parameters/a.yaml": DATED, "relations.yaml": RELATION.format(condition)}
    )
    assert (fault.file, fault.key, fault.line) == ("relations.yaml", "relations[1]", 2)
    assert told(fault) == f"“{word}” depends on the day"


def test_a_relation_may_use_definitions_and_lists_that_never_change(books: Books) -> None:
    law = derived("- {name: kind, norm: Abs. 1, when: {kinder: {at_least: 1}}}\n")
    text = RELATION.format("kind: true, land: {in: sichere}")
    assert books.book({**BESIDE, LAW: law, "relations.yaml": text}).data["relations"]


def test_a_long_chain_of_exceptions_is_no_circle(books: Books) -> None:
    chain = rules("id: x_0", *(f"id: x_{n}\nexception_to: [x_{n - 1}]" for n in range(1, 1500)))
    assert len(books.book({LAW: chain}).rules) == 1500


def test_a_long_circle_is_told_once(books: Books) -> None:
    chain = rules(*(f"id: x_{n}\nexception_to: [x_{(n + 1) % 1200}]" for n in range(1200)))
    (fault,) = books.faults({LAW: chain})
    assert "depends on itself" in told(fault)
    assert len(fault.text.en) < 500


def test_no_date_comes_before_itself(books: Books) -> None:
    text = ORDER.format("geboren, angekommen, gemeldet") + ORDER.format("gemeldet, geboren").split("\n", 1)[1]
    (fault,) = books.faults({"relations.yaml": text.replace("name: a", "name: z", 1)})
    assert "puts a date before itself: angekommen → gemeldet → geboren → angekommen" in told(fault)
    assert fault.key == "relations[1].in_order"


def test_a_file_that_is_a_folder(books: Books) -> None:
    folder = books.folder()
    (folder / "facts" / "ordner.yaml").mkdir()
    (fault,) = broken(folder)
    assert fault.file == "facts/ordner.yaml"
    assert "cannot be read" in told(fault)


def test_a_link_to_nowhere(books: Books) -> None:
    folder = books.folder()
    (folder / "facts" / "weg.yaml").symlink_to(folder / "nowhere")
    (fault,) = broken(folder)
    assert fault.file == "facts/weg.yaml"


def test_bytes_that_are_no_text(books: Books) -> None:
    (fault,) = books.faults({LAW: b"act: \xff\n"})
    assert fault.file == LAW


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    for open_ in (open_book, load_data):
        with pytest.raises(BookError) as caught:
            open_(tmp_path / "nowhere")
        (fault,) = caught.value.faults
        assert fault.file == str(tmp_path / "nowhere")
        assert told(fault) == "this folder of rules does not exist"


def test_a_file_for_a_folder(books: Books) -> None:
    (fault,) = broken(books.folder() / "book.yaml")
    assert told(fault) == "this folder of rules does not exist"


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [fault.file for fault in broken(tmp_path)] == ["book.yaml", "targets.yaml"]


def broken(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(BookError) as caught:
        open_book(folder)
    return caught.value.faults


def test_what_is_no_rule_file_is_left_alone(books: Books) -> None:
    folder = books.folder()
    (folder / "README.md").write_text("a: [")
    (folder / "laws" / "notes.txt").write_text("a: [")
    assert open_book(folder).rules
