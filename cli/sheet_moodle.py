"""A sheet as questions for Moodle (its XML format), with answers, so that Moodle can grade them."""

from __future__ import annotations

import re
from html import escape
from itertools import product
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wegweiser.cli.sheet_text import CaseText, Question, Sheet, labels, legend
from wegweiser.engine.norms import KINDS, SIGN
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["norm_spellings", "sheet_moodle"]

_OF: Final = Text("Zur Auswahl: {}", "Choose from: {}")
_FORM: Final = Text("Form: {}", "Form: {}")
_EXAMPLE: Final = Text("TT.MM.JJJJ", "YYYY-MM-DD")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHORT: Final = {"Satz": ("Satz", "S."), "Nr.": ("Nr.", "Nummer"), "Abs.": ("Abs.", "Absatz")}
_PART: Final = f"({'|'.join(map(re.escape, KINDS))}) (\\S+)"
_SECTION: Final = rf"(?:(?:{'|'.join(map(re.escape, KINDS))}) \S+(?:\s|$))+"


def sheet_moodle(sheet: Sheet) -> bytes:
    """The whole document, UTF-8."""
    root = Element("quiz")
    category = SubElement(root, "question", type="category")
    _text(SubElement(category, "category"), f"$course$/top/wegweiser/{sheet.title.replace('/', '//')}")
    for number, case in enumerate(sheet.cases, 1):
        for place, question in enumerate(case.questions, 1):
            _question(root, case, question, f"{number:02}.{place:02}", sheet)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _question(root: Element, case: CaseText, question: Question, number: str, sheet: Sheet) -> None:
    choice = question.ask in ("light", "first_step")
    node = SubElement(root, "question", type="multichoice" if choice else "shortanswer")
    _text(SubElement(node, "name"), f"{number} {case.id} {case.title}")
    _text(SubElement(node, "questiontext", format="html"), _page(case, question, sheet))
    _text(SubElement(node, "generalfeedback", format="html"), _feedback(case, question, sheet))
    _value(node, "defaultgrade", str(question.points))
    _value(node, "penalty", "0")
    _value(node, "hidden", "0")
    _value(node, "idnumber", f"{case.id}.{number.partition('.')[2]}.{sheet.lang}")
    if choice:
        _value(node, "single", "true")
        _value(node, "shuffleanswers", "false" if question.ask == "light" else "true")
        _value(node, "answernumbering", "none")
        for option, right in question.options:
            answer = SubElement(node, "answer", fraction="100" if right else "0", format="html")
            _text(answer, escape(option))
        return
    _value(node, "usecase", "0")
    for spelling in dict.fromkeys(_accepted(question)):
        answer = SubElement(node, "answer", fraction="100", format="moodle_auto_format")
        # in a short answer * stands for anything, unless it is escaped
        _text(answer, spelling.replace("*", r"\*"))


def _page(case: CaseText, question: Question, sheet: Sheet) -> str:
    words = labels(sheet.lang)
    parts = [case.story, f"{words.state} {case.day}", question.prompt]
    if question.ask == "light":
        parts.append("; ".join(f"{name}: {meaning}" for name, meaning in legend(sheet.lang)))
    if question.ask == "missing":
        listed = "; ".join(option for option, _ in question.options)
        parts.append(_OF.get(sheet.lang).format(listed))
    if question.ask == "day":
        parts.append(_FORM.get(sheet.lang).format(_EXAMPLE.get(sheet.lang)))
    return "".join(f"<p>{escape(part)}</p>" for part in [*parts, sheet.licence.line.get(sheet.lang)])


def _feedback(case: CaseText, question: Question, sheet: Sheet) -> str:
    words = labels(sheet.lang)
    norm = f" ({question.norm})" if question.norm else ""
    parts = [
        f"{words.answer}: {question.answer}{norm}",
        f"{words.mistake}: {case.mistake}",
        f"{words.why}: {case.why}",
    ]
    return "".join(f"<p>{escape(part)}</p>" for part in parts)


def _accepted(question: Question) -> Iterable[str]:
    if question.ask == "norm":
        return (spelling for norm in question.accepted for spelling in norm_spellings(norm))
    if question.ask == "day":
        return (spelling for found in question.accepted for spelling in _day_spellings(found))
    plain = (one.rstrip("?").strip() for one in question.accepted)
    return (*question.accepted, *plain)


def _day_spellings(found: str) -> list[str]:
    """A day as people write it in the language that it is told in."""
    parts = found.split(".")
    if len(parts) != len(("day", "month", "year")):
        return [found]
    first, month, year = parts
    return [found, f"{int(first)}.{int(month)}.{year}", f"{year}-{month}-{first}"]


def norm_spellings(norm: str) -> list[str]:
    """The usual spellings of a citation: signs and words in full or short, with and without the act.

    `§ 60c Abs. 2 Satz 1 Nr. 3 AufenthG` is also `60c II S. 1 Nr. 3` and `§60c Absatz 2 Satz 1 Nummer 3`.
    """
    body = re.match(_SECTION, norm)
    if body is None:
        return [norm]
    act = norm[body.end() :].strip()
    choices = [_forms(kind, number) for kind, number in re.findall(_PART, body[0])]
    written = [" ".join(forms) for forms in product(*choices)]
    return list(dict.fromkeys([norm, *(f"{one} {act}".strip() for one in written), *written]))


def _forms(kind: str, number: str) -> list[str]:
    if kind == SIGN:
        return [f"{SIGN} {number}", f"{SIGN}{number}", number]
    forms = [f"{word} {number}" for word in _SHORT.get(kind, (kind,))]
    if kind == "Abs." and number.isdecimal() and int(number) < len(_ROMAN):
        forms.append(_ROMAN[int(number)])
    if kind == "Nr.":
        forms.append(f"Nr {number}")
    return forms


def _text(node: Element, text: str) -> None:
    _value(node, "text", text)


def _value(node: Element, name: str, text: str) -> None:
    SubElement(node, name).text = _clean(text)


def _clean(text: str) -> str:
    """Text without the signs that no XML can hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
