"""Answers that become others, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.words import APPROVAL, GRUND, LIGHTS, OUTCOMES, day, enumerate_words, period
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.answers import Answer
    from wegweiser.engine.book import Book
    from wegweiser.engine.causes import Cause
    from wegweiser.engine.schedules import Change

__all__ = ["as_light", "details", "reason", "transition"]

_SHOWN = 4
"""Facts that are named of those that are, or are no longer, missing."""

_AFTER = {
    "since": Text("{} seit „{}“{} sind erreicht.", "{} since “{}”{} are reached."),
    "after": Text("{} nach „{}“{} sind vorbei.", "{} after “{}”{} are over."),
    "before": Text("Ab jetzt höchstens {} bis „{}“{}.", "From now on at most {} until “{}”{}."),
}
_DAY_ITSELF = {
    "since": Text("„{}“{} ist erreicht.", "“{}”{} is reached."),
    "after": Text("„{}“{} ist vorbei.", "“{}”{} is over."),
    "before": Text("„{}“{} ist erreicht.", "“{}”{} is reached."),
}
_NO_TIME = "P0D"
_AGE = Text("{}. Geburtstag", "birthday no. {}")
_COUNT = Text("„{}“ erreicht die Zahl, auf die es ankommt.", "“{}” reaches the number that counts.")
_BEGINS = Text("Eine Fassung beginnt: {}.", "A wording begins: {}.")
_ENDS = Text("Eine Fassung endet am Vortag: {}.", "A wording ended the day before: {}.")
_STAY = Text(
    "Ein Zeitraum aus „aufenthaltszeiten“ ist am Vortag zu Ende.",
    "A period of “aufenthaltszeiten” ended the day before.",
)
_OPEN = Text(
    "„{}“ ist unbekannt; mit der Zeit kommen andere Tage in Frage.",
    "“{}” is unknown; as time goes by other days become possible.",
)


def as_light(answer: Answer, on: date, lang: str) -> str:
    """Light and effect of an answer: `GRÜN Soll`."""
    word = OUTCOMES[answer.ergebnis].get(lang)
    if answer.ergebnis == "nein":
        word = GRUND[answer.grund or "verbot"].get(lang)
    shown = LIGHTS[light(answer, on)].get(lang)
    return shown if answer.ergebnis == "unklar" else f"{shown} {word}"


def transition(change: Change, lang: str) -> str:
    """From what to what: `ROT noch nicht → GRÜN Soll`; what stays is said once."""
    before = as_light(change.before, change.day - timedelta(days=1), lang)
    after = as_light(change.after, change.day, lang)
    if change.before.ergebnis == change.after.ergebnis and change.before.grund == change.after.grund:
        return Text("weiter {}", "still {}").get(lang).format(after)
    return f"{before} → {after}"


def details(book: Book, change: Change, lang: str) -> Iterator[str]:
    """What else is different afterwards."""
    before, after = change.before, change.after
    if after.ergebnis == "unklar":
        yield from _open(book, before, after, lang)
    # where everything usual gives an answer, the days and the approval are those of that answer
    one, two = (answer.voraussichtlich or answer for answer in (before, after))
    if two.ergebnis == "noch_nicht" and (one.ab, one.dann) != (two.ab, two.dann):
        then = OUTCOMES[two.dann or ""].get(lang)
        start = Text("ab {}", "from {}").get(lang).format(day(two.ab, lang)) if two.ab else ""
        yield " ".join(part for part in (start, then) if part)
    if one.zustimmung_ba != two.zustimmung_ba and two.zustimmung_ba in APPROVAL:
        yield APPROVAL[two.zustimmung_ba].get(lang)
    if one.bis != two.bis and two.bis is not None:
        yield Text("bis {}", "until {}").get(lang).format(day(two.bis, lang))


def _open(book: Book, before: Answer, after: Answer, lang: str) -> Iterator[str]:
    if before.moeglich != after.moeglich and after.moeglich:
        words = [OUTCOMES[name].get(lang) for name in after.moeglich]
        possible = enumerate_words(words, lang, Text("oder", "or"))
        yield Text("möglich: {}", "possible: {}").get(lang).format(possible)
    if before.voraussichtlich != after.voraussichtlich and after.voraussichtlich is not None:
        word = OUTCOMES[after.voraussichtlich.ergebnis].get(lang)
        yield Text("voraussichtlich {}", "presumably {}").get(lang).format(word)
    new = [name for name in after.fehlend if name not in before.fehlend]
    gone = [name for name in before.fehlend if name not in after.fehlend]
    if new:
        yield Text("es fehlt: {}", "missing: {}").get(lang).format(_names(book, new, lang))
    if gone and before.ergebnis == "unklar":
        yield Text("nicht mehr nötig: {}", "no longer needed: {}").get(lang).format(_names(book, gone, lang))


def _names(book: Book, names: list[str], lang: str) -> str:
    shown = [fact_label(book, name, lang) for name in names[:_SHOWN]]
    more = len(names) - len(shown)
    if more:
        shown.append(Text(f"{more} weitere", f"{more} more").get(lang))
    return enumerate_words(shown, lang)


def reason(book: Book, cause: Cause, lang: str) -> str:
    """What happens on the day."""
    label = fact_label(book, cause.fact, lang)
    since = f" ({day(cause.since, lang)})" if cause.since is not None else ""
    match cause.kind:
        case "alter" if (years := _years(cause.period)) is not None:
            return _AGE.get(lang).format(years)
        case "frist" if cause.period == _NO_TIME:
            return _DAY_ITSELF[cause.op].get(lang).format(label, since)
        case "alter" | "frist":
            return _AFTER[cause.op].get(lang).format(period(cause.period, lang), label, since)
        case "anzahl":
            return _COUNT.get(lang).format(label)
        case "fassung_beginnt":
            return _BEGINS.get(lang).format(_wording(book, cause, lang))
        case "fassung_endet":
            return _ENDS.get(lang).format(_wording(book, cause, lang))
        case "aufenthaltszeit":
            return _STAY.get(lang)
    return _OPEN.get(lang).format(label)


def _years(text: str) -> int | None:
    years = text.removeprefix("P").removesuffix("Y")
    return int(years) if years.isdecimal() else None


def _wording(book: Book, cause: Cause, lang: str) -> str:
    """A list, parameter or definition by its label, everything else by its norm."""
    for kind in ("lists", "parameters"):
        entry = book.data[kind].get(cause.name)
        if entry is not None:
            return f"{Text(*entry['label']).get(lang)} ({', '.join(cause.normen)})"
    return ", ".join(cause.normen)
