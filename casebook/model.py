"""Cases as values, and how they are read from folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from wegweiser.casebook.schema import CaseFile
from wegweiser.engine.agenda import Agenda, agenda_of
from wegweiser.engine.answers import Answer, Report
from wegweiser.engine.book import Book
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.loading import Source, validate
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.netbook import AREA
from wegweiser.engine.networks import Networks
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import read

__all__ = [
    "BLANK",
    "Asked",
    "Case",
    "Casebook",
    "Expected",
    "Solved",
    "load_cases",
    "packaged_cases",
    "packaged_persons",
    "solve",
]

BLANK = "???"
"""What an author has still to fill in."""

_LARGEST = 200_000
"""Bytes of a case; a real one has a few thousand."""


class Expected(NamedTuple):
    """The answer on one target as the law gives it."""

    target: str
    values: Mapping[str, Any]
    """What is told of the answer, by the names of its attributes; days as dates."""
    norms: tuple[str, ...]
    """Citations that the answer has to name."""


class Asked(NamedTuple):
    """One question: `ask` is light, norm, missing, day or first_step; `target` is empty for the last."""

    ask: str
    target: str


class Case(NamedTuple):
    """One case of a casebook."""

    id: str
    title: Text
    level: int
    """1 to 3: one rule; two or three; several targets, time or change of status."""
    themes: tuple[str, ...]
    goal: Text
    source: Text | None
    day: date
    offers_day: date
    story: Text
    profile: Mapping[str, Any]
    expected: tuple[Expected, ...]
    first_step: str
    """The id of the rule of the agenda whose step comes first, or empty."""
    office: str
    """The name of the office of that step, or empty."""
    questions: tuple[Asked, ...]
    hints: tuple[Text, ...]
    mistake: tuple[Text, Text]
    """What people get wrong, and why it is wrong."""
    variants: bool
    place: str
    """File and line, for messages."""

    @property
    def targets(self) -> list[str]:
        """The targets of which something is expected, in their order."""
        return list(dict.fromkeys(one.target for one in self.expected))

    def expectation(self, target: str) -> Expected | None:
        """What is expected of a target."""
        return next((one for one in self.expected if one.target == target), None)


class Casebook(NamedTuple):
    """Cases by the numbers in their ids, and the themes they belong to."""

    cases: tuple[Case, ...]
    themes: Mapping[str, Text]

    def find(self, wanted: str) -> Case | None:
        """A case by its id or its number."""
        return next((one for one in self.cases if wanted in (one.id, _number(one.id))), None)


class Solved(NamedTuple):
    """A case worked out with a rule book."""

    profile: Profile
    report: Report
    """The answers on the law; the offers of networks are in `answers` alone."""
    answers: Mapping[str, Answer]
    agenda: Agenda


def solve(
    case: Case,
    book: Book,
    networks: Networks,
    day: date | None = None,
    targets: Iterable[str] | None = None,
) -> Solved:
    """The answers of a case on its day (or another), of all targets of the law or of some.

    Raises ProfileError where the facts cannot be.
    """
    profile = Profile.from_facts(case.profile, book.vocabulary, day or case.day, case.place)
    report = Evaluation(book, profile).report(list(book.targets if targets is None else targets))
    answers = {answer.ziel: answer for answer in report.answers}
    if any(name.startswith(f"{AREA}.") for name in case.targets):
        offers_day = case.offers_day if day is None or case.offers_day != case.day else day
        offers = networks.answers(profile, report.answers, offers_day)
        answers |= {one.offer.id: one.answer for one in offers}
    return Solved(profile, report, answers, agenda_of(book, profile, report.answers))


def packaged_cases(book: Book, networks: Networks) -> Casebook:
    """The casebook of the project; raises ProfileError where it does not fit the rule book."""
    folder = Path(str(files("wegweiser.casebook")))
    cases, faults = load_cases(folder / "cases", "casebook", book, networks, _themes(folder))
    if faults:
        raise ProfileError(faults)
    return Casebook(tuple(cases), _themes(folder))


def packaged_persons() -> Iterator[tuple[str, date, Mapping[str, Any]]]:
    """The id, the day and the facts of every case of the project, whatever the rule book."""
    for path in sorted((Path(str(files("wegweiser.casebook"))) / "cases").rglob("*.yaml")):
        document, faults = read(path.read_bytes(), path.name)
        if document is not None and not faults:
            value = Source(path.name, "case", document).value
            yield value["id"], value["day"], value["profile"]


def _themes(folder: Path) -> dict[str, Text]:
    document, faults = read((folder / "themes.yaml").read_bytes(), "themes.yaml")
    if document is None or faults:
        raise ValueError("themes.yaml")
    source = Source("themes.yaml", "themes", document)
    return {name: _text(text) for name, text in source.value.items()}


def load_cases(
    folder: Path,
    shown: str,
    book: Book,
    networks: Networks,
    themes: Mapping[str, Text],
    taken: Iterable[str] = (),
) -> tuple[list[Case], list[Fault]]:
    """The cases of a folder (or of one file) without fault, by number, and every fault of the others.

    `shown` is what faults call the folder, `taken` are ids that there are already.
    """
    found: dict[str, Case] = {}
    faults: list[Fault] = []
    known = dict.fromkeys(taken, "")
    reader = _Reader(book, {offer.id for offer in networks.offers}, themes)
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
    if not paths:
        nothing = Text("hier ist kein Fall (Dateien *.yaml)", "no case here (files *.yaml)")
        return [], [Fault(shown, None, None, None, nothing)]
    for path in paths:
        name = shown if path == folder else f"{shown}/{path.relative_to(folder).as_posix()}"
        case, wrong = reader.file(path, name)
        faults += wrong
        if case is None:
            continue
        if case.id in known:
            where = f" ({known[case.id]})" if known[case.id] else ""
            twice = Text(f"die id {case.id} gibt es schon{where}", f"the id {case.id} is taken{where}")
            faults.append(Fault(name, None, None, "id", twice))
            continue
        known[case.id] = name
        found[case.id] = case
    return sorted(found.values(), key=lambda one: (len(_number(one.id)), _number(one.id), one.id)), faults


def _number(name: str) -> str:
    digits = "".join(letter for letter in name if letter.isdecimal())
    return digits.lstrip("0") or name


class _Reader:
    """Reads case files against a rule book."""

    def __init__(self, book: Book, offers: set[str], themes: Mapping[str, Text]) -> None:
        self.book = book
        self.targets = [*book.targets, *offers]
        self.themes = themes
        agenda = book.data["agenda"]
        self.steps = [rule["id"] for rule in agenda["rules"] if rule["step"] is not None]
        self.offices = list(agenda["offices"])

    def file(self, path: Path, name: str) -> tuple[Case | None, list[Fault]]:
        """The case of a file, and its faults; None where there are any."""
        try:
            if path.stat().st_size > _LARGEST:
                large = Text("zu groß für einen Fall", "too large for a case")
                return None, [Fault(name, None, None, None, large)]
            document, faults = read(path.read_bytes(), name)
        except OSError as problem:
            unread = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
            return None, [Fault(name, None, None, None, unread)]
        if document is None or faults:
            return None, faults
        source = Source(name, "case", document)
        self._blanks(source, document.value, ())
        if not source.faults:
            validate(source, CaseFile)
        if source.faults:
            return None, source.faults
        self._names(source)
        faults = source.faults or self._person(source)
        return (None if faults else _case(source)), faults

    def _blanks(self, source: Source, value: Any, path: tuple[str | int, ...]) -> None:
        """What the author has still to fill in."""
        if value == BLANK:
            fill = Text(
                "hier fehlt noch die Angabe der Autorin oder des Autors", "the author has to fill this in"
            )
            source.report(path, fill)
        elif isinstance(value, dict):
            for key, entry in value.items():
                self._blanks(source, entry, (*path, key))
        elif isinstance(value, list):
            for place, entry in enumerate(value):
                self._blanks(source, entry, (*path, place))

    def _names(self, source: Source) -> None:
        value = source.value
        for place, theme in enumerate(value["themes"]):
            self._known(source, ("themes", place), theme, self.themes, Text("Thema", "theme"))
        expected = {}
        for place, one in enumerate(value["expected"]):
            self._known(source, ("expected", place, "target"), one["target"], self.targets, _TARGET)
            if one["target"] in expected:
                twice = Text("dieses Ziel steht schon da", "this target stands there already")
                source.report(("expected", place, "target"), twice)
            expected[one["target"]] = one
            for number, fact in enumerate(one.get("fehlend") or []):
                if fact not in self.book.vocabulary:
                    self._known(
                        source,
                        ("expected", place, "fehlend", number),
                        fact,
                        self.book.vocabulary.names,
                        Text("Angabe", "fact"),
                    )
        first = value.get("first_step")
        if first is not None:
            self._known(source, ("first_step", "rule"), first["rule"], self.steps, Text("Schritt", "step"))
            if first.get("office") is not None:
                self._known(
                    source, ("first_step", "office"), first["office"], self.offices, Text("Stelle", "office")
                )
        for place, one in enumerate(value["questions"]):
            self._question(source, ("questions", place), one, expected, first is not None)

    def _question(
        self,
        source: Source,
        path: tuple[str | int, ...],
        one: Any,
        expected: Mapping[str, Any],
        step: bool,  # noqa: FBT001
    ) -> None:
        """A question can only ask for what is expected."""
        if one["ask"] == "first_step":
            if not step:
                source.report(path, Text("„first_step“ fehlt im Fall", "“first_step” is missing in the case"))
            return
        target = one.get("target")
        if target is None:
            source.report(path, Text("„target“ fehlt", "“target” is missing"))
            return
        if target not in expected:
            self._known(
                source, (*path, "target"), target, expected, Text("erwartete Antwort", "expected answer")
            )
            return
        needed = {"norm": "norms", "missing": "fehlend", "day": "ab"}.get(one["ask"])
        there = expected[target].get(needed) if needed else True
        if one["ask"] == "day" and not there:
            there = (expected[target].get("voraussichtlich") or {}).get("ab")
        if not there:
            lacking = Text(
                f"dafür muss „{needed}“ bei der erwarteten Antwort stehen",
                f"for this “{needed}” has to stand with the expected answer",
            )
            source.report(path, lacking)

    @staticmethod
    def _known(
        source: Source, path: tuple[str | int, ...], name: str, known: Iterable[str], what: Text
    ) -> None:
        names = list(known)
        if name not in names:
            text = Text(f"{what.de} „{name}“ gibt es nicht", f"there is no {what.en} “{name}”")
            source.report(path, did_you_mean(text, name, names))

    def _person(self, source: Source) -> list[Fault]:
        """What is wrong with the facts, at the lines where they stand."""
        value = source.value
        try:
            profile = Profile.from_facts(value["profile"], self.book.vocabulary, value["day"], source.name)
            Evaluation(self.book, profile).report([])
        except ProfileError as problem:
            return [
                fault._replace(line=source.line(("profile", fault.key)))
                if fault.key is not None and fault.key in value["profile"]
                else fault._replace(line=source.line(("profile",)))
                for fault in problem.faults
            ]
        return []


_TARGET = Text("Ziel", "target")


def _case(source: Source) -> Case:
    value = source.value
    first = value.get("first_step") or {}
    return Case(
        id=value["id"],
        title=_text(value["title"]),
        level=value["level"],
        themes=tuple(value["themes"]),
        goal=_text(value["goal"]),
        source=_text(value["source"]) if value.get("source") else None,
        day=value["day"],
        offers_day=value.get("offers_day") or value["day"],
        story=_text(value["story"]),
        profile=value["profile"],
        expected=tuple(
            Expected(
                one["target"],
                {
                    key: entry
                    for key, entry in one.items()
                    if key not in ("target", "norms") and entry is not None
                },
                tuple(one.get("norms") or ()),
            )
            for one in value["expected"]
        ),
        first_step=first.get("rule") or "",
        office=first.get("office") or "",
        questions=tuple(Asked(one["ask"], one.get("target") or "") for one in value["questions"]),
        hints=tuple(map(_text, value.get("hints") or ())),
        mistake=(_text(value["mistake"]["what"]), _text(value["mistake"]["why"])),
        variants=not value.get("variants_off", False),
        place=f"{source.name}:{source.line(())}",
    )


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["de"], entry["en"])
