"""The one strict reader for every YAML and JSON file: profiles, facts, rules.

YAML is hostile to law: by default `NO` is false, `on` is the key True, `12:30` is 750 and a
repeated key silently drops the first. Here

- keys are strings, and no key stands twice in a mapping;
- only `true` and `false` are booleans, only `null`, `~` and nothing are None;
- integers are decimal (`007`, `0o7`, `1_000` stay strings); `12.50` is a Decimal;
- `2026-11-22` is a date, `2026-02-30` a fault, a day with a time of day a string;
- tags, anchors, aliases, merge keys and several documents in one file are faults;
- size, depth and characters are bounded, so that no input can do harm;
- every entry keeps its line and column.

`load` gives a Document or raises with all faults; `read` gives both, for readers that look for
faults of their own.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from wegweiser.engine.errors import Fault, InputError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "BROKEN",
    "Broken",
    "Document",
    "Mark",
    "Path",
    "Place",
    "Plain",
    "load",
    "plain",
    "read",
    "refused_character",
    "spelled",
]

LIMIT: Final = 1_000_000
"""Bytes (or characters) of a file."""
DEPTH: Final = 64
"""Levels of nesting."""
_LONGEST_KEY: Final = 100
"""Characters of a key, or of the path to one, in a message."""


class Broken:
    """The type of BROKEN, which stands for a value that has a fault of its own."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN: Final = Broken()

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | Decimal | date | Broken | None"
"""What a file is made of."""
Path: TypeAlias = "tuple[str | int, ...]"
"""The way to an entry: keys of mappings, positions in lists (from 0)."""
Place: TypeAlias = "tuple[int, int]"
"""Line and column, from 1."""
Mark: TypeAlias = "tuple[int, int, dict[str | int, Mark]]"
"""Line and column of an entry, and the marks of the entries inside it."""


class Document(NamedTuple):
    """A file that has been read: its value, and the place of each entry."""

    name: str
    value: Plain
    root: Mark

    def place(self, path: Path) -> Place:
        """Line and column of an entry (in a mapping: of its key); if missing, of what is around it."""
        mark = self.root
        for step in path:
            inside = mark[2].get(step)
            if inside is None:
                break
            mark = inside
        return mark[0], mark[1]

    def fault(self, path: Path, text: Text) -> Fault:
        """Say that something is wrong with the entry at `path`."""
        line, column = self.place(path)
        return Fault(self.name, line, column, spelled(path), text)


def spelled(path: Path) -> str | None:
    """Write a path as people do: `aufenthaltszeiten[2].von` (entries of a list count from 1)."""
    key = ""
    for step in path:
        key += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if key else step
    if len(key) > _LONGEST_KEY:
        key = key[: _LONGEST_KEY - 1] + "…"
    return key or None


def load(
    source: bytes | str,
    name: str,
    *,
    error: type[InputError] = InputError,
    limit: int = LIMIT,
    depth: int = DEPTH,
) -> Document:
    """Read a file; raise `error` with every fault when there are any."""
    document, faults = read(source, name, limit=limit, depth=depth)
    if faults or document is None:
        raise error(faults)
    return document


def read(
    source: bytes | str, name: str, *, limit: int = LIMIT, depth: int = DEPTH, pure: bool = False
) -> tuple[Document | None, list[Fault]]:
    """Read a file; the Document is None (and there is a fault) when its text cannot be understood.

    A value that has a fault of its own is BROKEN in the Document. `pure` does without libyaml, as
    happens by itself where PyYAML was built without it.
    """
    text = _text(source, name, limit)
    if isinstance(text, Fault):
        return None, [text]
    from wegweiser.engine import yamltree  # PyYAML is the most costly import of a check

    return yamltree.grow(text, name, depth, pure=pure)


# --- the text of a file ---------------------------------------------------------------------

_REFUSED: Final = (
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\ufff8\ufffc\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, lone surrogates, and marks that change the direction of text unseen."""


def refused_character(text: str) -> re.Match[str] | None:
    """Find a character that has no business in a file."""
    if text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable():  # as good as always
        return None
    return re.search(_REFUSED, text)


_HALVES: Final = r"((?<!\\)(?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})"


_NO_UTF8: Final = Text(
    "kein UTF-8; bitte die Datei mit der Zeichenkodierung UTF-8 speichern",
    "not UTF-8; please save the file with the character encoding UTF-8",
)


def _text(source: bytes | str, name: str, limit: int) -> str | Fault:
    """Decode a file and refuse characters that have no business in it."""
    if len(source) > limit:
        return Fault(
            name,
            None,
            None,
            None,
            Text(
                f"die Datei ist zu groß ({len(source)} statt höchstens {limit} Bytes)",
                f"the file is too large ({len(source)} instead of at most {limit} bytes)",
            ),
        )
    if isinstance(source, bytes):
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError as problem:
            return Fault(name, source.count(b"\n", 0, problem.start) + 1, None, None, _NO_UTF8)
    else:
        text = source
    text = text.removeprefix("\ufeff")
    refused = refused_character(text)
    if refused:
        at = refused.start()
        number = f"U+{ord(refused.group()):04X}"
        said = Text(f"Steuerzeichen {number} ist nicht erlaubt", f"control character {number} is not allowed")
        return Fault(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), None, said)
    if "\\ud" in text or "\\uD" in text:  # JSON writes characters beyond U+FFFF in two halves
        text = re.sub(_HALVES, _join, text, flags=re.IGNORECASE)
    return text


def _join(halves: re.Match[str]) -> str:
    high, low = int(halves[2], 16), int(halves[3], 16)
    return f"{halves[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


# --- single values --------------------------------------------------------------------------

_WORDS: Final[dict[str, bool | None]] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DIGITS: Final = 18
_DAY: Final = len("2026-11-22")


def plain(word: str) -> str | int | bool | Decimal | date | Text | None:
    """Give the value of a word without quotes; a Text says what is wrong with it."""
    if word in _WORDS:
        return _WORDS[word]
    if not word.isascii() or word[0] not in "-0123456789":
        return word
    whole, point, rest = word.removeprefix("-").partition(".")
    if whole.isdigit() and (whole[0] != "0" or whole == "0") and rest.isdigit() == bool(point):
        return _number(word, whole=not point)
    if len(word) == _DAY and word[4] == word[7] == "-" and (word[:4] + word[5:7] + word[8:]).isdigit():
        try:
            return date.fromisoformat(word)
        except ValueError:
            return Text(f"{word} gibt es im Kalender nicht", f"{word} is not in the calendar")
    return word


def _number(word: str, *, whole: bool) -> int | Decimal | Text:
    if len(word) > _DIGITS:
        return Text(
            f"die Zahl hat zu viele Stellen ({len(word)}); ist es Text, braucht er Anführungszeichen",
            f"the number has too many digits ({len(word)}); if it is text, it needs quotes",
        )
    if whole:
        return int(word)
    from decimal import Decimal  # rare, and not free

    return Decimal(word)
