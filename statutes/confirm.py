"""Writes into rule files what their entries were checked against, and changes nothing else in them.

Lines are put in or replaced by number, so that comments, blank lines and the form of every other entry stay
as they are. Files are read again afterwards: an edit that would change anything but `checked` is not written.
"""

from __future__ import annotations

import os
import re
import tempfile
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import Document, load
from wegweiser.statutes.checks import day_of, piece_at
from wegweiser.statutes.entries import Entry
from wegweiser.statutes.fingerprints import fingerprint
from wegweiser.statutes.store import Texts

__all__ = ["Confirmed", "confirm"]


class Confirmed(NamedTuple):
    """What was written, and what could not be confirmed."""

    written: list[Entry]
    same: list[Entry]
    """Their fingerprints were there already."""
    missing: list[tuple[Entry, str]]
    """Entries with a norm that has no text (or cannot be read)."""


def confirm(folder: Path, entries: list[Entry], texts: Texts, newest: date, today: date) -> Confirmed:
    """Write `checked` into the entries, against the text that holds for each of them.

    Entries whose fingerprints are right already keep the day on which they were checked.
    """
    result = Confirmed([], [], [])
    edits: dict[str, list[tuple[Entry, list[str]]]] = {}
    for entry in entries:
        prints = _prints(entry, texts, newest)
        if isinstance(prints, str):
            result.missing.append((entry, prints))
        elif tuple(prints) == entry.against:
            result.same.append(entry)
        else:
            edits.setdefault(entry.file, []).append((entry, prints))
            result.written.append(entry)
    contents = {name: _edited(folder / name, wanted, today) for name, wanted in edits.items()}
    for name, content in contents.items():
        _replace(folder / name, content)
    return result


def _prints(entry: Entry, texts: Texts, newest: date) -> list[str] | str:
    """The fingerprint of each norm; the first norm that has none."""
    found = []
    for norm, citation in zip(entry.norms, entry.citations, strict=True):
        there = None if isinstance(citation, Text) else piece_at(texts, citation, day_of(entry, newest))
        if not there:
            return norm
        found.append(fingerprint(there))
    return found


def _edited(path: Path, wanted: list[tuple[Entry, list[str]]], today: date) -> str:
    """The text of a file with `checked` in the entries."""
    content = path.read_bytes().decode("utf-8")
    before = load(content, path.name)
    lines = content.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    for entry, prints in sorted(wanted, key=lambda one: before.place(one[0].place), reverse=True):
        against = prints[0] if len(prints) == 1 else f"[{', '.join(prints)}]"
        _write(lines, before, entry, f"checked: {{against: {against}, on: {today.isoformat()}}}", end)
    after = "".join(lines)
    if load(after, path.name).value != _wanted(before.value, wanted, today):
        raise EvaluationError(
            Text(
                f"{path}: „checked“ lässt sich nicht eintragen, ohne anderes zu ändern; bitte von Hand",
                f"{path}: “checked” cannot be put in without changing anything else; please do it by hand",
            )
        )
    return after


def _write(lines: list[str], document: Document, entry: Entry, text: str, end: str) -> None:
    """Put `checked` into an entry, in the place of the one that is there or as its last line."""
    line, column = document.place(entry.place)
    value: Any = document.value
    for step in entry.place:
        value = value[step]
    if "checked" in value:
        first, start = (number - 1 for number in document.place((*entry.place, "checked")))
        if "{" in lines[first][start:]:
            last, stop = _end_of(lines, first, start)
            lines[first : last + 1] = [lines[first][:start] + text + lines[last][stop:]]
        else:
            last = _last_line(lines, first, start + 1)
            lines[first : last + 1] = [lines[first][:start] + text + end]
    elif lines[line - 1][column - 1] == "{":
        last, stop = _end_of(lines, line - 1, column - 1)
        lines[last] = f"{lines[last][: stop - 1].rstrip()}, {text}{lines[last][stop - 1 :]}"
    else:
        indent = column - 1
        lines.insert(_last_line(lines, line - 1, indent) + 1, " " * indent + text + end)


def _last_line(lines: list[str], first: int, indent: int) -> int:
    """The last line of what begins in line `first` and is indented by `indent` or more from there on."""
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number].rstrip()
        depth = len(line) - len(line.lstrip())
        if not line or line.lstrip().startswith("#"):
            continue
        if depth < indent:
            break
        last = number
    return last


def _end_of(lines: list[str], line: int, start: int) -> tuple[int, int]:
    """Where the flow mapping that begins at or after a place ends: its line, and the column behind it."""
    depth = 0
    quote = ""
    for number in range(line, len(lines)):
        for column in range(start if number == line else 0, len(lines[number])):
            letter = lines[number][column]
            if quote:
                quote = "" if letter == quote and lines[number][column - 1] != "\\" else quote
            elif letter in "\"'" and re.search(r"[\s\[{,:]$", lines[number][:column]):
                quote = letter
            elif letter in "{[":
                depth += 1
            elif letter in "}]":
                depth -= 1
                if not depth:
                    return number, column + 1
    return line, len(lines[line].rstrip())


def _wanted(value: Any, wanted: list[tuple[Entry, list[str]]], today: date) -> Any:
    """The content that a file has to have afterwards."""
    found = deepcopy(value)
    for entry, prints in wanted:
        place = found
        for step in entry.place:
            place = place[step]
        place["checked"] = {"against": prints[0] if len(prints) == 1 else prints, "on": today}
    return found


def _replace(path: Path, content: str) -> None:
    """Write a file beside its place and move it there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".neu-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
