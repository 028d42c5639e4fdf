"""`wegweiser --version`: program, rule book, state of the law."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from wegweiser.cli.access import book_of
from wegweiser.cli.words import day
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["version_page"]


def version_page(settings: Settings) -> str:
    """Three lines that make an answer reproducible."""
    lang = settings.lang
    try:
        program = version("wegweiser")
    except PackageNotFoundError:
        program = Text("nicht installiert", "not installed").get(lang)
    meta = book_of(settings).meta
    law = Text("Rechtsstand {}, Antworten für Tage ab {}", "law as of {}, answers for days from {}")
    lines = [
        f"wegweiser {program}",
        f"{Text('Regelwerk', 'rule book').get(lang)} {meta.name} {meta.hash}",
        law.get(lang).format(day(meta.rechtsstand, lang), day(meta.coverage_from, lang)),
    ]
    return "".join(f"{settings.terminal.clean(line)}\n" for line in lines)
