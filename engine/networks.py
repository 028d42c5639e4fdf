"""Offers of networks: who accompanies a person, decided with the same engine as the law.

The offers of all networks make a rule book of their own, on the vocabulary and definitions of the law's
book: a target for each offer, its criteria as rules. It is asked for the day of the offers, which may be
another than that of the law. What an offer asks of the law (work must not be forbidden) is taken from the
answers on the law, as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import OUTCOMES, Book
from wegweiser.engine.conditions import Scope
from wegweiser.engine.errors import Fault
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile
from wegweiser.engine.text import Text

__all__ = ["Asker", "Networks", "Offer", "OfferAnswer", "RouteNote", "Status", "scope_of"]

Asker = Literal["ratsuchend", "arbeitgeber", "akteur"]
"""Who asks: somebody seeking advice, an employer, or a worker of an authority or association."""
Status = Literal["laeuft", "beendet", "noch_nicht_begonnen", "unbekannt"]

_LAW = "recht "
"""What the name of a fact begins with that stands for an answer on the law."""
_YEAR = 366


class Offer(NamedTuple):
    """One offer of a network, as its file tells it."""

    id: str
    network: str
    data: Mapping[str, Any]

    @property
    def name(self) -> Text:
        """What to call it."""
        return Text(*self.data["name"])

    @property
    def role(self) -> Text:
        """Whom to ask for: a role, never a person."""
        return Text(*self.data["role"])


class RouteNote(NamedTuple):
    """A remark on the route, with the offers that it belongs to (none: all of the network)."""

    text: Text
    offers: tuple[str, ...]


class OfferAnswer(NamedTuple):
    """The answer on an offer, and where the offer stands in time."""

    offer: Offer
    answer: Answer
    zeitstatus: Status
    reopened: date | None
    """Where it has ended: the first day of a later time in which it runs."""
    ended: date | None
    """Its last day, where it has ended and the day is known."""
    nachfolge: tuple[Text, ...]
    """What came after it, where it does not run."""
    standard: tuple[Text, ...]
    """Who does the job now, where it does not run or is not for this person."""
    stale: bool
    """Whether what is known of it is older than a year on the day of the offers."""


class Networks:
    """The networks of a rule book and of further folders."""

    def __init__(self, book: Book, networks: Iterable[Mapping[str, Any]] | None = None) -> None:
        self.law = book
        self.networks = tuple(book.data.get("networks") or () if networks is None else networks)
        self._books: dict[str, Book] = {}

    @classmethod
    def with_folders(cls, book: Book, folders: Iterable[Path]) -> tuple[Networks, list[Fault]]:
        """The networks of the book and those in further folders of networks; and what is wrong with these.

        A network with faults is left out; the others stand.
        """
        from wegweiser.engine.netfiles import load_network  # only where networks are read

        found = list(book.data.get("networks") or ())
        faults: list[Fault] = []
        scope, places = scope_of(book), (book.vocabulary.data.get("places") or {}).get("places", {})
        for folder in folders:
            if not folder.is_dir():
                missing = Text("dieser Ordner mit Netzen fehlt", "this folder of networks does not exist")
                faults.append(Fault(str(folder), None, None, None, missing))
                continue
            for inside in [folder] if (folder / "netz.yaml").is_file() else sorted(folder.iterdir()):
                if inside.is_dir() and not inside.name.startswith("."):
                    data, wrong = load_network(
                        inside, str(inside), scope, places, [one["id"] for one in found]
                    )
                    faults += wrong
                    if data is not None:
                        found.append(data)
        return cls(book, found), faults

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer, network by network in the order of their names, in the order of the route."""
        return tuple(
            Offer(offer["id"], network["id"], offer)
            for network in sorted(self.networks, key=lambda one: str(one["id"]))
            for offer in sorted(network["offers"], key=lambda one: (one["rank"], one["id"]))
        )

    def network(self, name: str) -> Mapping[str, Any]:
        """The data of a network."""
        return next(one for one in self.networks if one["id"] == name)

    # --- answers ---

    def answers(
        self,
        profile: Profile,
        law: Sequence[Answer],
        day: date,
        names: Sequence[str] | None = None,
        asks: Asker = "ratsuchend",
    ) -> tuple[OfferAnswer, ...]:
        """The answers on all offers (or some) on their day, in the order of the route."""
        wanted = [offer for offer in self.offers if names is None or offer.id in names]
        if not wanted:
            return ()
        by_name = {answer.ziel: answer for answer in law}
        evaluation = Evaluation(self._book(asks), self._person(profile, by_name, day))
        return tuple(self._told(offer, evaluation.answer(offer.id), day, by_name) for offer in wanted)

    def law_targets(self) -> set[str]:
        """The targets of the law that some offer asks for."""
        found: set[str] = set()
        for offer in self.offers:
            for condition in (offer.data["condition"], self._group(offer)):
                found |= set(_targets(condition))
        return found

    def notes(
        self, network: str, profile: Profile, law: Sequence[Answer], day: date
    ) -> tuple[RouteNote, ...]:
        """The remarks of a network on the route that hold for a person."""
        person = self._person(profile, {answer.ziel: answer for answer in law}, day)
        truth = Evaluation(self._book("ratsuchend"), person).prover.truth(day.toordinal(), {})
        return tuple(
            RouteNote(Text(*note["text"]), tuple(f"programm.{network}.{name}" for name in note["offers"]))
            for note in self.network(network)["notes"]
            if note["when"] is None or truth.reason(_as_facts(note["when"])).truth is True
        )

    def _person(self, profile: Profile, law: Mapping[str, Answer], day: date) -> Profile:
        known = {
            _LAW + name: _outcome(answer)
            for name, answer in law.items()
            if answer.ergebnis != "unklar" and _LAW + name in self._book("ratsuchend").vocabulary
        }
        return profile._replace(day=day, stated={**profile.stated, **known})

    def _told(self, offer: Offer, answer: Answer, day: date, law: Mapping[str, Answer]) -> OfferAnswer:
        missing = [
            other
            for name in answer.fehlend
            for other in (law[name.removeprefix(_LAW)].fehlend if name.startswith(_LAW) else (name,))
        ]
        network = self.network(offer.network)
        status, ended, reopened = _time(self._spans(offer), day)
        runs = status == "laeuft"
        answer = answer._replace(
            fehlend=tuple(dict.fromkeys(missing)),
            grund="beendet" if status == "beendet" and answer.ergebnis == "nein" else answer.grund,
            bis=answer.bis if runs or ended is None else ended,
            normen=(),
            regeln=(),
        )
        successors = tuple(Text(*one) for one in network["successors"])
        standard = tuple(Text(*one) for one in network["standard"])
        return OfferAnswer(
            offer,
            answer,
            status,
            reopened,
            ended,
            () if runs else successors,
            () if runs and answer.ergebnis != "nein" else standard,
            day.toordinal() > network["checked"] + _YEAR,
        )

    # --- the book of the offers ---

    def _spans(self, offer: Offer) -> list[dict[str, Any]]:
        spans: list[dict[str, Any]] | None = offer.data["spans"]
        return self.network(offer.network)["spans"] if spans is None else spans

    def _group(self, offer: Offer) -> Any:
        group = offer.data["group"]
        return self.network(offer.network)["group"] if group == "netz" else group

    def _book(self, asks: Asker) -> Book:
        if asks not in self._books:
            self._books[asks] = Book(self._data(asks))
        return self._books[asks]

    def _data(self, asks: Asker) -> dict[str, Any]:
        """A rule book of the offers that are for this asker; the others are refused to all."""
        law = self.law.data
        rules: dict[str, list[dict[str, Any]]] = {}
        targets: dict[str, Any] = {}
        for offer in self.offers:
            addressed = asks in offer.data["addressees"]
            targets[offer.id] = {
                "label": offer.data["name"],
                "hint": offer.data["service"],
                "ba": False,
                "from": None,
                "treated": None,
                "default": {
                    "outcome": "nein",
                    "grund": "beendet" if addressed else "adressat",
                    "norm": "",
                    "because": _ENDED if addressed else _ADDRESSEE,
                },
            }
            for rule in self._rules(offer) if addressed else ():
                rules.setdefault(rule["id"], []).append(rule)
        facts = dict(law["vocabulary"]["facts"])
        for name in sorted(self.law_targets()):
            facts[_LAW + name] = {
                "typ": "wahl",
                "topic": next(iter(law["vocabulary"]["topics"])),
                "werte": {outcome: {"de": outcome, "en": outcome} for outcome in OUTCOMES},
                "label": dict(zip(("de", "en"), law["targets"][name]["label"], strict=True)),
                "question": {"de": name, "en": name},
            }
        return {
            **law,
            "vocabulary": {**law["vocabulary"], "facts": facts},
            "sections": {"programm": _SECTION},
            "targets": targets,
            "rules": rules,
            "meta": {**law["meta"], "coverage_from": 1},
        }

    def _rules(self, offer: Offer) -> Iterable[dict[str, Any]]:
        """The criteria of an offer as rules: what is not met refuses, each with its ground."""
        data = offer.data
        criteria = [
            ("ort", "ort", self._place(offer), _PLACE),
            ("alter", "alter", self._age(data), _AGE),
            ("gruppe", "adressat", self._group(offer), _GROUP),
            ("bedingung", "voraussetzung_fehlt", data["condition"], _CONDITION),
        ]
        for name, ground, condition, because in criteria:
            if condition is not None:
                refused = ["not", _as_facts(condition)]
                yield _rule(offer, f"{offer.id}:{name}", because, when=refused, outcome="nein", grund=ground)
        outcome = "frei" if data["access"] == "offen" else "ermessen"
        for span in self._spans(offer):
            if not span["planned"] and not _over(span):
                dated = {"from": span["from"], "to": span["to"]}
                yield _rule(offer, offer.id, data["service"], outcome=outcome, **dated)

    def _place(self, offer: Offer) -> Any:
        network, data = self.network(offer.network), offer.data
        names: Mapping[str, str] = self.law.vocabulary.data["places"]
        land = ["fact", names["land"], "is", network["land"]]
        if data["statewide"]:
            return land
        places = network["places"] if data["places"] is None else data["places"]
        districts = data["districts"] or (network["districts"] if data["places"] is None else [])
        if not places and not districts:
            return land
        parts = [["fact", names["fact"], "in", list(places)]] if places else []
        if districts:
            parts.append(["fact", names["district"], "in", list(districts)])
        return parts[0] if len(parts) == 1 else ["any", *parts]

    def _age(self, data: Mapping[str, Any]) -> Any:
        derived = self.law.data["derived"]
        name = next((name for name, versions in derived.items() if versions[0]["kind"] == "age"), None)
        bounds = (("at_least", data["from_age"]), ("below", data["below_age"]))
        parts = [["derived", name, operator, age] for operator, age in bounds if age is not None]
        return None if not parts else parts[0] if len(parts) == 1 else ["all", *parts]


_SECTION = ["Angebote der Netzwerke", "Offers of the networks"]
_ENDED = ["Das Angebot läuft an diesem Tag nicht.", "The offer does not run on this day."]
_ADDRESSEE = ["Das Angebot richtet sich an andere.", "The offer is for others."]
_PLACE = ["Das Angebot ist für einen anderen Ort.", "The offer is for another place."]
_AGE = ["Das Angebot ist für ein anderes Alter.", "The offer is for another age."]
_GROUP = ["Der Aufenthalt gehört nicht zur Zielgruppe.", "The status is not in the target group."]
_CONDITION = ["Eine Voraussetzung des Angebots fehlt.", "A condition of the offer is missing."]


def _rule(offer: Offer, name: str, because: Any, **more: Any) -> dict[str, Any]:
    lists = ("auflagen", "schritte", "open_terms", "notes", "exception_to", "lifts")
    nothing = ("when", "unless", "antrag", "outcome", "grund", "ba", "checked", "from", "to")
    refuses = more.get("outcome") == "nein"
    return {
        "id": name,
        "targets": [offer.id],
        "normen": [],
        "because": because,
        **{key: [] for key in lists},
        **dict.fromkeys(nothing),
        "prevails_over": ["all"] if refuses else [],
        "atypical": False,
        "seen": False,
        "file": offer.data["file"],
        "line": offer.data["line"],
        **more,
    }


def _over(span: Mapping[str, Any]) -> bool:
    """Whether a span without an end is known to have one."""
    return span["to"] is None and not span["running"]


def _time(spans: Sequence[Mapping[str, Any]], day: date) -> tuple[Status, date | None, date | None]:
    """Where an offer stands in time on a day, its last day if it has ended, and when it opens again."""
    now = day.toordinal()
    running = [span for span in spans if not span["planned"]]
    if any(not _over(s) and (s["from"] or 0) <= now <= (s["to"] or now) for s in running):
        return "laeuft", None, None
    later = [span["from"] for span in running if span["from"] is not None and span["from"] > now]
    past = [span for span in running if span["from"] is None or span["from"] <= now]
    if not past:
        return ("noch_nicht_begonnen", None, None) if later else ("unbekannt", None, None)
    lasts = [span["to"] for span in past]
    ended = None if None in lasts else date.fromordinal(max(lasts))
    return "beendet", ended, date.fromordinal(min(later)) if later else None


def _outcome(answer: Answer) -> str:
    return "nein" if answer.ergebnis == "noch_nicht" else answer.ergebnis


def _targets(condition: Any) -> Iterable[str]:
    if isinstance(condition, list) and condition:
        if condition[0] == "target":
            yield condition[1]
        else:
            for part in condition[1:]:
                yield from _targets(part)


def _as_facts(condition: Any) -> Any:
    """A condition in which answers on the law are facts."""
    if not isinstance(condition, list) or not condition:
        return condition
    if condition[0] == "target":
        return ["fact", _LAW + condition[1], "in", condition[2]]
    if condition[0] in ("all", "any", "not", "unless"):
        return [condition[0], *(_as_facts(part) for part in condition[1:])]
    return condition


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
