"""What documents print about work: real prints and what is read; none of the prints is there for nothing."""

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

from wegweiser.engine import Book, Profile, open_book, read_wording
from wegweiser.engine.wordings import Wordings, known_wordings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("wordings.yaml").read_text("utf-8"))
LONGEST_COMMON_RUN = 9  # words, as for the rules


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


@pytest.mark.parametrize("case", [pytest.param(case, id=case["print"]) for case in CASES])
def test_real_prints(book: Book, case: dict[str, Any]) -> None:
    found = read_wording(case["print"], book)
    assert found.status == "gelesen"
    assert [part.known.id for part in found.known] == case["read"]
    assert found.facts == case["facts"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["print"]) for case in CASES])
def test_spelling_does_not_matter(book: Book, case: dict[str, Any]) -> None:
    text = case["print"]
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    for other in (
        text.upper(),
        text.translate(umlauts),
        f"„{text}“",
        text.replace(" ", "\n", 1),
        f" {text} .",
    ):
        found = read_wording(other, book)
        assert ([part.known.id for part in found.known], dict(found.facts)) == (case["read"], case["facts"])


def test_every_print_is_needed(book: Book) -> None:
    """Without any one of the prints some real print is read differently."""
    data = book.data["wordings"]

    def differs(reader: Wordings, name: str) -> bool:
        cases = [case for case in CASES if name in case["read"]]
        return any(
            [part.known.id for part in reader.read(case["print"]).known] != case["read"] for case in cases
        )

    idle = []
    for name, entry in data["wordings"].items():
        for place, print_ in enumerate(entry["prints"]):
            left = [one for number, one in enumerate(entry["prints"]) if number != place]
            fewer = {**data, "wordings": {**data["wordings"], name: {**entry, "prints": left}}}
            if place and not differs(Wordings(fewer), name):
                idle.append((name, print_))
        without = {key: one for key, one in data["wordings"].items() if key != name}
        assert differs(Wordings({**data, "wordings": without}), name), name
    assert idle == []


UNREAD = [
    "Beschäftigung gestattet außer nachts",
    "Beschäftigung als Koch nicht gestattet",
    "Beschäftigung n. Erl.",
    "Bitte vor Freitag anrufen",
    "gestattet",
    "nicht gestattet",
    "Erwerbstatigkeit gestattet",
    "Erwerbstätigkeit vielleicht gestattet",
    "Beschäftigung gestattet. Nachts nicht.",
    "Besch. als gest.",  # no blank takes what is read as a reserved word
    "Beschäftigung als Koch n. gest.",
    "Beschäftigung als Koch nur m. Erl. bei Hotel Adler gestattet",
]


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_known_gives_no_fact(book: Book, text: str) -> None:
    found = read_wording(text, book)
    assert found.status in ("unbekannt", "teilweise")
    assert found.unknown
    assert found.facts == {}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Beschäftigung gestattet. Beschäftigung nicht gestattet.", 2),
        ("Erwerbstätigkeit gestattet. Erwerbstätigkeit nicht gestattet.", 2),
        ("Beschäftigung gestattet. Beschäftigung nur mit Erlaubnis der Ausländerbehörde.", 2),
        ("Erwerbstätigkeit gestattet. Beschäftigung als Koch bei Hotel Adler gestattet.", 2),
    ],
)
def test_contradictions_are_named(book: Book, text: str, ids: int) -> None:
    found = read_wording(text, book)
    assert found.status == "widerspruch"
    assert [len(clash.ids) for clash in found.clashes] == [ids]
    assert found.facts == {}


def test_blanks_hold_what_differs(book: Book) -> None:
    found = read_wording("Beschäftigung als Koch bei Hotel Adler & Co. KG, Bremen gestattet", book)
    assert [(label.de, words) for label, words in found.known[0].blanks] == [
        ("Tätigkeit", "Koch"),
        ("Betrieb", "Hotel Adler & Co. KG, Bremen"),
    ]


def test_nearest_prints_are_offered(book: Book) -> None:
    titles = [known.title for known in read_wording("Erwerbstatigkeit gestatet", book).nearest]
    assert titles[0] == "Erwerbstätigkeit gestattet"


@pytest.mark.parametrize("known", known_wordings(open_book()), ids=lambda known: str(known.id))
def test_what_is_shown_is_read_as_itself(book: Book, known: Any) -> None:
    entry = book.data["wordings"]["wordings"][known.id]
    text = re.sub(r"\{(\w+)\}", _example, entry["prints"][0])
    assert [part.known.id for part in read_wording(text, book).known] == [known.id]
    assert all((*known.person, *known.employer, *known.normen))


def _example(match: re.Match[str]) -> str:
    return "20" if match[1] in ("stunden", "tage", "halbe", "tag") else "Muster"


def test_facts_are_facts_of_a_profile(book: Book) -> None:
    for case in CASES:
        status = "duldung" if "duldungsart" in case["facts"] else "aufenthaltserlaubnis"
        Profile.from_facts(
            {"aufenthaltsstatus": status, **case["facts"]}, book.vocabulary, date(2026, 11, 22)
        )


@pytest.mark.parametrize(
    "text",
    ["", " \n.", "a" * 3000, "a " * 999, "\x1b[31m", "\u202e\x00", "{beruf}", "[a|b]", "\ud800", "9" * 900],
)
def test_hostile_texts_are_read_or_refused(book: Book, text: str) -> None:
    found = read_wording(text, book)
    assert found.status in ("leer", "zu_lang", "unbekannt")
    assert found.facts == {}
    shown = [found.text, *found.unknown]
    assert all(letter.isprintable() or letter == "\n" for one in shown for letter in one)


def test_a_long_text_takes_no_time(book: Book) -> None:
    long = "Beschäftigung als " + "a. " * 200 + "bei " + "b, " * 70 + "gestattet"
    assert read_wording(long, book).facts == {}


def test_citations_are_in_the_archive(book: Book) -> None:
    tool = SHARED / "tools" / "check_citations.py"
    if not tool.exists():
        pytest.skip(f"the archive is not beside this checkout ({tool})")
    data = book.data["wordings"]
    texts = [text for one in (*data["kinds"].values(), *data["wordings"].values()) for text in _texts(one)]
    norms = {norm for one in (*data["kinds"].values(), *data["wordings"].values()) for norm in one["norm"]}
    norms |= {
        norm
        for text in texts
        for norm in re.findall(r"§ \d+[a-z]?(?: Abs\. \d+[a-z]?)?(?: Satz \d)? [A-Z]\w+", text)
    }
    line = {"id": "x", "art": "regel", "normen": sorted(norms), "gilt_ab": "2026-08-19", "gilt_bis": None}
    line |= {"ziele": [], "ergebnis": None, "ausnahme_von": []}
    result = subprocess.run(
        [sys.executable, tool],
        input=json.dumps(line, ensure_ascii=False),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout


def _texts(entry: dict[str, Any]) -> list[str]:
    return [text for key in ("person", "employer") for text in entry[key] or ()]


def test_no_sentence_of_a_statute_is_copied(book: Book) -> None:
    archive = SHARED / "law"
    if not archive.exists():
        pytest.skip(f"the archive is not beside this checkout ({archive})")
    statute = {
        found
        for act in ("AufenthG", "AufenthV", "AsylG")
        for path in (archive / act).rglob("*.md")
        for found in _runs(path.read_text(encoding="utf-8"))
    }
    data = book.data["wordings"]
    texts = [text for one in (*data["kinds"].values(), *data["wordings"].values()) for text in _texts(one)]
    assert [run for text in texts for run in _runs(text) if run in statute] == []


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = re.findall(r"[a-zäöüß0-9]+", text.lower())
    for start in range(len(found) - LONGEST_COMMON_RUN):
        yield tuple(found[start : start + LONGEST_COMMON_RUN + 1])
