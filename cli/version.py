"""`wegweiser --version`: program, rule book, state of the law, and who chains the agenda."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from wegweiser.cli.access import book_of
from wegweiser.cli.words import day
from wegweiser.engine.agenda_durable import installed
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.settings import Settings

__all__ = ["version_page"]


def version_page(settings: Settings) -> str:
    """Four lines that make an answer reproducible."""
    lang = settings.lang
    try:
        program = version("wegweiser")
    except PackageNotFoundError:
        program = Text("nicht installiert", "not installed").get(lang)
    meta = book_of(settings).meta
    law = Text("Rechtsstand {}, Antworten für Tage ab {}", "law as of {}, answers for days from {}")
    library = installed()
    chained = Text("Agenda: schlicht; {}", "agenda: plain; {}").get(lang)
    other = Text("durable-rules nicht installiert", "durable-rules not installed")
    if library is not None:
        other = Text(
            f"durable-rules {library} mit --agenda durable", f"durable-rules {library} with --agenda durable"
        )
    lines = [
        f"wegweiser {program}",
        f"{Text('Regelwerk', 'rule book').get(lang)} {meta.name} {meta.hash}",
        law.get(lang).format(day(meta.rechtsstand, lang), day(meta.coverage_from, lang)),
        chained.format(other.get(lang)),
    ]
    return "".join(f"{settings.terminal.clean(line)}\n" for line in lines)
