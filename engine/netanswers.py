"""An offer, and the answer on it for one person: where it stands in time, and who comes before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from wegweiser.engine.answers import Answer, Hinweis
from wegweiser.engine.book import Book, Target
from wegweiser.engine.netbook import LAW, law_outcome
from wegweiser.engine.nettime import Standing, standing
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text

__all__ = ["Asker", "Case", "HandOver", "Offer", "OfferAnswer", "routed", "told", "without_law"]

Asker = Literal["ratsuchend", "arbeitgeber", "akteur"]
"""Who asks: somebody seeking advice, an employer, or a worker of an authority or association."""

Data = Mapping[str, Any]


class Offer(NamedTuple):
    """One offer of a network, as its file tells it."""

    id: str
    data: Data
    network: Data

    @property
    def name(self) -> Text:
        """What to call it."""
        return Text(*self.data["name"])

    @property
    def provider(self) -> Text:
        """The organisation that has it."""
        return Text(*(self.data["provider"] or self.network["provider"]))

    @property
    def role(self) -> Text:
        """Whom to ask for: a role, never a person."""
        return Text(*self.data["role"])

    @property
    def spans(self) -> Sequence[Data]:
        """The times in which it runs."""
        own: Sequence[Data] | None = self.data["spans"]
        spans: Sequence[Data] = self.network["spans"] if own is None else own
        return spans

    @property
    def target(self) -> Target:
        """The offer as something that is decided."""
        return Target(self.id, {"label": self.data["name"], "hint": self.data["service"], "default": {}})

    def for_whom(self, asks: str) -> bool:
        """Whether it is for somebody who asks."""
        return asks in self.data["addressees"]


class HandOver(NamedTuple):
    """From a day on another offer does what this one does until the day before."""

    day: date
    offer: Offer


class OfferAnswer(NamedTuple):
    """The answer on an offer, and where the offer stands in time."""

    offer: Offer
    answer: Answer
    standing: Standing
    nachfolge: tuple[Text, ...]
    """What came after it, where it does not run."""
    standard: tuple[Text, ...]
    """Who does the job now, where it does not run or is not for this person."""
    stale: bool
    """Whether what is known of it is older than a year on the day of the offers."""
    region: Data | None
    """The part of the network that the person lives in, where it has contacts of its own."""
    here: bool | None = None
    """Whether the person lives where the offer is; None: not known."""
    entry: Offer | None = None
    """Where to ask first: what decides is unknown, or the status is not in the target group."""
    hand_over: HandOver | None = None


class Case(NamedTuple):
    """A person, what the law says to them, and the day of the offers."""

    profile: Profile
    law: Mapping[str, Answer]
    day: date
    asks: Asker

    def person(self, book: Book) -> Profile:
        """The person as the book of the offers asks for them.

        What happens after the day of the offers is not known on it: today's person with offers of years
        ago is a person of those years.
        """
        stated = {
            name: value
            for name, value in self.profile.stated.items()
            if not isinstance(value, date) or value <= self.day or book.vocabulary.fact(name).future
        }
        for name, answer in self.law.items():
            outcome = law_outcome(answer)
            if outcome is not None and LAW + name in book.vocabulary:
                stated[LAW + name] = outcome
        return self.profile._replace(day=self.day, stated=stated)


def without_law(answer: Answer, case: Case) -> Answer:
    """An answer on an offer in which facts take the place of answers on the law."""
    missing, later = (
        tuple(
            dict.fromkeys(
                other
                for name in names
                for other in (case.law[name.removeprefix(LAW)].fehlend if name.startswith(LAW) else (name,))
            )
        )
        for names in (answer.fehlend, answer.ab_fehlend)
    )
    ground = "nicht_behandelt" if answer.ergebnis == "unklar" and not missing else answer.grund
    return answer._replace(fehlend=missing, ab_fehlend=later, grund=ground, normen=(), regeln=())


def told(offer: Offer, answer: Answer, notes: Sequence[Data], case: Case, law: Book) -> OfferAnswer:
    """An answer with where the offer stands in time, the remarks, and who does the job otherwise."""
    network = offer.network
    stands = standing(offer.spans, case.day)
    over = stands.status == "beendet" and answer.ergebnis == "nein" and offer.for_whom(case.asks)
    own = offer.id.rpartition(".")[2]
    remarks = tuple(
        Hinweis("hinweis", Text(*note["text"]), "", None)
        for note in notes
        if offer.for_whom(case.asks) and not over and (own in note["offers"] or not note["offers"])
    )
    answer = answer._replace(
        grund="beendet" if over else answer.grund,
        bis=stands.ended if over else answer.bis,
        hinweise=(*answer.hinweise, *remarks),
    )
    now = stands.status == "laeuft"
    return OfferAnswer(
        offer,
        answer,
        stands,
        () if now else tuple(Text(*one) for one in network["successors"]),
        () if now and answer.ergebnis != "nein" else tuple(Text(*one) for one in network["standard"]),
        case.day > _a_year_after(date.fromordinal(network["checked"])),
        _region(network, case.profile, law),
    )


def routed(one: OfferAnswer, network: Sequence[OfferAnswer], asks: str) -> OfferAnswer:
    """An answer with the office to begin at, and the offer that takes over."""
    answer = one.answer
    entry = None
    if one.offer.for_whom(asks) and (answer.ergebnis == "unklar" or answer.grund == "adressat"):
        name = f"{one.offer.id.rpartition('.')[0]}.{one.offer.network['entry']}"
        entry = next(
            (
                other.offer
                for other in network
                if other.offer.id == name != one.offer.id and other.answer.ergebnis != "nein"
            ),
            None,
        )
    hand_over = None
    if answer.bis is not None and answer.ergebnis in ("frei", "ermessen"):
        hand_over = next(
            (
                HandOver(other.answer.ab, other.offer)
                for other in network
                if other.answer.ab is not None and other.answer.ab.toordinal() == answer.bis.toordinal() + 1
            ),
            None,
        )
    return one._replace(entry=entry, hand_over=hand_over)


def _region(network: Data, profile: Profile, law: Book) -> Data | None:
    names = law.vocabulary.data["places"]
    place, district = (profile.stated.get(names[key]) for key in ("fact", "district"))
    regions: Sequence[Data] = network["regions"]
    found = [one for one in regions if place in one["places"]]
    return next(iter([*found, *(one for one in regions if district in one["districts"])]), None)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)
