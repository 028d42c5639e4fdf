"""Builds the value of a file from the events of PyYAML's parser.

From events and not from PyYAML's nodes: there a tag, an alias or a key that stands twice can be
seen before anything is made of it, and the depth can be bounded (nodes of deeply nested text
overrun the stack of libyaml's binding). Imported by `yamlio.read` when there is something to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, Protocol

import yaml

from wegweiser.engine.errors import Fault
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import BROKEN, Document, Mark, Plain, plain, refused_character, spelled

__all__ = ["grow"]

_FAULTS: Final = 100
"""So many faults are told of one file."""


class _Mark(Protocol):
    """A place as PyYAML gives it."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def grow(text: str, name: str, depth: int, *, pure: bool = False) -> tuple[Document | None, list[Fault]]:
    """Build the value of `text`; None when it is not YAML."""
    tree = _Tree(name, depth)
    try:
        return tree.document(_events(text, pure=pure)), tree.faults
    except _Stop:
        pass
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        tree.fault(mark, _syntax(problem.problem or problem.context or ""), key=None)
    except yaml.YAMLError as problem:
        tree.fault(None, _syntax(str(problem)), key=None)
    return None, tree.faults


def _events(text: str, *, pure: bool) -> Callable[[], Any]:
    """Give the function that gives the next event."""
    if not pure and yaml.__with_libyaml__:
        from yaml._yaml import CParser

        native: Callable[[], Any] = CParser(text).get_event
        return native
    if text.lstrip()[:1] in ("{", "["):  # JSON may be indented by tabs; only libyaml knows
        text = re.sub(r"^[ \t]+", lambda blank: " " * len(blank[0]), text, flags=re.MULTILINE)
    portable: Callable[[], Any] = yaml.SafeLoader(text).get_event
    return portable


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1, {}


class _Stop(Exception):  # noqa: N818 (no error: the faults are already told)
    """Reading on makes no sense."""


class _Tree:
    """One file while it is read."""

    def __init__(self, name: str, depth: int) -> None:
        self.name = name
        self.depth = depth
        self.path: list[str | int] = []
        self.faults: list[Fault] = []

    def fault(self, mark: _Mark | None, text: Text, key: str | None = "") -> None:
        """Note what is wrong at `mark`; `key` is the entry that is being read, unless told."""
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        if len(self.faults) >= _FAULTS:
            self.faults.append(Fault(self.name, line, column, None, _TOO_MANY))
            raise _Stop
        key = spelled(tuple(self.path)) if key == "" else key
        self.faults.append(Fault(self.name, line, column, key, text))

    def document(self, take: Callable[[], Any]) -> Document | None:
        """Read the file, from the first event to the last."""
        take()  # the start of the stream
        start = take()
        if isinstance(start, yaml.StreamEndEvent):
            return Document(self.name, None, (1, 1, {}))
        event = take()
        mark = _mark(event)
        value = self.value(event, take, mark)
        take()  # the end of the document
        more = take()
        if not isinstance(more, yaml.StreamEndEvent):
            self.fault(more.start_mark, _ONE_DOCUMENT, key=None)
            return None
        return Document(self.name, value, mark)

    def value(self, event: Any, take: Callable[[], Any], mark: Mark) -> Plain:
        """Read the value that begins with `event`."""
        if isinstance(event, yaml.AliasEvent):
            self.fault(event.start_mark, _NO_ANCHORS)
            return BROKEN
        self.decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if len(self.path) >= self.depth:
            self.fault(event.start_mark, _too_deep(self.depth), key=None)
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(take, mark)
        return self.mapping(take, mark)

    def decoration(self, event: Any) -> None:
        """Refuse anchors and tags."""
        if event.anchor is not None:
            self.fault(event.start_mark, _NO_ANCHORS)
        if event.tag is not None:
            self.fault(event.start_mark, _NO_TAGS)

    def scalar(self, event: yaml.ScalarEvent) -> Plain:
        """Read a single value."""
        word: str = event.value
        if event.implicit[0] and not event.style:
            value = plain(word)
            if isinstance(value, Text):
                self.fault(event.start_mark, value)
                return BROKEN
            return value
        if refused_character(word):  # quoted text can spell them as \x07
            self.fault(event.start_mark, _NO_CONTROL)
            return BROKEN
        return word

    def sequence(self, take: Callable[[], Any], mark: Mark) -> list[Plain]:
        """Read the entries of a list."""
        values: list[Plain] = []
        while not isinstance(event := take(), yaml.SequenceEndEvent):
            place = _mark(event)
            mark[2][len(values)] = place
            self.path.append(len(values))
            values.append(self.value(event, take, place))
            self.path.pop()
        return values

    def mapping(self, take: Callable[[], Any], mark: Mark) -> dict[str, Plain]:
        """Read the entries of a mapping. An entry whose key is a fault is read and forgotten."""
        values: dict[str, Plain] = {}
        while not isinstance(event := take(), yaml.MappingEndEvent):
            place = _mark(event)
            key = self.key(event, mark)
            self.path.append(event.value if key is None else key)
            if key is not None:
                mark[2][key] = place
            value = self.value(take(), take, place)
            if key is not None:
                values[key] = value
            self.path.pop()
        return values

    def key(self, event: Any, mark: Mark) -> str | None:
        """Read the key of an entry; None when it is a fault."""
        if not isinstance(event, yaml.ScalarEvent):
            self.fault(event.start_mark, _NO_KEY)
            raise _Stop
        self.decoration(event)
        key: str = event.value
        if not key.strip():
            self.fault(event.start_mark, _EMPTY_KEY)
        elif key == "<<" and not event.style:
            self.fault(event.start_mark, _NO_MERGE)
        elif not key.isprintable():
            self.fault(event.start_mark, _NO_CONTROL)
        elif key in mark[2]:
            line = mark[2][key][0]
            text = Text(f"steht schon in Zeile {line}", f"stands already in line {line}")
            self.fault(event.start_mark, text, key=spelled((*self.path, key)))
        else:
            return key
        return None


# --- what is said ---------------------------------------------------------------------------

_NO_TAGS: Final = Text(
    "Tags (!…) sind nicht erlaubt; Text, der mit „!“ beginnt, braucht Anführungszeichen",
    "tags (!…) are not allowed; text that begins with ! needs quotes",
)
_NO_ANCHORS: Final = Text(
    "Anker (&…) und Verweise (*…) sind nicht erlaubt; Text, der so beginnt, braucht Anführungszeichen",
    "anchors (&…) and aliases (*…) are not allowed; text that begins so needs quotes",
)
_NO_MERGE: Final = Text("Verschmelzen mit << ist nicht erlaubt", "merging with << is not allowed")
_ONE_DOCUMENT: Final = Text(
    "mehrere Dokumente in einer Datei (---); bitte für jedes eine eigene Datei",
    "several documents in one file (---); please use a file of its own for each",
)
_NO_KEY: Final = Text("ein Schlüssel ist einfacher Text", "a key is simple text")
_EMPTY_KEY: Final = Text("ein Eintrag ohne Schlüssel", "an entry without a key")
_NO_CONTROL: Final = Text("der Text enthält Steuerzeichen", "the text contains control characters")
_TOO_MANY: Final = Text("… weitere Fehler sind weggelassen", "… more faults are left out")

_SYNTAX: Final = (
    ("mapping values", "hier steht ein Doppelpunkt zu viel; Text mit „: “ braucht Anführungszeichen"),
    (
        "cannot start any token",
        "so kann kein Wert beginnen; Text braucht hier Anführungszeichen",
    ),
    ("expected ':'", "nach dem Schlüssel fehlt der Doppelpunkt"),
    ("end of stream", "ein Anführungszeichen wird nicht geschlossen"),
    ("expected ',' or", "eine Klammer wird nicht geschlossen, oder ein Komma fehlt"),
    ("node content", "hier fehlt ein Wert; vielleicht wird eine Klammer nicht geschlossen"),
    ("'-' indicator", "hier wird ein Eintrag der Liste („- “) erwartet"),
    ("expected key", "hier wird ein Schlüssel erwartet; stimmt die Einrückung?"),
    ("expected <block end>", "hier wird ein Schlüssel erwartet; stimmt die Einrückung?"),
    ("document start", "hier beginnt ein zweites Dokument"),
    ("escape", "unbekannte Zeichenfolge nach „\\“ in einem Text in Anführungszeichen"),
)


def _syntax(problem: str) -> Text:
    german = next((german for part, german in _SYNTAX if part in problem), "hier nicht lesbar")
    return Text(f"kein gültiges YAML: {german}", f"no valid YAML: {problem}")


def _too_deep(depth: int) -> Text:
    return Text(
        f"zu tief verschachtelt (mehr als {depth} Ebenen)", f"nested too deeply (more than {depth} levels)"
    )
