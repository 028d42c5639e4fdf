"""A sheet as one HTML page for the printer: no request leaves it, everything is escaped."""

from __future__ import annotations

from html import escape

from wegweiser.cli.sheet_text import CaseText, Question, Sheet, labels, legend, points

__all__ = ["sheet_html"]

_STYLE = """
@page { size: A4; margin: 18mm 20mm; }
* { box-sizing: border-box; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #000; background: #fff;
  font: 1rem/1.5 "DejaVu Sans", Verdana, Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .25rem; border-top: 2px solid #000;
  padding-top: 1rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, ul, ol, dl { margin: 0 0 .75rem; }
.about, footer { font-size: .875rem; }
.legend { border: 1px solid #000; padding: .5rem .75rem; }
.legend dl { margin: 0; }
dt { font-weight: bold; float: left; clear: left; min-width: 5.5rem; }
dd { margin-left: 5.5rem; }
ol.questions { list-style: none; padding: 0; }
ol.questions > li { margin: 0 0 1rem; break-inside: avoid; }
.prompt { margin: 0 0 .25rem; }
.options { list-style: none; padding: 0; margin: .25rem 0; }
.options.row { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.box { display: inline-block; width: .85em; height: .85em; border: 1.5px solid #000; margin-right: .4em; }
.blank { display: block; border-bottom: 1px solid #000; height: 2.2rem; margin: 0 0 .4rem; }
.short { display: inline-block; border-bottom: 1px solid #000; width: 11rem; height: 1.4rem; }
.solution { border-left: 4px solid #000; padding-left: .75rem; margin: .25rem 0 0; }
.mistake { border: 1px solid #000; padding: .5rem .75rem; break-inside: avoid; }
.mistake p:last-child { margin-bottom: 0; }
footer { border-top: 1px solid #000; margin-top: 2rem; padding-top: .5rem; }
h1, h2, h3, .about { break-after: avoid; }
p { orphans: 3; widows: 3; }
a { color: #000; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt; } }
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def sheet_html(sheet: Sheet) -> str:
    """The whole page."""
    words = labels(sheet.lang)
    kind = words.trainer if sheet.solution else words.participant
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{sheet.lang}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(sheet.title)} – {escape(kind)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escape(sheet.title)}</h1>",
        f"<p>{escape(kind)}</p>",
    ]
    if not sheet.solution:
        blanks = " ".join(f'{name}: <span class="short"></span>' for name in (words.name, words.date))
        lines.append(f"<p>{blanks}</p>")
    reached = "" if sheet.solution else f' · {words.reached}: <span class="short"></span>'
    lines += [f"<p>{words.total}: {sheet.points}{reached}</p>", *_legend(sheet), "</header>", "<main>"]
    for number, case in enumerate(sheet.cases, 1):
        lines += _case(case, number, sheet)
    url = escape(sheet.licence.url)
    lines += [
        "</main>",
        "<footer>",
        f'<p>{escape(sheet.licence.line.get(sheet.lang))}, <a rel="license" href="{url}">{url}</a></p>',
        f"<p>{escape(sheet.state)}</p>",
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _legend(sheet: Sheet) -> list[str]:
    entries = (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in legend(sheet.lang))
    head = escape(labels(sheet.lang).legend)
    return [
        '<section class="legend">',
        f"<p><strong>{head}</strong></p>",
        f"<dl>{''.join(entries)}</dl>",
        "</section>",
    ]


def _case(case: CaseText, number: int, sheet: Sheet) -> list[str]:
    words = labels(sheet.lang)
    about = [case.id, f"{words.level} {case.level}", ", ".join(case.themes), f"{words.state} {case.day}"]
    head = f"case-{number}"
    lines = [
        f'<article aria-labelledby="{head}">',
        f'<h2 id="{head}">{words.case} {number}: {escape(case.title)}</h2>',
        f'<p class="about">{escape(" · ".join(about))}</p>',
    ]
    if sheet.solution:
        lines.append(f"<p><strong>{words.goal}:</strong> {escape(case.goal)}</p>")
    lines += [f"<p>{escape(case.story)}</p>", '<ol class="questions">']
    for place, question in enumerate(case.questions, 1):
        lines += ["<li>", *_question(question, f"{number}.{place}", sheet), "</li>"]
    lines.append("</ol>")
    if case.hints and not (sheet.exam and not sheet.solution):
        hints = "".join(f"<li>{escape(hint)}</li>" for hint in case.hints)
        lines += [f"<h3>{words.hints}</h3>", f"<ul>{hints}</ul>"]
    if sheet.solution:
        lines += [
            '<div class="mistake">',
            f"<p><strong>{words.mistake}:</strong> {escape(case.mistake)}</p>",
            f"<p><strong>{words.why}:</strong> {escape(case.why)}</p>",
            "</div>",
        ]
    if case.source:
        lines.append(f'<p class="about">{words.source}: {escape(case.source)}</p>')
    return [*lines, "</article>"]


def _question(question: Question, number: str, sheet: Sheet) -> list[str]:
    words = labels(sheet.lang)
    worth = f"({points(question.points, sheet.lang)})"
    lines = [f'<p class="prompt"><strong>{number}</strong> {escape(question.prompt)} {worth}</p>']
    if sheet.solution:
        norm = f"<br>{words.norm}: {escape(question.norm)}" if question.norm else ""
        answer = f"<strong>{words.answer}: {escape(question.answer)}</strong>"
        return [*lines, f'<p class="solution">{answer}{norm}</p>']
    if question.ask in ("light", "first_step"):
        row = " row" if question.ask == "light" else ""
        box = '<span class="box" aria-hidden="true"></span>'
        boxes = "".join(f"<li>{box}{escape(option)}</li>" for option, _ in question.options)
        lines.append(f'<ul class="options{row}">{boxes}</ul>')
        return lines
    return [*lines, '<span class="blank"></span>']
