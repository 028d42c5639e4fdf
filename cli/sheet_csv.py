"""A sheet as a table for spreadsheets: one line for each question, no cell a formula."""

from __future__ import annotations

import csv
import io

from wegweiser.cli.caseload_output import harmless
from wegweiser.cli.sheet_text import Sheet
from wegweiser.engine.text import Text

__all__ = ["sheet_csv"]

_HEADS = {
    "number": Text("nummer", "number"),
    "case": Text("fall", "case"),
    "title": Text("titel", "title"),
    "level": Text("niveau", "level"),
    "themes": Text("themen", "themes"),
    "day": Text("stand", "as_of"),
    "story": Text("text", "text"),
    "question": Text("frage", "question"),
    "options": Text("auswahl", "options"),
    "points": Text("punkte", "points"),
    "licence": Text("lizenz", "licence"),
}
_SOLUTION = {
    "answer": Text("antwort", "answer"),
    "norm": Text("norm", "norm"),
    "mistake": Text("fehler", "mistake"),
    "why": Text("warum", "why"),
}


def sheet_csv(sheet: Sheet) -> bytes:
    """The whole table: semicolons, UTF-8 with BOM; the answers are in the trainer's alone."""
    heads = _HEADS | (_SOLUTION if sheet.solution else {})
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([text.get(sheet.lang) for text in heads.values()])
    for number, case in enumerate(sheet.cases, 1):
        for place, question in enumerate(case.questions, 1):
            # a list to choose from is the question for lights and steps; what is missing is to be found
            offered = question.options if question.ask != "missing" else ()
            cells = [
                f"{number}.{place}",
                case.id,
                case.title,
                str(case.level),
                ", ".join(case.themes),
                case.day,
                case.story,
                question.prompt,
                " | ".join(option for option, _ in offered),
                str(question.points),
                f"{sheet.licence.id} {sheet.licence.url}",
            ]
            if sheet.solution:
                cells += [question.answer, question.norm, case.mistake, case.why]
            writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")
