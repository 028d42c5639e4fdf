"""Reads folders of sections in Markdown: ACT/SECTION/DATE.md, or one act's SECTION/DATE.md.

DATE is the first day on which a wording was seen; it holds until the next file of its section. The first
line of a file is its heading.
"""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Final

from wegweiser.engine.errors import Fault, InputError
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.texts import Section, Snapshot, section_name

__all__ = ["read_folder"]

_LARGEST: Final = 2_000_000
"""Bytes of one section; the longest annexes have some hundred thousand."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LABEL_ALONE: Final = re.compile(r"(?:\([0-9]+[a-z]*\)|[0-9]+[a-z]*\.|[a-z]{1,2}\)|[–-])")
_EDITORS: Final = re.compile(
    r"\(\+\+\+|mit GG \("
    r"|§+\s*[0-9]+[a-z]?(?:\s+(?:Abs\.|Satz|Nr\.|Buchst\.|[0-9a-z]{1,3},?|u\.|bis|\(?Kursivdruck\)?)"
    r"|\s+idF\s[^:]*)*\s*:\s"
)
"""How footnotes of the editors begin. They stand behind the text and are no part of it."""
_SOURCE: Final = re.compile(r"\((?:Inhalt: nicht darstellbar|Fundstelle:)[^()]*(?:\([^()]*\)[^()]*)*\)")


def read_folder(folder: Path, acts: Acts, until: date | None = None) -> list[Snapshot]:
    """Every state of every act in a folder, the oldest first; raises InputError with all faults.

    `until` is the day on which the folder was last brought up to date, where that is later than its newest
    wording: what did not change still holds on that day.
    """
    faults: list[Fault] = []
    found: list[Snapshot] = []
    homes = [folder] if any(_dated(child) for child in _folders(folder)) else _folders(folder)
    for home in homes:
        histories = [_history(child, faults) for child in _folders(home)]
        act = acts.named(home.name)
        found += _states(home.name if act is None else act.name, [one for one in histories if one])
    if not found and not faults:
        text = Text(
            "keine Paragrafen gefunden; erwartet wird GESETZ/§1/2026-01-31.md",
            "no sections found; expected is ACT/§1/2026-01-31.md",
        )
        faults.append(Fault(str(folder), None, None, None, text))
    if faults:
        raise InputError(faults)
    return [*found, *_latest(found, until)]


def _latest(found: list[Snapshot], until: date | None) -> list[Snapshot]:
    """Acts that did not change on the newest day of the folder, as they read on that day."""
    newest = max(one.day for one in found)
    newest = newest if until is None else max(newest, until)
    last = {one.act: one for one in sorted(found, key=lambda one: one.day)}
    return [one._replace(day=newest) for one in last.values() if one.day < newest]


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(
            child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")
        )
    except OSError as problem:
        raise InputError([_unreadable(folder, problem)]) from problem


def _dated(folder: Path) -> bool:
    return any(_DAY.fullmatch(path.stem) for path in folder.glob("*.md"))


def _unreadable(path: Path, problem: OSError) -> Fault:
    text = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
    return Fault(str(path), None, None, None, text)


def _history(folder: Path, faults: list[Fault]) -> dict[date, Section]:
    """The wordings of one section by their first day."""
    found: dict[date, Section] = {}
    for path in sorted(folder.glob("*.md")):
        section = _section(folder, path)
        if isinstance(section, Fault):
            faults.append(section)
        else:
            found[date.fromisoformat(path.stem)] = section
    return found


def _section(folder: Path, path: Path) -> Section | Fault:
    name = section_name(folder.name)
    if name is None:
        text = Text("dieser Ordner heißt nicht wie ein Paragraf", "this folder is not named like a section")
        return Fault(str(folder), None, None, None, text)
    try:
        date.fromisoformat(path.stem if _DAY.fullmatch(path.stem) else "")
    except ValueError:
        text = Text("der Name ist kein Tag (JJJJ-MM-TT.md)", "the name is no day (YYYY-MM-DD.md)")
        return Fault(str(path), None, None, None, text)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as problem:
        return _unreadable(path, problem)
    if len(content) > _LARGEST:
        return Fault(str(path), None, None, None, Text("die Datei ist zu groß", "the file is too large"))
    try:
        head, _, body = content.decode("utf-8-sig").partition("\n")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return Fault(str(path), line, None, None, Text("kein UTF-8", "not UTF-8"))
    if not head.startswith("# "):
        text = Text("die erste Zeile ist keine Überschrift (# …)", "the first line is no heading (# …)")
        return Fault(str(path), 1, None, None, text)
    heading = head.removeprefix("# ").strip()
    return Section(name, heading.partition(" – ")[2].strip() or heading, tuple(_lines(body)))


def _lines(body: str) -> list[str]:
    """Paragraphs and items; decoration, pictures and the editors' notes are taken away."""
    body = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^()\s]*\)", "", body, flags=re.DOTALL)
    body = re.sub(r"<sup>\s*[0-9*]+\)?\s*</sup>", "", body)
    body = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", " ", body))
    body = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", body)
    body = re.sub(r"^[ \t]*[|:+=-][\s|:+=-]*$", "", _SOURCE.sub("", body), flags=re.MULTILINE)
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:\([0-9]+[a-z]*\)|[0-9]+[a-z]*\.|[a-z]{1,2}\)|[–|-])\s)", body):
        line = " ".join(block.split())
        if _EDITORS.match(line):
            break
        if found and line and _LABEL_ALONE.fullmatch(found[-1]):
            found[-1] += " " + line
        elif line:
            found.append(line)
    return found


def _states(act: str, histories: list[dict[date, Section]]) -> list[Snapshot]:
    """The act on each day on which any of its sections has a new wording."""
    days = sorted({day for history in histories for day in history})
    found = []
    for day in days:
        sections = {}
        for history in histories:
            seen = [one for one in sorted(history) if one <= day]
            if seen:
                sections[history[seen[-1]].name] = history[seen[-1]]
        found.append(Snapshot(act, day, sections))
    return found
