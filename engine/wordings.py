"""Reads what a permit prints about work: the prints of the rule book in it, and the facts that follow.

A text is read as a whole or not at all: facts are given only where every word of it belongs to a print that
the rule book knows. A print may give way to a more particular one beside it; two that say different things
of one fact otherwise are a contradiction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from wegweiser.engine.prints import NUMBER, Blank, Filled, Pattern, Token, Words, held, parse, plain, tokens
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = [
    "EMPTY",
    "LONGEST",
    "Clash",
    "Known",
    "Part",
    "Wording",
    "Wordings",
    "known_wordings",
    "read_wording",
]

LONGEST: Final = 2_000
"""Characters of a text; a real one has a line or two."""
_MOST_WORDS: Final = 300
_LONGEST_PRINT: Final = 60
_NEAREST: Final = 3
_COMPARED: Final = 120

Status = Literal["gelesen", "widerspruch", "teilweise", "unbekannt", "leer", "zu_lang"]
"""Read; read, but it contradicts itself; read in part; not read; nothing there; too long to be a print."""


class Known(NamedTuple):
    """One print that the rule book knows."""

    id: str
    kind: str
    title: str
    """Its usual form; `…` stands for a blank."""
    person: Text
    """What it allows the person."""
    employer: Text
    """What the employer does."""
    normen: tuple[str, ...]
    sets: Mapping[str, Any]
    """The facts that it says by itself."""


class Part(NamedTuple):
    """One print inside a text."""

    text: str
    """As it is printed."""
    known: Known
    blanks: tuple[tuple[Text, str], ...]
    """What stands in its blanks: label and words."""
    by: tuple[str, ...] = ()
    """Ids of more particular prints in the same text, to which it gives way."""


class Clash(NamedTuple):
    """Two or more prints that say different things of one fact."""

    fact: str
    ids: tuple[str, ...]


class Wording(NamedTuple):
    """What a printed text says."""

    text: str
    """The text, without what cannot be seen."""
    status: Status
    facts: Mapping[str, Any]
    """Facts for a profile; empty unless the whole text was read without a contradiction."""
    known: tuple[Part, ...]
    unknown: tuple[str, ...]
    """Pieces of the text that no print of the rule book fits."""
    clashes: tuple[Clash, ...]
    nearest: tuple[Known, ...]
    """Known prints that look like the unknown pieces."""


class Wordings:
    """The prints of one rule book, ready for matching."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        blanks = {name: Blank(name, one["words"], one["number"]) for name, one in data["blanks"].items()}
        self.words = Words(
            {word: frozenset(forms) for word, forms in data["words"].items()}, frozenset(data["reserved"])
        )
        self.joints = [
            [token.word for token in tokens(joint)]
            for joint in sorted(data["joints"], key=lambda one: (-len(one), one))
        ]
        self.known = {name: _known(name, entry, data) for name, entry in data["wordings"].items()}
        self.starting: dict[str, list[tuple[str, Pattern]]] = {}
        for name, entry in data["wordings"].items():
            for print_ in entry["prints"]:
                pattern = parse(print_, data["phrases"], blanks)
                assert isinstance(pattern, Pattern)  # noqa: S101 (checked when the book was loaded)
                for word in pattern.first(self.words):
                    self.starting.setdefault(word, []).append((name, pattern))

    def read(self, text: str) -> Wording:
        """What a printed text says."""
        if len(text) > LONGEST:
            return Wording(_one_line(plain(text[:_COMPARED])), "zu_lang", {}, (), (), (), ())
        text = plain(text)
        words = tokens(text)
        shown = _one_line(text)
        if len(words) > _MOST_WORDS:
            return Wording(shown[:_COMPARED], "zu_lang", {}, (), (), (), ())
        if not words:
            return Wording(shown, "leer", {}, (), (), (), ())
        parts: list[Part] = []
        unknown: list[str] = []
        cut: _Cut | None = _cut(self, words)
        while cut is not None and cut.before is not None:
            if cut.unknown:
                unknown.insert(0, _between(text, words, cut.start, cut.end))
            elif cut.piece is not None:
                parts.insert(0, _part(self, text, words, cut))
            cut = cut.before
        return _result(self, shown, parts, unknown)

    def parts_from(self, text: Sequence[Token], start: int) -> dict[int, tuple[str, Filled]]:
        """The prints that begin at a word, by where they end; the first of the file where several do."""
        found: dict[int, tuple[str, Filled]] = {}
        word = NUMBER if text[start].word.isdecimal() else text[start].word
        first = [text[start]._replace(gap=0), *text[start + 1 : start + 1 + _LONGEST_PRINT]]
        for name, pattern in self.starting.get(word, ()):
            for end, filled in pattern.match(first, 0, self.words).items():
                shifted = tuple((blank, one + start, two + start) for blank, one, two in filled)
                other = found.get(end + start)
                if other is None or held(shifted) < held(other[1]):
                    found[end + start] = (name, shifted)
        return found

    def joint(self, text: Sequence[Token], start: int) -> int:
        """How many words a joint between two prints has here."""
        for joint in self.joints:
            if [token.word for token in text[start : start + len(joint)]] == joint:
                return len(joint)
        return 0


class _Cut(NamedTuple):
    """A way to cut the text up to a word: unknown words, unknown pieces, prints; and its last piece."""

    cost: tuple[int, int, int]
    start: int
    end: int
    piece: tuple[str, Filled] | None
    before: _Cut | None
    unknown: bool


def _cut(reader: Wordings, text: Sequence[Token]) -> _Cut:
    """The best cut of a text: the fewest unknown words, then the fewest pieces."""
    count = len(text)
    closed: list[_Cut | None] = [None] * (count + 1)  # the last piece is a print, or ends at a stop
    inside: list[_Cut | None] = [None] * (count + 1)  # in the midst of an unknown piece
    closed[0] = _Cut((0, 0, 0), 0, 0, None, None, unknown=False)
    for place in range(count):
        _end_unknown(text, place, closed, inside)
        here = closed[place]
        if here is not None:
            starts = [place]
            skipped = reader.joint(text, place) if place else 0
            if skipped and place + skipped < count:
                starts.append(place + skipped)
            for start in starts:
                for end, piece in reader.parts_from(text, start).items():
                    cost = (here.cost[0], here.cost[1], here.cost[2] + 1)
                    _offer(closed, end, _Cut(cost, start, end, piece, here, unknown=False))
            if place == 0 or text[place].gap:
                cost = (here.cost[0] + 1, here.cost[1] + 1, here.cost[2])
                _offer(inside, place + 1, _Cut(cost, place, place + 1, None, here, unknown=True))
        going_on = inside[place]
        if going_on is not None:
            cost = (going_on.cost[0] + 1, *going_on.cost[1:])
            _offer(inside, place + 1, going_on._replace(cost=cost, end=place + 1))
    _end_unknown(text, count, closed, inside)
    best = closed[count]
    assert best is not None  # noqa: S101 (everything as one unknown piece is a cut)
    return best


def _end_unknown(
    text: Sequence[Token], place: int, closed: list[_Cut | None], inside: list[_Cut | None]
) -> None:
    cut = inside[place]
    if cut is not None and (place == len(text) or text[place].gap):
        _offer(closed, place, cut)


def _offer(cuts: list[_Cut | None], place: int, cut: _Cut) -> None:
    other = cuts[place]
    if other is None or cut.cost < other.cost:
        cuts[place] = cut


EMPTY: Final[Mapping[str, Any]] = {
    "words": {},
    "phrases": {},
    "blanks": {},
    "reserved": [],
    "joints": [],
    "only_with": {},
    "kinds": {},
    "wordings": {},
}
"""What a rule book without wordings has."""


def _known(name: str, entry: Mapping[str, Any], data: Mapping[str, Any]) -> Known:
    kind = data["kinds"][entry["kind"]]
    title = str(entry["prints"][0])
    for blank in data["blanks"]:
        title = title.replace(f"{{{blank}}}", "…")
    return Known(
        id=name,
        kind=entry["kind"],
        title=title,
        person=Text(*(entry["person"] or kind["person"])),
        employer=Text(*(entry["employer"] or kind["employer"])),
        normen=tuple(entry["norm"] or kind["norm"]),
        sets=kind["sets"],
    )


def known_wordings(book: Book) -> tuple[Known, ...]:
    """Every print that the rule book knows, in its order."""
    return tuple(book.wordings.known.values())


def read_wording(text: str, book: Book) -> Wording:
    """What a printed text says about work, as far as the rule book knows its words."""
    return book.wordings.read(text)


def _between(text: str, words: Sequence[Token], start: int, end: int) -> str:
    return _one_line(text[words[start].start : words[end - 1].end])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _part(reader: Wordings, text: str, words: Sequence[Token], cut: _Cut) -> Part:
    assert cut.piece is not None  # noqa: S101 (asked for prints only)
    name, filled = cut.piece
    blanks = tuple(
        (Text(*reader.data["blanks"][blank]["label"]), _between(text, words, one, two))
        for blank, one, two in filled
    )
    return Part(_between(text, words, cut.start, cut.end), reader.known[name], blanks)


def _result(reader: Wordings, text: str, parts: Sequence[Part], unknown: Sequence[str]) -> Wording:
    kinds = reader.data["kinds"]
    there = {part.known.kind for part in parts}
    idle = {
        kind for kind in there if kinds[kind]["only_beside"] and not there & set(kinds[kind]["only_beside"])
    }
    ways = [
        [
            other
            for other in parts
            if other.known.kind in kinds[part.known.kind]["gives_way_to"] and other.known.kind not in idle
        ]
        for part in parts
    ]
    said: dict[str, dict[Any, list[str]]] = {}
    shown: list[Part] = []
    for part, stronger in zip(parts, ways, strict=True):
        taken = {fact for other in stronger for fact in other.known.sets}
        gave_way = [other.known.id for other in stronger if set(other.known.sets) & set(part.known.sets)]
        shown.append(part._replace(by=tuple(dict.fromkeys(gave_way))))
        for fact, value in part.known.sets.items():
            if fact not in taken and part.known.kind not in idle:
                said.setdefault(fact, {}).setdefault(value, []).append(part.known.id)
    clashes = [
        Clash(fact, tuple(dict.fromkeys(one for ids in values.values() for one in ids)))
        for fact, values in said.items()
        if len(values) > 1
    ]
    facts = {fact: next(iter(values)) for fact, values in said.items()}
    for fact, needed in reader.data["only_with"].items():
        if any(facts.get(other) != value for other, value in needed.items()):
            facts.pop(fact, None)
            clashes = [clash for clash in clashes if clash.fact != fact]
    status: Status = "gelesen"
    if unknown:
        status = "teilweise" if parts else "unbekannt"
    elif clashes:
        status = "widerspruch"
    return Wording(
        text=text,
        status=status,
        facts=facts if status == "gelesen" else {},
        known=tuple(shown),
        unknown=tuple(unknown),
        clashes=tuple(clashes),
        nearest=_nearest(reader, unknown),
    )


def _nearest(reader: Wordings, unknown: Sequence[str]) -> tuple[Known, ...]:
    """Prints that look like unknown pieces; names for a person to look at, nothing is made of them."""
    if not unknown:
        return ()
    from difflib import get_close_matches

    by_words = {" ".join(token.word for token in tokens(one.title)): one for one in reader.known.values()}
    found: dict[str, Known] = {}
    for piece in unknown[:_NEAREST]:
        spelled = " ".join(token.word for token in tokens(piece[:_COMPARED]))
        for close in get_close_matches(spelled, by_words, n=_NEAREST, cutoff=0.5):
            found.setdefault(by_words[close].id, by_words[close])
    return tuple(found.values())[:_NEAREST]
