"""Printed words and patterns of them: cutting a text into words, reading a pattern, matching the two.

A pattern is words, `[may stand|or this]`, `(must stand|or this)` and `{blank}`; `<phrase>` stands for a
piece of pattern. Words are compared without capitals, umlauts and punctuation. Nothing is guessed and
nothing is tried again: matching costs at most words times length of the pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wegweiser.engine.norms import SIGN
from wegweiser.engine.text import Text

__all__ = [
    "NUMBER",
    "Blank",
    "Filled",
    "Node",
    "Pattern",
    "Token",
    "Words",
    "held",
    "parse",
    "plain",
    "tokens",
]

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_PIECES: Final = re.compile(rf"{SIGN}|[^\W\d_]+|\d+")
_SYNTAX: Final = re.compile(
    r"\s*(?:(?P<sign>[\[\]()|])|\{(?P<blank>[a-z_]+)\}|<(?P<phrase>[a-z_]+)>|(?P<text>[^\[\](){}<>|]+))"
)
_DEEPEST: Final = 8

SOFT, STOP, HARD = 1, 2, 3
"""What stands before a word: a comma or a new line, a full stop, something that ends a print for certain."""
NUMBER: Final = "0"
"""What stands for any number among the words that a print can begin with."""

_HARD: Final = re.compile(r"[;|•▪■*]|\n\s*\n")
_STOP: Final = re.compile(r"[.!?]")
_SOFT: Final = re.compile(r"[,:\n()\[\]–—/-]")
_ABBREVIATED: Final = 4
"""A full stop after so few letters may belong to an abbreviation: "Co.", "Fa.", "St."."""


def plain(text: str) -> str:
    """The text without characters that cannot be seen or that steer a terminal."""
    # a word that was cut at the end of a line is one word
    text = re.sub(r"(?<=[a-zäöüß])-[ \t]*\r?\n[ \t]*(?=[a-zäöüß])", "", unicodedata.normalize("NFKC", text))
    kept = []
    for letter in text:
        category = unicodedata.category(letter)
        if letter == "\n" or category[0] not in "CZ":
            kept.append(letter)
        elif category != "Cf":  # a soft hyphen or a mark without width leaves nothing
            kept.append("\n" if category == "Zp" else " ")
    return "".join(kept)


class Token(NamedTuple):
    """One word of a text."""

    word: str
    start: int
    end: int
    gap: int
    """What stands before it (see SOFT)."""


def _word(text: str) -> str:
    return text.casefold().translate(_LETTERS)


def tokens(text: str) -> list[Token]:
    """The words of a text that is `plain`."""
    found: list[Token] = []
    last = 0
    for match in _PIECES.finditer(text):
        between = text[last : match.start()]
        gap = HARD if _HARD.search(between) else STOP if _STOP.search(between) else 0
        found.append(Token(_word(match[0]), match.start(), match.end(), gap or bool(_SOFT.search(between))))
        last = match.end()
    return found


class Blank(NamedTuple):
    """What differs from print to print: some words, or one number."""

    name: str
    words: int = 1
    number: bool = False


class Choice(NamedTuple):
    """One of several pieces; an empty one may be left out."""

    branches: tuple[tuple[Node, ...], ...]


Node = str | Blank | Choice
"""A word, a blank or a choice."""
Filled = tuple[tuple[str, int, int], ...]
"""Blanks with the first word that they hold and the one behind the last."""


class Words(NamedTuple):
    """What words mean beside themselves, and which of them no blank takes."""

    forms: Mapping[str, Collection[str]]
    """For a word of a pattern the words of a text that are read as this word."""
    reserved: Collection[str]


class Pattern(NamedTuple):
    """One print."""

    nodes: tuple[Node, ...]

    def match(self, text: Sequence[Token], start: int, words: Words) -> dict[int, Filled]:
        """Where the print can end that begins at a word, with its blanks."""
        return _sequence(self.nodes, text, {start: ()}, words, ends=True)

    def first(self, words: Words) -> set[str]:
        """The words that it can begin with."""
        found: set[str] = set()
        _first(self.nodes, words, found)
        return found


def _sequence(
    nodes: Sequence[Node], text: Sequence[Token], starts: dict[int, Filled], words: Words, *, ends: bool
) -> dict[int, Filled]:
    for place, node in enumerate(nodes):
        if not starts:
            break
        last = ends and all(_optional(other) for other in nodes[place + 1 :])
        found: dict[int, Filled] = {}
        if isinstance(node, Choice):
            for branch in node.branches:
                for end, filled in _sequence(branch, text, starts, words, ends=last).items():
                    offer(found, end, filled)
        else:
            for start, filled in starts.items():
                for end in _ends(node, text, start, words, last=last):
                    more = ((node.name, start, end),) if isinstance(node, Blank) else ()
                    offer(found, end, filled + more)
        starts = found
    return starts


def offer(found: dict[int, Filled], end: int, filled: Filled) -> None:
    """Take a way to an end, unless there is one with fewer words in blanks."""
    other = found.get(end)
    if other is None or held(filled) < held(other):
        found[end] = filled


def held(filled: Filled) -> int:
    """How many words blanks hold."""
    return sum(end - start for _, start, end in filled)


def _optional(node: Node) -> bool:
    return isinstance(node, Choice) and any(all(map(_optional, branch)) for branch in node.branches)


def _ends(node: str | Blank, text: Sequence[Token], start: int, words: Words, *, last: bool) -> Iterable[int]:
    """The ends of a word or a blank; a blank at the end of a print stops at the first comma."""
    if start >= len(text):
        return
    if isinstance(node, str):
        if text[start].gap < HARD and (
            text[start].word == node or text[start].word in words.forms.get(node, ())
        ):
            yield start + 1
        return
    for end in range(start + 1, min(start + node.words, len(text)) + 1):
        token = text[end - 1]
        if (
            token.gap == HARD
            or token.word in words.reserved
            or (node.number and not token.word.isdecimal())
            or (end > start + 1 and not node.number and not _goes_on(text, end - 1, last=last))
        ):
            return
        yield end


def _goes_on(text: Sequence[Token], place: int, *, last: bool) -> bool:
    """Whether a blank may reach over what stands before a word."""
    gap = text[place].gap
    return gap == 0 or (not last and (gap == SOFT or len(text[place - 1].word) <= _ABBREVIATED))


def _first(nodes: Sequence[Node], words: Words, found: set[str]) -> bool:
    """Collect first words; False where the nodes can be nothing."""
    for node in nodes:
        if isinstance(node, str):
            found.update((node, *words.forms.get(node, ())))
            return True
        if isinstance(node, Blank):
            found.add(NUMBER)
            return True
        # every branch counts, so no short cut
        sure = [_first(branch, words, found) for branch in node.branches]
        if all(sure):
            return True
    return False


def parse(print_: str, phrases: Mapping[str, str], blanks: Mapping[str, Blank]) -> Pattern | Text:
    """Read a pattern; a Text says what is wrong with it, with the name that is unknown where there is one."""
    reader = _Reader(phrases, blanks)
    try:
        pattern = Pattern(reader.whole(print_, 0))
    except _WrongError as wrong:
        return wrong.text
    if begins_with_blank(pattern.nodes, numbers=False):
        return Text("beginnt mit einer Lücke", "begins with a blank")
    if all(_optional(node) for node in pattern.nodes):
        return Text("kann leer sein", "can be empty")
    if adjacent_blanks(pattern.nodes):
        return Text("zwei Lücken folgen aufeinander", "two blanks follow each other")
    return pattern


def begins_with_blank(nodes: Sequence[Node], *, numbers: bool = True) -> bool:
    """Whether a blank can be the first."""
    for node in nodes:
        if isinstance(node, Blank):
            return numbers or not node.number
        if isinstance(node, Choice) and any(
            begins_with_blank(branch, numbers=numbers) for branch in node.branches
        ):
            return True
        if not _optional(node):
            return False
    return False


def adjacent_blanks(nodes: Sequence[Node]) -> bool:
    """Whether a blank of words can follow another at once, so that nobody knows where it begins."""
    for place, node in enumerate(nodes):
        inside = node.branches if isinstance(node, Choice) else ()
        if any(adjacent_blanks(branch) for branch in inside):
            return True
        free = isinstance(node, Blank) and not node.number
        ends = free or any(branch and isinstance(branch[-1], Blank) for branch in inside)
        if ends and begins_with_blank(nodes[place + 1 :]):
            return True
    return False


class _WrongError(Exception):
    def __init__(self, text: Text) -> None:
        self.text = text


class _Reader:
    """Reads one pattern."""

    def __init__(self, phrases: Mapping[str, str], blanks: Mapping[str, Blank]) -> None:
        self.phrases = phrases
        self.blanks = blanks

    def whole(self, print_: str, depth: int) -> tuple[Node, ...]:
        """Everything; nothing may remain."""
        parts = self.cut(print_)
        branches, rest = self.branches(parts, 0, depth)
        if rest != len(parts) or len(branches) != 1:
            raise _WrongError(_UNBALANCED)
        return branches[0]

    def cut(self, print_: str) -> list[tuple[str, str]]:
        """Signs, blanks, phrases and words in their order."""
        parts: list[tuple[str, str]] = []
        at, end = 0, len(print_.rstrip())
        while at < end:
            found = _SYNTAX.match(print_, at)
            if found is None:
                raise _WrongError(_UNBALANCED)
            at = found.end()
            parts.append((str(found.lastgroup), str(found[str(found.lastgroup)])))
        return parts

    def branches(
        self, parts: list[tuple[str, str]], at: int, depth: int
    ) -> tuple[list[tuple[Node, ...]], int]:
        """Pieces separated by `|`, up to a closing sign."""
        if depth > _DEEPEST:
            raise _WrongError(Text("zu tief geschachtelt", "nested too deeply"))
        found: list[list[Node]] = [[]]
        while at < len(parts):
            kind, value = parts[at]
            if kind == "sign" and value in "])":
                break
            at += 1
            if kind == "text":
                found[-1] += [token.word for token in tokens(plain(value))]
            elif kind == "blank":
                found[-1].append(self.blank(value))
            elif kind == "phrase":
                found[-1] += self.phrase(value, depth)
            elif value == "|":
                found.append([])
            else:
                inside, at = self.branches(parts, at, depth + 1)
                if at == len(parts) or parts[at] != ("sign", "]" if value == "[" else ")"):
                    raise _WrongError(_UNBALANCED)
                at += 1
                found[-1].append(Choice((*inside, *([()] if value == "[" else []))))
        return [tuple(branch) for branch in found], at

    def blank(self, name: str) -> Blank:
        """A blank by its name."""
        if name in self.blanks:
            return self.blanks[name]
        raise _WrongError(_unknown(Text("die Lücke", "blank"), name, self.blanks))

    def phrase(self, name: str, depth: int) -> tuple[Node, ...]:
        """A phrase by its name."""
        if name in self.phrases:
            return self.whole(self.phrases[name], depth + 1)
        raise _WrongError(_unknown(Text("die Wendung", "phrase"), name, self.phrases))


_UNBALANCED: Final = Text("die Klammern passen nicht zueinander", "the brackets do not match")


def _unknown(what: Text, name: str, known: Iterable[str]) -> Text:
    from wegweiser.engine.names import did_you_mean

    text = Text(f"{what.de} „{name}“ gibt es nicht", f"there is no {what.en} “{name}”")
    return did_you_mean(text, name, known)
