"""Offers of networks: who accompanies a person, decided with the same engine as the law.

The offers make a rule book of their own (`netbook`), asked for the day of the offers, which may be
another than that of the law. The networks of the rule book share one; every further network has its own,
so that none can break another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.conditions import Scope
from wegweiser.engine.errors import BookError, EvaluationError, Fault
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.netanswers import Asker, Case, Offer, OfferAnswer, routed, told, without_law
from wegweiser.engine.netbook import as_facts, law_targets, offers_book, place_of
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text

__all__ = ["Asker", "Networks", "Offer", "OfferAnswer", "Part", "scope_of"]

Data = Mapping[str, Any]

_UNREADABLE = {
    FileNotFoundError: Text("diesen Ordner gibt es nicht", "there is no such folder"),
    NotADirectoryError: Text("das ist kein Ordner", "this is no folder"),
}


class Part(NamedTuple):
    """Networks that share a rule book of offers, and a person as that book asks for them."""

    networks: Sequence[Data]
    book: Book
    person: Profile
    case: Case


class Networks:
    """The networks of a rule book and of further folders."""

    def __init__(self, book: Book, further: Iterable[Data] = ()) -> None:
        known = book.data.get("networks") or {"all": [], "standard": []}
        self.law = book
        self.packaged: tuple[Data, ...] = tuple(known["all"])
        self.further: tuple[Data, ...] = tuple(further)
        self.standard = tuple(Text(*one) for one in known["standard"])
        """Who does the job where no network works."""
        self.broken: dict[str, Text] = {}
        """Further networks that could not be evaluated, and why."""
        self._books: dict[tuple[str, ...], Book] = {}

    @classmethod
    def with_folders(cls, book: Book, folders: Iterable[Path]) -> tuple[Networks, list[Fault]]:
        """The networks of the book and those in further folders; and what is wrong with these.

        A folder is a network or a folder of networks. A network with faults is left out; the others stand.
        """
        from wegweiser.engine.netfiles import load_network  # only where networks are read

        known = book.data.get("networks") or {"all": []}
        taken = [one["id"] for one in known["all"]]
        found: list[Data] = []
        faults: list[Fault] = []
        for folder in folders:
            try:
                inside = _networks_in(folder)
            except OSError as problem:
                unread = _UNREADABLE.get(
                    type(problem),
                    Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}"),
                )
                faults.append(Fault(str(folder), None, None, None, unread))
                continue
            if not inside:
                nothing = Text(
                    "hier ist kein Netz (Ordner mit netz.yaml)", "no network here (a folder with netz.yaml)"
                )
                faults.append(Fault(str(folder), None, None, None, nothing))
            for one in inside:
                data, wrong = load_network(one, str(one), scope_of(book), taken)
                faults += wrong
                if data is not None:
                    found.append(data)
                    taken.append(data["id"])
        return cls(book, found), faults

    @property
    def all(self) -> tuple[Data, ...]:
        """Every network, those of the rule book first."""
        return (*self.packaged, *self.further)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer, network by network, in the order of the route."""
        return tuple(
            Offer(offer["id"], offer, network)
            for network in self.all
            for offer in sorted(network["offers"], key=lambda one: (one["rank"], one["id"]))
        )

    def law_targets(self, names: Iterable[str] | None = None) -> set[str]:
        """The targets of the law that networks (of some offers) ask for."""
        wanted = None if names is None else set(names)
        asked = (one.network for one in self.offers if wanted is None or one.id in wanted)
        return law_targets({one["id"]: one for one in asked}.values())

    # --- answers ---

    def answers(
        self,
        profile: Profile,
        law: Iterable[Answer],
        day: date,
        names: Sequence[str] | None = None,
        asks: Asker = "ratsuchend",
    ) -> tuple[OfferAnswer, ...]:
        """The answers on all offers (or some) on their day, in the order of the route.

        `law` are answers on the law that there are already; what else the offers ask of it is added. A
        further network that cannot be evaluated is left out and noted in `broken`. Raises ProfileError
        where facts contradict each other.
        """
        wanted = {offer.network["id"] for offer in self.offers if names is None or offer.id in names}
        found: list[OfferAnswer] = []
        for part in self.parts(profile, law, day, names, asks):
            asked = [one for one in part.networks if one["id"] in wanted]
            try:
                found += self._answered(part, asked)
            except (BookError, EvaluationError) as problem:
                if part.networks is self.packaged:
                    raise
                self.broken[part.networks[0]["id"]] = (
                    problem.text if isinstance(problem, EvaluationError) else problem.faults[0].text
                )
        return tuple(one for one in found if names is None or one.offer.id in names)

    def parts(
        self,
        profile: Profile,
        law: Iterable[Answer],
        day: date,
        names: Sequence[str] | None = None,
        asks: Asker = "ratsuchend",
    ) -> Iterator[Part]:
        """The rule books of the offers, each with the person as it asks for them; see `answers`."""
        by_name = {answer.ziel: answer for answer in law}
        lacking = [name for name in self.law_targets(names) if name not in by_name]
        if lacking:
            more = Evaluation(self.law, profile).report(lacking).answers
            by_name |= {answer.ziel: answer for answer in more}
        wanted = {offer.network["id"] for offer in self.offers if names is None or offer.id in names}
        case = Case(profile, by_name, day, asks)
        for group in [self.packaged, *((one,) for one in self.further)]:
            if any(one["id"] in wanted for one in group):
                book = self._book(group, asks)
                yield Part(group, book, case.person(book), case)

    def _book(self, group: Sequence[Data], asks: str) -> Book:
        key = (asks, *(one["id"] for one in group))
        if key not in self._books:
            self._books[key] = offers_book(self.law, group, asks)
        return self._books[key]

    def _answered(self, part: Part, asked: Sequence[Data]) -> list[OfferAnswer]:
        case = part.case
        evaluation = Evaluation(part.book, part.person)
        truth = evaluation.prover.truth(case.day.toordinal(), {})
        found: list[OfferAnswer] = []
        kept: list[Any] = []  # what `truth` remembers goes by identity: no condition may go before it
        for network in asked:
            offers = [one for one in self.offers if one.network is network]
            remarks = [(note, as_facts(note["when"])) for note in network["notes"]]
            places = [place_of(self.law, network, one.data) for one in offers]
            notes = [note for note, when in remarks if when is None or truth.reason(when).truth is True]
            answered = [
                told(one, without_law(evaluation.answer(one.id), case), notes, case, self.law)._replace(
                    here=truth.reason(place).truth
                )
                for one, place in zip(offers, places, strict=True)
            ]
            kept += [remarks, places]
            found += [routed(one, answered, case.asks) for one in answered]
        return found


def _networks_in(folder: Path) -> list[Path]:
    """The networks that a folder holds, or itself."""
    if (folder / "netz.yaml").is_file():
        return [folder]
    return sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))


def scope_of(book: Book) -> Scope:
    """The names that the conditions of a network can use: those of the rule book."""
    derived: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, versions in book.data["derived"].items():
        values = [
            value
            for version in versions
            for value in (
                [case["value"] for case in version["cases"] or ()]
                if version["kind"] == "cases"
                else version["earliest"] or ([version["age"]] if version["age"] else [])
            )
        ]
        derived[name] = (versions[0]["kind"], tuple(dict.fromkeys(values)))
    return Scope(
        book.vocabulary,
        derived=derived,
        lists={name: entry["typ"] for name, entry in book.data["lists"].items()},
        parameters={name: entry["typ"] for name, entry in book.data["parameters"].items()},
        targets=dict.fromkeys(book.targets, True),
    )
