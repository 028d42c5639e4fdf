"""The piece of a section that a citation names.

A section is kept as lines: a line is a paragraph of text, or an item of an enumeration that begins with its
label ("(1)", "2a.", "c)", "bb)"). From that follow, as citations count them, paragraphs (Absätze), sentences
within them, and numbers, letters and double letters within a sentence. An item stands for no sentence of its
own: what comes before and after an enumeration belongs to each of its items, and so to their pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from wegweiser.statutes.citations import Citation, Part
from wegweiser.statutes.sentences import MONTHS, ends, half_sentences, split

__all__ = ["Fragment", "fragments", "piece", "places"]

_LABEL: Final = re.compile(
    r"(?P<absatz>\((?P<paragraph>[0-9]+[a-z]*)\))|(?P<number>[0-9]+[a-z]*)\.(?=\s|$)"
    rf"(?!\s+(?:{MONTHS})\b)"
    r"|(?P<double>([a-z])\5)\)|(?P<letter>[a-z])\)|(?P<dash>[–-])(?=\s)"
)
_KINDS: Final = ("Nr.", "Buchst.", "Doppelbuchst.", "–")
_REPEALED: Final = re.compile(r"\((?:weggefallen|aufgehoben|gegenstandslos)\)\.?|\(?-\)?", re.IGNORECASE)


class Fragment(NamedTuple):
    """Some text of a section, and where it stands."""

    text: str
    label: str
    """What stands before it: "(1)", "2.", or nothing."""
    paragraph: str | None
    """The Absatz, None in a section that has none."""
    sentence: int
    """Counted within the Absatz, from 1."""
    items: tuple[tuple[str, str], ...]
    """The items that it belongs to: (("Nr.", "3"), ("Buchst.", "c"))."""
    inner: int
    """The sentence within the innermost item, from 1; 0 outside of items."""


def fragments(lines: Sequence[str]) -> list[Fragment]:
    """Cut the lines of a section into fragments, in their order."""
    return list(_fragments(tuple(lines)))


@lru_cache(maxsize=4096)  # rules cite the same sections again and again
def _fragments(lines: tuple[str, ...]) -> tuple[Fragment, ...]:
    return tuple(_Cutter(lines).cut())


def piece(lines: Sequence[str], citation: Citation) -> list[Fragment]:
    """The fragments that a citation names; none where there is no such piece, or it was repealed.

    The numbers of the parts that the citation names are left out: they are its own and no part of the text.
    Alternatives ("Alt. 2") have no mark in the text: the piece is that of what they stand in.
    """
    found = fragments(lines)
    inside = False
    for place, part in enumerate(citation.parts):
        if part.kind == "Abs.":
            found = [_unlabelled(one, part, 0) for one in found if _within(one.paragraph or "", part)]
        elif part.kind == "Satz" and inside:
            depth = _depth(citation.parts[:place])
            found = [one for one in found if len(one.items) != depth or _within(str(one.inner), part)]
        elif part.kind == "Satz":
            if citation.value("Abs.") is None and any(one.paragraph for one in found):
                return []
            found = [one for one in found if _within(str(one.sentence), part)]
        elif part.kind == "Hs.":
            found = _halves(found, part)
        elif part.kind in _KINDS:
            found = _items(found, part)
            inside = True
    return [] if all(_REPEALED.fullmatch(one.text.strip()) for one in found) else found


def places(lines: Sequence[str]) -> Iterator[tuple[Part, ...]]:
    """The parts of every citation that names a piece of a section, coarse ones first."""
    found: dict[tuple[Part, ...], None] = {(): None}
    for one in fragments(lines):
        head = () if one.paragraph is None else (Part("Abs.", one.paragraph),)
        sentence = (*head, Part("Satz", str(one.sentence)))
        for parts in (head, sentence):
            found.setdefault(parts)
        items = [Part(kind, value) for kind, value in one.items if kind != "–"]
        for depth in range(1, len(items) + 1):
            found.setdefault((*head, *items[:depth]))
            found.setdefault((*sentence, *items[:depth]))
    return iter(sorted(found, key=len))


def _depth(parts: Sequence[Part]) -> int:
    return sum(part.kind in _KINDS for part in parts)


def _items(found: list[Fragment], part: Part) -> list[Fragment]:
    """What is in an item, and the text around the enumeration that the item belongs to."""

    def position(one: Fragment) -> int | None:
        return next(
            (at for at, (kind, value) in enumerate(one.items) if kind == part.kind and _within(value, part)),
            None,
        )

    inside = [one for one in found if position(one) is not None]
    around = {(one.paragraph, one.sentence, one.items[: position(one)]) for one in inside}
    return [
        one if position(one) is None else _unlabelled(one, part, (position(one) or 0) + 1)
        for one in found
        if position(one) is not None
        or any(
            (paragraph, sentence) == (one.paragraph, one.sentence) and items[: len(one.items)] == one.items
            for paragraph, sentence, items in around
        )
    ]


def _unlabelled(one: Fragment, part: Part, depth: int) -> Fragment:
    """Leave out the label of the part that is named, unless it is one of several."""
    return one if part.until or len(one.items) != depth else one._replace(label="")


def _halves(found: list[Fragment], part: Part) -> list[Fragment]:
    """The half sentences of a number."""
    kept: list[Fragment] = []
    count = 1
    for one in found:
        for half in half_sentences(one.text):
            if _within(str(count), part):
                kept.append(one._replace(text=half))
            count += half.endswith(";")
    return kept


def _within(value: str, part: Part) -> bool:
    if part.until is None:
        return value == part.value
    return _rank(part.value) <= _rank(value) <= _rank(part.until)


def _rank(value: str) -> tuple[int, str]:
    """The order of numbers with letters: 2, 2a, 3; a, b; aa, bb."""
    match = re.fullmatch(r"([0-9]*)([a-z]*)", value)
    return (int(match[1] or 0), match[2]) if match else (0, value)


class _Cutter:
    """Follows the lines of a section and knows where each of them stands."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.strip() for line in lines if line.strip()]
        self.paragraph: str | None = None
        self.sentence = 0
        self.open = False
        self.items: list[tuple[str, str]] = []
        self.inner = 0
        self.label = ""

    def cut(self) -> Iterator[Fragment]:
        """Give the fragments."""
        for at, line in enumerate(self.lines):
            match = _LABEL.match(line)
            if match is None:
                yield from self.text(line, self.continued(at))
            elif match["absatz"]:
                self.paragraph, self.sentence, self.open, self.items = match["paragraph"], 0, False, []
                self.label = match[0]
                yield from self.text(line[match.end() :].strip(), 0)
            else:
                yield from self.item(_item(match), match[0], line[match.end() :].strip())

    def continued(self, at: int) -> int:
        """How many of the items around the last line go on in the text of line `at`.

        Text after an item belongs to it, or to one around it, where the enumeration goes on behind the text.
        """
        for line in self.lines[at + 1 :] if self.items else ():
            match = _LABEL.match(line)
            if match is None:
                continue
            if match["absatz"]:
                return 0
            kind, value = _item(match)
            for depth, (other, last) in enumerate(self.items):
                if kind == other:
                    return depth + 1 if _rank(value) > _rank(last) else 0
            return 0
        return 0

    def text(self, text: str, depth: int) -> Iterator[Fragment]:
        """Text that is no item: it goes on with an item, with the open sentence, or begins the next one."""
        if depth:
            del self.items[depth:]
            yield from self.inside(text, "")
            return
        self.items = []
        for sentence in split(text):
            if not self.open:
                self.sentence += 1
            yield Fragment(sentence, self.label, self.paragraph, self.sentence, (), 0)
            self.label = ""
            self.open = not ends(sentence)

    def item(self, item: tuple[str, str], label: str, text: str) -> Iterator[Fragment]:
        """An item of an enumeration; the sentence is the one before it."""
        rank = _KINDS.index(item[0])
        while self.items and _KINDS.index(self.items[-1][0]) >= rank:
            self.items.pop()
        self.items.append(item)
        self.inner = 0
        self.open = False
        if not self.sentence:
            self.sentence = 1
        inner = _LABEL.match(text)
        if inner is not None and not inner["absatz"] and _KINDS.index(_item(inner)[0]) > rank:  # "1. a) …"
            yield Fragment("", label, self.paragraph, self.sentence, tuple(self.items), 1)
            yield from self.item(_item(inner), inner[0], text[inner.end() :].strip())
            return
        yield from self.inside(text, label)

    def inside(self, text: str, label: str) -> Iterator[Fragment]:
        """Text of an item, with sentences of its own."""
        parts = split(text) or [""]
        for part in parts:
            if not self.inner or not self.open:
                self.inner += 1
            yield Fragment(part, label, self.paragraph, self.sentence, tuple(self.items), self.inner)
            label = ""
            self.open = not ends(part)


def _item(match: re.Match[str]) -> tuple[str, str]:
    """The kind and the number of an item."""
    if match["number"]:
        return "Nr.", match["number"]
    if match["double"]:
        return "Doppelbuchst.", match["double"]
    return ("Buchst.", match["letter"]) if match["letter"] else ("–", "")
