"""What `wegweiser training` says: the case, its questions, the grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.casebook.grading import LIGHT_WORDS, expected_day
from wegweiser.cli.conditions_text import SPOKEN, condition_rows
from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.words import LIGHTS, OUTCOMES, cited, day
from wegweiser.engine.lights import light
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wegweiser.casebook.exercise import Exercise
    from wegweiser.casebook.missteps import Misstep
    from wegweiser.casebook.model import Asked, Case
    from wegweiser.cli.settings import Settings
    from wegweiser.cli.training_session import Reply
    from wegweiser.engine.answers import Answer
    from wegweiser.engine.book import Book

__all__ = ["case_lines", "misstep_text", "question_lines", "result_page", "solution_text"]

_COLUMN = 4
_HELP = Text(
    "Jederzeit: „?“ Hinweis · „w“ weiß nicht · „stopp“ zur Auswertung. Nichts wird gespeichert.",
    "At any time: “?” hint · “w” not known · “stop” for the grades. Nothing is stored.",
)
_TITLE = Text("ÜBUNG {}: {}", "EXERCISE {}: {}")
_ABOUT = Text(
    "Niveau {} · Stand der Aufgabe: {} · --seed {}", "level {} · day of the exercise: {} · --seed {}"
)
_OFFERS = Text("Angebote am {}", "offers on {}")
_QUESTION = Text("Frage {}/{}", "Question {}/{}")
_ASKED = {
    "light": Text("Ampel für „{}“ am {}?", "Light for “{}” on {}?"),
    "norm": Text("Welche Norm trägt die Antwort zu „{}“?", "Which norm carries the answer on “{}”?"),
    "missing": Text(
        "Welche Angabe zu „{}“ ist noch zu erfragen?", "Which fact has still to be asked for “{}”?"
    ),
    "day": Text("Ab welchem Tag: „{}“?", "From which day: “{}”?"),
    "first_step": Text("Was ist der erste Schritt?", "What is the first step?"),
}
_FORMS = {
    "norm": Text("(zum Beispiel 60c II Nr 3)", "(for example 60c II Nr 3)"),
    "day": Text("(TT.MM.JJJJ)", "(YYYY-MM-DD or DD.MM.YYYY)"),
    "first_step": Text("(Nummer oder Worte, auch die Stelle)", "(number or words, the office too)"),
}
_GRADES = Text("AUSWERTUNG  {} von {}", "GRADES  {} of {}")
_PARTLY = Text(", dazu {} teilweise", ", and {} in part")
_MARKS = {
    "right": Text("richtig", "right"),
    "partly": Text("teilweise", "in part"),
    "wrong": Text("falsch", "wrong"),
    None: Text("keine Antwort", "no answer"),
}
_MISSTEP = Text("Erster Irrtum im Prüfweg: ", "First wrong step: ")
_MISTAKE = Text("TYPISCHER IRRTUM", "TYPICAL MISTAKE")


def case_lines(case: Case, seed: int, settings: Settings) -> list[str]:
    """The case as it is told."""
    lang, terminal = settings.lang, settings.terminal
    lines = heading(_TITLE.get(lang).format(case.id, case.title.get(lang)), terminal)
    about = _ABOUT.get(lang).format(case.level, day(case.day, lang), seed)
    if case.offers_day != case.day:
        about += f" · {_OFFERS.get(lang).format(day(case.offers_day, lang))}"
    if case.source is not None:
        about += f" · {case.source.get(lang)}"
    lines += paragraph(about, terminal, style="dim")
    lines += ["", *paragraph(case.story.get(lang), terminal, "  "), ""]
    return lines + paragraph(_HELP.get(lang), terminal)


def question_lines(exercise: Exercise, asked: Asked, number: int, settings: Settings) -> list[str]:
    """One question with what can be answered."""
    lang, terminal = settings.lang, settings.terminal
    text = _ASKED[asked.ask].get(lang)
    if asked.target:
        on = exercise.answer(asked).proof.day
        text = text.format(exercise.labels[asked.target].get(lang), day(on, lang))
    count = _QUESTION.get(lang).format(number, len(exercise.case.questions))
    lines = paragraph(f"{count}  {text}", terminal, "", "  ", "head")
    if asked.ask == "first_step":
        for place, one in enumerate(exercise.choices, 1):
            lines += entry(f"{place}", f"{one.was.get(lang)} ({one.wo.get(lang)})", terminal, 6)
    form = _FORMS.get(asked.ask)
    if asked.ask == "light":
        words = "/".join(word.get(lang) for word in LIGHT_WORDS.values())
        lines += paragraph(f"[{words}]", terminal, "  ")
    elif form is not None:
        lines += paragraph(form.get(lang), terminal, "  ")
    return lines


def result_page(exercise: Exercise, replies: Sequence[Reply], seed: int, settings: Settings) -> str:
    """The grades with what is right, the first wrong step, the typical mistake."""
    lang, terminal, case = settings.lang, settings.terminal, exercise.case
    marks = [None if reply.grade is None else reply.grade.mark for reply in replies]
    title = _GRADES.get(lang).format(marks.count("right"), len(marks))
    if "partly" in marks:
        title += _PARTLY.get(lang).format(marks.count("partly"))
    lines = heading(f"{title}  ({case.id}, --seed {seed})", terminal)
    for number, (reply, mark) in enumerate(zip(replies, marks, strict=True), 1):
        text = f"{_MARKS[mark].get(lang)}: {_solution(exercise, reply.asked, lang)}"
        if reply.grade is not None and reply.grade.comment is not None:
            text += f" [{reply.grade.comment.get(lang)}]"
        lines += entry(str(number), text, terminal, _COLUMN + 2)
    wrong = [one for one in replies if one.grade is not None and one.grade.mark == "wrong" and one.grade.said]
    for reply in wrong[:1]:
        step = exercise.misstep(reply.asked, reply.grade.said if reply.grade else "")
        if step is not None:
            lines += paragraph(misstep_text(exercise.book, step, lang), terminal, "  ")
    lines += ["", *heading(_MISTAKE.get(lang), terminal)]
    what, why = case.mistake
    lines += paragraph(what.get(lang), terminal, "  ")
    lines += paragraph(why.get(lang), terminal, "  ")
    return "\n".join(lines) + "\n"


def _solution(exercise: Exercise, asked: Asked, lang: str) -> str:
    """What is right."""
    case, book = exercise.case, exercise.book
    if asked.ask == "first_step":
        first = next(one for one in exercise.choices if one.rule == case.first_step)
        return f"{first.was.get(lang)} ({first.wo.get(lang)})"
    expected = case.expectation(asked.target)
    answer = exercise.answer(asked)
    if expected is not None and asked.ask == "norm":
        return ", ".join(expected.norms)
    if expected is not None and asked.ask == "missing":
        return ", ".join(fact_label(book, name, lang) for name in expected.values["fehlend"])
    if expected is not None and asked.ask == "day":
        found = expected_day(expected)
        return "" if found is None else day(found, lang)
    return solution_text(answer, answer.proof.day, lang)


def solution_text(answer: Answer, on: date, lang: str) -> str:
    """The light of an answer with what it stands for, and the sentence behind it."""
    said = f"{LIGHTS[light(answer, on)].get(lang)} ({OUTCOMES[answer.ergebnis].get(lang)}"
    if answer.ab is not None:
        said += f", {Text('ab', 'from').get(lang)} {day(answer.ab, lang)}"
    said += ")"
    by_id = {rule.id: rule for rule in answer.proof.rules}
    carrying = [by_id[name] for name in answer.regeln if name in by_id]
    if carrying:
        return f"{said}. {cited(carrying[0].because.get(lang), *carrying[0].normen)}"
    default = answer.proof.default
    if default is not None and default.applies is not False:
        return f"{said}. {cited(default.because.get(lang), default.norm)}"
    return said


def misstep_text(book: Book, step: Misstep, lang: str) -> str:
    """The step that was passed over, with the condition that decides."""
    text = cited(step.because.get(lang), *step.normen)
    if step.condition is None:
        return _MISSTEP.get(lang) + text
    rows = condition_rows(book, step.condition, lang)
    row = rows[0]
    value = f": {row.value}" if row.value else ""
    truth = step.condition.truth
    return f"{_MISSTEP.get(lang)}{text} {SPOKEN[truth].get(lang)}: {row.label.rstrip(':')}{value}."
