"""A case that its author has still to complete, from the facts of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.casebook.model import BLANK
from wegweiser.cli.yaml_flow import flow
from wegweiser.engine import yamlio
from wegweiser.engine.profile import DAY, LABEL, NOTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["begun"]

_HEAD = f"""\
# Ein Fall. Alles, was {BLANK} ist, füllt die Autorin oder der Autor aus, und zwar aus dem Gesetz,
# nicht aus der Ausgabe des Programms. / A case. The author fills in whatever is {BLANK}, from the law,
# not from what the program prints.
id: "{BLANK}"                    # fall_101
title: {{de: "{BLANK}", en: "{BLANK}"}}
level: 1                        # 1: eine Regel, 2: zwei oder drei, 3: mehrere Ziele oder ein Wechsel
themes: ["{BLANK}"]              # wegweiser fall liste zeigt sie / shows them
goal: {{de: "{BLANK}", en: "{BLANK}"}}
"""
_END = f"""\
hints:
  - {{de: "{BLANK}", en: "{BLANK}"}}
mistake:
  what: {{de: "{BLANK}", en: "{BLANK}"}}
  why: {{de: "{BLANK}", en: "{BLANK}"}}
"""


def begun(source: bytes, name: str, book: Book, profile: Profile, targets: Sequence[str]) -> str:
    """The text of the case: the facts as they are told, and blanks for the targets (without any: one)."""
    document, _ = yamlio.read(source, name)
    told = document.value if document is not None and isinstance(document.value, dict) else {}
    facts = {key: value for key, value in told.items() if key not in (LABEL, NOTE, DAY) and value is not None}
    lines = [
        _HEAD + f"day: {profile.day.isoformat()}",
        f'story: {{de: "{BLANK}", en: "{BLANK}"}}',
        "profile:",
    ]
    lines += [f"  {fact}: {flow(facts[fact])}" for fact in book.vocabulary.names if fact in facts]
    lines += [] if facts else ["  {}"]
    lines.append("expected:")
    for target in targets or [BLANK]:
        lines += [f'  - target: "{target}"', f'    ergebnis: "{BLANK}"', f'    norms: ["{BLANK}"]']
    lines.append("questions:")
    for target in targets or [BLANK]:
        lines += [f'  - {{ask: {ask}, target: "{target}"}}' for ask in ("light", "norm")]
    return "\n".join(lines) + "\n" + _END
