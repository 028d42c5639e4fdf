"""What `wegweiser netz` shows of networks and offers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.cli.conditions_text import condition_rows
from wegweiser.cli.facts_text import fact_label, value_text
from wegweiser.cli.layout import entry, heading, paragraph
from wegweiser.cli.offers_text import ACCESS, CERTAINTY
from wegweiser.cli.words import day as shown_day
from wegweiser.engine.netbook import AREA
from wegweiser.engine.nettime import standing
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.nettime import Standing
    from wegweiser.engine.networks import Networks, Offer

    Data = Mapping[str, Any]

__all__ = ["network_json", "network_page", "offer_json", "offer_page", "overview_page"]

_COLUMN = 18
_HEADS = (Text("NETZ", "NETWORK"), Text("NAME", "NAME"), Text("STAND", "STATUS"), Text("ANGEBOTE", "OFFERS"))
_STATUS = {
    "laeuft": Text("läuft", "runs"),
    "beendet": Text("beendet", "ended"),
    "noch_nicht_begonnen": Text("noch nicht begonnen", "not begun yet"),
    "unbekannt": Text("nicht bekannt", "not known"),
}
_ASKERS = {
    "ratsuchend": Text("Ratsuchende", "persons seeking advice"),
    "arbeitgeber": Text("Betriebe", "employers"),
    "akteur": Text("Haupt- und Ehrenamtliche", "paid and voluntary workers"),
}


def overview_page(networks: Networks, day: date, settings: Settings) -> str:
    """All networks, one row each."""
    from wegweiser.cli.tables import table

    lang = settings.lang
    rows = [
        [
            str(one["id"]),
            f"{_text(one['name'], lang)}\n  {_land(networks.law, one, lang)}",
            _stands(standing(one["spans"], day), lang),
            str(len(one["offers"])),
        ]
        for one in networks.all
    ]
    if not rows:
        none = Text("Keine Netze im Regelwerk.", "No networks in the rule book.")
        return settings.terminal.clean(settings.say(none)) + "\n"
    more = Text("Mehr: wegweiser netz zeige ID", "More: wegweiser networks show ID")
    lines = paragraph(more.get(lang), settings.terminal)
    return table([head.get(lang) for head in _HEADS], rows, settings.terminal) + "\n".join(lines) + "\n"


def network_page(network: Data, networks: Networks, day: date, settings: Settings) -> str:
    """One network with its offers in the order of the route."""
    page = _Page(networks.law, settings)
    lang = settings.lang
    page.heading(f"{network['id']} · {_text(network['name'], lang)}")
    page.entry(Text("Ort", "Place"), _where(networks.law, network, lang))
    page.entry(
        Text("Koordination", "Coordination"),
        f"{page.text('provider', network)}; {page.text('role', network)}",
    )
    page.entry(Text("Förderung", "Funding"), page.text("funding", network))
    page.entry(Text("Stand", "Status"), _stands(standing(network["spans"], day), lang))
    page.spans(network["spans"])
    page.condition(Text("Zielgruppe", "Target group"), network["group"])
    page.lines += ["", *heading(Text("Angebote", "Offers").get(lang), settings.terminal)]
    for offer in networks.offers:
        if offer.network is network:
            whom = ", ".join(_ASKERS[one].get(lang) for one in offer.data["addressees"])
            page.lines += paragraph(
                f"{offer.id}: {offer.name.get(lang)} ({whom})", settings.terminal, "  ", "    "
            )
    page.lines.append("")
    page.several(Text("Nachfolge", "Successor"), network["successors"])
    page.several(Text("Regelstruktur", "Standard structure"), network["standard"])
    for region in network["regions"]:
        said = "; ".join(_text(one, lang) for one in (*region["contacts"], *region["partners"]))
        page.entry(Text(*region["name"]), said)
    page.several(Text("Hinweise", "Remarks"), [note["text"] for note in network["notes"]])
    page.origins(network)
    return page.whole()


def offer_page(offer: Offer, book: Book, day: date, settings: Settings) -> str:
    """One offer with everything that its file says."""
    page = _Page(book, settings)
    lang, data = settings.lang, offer.data
    page.heading(f"{offer.id} · {offer.name.get(lang)}")
    page.entry(Text("Leistung", "Service"), page.text("service", data))
    page.entry(Text("Träger", "Provider"), offer.provider.get(lang))
    page.entry(Text("Ansprechstelle", "Contact"), offer.role.get(lang))
    page.entry(Text("Für", "For"), ", ".join(_ASKERS[one].get(lang) for one in data["addressees"]))
    page.entry(Text("Zugang", "Access"), ACCESS[data["access"]].get(lang))
    page.entry(Text("Ort", "Place"), _offer_place(book, offer, lang))
    page.entry(Text("Alter", "Age"), _ages(data, lang))
    page.entry(Text("Stand", "Status"), _stands(standing(offer.spans, day), lang))
    page.spans(offer.spans)
    page.condition(
        Text("Zielgruppe", "Target group"),
        offer.network["group"] if data["group"] == "netz" else data["group"],
    )
    page.condition(Text("Voraussetzungen", "Conditions"), data["condition"])
    page.several(Text("Partner", "Partners"), data["partners"])
    page.entry(
        Text("Recht dazu", "Law on it"), ", ".join(fact_label(book, name, lang) for name in data["law"])
    )
    page.several(
        Text("Hinweise", "Remarks"),
        [
            note["text"]
            for note in offer.network["notes"]
            if not note["offers"] or offer.id.rpartition(".")[2] in note["offers"]
        ],
    )
    page.entry(Text("Quelle", "Source"), page.origin(offer.network, data["origin"]))
    page.entry(Text("Datei", "File"), data["file"])
    return page.whole()


def network_json(network: Data, networks: Networks, day: date, lang: str) -> dict[str, Any]:
    """A network as a document; its offers by name."""
    stands = standing(network["spans"], day)
    return {
        "netz": network["id"],
        "name": _text(network["name"], lang),
        "bundesland": network["land"],
        "orte": list(network["places"]),
        "landkreise": list(network["districts"]),
        "traeger": _text(network["provider"], lang),
        "rolle": _text(network["role"], lang),
        "zeitstatus": stands.status,
        "zeitraeume": [_span_json(span) for span in network["spans"]],
        "angebote": [offer.id for offer in networks.offers if offer.network is network],
        "eingang": f"{AREA}.{network['id']}.{network['entry']}" if network["entry"] else None,
        "nachfolge": [_text(one, lang) for one in network["successors"]],
        "regelstruktur": [_text(one, lang) for one in network["standard"]],
        "geprueft_am": date.fromordinal(network["checked"]).isoformat(),
    }


def offer_json(offer: Offer, day: date, lang: str) -> dict[str, Any]:
    """An offer as a document."""
    data = offer.data
    return {
        "ziel": offer.id,
        "name": offer.name.get(lang),
        "traeger": offer.provider.get(lang),
        "rolle": offer.role.get(lang),
        "kategorie": data["category"],
        "adressat": list(data["addressees"]),
        "zugang": data["access"],
        "leistung": _text(data["service"], lang),
        "partner": [_text(one, lang) for one in data["partners"]],
        "alter": {"ab": data["from_age"], "unter": data["below_age"]},
        "orte": list(offer.network["places"] if data["places"] is None else data["places"]),
        "bezug": list(data["law"]),
        "zeitstatus": standing(offer.spans, day).status,
        "zeitraeume": [_span_json(span) for span in offer.spans],
    }


def _span_json(span: Data) -> dict[str, Any]:
    days = {
        key: None if span[name] is None else date.fromordinal(span[name]).isoformat()
        for key, name in (("von", "from"), ("bis", "to"), ("spaetestens_bis", "latest"))
    }
    return {**days, "phase": "planung" if span["planned"] else "laeuft", "sicherheit": span["certainty"]}


def _text(pair: Sequence[str], lang: str) -> str:
    return pair[0 if lang == "de" else 1]


def _land(book: Book, network: Data, lang: str) -> str:
    return value_text(book, book.vocabulary.data["places"]["land"], network["land"], lang)


def _where(book: Book, network: Data, lang: str) -> str:
    """The places of a network, or its Land."""
    districts = Text("Landkreis {}", "district of {}").get(lang)
    named = [*network["places"], *(districts.format(one) for one in network["districts"])]
    land = _land(book, network, lang)
    return f"{land}: {', '.join(named)}" if named and named != [land] else land


def _offer_place(book: Book, offer: Offer, lang: str) -> str:
    data = offer.data
    if data["statewide"]:
        return _land(book, offer.network, lang)
    if data["places"] is None:
        return _where(book, offer.network, lang)
    return ", ".join([*data["places"], *data["districts"]])


def _ages(data: Data, lang: str) -> str:
    parts = []
    for key, text in (
        ("from_age", Text("ab {}", "from {}")),
        ("below_age", Text("unter {}", "below {}")),
        ("open_below", Text("unter {} offen", "open below {}")),
    ):
        if data[key] is not None:
            parts.append(text.get(lang).format(data[key]))
    return ", ".join(parts)


def _stands(stands: Standing, lang: str) -> str:
    said = _STATUS[stands.status].get(lang)
    if stands.ended is not None:
        said += " " + Text("am {}", "on {}").get(lang).format(shown_day(stands.ended, lang))
    if stands.opens is not None:
        said += Text(", ab {}", ", from {}").get(lang).format(shown_day(stands.opens, lang))
    return said


class _Page:
    """Lines of a page while they are put together."""

    def __init__(self, book: Book, settings: Settings) -> None:
        self.book = book
        self.settings = settings
        self.lang = settings.lang
        self.lines: list[str] = []

    def whole(self) -> str:
        return "\n".join(self.lines) + "\n"

    def heading(self, text: str) -> None:
        self.lines += heading(text, self.settings.terminal)

    def text(self, key: str, data: Data) -> str:
        return _text(data[key], self.lang) if data[key] else ""

    def entry(self, label: Text, text: str) -> None:
        """A line with a label, where there is anything to say."""
        if text:
            self.lines += entry(label.get(self.lang), text, self.settings.terminal, _COLUMN, 0)

    def several(self, label: Text, pairs: Sequence[Sequence[str]]) -> None:
        for number, pair in enumerate(pairs):
            self.entry(
                Text("", "") if number and not self.settings.terminal.linear else label,
                _text(pair, self.lang),
            )

    def condition(self, label: Text, condition: Any) -> None:
        """What is asked for, one row each."""
        from wegweiser.engine.cards import asked

        if condition is None:
            return
        self.lines += paragraph(f"{label.get(self.lang)}:", self.settings.terminal)
        for row in condition_rows(self.book, asked(self.book, condition), self.lang, card=True):
            indent = "  " * (row.depth + 1)
            self.lines += paragraph(
                f"- {row.label} {row.value}".strip(), self.settings.terminal, indent, indent + "  "
            )

    def spans(self, spans: Sequence[Data]) -> None:
        """The times in which it runs, each with how sure it is."""
        for span in spans:
            parts = []
            for key, text in (
                ("from", Text("ab {}", "from {}")),
                ("to", Text("bis {}", "until {}")),
                ("latest", Text("vorbei spätestens am {}", "over on {} at the latest")),
            ):
                if span[key] is not None:
                    parts.append(
                        text.get(self.lang).format(shown_day(date.fromordinal(span[key]), self.lang))
                    )
            if span["planned"]:
                parts.append(Text("nur geplant", "planned only").get(self.lang))
            if span["certainty"] in CERTAINTY:
                parts.append(CERTAINTY[span["certainty"]].get(self.lang))
            if span["note"]:
                parts.append(_text(span["note"], self.lang))
            self.entry(Text("Zeitraum", "Time"), "; ".join(parts))

    def origin(self, network: Data, name: str) -> str:
        found = network["origins"][name]
        read = date.fromisoformat(found["gelesen_am"])
        text = Text("{} (gelesen am {})", "{} (read on {})").get(self.lang)
        return text.format(found["titel"][self.lang], shown_day(read, self.lang))

    def origins(self, network: Data) -> None:
        for name in network["origins"]:
            self.entry(Text("Quelle", "Source"), self.origin(network, name))
        checked = shown_day(date.fromordinal(network["checked"]), self.lang)
        self.entry(Text("Geprüft am", "Checked on"), checked)
