"""Where sentences of acts end: not after "Abs.", "Nr. 3", "1. Juli" or "das 18. Lebensjahr"."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["MONTHS", "ends", "half_sentences", "split"]

_ABBREVIATIONS: Final = frozenset(
    """abs abschn abl amtl anl art artt aufl ausg az bd bek bes bgbl betr buchst bzgl bzw ca d dgl dr
    einschl evtl f ff gem ges ggf hs i inkl insb insbes lfd lit m mio mrd n nr nrn o prof rn s sog
    st str tel u usw v verf vgl z ziff zit zzgl""".split()  # noqa: SIM905 (sixty words in quotes would say no more)
)
MONTHS: Final = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ORDINAL_AFTER: Final = frozenset(
    """das des dem den der die zum zur vom am im ab seit ein eines einem ihr sein dessen jedes
    jeder""".split()  # noqa: SIM905 (the same)
)
"""Words before a number with a point that counts a noun: "das 18. Lebensjahr"."""
_COUNTED_BEFORE: Final = re.compile(
    r"(?:§§?|Abs(?:atz|\.|ätze|ätzen)|S(?:atz|ätze|ätzen)|Nr\.|Nummern?|Art(?:ikel|\.)|Anlage|Kapitel|Abschnitt"
    r"|Unterabschnitt|Teil|Buch)$"
)
_END: Final = re.compile(r"[.!?][“”\"»)\]]*(?=\s|$)|(?<=[a-zäöüß]{3})\.(?=[A-ZÄÖÜ][a-zäöüß])")
"""The blank after a sentence is missing now and then."""


def split(text: str) -> list[str]:
    """Cut a text into sentences; the last one may be without an end."""
    found: list[str] = []
    start = 0
    for mark in _END.finditer(text):
        if _is_end(text, mark):
            found.append(text[start : mark.end()].strip())
            start = mark.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def ends(text: str) -> bool:
    """Say whether a text ends with the end of a sentence."""
    text = text.rstrip()
    mark = re.search(r"[.!?][“”\"»)\]]*$", text)
    return mark is not None and not _abbreviated(text[: mark.start()])


def half_sentences(text: str) -> list[str]:
    """Cut a sentence at its semicolons."""
    return [part.strip() for part in re.split(r"(?<=;)\s+", text) if part.strip()]


def _abbreviated(before: str) -> bool:
    """Whether the point after `before` belongs to an abbreviation."""
    word = before.rsplit(None, 1)[-1].lstrip('(„"[') if before.strip() else ""
    last = word.rsplit(".", 1)[-1]
    return word.casefold() in _ABBREVIATIONS or last.casefold() in _ABBREVIATIONS


def _is_end(text: str, mark: re.Match[str]) -> bool:
    rest = text[mark.end() :].lstrip()
    if not rest:
        return True
    if not re.match(r"[A-ZÄÖÜ0-9§„\"»(]", rest):
        return False
    before = text[: mark.start()]
    if _abbreviated(before):
        return False
    number = re.search(r"(?:^|[\s(])([0-9]{1,4})$", before) if text[mark.start()] == "." else None
    return number is None or not _ordinal(before[: number.start(1)].rstrip(), number[1], rest)


def _ordinal(before: str, number: str, rest: str) -> bool:
    """Whether a number with a point counts the noun that follows: a day of a month, a year of life."""
    if len(number) > 2:  # noqa: PLR2004 (a year, a section)
        return False
    if re.match(rf"(?:{MONTHS}|Lebens(?:jahr|monat)(?:es|s)?)\b|[0-9]", rest):
        return True
    if _COUNTED_BEFORE.search(before):
        return False
    *others, word = before.split() or [""]
    if word.casefold() in ("und", "oder", "bis"):  # "das 18. und 27. Lebensjahr", but "die Sätze 2 und 6. …"
        return bool(others) and re.fullmatch(r"[0-9]{1,2}\.", others[-1]) is not None
    return word.casefold() in _ORDINAL_AFTER
