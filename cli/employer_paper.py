"""What stands on a paper, from options or from a short dialogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.cli.access import parse_day
from wegweiser.cli.settings import Settings, UsageError
from wegweiser.engine.names import did_you_mean, normal
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.engine.book import Book

__all__ = ["Paper", "ask", "paper_of", "wording_facts"]

_WORDING = "titel_erwerbstaetigkeit"


class Paper(NamedTuple):
    """The options, as they were given."""

    kind: str | None = None
    title: str | None = None
    valid_until: str | None = None
    wording: str | None = None
    born: str | None = None
    start: str | None = None
    occupation: str | None = None

    @property
    def on_paper(self) -> list[str]:
        """The options given that tell what stands on the paper."""
        options = {
            "--papier": self.kind,
            "--titel": self.title,
            "--gueltig-bis": self.valid_until,
            "--nebenbestimmung": self.wording,
            "--geburtsdatum": self.born,
        }
        return [name for name, value in options.items() if value is not None]

    def label(self, book: Book) -> Text | None:
        """The kind of paper by its name."""
        return Text(*book.data["papers"][_kind(self.kind, book)]["label"]) if self.kind else None


def paper_of(given: Paper, book: Book) -> dict[str, Any]:
    """The facts that a paper tells; a UsageError says what cannot be understood."""
    if not given.kind:
        raise UsageError(_kinds(Text("--papier fehlt", "--paper is missing"), book))
    facts: dict[str, Any] = dict(book.data["papers"][_kind(given.kind, book)]["facts"])
    if given.title:
        facts["titel_norm"] = given.title
    for option, name, raw in (
        ("--gueltig-bis", "titel_gueltig_bis", given.valid_until),
        ("--geburtsdatum", "geburtsdatum", given.born),
    ):
        found: date | None = parse_day(option, raw or None)
        if found is not None:
            facts[name] = found
    if given.wording:
        facts |= wording_facts(given.wording, book)
    return facts


def wording_facts(wording: str, book: Book) -> dict[str, Any]:
    """The facts that an entry about work tells: by its value, the words for it, or as it is printed."""
    fact = book.vocabulary.fact(_WORDING)
    wanted = normal(wording)
    for value in fact.werte:
        label = fact.value_labels[value]
        if wanted in (normal(value), normal(label.de), normal(label.en)):
            return {_WORDING: value}
    from wegweiser.engine.wordings import read_wording

    facts = dict(read_wording(wording, book).facts)
    if facts:
        return facts
    listed = ", ".join(fact.werte)
    text = Text(
        f"--nebenbestimmung: dieser Wortlaut ist nicht sicher zu lesen; möglich ist auch eines von: {listed}",
        f"--wording: this wording cannot be read for certain; possible is also one of: {listed}",
    )
    raise UsageError(text)


def _wording(raw: str, book: Book) -> str:
    """A wording that tells facts, as it is."""
    wording_facts(raw, book)
    return raw


def _kind(raw: str | None, book: Book) -> str:
    """The paper that a name means."""
    papers: dict[str, Any] = book.data["papers"]
    names = {normal(one): name for name, entry in papers.items() for one in (name, *entry["names"])}
    found = names.get(normal(raw or ""))
    if found is None:
        text = Text(f"--papier: „{raw}“ ist nicht bekannt", f"--paper: “{raw}” is not known")
        near = did_you_mean(text, raw or "", papers)
        raise UsageError(near if near != text else _kinds(text, book))
    return found


def _kinds(text: Text, book: Book) -> Text:
    listed = ", ".join(book.data["papers"])
    return Text(f"{text.de}; möglich sind: {listed}", f"{text.en}; possible are: {listed}")


_INTRO = Text(
    "Fragen an den Betrieb; leer lassen, was nicht bekannt ist. Nichts wird gespeichert.",
    "Questions to the employer; leave empty what is not known. Nothing is stored.",
)
_KIND = Text("Welches Papier hat die Person (Nummer oder Name)? ", "Which document is it (number or name)? ")
_UNTIL = Text("Gültig bis (JJJJ-MM-TT)? ", "Valid until (YYYY-MM-DD)? ")
_ENTRY = Text(
    "Was steht dort über Arbeit (Nummer oder Wortlaut)? ", "What does it say about work (number or wording)? "
)
_ACTIVITY = Text(
    "Was haben Sie vor (zum Beispiel beschaeftigung, ausbildung, praktikum_orientierung)? ",
    "What do you plan (for instance beschaeftigung, ausbildung, praktikum_orientierung)? ",
)
_START = Text("Beginn (JJJJ-MM-TT)? ", "Start (YYYY-MM-DD)? ")


def ask(book: Book, settings: Settings, target_of: Callable[[str], str]) -> tuple[Paper, str | None]:
    """A short dialogue; every question may be left empty but the first."""
    terminal, lang = settings.terminal, settings.lang
    terminal.write(terminal.clean(_INTRO.get(lang)) + "\n")
    kinds = list(book.data["papers"])
    for number, name in enumerate(kinds, 1):
        label = Text(*book.data["papers"][name]["label"]).get(lang)
        terminal.write(terminal.clean(f"{number:3} {label}") + "\n")
    kind = _question(settings, _KIND, lambda raw: _kind(_numbered(raw, kinds), book))
    if kind is None:
        raise UsageError(
            _kinds(Text("ohne die Art des Papiers geht es nicht", "the document is needed"), book)
        )
    until = _question(settings, _UNTIL, lambda raw: str(parse_day("", raw)))
    fact = book.vocabulary.fact(_WORDING)
    for number, value in enumerate(fact.werte, 1):
        terminal.write(terminal.clean(f"{number:3} {fact.value_labels[value].get(lang)}") + "\n")
    entries = list(fact.werte)
    wording = _question(settings, _ENTRY, lambda raw: _wording(_numbered(raw, entries), book))
    target = _question(settings, _ACTIVITY, target_of)
    start = _question(settings, _START, lambda raw: str(parse_day("", raw)))
    terminal.write("\n")
    return Paper(kind=kind, valid_until=until, wording=wording, start=start), target


def _numbered(raw: str, names: list[str]) -> str:
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < len(str(len(names))) + 1 else 0
    return names[number - 1] if 1 <= number <= len(names) else raw


def _question(settings: Settings, question: Text, read: Callable[[str], str]) -> str | None:
    """Ask until the answer is understood; None where it is left empty."""
    while True:
        settings.terminal.write(settings.terminal.clean(question.get(settings.lang)))
        try:
            raw = input().strip()
        except EOFError:
            return None
        if not raw:
            return None
        try:
            return read(raw)
        except UsageError as error:
            settings.terminal.write(settings.terminal.clean("  " + settings.say(error.text)) + "\n")
