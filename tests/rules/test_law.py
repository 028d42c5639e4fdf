"""The rules of law: their examples, and what examples cannot say.

The examples stand beside the rules. Here: that every rule has one on each side, that the relations hold
for lives that differ from the usual, that lists agree with each other, and that citations are in the
archive while no sentence of it is in the rules.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book, Profile, ProfileError, check
from wegweiser.engine.duties import duty_citations
from wegweiser.engine.examples import person, run

ROOT = Path(__file__).parents[2]
LAWS = sorted((ROOT / "rules" / "laws").rglob("*.yaml"))
SHARED = ROOT.parent / "shared"
DAY = date(2026, 11, 22)
LONGEST_COMMON_RUN = 9  # words; citations and the names of documents are shorter
Mapping = dict[str, Any]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def name(path: Path) -> str:
    return path.relative_to(ROOT / "rules").as_posix()


# --- examples --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LAWS, ids=name)
def test_examples_hold(book: Book, path: Path) -> None:
    mine = [example for example in book.examples if example["file"] == name(path)]
    assert [str(difference) for difference in run(book, mine)] == []


def test_every_rule_fires_in_one_example_and_not_in_another(book: Book) -> None:
    fired: set[str] = set()
    rested: set[str] = set()
    for example in book.examples:
        for day, targets in example["expect"].items():
            for answer in check(book, person(book, example, day), list(targets)).answers:
                for reason in answer.proof.rules:
                    lifting = reason.outcome is None and reason.zustimmung_ba is None
                    fires = (
                        reason.state in ("wirkt", "verdraengt") if not lifting else reason.state == "wirkt"
                    )
                    (fired if fires else rested).add(reason.id)
    rules = set(book.rules)
    assert rules - fired == set()
    assert rules - rested - {"sgb3_45_1"} == set()  # without a condition it always fires


def test_rules_are_named_after_their_section() -> None:
    wrong = []
    for path in LAWS:
        prefix = f"{path.parent.name}_{path.stem.removeprefix('p')}"
        law = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = [*law.get("rules", []), *law.get("duties", [])]
        wrong += [rule["id"] for rule in entries if not f"{rule['id']}_".startswith(f"{prefix}_")]
    assert wrong == []


# --- relations: lives that differ from the usual ---------------------------------------------

LIVES: dict[str, Mapping] = {
    "taken back under Dublin: the last entry and the stay are later than the registration": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(1990, 1, 1),
        "asylantrag_registriert_am": date(2024, 3, 1),
        "asylantrag_gestellt_am": date(2024, 3, 20),
        "einreise": date(2026, 2, 1),
        "ununterbrochen_seit": date(2026, 2, 1),
    },
    "arrival certificate, nothing lodged yet": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(1990, 1, 1),
        "asylantrag_gestellt": True,
        "asylantrag_registriert_am": date(2026, 11, 1),
        "asylantrag_gestellt_am": "keine",
        "asylverfahren_stand": "laufend",
    },
    "arrival certificate, told as not applied yet": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(1990, 1, 1),
        "asylantrag_gestellt": False,
        "asylantrag_registriert_am": date(2026, 11, 1),
        "asylverfahren_stand": "laufend",
    },
    "child whose application counted as lodged with the notice, registered later": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(2010, 5, 1),
        "asylantrag_gestellt_am": date(2026, 8, 1),
        "asylantrag_registriert_am": date(2026, 8, 4),
    },
    "pupil back from a school trip abroad, the toleration went on": {
        "aufenthaltsstatus": "duldung",
        "geburtsdatum": date(2009, 5, 1),
        "duldung_seit": date(2024, 1, 1),
        "ununterbrochen_seit": date(2021, 1, 1),
        "einreise": date(2026, 6, 5),
    },
    "born here, never entered": {
        "aufenthaltsstatus": "duldung",
        "geburtsdatum": date(2005, 5, 1),
        "einreise": "keine",
        "ununterbrochen_seit": date(2005, 5, 1),
        "duldung_seit": date(2005, 5, 1),
    },
    "subsequent application while tolerated": {
        "aufenthaltsstatus": "duldung",
        "geburtsdatum": date(1990, 1, 1),
        "asylverfahren_stand": "laufend",
        "asylfolgeantrag": True,
        "asylantrag_gestellt": True,
        "duldung_seit": date(2020, 1, 1),
    },
    "residence permit kept while applying for asylum": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(1990, 1, 1),
        "aufenthaltserlaubnis_seit": date(2023, 1, 1),
        "ununterbrochen_seit": date(2023, 1, 1),
        "asylantrag_registriert_am": date(2026, 3, 1),
    },
    "valid passport that Germany does not recognise": {
        "aufenthaltsstatus": "duldung",
        "nationalpass_gueltig": True,
        "identitaet_geklaert": False,
        "passpflicht_erfuellt": False,
    },
}


@pytest.mark.parametrize("life", LIVES)
def test_relations_accept(book: Book, life: str) -> None:
    check(book, Profile.from_facts(LIVES[life], book.vocabulary, DAY), ["taetigkeit.hospitation"])


CONTRADICTIONS: dict[str, Mapping] = {
    "stay begins after the toleration": {
        "aufenthaltsstatus": "duldung",
        "duldung_seit": date(2024, 1, 1),
        "ununterbrochen_seit": date(2025, 1, 1),
    },
    "toleration before birth": {
        "aufenthaltsstatus": "duldung",
        "duldung_seit": date(2000, 1, 1),
        "geburtsdatum": date(2001, 1, 1),
    },
    "lodged before registered": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "geburtsdatum": date(1990, 1, 1),
        "asylantrag_gestellt_am": date(2026, 8, 1),
        "asylantrag_registriert_am": date(2026, 8, 4),
    },
    "toleration that has not begun": {"aufenthaltsstatus": "duldung", "duldung_seit": "keine"},
    "permission to remain without registration": {
        "aufenthaltsstatus": "aufenthaltsgestattung",
        "asylantrag_registriert_am": "keine",
    },
    "rejected without an application": {
        "aufenthaltsstatus": "duldung",
        "asylantrag_gestellt": False,
        "asylverfahren_stand": "abgelehnt_rechtskraeftig",
    },
    "no application, but a day of lodging": {
        "asylantrag_gestellt": False,
        "asylantrag_gestellt_am": date(2024, 1, 1),
    },
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_relations_refuse(book: Book, contradiction: str) -> None:
    facts = CONTRADICTIONS[contradiction]
    with pytest.raises(ProfileError) as caught:
        check(book, Profile.from_facts(facts, book.vocabulary, DAY), ["taetigkeit.hospitation"])
    assert any(fact in str(caught.value) for fact in facts)


# --- lists ------------------------------------------------------------------------------------


def test_safe_countries_agree(book: Book) -> None:
    today = DAY.toordinal()
    annex, union, transition = (
        set(book.values(listed, today))
        for listed in ("anlage_ii_asylg", "union_art_62_ausser_anlage_ii", "staaten_104_18_nr2")
    )
    assert not annex & union  # a state on both lists would make the entry of one of them idle
    assert transition == union  # § 104 Abs. 18 Nr. 2 AufenthG is what confirms the Union's list
    assert set(book.values("staaten_87d_asylg", today)) < annex
    assert set(book.values("staaten_104_18_nr1", today)) < annex
    assert not set(book.values("mitgliedstaaten_eu", date(2026, 6, 11).toordinal())) & (annex | union)


# --- citations and wording --------------------------------------------------------------------


def test_every_citation_is_in_the_archive(book: Book) -> None:
    tool = SHARED / "tools" / "check_citations.py"
    if not tool.exists():
        pytest.skip(f"the archive is not beside this checkout ({tool})")
    citations = [*book.rule_lines(), *duty_citations(book)]
    lines = "\n".join(json.dumps(line, ensure_ascii=False, default=str) for line in citations)
    result = subprocess.run(
        [sys.executable, tool], input=lines, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout
    assert " 0 not found, 0 of acts outside" in result.stdout


def words(text: str) -> list[str]:
    return re.findall(r"[a-zäöüß0-9]+", text.lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    for start in range(len(found) - LONGEST_COMMON_RUN):
        yield tuple(found[start : start + LONGEST_COMMON_RUN + 1])


def german(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "de" and isinstance(inner, str):
                yield inner
            else:
                yield from german(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from german(inner)


def test_no_sentence_of_a_statute_is_copied() -> None:
    archive = SHARED / "law"
    if not archive.exists():
        pytest.skip(f"the archive is not beside this checkout ({archive})")
    acts = {yaml.safe_load(path.read_text(encoding="utf-8"))["act"].replace("/", "-") for path in LAWS}
    statute = {
        found
        for act in sorted(acts)
        for path in (archive / act).rglob("*.md")
        for found in runs(path.read_text(encoding="utf-8"))
    }
    copied = [
        (name(path), " ".join(found))
        for path in LAWS
        for text in german(yaml.safe_load(path.read_text(encoding="utf-8")))
        for found in runs(text)
        if found in statute
    ]
    assert copied == []
