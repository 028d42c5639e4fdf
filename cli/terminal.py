"""What the terminal can show, and writing to it.

Every text goes through `Terminal.clean` before it is laid out: control characters (a profile is
somebody else's file) become visible marks, and what the encoding of the output cannot express is
written with ASCII letters, so that columns stay straight on any terminal.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
from typing import NamedTuple, TextIO

__all__ = ["STYLES", "OutputClosedError", "Terminal", "current", "prepare_streams", "write_error"]

NARROWEST, STACKED, USUAL, WIDEST = 40, 60, 80, 100
"""Columns: the fewest that are adapted to, from how many on tables are drawn, where the number is unknown,
and from how many on lines would be hard to read."""

STYLES = {"head": "\033[1m", "green": "\033[32m", "yellow": "\033[33m", "red": "\033[31m", "dim": "\033[2m"}

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_PLAIN = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "ß": "ss",
    "§": "Par.",
    "·": "|",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "„": '"',
    "“": '"',
    "”": '"',
    "‚": "'",
    "‘": "'",
    "’": "'",
    "€": "EUR",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "\xa0": " ",
}
_HANDLER = "wegweiser.plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: letters of the German alphabet become two, the unknown becomes `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end].replace("§§", "§")
    plain = "".join(_PLAIN.get(letter, "?") for letter in run)
    following = error.object[error.end : error.end + 1]
    return (plain.upper() if run in "ÄÖÜ" and following.isupper() else plain), error.end


codecs.register_error(_HANDLER, _plain)


class OutputClosedError(Exception):
    """Whoever read the output has gone."""


class Terminal(NamedTuple):
    """How to show text: columns, colour or none, one statement a line, the encoding."""

    width: int = USUAL
    colour: bool = False
    linear: bool = False
    encoding: str = "utf-8"

    @property
    def narrow(self) -> bool:
        """Too narrow for tables: their rows become stacked lines."""
        return self.width < STACKED

    def clean(self, text: str) -> str:
        """`text` as this terminal can show it."""
        text = _CONTROL.sub("?", text)
        if self.encoding == "utf-8" and text.isprintable():
            return text
        return text.encode(self.encoding, _HANDLER).decode(self.encoding)

    def style(self, text: str, style: str) -> str:
        """`text` with a colour or weight where the terminal has them."""
        return f"{STYLES[style]}{text}\033[0m" if self.colour and style else text

    def write(self, text: str) -> None:
        """Write text to standard output, at once; OutputClosedError where nobody reads it any more."""
        if sys.stdout is None:
            return
        try:
            if self.colour and sys.platform == "win32":
                import typer  # knows how to colour old consoles

                typer.echo(text, nl=False, color=True)
            else:
                sys.stdout.write(text)
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise OutputClosedError from error


def current(*, linear: bool = False) -> Terminal:
    """The terminal that standard output is."""
    stream = sys.stdout
    terminal = stream is not None and stream.isatty()
    columns = shutil.get_terminal_size((USUAL, 24)).columns if terminal else _columns()
    dumb = os.environ.get("TERM") == "dumb"
    return Terminal(
        width=max(NARROWEST, min(columns, WIDEST)),
        colour=terminal and not dumb and not os.environ.get("NO_COLOR"),
        linear=linear,
        encoding=_encoding(stream),
    )


def _columns() -> int:
    """Columns where the output is no terminal: 80 unless the environment names a number."""
    wanted = os.environ.get("COLUMNS", "")
    return int(wanted) if re.fullmatch("[1-9][0-9]{0,4}", wanted) else USUAL


def _encoding(stream: TextIO | None) -> str:
    try:
        return codecs.lookup((stream and stream.encoding) or "utf-8").name
    except LookupError:
        return "ascii"


def prepare_streams() -> None:
    """Writing never fails because of a letter: file names and values may hold any."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)


def write_error(line: str) -> None:
    """One line on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(_CONTROL.sub("?", line.replace("\n", " ")) + "\n")
