"""What the tests of the engine share: the project's own rule book, and small ones of invented law."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from wegweiser.engine import Answer, Book, BookError, Fault, Profile, check, open_book, yamlio
from wegweiser.engine.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary_data() -> dict[str, Any]:
    """The fact files merged, with places and residence, as a rule book keeps them."""
    rules = files("wegweiser.rules")
    data: dict[str, Any] = {"facts": {}, "topics": {}}
    for file in sorted((rules / "facts").iterdir(), key=lambda entry: entry.name):
        topic: Any = yamlio.load(file.read_bytes(), file.name).value
        data["topics"][topic["topic"]] = topic["label"]
        data["facts"] |= {name: {**fact, "topic": topic["topic"]} for name, fact in topic["facts"].items()}
    for name in ("places", "residence"):
        data[name] = yamlio.load((rules / f"{name}.yaml").read_bytes(), name).value
    return data


@pytest.fixture(scope="session")
def vocabulary(vocabulary_data: dict[str, Any]) -> Vocabulary:
    return Vocabulary.from_data(vocabulary_data)


# --- a small rule book of invented law, in which tests change one thing ---------------------------------

BASE: dict[str, str] = {
    "book.yaml": """\
name: klein
title: {de: Klein, en: small}
coverage: {from: 2025-01-01}
checked_until: 2026-08-19
topics: [person]
""",
    "facts/person.yaml": """\
topic: person
label: {de: Person, en: person}
facts:
  geboren: {typ: datum, always: true, label: {de: Geburt, en: birth}, question: {de: Wann?, en: When?}}
  angekommen: {typ: datum, label: {de: Ankunft, en: arrival}, question: {de: Wann?, en: When?}}
  gemeldet: {typ: datum, label: {de: Meldung, en: notice}, question: {de: Wann?, en: When?}}
  beginn: {typ: datum, future: true, label: {de: Beginn, en: start}, question: {de: Wann?, en: When?}}
  status:
    typ: wahl
    werte: {gast: {de: Gast, en: guest}, buerger: {de: Bürger, en: citizen}, reise: {de: Reise, en: travel}}
    label: {de: Status, en: status}
    question: {de: Welcher?, en: Which?}
  karte:
    typ: wahl
    werte: {rot: {de: rot, en: red}, blau: {de: blau, en: blue}}
    only_if: {status: gast}
    label: {de: Karte, en: card}
    question: {de: Welche?, en: Which?}
  sprache:
    typ: wahl
    geordnet: true
    werte: {a1: {de: A1, en: A1}, a2: {de: A2, en: A2}, b1: {de: B1, en: B1}}
    label: {de: Sprache, en: language}
    question: {de: Wie gut?, en: How good?}
  land: {typ: land, label: {de: Land, en: country}, question: {de: Welches?, en: Which?}}
  titel: {typ: norm, label: {de: Titel, en: title}, question: {de: Welcher?, en: Which?}}
  kinder: {typ: zahl, label: {de: Kinder, en: children}, question: {de: Wie viele?, en: How many?}}
  lohn: {typ: geld, label: {de: Lohn, en: pay}, question: {de: Wie viel?, en: How much?}}
  zimmer: {typ: bool, label: {de: Zimmer, en: room}, question: {de: "Gibt es eins?", en: Is there one?}}
  gesperrt: {typ: bool, ueblich: false, label: {de: Sperre, en: ban}, question: {de: "Sperre?", en: Banned?}}
  getaeuscht: {typ: bool, ueblich: false, label: {de: Lüge, en: lie}, question: {de: "Lüge?", en: A lie?}}
  ehrenamt: {typ: bool, ohne_angabe: false, label: {de: Amt, en: office}, question: {de: "Amt?", en: Office?}}
""",
    "targets.yaml": """\
sections:
  arbeit: {de: Arbeit, en: work}
  kurs: {de: Kurse, en: courses}
groups:
  ARBEIT: [arbeit.stelle, arbeit.leihe]
targets:
  arbeit.stelle:
    label: {de: Stelle, en: job}
    zustimmung_ba: true
    treated: {status: {in: [gast, buerger]}}
    default: {outcome: nein, grund: voraussetzung_fehlt, norm: § 1 XG, because: {de: Regel, en: rule}}
  arbeit.leihe:
    label: {de: Leihe, en: agency}
    zustimmung_ba: true
    default: {outcome: nein, grund: voraussetzung_fehlt, norm: § 1 XG, because: {de: Regel, en: rule}}
  kurs.deutsch:
    label: {de: Deutschkurs, en: German course}
    default: {outcome: frei, norm: § 5 XG, because: {de: offen, en: open}}
  kurs.spaeter:
    label: {de: Späterer Kurs, en: later course}
""",
    "laws/xg/p1.yaml": """\
act: XG
section: "1"
rules:
  - id: xg_1_1
    norm: Abs. 1
    targets: [ARBEIT]
    when: {status: gast, angekommen: {since: P3M}}
    outcome: ermessen
    zustimmung_ba: erforderlich
    because: {de: Gäste nach drei Monaten, en: guests after three months}
""",
}

Files = Mapping[str, str | bytes | None]


class Books:
    """Writes small rule books below a folder: the base, with some files replaced (None: left out)."""

    def __init__(self, parent: Path) -> None:
        self.parent = parent
        self.base: Mapping[str, str] = BASE
        self._written = 0

    def folder(self, files: Files | None = None) -> Path:
        """A folder of its own with the files of a book."""
        self._written += 1
        folder = self.parent / f"book{self._written}"
        for name, text in {**self.base, **(files or {})}.items():
            if text is not None:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    def book(self, files: Files | None = None) -> Book:
        """The book in such a folder."""
        return open_book(self.folder(files))

    def law(self, entries: str, **files: str) -> Book:
        """The book whose only law file has these entries; keywords replace `targets`, `relations`, …"""
        named = {f"{name}.yaml": text for name, text in files.items()}
        return self.book({**named, "laws/xg/p1.yaml": HEAD + dedent(entries)})

    def faults(self, files: Files) -> tuple[Fault, ...]:
        """What is wrong with such a book."""
        with pytest.raises(BookError) as caught:
            self.book(files)
        return caught.value.faults


HEAD = 'act: XG\nsection: "1"\n'
DAY = date(2026, 11, 22)


class Asking:
    """Asks a book for the answers of a person who is told by keywords."""

    def __call__(self, book: Book, target: str = "arbeit.stelle", day: date = DAY, **facts: Any) -> Answer:
        """One answer."""
        return check(book, self.person(book, day, **facts), [target]).answers[0]

    def person(self, book: Book, day: date = DAY, **facts: Any) -> Profile:
        """A profile."""
        return Profile.from_facts(facts, book.vocabulary, day)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


@pytest.fixture(scope="module")
def module_books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def ask() -> Asking:
    return Asking()


@pytest.fixture(scope="session")
def real_book(packaged_book: Book) -> Book:
    return packaged_book
