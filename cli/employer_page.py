"""The page of `wegweiser arbeitgeber`, and the same as a checklist in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.light import COLOURS
from wegweiser.cli.words import NOTE_KINDS
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.employer_content import Content, Item
    from wegweiser.cli.settings import Settings

__all__ = ["checklist", "page"]

_SHORT = Text("KURZANTWORT", "SHORT ANSWER")
_MARKS = {"todo": "[ ]", "info": "[i]", "": "–"}
_SPOKEN = {"todo": Text("Zu tun", "To do"), "info": Text("Hinweis", "Note"), "": Text("", "")}
_MORE = Text(
    "Mehr: --checkliste · --json · --vorhaben NAME · wegweiser ziele taetigkeit",
    "More: --checklist · --json · --activity NAME · wegweiser targets taetigkeit",
)
_TITLE = Text("Checkliste für den Betrieb", "Checklist for the employer")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_BLOCK = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def page(content: Content, settings: Settings) -> str:
    """The page for a terminal."""
    lang, terminal = settings.lang, settings.terminal
    head = (
        [terminal.clean(part) for part in content.header]
        if terminal.linear
        else paragraph(" · ".join(content.header), terminal)
    )
    if terminal.linear:
        answer = [terminal.clean(one) for one in content.answer]
    else:
        answer = paragraph(" ".join(content.answer), terminal, "  ")
        word = terminal.clean(content.answer[0])
        coloured = terminal.style(word, COLOURS[content.light])
        answer[0] = answer[0].replace(word, coloured, 1)
    blocks = [head, [*heading(_SHORT.get(lang), terminal), *answer]]
    if content.dangers:
        mark = f"! {NOTE_KINDS['gefahr'].get(lang)}"
        blocks.append(entry(mark, " ".join(content.dangers), terminal, len(mark) + 2, 0))
    for title, items in content.sections:
        blocks.append(
            [*heading(title, terminal), *(line for item in items for line in _line(item, settings))]
        )
    blocks.append([line for one in content.closing for line in paragraph(one, terminal)])
    blocks[-1] += paragraph(_MORE.get(lang), terminal, "", "  ")
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _line(item: Item, settings: Settings) -> list[str]:
    terminal = settings.terminal
    if terminal.linear:
        return entry(_SPOKEN[item.kind].get(settings.lang), item.text, terminal, 6)
    mark = _MARKS[item.kind]
    return entry(mark, item.text, terminal, len(mark) + 3)


def checklist(content: Content, settings: Settings) -> str:
    """The same in Markdown, to be filed away."""
    lang = settings.lang
    lines = [f"# {_TITLE.get(lang)}", ""]
    lines += [f"- {_escaped(part)}" for part in content.header[1:]]
    lines += ["", f"## {_SHORT.get(lang).capitalize()}", "", _escaped(" ".join(content.answer))]
    for danger in content.dangers:
        lines += ["", f"**{NOTE_KINDS['gefahr'].get(lang)}:** {_escaped(danger)}"]
    for title, items in content.sections:
        lines += ["", f"## {title}", ""]
        lines += [f"- {'[ ] ' if item.kind == 'todo' else ''}{_escaped(item.text)}" for item in items]
    lines += ["", "---", ""]
    for one in content.closing:
        lines += [_escaped(one), ""]
    return "\n".join(settings.terminal.clean(line) for line in lines).rstrip("\n") + "\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    one_line = " ".join(text.split())
    return _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line))
