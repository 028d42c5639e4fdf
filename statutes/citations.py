"""German citations: what they name, the one way to write them, and how two of them stand to each other.

The parts below a section (Absatz, Satz, Nummer, …) are read by `engine.norms`, which the facts of profiles
use too. Added here are acts, articles and annexes, several citations in one text ("i. V. m.", "und") and
ranges ("Nr. 1 bis 3").
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from wegweiser.engine import norms
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts

__all__ = ["Citation", "Comparison", "Part", "Reading", "compare", "parse", "parse_all", "parse_loose"]

_SIGN: Final = norms.SIGN
_HEAD: Final = re.compile(
    r"\s*(?P<unit>Anlagen?|Anhang|Artikel|Artt?\.?)\s*(?P<number>[A-Z]?[0-9]{1,3}[a-z]?|[IVX]+|[A-Z])?(?![^\W_])",
    re.IGNORECASE,
)
_LARGE: Final = re.compile(rf"\s*(?:{_SIGN}+|Paragra[fp]h?)?\s*(?P<number>[1-9][0-9]{{3}}[a-z]?)(?![0-9])")
_WITH: Final = re.compile(r"\bi\.?\s*v\.?\s*m\.?(?!\w)|\bin\s+Verbindung\s+mit\b|[;+&]", re.IGNORECASE)
_AND: Final = re.compile(r"\s*,\s*(?=[0-9§]|[a-z]\b)|\s*,?\s*\b(?:und|oder|sowie|u\.)\s+", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\s*(?:\bbis\b|(?<=[0-9a-z])\s*[–-](?=\s*[0-9a-z]))\s*", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:[1-9][0-9]{0,3}\s?[a-z]?|[a-z]{1,2}|[IVX]+)(?![^\W_])")
_LONGEST: Final = 300
_FORM: Final = Text(
    f"gemeint ist zum Beispiel „{_SIGN} 61 Abs. 1 Satz 2 Nr. 1“ mit dem Gesetz dahinter",
    f"expected is, for example, “{_SIGN} 61 Abs. 1 Satz 2 Nr. 1” and the act after it",
)


class Part(NamedTuple):
    """One step of a citation: `kind` as in "Abs.", `value` as in "1a"; a range goes on to `until`."""

    kind: str
    value: str
    until: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.value}" + (f" bis {self.until}" if self.until else "")


class Citation(NamedTuple):
    """A section, article or annex of an act, or a part of it. `str` gives the one spelling."""

    act: str | None
    unit: str
    """The section sign, "Art." or "Anlage"."""
    number: str
    """"61", "60c", "II"; empty for the one annex of an act."""
    parts: tuple[Part, ...] = ()
    until: str | None = None
    """The last section where a citation names several in a row."""

    def __str__(self) -> str:
        head = f"{self.unit} {self.number}".strip()
        if self.until:
            sign = self.unit * 2 if self.unit == _SIGN else self.unit
            head = f"{sign} {self.number} bis {self.until}"
        return " ".join([head, *map(str, self.parts), *([self.act] if self.act else [])])

    @property
    def section(self) -> str:
        """The section alone, as stores of texts call it."""
        return f"{self.unit} {self.number}".strip()

    def value(self, kind: str) -> str | None:
        """The number of the first part of a kind, or None."""
        return next((part.value for part in self.parts if part.kind == kind), None)


class Reading(NamedTuple):
    """What somebody typed: the citations found in it, what is missing, why it is none."""

    citations: tuple[Citation, ...]
    missing: tuple[str, ...] = ()
    """"act" where no act is named."""
    fault: Text | None = None


class Comparison(NamedTuple):
    """How one citation stands to another one that is expected."""

    kind: Literal["same", "coarser", "finer", "different"]
    missing: tuple[str, ...] = ()
    """Parts of the expected citation that the other lacks ("Satz 2", or "act")."""
    extra: tuple[str, ...] = ()
    """Parts that only the other has."""
    wrong: tuple[str, ...] = ()
    """Parts of the expected citation for which the other has another number."""


def parse(text: str, acts: Acts) -> Citation | Text:
    """Read one full citation, its act included; a Text says why it is none."""
    found = parse_all(text, acts)
    if isinstance(found, Text):
        return found
    if len(found) > 1:
        return Text(f"nur eine Vorschrift angeben: {found[0]}", f"give only one section: {found[0]}")
    return found[0]


def parse_all(text: str, acts: Acts) -> tuple[Citation, ...] | Text:
    """Read citations that stand in one text; every one needs an act, its own or that of a neighbour."""
    reading = parse_loose(text, acts)
    if reading.fault is not None:
        return reading.fault
    if reading.missing:
        return _no_act(text, acts)
    return reading.citations


def parse_loose(text: str, acts: Acts, act: str | None = None) -> Reading:
    """Read what people type: "60c II Nr 3", "§60c Abs 2 S. 3 nr 3 c AufenthG".

    `act` is meant where the text names none. Nothing is guessed: what is not said is in `missing`.
    """
    if len(text) > _LONGEST:
        return Reading((), fault=_refuse(text[:40] + "…"))
    found: list[Citation] = []
    for piece in _WITH.split(text.replace("\N{NO-BREAK SPACE}", " ")):
        rest, named = acts.take(piece)
        if len(named) > 1:
            return Reading((), fault=_two_acts(text, named[0].name, named[1].name))
        read = _row(rest, named[0].name if named else None)
        if isinstance(read, Text):
            return Reading((), fault=_foreign_act(rest, acts) or read)
        found += read
    told = _with_acts(found, act)
    return Reading(tuple(told), () if all(one.act for one in told) else ("act",))


def compare(given: Citation, expected: Citation) -> Comparison:
    """Say how a citation stands to the expected one, by what they say and not by what the act says."""
    wrong: list[str] = []
    missing: list[str] = []
    if given.act != expected.act:
        (wrong if given.act else missing).append("act")
    if (given.unit, given.number, given.until) != (expected.unit, expected.number, expected.until):
        wrong.append(expected.section)
    theirs = _places(given)
    wanted = _places(expected)
    for place, part in wanted.items():
        if place not in theirs:
            missing.append(str(part))
        elif theirs[place] != part:
            wrong.append(str(part))
    extra = [str(part) for place, part in theirs.items() if place not in wanted]
    if wrong or (missing and extra):
        kind: Literal["same", "coarser", "finer", "different"] = "different"
    else:
        kind = "coarser" if missing else "finer" if extra else "same"
    return Comparison(kind, tuple(missing), tuple(extra), tuple(wrong))


def _places(citation: Citation) -> dict[tuple[str, bool], Part]:
    """Parts by kind; a sentence of a number is another place than a sentence of a paragraph."""
    found: dict[tuple[str, bool], Part] = {}
    inside = False
    for part in citation.parts:
        found[part.kind, inside and part.kind in ("Satz", "Hs.")] = part
        inside = inside or part.kind == "Nr."
    return found


def _with_acts(found: list[Citation], act: str | None) -> list[Citation]:
    """Give each citation its act: its own, else that of the next one that has any, else of the one before."""
    told: list[Citation] = []
    following = None
    for one in reversed(found):
        following = one.act or following
        told.append(one if one.act else one._replace(act=following))
    told.reverse()
    last = act
    for place, one in enumerate(told):
        last = one.act or last
        told[place] = one._replace(act=last)
    return told


def _row(text: str, act: str | None) -> list[Citation] | Text:
    """Read citations joined by "und" or commas: later ones repeat only what differs."""
    found: list[Citation] = []
    for piece in _AND.split(text):
        read = _one(piece, act, found[-1] if found else None)
        if isinstance(read, Text):
            return read
        found.append(read)
    return found


def _one(text: str, act: str | None, before: Citation | None) -> Citation | Text:
    """Read one citation, with a range at its end or at its beginning."""
    start, *ends = _UNTIL.split(text.strip(" ,"))
    if len(ends) > 1:
        return _refuse(text)
    if ends and re.match(rf"\s*{_SIGN}{{2}}", start):  # the sections 15 to 17
        until = re.fullmatch(rf"{_SIGN}?\s*([1-9][0-9]{{0,3}}\s?[a-z]?)", ends[0].strip())
        first = _citation(start, act)
        if until is None or isinstance(first, Text) or first.parts:
            return first if isinstance(first, Text) else _refuse(text)
        return first._replace(until=until[1].replace(" ", ""))
    read = _citation(start, act) if before is None else _following(start, before)
    if isinstance(read, Text) or not ends:
        return read
    last = re.sub(r"^(?:Abs\.?|Satz|S\.|Nr\.?|Nummer|Buchst\.?)\s*", "", ends[0].strip(), flags=re.IGNORECASE)
    if not read.parts or _BARE.fullmatch(last) is None:
        return _refuse(text)
    return read._replace(parts=(*read.parts[:-1], read.parts[-1]._replace(until=last.replace(" ", ""))))


def _following(text: str, before: Citation) -> Citation | Text:
    """Read a citation that goes on from the one before: "und Abs. 3", "und 5", "und § 60a"."""
    if re.match(rf"\s*({_SIGN}|Art|Anlage)", text, re.IGNORECASE):
        return _citation(text, before.act)
    kept = before.parts
    if _BARE.match(text) is not None:
        if not kept:
            return _citation(f"{before.unit} {text}", before.act)
        return _citation(f"{_line(before, kept[:-1])} {kept[-1].kind} {text}", before.act)
    first = _citation(f"{_SIGN} 1 {text}", None)
    if isinstance(first, Text) or not first.parts:
        return _refuse(text)
    rank = norms.KINDS.index(first.parts[0].kind)
    coarser = [part for part in kept if norms.KINDS.index(part.kind) < rank]
    return _citation(f"{_line(before, tuple(coarser))} {text}", before.act)


def _line(citation: Citation, parts: tuple[Part, ...]) -> str:
    return str(citation._replace(act=None, parts=tuple(part._replace(until=None) for part in parts)))


def _citation(text: str, act: str | None) -> Citation | Text:
    """Read one citation without "und" and "bis"."""
    unit, number, rest = _SIGN, None, text
    head = _HEAD.match(text)
    large = _LARGE.match(text)
    if head is not None:
        annex = head["unit"].casefold().startswith("an")
        unit, number = "Anlage" if annex else "Art.", head["number"] or ""
        number = _annex(number) if annex else number.lower()
        rest = f"{_SIGN} 1 {text[head.end() :]}"
        if not annex and not number:
            return _refuse(text)
    elif large is not None:
        number, rest = large["number"], f"{_SIGN} 1 {text[large.end() :]}"
    read = norms.parse(rest)
    if isinstance(read, Text):
        return _refuse(text)
    words = read.split(" ")
    parts = [Part(kind, value) for kind, value in zip(words[::2], words[1::2], strict=True)]
    return Citation(act, unit, parts[0].value if number is None else number, tuple(parts[1:]))


def _annex(number: str) -> str:
    """Give the number of an annex as acts write it: "II", "D11a"."""
    roman = re.fullmatch("[IVX]+", number, re.IGNORECASE)
    return number.upper() if roman else number[:1].upper() + number[1:].lower()


def _refuse(text: str) -> Text:
    said = " ".join(text.split())
    return Text(f"„{said}“ ist keine Vorschrift; {_FORM.de}", f"“{said}” is no section; {_FORM.en}")


def _no_act(text: str, acts: Acts) -> Text:
    said = " ".join(text.split())
    missing = Text(f"in „{said}“ fehlt das Gesetz", f"in “{said}” the act is missing")
    word = said.split(" ")[-1]
    return did_you_mean(missing, word, [act.name for act in acts])


def _foreign_act(text: str, acts: Acts) -> Text | None:
    """Say that the last word is no act, where it is all that keeps a text from being a citation."""
    rest, _, word = text.strip().rpartition(" ")
    if re.fullmatch(r"[A-ZÄÖÜ][\w/]+", word) is None or isinstance(_row(rest, None), Text):
        return None
    unknown = Text(f"das Gesetz „{word}“ ist hier nicht bekannt", f"the act “{word}” is not known here")
    return did_you_mean(unknown, word, [act.name for act in acts])


def _two_acts(text: str, one: str, other: str) -> Text:
    said = " ".join(text.split())
    return Text(
        f"„{said}“ nennt zwei Gesetze ({one}, {other}); dazwischen gehört „i. V. m.“",
        f"“{said}” names two acts ({one}, {other}); “i. V. m.” belongs between them",
    )
