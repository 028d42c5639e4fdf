"""Sections as documents print them and people type them, in all spellings.

A Roman or Arabic number in or without brackets, "Absatz", "Abs.", "S. 1", "2. Alt.", capitals or
not: all of them become one spelling, from coarse to fine, so that a section covers another when it
is the beginning of it. Nothing here knows what any section says, or whether it exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from wegweiser.engine.text import Text

__all__ = ["KINDS", "SIGN", "covers", "parse", "section"]

SIGN: Final = "\N{SECTION SIGN}"

_KINDS: Final = {
    SIGN: r"[1-9][0-9]{0,2}[a-z]?",
    "Abs.": r"[1-9][0-9]?[a-z]?",
    "Satz": r"[1-9][0-9]?",
    "Hs.": r"[1-9]",
    "Nr.": r"[1-9][0-9]?[a-z]?",
    "Buchst.": r"[a-z]{1,2}",
    "Doppelbuchst.": r"([a-z])\1",
    "Alt.": r"[1-9]",
}
"""What a section is made of, coarse to fine, and what its numbers look like."""
KINDS: Final = tuple(_KINDS)
"""The parts of a section, coarse to fine."""
_INSIDE: Final = ("Nr.", "Buchst.", "Doppelbuchst.")
"""Parts that can have sentences of their own: "Nr. 3 Satz 2"."""
_RANK: Final = {kind: rank for rank, kind in enumerate(_KINDS)}
_WORDS: Final = {
    **dict.fromkeys((SIGN, "paragraf", "paragraph"), SIGN),
    **dict.fromkeys(("abs", "absatz", "absätze", "absätzen"), "Abs."),
    **dict.fromkeys(("s", "satz", "sätze", "sätzen"), "Satz"),
    **dict.fromkeys(("hs", "halbs", "halbsatz"), "Hs."),
    **dict.fromkeys(("nr", "nrn", "nummer", "nummern", "no"), "Nr."),
    **dict.fromkeys(("buchst", "buchstabe", "buchstaben", "bst", "lit"), "Buchst."),
    **dict.fromkeys(("doppelbuchst", "doppelbuchstabe"), "Doppelbuchst."),
    **dict.fromkeys(("alt", "alternative"), "Alt."),
}
_TOKEN: Final = (  # patterns are compiled when there is a section to read (`re` keeps them)
    r"(?P<number>[0-9]+(?:(?![sS]\.?\s*[0-9])(?![IVX])[a-zA-Z](?![a-zA-ZäöüÄÖÜß]))?)"
    r"|(?P<roman>[IVX]+[a-z]?(?![a-zA-ZäöüÄÖÜß])|[ivx]+(?![a-zA-ZäöüÄÖÜß]))"
    rf"|(?P<word>{SIGN}|[a-zA-ZäöüÄÖÜß][a-zA-ZäöüÄÖÜß/-]*)\.?"
    r"|(?P<comma>,)"
    r"|(?P<blank>[\s.])"
)
_SEVERAL: Final = r"(?i)\bi\.?\s*v\.?\s*m\b|\bund\b|[;+&]"
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_LONGEST: Final = 100

_FORM: Final = Text(
    f"gemeint ist zum Beispiel „{SIGN} 1 Abs. 2 Satz 3“",
    f"expected is, for example, “{SIGN} 1 Abs. 2 Satz 3”",
)


def covers(coarse: str, fine: str) -> bool:
    """Say whether `fine` is `coarse` or a part of it (both in the one spelling)."""
    return fine == coarse or fine.startswith(coarse + " ")


def section(norm: str) -> str:
    """Give the number of the section alone: "25a"."""
    return norm.split(" ")[1]


def parse(text: str, acts: Sequence[str] = ()) -> str | Text:
    """Give the one spelling of a section; a Text says why it is none.

    `acts` are the names of the one act that may be told, the best first.
    """
    if len(text) > _LONGEST:
        return _refuse(text[:20] + "…")
    several = re.search(_SEVERAL, text)
    if several:
        return _one_only(parse(text[: several.start()], acts))
    tokens = _tokens(text, acts)
    if isinstance(tokens, Text):
        return tokens
    reader = _Reader(tokens)
    if not reader.whole():
        return _refuse(text)
    return " ".join(f"{kind} {number}" for kind, number in reader.parts)


def _one_only(first: str | Text) -> Text:
    example = "" if isinstance(first, Text) else f": {first}"
    return Text(
        f"nur eine Vorschrift angeben{example}",
        f"give only one section{example}",
    )


def _refuse(text: str) -> Text:
    return Text(f"„{text}“ ist keine Vorschrift; {_FORM.de}", f"“{text}” is no section; {_FORM.en}")


def _tokens(text: str, acts: Sequence[str]) -> list[tuple[str, str]] | Text:
    """Cut a citation into (what, value): kind, number, letter, roman, comma."""
    tokens: list[tuple[str, str]] = []
    known = {act.casefold() for act in acts}
    rest = re.sub(r"\(([^()]*)\)", r" \1 ", text.strip()).replace(SIGN + SIGN, SIGN)
    if re.search(r"[0-9]\.[0-9]", rest):
        return _refuse(text)
    token = re.compile(_TOKEN)
    at = 0
    while at < len(rest):
        found = token.match(rest, at)
        if found is None:
            return _refuse(text)
        at = found.end()
        what, value = str(found.lastgroup), found[str(found.lastgroup)]
        if what == "word":
            if value.casefold() in known:
                continue
            if value.casefold() in _WORDS:
                what, value = "kind", _WORDS[value.casefold()]
            elif len(value) == 1 or (len(value) == 2 and value[0] == value[1]):  # noqa: PLR2004 ("aa")
                what, value = "letter", value.lower()
            else:
                return _foreign(text, value, acts)
        if what != "blank":
            tokens.append((what, value))
    return tokens


def _foreign(text: str, word: str, acts: Sequence[str]) -> Text:
    if not acts:
        return _refuse(text)
    return Text(
        f"„{word}“ gehört nicht hierher, nur Vorschriften aus: {acts[0]}; {_FORM.de}",
        f"“{word}” does not belong here, only sections of {acts[0]}; {_FORM.en}",
    )


class _Reader:
    """Reads the parts of a citation, coarse to fine."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.parts: list[tuple[str, str]] = []

    def next(self, ahead: int = 0) -> tuple[str, str]:
        """Give a token, without taking it."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else ("end", "")

    def whole(self) -> bool:
        """Read everything; False where it makes no sense."""
        if self.next() == ("kind", SIGN):
            self.at += 1
        what, number = self.next()
        self.at += 1
        if what != "number" or not self.add(SIGN, self.lettered(number)):
            return False
        while self.next()[0] != "end":
            if not self.part():
                return False
        return True

    def part(self) -> bool:
        """Read the next part; False where it makes no sense."""
        after_comma = self.next()[0] == "comma"
        self.at += after_comma
        what, value = self.next()
        self.at += 1
        if what == "kind":
            return self.named(value)
        if what == "number":
            kind = self.next()
            if kind in (("kind", "Alt."), ("kind", "Hs.")) and self.next(1)[0] not in ("number", "roman"):
                self.at += 1
                return self.add(kind[1], value)  # "2. Alt."
            follows = {SIGN: "Abs.", "Abs.": "Satz"}.get(self.parts[-1][0], "")
            return not after_comma and self.add(follows, self.lettered(value) if follows == "Abs." else value)
        if what == "roman":
            return not after_comma and self.parts[-1][0] == SIGN and self.add("Abs.", _arabic(value))
        finer = {"Nr.": "Buchst.", "Buchst.": "Doppelbuchst."}.get(self.parts[-1][0], "")
        return what == "letter" and self.add(finer, value)

    def named(self, kind: str) -> bool:
        """Read the number of a part whose kind is spelled out."""
        what, value = self.next()
        self.at += 1
        if what == "roman":
            return self.add(kind, value.lower() if kind == "Buchst." else _arabic(value))
        if what == "number":
            return self.add(kind, self.lettered(value) if kind == "Abs." else value)
        if what == "kind" and kind == "Buchst." and value == "Satz":
            return self.add(kind, "s")
        return what == "letter" and kind in ("Buchst.", "Doppelbuchst.") and self.add(kind, value)

    def lettered(self, number: str) -> str:
        """Join "25 a" to "25a"."""
        what, letter = self.next()
        if what != "letter" or not number.isdigit():
            return number
        self.at += 1
        return number + letter

    def add(self, kind: str, number: str) -> bool:
        """Add a part; False where it is out of order or no number of its kind."""
        number = number.lower()
        if kind not in _KINDS or not re.fullmatch(_KINDS[kind], number):
            return False
        last = self.parts[-1][0] if self.parts else ""
        own = kind in ("Satz", "Hs.") and last in _INSIDE
        if last and _RANK[kind] <= _RANK[last] and not own:
            return False
        self.parts.append((kind, number))
        return True


def _arabic(roman: str) -> str:
    """Give the number of a roman one ("IVa": "4a"); nonsense ("IIV") where there is none."""
    letter = roman[-1] if roman[-1].islower() and not roman.islower() else ""
    digits = [_ROMAN[one] for one in roman.removesuffix(letter).lower()]
    number = sum(-one if one < max(digits[at:]) else one for at, one in enumerate(digits))
    canonical = (
        "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
    )
    return f"{number}{letter}" if canonical == roman.removesuffix(letter).lower() else "?"
