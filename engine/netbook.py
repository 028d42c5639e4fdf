"""From offers to a rule book: a target for each offer, its criteria as rules.

The book has the vocabulary and the definitions of the law's book, of which it keeps only what the offers
use. What an offer asks of the law (further training is not paid) is a fact here; its value is the answer
on the law.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import OUTCOMES, Book
from wegweiser.engine.nettime import runs, unsettled

__all__ = ["AREA", "LAW", "SECTION", "as_facts", "law_outcome", "law_targets", "offers_book", "place_of"]

LAW = "recht "
"""What the name of a fact begins with that stands for an answer on the law."""

Data = Mapping[str, Any]

AREA = "programm"
"""What the names of offers begin with."""
SECTION = ["Angebote der Netzwerke", "Offers of the networks"]
_ENDED = ["Das Angebot läuft an diesem Tag nicht.", "The offer does not run on this day."]
_ADDRESSEE = ["Das Angebot richtet sich an andere.", "The offer is for others."]
_PLACE = ["Das Angebot ist für einen anderen Ort.", "The offer is for another place."]
_AGE = ["Das Angebot ist für ein anderes Alter.", "The offer is for another age."]
_GROUP = ["Der Aufenthalt gehört nicht zur Zielgruppe.", "The status is not in the target group."]
_CONDITION = ["Eine Voraussetzung des Angebots fehlt.", "A condition of the offer is missing."]
_YOUNG = ["Für dieses Alter sagt die Quelle nichts.", "The source says nothing on this age."]
_UNDATED = ["Ob das Angebot an diesem Tag lief, ist nicht bekannt.", "Whether the offer ran is not known."]


def offers_book(law: Book, networks: Sequence[Data], asks: str) -> Book:
    """The rule book of all offers of some networks, as they are for somebody who asks."""
    content = json.dumps(networks, ensure_ascii=False)
    digest = hashlib.sha256(f"{law.hash} {asks} {content}".encode()).hexdigest()
    return Book(_data(law, networks, asks), digest, law.shelf_beside(digest))


def law_targets(networks: Iterable[Data]) -> set[str]:
    """The targets of the law that some offer or remark asks for."""
    return {
        target for network in networks for condition in _conditions(network) for target in _targets(condition)
    }


def law_outcome(answer: Answer) -> str | None:
    """An answer on the law as the value of a fact; None where it is open."""
    return {"unklar": None, "noch_nicht": "nein"}.get(answer.ergebnis, answer.ergebnis)


def as_facts(condition: Any) -> Any:
    """A condition in which answers on the law are facts."""
    if not isinstance(condition, list) or not condition:
        return condition
    if condition[0] == "target":
        return ["fact", LAW + condition[1], "in", condition[2]]
    if condition[0] in ("all", "any", "not", "unless"):
        return [condition[0], *(as_facts(part) for part in condition[1:])]
    return condition


def _conditions(network: Data) -> list[Any]:
    found = [network["group"], *(note["when"] for note in network["notes"])]
    return found + [offer[key] for offer in network["offers"] for key in ("group", "condition")]


def _targets(condition: Any) -> Iterable[str]:
    if isinstance(condition, list) and condition:
        if condition[0] == "target":
            yield condition[1]
        else:
            for part in condition[1:]:
                yield from _targets(part)


def _data(law: Book, networks: Sequence[Data], asks: str) -> dict[str, Any]:
    data = law.data
    rules: dict[str, list[dict[str, Any]]] = {}
    targets: dict[str, Any] = {}
    for network in networks:
        for offer in network["offers"]:
            addressed = asks in offer["addressees"]
            targets[offer["id"]] = _target(offer, addressed=addressed)
            for rule in _rules(law, network, offer) if addressed else ():
                rules.setdefault(rule["id"], []).append(rule)
    facts = dict(data["vocabulary"]["facts"])
    for name in sorted(law_targets(networks)):
        facts[LAW + name] = {
            "typ": "wahl",
            "topic": next(iter(data["vocabulary"]["topics"])),
            "werte": {outcome: {"de": outcome, "en": outcome} for outcome in OUTCOMES},
            "label": dict(zip(("de", "en"), data["targets"][name]["label"], strict=True)),
            "question": {"de": name, "en": name},
        }
    remarks = [condition for network in networks for condition in _conditions(network)]
    only_ifs = [entry.get("only_if") for entry in facts.values()]
    return {
        **data,
        **_used(data, [rules, remarks, only_ifs, data["relations"]]),
        "vocabulary": {**data["vocabulary"], "facts": facts},
        "sections": {AREA: SECTION},
        "targets": targets,
        "rules": rules,
        "meta": {**data["meta"], "coverage_from": 1},
    }


def _used(data: Data, roots: list[Any]) -> dict[str, Any]:
    """The definitions, lists and parameters that some entries name, directly or through each other."""
    kinds = ("derived", "lists", "parameters")
    found: dict[str, dict[str, Any]] = {kind: {} for kind in kinds}
    stack = list(roots)
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list | tuple):
            stack += value
        elif isinstance(value, str):
            for kind in kinds:
                if value in data[kind] and value not in found[kind]:
                    found[kind][value] = data[kind][value]
                    stack.append(data[kind][value])
    age = _age_name(data)
    if age is not None:
        found["derived"][age] = data["derived"][age]
    return found


def _target(offer: Data, *, addressed: bool) -> dict[str, Any]:
    return {
        "label": offer["name"],
        "hint": offer["service"],
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


def _rules(law: Book, network: Data, offer: Data) -> Iterable[dict[str, Any]]:
    """The criteria of an offer as rules: what is not met refuses, each with its ground."""
    group = network["group"] if offer["group"] == "netz" else offer["group"]
    criteria = [
        ("ort", "ort", place_of(law, network, offer), _PLACE),
        ("alter", "alter", _ages(law, offer), _AGE),
        ("gruppe", "adressat", group, _GROUP),
        ("bedingung", "voraussetzung_fehlt", offer["condition"], _CONDITION),
    ]
    for name, ground, condition, because in criteria:
        if condition is not None:
            refused = ["not", as_facts(condition)]
            yield _rule(
                offer,
                f"{offer['id']}:{name}",
                because,
                when=refused,
                outcome="nein",
                grund=ground,
                prevails_over=["all"],
            )
    outcome = "frei" if offer["access"] == "offen" else "ermessen"
    for span in network["spans"] if offer["spans"] is None else offer["spans"]:
        dated = {"from": span["from"], "to": span["to"]}
        if runs(span):
            yield _rule(offer, offer["id"], offer["service"], outcome=outcome, **dated)
        elif unsettled(span):
            dated["to"] = span["latest"]
            yield _rule(offer, f"{offer['id']}:zeit", _UNDATED, outcome="offen", **dated)
        else:
            continue
        if offer["open_below"] is not None:
            young = ["derived", _age_name(law.data), "below", offer["open_below"]]
            gives_way = [offer["id"]] if runs(span) else []
            yield _rule(
                offer,
                f"{offer['id']}:jung",
                _YOUNG,
                when=young,
                outcome="offen",
                prevails_over=gives_way,
                **dated,
            )


def place_of(law: Book, network: Data, offer: Data) -> Any:
    """The condition that a person lives where an offer is."""
    names: Mapping[str, Any] = law.vocabulary.data["places"]
    land = ["fact", names["land"], "is", network["land"]]
    if offer["statewide"]:
        return land
    places = network["places"] if offer["places"] is None else offer["places"]
    districts = offer["districts"] or (network["districts"] if offer["places"] is None else [])
    shared = [name for name in places if isinstance(names["places"].get(name), list)]
    alone = [name for name in places if name not in shared]
    parts: list[Any] = [["fact", names["fact"], "in", alone]] if alone else []
    parts += [["all", ["fact", names["fact"], "is", name], land] for name in shared]
    if districts:
        parts.append(["fact", names["district"], "in", list(districts)])
    if not parts:
        return land
    return parts[0] if len(parts) == 1 else ["any", *parts]


def _ages(law: Book, offer: Data) -> Any:
    bounds = (("at_least", offer["from_age"]), ("below", offer["below_age"]))
    parts = [["derived", _age_name(law.data), operator, age] for operator, age in bounds if age is not None]
    return None if not parts else parts[0] if len(parts) == 1 else ["all", *parts]


def _age_name(data: Data) -> str | None:
    derived: Mapping[str, Any] = data["derived"]
    return next((name for name, versions in derived.items() if versions[0]["kind"] == "age"), None)


def _rule(offer: Data, name: str, because: Any, **more: Any) -> dict[str, Any]:
    lists = ("auflagen", "schritte", "open_terms", "notes", "exception_to", "lifts", "prevails_over")
    nothing = ("when", "unless", "antrag", "outcome", "grund", "ba", "checked", "from", "to")
    return {
        "id": name,
        "targets": [offer["id"]],
        "normen": [],
        "because": because,
        **{key: [] for key in lists},
        **dict.fromkeys(nothing),
        "atypical": False,
        "seen": False,
        "file": offer["file"],
        "line": offer["line"],
        **more,
    }
