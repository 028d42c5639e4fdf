"""A sheet as Markdown; nothing that a case says can become markup."""

from __future__ import annotations

import re

from wegweiser.cli.sheet_text import CaseText, Question, Sheet, labels, legend, points

__all__ = ["sheet_markdown"]

_LINE = "\\_" * 40
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])")


def sheet_markdown(sheet: Sheet) -> str:
    """The whole sheet."""
    words = labels(sheet.lang)
    lines = [f"# {_plain(sheet.title)}", "", words.trainer if sheet.solution else words.participant, ""]
    if not sheet.solution:
        lines += [f"{words.name}: {_LINE[:40]}  {words.date}: {_LINE[:24]}", ""]
    total = f"{words.total}: {sheet.points}"
    reached = "" if sheet.solution else f" · {words.reached}: {_LINE[:16]}"
    lights = "; ".join(f"**{name}** {meaning}" for name, meaning in legend(sheet.lang))
    lines += [total + reached, "", f"{words.legend}: {lights}", ""]
    for number, case in enumerate(sheet.cases, 1):
        lines += _case(case, number, sheet)
    lines += ["---", "", _plain(sheet.licence.line.get(sheet.lang)) + f", <{sheet.licence.url}>", ""]
    return "\n".join([*lines, _plain(sheet.state)]) + "\n"


def _case(case: CaseText, number: int, sheet: Sheet) -> list[str]:
    words = labels(sheet.lang)
    about = [case.id, f"{words.level} {case.level}", ", ".join(case.themes), f"{words.state} {case.day}"]
    lines = [f"## {words.case} {number}: {_plain(case.title)}", "", _plain(" · ".join(about)), ""]
    if sheet.solution:
        lines += [f"**{words.goal}:** {_plain(case.goal)}", ""]
    lines += [_plain(case.story), ""]
    for place, question in enumerate(case.questions, 1):
        lines += _question(question, f"{number}.{place}", sheet)
    if case.hints and not (sheet.exam and not sheet.solution):
        lines += [f"**{words.hints}:**", "", *(f"- {_plain(hint)}" for hint in case.hints), ""]
    if sheet.solution:
        lines += [f"**{words.mistake}:** {_plain(case.mistake)}", ""]
        lines += [f"**{words.why}:** {_plain(case.why)}", ""]
    if case.source:
        lines += [f"*{words.source}: {_plain(case.source)}*", ""]
    return lines


def _question(question: Question, number: str, sheet: Sheet) -> list[str]:
    words = labels(sheet.lang)
    lines = [f"**{number}** {_plain(question.prompt)} ({points(question.points, sheet.lang)})", ""]
    if sheet.solution:
        norm = f" – {words.norm}: {_plain(question.norm)}" if question.norm else ""
        return [*lines, f"> **{words.answer}: {_plain(question.answer)}**{norm}", ""]
    if question.ask == "light":
        return [*lines, "   ".join(f"☐ {_plain(option)}" for option, _ in question.options), ""]
    if question.ask == "first_step":
        return [*lines, *(f"- ☐ {_plain(option)}" for option, _ in question.options), ""]
    return [*lines, _LINE, ""]


def _plain(text: str) -> str:
    """Text as one line in which every sign stands for itself."""
    one = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", one)
