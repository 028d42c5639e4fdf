"""`python -m wegweiser.cli.overview PEOPLE FILE`: the table of status and activity (`make overview`).

The people stand in a file of data; what they may do is evaluated, never written down.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from wegweiser.engine import Answer, Book, Profile, check, open_book
from wegweiser.engine.book import in_force

__all__ = ["main", "written"]

_SECTION = "taetigkeit."


class _Row(NamedTuple):
    label: str
    titles: tuple[str, ...]
    answers: tuple[Answer, ...]


def written(people: str) -> str:
    """The whole page, for the people of a file of data."""
    book = open_book()
    day = date.fromordinal(book.data["meta"]["checked_until"])
    data = yaml.safe_load(people)
    targets = [name for name in book.targets if name.startswith(_SECTION)]
    lines = [
        "# Wer darf was arbeiten?",
        "",
        "Erzeugt mit `make overview` aus dem Regelwerk und den Personen in `people.yaml`;",
        f"von Hand nichts ändern. Stand {day:%d.%m.%Y}. Erwachsene, üblicher Fall, ohne Eintrag",
        "zur Arbeit im Papier und ohne konkrete Stelle. „BA“ heißt: mit Zustimmung der",
        "Bundesagentur für Arbeit.",
    ]
    for row in _rows(book, data, targets, day):
        names = ", ".join(row.titles)
        lines += ["", f"## {row.label}", ""]
        if row.titles:
            lines += [f"Titel: {names}", ""]
        lines += ["| Tätigkeit | Antwort | Norm |", "|---|---|---|"]
        for target, answer in zip(targets, row.answers, strict=True):
            lines.append(
                f"| {book.targets[target].label.de} | {_said(answer)} | {'; '.join(answer.normen)} |"
            )
    return "\n".join(lines) + "\n"


def _rows(book: Book, data: dict[str, Any], targets: list[str], day: date) -> Iterator[_Row]:
    """The people in their order; titles with equal answers together."""
    for person in data["people"]:
        facts = {**data["common"], **person["facts"]}
        if not person.get("titles"):
            yield _Row(person["label"], (), _answers(book, facts, targets, day))
            continue
        groups: dict[tuple[Any, ...], tuple[list[str], tuple[Answer, ...]]] = {}
        for title in _titles(book, day, data["permanent"]):
            answers = _answers(book, {**facts, "titel_norm": title}, targets, day)
            key = tuple((_said(answer), answer.normen) for answer in answers)
            groups.setdefault(key, ([], answers))[0].append(title)
        for titles, answers in groups.values():
            yield _Row(person["label"], tuple(titles), answers)


def _answers(book: Book, facts: dict[str, Any], targets: list[str], day: date) -> tuple[Answer, ...]:
    return check(book, Profile.from_facts(facts, book.vocabulary, day), targets).answers


def _titles(book: Book, day: date, permanent: list[str]) -> list[str]:
    """The titles that some list of the book names on a day, permanent ones left out, in their order."""
    found: set[str] = set()
    others: set[str] = set()
    for name, entry in book.data["lists"].items():
        for version in entry["versions"] if entry["typ"] == "norm" else ():
            if in_force(version, day.toordinal()):
                (others if name in permanent else found).update(version["values"])
    return sorted(found - others, key=_place)


def _place(norm: str) -> tuple[tuple[int, str], ...]:
    """Where a citation stands in its act."""
    words = norm.replace("§", "").split()
    numbers = [word for word in words if word[0].isdigit()]
    return tuple((int("".join(c for c in word if c.isdigit())), word) for word in numbers)


def _said(answer: Answer) -> str:
    text = answer.ergebnis
    if answer.dann is not None:
        day = "" if answer.ab is None else f" ab {answer.ab:%d.%m.%Y}"
        text = f"noch nicht,{day} {answer.dann}"
    if answer.fehlend:
        text += f" (es fehlt: {', '.join(answer.fehlend)})"
    return f"{text}, BA" if answer.zustimmung_ba == "erforderlich" else text


def main(people: str, page: str) -> None:
    """Write the page for a file of people."""
    Path(page).write_text(written(Path(people).read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
