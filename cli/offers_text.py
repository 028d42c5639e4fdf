"""Who accompanies: the offers of networks for one person, in the order of the route."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wegweiser.cli.facts_text import fact_label
from wegweiser.cli.layout import entry, paragraph
from wegweiser.cli.words import GRUND, NOTE_KINDS, day, enumerate_words, numbered
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wegweiser.cli.settings import Settings
    from wegweiser.engine.book import Book
    from wegweiser.engine.networks import Networks, OfferAnswer
    from wegweiser.engine.profile import Profile

__all__ = ["ACCESS", "CERTAINTY", "offers_section"]

CERTAINTY = {
    "sekundaer": Text("nach öffentlichen Seiten", "according to public pages"),
    "abgeleitet": Text("aus dem Förderprogramm abgeleitet", "inferred from the funding programme"),
    "annahme": Text("angenommen", "assumed"),
}
"""How sure a time is, where the source itself does not say it."""

ACCESS = {
    "offen": Text("offen, ohne Entscheidung des Trägers", "open, without a decision of the provider"),
    "platz": Text("über Plätze entscheidet der Träger", "the provider decides on places"),
    "einladung": Text("auf Einladung", "by invitation"),
}
_MARK = {"gefahr": "!"}
_SPOKEN = {"!": NOTE_KINDS["gefahr"], "-": NOTE_KINDS["hinweis"], "?": Text("", "")}
"""The marks for screen readers; what is open says so itself."""
_NO_PLACE = Text(
    "Für die Angebote der Netzwerke fehlt der Wohnort.",
    "For the offers of the networks the place of residence is missing.",
)
_NOWHERE = Text("An diesem Ort ist kein Netzwerk im Verzeichnis.", "No network on file works at this place.")
_STANDARD = Text("Zuständig sind: {}.", "In charge: {}.")
_NOW = Text("Jetzt zuständig: {}.", "In charge now: {}.")
_OLD = Text(
    "Stand der Angaben: {}. Vor dem Weitergeben prüfen.",
    "State of the information: {}. Check before passing on.",
)


def offers_section(
    networks: Networks,
    companions: Sequence[OfferAnswer],
    profile: Profile,
    numbers: Mapping[str, int],
    settings: Settings,
    asks: str,
) -> list[str]:
    """The lines of the section; none where no offer was asked for.

    `numbers` are those of the targets of the law in the table of the page.
    """
    if not companions:
        return []
    near = _near(networks, [one for one in companions if one.offer.for_whom(asks)], profile)
    lines: list[str] = []
    for told in near:
        lines += _Network(told, networks.law, numbers, settings).lines()
    if not near:
        known = _land(networks, profile) is not None
        general = enumerate_words([one.get(settings.lang) for one in networks.standard], settings.lang)
        said = [_NOWHERE if known else _NO_PLACE, *([_STANDARD] if general else [])]
        for text in said:
            lines += paragraph(text.get(settings.lang).format(general), settings.terminal, "  ")
    return lines


def _land(networks: Networks, profile: Profile) -> object:
    """The Land of the person, where it is known."""
    places = networks.law.vocabulary.data.get("places") or {}
    return profile.stated.get(places.get("land", ""))


def _near(networks: Networks, companions: Sequence[OfferAnswer], profile: Profile) -> list[list[OfferAnswer]]:
    """The offers for this person's place, network by network."""
    land = _land(networks, profile)
    found = []
    for network in networks.all:
        told = [one for one in companions if one.offer.network is network and one.here is not False]
        if any(one.here for one in told) or (told and land == network["land"]):
            found.append(told)
    return found


class _Network:
    """What one network has for a person."""

    def __init__(
        self, told: list[OfferAnswer], book: Book, numbers: Mapping[str, int], settings: Settings
    ) -> None:
        self.told = told
        self.book = book
        self.numbers = numbers
        self.settings = settings
        self.lang = settings.lang
        self.network = told[0].offer.network

    def say(self, text: Text, *parts: object) -> str:
        return text.get(self.lang).format(*parts)

    def line(self, text: str, mark: str = "") -> list[str]:
        """One statement, indented below the network."""
        terminal = self.settings.terminal
        if terminal.linear and mark in _SPOKEN:
            mark = _SPOKEN[mark].get(self.lang)
        return entry(mark, text, terminal, 6, 4) if mark else paragraph(text, terminal, "    ")

    def lines(self) -> list[str]:
        """Everything on the network."""
        name = Text(*self.network["name"]).get(self.lang)
        found = paragraph(name, self.settings.terminal, "  ", "    ", "head")
        fitting = [one for one in self.told if one.answer.ergebnis != "nein"]
        decided = [one for one in fitting if one.answer.ergebnis != "unklar"]
        for number, one in enumerate(decided, 1):
            found += self.offer(one, number)
        found += self.undecided([one for one in fitting if one.answer.ergebnis == "unklar"])
        over = [one for one in self.told if one.answer.grund == "beendet"]
        if over:
            found += self.ended(over, whole=not fitting)
        found += self.folded()
        found += self.region(fitting)
        if fitting:
            found += self.remarks(fitting)
        standard = next((one.standard for one in self.told if one.standard), ())
        if not fitting and standard:
            words = enumerate_words([one.get(self.lang) for one in standard], self.lang)
            found += self.line(self.say(_NOW if over else _STANDARD, words))
        if fitting and self.told[0].stale:
            checked = day(date.fromordinal(self.network["checked"]), self.lang)
            found += self.line(self.say(_OLD, checked), "!")
        return found

    def offer(self, one: OfferAnswer, number: int) -> list[str]:
        """An offer that fits or will fit: what, who, from when to when, and what the law says on it."""
        offer = one.offer
        place = 0 if self.lang == "de" else 1
        parts = [f"{offer.name.get(self.lang)} ({offer.provider.get(self.lang)})."]
        if one.answer.ergebnis == "noch_nicht" or one.answer.bis is not None:
            parts.append(self.when(one))
        parts.append(str(offer.data["service"][place]))
        role = offer.role.get(self.lang)
        asked = Text("Ansprechstelle: {}; {}.", "Contact: {}; {}.")
        parts.append(self.say(asked, role, ACCESS[offer.data["access"]].get(self.lang)))
        numbers = sorted(self.numbers[name] for name in offer.data["law"] if name in self.numbers)
        if numbers:
            parts.append(
                self.say(Text("Das Recht dazu: {}.", "The law on it: {}."), numbered(numbers, self.lang))
            )
        return entry(f"{number}", " ".join(parts), self.settings.terminal, 6, 4)

    def undecided(self, told: Sequence[OfferAnswer]) -> list[str]:
        """Offers for which something is not known, drawn together by what it is."""
        groups: dict[tuple[str, ...], list[OfferAnswer]] = {}
        for one in told:
            groups.setdefault(one.answer.fehlend, []).append(one)
        lines = []
        for missing, members in groups.items():
            entries = [one.entry.name.get(self.lang) for one in members if one.entry is not None]
            first = entries[0] if entries else Text(*self.network["role"]).get(self.lang)
            if missing:
                facts = enumerate_words(
                    [fact_label(self.book, name, self.lang) for name in missing], self.lang
                )
                said = self.say(Text("Offen, es fehlt: {}.", "Open, missing: {}."), facts)
            else:
                said = Text(
                    "Offen; die Quelle sagt dazu nichts.", "Open; the source says nothing on it."
                ).get(self.lang)
            said += " " + self.say(Text("Zuerst fragen: {}.", "Ask first: {}."), first)
            said += " " + self.say(
                Text("Dann kann passen: {}.", "Then this may fit: {}."), self.names(members)
            )
            lines += self.line(said, "?")
        return lines

    def when(self, one: OfferAnswer) -> str:
        """From when and until when, and who takes over."""
        answer = one.answer
        parts = []
        if answer.ergebnis == "noch_nicht" and answer.ab is not None:
            parts.append(self.say(Text("Ab {}", "From {}"), day(answer.ab, self.lang)))
        if answer.bis is not None:
            parts.append(self.say(Text("bis {}", "until {}"), day(answer.bis, self.lang)))
        if one.hand_over is not None:
            text = Text("ab {} übernimmt: {}", "from {} taken over by: {}")
            name = one.hand_over.offer.name.get(self.lang)
            parts.append(self.say(text, day(one.hand_over.day, self.lang), name))
        shown = ", ".join(parts)
        ends = {span["to"] for span in one.offer.spans}
        if answer.bis is not None and answer.bis.toordinal() in ends and one.standing.certainty in CERTAINTY:
            shown += f" ({CERTAINTY[one.standing.certainty].get(self.lang)})"
        return f"{shown[0].upper()}{shown[1:]}."

    def ended(self, over: Sequence[OfferAnswer], *, whole: bool) -> list[str]:
        """That offers have ended, and what came after."""
        lines = []
        lasts = dict.fromkeys((one.standing.ended, one.standing.certainty) for one in over)
        for last, certainty in lasts:
            sure = f" ({CERTAINTY[certainty].get(self.lang)})" if certainty in CERTAINTY else ""
            which = "" if whole else self.names(one for one in over if one.standing.ended == last) + ": "
            text = Text("beendet", "ended") if last is None else Text("beendet am {}", "ended on {}")
            said = self.say(text, day(last, self.lang) if last is not None else "")
            said = which + (said if which else said[0].upper() + said[1:])
            lines += self.line(f"{said}{sure}.")
        successors = list(dict.fromkeys(text.get(self.lang) for one in over for text in one.nachfolge))
        none = Text("Keine Nachfolge bekannt.", "No successor known.")
        text = Text("Nachfolge: {}.", "Successor: {}.")
        lines += self.line(self.say(text, "; ".join(successors)) if successors else none.get(self.lang))
        return lines

    def names(self, told: Iterable[OfferAnswer]) -> str:
        return ", ".join(one.offer.name.get(self.lang) for one in told)

    def folded(self) -> list[str]:
        """Near misses, in one line, each with its ground."""
        grounds: dict[str, list[OfferAnswer]] = {}
        for one in self.told:
            if one.answer.ergebnis == "nein" and one.answer.grund not in ("beendet", "ort", None):
                grounds.setdefault(str(one.answer.grund), []).append(one)
        if not grounds:
            return []
        parts = [f"{self.names(told)} ({GRUND[ground].get(self.lang)})" for ground, told in grounds.items()]
        lines = self.line(self.say(Text("Passt nicht: {}.", "Does not fit: {}."), "; ".join(parts)))
        entries = [told[0].entry for told in grounds.values() if told[0].entry is not None]
        if entries:
            text = Text("Im Zweifel fragen: {}.", "In doubt ask: {}.")
            lines += self.line(self.say(text, entries[0].name.get(self.lang)))
        return lines

    def region(self, fitting: Sequence[OfferAnswer]) -> list[str]:
        """Who does the work where the person lives."""
        region = self.told[0].region
        if region is None or not fitting:
            return []
        place = 0 if self.lang == "de" else 1
        contacts = "; ".join(one[place] for one in (*region["contacts"], *region["partners"]))
        return self.line(f"{region['name'][place]}: {contacts}.")

    def remarks(self, fitting: Sequence[OfferAnswer]) -> list[str]:
        notes = dict.fromkeys(
            (note.art, note.text.get(self.lang)) for one in fitting for note in one.answer.hinweise
        )
        return [line for art, text in notes for line in self.line(text, _MARK.get(art, "-"))]
