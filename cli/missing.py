"""WAS FEHLT, by who can supply it: a fact to tell, a paper to get, time to wait, a bar to lift.

Beside it what goes with the answers: conditions of permissions, remarks, assumptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from wegweiser.cli.answer_text import because_of
from wegweiser.cli.conditions_text import leaves
from wegweiser.cli.facts_text import fact_label, silence
from wegweiser.cli.layout import entry
from wegweiser.cli.target_table import in_short, rows_of
from wegweiser.cli.words import NOTE_KINDS, OUTCOMES, cited, day, enumerate_words, numbered
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wegweiser.cli.settings import Settings
    from wegweiser.cli.target_table import Row
    from wegweiser.engine.agenda import Agenda
    from wegweiser.engine.answers import Answer
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = [
    "assumed",
    "missing",
    "notes",
    "outlook",
    "permission_conditions",
    "prospects",
    "uncertain_beginnings",
]

_FACT = Text("Angabe", "Fact")
_PAPER = Text("Nachweis", "Paper")
_WAIT = Text("Warten", "Wait")
_BAR = Text("Sperre", "Bar")
_THEN = Text("{}. Dann {}: {}", "{}. Then {}: {}")
_MORE = Text("und {} weitere Angaben: --warum", "and {} more facts: --why")
_COLUMN = 12
_MOST = 6
"""Missing facts that the page names; all of them with `--warum`."""

_UNCERTAIN = Text(
    "Eine Regel dahinter gilt vielleicht schon einige Tage länger als angegeben (wegweiser regel ID).",
    "A rule behind it may have been in force some days longer than the rule book knows (wegweiser rule ID).",
)

Key = TypeVar("Key")


def _by_key(pairs: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    """What several targets have in common, once, with their numbers."""
    found: dict[Key, list[int]] = {}
    for key, number in pairs:
        if number not in found.setdefault(key, []):
            found[key].append(number)
    return found


def _asked(answer: Answer) -> tuple[str, ...]:
    return (*answer.fehlend, *answer.ab_fehlend, *answer.zustimmung_fehlend)


def missing(book: Book, rows: list[Row], main: str, settings: Settings, *, full: bool) -> list[str]:
    """What stands between the person and a clear or better answer; in short what matters most."""
    lang, terminal = settings.lang, settings.terminal
    first = {name for row in rows if row.answer.ziel == main for name in _asked(row.answer)}
    found = _by_key((name, row.number) for row in rows for name in _asked(row.answer))
    asked = dict(sorted(found.items(), key=lambda item: (item[0] not in first, -len(item[1]))))
    shown = list(asked) if full or len(asked) <= _MOST + 1 else list(asked)[:_MOST]
    lines: list[str] = []
    papers: list[str] = []
    for name in shown:
        fact = book.vocabulary.fact(name)
        where = f"({numbered(asked[name], lang)}; {name})"
        question, paper = (
            fact.question.get(lang),
            fact.evidence.get(lang) if fact.evidence is not None else "",
        )
        if fact.judged_by is not None and paper:  # the person cannot tell, the paper can
            papers += entry(_PAPER.get(lang), f"{paper}: {question} {where}", terminal, _COLUMN)
        else:
            proof = f" {_PAPER.get(lang)}: {paper}." if paper else ""
            lines += entry(_FACT.get(lang), f"{question}{proof} {where}", terminal, _COLUMN)
    lines += papers
    if len(shown) < len(asked):
        more = _MORE.get(lang).format(len(asked) - len(shown))
        lines += entry("…", more, terminal, _COLUMN)
    return lines + _waiting(rows, settings) + _bars(book, rows, settings)


def prospects(agenda: Agenda, book: Book, rows: list[Row], today: date, settings: Settings) -> list[str]:
    """Closed targets that open once steps have brought something about, by the paper that shows it."""
    lang = settings.lang
    numbers = {row.answer.ziel: row.number for row in rows}
    lines = []
    for change, answer in agenda.prospects:
        facts = [book.vocabulary.fact(name) for name, _ in change]
        papers = "; ".join((fact.evidence or fact.label).get(lang) for fact in facts)
        (then,) = rows_of(book, (answer,), today, lang)
        shown = _THEN.get(lang).format(papers, numbered([numbers[answer.ziel]], lang), in_short(then, lang))
        lines += entry(_PAPER.get(lang), shown, settings.terminal, _COLUMN)
    return lines


def outlook(agenda: Agenda, book: Book, main: Answer, today: date, lang: str) -> tuple[str, str] | None:
    """What would open a closed target, and what its answer would be; None where no step does."""
    for change, answer in agenda.prospects:
        if answer.ziel == main.ziel:
            labels = [fact_label(book, name, lang) for name, _ in change]
            (then,) = rows_of(book, (answer,), today, lang)
            return enumerate_words(labels, lang), in_short(then, lang)
    return None


def _waiting(rows: list[Row], settings: Settings) -> list[str]:
    lang = settings.lang
    pairs: list[tuple[tuple[date, str], int]] = [
        ((row.answer.ab, row.answer.dann or ""), row.number)
        for row in rows
        if row.answer.ergebnis == "noch_nicht" and row.answer.ab is not None
    ]
    lines = []
    for (when, then), numbers in sorted(_by_key(pairs).items()):
        word = OUTCOMES[then].get(lang) if then in OUTCOMES else ""
        text = Text("ab {}: {} ({})", "from {}: {} ({})").get(lang)
        shown = text.format(day(when, lang), word, numbered(numbers, lang))
        lines += entry(_WAIT.get(lang), shown, settings.terminal, _COLUMN)
    return lines


def _bars(book: Book, rows: list[Row], settings: Settings) -> list[str]:
    """Prohibitions, with what the person could change about them, if anything."""
    lang = settings.lang
    numbers: dict[str, list[int]] = {}
    levers: dict[str, dict[str, None]] = {}
    for row in rows:
        found = because_of(row.answer)
        if row.answer.ergebnis != "nein" or row.answer.grund != "verbot" or found is None:
            continue
        text = cited(found[0].get(lang), *found[1])
        numbers.setdefault(text, []).append(row.number)
        for rule in row.answer.proof.rules:
            if rule.state == "wirkt" and rule.outcome == "nein":
                changeable = [
                    leaf.name
                    for leaf in leaves(rule.condition)
                    if leaf.truth is not False and book.vocabulary.fact(leaf.name).aenderbar
                ]
                levers.setdefault(text, {}).update(dict.fromkeys(changeable))
    lines = []
    for text, targets in numbers.items():
        shown = f"{text.rstrip('.')}; {numbered(targets, lang)}."
        labels = [fact_label(book, name, lang) for name in levers.get(text, ())]
        if labels:
            change = Text(" Ändern lässt sich: {}.", " What can be changed: {}.")
            shown += change.get(lang).format(enumerate_words(labels, lang))
        lines += entry(_BAR.get(lang), shown, settings.terminal, _COLUMN)
    return lines


def assumed(book: Book, rows: list[Row], profile: Profile, settings: Settings) -> list[str]:
    """What silence was taken to mean, where another value would change an answer."""
    lang = settings.lang
    lines = []
    pairs = ((name, row.number) for row in rows for name in row.answer.annahmen)
    for name, numbers in _by_key(pairs).items():
        meant = silence(book, book.vocabulary.fact(name))
        if meant is None:
            continue
        shown = f"{fact_label(book, name, lang)}: {meant.get(lang)}"
        if name in profile.unknown:
            shown += Text(", als unbekannt angegeben", ", told to be unknown").get(lang)
        lines += entry("", f"{shown} ({numbered(numbers, lang)}; {name})", settings.terminal, 2, 1)
    return lines


def notes(rows: list[Row], settings: Settings, kinds: tuple[str, ...]) -> list[str]:
    """Remarks of the rule book on the answers, each once."""
    lang = settings.lang
    pairs = ((note, row.number) for row in rows for note in row.answer.hinweise if note.art in kinds)
    lines = []
    for note, numbers in _by_key(pairs).items():
        text = cited(note.text.get(lang), note.norm)
        if note.andere_lesart:
            reading = OUTCOMES.get(note.andere_lesart, Text(note.andere_lesart, note.andere_lesart))
            text += Text(" Andere Lesart: {}.", " Other reading: {}.").get(lang).format(reading.get(lang))
        if note.art != "hinweis":
            text = f"{NOTE_KINDS[note.art].get(lang)}: {text}"
        lines += entry(numbered(numbers, lang), text, settings.terminal, _COLUMN)
    return lines


def uncertain_beginnings(rows: list[Row], settings: Settings) -> list[str]:
    """Answers behind which a rule stands whose first day is known from later texts only."""
    numbers = [row.number for row in rows if not row.answer.beginn_gesichert]
    if not numbers:
        return []
    text = _UNCERTAIN.get(settings.lang)
    return entry(numbered(numbers, settings.lang), text, settings.terminal, _COLUMN)


def permission_conditions(rows: list[Row], settings: Settings) -> list[str]:
    """Conditions that the law attaches to a permission, each once."""
    lang = settings.lang
    pairs = ((condition, row.number) for row in rows for condition in row.answer.auflagen)
    lines = []
    for condition, numbers in _by_key(pairs).items():
        text = cited(condition.text.get(lang), condition.norm)
        lines += entry(numbered(numbers, lang), text, settings.terminal, _COLUMN)
    return lines
