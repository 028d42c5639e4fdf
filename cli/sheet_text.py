"""Sheets in the words of one language: what every format prints, in the order in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wegweiser.cli.words import LIGHTS, OUTCOMES, day, enumerate_words, number_of
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from wegweiser.casebook.model import Case
    from wegweiser.casebook.sheets import Item, Licence

__all__ = [
    "CaseText",
    "Labels",
    "Question",
    "Sheet",
    "case_text",
    "labels",
    "legend",
    "options_mixed",
    "points",
]

_LIGHT = Text("Welche Ampel hat „{}“ am {}?", "Which light does “{}” have on {}?")
_PROMPTS = {
    "norm": Text(
        "Welche Vorschrift trägt die Antwort zu „{}“?", "Which provision carries the answer on “{}”?"
    ),
    "missing": Text(
        "Welche Angabe fehlt noch, um „{}“ zu entscheiden?", "Which fact is missing to decide “{}”?"
    ),
    "day": Text("Ab welchem Tag ist „{}“ möglich?", "From which day is “{}” possible?"),
    "first_step": Text(
        "Was ist der erste Schritt, und bei welcher Stelle?", "What is the first step, and at which office?"
    ),
}
_OR = Text("oder", "or")
_POINTS = (Text("Punkt", "point"), Text("Punkte", "points"))
_FROM = Text("ab {}", "from {}")
_LEGEND = (
    ("gruen", Text("möglich, jetzt", "possible, now")),
    ("gelb", Text("Ermessen, oder in den nächsten zwölf Monaten", "discretion, or within twelve months")),
    ("rot", Text("nein, oder erst später", "no, or only later")),
    ("offen", Text("hängt an Angaben, die fehlen", "depends on facts that are missing")),
    ("nichts", Text("nichts zu entscheiden", "nothing to decide")),
)


class Question(NamedTuple):
    """One question in words."""

    ask: str
    prompt: str
    points: int
    options: tuple[tuple[str, bool], ...]
    """What to choose from, and what of it is right; empty where the answer is written."""
    accepted: tuple[str, ...]
    """For written answers what is right, as the law or the language writes it."""
    answer: str
    """The solution as a line."""
    norm: str
    """Citations that carry the answer, or empty."""


class CaseText(NamedTuple):
    """One case in words."""

    id: str
    title: str
    level: int
    themes: tuple[str, ...]
    goal: str
    source: str
    day: str
    story: str
    questions: tuple[Question, ...]
    hints: tuple[str, ...]
    mistake: str
    why: str

    @property
    def points(self) -> int:
        """What all its questions count together."""
        return sum(one.points for one in self.questions)


class Sheet(NamedTuple):
    """A whole sheet."""

    lang: str
    title: str
    exam: bool
    solution: bool
    """Whether it is the trainer's, with answers."""
    cases: tuple[CaseText, ...]
    licence: Licence
    state: str
    """What the answers were worked out with: the day of the rule book's texts."""

    @property
    def points(self) -> int:
        """What all cases count together."""
        return sum(one.points for one in self.cases)


class Labels(NamedTuple):
    """The fixed words of a sheet."""

    case: str
    level: str
    state: str
    themes: str
    goal: str
    source: str
    points: str
    total: str
    reached: str
    name: str
    date: str
    answer: str
    norm: str
    hints: str
    mistake: str
    why: str
    legend: str
    participant: str
    trainer: str


_LABELS = {
    "case": Text("Fall", "Case"),
    "level": Text("Niveau", "Level"),
    "state": Text("Stand", "As of"),
    "themes": Text("Themen", "Themes"),
    "goal": Text("Lernziel", "Learning goal"),
    "source": Text("Quelle", "Source"),
    "points": Text("Punkte", "points"),
    "total": Text("Punkte insgesamt", "Points in total"),
    "reached": Text("erreicht", "reached"),
    "name": Text("Name", "Name"),
    "date": Text("Datum", "Date"),
    "answer": Text("Antwort", "Answer"),
    "norm": Text("Norm", "Norm"),
    "hints": Text("Hinweise", "Hints"),
    "mistake": Text("Typischer Fehler", "Typical mistake"),
    "why": Text("Warum das falsch ist", "Why it is wrong"),
    "legend": Text("Die Ampel", "The light"),
    "participant": Text("Blatt für Teilnehmende", "Sheet for participants"),
    "trainer": Text("Blatt für Trainerinnen und Trainer, mit Lösung", "Sheet for trainers, with solution"),
}


def labels(lang: str) -> Labels:
    """The fixed words in a language."""
    return Labels(**{name: text.get(lang) for name, text in _LABELS.items()})


def points(count: int, lang: str) -> str:
    """So many points, in words."""
    return number_of(count, *_POINTS, lang).replace(" ", "\N{NO-BREAK SPACE}")


def legend(lang: str) -> list[tuple[str, str]]:
    """What each light means."""
    return [(LIGHTS[name].get(lang), text.get(lang)) for name, text in _LEGEND]


def case_text(
    case: Case, items: Sequence[Item], themes: Sequence[Text], lang: str, random: Random
) -> CaseText:
    """A case in words; `random` puts the answers to choose from in an order."""
    return CaseText(
        case.id,
        case.title.get(lang),
        case.level,
        tuple(theme.get(lang) for theme in themes),
        case.goal.get(lang),
        "" if case.source is None else case.source.get(lang),
        day(case.day, lang),
        case.story.get(lang),
        tuple(_question(item, lang, random) for item in items),
        tuple(hint.get(lang) for hint in case.hints),
        case.mistake[0].get(lang),
        case.mistake[1].get(lang),
    )


def options_mixed(right: Sequence[str], wrong: Sequence[str], random: Random) -> tuple[tuple[str, bool], ...]:
    """What to choose from, in an order that gives nothing away."""
    mixed = [*((one, True) for one in right), *((one, False) for one in wrong)]
    random.shuffle(mixed)
    return tuple(mixed)


def _question(item: Item, lang: str, random: Random) -> Question:
    norm = enumerate_words(list(item.norms), lang)
    label = item.label.get(lang)
    prompt = _PROMPTS.get(item.ask, _LIGHT).get(lang).format(label, day(item.day, lang))
    right = [text.get(lang) for text in item.right]
    wrong = [text.get(lang) for text in item.wrong]
    if item.ask == "light":
        return _light_question(item, prompt, norm, lang)
    if item.ask == "norm":
        answer = enumerate_words(list(item.norms), lang, _OR)
        return Question(item.ask, prompt, item.points, (), item.norms, answer, "")
    if item.ask == "day":
        found = "" if item.first_day is None else day(item.first_day, lang)
        return Question(item.ask, prompt, item.points, (), (found,), found, norm)
    if item.ask == "missing":
        options = options_mixed(right, wrong, random)
        return Question(item.ask, prompt, item.points, options, tuple(right), "; ".join(right), norm)
    answer = right[0] if item.office is None else f"{right[0]} ({item.office.get(lang)})"
    return Question(
        item.ask, prompt, item.points, options_mixed(right, wrong, random), tuple(right), answer, norm
    )


def _light_question(item: Item, prompt: str, norm: str, lang: str) -> Question:
    """The light, and how binding the answer is."""
    answer = item.answer
    if answer is None:
        raise ValueError(item.target)
    name = light(answer, item.day)
    options = tuple((LIGHTS[one].get(lang), one == name) for one, _ in _LEGEND)
    effect = OUTCOMES[answer.ergebnis].get(lang)
    if answer.ergebnis == "noch_nicht" and answer.ab is not None:
        effect += ", " + _FROM.get(lang).format(day(answer.ab, lang))
        if answer.dann is not None:
            effect += f" {OUTCOMES[answer.dann].get(lang)}"
    shown = LIGHTS[name].get(lang)
    line = shown if answer.ergebnis == "unklar" else f"{shown} ({effect})"
    return Question(item.ask, prompt, item.points, options, (shown,), line, norm)
