"""The files of one network checked against each other and against the rule book."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wegweiser.engine.conditions import Reader, Scope
from wegweiser.engine.loading import Source
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.netbook import AREA
from wegweiser.engine.plain import bilingual, jsonable
from wegweiser.engine.text import Text
from wegweiser.engine.values import iso_day

__all__ = ["Linker"]

_NAME = re.compile(r"[a-z0-9_]+")
_PERSONAL = re.compile(r"@|\d[\d /()-]{5,}\d|\b(?:Frau|Herr|Mr|Mrs|Ms)\s+[A-ZÄÖÜ]")
"""What looks like a mail address, a telephone number or a person's name."""
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\b(?:19|20)\d{2} ?[-–/] ?(?:(?:19|20)\d{2}|\d{2})\b"
)
"""Days and spans of years, which are no telephone numbers."""


class Linker:
    """Checks the files of one network against each other and against the rule book."""

    def __init__(
        self,
        sources: dict[str, Source],
        name: str,
        scope: Scope,
        taken: frozenset[str],
    ) -> None:
        self.name = name
        self.scope = scope
        self.known_places: dict[str, Any] = scope.vocabulary.data.get("places") or {}
        self.taken = taken
        self.sources = sources
        self.network = sources["netz.yaml"]
        self.origins: dict[str, Any] = sources["quellen.yaml"].value["quellen"]
        self.offers = {
            name.removeprefix("angebote/").removesuffix(".yaml"): source
            for name, source in sources.items()
            if source.kind == "angebot"
        }

    def data(self) -> dict[str, Any]:
        """The plain data of the network."""
        value = self.network.value
        if value["netz"] != self.name or not _NAME.fullmatch(self.name):
            text = Text(f"der Ordner heißt „{self.name}“", f"the folder is called “{self.name}”")
            self.network.report(("netz",), text)
        if value["netz"] in self.taken:
            self.network.report(
                ("netz",), Text("dieses Netz gibt es schon", "there is a network of this name already")
            )
        for source in self.sources.values():
            _refuse_personal(source, source.document.value, ())
        self._known(self.network, value.get("eingang"), self.offers, ("eingang",))
        if not self.known_places:
            nowhere = Text("dieses Regelwerk kennt keine Orte", "this rule book knows no places")
            self.network.report(("ort",), nowhere)
            return {}
        area = value["ort"]
        self._lands(self.network, area["bundesland"], ("ort", "bundesland"))
        places = self._places(self.network, area.get("orte", []), ("ort", "orte"))
        return {
            "id": value["netz"],
            "name": bilingual(value["name"]),
            "land": value["ort"]["bundesland"],
            "places": places,
            "districts": area.get("landkreise", []),
            "regions": [
                self._region(entry, places, ("ort", "regionen", place))
                for place, entry in enumerate(area.get("regionen", []))
            ],
            "provider": bilingual(value["traeger"]),
            "role": bilingual(value["rolle"]),
            "funding": bilingual(value.get("foerderung")),
            "spans": self._spans(self.network, value["zeitraeume"], ("zeitraeume",)),
            "group": self._condition(self.network, value.get("zielgruppe"), ("zielgruppe",)),
            "entry": value.get("eingang"),
            "successors": [bilingual(one) for one in value.get("nachfolge", [])],
            "standard": [bilingual(one) for one in value["regelstruktur"]],
            "checked": value["geprueft_am"].toordinal(),
            "offers": [self._offer(name, source, places) for name, source in self.offers.items()],
            "notes": self._notes(),
            "origins": {name: jsonable(entry) for name, entry in self.origins.items()},
            "examples": self._examples(),
            "file": self.network.name,
        }

    def _places(self, source: Source, places: list[str], path: tuple[str | int, ...]) -> list[str]:
        """Municipalities in their usual spelling; one that lies in another Land is a fault."""
        land = self.network.value["ort"]["bundesland"]
        found = []
        for number, one in enumerate(places):
            name = self.scope.vocabulary.place_name(one)
            lands = self.known_places["places"].get(name, land)
            if land not in (lands if isinstance(lands, list) else [lands]):
                other = "/".join(lands) if isinstance(lands, list) else lands
                lies = Text(
                    f"„{one}“ liegt in {other}, nicht in {land}", f"“{one}” is in {other}, not in {land}"
                )
                source.report((*path, number), lies)
            found.append(name)
        return found

    def _region(
        self, entry: dict[str, Any], places: list[str], path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        own = self._places(self.network, entry.get("orte", []), (*path, "orte"))
        for number, one in enumerate(own):
            self._known(self.network, one, places, (*path, "orte", number))
        for number, one in enumerate(entry.get("landkreise", [])):
            known = self.network.value["ort"].get("landkreise", [])
            self._known(self.network, one, known, (*path, "landkreise", number))
        return {
            "id": entry["id"],
            "name": bilingual(entry["name"]),
            "places": own,
            "districts": entry.get("landkreise", []),
            "contacts": [bilingual(one) for one in entry["stellen"]],
            "partners": [bilingual(one) for one in entry.get("partner", [])],
        }

    def _offer(self, name: str, source: Source, places: list[str]) -> dict[str, Any]:
        value = source.value
        if not _NAME.fullmatch(name):
            source.report(
                (), Text("Dateinamen bestehen aus a-z, 0-9 und _", "file names consist of a-z, 0-9 and _")
            )
        districts = self.network.value["ort"].get("landkreise", [])
        own = None if value.get("orte") is None else self._places(source, value["orte"], ("orte",))
        for number, one in enumerate(own or []):
            self._known(source, one, places, ("orte", number))
        for number, one in enumerate(value.get("landkreise") or []):
            self._known(source, one, districts, ("landkreise", number))
        ages = value.get("alter") or {}
        low, high = ages.get("ab"), ages.get("unter")
        if low is not None and high is not None and low >= high:
            source.report(("alter",), Text("„ab“ liegt nicht unter „unter“", "“ab” is not below “unter”"))
        if ages and not any(kind == "age" for kind, _ in self.scope.derived.values()):
            ageless = Text("dieses Regelwerk kennt kein Alter", "this rule book knows no age")
            source.report(("alter",), ageless)
        self._known(source, value["quelle"], self.origins, ("quelle",))
        for place, target in enumerate(value.get("bezug", [])):
            self._known(source, target, self.scope.targets, ("bezug", place))
        group = value.get("zielgruppe")
        if group == "netz" and self.network.value.get("zielgruppe") is None:
            source.report(
                ("zielgruppe",), Text("netz.yaml nennt keine Zielgruppe", "netz.yaml names no target group")
            )
        return {
            "id": f"{AREA}.{self.name}.{name}",
            "name": bilingual(value["name"]),
            "provider": bilingual(value.get("traeger")),
            "category": value["kategorie"],
            "addressees": value["adressat"],
            "access": value["zugang"],
            "places": own,
            "districts": value.get("landkreise", []),
            "statewide": value.get("landesweit", False),
            "from_age": low,
            "below_age": high,
            "open_below": ages.get("offen_unter"),
            "group": "netz" if group == "netz" else self._condition(source, group, ("zielgruppe",)),
            "condition": self._condition(source, value.get("bedingung"), ("bedingung",)),
            "service": bilingual(value["leistung"]),
            "partners": [bilingual(one) for one in value.get("partner", [])],
            "role": bilingual(value["rolle"]),
            "law": value.get("bezug", []),
            "spans": None
            if value.get("zeitraeume") is None
            else self._spans(source, value["zeitraeume"], ("zeitraeume",)),
            "rank": value.get("rang", 50),
            "origin": value["quelle"],
            "file": source.name,
            "line": 1,
        }

    def _spans(self, source: Source, spans: list[dict[str, Any]], path: tuple[str | int, ...]) -> list[Any]:
        found = []
        end: int | None = None
        for place, span in enumerate(spans):
            first, last = span.get("von"), span.get("bis")
            if first is not None and last is not None and last < first:
                source.report((*path, place), Text("„bis“ liegt vor „von“", "“bis” lies before “von”"))
            if end is not None and first is not None and first.toordinal() <= end:
                source.report(
                    (*path, place),
                    Text("beginnt, bevor der vorige Zeitraum endet", "begins before the previous one ends"),
                )
            latest = span.get("spaetestens_bis")
            if last is not None and (latest is not None or span.get("laufend")):
                source.report(
                    (*path, place),
                    Text(
                        "mit „bis“ gibt es weder „laufend“ noch „spaetestens_bis“",
                        "with “bis” there is neither “laufend” nor “spaetestens_bis”",
                    ),
                )
            self._known(source, span["quelle"], self.origins, (*path, place, "quelle"))
            last = last or latest
            end = last.toordinal() if last is not None else end
            found.append(
                {
                    "from": None if first is None else first.toordinal(),
                    "to": None if last is None or latest is not None else last.toordinal(),
                    "latest": None if latest is None else latest.toordinal(),
                    "running": span.get("laufend", False),
                    "planned": span.get("phase") == "planung",
                    "certainty": span["sicherheit"],
                    "origin": span["quelle"],
                    "note": bilingual(span.get("hinweis")),
                }
            )
        return found

    def _notes(self) -> list[dict[str, Any]]:
        source = self.sources.get("weiterleitung.yaml")
        if source is None:
            return []
        found = []
        for place, note in enumerate(source.value["hinweise"]):
            path = ("hinweise", place)
            for position, name in enumerate(note.get("angebote", [])):
                self._known(source, name, self.offers, (*path, "angebote", position))
            found.append(
                {
                    "id": note["id"],
                    "when": self._condition(source, note.get("when"), (*path, "when")),
                    "offers": note.get("angebote", []),
                    "text": bilingual(note["text"]),
                }
            )
        return found

    def _examples(self) -> list[dict[str, Any]]:
        source = self.sources.get("beispiele.yaml")
        if source is None:
            return []
        profiles = source.value.get("profiles", {})
        for name, given in profiles.items():
            self._facts(source, given, ("profiles", name))
        found = []
        for place, entry in enumerate(source.value["examples"]):
            path: tuple[str | int, ...] = ("examples", place)
            self._facts(source, entry.get("given", {}), (*path, "given"))
            self._known(source, entry.get("profile"), profiles, (*path, "profile"))
            for day, offers in entry["expect"].items():
                parsed = iso_day(day)
                if isinstance(parsed, Text):
                    source.report((*path, "expect", day), parsed)
                for name in offers:
                    self._known(source, name, self.offers, (*path, "expect", day, name))
            found.append(
                {
                    "name": entry["name"],
                    "given": jsonable({**profiles.get(entry.get("profile"), {}), **entry.get("given", {})}),
                    "asks": entry.get("fragt", "ratsuchend"),
                    "expect": {
                        day: {
                            f"{AREA}.{self.name}.{name}": jsonable(
                                wanted if isinstance(wanted, dict) else {"ergebnis": wanted}
                            )
                            for name, wanted in offers.items()
                        }
                        for day, offers in entry["expect"].items()
                    },
                    "file": source.name,
                    "line": source.line(path),
                }
            )
        return found

    def _facts(self, source: Source, given: dict[str, Any], path: tuple[str | int, ...]) -> None:
        """The facts of a person in an example: known names with fitting values."""
        vocabulary = self.scope.vocabulary
        for name, raw in given.items():
            if name not in vocabulary:
                source.report((*path, name), vocabulary.unknown_name(name))
            elif vocabulary.fact(name).typ != "liste":
                value = vocabulary.parse_value(name, raw)
                if isinstance(value, Text):
                    source.report((*path, name), value)

    def _condition(self, source: Source, raw: Any, path: tuple[str | int, ...]) -> Any:
        return None if raw is None else Reader(self.scope, source.report).condition(raw, path)

    def _lands(self, source: Source, land: str, path: tuple[str | int, ...]) -> None:
        name: str = (self.scope.vocabulary.data.get("places") or {}).get("land", "")
        if name in self.scope.vocabulary:
            self._known(source, land, self.scope.vocabulary.fact(name).werte, path)

    @staticmethod
    def _known(source: Source, name: Any, known: Iterable[str], path: tuple[str | int, ...]) -> None:
        """Note a fault where a name does not exist."""
        if name is not None and name not in known:
            source.report(
                path, did_you_mean(Text(f"„{name}“ gibt es nicht", f"there is no “{name}”"), name, known)
            )


def _refuse_personal(source: Source, value: Any, path: tuple[str | int, ...]) -> None:
    """Contacts are roles and organisations, never persons, numbers or addresses."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key != "adresse":
                _refuse_personal(source, entry, (*path, key))
    elif isinstance(value, list):
        for place, entry in enumerate(value):
            _refuse_personal(source, entry, (*path, place))
    elif isinstance(value, str) and _PERSONAL.search(_DAY.sub("", value)):
        source.report(
            path,
            Text(
                "sieht nach Person, Telefonnummer oder Mailadresse aus; Kontakte sind Rollen und Stellen",
                "looks like a person, telephone number or mail address; contacts are roles and organisations",
            ),
        )
