"""A sheet as PDF: A4, black on white, questions never torn apart, licence and page number on each page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from wegweiser.cli.sheet_text import CaseText, Question, Sheet, labels, legend, points
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["MISSING", "sheet_pdf"]

MISSING: Final = Text(
    "für PDF fehlt ein Zusatzpaket: pip install 'wegweiser[pdf]'",
    "PDF needs an extra package: pip install 'wegweiser[pdf]'",
)
_FONT: Final = "sheet"
_SIDE, _TOP, _BOTTOM = 20, 18, 24
"""Margins in millimetres."""
_SMALL, _NORMAL, _LARGE, _TITLE = 8.5, 10.5, 13, 17
"""Sizes of letters in points."""
_LINE: Final = 0.5
"""Height of a line in millimetres for each point of the letters."""
_INDENT: Final = 6.0
"""Millimetres from a mark to what it marks."""
_BLANK: Final = 9.0
"""Millimetres of a line to write on."""
_LINES: Final = {"missing": 2}
"""Lines to write an answer on, by the kind of the question; otherwise one."""
_THICK, _THIN = 0.8, 0.2
"""Millimetres of the line above a case, and of all others."""
_PAGE: Final = Text("Seite {} von {{nb}}", "page {} of {{nb}}")


def sheet_pdf(sheet: Sheet, name: str) -> bytes:
    """The whole document; `name` is the file for the message where the extra `pdf` is missing."""
    try:
        import matplotlib as mpl
        from fpdf import FPDF
    except ImportError as error:
        raise ProfileError([Fault(name, None, None, None, MISSING)]) from error
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return _Paper(FPDF, fonts, sheet).document()


class _Paper:
    """Writes a sheet from top to bottom."""

    def __init__(self, kind: type[FPDF], fonts: Path, sheet: Sheet) -> None:
        self.sheet = sheet
        self.words = labels(sheet.lang)
        self.pdf: Any = _with_footer(kind, sheet)  # or what notes what shall stand together
        self.pdf.add_font(_FONT, "", fonts / "DejaVuSans.ttf")
        self.pdf.add_font(_FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        self.pdf.c_margin = 0  # lines to write on begin where the text begins
        self.pdf.set_margins(_SIDE, _TOP, _SIDE)
        self.pdf.set_auto_page_break(auto=True, margin=_BOTTOM)
        self.pdf.set_title(sheet.title)
        self.pdf.set_lang(sheet.lang)
        self.pdf.set_creator("wegweiser")

    def document(self) -> bytes:
        sheet, words = self.sheet, self.words
        self.pdf.add_page()
        self.text(sheet.title, _TITLE, "B")
        self.text(words.trainer if sheet.solution else words.participant, after=3)
        if not sheet.solution:
            self.blanks((words.name, 85), (words.date, 38))
        self.text(f"{words.total}: {sheet.points}")
        if not sheet.solution:
            self.blanks((f"{words.points} {words.reached}", 30))
        lights = "\n".join(f"{name}: {meaning}" for name, meaning in legend(sheet.lang))
        self.pdf.ln(2)
        self.text(f"{words.legend}\n{lights}", _SMALL, border=True, padding=2, after=2)
        for number, case in enumerate(sheet.cases, 1):
            self.case(case, number)
        return bytes(self.pdf.output())

    def text(
        self, text: str, size: float = _NORMAL, style: str = "", *, after: float = 0, **more: Any
    ) -> None:
        """A paragraph over the whole width; `after` is what stays free below, in millimetres."""
        self.pdf.set_font(_FONT, style, size)
        more.setdefault("align", "L")
        self.pdf.multi_cell(0, size * _LINE, _clean(text), new_x="LMARGIN", new_y="NEXT", **more)
        if after:
            self.pdf.ln(after)

    def marked(self, mark: str, text: str) -> None:
        """A paragraph behind a mark."""
        self.pdf.set_font(_FONT, "", _NORMAL)
        self.pdf.cell(_INDENT, _NORMAL * _LINE, mark)
        self.text(text, after=1)

    def blanks(self, *fields: tuple[str, float]) -> None:
        """Words with a line behind each, as long as told in millimetres."""
        self.pdf.set_font(_FONT, "", _NORMAL)
        for word, length in fields:
            self.pdf.cell(self.pdf.get_string_width(f"{word}:") + 3, _BLANK, f"{word}:", align="L")
            self.pdf.cell(length, _BLANK - 2, border="B")
            self.pdf.cell(4)
        self.pdf.ln(_BLANK + 1)

    def case(self, case: CaseText, number: int) -> None:
        sheet, words = self.sheet, self.words
        about = [case.id, f"{words.level} {case.level}", ", ".join(case.themes), f"{words.state} {case.day}"]
        with self.together():
            self.pdf.set_line_width(_THICK)
            self.pdf.cell(0, 8, border="B", new_x="LMARGIN", new_y="NEXT")
            self.pdf.set_line_width(_THIN)
            self.pdf.ln(3)
            self.text(f"{words.case} {number}: {case.title}", _LARGE, "B", after=1)
            self.text(" · ".join(about), _SMALL, after=2)
            if sheet.solution:
                self.text(f"{words.goal}: {case.goal}", after=2)
            self.text(case.story, after=3)
        for place, question in enumerate(case.questions, 1):
            with self.together():
                self.question(question, f"{number}.{place}")
        if case.hints and not (sheet.exam and not sheet.solution):
            with self.together():
                self.text(words.hints, style="B")
                for hint in case.hints:
                    self.marked("•", hint)
        if sheet.solution:
            with self.together():
                self.text(words.mistake, style="B")
                self.text(case.mistake, after=1)
                self.text(words.why, style="B")
                self.text(case.why, after=1)
        if case.source:
            self.text(f"{words.source}: {case.source}", _SMALL)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside stands on one page; it is noted first and drawn when its height is known."""
        pdf = self.pdf
        with pdf.unbreakable() as noted:
            self.pdf = noted
            yield
        self.pdf = pdf

    def question(self, question: Question, number: str) -> None:
        words = self.words
        self.text(
            f"{number}  {question.prompt} ({points(question.points, self.sheet.lang)})", style="B", after=1
        )
        if self.sheet.solution:
            self.text(f"→ {words.answer}: {question.answer}")
            if question.norm:
                self.text(f"{words.norm}: {question.norm}", _SMALL)
        elif question.ask == "light":
            self.text("     ".join(f"☐ {option}" for option, _ in question.options))
        elif question.ask == "first_step":
            for option, _ in question.options:
                self.marked("☐", option)
        else:
            for _ in range(_LINES.get(question.ask, 1)):
                self.pdf.cell(0, _BLANK, border="B", new_x="LMARGIN", new_y="NEXT")
        self.pdf.ln(3)


def _with_footer(kind: type[FPDF], sheet: Sheet) -> FPDF:
    """A document that writes licence, state and page number at the foot of each page."""

    class Footed(kind):  # type: ignore[misc,valid-type]
        def footer(self) -> None:
            self.set_y(-_BOTTOM + 5)
            self.set_font(_FONT, "", 7.5)
            page = _PAGE.get(sheet.lang).format(self.page_no())
            line = f"{sheet.licence.line.get(sheet.lang)} · {sheet.licence.url}"
            self.cell(0, 4, _clean(line), new_x="LMARGIN", new_y="NEXT")
            self.cell(130, 4, _clean(sheet.state))
            self.cell(0, 4, page, align="R")

    return Footed(format="A4")


def _clean(text: str) -> str:
    """Text without control signs, which have no shape."""
    return "".join(sign for sign in text if sign == "\n" or category(sign)[0] != "C")
