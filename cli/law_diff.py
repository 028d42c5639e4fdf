"""Two versions of a piece of text, one below the other: what went in one line, what came in the next."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from wegweiser.cli.layout import paragraph
from wegweiser.cli.terminal import Terminal
from wegweiser.engine.text import Text

__all__ = ["diff_lines"]

_AROUND = 6
"""Words shown on each side of a change; what lies further from any is left out."""
_OLD = Text("Bisher:", "Before:")
_NEW = Text("Jetzt:", "Now:")


def diff_lines(before: Sequence[str], after: Sequence[str], terminal: Terminal, lang: str) -> list[str]:
    """Show the differing words in [brackets], with words around; without an old text the new one alone."""
    if not before:
        return (
            paragraph(f"{_NEW.get(lang)} {' '.join(after)}", terminal, "  + ", "    ", "green")
            if after
            else []
        )
    old, new = " ".join(before).split(), " ".join(after).split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    went: list[str] = []
    came: list[str] = []
    for at, (kind, start, end, begin, stop) in enumerate(steps):
        if kind == "equal":
            kept = _shortened(old[start:end], first=not at, last=at == len(steps) - 1)
            went += kept
            came += kept
            continue
        went += [f"[{' '.join(old[start:end])}]"] * (start < end)
        came += [f"[{' '.join(new[begin:stop])}]"] * (begin < stop)
    lines = paragraph(f"{_OLD.get(lang)} {' '.join(went)}", terminal, "  - ", "    ", "red")
    lines += paragraph(f"{_NEW.get(lang)} {' '.join(came)}", terminal, "  + ", "    ", "green")
    return lines


def _shortened(words: list[str], *, first: bool, last: bool) -> list[str]:
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return words if len(words) <= len(head) + len(tail) + 1 else [*head, "…", *tail]
