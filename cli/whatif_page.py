"""The page of `wegweiser was-waere-wenn`: what changes; then for each target the ways, smallest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.answer_text import because_of
from wegweiser.cli.check_page import DISCLAIMER, page_header
from wegweiser.cli.compare_page import Column, light_text, when_text
from wegweiser.cli.conditions_text import leaves
from wegweiser.cli.facts_text import UNKNOWN, choice_text, demand, fact_label, known, silence, value_text
from wegweiser.cli.layout import heading, paragraph
from wegweiser.cli.whatif_case import Case
from wegweiser.cli.whatif_changes import changes_section
from wegweiser.cli.words import (
    GRUND,
    NOTE_KINDS,
    OUTCOMES,
    cited,
    day,
    enumerate_words,
    number_of,
)
from wegweiser.engine.lights import is_treated
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings
    from wegweiser.engine.answers import Hinweis, Reason
    from wegweiser.engine.book import Book
    from wegweiser.engine.obstacles import Obstacle
    from wegweiser.engine.whatif import Step, Way, Ways

__all__ = ["what_if_page"]

_SHOWN = 6
"""Ways to a target that the page shows; all of them with `--alle`."""
_OBSTACLES = 3

_STEP = (Text("Schritt", "step"), Text("Schritte", "steps"))
_STEPS = (Text("Schritt", "step"), Text("Schritten", "steps"))
_FACT = (Text("Angabe", "fact"), Text("Angaben", "facts"))
_OR = Text("oder", "or")
_WAYS = Text("WEGE", "WAYS")
_FROM = Text("ab {}", "from {}")
_AT_THE_LATEST = Text("je nach Tag, spätestens ab {}", "depending on the day, from {} at the latest")


def what_if_page(book: Book, case: Case, settings: Settings, *, everything: bool) -> str:
    """The whole page."""
    lines = [*page_header(case.told, case.before, settings), ""]
    if case.changes:
        lines += [*changes_section(book, case, settings), ""]
    alike: dict[tuple[str, ...], list[str]] = {}
    for ways in case.ways:
        body = tuple(_ways(book, case, ways, settings, everything=everything))
        alike.setdefault(body, []).append(fact_label(book, ways.answer.ziel, settings.lang))
    for body, labels in alike.items():
        title = f"{_WAYS.get(settings.lang)} · {'; '.join(labels)}"
        lines += [*heading(title, settings.terminal), *body, ""]
    lines += paragraph(DISCLAIMER.get(settings.lang), settings.terminal)
    return "\n".join(lines) + "\n"


# --- the ways to a target -------------------------------------------------------------------


def _ways(book: Book, case: Case, ways: Ways, settings: Settings, *, everything: bool) -> list[str]:
    lang, terminal = settings.lang, settings.terminal
    lines: list[str] = []
    for sentence in _now(book, case, ways, lang):
        lines += paragraph(sentence, terminal, "  ", "    ")
    if not is_treated(ways.answer):
        return lines
    shown = ways.ways if everything or len(ways.ways) <= _SHOWN + 1 else ways.ways[:_SHOWN]
    for number, way in enumerate(shown, 1):
        lines += _way(book, case, number, way, settings)
    lines += _dangers(shown, ways, settings)
    for sentence in _rest(book, ways, len(ways.ways) - len(shown), lang):
        lines += paragraph(sentence, terminal, "  ", "    ")
    for one in ways.obstacles[:_OBSTACLES]:
        lines += paragraph(f"- {_obstacle(book, one, lang)}", terminal, "    ", "      ")
    return lines


def _now(book: Book, case: Case, ways: Ways, lang: str) -> list[str]:
    """The answer as it is, and what can be done about it."""
    answer = ways.answer
    if not is_treated(answer):
        reason = GRUND[answer.grund or "nicht_behandelt"].get(lang)
        return [f"{reason[0].upper()}{reason[1:]}."]
    side = Column(case.changed, case.after, answer, changed=bool(case.changes))
    state = Text("Jetzt: {}", "Now: {}").get(lang).format(light_text(book, side, lang))
    when = when_text(book, side, lang) if answer.ergebnis == "noch_nicht" else ""
    found = because_of(ways.expected)
    state += f", {when}" if when else ""
    sentences = [state if state.endswith("?") else f"{state}."]
    if found is not None and answer.ergebnis == ways.expected.ergebnis == "nein":
        sentences.append(cited(found[0].get(lang), *found[1]))
    if ways.day is not None and not ways.open:
        waiting = Text("Ohne Änderung offen ab {}.", "Open without a change from {}.")
        sentences.append(waiting.get(lang).format(day(ways.day, lang)))
    more = "" if ways.ways or not ways.facts or ways.obstacles or case.more == ways.most else case.more
    hint = Text(" Mehr Schritte: --hoechstens {}.", " More steps: --at-most {}.").get(lang).format(more)
    return [*sentences, _found(ways, lang) + (hint if more else "")]


def _found(ways: Ways, lang: str) -> str:
    """How many ways there are, and of which size."""
    size = number_of(ways.most, *_STEPS, lang)
    if ways.ways:
        one, many = Text("1 Weg", "1 way"), Text(f"{len(ways.ways)} Wege", f"{len(ways.ways)} ways")
        count = (one if len(ways.ways) == 1 else many).get(lang)
        better = Text(" zu einer besseren Antwort", " to a better answer").get(lang) if ways.open else ""
        text = Text("{}{} mit höchstens {}:", "{}{} of at most {}:")
        return text.get(lang).format(count, better, size)
    if not ways.facts:
        return Text(
            "Keine Angabe, die sich ändern lässt, wirkt auf diese Antwort.",
            "No fact that can be changed bears on this answer.",
        ).get(lang)
    size = number_of(ways.most, *_FACT, lang)
    if ways.open:
        text = Text(
            "Keine Änderung von bis zu {} macht die Antwort besser.",
            "No change of up to {} makes the answer better.",
        )
    elif ways.day is not None:
        text = Text(
            "Keine Änderung von bis zu {} öffnet das Ziel früher.",
            "No change of up to {} opens the target earlier.",
        )
    else:
        text = Text(
            "Keine Änderung von bis zu {} öffnet dieses Ziel.", "No change of up to {} opens this target."
        )
    return text.get(lang).format(size)


def _way(book: Book, case: Case, number: int, way: Way, settings: Settings) -> list[str]:
    lang, terminal = settings.lang, settings.terminal
    today = case.after.day
    chosen = any(low != high and isinstance(low, date) for step in way.steps for low, high in step.spans)
    later = (_AT_THE_LATEST if chosen else _FROM).get(lang).format(day(way.day, lang))
    when = Text("sofort", "at once").get(lang) if way.day <= today else later
    words = enumerate_words([OUTCOMES[name].get(lang) for name in way.outcomes], lang, _OR)
    steps = number_of(len(way.steps), *_STEP, lang)
    head = f"{number}. {steps}, {when}: {words}"
    norms = ", ".join(way.answer.normen[:2])
    lines = paragraph(f"{head} ({norms})" if norms else head, terminal, "  ", "     ")
    for step in way.steps:
        lines += paragraph(f"- {_step(book, case, step, lang)}", terminal, "     ", "       ")
    return lines


def _dangers(shown: Sequence[Way], ways: Ways, settings: Settings) -> list[str]:
    """Dangers of the ways that the answer as it is does not have, each once, with the numbers of the ways."""
    lang = settings.lang
    before = (*ways.answer.hinweise, *ways.expected.hinweise)
    found: dict[Hinweis, list[str]] = {}
    for number, way in enumerate(shown, 1):
        for note in way.answer.hinweise:
            if note.art == "gefahr" and note not in before:
                found.setdefault(note, []).append(str(number))
    lines = []
    for note, numbers in found.items():
        of = Text("zu {}", "on {}").get(lang).format(", ".join(numbers))
        text = f"{NOTE_KINDS['gefahr'].get(lang)} ({of}): {cited(note.text.get(lang), note.norm)}"
        lines += paragraph(text, settings.terminal, "  ", "    ")
    return lines


def _step(book: Book, case: Case, step: Step, lang: str) -> str:
    """`Deutschniveau: mindestens B1 (jetzt: A1)`."""
    label = fact_label(book, step.fact, lang)
    told = case.changed.stated.get(step.fact)
    now = UNKNOWN.get(lang) if told is None else value_text(book, step.fact, told, lang)
    if told is None and step.known:
        meant = silence(book, book.vocabulary.fact(step.fact))
        now = Text("nicht angegeben", "not told").get(lang)
        now += "" if meant is None else Text(", heißt {}", ", means {}").get(lang).format(meant.get(lang))
    return f"{label}: {choice_text(book, step, lang)} ({Text('jetzt', 'now').get(lang)}: {now})"


def _rest(book: Book, ways: Ways, more: int, lang: str) -> list[str]:
    """What the list leaves out, and what has to be known first."""
    sentences = []
    if more:
        text = Text("Und {} weitere Wege: --alle, oder --json.", "And {} more ways: --all, or --json.")
        sentences.append(text.get(lang).format(more))
    if ways.assumed:
        usual = [_usual(book, name, lang) for name in ways.assumed]
        text = Text(
            "Angenommen, weil nichts angegeben ist und es meist so ist: {}.",
            "Assumed, because nothing is told and it is mostly so: {}.",
        )
        sentences.append(text.get(lang).format("; ".join(usual)))
    if ways.ask:
        names = enumerate_words([fact_label(book, name, lang) for name in ways.ask], lang)
        text = Text(
            "Erst klären (unbekannt, und davon hängt es ab): {}.",
            "To be found out first (unknown, and the answer depends on it): {}.",
        )
        sentences.append(text.get(lang).format(names))
    if ways.obstacles:
        sentences.append(
            Text("Im Weg steht, was sich nicht ändern lässt:", "What cannot be changed is in the way:").get(
                lang
            )
        )
    return sentences


def _usual(book: Book, name: str, lang: str) -> str:
    return (
        f"{fact_label(book, name, lang)}: {value_text(book, name, book.vocabulary.fact(name).ueblich, lang)}"
    )


def _obstacle(book: Book, one: Obstacle, lang: str) -> str:
    """A rule and the conditions of it that stay as they are."""
    parts = list(dict.fromkeys(_condition(book, *condition, lang) for condition in one.conditions))
    kind = Text("Verbot", "Prohibition") if one.bars else Text("Voraussetzung fehlt", "Condition not met")
    said = cited(one.because.get(lang), *one.normen).rstrip(".")
    return f"{kind.get(lang)}: {said}: {'; '.join(parts)}." if parts else f"{kind.get(lang)}: {said}."


def _condition(book: Book, reason: Reason, wanted: bool, lang: str) -> str:  # noqa: FBT001 (a truth)
    label = reason.because.get(lang) if reason.because is not None else fact_label(book, reason.name, lang)
    if reason.kind != "fact":
        facts = [fact_label(book, one.name, lang) for one in leaves(reason)]
        return f"{label} ({', '.join(dict.fromkeys(facts))})" if facts else label
    said = f"{label}: {known(book, reason, lang)}"
    if not wanted:
        return said
    needed = demand(book, reason, lang)
    return said + Text(" (nötig: {})", " (needed: {})").get(lang).format(needed)
